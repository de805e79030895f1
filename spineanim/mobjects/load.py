"""A load that rests on the column: an arrow that presses down and sinks with the bones."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Point = NDArray[np.float64]

_LONG_PX: Final = 210.0
_SHAFT_PX: Final = 30.0
_HEAD_PX: Final = (66.0, 84.0)
"""Half the width of the shaft; half the width and the length of the head."""
_CASING: Final = 1.12
"""Size of the white ground of the arrow."""


class LoadArrow(Part):
    """A broad arrow whose tail fades out.

    Parameters
    ----------
    tip
        Scene point (3,) it presses on.
    way
        Direction (3,) it presses in.
    theme
        Colours.
    scale
        Its size: 1 where the camera shows the whole stage, less where it is nearer.

    Attributes
    ----------
    middle
        Scene point (3,) in its head, as it was made.
    """

    def __init__(self, tip: Point, way: Point, theme: Theme, scale: float = 1.0) -> None:
        along = np.asarray(way) / np.linalg.norm(way)
        across = np.array([-along[1], along[0], 0.0])
        wide, high = _HEAD_PX
        outline_px = [
            (0.0, 0.0), (wide, high), (_SHAFT_PX, high), (_SHAFT_PX, _LONG_PX),
            (-_SHAFT_PX, _LONG_PX), (-_SHAFT_PX, high), (-wide, high),
        ]  # fmt: skip
        points = np.array([tip + px(scale) * (x * across - y * along) for x, y in outline_px])
        tail = tip - px(scale * _LONG_PX) * along
        focus = theme.color("accent.focus")
        middle = points.mean(axis=0)
        white, arrow = Shape(middle + (points - middle) * _CASING), Shape(points)
        white.with_gradient(
            "linear",
            tail,
            tip,
            ((0.0, "#FFFFFF", 0.0), (0.5, "#FFFFFF", 0.9), (1.0, "#FFFFFF", 0.9)),
        )
        arrow.with_gradient(
            "linear", tail, tip, ((0.0, focus, 0.0), (0.55, focus, 0.95), (1.0, focus, 0.95))
        )
        super().__init__(white, arrow, opacity=0.0)
        self.middle = tip - px(scale * _HEAD_PX[1]) * along
        self._rest = [(each, each.points.copy()) for each in self.get_family() if len(each.points)]

    def lay(self, shift: Point) -> None:
        """Let it stand so far from where it was made."""
        for each, points in self._rest:
            each.set_points(points + shift)
