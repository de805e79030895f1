"""Which parts of the films a drawing may stand for: `assets/artwork/parts.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from spineanim.content.artwork.art import Anchor, Artwork
from spineanim.content.artwork.layers import NoLayerError
from spineanim.content.artwork.reading import bytes_of
from spineanim.content.project import Project
from spineanim.content.theme import Theme
from spineanim.content.toml import TomlFile, read_toml
from spineanim.geometry.params import PUMP_20_ML

LOGO: Final = "logo"
PUMP_FACE: Final = "pump_face"
_KEYS: Final = ("file", "layer", "anchor", "centre")
_LARGEST_MM: Final = 2000.0


@dataclass(frozen=True)
class PartKind:
    """A part that a drawing may stand for.

    Attributes
    ----------
    place
        Where it is seen, in a few words.
    size
        How large it is.
    in_mm
        Whether a drawing needs an anchor, for it has a size in the body.
    """

    place: str
    size: str
    in_mm: bool = False


_SIGN: Final = "fits the round sign"
_SIGNS: Final = (
    *("drowsy", "sick", "bowel", "lasting"),
    *("tried", "surgery", "eased", "removable"),
)
_FIGURE: Final = "as high as the figure it replaces, on the same ground"
_ICON: Final = "fits the square of the sign"
PARTS: Final[Mapping[str, PartKind]] = MappingProxyType(
    {
        LOGO: PartKind("title card, pages to print, website", "300 x 84 px of 1080 lines at most"),
        PUMP_FACE: PartKind(
            "the pump wherever its face is seen",
            f"the case is {2 * PUMP_20_ML.radius_mm:g} mm wide",
            in_mm=True,
        ),
        **{f"pictogram.{name}": PartKind("signs beside words", _SIGN) for name in _SIGNS},
        **{
            f"figure.{name}": PartKind("people on cards", _FIGURE)
            for name in ("standing", "walking", "twisting", "lifting", "falling")
        },
        **{
            f"icon.{name}": PartKind("when to call", _ICON)
            for name in ("fever", "redness", "headache", "beeps", "talk")
        },
    }
)
"""Every part by its name."""


@dataclass(frozen=True)
class DressedTheme(Theme):
    """A theme with drawings that stand for parts; only a project with such drawings has one.

    Attributes
    ----------
    artwork
        Drawings by the part that each stands for.
    """

    artwork: Mapping[str, Artwork] = field(default_factory=dict)


def artwork_for(part: str, theme: Theme) -> Artwork | None:
    """Return the drawing that stands for a part, if there is one."""
    return theme.artwork.get(part) if isinstance(theme, DressedTheme) else None


def dressed(theme: Theme, artwork: Mapping[str, Artwork]) -> Theme:
    """Return a theme with drawings; the same theme if there are none."""
    if not artwork:
        return theme
    return DressedTheme(theme.colors, theme.styles, theme.skin_tones, artwork)


def parts_file(project: Project) -> Path:
    """File that says which drawing stands for which part; it need not be there."""
    return project.artwork / "parts.toml"


def load_parts(project: Project) -> dict[str, Artwork]:
    """Read which drawing stands for which part.

    Returns
    -------
    Drawings by part; none if the project has no `assets/artwork/parts.toml`.

    Raises
    ------
    ContentError
        There is no such part, file or layer, a drawing is hostile, or its size is none.
    """
    path = parts_file(project)
    if not path.is_file():
        return {}
    file = read_toml(path)
    return {name: _artwork(file, name, keys, table) for name, keys, table in _tables(file)}


def _tables(file: TomlFile) -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Return the name of each part, its keys in the file, and what is said of it."""
    groups = {name.partition(".")[0] for name in PARTS if "." in name}
    found: list[tuple[str, tuple[str, ...], object]] = []
    for key, value in file.data.items():
        if key in groups and isinstance(value, dict):
            found += [(f"{key}.{name}", (key, name), table) for name, table in value.items()]
        else:
            found.append((key, (key,), value))
    checked = []
    for name, keys, table in found:
        if name not in PARTS:
            close = get_close_matches(name, PARTS, 1, 0.5)
            hint = f"did you mean {close[0]}?" if close else "'spineanim artwork list' names them"
            raise file.fail(*keys, what=f"there is no part {name!r}", hint=hint)
        if not isinstance(table, dict):
            raise file.fail(*keys, what=f"{name} is no table", hint=f"write [{name}] over file =")
        checked.append((name, keys, table))
    return checked


