"""A soft halo round a point or along a line."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from spineanim.picture.shape import Blend, Part, Shape
from spineanim.stage import px

_STOPS: Final = 9
_CORNERS: Final = 40


class Glow(Part):
    """Light that spreads from a point or a line and fades softly.

    Parameters
    ----------
    where
        One scene point (3,) or (2,), or a dense polyline (N, 3) or (N, 2).
    color
        `#rrggbb`.
    reach
        How far it spreads, in scene units.
    strength
        Opacity 0 to 1 in the middle.
    blend
        `screen` adds light to what lies behind; `over` covers it, as pale grounds need.
    """

    def __init__(
        self,
        where: ArrayLike,
        color: str,
        *,
        reach: float,
        strength: float = 0.9,
        blend: Blend = "over",
    ) -> None:
        places = np.atleast_2d(np.asarray(where, dtype=np.float64))
        if places.shape[1] == 2:
            places = np.column_stack([places, np.zeros(len(places))])
        light = _halo(places[0], color, reach) if len(places) == 1 else _aura(places, color, reach)
        super().__init__(light, opacity=strength)
        self.blended(blend)


def _halo(centre: ArrayLike, color: str, reach: float) -> Shape:
    """Disc that fades outwards as a bell curve does."""
    turns = np.linspace(0.0, 2.0 * np.pi, _CORNERS, endpoint=False)
    ring = np.column_stack([np.cos(turns), np.sin(turns), np.zeros(_CORNERS)])
    share = np.linspace(0.0, 1.0, _STOPS)
    fall = (np.exp(-4.0 * share**2) - np.exp(-4.0)) / (1.0 - np.exp(-4.0))
    stops = tuple((float(at), color, float(alpha)) for at, alpha in zip(share, fall, strict=True))
    edge = np.asarray(centre) + np.array([reach, 0.0, 0.0])
    wide = reach / float(np.cos(np.pi / _CORNERS))  # the corners stand out, the sides touch
    return Shape(np.asarray(centre) + wide * ring).with_gradient("radial", centre, edge, stops)


def _aura(line: ArrayLike, color: str, reach: float) -> Shape:
    """Line that fades from its middle to both sides."""
    wide_px = reach / px(1)
    return Shape(line, closed=False, stroke=color, stroke_px=wide_px, soft_px=wide_px)
