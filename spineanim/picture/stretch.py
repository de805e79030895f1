"""The first stretch of a path, by its length: what a line looks like while it is being drawn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Manim's Bézier points (4 N, 3): four for each curve."""

_CHORDS: Final = 8
"""A curve is measured by so many chords; an eighth of a circle is then right to 0.02 %."""


def _along(points: Points) -> NDArray[np.float64]:
    """Length (N, chords + 1) from the start of each curve to its measured places."""
    curves = points.reshape(-1, 4, 3)
    t = np.linspace(0.0, 1.0, _CHORDS + 1)
    weights = np.column_stack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    chords = np.linalg.norm(np.diff(weights @ curves, axis=1), axis=2)
    return np.hstack([np.zeros((len(curves), 1)), np.cumsum(chords, axis=1)])


def path_length(points: Points) -> float:
    """Length of a path; jumps between its pieces do not count."""
    return float(_along(points)[:, -1].sum()) if len(points) else 0.0


def first_stretch(points: Points, share: float) -> Points:
    """Points of the first share, 0 to 1, of a path's length; none for 0, the same for 1."""
    if share <= 0.0 or not len(points):
        return points[:0].copy()
    if share >= 1.0:
        return points.copy()
    along = _along(points)
    ends = np.cumsum(along[:, -1])
    wanted = share * ends[-1]
    index = int(np.searchsorted(ends, wanted))
    rest = wanted - (ends[index - 1] if index else 0.0)
    t = float(np.interp(rest, along[index], np.linspace(0.0, 1.0, _CHORDS + 1)))
    whole = points[: 4 * index]
    return np.vstack([whole, _cut(points[4 * index : 4 * index + 4], t)])


def _cut(curve: Points, t: float) -> Points:
    """Give the part of one curve (4, 3) before a place on it, after de Casteljau."""
    ab, bc, cd = (curve[i] + (curve[i + 1] - curve[i]) * t for i in range(3))
    abc, bcd = ab + (bc - ab) * t, bc + (cd - bc) * t
    return np.array([curve[0], ab, abc, abc + (bcd - abc) * t])
