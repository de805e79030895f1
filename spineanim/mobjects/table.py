"""The table the patient lies on, seen from above: pad, pillow, and the shadow of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.section_paint import LIGHT, blurred, joined
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Format, px

Outline = NDArray[np.float64]
"""Scene points (N, 3), closed."""

_ABOVE_PX: Final = 120.0
_BELOW_PX: Final = 100.0
"""The pad reaches so far beyond the frame."""
_SHADOWS: Final = ((26.0, 22.0, 0.30), (8.0, 7.0, 0.26))
"""Blur and distance in pixels, and strength: a wide soft shadow and a tight one."""


class OperatingTable(Part):
    """Pad and pillow, with the shadow of a body that lies on its side.

    Parameters
    ----------
    outlines
        Pieces of the body.
    pillow
        Scene point (3,) of its middle.
    pillow_size
        Its width and height in scene units.
    theme
        Colours: `cloth`, `ink`, `panel`.
    fmt
        Shape and resolution of the frame.
    """

    def __init__(
        self,
        outlines: Sequence[Outline],
        pillow: NDArray[np.float64],
        pillow_size: tuple[float, float],
        theme: Theme,
        fmt: Format,
    ) -> None:
        pixels_per_unit = fmt.pixels_per_unit
        dark = theme.color("panel.shadow")
        cushion = _pillow(pillow, pillow_size, theme, pixels_per_unit)
        shadows = []
        for soft_px, away_px, strength in _SHADOWS:
            shape = joined(outlines).set_fill(dark, opacity=1.0)
            shadow = blurred(shape, pixels_per_unit / 4, px(soft_px))
            shadows.append(shadow.shift(-LIGHT * px(away_px)).set_fill(opacity=strength))
        super().__init__(_pad(theme, fmt), cushion, *shadows)


def _pad(theme: Theme, fmt: Format) -> Part:
    """Return the padded top of the table, wider than the frame, lit from the upper left."""
    color = theme.color
    height = fmt.height + px(_ABOVE_PX + _BELOW_PX)
    middle = np.array([0.0, px(_ABOVE_PX - _BELOW_PX) / 2, 0.0])
    pad = rounded_plate(fmt.width + px(80), height, px(60)).shift(middle)
    light, base = color("cloth.light"), color("cloth.base")
    stops = (
        (0.0, mix(light, "#FFFFFF", 0.45), 1.0),
        (0.5, mix(light, base, 0.22), 1.0),
        (1.0, mix(light, base, 0.62), 1.0),
    )
    reach = np.array([-0.45 * fmt.width, height / 2, 0.0])
    pad.with_gradient("linear", middle + reach, middle - reach, stops)
    pad.set_stroke(mix(base, color("ink.hairline"), 0.35), width=2.0, opacity=0.7)
    seam = rounded_plate(fmt.width + px(40), height - px(40), px(46)).shift(middle)
    seam.set_stroke(mix(base, color("ink.hairline"), 0.2), width=1.6, opacity=0.6)
    return Part(pad, seam)


def _pillow(
    middle: NDArray[np.float64], size: tuple[float, float], theme: Theme, pixels_per_unit: float
) -> Part:
    """Return a soft cushion with its own shadow and a rounded rim."""
    radius = min(size) * 0.28
    shape = rounded_plate(*size, radius).shift(middle)
    dark = rounded_plate(*size, radius).shift(middle - LIGHT * px(10))
    dark.set_fill(theme.color("panel.shadow"), opacity=1.0)
    shadow = blurred(dark, pixels_per_unit / 4, px(12)).set_fill(opacity=0.30)
    light, base = theme.color("cloth.light"), theme.color("cloth.base")
    corner = np.array([-size[0], size[1], 0.0]) / 2
    stops = (
        (0.0, mix(light, "#FFFFFF", 0.8), 1.0),
        (0.55, mix(light, "#FFFFFF", 0.4), 1.0),
        (1.0, mix(light, base, 0.7), 1.0),
    )
    shape.with_gradient("linear", middle + corner, middle - corner, stops)
    shape.set_stroke(mix(base, theme.color("ink.hairline"), 0.4), width=1.4, opacity=0.8)
    return Part(shadow, shape, *_rim(middle, size, radius, theme))


def _rim(
    middle: NDArray[np.float64], size: tuple[float, float], radius: float, theme: Theme
) -> list[Shape]:
    """Return soft lines inside the edge that let the cushion bulge."""
    rings = []
    for inset_px in (10.0, 17.0, 24.0, 31.0):
        inner = [each - 2 * px(inset_px) for each in size]
        ring = rounded_plate(inner[0], inner[1], radius - px(inset_px) / 2).shift(middle)
        rings.append(ring.set_stroke(theme.color("cloth.base"), width=9.0, opacity=0.09))
    return rings
