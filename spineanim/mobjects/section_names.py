"""Names of vertebral levels beside their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from spineanim.content.theme import Theme
from spineanim.mobjects.section import SpineSection
from spineanim.picture.lettering import TextLine
from spineanim.picture.shape import Part, stroke_width
from spineanim.stage import px

Side = Literal["front", "on", "back"]

_HALO_PX = 7.0
_CAPITAL = 0.66
"""Height of a capital as a share of the type's size."""
_GAP_MM = 3.0
_FORWARD, _UP = 0.24, 0.20
"""Names on the bodies stand before and above the middle by these shares of the way to the front
and to the upper plate, towards the light and away from the canal."""


class LevelNames(Part):
    """Plain names with a white halo, upright on the screen whatever the body's turn.

    Parameters
    ----------
    section
        The spine they belong to.
    names
        Levels to name, such as `("T10", "L3")`; shown as they are.
    theme
        Type and colours.
    side
        Before the bodies, on them, or behind the spinous processes.

    Attributes
    ----------
    by_name
        Each name's part, to fade it on its own.
    """

    def __init__(
        self,
        section: SpineSection,
        names: Sequence[str],
        theme: Theme,
        *,
        side: Side = "front",
    ) -> None:
        self.by_name = {name: _name(section, name, theme, side) for name in names}
        super().__init__(*self.by_name.values())


def _name(section: SpineSection, name: str, theme: Theme, side: Side) -> Part:
    """One name, centred beyond the edge it stands at."""
    style = theme.style("label")
    ink, halo = (TextLine(name, style, tone) for tone in (theme.color("ink.label"), "#FFFFFF"))
    halo.set_stroke("#FFFFFF", width=stroke_width(_HALO_PX), opacity=0.88)
    half = np.array([ink.advance / 2, _CAPITAL * px(style.size_px) / 2])
    middle = section.level(name)
    if side == "on":
        cut = section.cut
        plate = cut.place(cut.spine.frame(name).corners[:2].mean(axis=0))[0]
        middle = middle + _FORWARD * (section.front(name) - middle) + _UP * (plate - middle)
    else:
        edge = section.front(name, _GAP_MM) if side == "front" else section.back(name, _GAP_MM)
        out = edge - middle
        out /= np.linalg.norm(out)
        middle = edge + out * float(np.abs(out[:2]) @ half)
    start = middle - [half[0], half[1], 0.0]
    return Part(halo.shift(start), ink.shift(start))
