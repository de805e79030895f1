"""The table the patient lies on, seen from above: pad, pillow, and the faint rest of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.run_out import run_out
from spineanim.mobjects.section_paint import LIGHT, blurred, joined
from spineanim.picture.flatten import flatten
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import FRAME_WIDTH, frame_point, px

Outline = NDArray[np.float64]
"""Scene points (N, 3), closed."""

_TOP_PX: Final = 205.0
_BOTTOM_PX: Final = 872.0
_FADE_PX: Final = (770.0, 858.0)
"""Heights in the frame between which all fades out, above the captions."""
_SHADOW_PX: Final = 17.0
_SHADOW_OPACITY: Final = 0.34


class OperatingTable(Part):
    """Pad and pillow with the faint shape of a body that lies on its side.

    Parameters
    ----------
    outlines
        Head and trunk, and the thighs, from below upwards.
    pillow
        Scene point (3,) of its middle.
    pillow_size
        Its width and height in scene units.
    theme
        Colours: `cloth`, `ink`, `panel`.
    pixels_per_unit
        Resolution.
    """

    def __init__(
        self,
        outlines: Sequence[Outline],
        pillow: NDArray[np.float64],
        pillow_size: tuple[float, float],
        theme: Theme,
        pixels_per_unit: float,
    ) -> None:
        pad = _pad(theme)
        cushion = _pillow(pillow, pillow_size, theme, pixels_per_unit)
        dark = joined(outlines).set_fill(theme.color("panel.shadow"), opacity=1.0)
        shadow = blurred(dark, pixels_per_unit / 4, px(_SHADOW_PX))
        shadow.shift(-LIGHT * px(15)).set_fill(opacity=_SHADOW_OPACITY)
        rest = Part(shadow, *(_silhouette(outline, theme) for outline in outlines))
        picture = flatten(rest, pixels_per_unit, margin=px(4))
        super().__init__(pad, cushion, run_out(picture, *_FADE_PX))


def _pad(theme: Theme) -> Part:
    """Return the padded top of the table, wider than the frame."""
    height = px(_BOTTOM_PX - _TOP_PX)
    middle = np.array([0.0, frame_point(0, (_BOTTOM_PX + _TOP_PX) / 2)[1], 0.0])
    color = theme.color
    pad = rounded_plate(FRAME_WIDTH + px(80), height, px(60))
    pad.set_fill(color("cloth.base"), opacity=0.30).set_stroke(color("cloth.base"), width=2.0)
    seam = rounded_plate(FRAME_WIDTH + px(40), height - px(34), px(46))
    seam.set_stroke(color("cloth.base"), width=1.6, opacity=0.8)
    return Part(pad.shift(middle), seam.shift(middle))


def _pillow(
    middle: NDArray[np.float64], size: tuple[float, float], theme: Theme, pixels_per_unit: float
) -> Part:
    """Return a soft cushion with its own shadow."""
    shape = rounded_plate(*size, min(size) * 0.28).shift(middle)
    dark = rounded_plate(*size, min(size) * 0.28).shift(middle - LIGHT * px(8))
    dark.set_fill(theme.color("panel.shadow"), opacity=1.0)
    shadow = blurred(dark, pixels_per_unit / 4, px(10)).set_fill(opacity=0.22)
    light, base = theme.color("cloth.light"), theme.color("cloth.base")
    corner = np.array([-size[0], size[1], 0.0]) / 2
    stops = (
        (0.0, mix(light, "#FFFFFF", 0.7), 1.0),
        (0.55, mix(light, "#FFFFFF", 0.35), 1.0),
        (1.0, mix(light, base, 0.6), 1.0),
    )
    shape.with_gradient("linear", middle + corner, middle - corner, stops)
    shape.set_stroke(mix(base, theme.color("ink.hairline"), 0.4), width=1.4, opacity=0.8)
    return Part(shadow, shape)


def _silhouette(outline: Outline, theme: Theme) -> Part:
    """Return a pale shape with a thin contour, a little lighter towards the light."""
    cloth, hairline = theme.color("cloth.base"), theme.color("ink.hairline")
    low, high = outline.min(axis=0), outline.max(axis=0)
    light = mix(theme.color("cloth.light"), "#FFFFFF", 0.35)
    stops = ((0.0, light, 1.0), (1.0, mix(theme.color("cloth.light"), cloth, 0.75), 1.0))
    middle, reach = (low + high) / 2, LIGHT * float(np.linalg.norm(high - low)) * 0.32
    body = Shape(outline).with_gradient("linear", middle + reach, middle - reach, stops)
    contour = Shape(outline, stroke=mix(cloth, hairline, 0.75), stroke_px=2.2)
    return Part(body, contour)
