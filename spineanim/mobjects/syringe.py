"""A small syringe seen from the side, in the frame of the needle it stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.course import role_tones
from spineanim.mobjects.section_paint import LIGHT
from spineanim.picture.shape import Part, Shape, Volume, mix, stroke_width

Point = NDArray[np.float64]

_HALF_MM: Final = 4.6
_BARREL_MM: Final = 40.0
_FILLED: Final = 0.55
_FLANGE_MM: Final = (2.0, 9.0)
_ROD_MM: Final = 19.0
_THUMB_MM: Final = (2.2, 7.2)
"""A 2 mL syringe: sizes M."""
_MEDICINE: Final = (
    (0.0, "medication.light", 0.95),
    (0.55, "medication.base", 0.85),
    (1.0, "medication.dark", 0.85),
)
_GLASS: Final = (
    (0.0, "#FFFFFF", 0.35),
    (0.22, "#FFFFFF", 0.85),
    (0.36, "#FFFFFF", 0.15),
    (0.8, "septum.light", 0.20),
    (1.0, "septum.base", 0.55),
)


def syringe(
    place: Callable[[ArrayLike], Point], start_mm: float, theme: Theme, per_mm: float
) -> Part:
    """Return a syringe with medicine that begins so far behind the needle's tip.

    Parameters
    ----------
    place
        Scene points (N, 3) of (N, 2): back from the tip, and across.
    start_mm
        Where its barrel begins.
    theme
        Colours: roles `medication`, `septum`, `metal`.
    per_mm
        Pixels of the composed frame for a millimetre.
    """
    color, end = theme.color, start_mm + _BARREL_MM
    full = start_mm + _FILLED * _BARREL_MM
    metal, depth = role_tones(theme, "metal"), 2.2 * per_mm

    def bar(first: float, last: float, half: float) -> Point:
        return place([(first, half), (last, half), (last, -half), (first, -half)])

    flange, thumb = _FLANGE_MM, _THUMB_MM
    rod_end = end + _ROD_MM
    pale = mix(color("septum.light"), "#FFFFFF", 0.6)
    medicine = _round(place, theme, bar(start_mm + 0.8, full, _HALF_MM - 0.5), _MEDICINE)
    glass = _round(place, theme, bar(start_mm, end, _HALF_MM), _GLASS)
    glass.set_stroke(color("septum.line"), width=stroke_width(1.6), opacity=0.8)
    rim = Shape(bar(end, end + flange[0], flange[1]), fill=pale)
    rim.set_stroke(color("septum.dark"), width=stroke_width(1.4))
    return Part(
        Shape(bar(full, rod_end, 1.3), fill=metal.light, stroke=metal.dark, stroke_px=1.4),
        Volume(bar(rod_end, rod_end + thumb[0], thumb[1] / 2 + 1.0), metal, depth_px=depth),
        medicine,
        Shape(bar(full, full + 3.2, _HALF_MM - 0.4), fill=color("rubber.base")),
        glass,
        *_marks(place, start_mm, end, color("septum.line")),
        rim,
    )


def _round(
    place: Callable[[ArrayLike], Point],
    theme: Theme,
    outline: Point,
    stops: tuple[tuple[float, str, float], ...],
) -> Shape:
    """Return a barrel shaded across, lit from the upper left; stops name tokens of the theme."""
    across = place([(0.0, _HALF_MM), (0.0, -_HALF_MM)])
    lit, far = across if (across[0] - across[1]) @ LIGHT > 0 else across[::-1]
    tones = tuple((at, name if name[0] == "#" else theme.color(name), o) for at, name, o in stops)
    return Shape(outline).with_gradient("linear", lit, far, tones)


def _marks(
    place: Callable[[ArrayLike], Point], start_mm: float, end_mm: float, color: str
) -> list[Shape]:
    """Return the lines of the scale on the barrel."""
    return [
        Shape(
            place([(at, -_HALF_MM), (at, -_HALF_MM * 0.35)]),
            closed=False,
            stroke=color,
            stroke_px=1.4,
            stroke_opacity=0.7,
        )
        for at in np.arange(start_mm + 6.0, end_mm - 3.0, 4.5)
    ]
