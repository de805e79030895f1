"""Measure solids as one measures bones: along lines, between surfaces, by volume.

Everything is read off the field of a solid by sampling and bisection, so a measurement
knows nothing of the numbers that the solid was made from. Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import Box, Solid

_BISECTIONS: Final = 16
_SLOPE_STEP_MM: Final = 0.05
# How much farther than its field says a surface may be, when cells are sorted out
_CAUTION: Final = 1.6

_TETRAHEDRON: Final = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]], dtype=float)

Heights = Callable[[Points3], NDArray[np.float64]]
"""A number for each of the points (N, 3)."""

_SHELL: Final = (
    np.array([spot for spot in np.ndindex(3, 3, 3) if spot != (1, 1, 1)], dtype=np.float64) - 1.0
)


def unit(direction: ArrayLike) -> Points3:
    """Return the direction (3,) with length 1."""
    way = np.asarray(direction, dtype=np.float64)
    found: Points3 = way / np.linalg.norm(way)
    return found


# ------------------------------------------------------------------------ along a line
def crossings_mm(
    solid: Solid, start_mm: ArrayLike, direction: ArrayLike, reach_mm: float, step_mm: float = 0.25
) -> NDArray[np.float64]:
    """Distances from the start at which a line goes through the surface, ascending.

    Parameters
    ----------
    solid : Solid
    start_mm, direction : array_like, shape (3,)
        The line runs from the start in this direction.
    reach_mm : float
        How far the line runs.
    step_mm : float
        Anything thinner than this may be missed.
    """
    start, way = np.asarray(start_mm, dtype=np.float64), unit(direction)
    along = np.linspace(0.0, reach_mm, max(int(np.ceil(reach_mm / step_mm)), 2) + 1)
    inside = solid.contains(start + along[:, None] * way)
    at = np.flatnonzero(inside[1:] != inside[:-1])
    if not len(at):
        return np.empty(0)
    low, high, first = along[at], along[at + 1], inside[at]
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        same = solid.contains(start + middle[:, None] * way) == first
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found: NDArray[np.float64] = (low + high) / 2
    return found


def free_mm(
    solid: Solid, start_mm: ArrayLike, direction: ArrayLike, reach_mm: float = 100.0
) -> float:
    """Distance from a point to the first surface in a direction; inf if there is none."""
    found = crossings_mm(solid, start_mm, direction, reach_mm)
    return float(found[0]) if len(found) else float("inf")


def span_mm(
    solid: Solid, point_mm: ArrayLike, direction: ArrayLike, reach_mm: float = 100.0
) -> float:
    """Length between the first and the last surface on a line through a point; nan if missed."""
    start = np.asarray(point_mm, dtype=np.float64) - unit(direction) * reach_mm
    found = crossings_mm(solid, start, direction, 2 * reach_mm)
    return float(found[-1] - found[0]) if len(found) else float("nan")


def width_mm(
    solid: Solid, point_mm: ArrayLike, direction: ArrayLike, reach_mm: float = 100.0
) -> float:
    """Distance between the surfaces on both sides of a point, whether it lies in or out.

    Inside a solid this is its thickness there, outside the width of the gap.
    """
    way = unit(direction)
    return free_mm(solid, point_mm, way, reach_mm) + free_mm(solid, point_mm, -way, reach_mm)


def edge_mm(
    solid: Solid, start_mm: ArrayLike, direction: ArrayLike, reach_mm: float = 100.0
) -> float:
    """Distance from a point to the last surface in a direction; -inf if there is none."""
    found = crossings_mm(solid, start_mm, direction, reach_mm)
    return float(found[-1]) if len(found) else float("-inf")


def firsts_mm(
    solid: Solid, starts_mm: Points3, direction: ArrayLike, reach_mm: float, step_mm: float = 0.3
) -> NDArray[np.float64]:
    """Like `free_mm` for many starts (N, 3) at once, shape (N,): quick, good to 0.02 mm."""
    along, values = _along(solid, starts_mm, direction, reach_mm, step_mm)
    changes = (values[:, 1:] < 0) != (values[:, :-1] < 0)
    return _zero(along, values, np.argmax(changes, axis=1), changes, np.inf)


def edges_mm(
    solid: Solid, starts_mm: Points3, direction: ArrayLike, reach_mm: float, step_mm: float = 0.3
) -> NDArray[np.float64]:
    """Like `edge_mm` for many starts (N, 3) at once, shape (N,): quick, good to 0.02 mm."""
    along, values = _along(solid, starts_mm, direction, reach_mm, step_mm)
    changes = (values[:, 1:] < 0) != (values[:, :-1] < 0)
    last = changes.shape[1] - 1 - np.argmax(changes[:, ::-1], axis=1)
    return _zero(along, values, last, changes, -np.inf)


def widths_mm(
    solid: Solid, points_mm: Points3, direction: ArrayLike, reach_mm: float, step_mm: float = 0.3
) -> NDArray[np.float64]:
    """Like `width_mm` for many points (N, 3) at once, shape (N,): quick, good to 0.04 mm."""
    way = unit(direction)
    return firsts_mm(solid, points_mm, way, reach_mm, step_mm) + firsts_mm(
        solid, points_mm, -way, reach_mm, step_mm
    )


def _along(
    solid: Solid, starts: Points3, direction: ArrayLike, reach: float, step: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places along rays (M,) and the field there (N, M)."""
    along = np.linspace(0.0, reach, max(int(np.ceil(reach / step)), 2) + 1)
    spots = np.asarray(starts)[:, None] + along[:, None] * unit(direction)
    return along, solid.distance_mm(spots.reshape(-1, 3)).reshape(len(starts), -1)