def _artwork(file: TomlFile, name: str, keys: tuple[str, ...], table: dict[str, Any]) -> Artwork:
    """Read one drawing."""
    for key in table:
        if key not in _KEYS:
            raise file.fail(
                *keys, key, what=f"{name} has no {key!r}", hint=f"it has {', '.join(_KEYS)}"
            )
    for key in ("file", "layer", "centre"):
        if not isinstance(table.get(key, ""), str):
            raise file.fail(*keys, key, what=f"{name}: {key} is no text", hint="put it in quotes")
    path = _path(file, name, keys, table)
    anchor = _anchor(file, name, keys, table)
    layer, centre = table.get("layer", ""), table.get("centre", "")
    found = Artwork(path, bytes_of(path), layer, anchor, centre)
    try:
        found.check()  # what is wrong with a drawing is mended in its own file
    except NoLayerError as error:
        what = f"{name}: {table['file']} has no layer {error.layer!r}"
        raise file.fail(*keys, what=what, hint=error.hint) from None
    return found


def _path(file: TomlFile, name: str, keys: tuple[str, ...], table: dict[str, Any]) -> Path:
    """Return the drawing's file, which lies in the folder of the table."""
    told = str(table.get("file", ""))
    folder = file.path.parent
    path = folder / told
    if not told:
        what = f"{name} names no file beside this one"
        raise file.fail(*keys, "file", what=what, hint='write file = "….svg"')
    if not path.resolve().is_relative_to(folder.resolve()):
        what = f"{name}: {told} does not lie in this folder, or is a link out of it"
        raise file.fail(*keys, "file", what=what, hint="put the drawing itself here")
    if path.suffix.lower() != ".svg":
        raise file.fail(*keys, "file", what=f"{name}: {told} is no SVG", hint="save it as .svg")
    if not path.exists():
        what = f"{name}: no such file as {told} beside this one"
        raise file.fail(*keys, "file", what=what, hint="check its name and folder")
    return path


def _anchor(
    file: TomlFile, name: str, keys: tuple[str, ...], table: dict[str, Any]
) -> Anchor | None:
    """Read the distance that says how large a drawing is."""
    told = table.get("anchor")
    if not PARTS[name].in_mm:
        if told is not None or table.get("centre"):
            raise file.fail(
                *keys,
                what=f"{name} needs neither anchor nor centre: it {PARTS[name].size}",
                hint="remove them",
            )
        return None
    match told:
        case {"width_mm": mm, **rest} if not rest:
            between: tuple[str, ...] = ("width",)
        case {"height_mm": mm, **rest} if not rest:
            between = ("height",)
        case {"from": str(one), "to": str(other), "mm": mm, **rest} if not rest:
            between = (one, other)
        case _:
            raise file.fail(
                *keys,
                "anchor",
                what=f"{name} says no size",
                hint='write anchor = { width_mm = 75 } or { from = "a", to = "b", mm = 40 }',
            )
    known = isinstance(mm, (int, float)) and not isinstance(mm, bool) and isfinite(mm)
    if not known or not 0.1 <= mm <= _LARGEST_MM:
        raise file.fail(
            *keys, "anchor", what=f"{name}: {mm!r} is no length", hint="write millimetres, like 75"
        )
    return Anchor(float(mm), between)
