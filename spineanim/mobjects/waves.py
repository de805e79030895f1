"""What is sent without a wire: calm waves that spread, and a row of dots that travels."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.course import Course, Points
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import px

_COUNT: Final = 3
_PER_S: Final = 0.42
"""Waves that start in a second: calm, far from flashing."""
_LAG: Final = 0.12


class Waves(Part):
    """Arcs that leave a place downwards and fade as they go.

    Parameters
    ----------
    source
        Scene point (3,) they come from.
    reach
        How far they go, from and to, in scene units.
    half_angle_deg
        Half the angle they spread over, about straight down.
    theme
        Colours.
    """

    def __init__(
        self,
        source: NDArray[np.float64],
        reach: tuple[float, float],
        half_angle_deg: float,
        theme: Theme,
    ) -> None:
        self._source, self._reach = source, reach
        turn = np.radians(-90.0 + np.linspace(-half_angle_deg, half_angle_deg, 41))
        self._way = np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
        focus = theme.color("accent.focus")
        self._pairs = [
            (
                Shape(closed=False, stroke="#FFFFFF", stroke_px=10.0),
                Shape(closed=False, stroke=focus, stroke_px=4.5),
            )
            for _ in range(_COUNT)
        ]
        super().__init__(*(line for pair in self._pairs for line in pair), opacity=0.0)
        self.at_s(0.0)

    def at_s(self, seconds: float) -> None:
        """Stand where they are at so many seconds of the film."""
        near, far = self._reach
        for index, pair in enumerate(self._pairs):
            share = (seconds * _PER_S + index / _COUNT) % 1.0
            arc = self._source + (near + (far - near) * share) * self._way
            seen = float(np.sin(np.pi * share)) ** 0.8
            for line, strength in zip(pair, (0.55, 0.9), strict=True):
                line.set_points(path_points(arc, closed=False))
                line.set_stroke(opacity=strength * seen)


class Packets(Course):
    """Dots that travel along a path once, one after the other.

    Parameters
    ----------
    path
        Scene points (N, 3).
    theme
        Colours.
    count
        How many.
    """

    def __init__(self, path: Points, theme: Theme, count: int = 4) -> None:
        super().__init__(path)
        turn = np.linspace(0.0, 2 * np.pi, 33)[:-1]
        self._ring = np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
        focus = theme.color("accent.focus")
        self._dots = [
            Part(Shape(self._ring, fill=focus, stroke="#FFFFFF", stroke_px=2.4), opacity=0.0)
            for _ in range(count)
        ]
        self.add(*self._dots)

    def travel(self, share: float) -> None:
        """Stand at a share of the whole journey, 0 and 1 being before and after it."""
        count = len(self._dots)
        for index, dot in enumerate(self._dots):
            own = share * (1.0 + _LAG * (count - 1)) - _LAG * index
            inside = float(np.clip(min(own, 1.0 - own) / 0.08, 0.0, 1.0))
            dot.opacity = inside
            at = self.point_at(float(np.clip(own, 0.0, 1.0)))
            points = at + px(9) * (0.5 + 0.5 * inside) * self._ring
            dot.submobjects[0].set_points(path_points(points, closed=True))

    def _draw(self) -> None:
        """Draw nothing of the path itself."""
