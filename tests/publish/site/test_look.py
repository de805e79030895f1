"""Colours of the pages can be read, whatever the theme says."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from spineanim.content.theme import Theme, load_theme
from spineanim.picture.contrast import NEEDED
from spineanim.publish.look import INKS, SURFACES, icon, ratio, site_colors, theme_css
from tests.conftest import ROOT

COLORS = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
TOKENS = sorted({*SURFACES.values(), *INKS.values()})
SHIPPED = load_theme(ROOT / "assets" / "theme.toml")


@given(st.tuples(*(COLORS for _ in TOKENS)))
def test_text_stands_out_whatever_the_theme_says(colors: tuple[str, ...]) -> None:
    theme = replace(SHIPPED, colors={**SHIPPED.colors, **dict(zip(TOKENS, colors, strict=True))})
    made = site_colors(theme)
    for surface in SURFACES:
        for ink in INKS:
            assert ratio(made[f"{surface}-{ink}"], made[surface]) >= NEEDED


def test_the_shipped_colours_are_used_as_they_are(theme: Theme) -> None:
    made = site_colors(theme)
    assert made["paper-ink"] == theme.color("ink.title")
    assert made["paper-link"] == theme.color("accent.focus")
    assert made["accent-ink"] == "#FFFFFF"


def test_style_sheets_use_only_colours_that_are_there(theme: Theme) -> None:
    there = set(re.findall(r"--([a-z-]+):", theme_css(theme)))
    style = (ROOT / "spineanim/publish/static/style.css").read_text(encoding="utf-8")
    own = set(re.findall(r"--([a-z-]+):", style))
    assert set(re.findall(r"var\(--([a-z-]+)\)", style)) <= there | own


def test_the_icon_has_the_theme_s_colour(theme: Theme) -> None:
    red, green, blue, _ = icon(theme).getpixel((48, 5))  # type: ignore[misc]
    assert f"#{red:02X}{green:02X}{blue:02X}" == theme.color("accent.focus")
