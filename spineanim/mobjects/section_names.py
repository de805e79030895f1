"""Names of vertebral levels beside their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.section import SpineSection
from spineanim.picture.lettering import TextLine
from spineanim.picture.shape import Part, stroke_width
from spineanim.stage import px

Side = Literal["front", "on", "back"]
Point = NDArray[np.float64]

_HALO_PX = 7.0
_CAPITAL = 0.66
"""Height of a capital as a share of the type's size."""
_GAP_MM = 3.0
_FORWARD, _UP = 0.24, 0.20
"""Names on the bodies stand before and above the middle by these shares of the way to the front
and to the upper plate, towards the light and away from the canal."""
_SHARES: Final = np.linspace(-0.5, 0.5, 41)
"""Places on a body, each way from its middle, that a name in a lens may give way to."""
_OFF_RIM_PX: Final = 12.0


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
    lens
        Middle and radius of a lens that they are seen in, if they are: a name on a body gives way
        to where it is seen whole, and is left out where too little of its body is.

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
        lens: tuple[Point, float] | None = None,
    ) -> None:
        made = {name: _name(section, name, theme, side, lens) for name in names}
        self.by_name = {name: each for name, each in made.items() if each is not None}
        super().__init__(*self.by_name.values())


def _name(
    section: SpineSection, name: str, theme: Theme, side: Side, lens: tuple[Point, float] | None
) -> Part | None:
    """One name, centred on its body or beyond the edge it stands at."""
    style = theme.style("label")
    ink, halo = (TextLine(name, style, tone) for tone in (theme.color("ink.label"), "#FFFFFF"))
    halo.set_stroke("#FFFFFF", width=stroke_width(_HALO_PX), opacity=0.88)
    half = np.array([ink.advance / 2, _CAPITAL * px(style.size_px) / 2])
    middle = section.level(name)
    if side == "on":
        found = _on_body(section, name, half, lens)
        if found is None:
            return None
        middle = found
    else:
        edge = section.front(name, _GAP_MM) if side == "front" else section.back(name, _GAP_MM)
        out = edge - middle
        out /= np.linalg.norm(out)
        middle = edge + out * float(np.abs(out[:2]) @ half)
    start = middle - [half[0], half[1], 0.0]
    return Part(halo.shift(start), ink.shift(start))


def _on_body(
    section: SpineSection, name: str, half: Point, lens: tuple[Point, float] | None
) -> Point | None:
    """Middle of a name on its body, of half a width and height (2,); None if a lens cuts it."""
    cut, middle = section.cut, section.level(name)
    plate = cut.place(cut.spine.frame(name).corners[:2].mean(axis=0))[0]
    ways = np.array([section.front(name) - middle, plate - middle])
    usual: Point = middle + np.array([_FORWARD, _UP]) @ ways
    if lens is None:
        return usual
    centre, radius = lens
    places = np.vstack([usual, middle + np.array(list(product(_SHARES, _SHARES))) @ ways])
    furthest = np.linalg.norm(np.abs((places - centre)[:, :2]) + half, axis=1)
    seen = places[furthest < radius - px(_OFF_RIM_PX)]
    if not len(seen):
        return None
    nearest: Point = seen[int(np.argmin(np.linalg.norm(seen - usual, axis=1)))]
    return nearest
