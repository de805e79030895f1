"""The theme's colours for the pages: `site/theme.css`.

A theme is made for pictures. Whatever it holds, text of the pages stands out from what is behind
it by 4.5 to 1: where a colour would not, the theme's ink, black or white stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from spineanim.content.theme import Theme
from spineanim.picture.contrast import NEEDED, contrast, luminance

SURFACES: Final = MappingProxyType(
    {
        "ground": "background.top",
        "paper": "panel.fill",
        "soft": "accent.focus_soft",
        "accent": "accent.focus",
    }
)
"""What text stands on, by the theme's colours."""
INKS: Final = MappingProxyType(
    {"ink": "ink.title", "muted": "ink.secondary", "link": "accent.focus"}
)
"""What text is written in, on each of them."""
_LINE: Final = "panel.stroke"
_ICON_PX: Final = 96


def site_colors(theme: Theme) -> Mapping[str, str]:
    """Colours of the pages by name: each surface, each ink on it (`paper-link`), and `line`."""
    colors = {"line": theme.color(_LINE)}
    for surface, token in SURFACES.items():
        ground = theme.color(token)
        colors[surface] = ground
        for name, ink in INKS.items():
            colors[f"{surface}-{name}"] = readable(
                (theme.color(ink), theme.color(INKS["ink"])), ground
            )
    return colors


def readable(inks: tuple[str, ...], ground: str) -> str:
    """Return the first ink that stands out from a ground; black or white if none does."""
    for ink in inks:
        if ratio(ink, ground) >= NEEDED:
            return ink
    return max(("#000000", "#FFFFFF"), key=lambda ink: ratio(ink, ground))


def ratio(one: str, two: str) -> float:
    """Contrast of two colours `#rrggbb`, 1 to 21."""
    return float(contrast(luminance(_rgb(one)), luminance(_rgb(two))))


def _rgb(color: str) -> np.ndarray:
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def theme_css(theme: Theme) -> str:
    """Style sheet that names the colours for the others."""
    lines = [f"  --{name}: {color};" for name, color in site_colors(theme).items()]
    return "\n".join([":root {", *lines, "}", ""])


def icon(theme: Theme) -> Image.Image:
    """Draw what a browser shows beside a page's title: three vertebrae, stacked."""
    colors = site_colors(theme)
    scale = 4  # drawn larger, so that edges are smooth
    image = Image.new("RGBA", (scale * _ICON_PX, scale * _ICON_PX))
    draw = ImageDraw.Draw(image)

    def block(box: tuple[int, ...], radius: int, color: str) -> None:
        draw.rounded_rectangle([scale * each for each in box], scale * radius, color)

    block((0, 0, _ICON_PX - 1, _ICON_PX - 1), 20, colors["accent"])
    for left, top in ((30, 16), (25, 40), (30, 64)):
        block((left, top, left + 34, top + 17), 6, colors["accent-ink"])
        block((left + 37, top + 6, left + 47, top + 11), 2, colors["accent-ink"])
    return image.resize((_ICON_PX, _ICON_PX), Image.Resampling.LANCZOS)
