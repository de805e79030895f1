"""Colours and type: `assets/theme.toml`, loaded and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spineanim.content.toml import TomlFile, read_toml
from spineanim.errors import ContentError

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
SMALLEST_PX = 28.0
"""Smallest type at 1080 lines that can be read on a phone (390 px wide)."""


@dataclass(frozen=True)
class TypeStyle:
    """How one kind of text is set.

    Attributes
    ----------
    size_px
        Size in pixels at 1080 lines.
    weight
        Weight of the typeface: `Regular`, `SemiBold` or `Bold`.
    color
        Colour token, such as `ink.label`.
    line_px
        Distance between base lines in pixels at 1080 lines.
    """

    size_px: float
    weight: str
    color: str
    line_px: float


@dataclass(frozen=True)
class Theme:
    """Every colour and type style a picture may use.

    Attributes
    ----------
    colors
        Token (`role.tone`) to `#rrggbb`.
    styles
        Name of a kind of text to how it is set.
    skin_tones
        Name of a skin tone to the colours that it changes, by token.
    """

    colors: Mapping[str, str]
    styles: Mapping[str, TypeStyle]
    skin_tones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def with_skin_tone(self, name: str) -> Theme:
        """Return the theme with skin and body in another tone.

        Raises
        ------
        ContentError
            There is no such tone; close ones are named.
        """
        try:
            tone = self.skin_tones[name]
        except KeyError:
            raise ContentError(
                f"theme has no skin tone {name!r}{_close(name, self.skin_tones)}",
                f"choose one of {', '.join(self.skin_tones)}",
            ) from None
        return replace(self, colors={**self.colors, **tone})

    def color(self, token: str) -> str:
        """`#rrggbb` of a token.

        Raises
        ------
        ContentError
            There is no such token; close ones are named.
        """
        try:
            return self.colors[token]
        except KeyError:
            raise ContentError(
                f"theme has no colour {token!r}{_close(token, self.colors)}",
                "add it to assets/theme.toml",
            ) from None

    def rgb(self, token: str) -> NDArray[np.float64]:
        """Red, green and blue of a token, each 0 to 1 (sRGB)."""
        return _rgb_of(self.color(token))

    def style(self, name: str) -> TypeStyle:
        """How a kind of text is set.

        Raises
        ------
        ContentError
            There is no such style.
        """
        try:
            return self.styles[name]
        except KeyError:
            raise ContentError(
                f"theme has no type style {name!r}{_close(name, self.styles)}",
                f"add [type.{name}] to assets/theme.toml",
            ) from None


@lru_cache(maxsize=512)
def _rgb_of(color: str) -> NDArray[np.float64]:
    rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    rgb.setflags(write=False)
    return rgb


def _close(name: str, known: Mapping[str, Any]) -> str:
    matches = get_close_matches(name, known, n=3)
    return f" (did you mean {' or '.join(matches)}?)" if matches else ""


def load_theme(path: Path) -> Theme:
    """Read a theme file.

    Raises
    ------
    ContentError
        The file is malformed, a colour is none, or type is too small for a phone.
    """
    file = read_toml(path, missing_hint="restore assets/theme.toml from the repository")
    colors: dict[str, str] = {}
    for role, tones in _table(file, "color").items():
        if not isinstance(tones, dict):
            raise file.fail("color", role, what=f"color.{role} is not a table of tones")
        for tone, value in tones.items():
            colors[f"{role}.{tone}"] = _checked_color(file, role, tone, value)
    styles = {
        name: _checked_style(file, name, raw, colors) for name, raw in _table(file, "type").items()
    }
    return Theme(colors, styles, _skin_tones(file, colors))


def _skin_tones(file: TomlFile, colors: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Read `[skin_tones.<name>.<role>]`: colours that a tone puts in place of the theme's."""
    found: dict[str, dict[str, str]] = {}
    for name, roles in _tables(file, "skin_tones", file.data.get("skin_tones", {})):
        found[name] = {}
        for role, tones in _tables(file, f"skin tone {name}", roles):
            for tone, value in tones.items():
                token = f"{role}.{tone}"
                if token not in colors:
                    raise file.fail(
                        "skin_tones",
                        name,
                        role,
                        what=f"skin tone {name} changes {token}, which is no colour",
                        hint=f"use tones of skin and body{_close(token, colors)}",
                    )
                found[name][token] = _checked_color(file, role, tone, value)
    return found


def _tables(file: TomlFile, what: str, raw: object) -> list[tuple[str, dict[str, Any]]]:
    """Entries of a table, all of which are tables."""
    if not isinstance(raw, dict) or not all(isinstance(each, dict) for each in raw.values()):
        raise file.fail(
            "skin_tones",
            what=f"{what} is no table of tables",
            hint='write [skin_tones.light.skin] and below it base = "#E2B79F"',
        )
    return list(raw.items())


def _table(file: TomlFile, name: str) -> dict[str, Any]:
    table = file.data.get(name)
    if not isinstance(table, dict) or not table:
        raise file.fail(what=f"no [{name}.*] tables", hint="restore them from the repository")
    return table


def _checked_color(file: TomlFile, role: str, tone: str, value: object) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise file.fail(
            "color",
            role,
            tone,
            what=f"{value!r} is no colour ({role}.{tone})",
            hint="write six hexadecimal digits, such as '#1F3A47'",
        )
    return value.upper()


def _checked_style(
    file: TomlFile, name: str, raw: dict[str, Any], colors: Mapping[str, str]
) -> TypeStyle:
    try:
        style = TypeStyle(
            float(raw["size_px"]), str(raw["weight"]), str(raw["color"]), float(raw["line_px"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise file.fail(
            "type",
            name,
            what=f"type.{name} is incomplete ({error})",
            hint="it needs size_px, weight, color and line_px",
        ) from None
    if style.color not in colors:
        raise file.fail(
            "type",
            name,
            "color",
            what=f"{style.color!r} is no colour of this theme{_close(style.color, colors)}",
            hint="use role.tone, such as 'ink.label'",
        )
    if style.size_px < SMALLEST_PX:
        raise file.fail(
            "type",
            name,
            "size_px",
            what=f"type.{name} is {style.size_px:g} px, too small for a phone",
            hint=f"use {SMALLEST_PX:g} px or more",
        )
    return style
