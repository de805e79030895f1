"""One view gives way to another: both lean towards the point they share, over the empty ground.

Two bodies in one another mislead, and an empty frame between them startles: so the old picture
comes nearer as it fades, and only when it is faint does the new one come on in the same direction
until it stands.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import rush_from, rush_into, smooth
from numpy.typing import ArrayLike, NDArray

from spineanim.motion.ease import Curve, within
from spineanim.motion.move import Move
from spineanim.picture.shape import Part
from spineanim.stage import px

_SWELL: Final = 0.045
"""How much the old picture grows, and the new one has left to grow."""
_LEAN_PX: Final = 36.0
"""The pictures move by no more than this towards each other's subject."""
_GONE: Final = 0.72
"""Share of the step at which the old picture is gone."""
_COMES: Final = 0.22
"""Share of the step at which the new one begins to be seen."""


class _Passing(Move):
    """A picture of the whole frame fades while it grows about a point and leans aside."""

    def __init__(
        self, picture: Part, about: NDArray[np.float64], lean: NDArray[np.float64], *, comes: bool
    ) -> None:
        self.picture, self.about, self.lean, self.comes = picture, about, lean, comes
        self._rest = [(each, each.points.copy()) for each in picture.get_family()]
        self._fade: Curve = within(smooth, *((_COMES, 1.0) if comes else (0.0, _GONE)))
        self._way: Curve = within(
            rush_from if comes else rush_into, *((_COMES, 1.0) if comes else (0.0, _GONE))
        )
        super().__init__(picture, self._pass, ease=lambda alpha: alpha)

    def _pass(self, share: float) -> None:
        fade, way = self._fade(share), self._way(share)
        self.picture.opacity = fade if self.comes else 1.0 - fade
        # from a little smaller to its true size, or from its true size to a little larger
        left = way - 1.0 if self.comes else way
        for each, points in self._rest:
            if len(points):
                grown = self.about + (points - self.about) * (1.0 + _SWELL * left)
                each.set_points(grown + self.lean * left)


def cross_over(
    before: Part, after: Part, old: ArrayLike | None = None, new: ArrayLike | None = None
) -> tuple[Move, Move]:
    """Let a picture of the old view give way to one of the new.

    Parameters
    ----------
    before, after
        Pictures of the whole frame.
    old, new
        Where the subject stands in the frame before and after, scene points (3,); the middle of
        the frame when omitted.
    """
    here, there = (np.zeros(3) if at is None else np.asarray(at, float) for at in (old, new))
    lean = there - here
    far = float(np.linalg.norm(lean))
    if far > px(_LEAN_PX):
        lean *= px(_LEAN_PX) / far
    return (
        _Passing(before, here, lean, comes=False),
        _Passing(after, there, lean, comes=True),
    )
