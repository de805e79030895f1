"""Shots and places by what they must show: the same for every body and every frame shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.stage import Format, Shot

Point = NDArray[np.float64]
BoxPx = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of the composed frame, in pixels from its corner."""


def shot_on(points: ArrayLike, box_px: BoxPx, fmt: Format) -> Shot:
    """Return the shot in which some points just fill a part of the frame.

    Parameters
    ----------
    points
        Scene points (N, 3) that must be seen.
    box_px
        Where; they touch its sides or its top and bottom, and stand in its middle.
    fmt
        The frame.
    """
    flat = np.asarray(points, dtype=np.float64)[:, :2]
    low, high = flat.min(axis=0), flat.max(axis=0)
    left, top, right, bottom = box_px
    corners = fmt.point(left, bottom)[:2], fmt.point(right, top)[:2]
    zoom = float(((corners[1] - corners[0]) / np.maximum(high - low, 1e-6)).min())
    centre = (low + high) / 2 - (corners[0] + corners[1]) / 2 / zoom
    return Shot((float(centre[0]), float(centre[1])), zoom)


def seen_in(shot: Shot, points: ArrayLike) -> Point:
    """Where scene points (..., 3) stand in the frame of a shot, in frame units."""
    placed: Point = (np.asarray(points) - np.array([*shot.centre, 0.0])) * shot.zoom
    return placed
