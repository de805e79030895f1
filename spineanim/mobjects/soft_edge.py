"""Masks with a soft edge that travels: what they cover of a part is seen.

Each is a pure function of the share of the way: at 0 the edge has not yet reached the part's box,
at 1 it has left it.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike, NDArray

from spineanim.picture.shape import Handle, Part, Shape, Stops, path_points
from spineanim.stage import px

Point = NDArray[np.float64]
_STEPS: Final = 9
_SMALLEST_PX: Final = 2.0
"""Radius of a round edge before it widens."""
_WHITE: Final = "#FFFFFF"
_ROOM_PX: Final = 60.0
"""Strokes, shadows and glows may reach so far beyond a part's points."""


class SoftEdge(Protocol):
    """A travelling edge, before it knows what it crosses."""

    def across(self, part: Part, *, hides: bool) -> EdgeMask:
        """Return the mask for a part; what the edge has passed is hidden, or else seen."""


class EdgeMask(Shape):
    """A mask over the box of a part; `at` sets how far its edge has come."""

    def __init__(self, low: Point, high: Point, *, hides: bool) -> None:
        corners = np.array([low, [high[0], low[1], 0.0], high, [low[0], high[1], 0.0]])
        super().__init__(corners, fill=_WHITE)
        self.low, self.high, self.hides = low, high, hides

    def at(self, share: float) -> None:
        """Set how far the edge has come, 0 to 1."""
        raise NotImplementedError

    def _lay(self, start: Point, end: Point) -> None:
        """Lay the edge's gradient between two points; its colours never change."""
        assert self.gradient_handle is not None
        self.gradient_handle.set_points(path_points(np.array([start, end]), closed=False))


class Line:
    """A straight soft edge that travels in a direction.

    Parameters
    ----------
    direction_deg
        Where it travels: 0 to the right, 90 up.
    feather_px
        Width of the soft edge in pixels at 1080 lines.
    """

    def __init__(self, direction_deg: float = 0.0, feather_px: float = 90.0) -> None:
        turn = np.radians(direction_deg)
        self.way = np.array([np.cos(turn), np.sin(turn), 0.0])
        self.feather = px(feather_px)

    def across(self, part: Part, *, hides: bool) -> EdgeMask:
        """Return the mask for a part; see `SoftEdge`."""
        return _LineMask(*_box(part), self.way, self.feather, hides=hides)


class Circle:
    """A round soft edge that widens about a point.

    Parameters
    ----------
    centre
        Scene point (3,) or (2,).
    radius
        Where it comes to rest, in scene units; without one it runs over the whole part.
    feather_px
        Width of the soft edge where it comes to rest, in pixels at 1080 lines.
    """

    def __init__(
        self, centre: ArrayLike, radius: float | None = None, feather_px: float = 160.0
    ) -> None:
        self.centre = np.zeros(3)
        self.centre[:2] = np.asarray(centre, dtype=np.float64)[:2]
        self.radius, self.feather = radius, px(feather_px)

    def across(self, part: Part, *, hides: bool) -> EdgeMask:
        """Return the mask for a part; see `SoftEdge`."""
        low, high = _box(part)
        far = np.maximum(np.abs(low - self.centre), np.abs(high - self.centre))[:2]
        reach = float(np.hypot(*far)) if self.radius is None else self.radius
        return _CircleMask(low, high, self.centre, reach, self.feather, hides=hides)


class _LineMask(EdgeMask):
    def __init__(self, low: Point, high: Point, way: Point, feather: float, *, hides: bool) -> None:
        super().__init__(low, high, hides=hides)
        corners = np.array([low, high, [low[0], high[1], 0.0], [high[0], low[1], 0.0]])
        along = corners @ way
        self.way, self.feather = way, feather
        self.ends = (float(along.min()) - feather, float(along.max()))
        self.middle = (low + high) / 2
        self.with_gradient("linear", low, high, _fall(0.0, hides=hides))
        self.at(0.0)

    def at(self, share: float) -> None:
        """Set how far the edge has come, 0 to 1."""
        behind = self.ends[0] + (self.ends[1] - self.ends[0]) * share
        start = self.middle + self.way * (behind - float(self.middle @ self.way))
        self._lay(start, start + self.way * self.feather)


class _CircleMask(EdgeMask):
    """Widens as a whole, so its edge is softest where it comes to rest."""

    def __init__(
        self,
        low: Point,
        high: Point,
        centre: Point,
        reach: float,
        feather: float,
        *,
        hides: bool,
    ) -> None:
        super().__init__(low, high, hides=hides)
        self.centre, self.outer = centre, reach + feather
        self.with_gradient("radial", low, high, _fall(reach / self.outer, hides=hides))
        self.at(0.0)

    def at(self, share: float) -> None:
        """Set how far the edge has come, 0 to 1."""
        outer = max(self.outer * share, px(_SMALLEST_PX))
        self._lay(self.centre, self.centre + np.array([outer, 0.0, 0.0]))


def _fall(solid: float, *, hides: bool) -> Stops:
    """Return stops of a soft fall, full up to a share `solid` of the way."""
    share = np.linspace(0.0, 1.0, _STEPS)
    alpha = 1.0 - share * share * (3.0 - 2.0 * share)
    alpha = 1.0 - alpha if hides else alpha
    return tuple(
        (float(solid + (1.0 - solid) * at), _WHITE, float(value))
        for at, value in zip(share, alpha, strict=True)
    )


def _box(part: Mobject) -> tuple[Point, Point]:
    """Lower left and upper right corner (3,) of all that a part draws."""
    drawn = [
        each.points for each in part.get_family() if len(each.points) and type(each) is not Handle
    ]
    points = np.concatenate(drawn)
    room = np.array([px(_ROOM_PX), px(_ROOM_PX), 0.0])
    return points.min(axis=0) - room, points.max(axis=0) + room
