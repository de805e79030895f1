"""A tablet that is swallowed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import points_at
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.course import role_tones
from spineanim.picture.shape import Part, Shape, Volume
from spineanim.stage import px

_LONG_PX, _HIGH_PX = 62.0, 30.0
_AWAY_PX: Final = (84.0, -160.0)
"""How far before the lips, and above them, it is shown at first: it comes up, clear of words."""
_SMALL: Final = 0.42
_IN_MOUTH: Final = 0.40
"""Share of its way that is outside the mouth."""


class Tablet(Part):
    """A teal tablet on its way from before the lips to the stomach.

    Parameters
    ----------
    way
        Scene points (N, 3) from the lips to the stomach.
    theme
        Colours: role `medication`.
    """

    def __init__(self, way: ArrayLike, theme: Theme) -> None:
        self.way = np.asarray(way, dtype=np.float64)
        lips, gullet = self.way[0], self.way[len(self.way) // 2]
        self._before = float(np.sign(lips[0] - gullet[0]))  # the way the face looks
        tones = role_tones(theme, "medication")
        half = np.array([_LONG_PX, _HIGH_PX]) / 2 * px(1)
        outline = rounded_box(-half[0], -half[1], half[0], half[1], half[1])
        groove = np.array([[0.0, -0.8 * half[1], 0.0], [0.0, 0.8 * half[1], 0.0]])
        self.shape = Part(
            Volume(outline, tones, depth_px=13.0),
            Shape(groove, closed=False, stroke=tones.line, stroke_px=2.2, stroke_opacity=0.6),
        )
        self._rest = [each.points.copy() for each in self.shape.get_family()]
        super().__init__(self.shape)
        self.swallow(0.0)

    @property
    def end(self) -> NDArray[np.float64]:
        """Scene point (3,) of the stomach."""
        end: NDArray[np.float64] = self.way[-1]
        return end

    def swallow(self, share: float) -> None:
        """Go from before the lips to the stomach and dissolve there, 0 to 1."""
        outside = min(share / _IN_MOUTH, 1.0)
        down = max(share - _IN_MOUTH, 0.0) / (1.0 - _IN_MOUTH)
        if down > 0.0:
            place = points_at(self.way, [down])[0]
        else:
            ahead, up = (px(each) * (1.0 - outside) for each in _AWAY_PX)
            place = self.way[0] + np.array([self._before * ahead, up, 0.0])
        size = 1.0 - (1.0 - _SMALL) * min(max(2.0 * outside - 1.0, 0.0), 1.0)
        size *= 1.0 - 0.9 * max(down - 0.8, 0.0) / 0.2
        for each, rest in zip(self.shape.get_family(), self._rest, strict=True):
            if len(rest):
                each.set_points(place + size * rest)
        self.shape.opacity = 1.0 - max(down - 0.85, 0.0) / 0.15