def _zero(
    along: NDArray[np.float64],
    values: NDArray[np.float64],
    at: NDArray[np.intp],
    changes: NDArray[np.bool_],
    missing: float,
) -> NDArray[np.float64]:
    """Where the field is zero on a straight line between two samples of each ray (N,)."""
    rows = np.arange(len(values))
    low, high = values[rows, at], values[rows, at + 1]
    share = low / np.where(low == high, 1.0, low - high)
    found = along[at] + share * (along[at + 1] - along[at])
    return np.where(changes.any(axis=1), found, missing)


# ------------------------------------------------------------------------- on surfaces
def gradient(solid: Solid, points_mm: Points3) -> Points3:
    """Outward unit directions (N, 3) of the field at points (N, 3)."""
    count = len(points_mm)
    # four corners of a tetrahedron give the slope in one go
    moved = points_mm[None] + _TETRAHEDRON[:, None] * _SLOPE_STEP_MM
    values = solid.distance_mm(moved.reshape(-1, 3)).reshape(4, count)
    slope = values.T @ _TETRAHEDRON
    size = np.linalg.norm(slope, axis=1, keepdims=True)
    found: Points3 = slope / np.maximum(size, 1e-9)
    return found


def cells(field: Heights, box: Box, step_mm: float) -> Points3:
    """Centres (N, 3) of the cells of a box that may hold a zero of a distance field.

    The box is divided again and again; what the field rules out is not looked at more
    closely.
    """
    size = np.maximum(np.array(box.size_mm), step_mm)
    halvings = max(int(np.floor(np.log2(size.max() / step_mm / 6))), 0)
    width = step_mm * 2**halvings
    axes = [
        low + (np.arange(int(np.ceil(length / width))) + 0.5) * width
        for low, length in zip(box.low, size, strict=True)
    ]
    spots: Points3 = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    corner = np.stack(np.meshgrid(*[[-0.25, 0.25]] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    while True:
        near = np.abs(field(spots)) < width * np.sqrt(3) / 2 * _CAUTION
        spots = spots[near]
        if width <= step_mm * 1.001:
            return spots
        spots = np.reshape(spots[:, None] + corner * width, (-1, 3))
        width /= 2


def surface_points(solid: Solid, step_mm: float = 1.5, box: Box | None = None) -> Points3:
    """Points (N, 3) on the surface, about `step_mm` apart, in a box or all over."""
    spots = cells(solid.distance_mm, box or solid.bounds.grown(step_mm), step_mm)
    return onto_surface(solid, spots, step_mm)


def onto_surface(solid: Solid, points_mm: Points3, step_mm: float) -> Points3:
    """Move points (N, 3) that are about `step_mm` from a surface onto it; drop the rest."""
    distance = solid.distance_mm(points_mm)
    near = np.abs(distance) < 1.5 * step_mm
    points, distance = points_mm[near], distance[near]
    for _ in range(2):
        points = points - gradient(solid, points) * distance[:, None]
        distance = solid.distance_mm(points)
    found: Points3 = points[np.abs(distance) < 0.1 * step_mm]
    return found


def extent_mm(
    solid: Solid, direction: ArrayLike, step_mm: float = 1.0, box: Box | None = None
) -> tuple[float, float]:
    """Lowest and highest place of the surface along a direction through the origin."""
    points = surface_points(solid, step_mm, box)
    way = unit(direction)
    low = points[int(np.argmin(points @ way))]
    high = points[int(np.argmax(points @ way))]
    return (
        -highest_mm(solid, low, lambda rows: -(rows @ way), step_mm),
        highest_mm(solid, high, lambda rows: np.asarray(rows @ way), step_mm),
    )


def highest_mm(solid: Solid, point: Points3, height: Heights, step_mm: float) -> float:
    """Greatest height on a surface, searched round a point (3,) of it that is nearly highest.

    `height` gives a number for each of the points (N, 3) it is handed.
    """
    best, reach = float(height(point[None])[0]), step_mm
    while reach > 0.02:
        tried = point + _SHELL * reach
        for _ in range(3):
            tried = tried - gradient(solid, tried) * solid.distance_mm(tried)[:, None]
        held = np.abs(solid.distance_mm(tried)) < 0.02
        heights = np.where(held, height(tried), -np.inf)
        top = int(np.argmax(heights))
        if heights[top] > best + 1e-4:
            point, best = tried[top], float(heights[top])
        else:
            reach /= 2
    return best


def least_gap_mm(points_mm: Points3, other: Solid) -> float:
    """Least signed distance of points (N, 3) from a solid: negative where one lies in it."""
    return float(other.distance_mm(points_mm).min()) if len(points_mm) else float("inf")


def gap_mm(one: Solid, other: Solid, step_mm: float = 1.0, within_mm: float = 15.0) -> float:
    """Least distance between two solids, or minus the depth to which they overlap.

    Read off where the surface of the first comes nearest to the second; inf if they are
    farther apart than `within_mm`.
    """
    low = np.maximum(one.bounds.low, np.subtract(other.bounds.low, within_mm))
    high = np.minimum(one.bounds.high, np.add(other.bounds.high, within_mm))
    if (low >= high).any():
        return float("inf")
    points = surface_points(one, step_mm, Box.around([low, high]))
    if not len(points):
        return float("inf")
    nearest = points[int(np.argmin(other.distance_mm(points)))]
    return -highest_mm(one, nearest, lambda rows: -other.distance_mm(rows), step_mm)


def volume_mm3(solid: Solid, step_mm: float = 1.0) -> float:
    """Volume by counting cells; those on the surface count by the share that lies inside."""
    box = solid.bounds.grown(step_mm)
    x, y = (
        np.arange(low, high, step_mm) for low, high in zip(box.low[:2], box.high[:2], strict=True)
    )
    flat = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    total = 0.0
    for z in np.arange(box.low[2], box.high[2], step_mm):
        layer = np.column_stack([flat, np.full(len(flat), z)])
        total += float(np.clip(0.5 - solid.distance_mm(layer) / step_mm, 0.0, 1.0).sum())
    return total * step_mm**3
