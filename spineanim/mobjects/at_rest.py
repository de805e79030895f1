"""Things that are put here and there from where they rested at first.

Shifting a thing from place to place rounds its points a little each time, so that a frame would
hang upon which frames were set before it. Laid anew from its rest, it hangs upon its place alone.
"""

from __future__ import annotations

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike


class AtRest:
    """How a mobject, with all it holds, stood at first.

    Parameters
    ----------
    mobject
        What is moved; nothing else may move a part of it, but after it has been put in place.
    at
        Scene point (3,) of it that `put` brings elsewhere; its middle when omitted.
    """

    def __init__(self, mobject: Mobject, at: ArrayLike | None = None) -> None:
        middle = mobject.get_center() if at is None else at
        self._at = np.array(middle, dtype=np.float64)
        self._points = [
            (each, each.points.copy()) for each in mobject.get_family() if len(each.points)
        ]

    def put(self, where: ArrayLike, times: float = 1.0) -> None:
        """Put its point to a scene point (3,), so many times as large as at rest."""
        place = np.asarray(where, dtype=np.float64)
        for each, points in self._points:
            each.points = place + (points - self._at) * times
