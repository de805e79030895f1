"""Polylines: smoothing, arc length, resampling, offsetting, closed outlines.

A closed outline never repeats its first point; functions that need to know take
``closed``. All functions accept rows of 2-D or 3-D points unless they say otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]

_MIN_CHORD = 1e-9


def as_points(points: ArrayLike) -> Points:
    """Copy any sequence of points to a float array of shape (N, D)."""
    array = np.array(points, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"expected rows of points, got an array of shape {array.shape}")
    return array


def smooth(points: ArrayLike, closed: bool = False, samples: int = 12) -> Points:
    """Run a centripetal Catmull-Rom spline through the points.

    Parameters
    ----------
    points : array_like, shape (N, D)
        Knots in order; consecutive knots must differ.
    closed : bool
        Whether the curve returns to its first knot.
    samples : int
        Points per span between two knots.

    Returns
    -------
    ndarray, shape (M, D)
        The curve through all knots. An open curve ends on the last knot; a closed
        one does not repeat its first point.
    """
    knots = as_points(points)
    if len(knots) < 3:
        return resample(knots, samples + 1) if len(knots) == 2 else knots
    if closed:
        padded = np.vstack([knots[-1], knots, knots[:2]])
    else:
        first, last = 2 * knots[0] - knots[1], 2 * knots[-1] - knots[-2]
        padded = np.vstack([first, knots, last])
    p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    t1 = _spacing(p0, p1)
    t2 = t1 + _spacing(p1, p2)
    t3 = t2 + _spacing(p2, p3)
    u = np.linspace(0.0, 1.0, samples, endpoint=False)[None, :, None]
    t1, t2, t3 = (t[:, None, None] for t in (t1, t2, t3))
    q0, q1, q2, q3 = (p[:, None, :] for p in (p0, p1, p2, p3))
    t = t1 + (t2 - t1) * u
    a1 = ((t1 - t) * q0 + t * q1) / t1
    a2 = ((t2 - t) * q1 + (t - t1) * q2) / (t2 - t1)
    a3 = ((t3 - t) * q2 + (t - t2) * q3) / (t3 - t2)
    b1 = ((t2 - t) * a1 + t * a2) / t2
    b2 = ((t3 - t) * a2 + (t - t1) * a3) / (t3 - t1)
    curve: Points = (((t2 - t) * b1 + (t - t1) * b2) / (t2 - t1)).reshape(-1, knots.shape[1])
    return curve if closed else np.vstack([curve, knots[-1]])


def _spacing(a: Points, b: Points) -> NDArray[np.float64]:
    """Centripetal knot spacing: square root of the chord."""
    chord: NDArray[np.float64] = np.maximum(np.linalg.norm(b - a, axis=1), _MIN_CHORD)
    return np.sqrt(chord)


def ease(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth step: 0 to 1 for shares 0 to 1, level at both ends."""
    eased: NDArray[np.float64] = share * share * (3 - 2 * share)
    return eased


def hermite(start: Points, velocity: Points, end: Points, end_velocity: Points) -> Points:
    """Cubic between two points (D,) with given end velocities, (25, D)."""
    t = np.linspace(0.0, 1.0, 25)[:, None]
    cubic: Points = (
        (2 * t**3 - 3 * t**2 + 1) * start
        + (t**3 - 2 * t**2 + t) * velocity
        + (3 * t**2 - 2 * t**3) * end
        + (t**3 - t**2) * end_velocity
    )
    return cubic


def bend_radii(points: Points, step_mm: float = 2.0) -> NDArray[np.float64]:
    """Radius of curvature (mm) along a smooth line, at inner points about `step_mm` apart."""
    even = resample(points, max(int(length(points) / step_mm) + 1, 5))
    before, after = even[1:-1] - even[:-2], even[2:] - even[1:-1]
    sides = [np.linalg.norm(side, axis=1) for side in (before, after, before + after)]
    square = (sides[0] * sides[1]) ** 2 - np.sum(before * after, axis=1) ** 2
    double_area = np.sqrt(np.maximum(square, _MIN_CHORD))
    radii: NDArray[np.float64] = sides[0] * sides[1] * sides[2] / (2 * double_area)
    return radii


def close(points: Points) -> Points:
    """Repeat the first point at the end."""
    return np.vstack([points, points[:1]])


def distances(points: Points) -> NDArray[np.float64]:
    """Arc length from the first point to each point, shape (N,)."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def length(points: Points, closed: bool = False) -> float:
    """Length of a polyline (mm)."""
    return float(distances(close(points) if closed else points)[-1])


def resample(points: Points, count: int, closed: bool = False) -> Points:
    """Return `count` points evenly spaced by arc length (a closed outline stays unrepeated)."""
    fractions = np.linspace(0.0, 1.0, count, endpoint=not closed)
    return points_at(close(points) if closed else points, fractions)


def points_at(points: Points, fractions: ArrayLike) -> Points:
    """Points at several fractions (0..1) of the arc length, shape (K, D)."""
    along = distances(points)
    wanted = np.clip(np.asarray(fractions, dtype=np.float64), 0.0, 1.0) * along[-1]
    return np.column_stack([np.interp(wanted, along, column) for column in points.T])


def point_at(points: Points, fraction: float) -> NDArray[np.float64]:
    """Point at a fraction (0..1) of the arc length, shape (D,)."""
    found: NDArray[np.float64] = points_at(points, [fraction])[0]
    return found


def part(points: Points, start: float, end: float) -> Points:
    """Cut the stretch between two fractions (0..1) of the arc length, ends included."""
    along = distances(points)
    lo, hi = sorted((start * along[-1], end * along[-1]))
    inside = points[(along > lo + _MIN_CHORD) & (along < hi - _MIN_CHORD)]
    ends = points_at(points, [lo / along[-1], hi / along[-1]])
    piece = np.vstack([ends[:1], inside, ends[1:]])
    return piece if start <= end else piece[::-1]


def tangents(points: Points, closed: bool = False) -> Points:
    """Return unit directions of travel at each point, shape (N, D)."""
    if closed:
        ahead = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    else:
        ahead = np.gradient(points, axis=0)
    size = np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), _MIN_CHORD)
    unit: Points = ahead / size
    return unit


def normals(points: Points, closed: bool = False) -> Points:
    """Return unit normals of a plane curve, to the left of travel, shape (N, 2)."""
    along = tangents(points, closed)
    return np.column_stack([-along[:, 1], along[:, 0]])


def offset(points: Points, distance_mm: ArrayLike, closed: bool = False) -> Points:
    """Shift a plane curve sideways, positive to the left of travel.

    A counter-clockwise closed outline therefore shrinks for a positive distance.
    `distance_mm` is one number or one per point.
    """
    shift = np.asarray(distance_mm, dtype=np.float64)
    moved: Points = points + normals(points, closed) * np.atleast_1d(shift)[:, None]
    return moved


def signed_area(points: Points) -> float:
    """Area of a closed plane outline (mm2), positive when counter-clockwise."""
    x, y = points.T
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def counter_clockwise(points: Points) -> Points:
    """Return a closed plane outline so that it runs counter-clockwise."""
    return points if signed_area(points) >= 0 else points[::-1]


def contains(outline: Points, points: ArrayLike) -> NDArray[np.bool_]:
    """Tell which plane points lie inside a closed outline, shape (K,)."""
    x, y = np.atleast_2d(np.asarray(points, dtype=np.float64)).T
    ax, ay = outline.T
    bx, by = np.roll(outline, -1, axis=0).T
    spans = (ay[None] > y[:, None]) != (by[None] > y[:, None])
    rise = np.where(by == ay, _MIN_CHORD, by - ay)
    cross = ax[None] + (y[:, None] - ay[None]) * ((bx - ax) / rise)[None]
    hits = np.sum(spans & (x[:, None] < cross), axis=1)
    inside: NDArray[np.bool_] = hits % 2 == 1
    return inside


def nearest(points: Points, target: ArrayLike, closed: bool = False) -> tuple[float, float]:
    """Distance (mm) from a target to a polyline and the arc length (mm) where it is met."""
    line = close(points) if closed else points
    goal = np.asarray(target, dtype=np.float64)
    a, step = line[:-1], np.diff(line, axis=0)
    square = np.maximum(np.sum(step**2, axis=1), _MIN_CHORD**2)
    u = np.clip(np.sum((goal - a) * step, axis=1) / square, 0.0, 1.0)
    gaps = np.linalg.norm(a + u[:, None] * step - goal, axis=1)
    best = int(np.argmin(gaps))
    along = distances(line)[best] + u[best] * np.sqrt(square[best])
    return float(gaps[best]), float(along)


def reach(outline: Points, starts: Points, ways: Points, behind_mm: float = 0.0) -> Points:
    """How far plane rays run before they meet a closed outline, shape (K,); inf if never.

    Parameters
    ----------
    outline : ndarray, shape (N, 2)
    starts, ways : ndarray, shape (K, 2)
        Where the rays start, and their unit directions.
    behind_mm : float
        How far behind its start a ray begins; crossings there count as negative.
    """
    corner, edge = outline[None], (np.roll(outline, -1, axis=0) - outline)[None]
    away, way = corner - starts[:, None], ways[:, None]
    turn = way[..., 0] * edge[..., 1] - way[..., 1] * edge[..., 0]
    turn = np.where(turn == 0.0, _MIN_CHORD, turn)
    run = (away[..., 0] * edge[..., 1] - away[..., 1] * edge[..., 0]) / turn
    share = (away[..., 0] * way[..., 1] - away[..., 1] * way[..., 0]) / turn
    met = (share >= 0.0) & (share <= 1.0) & (run >= -behind_mm)
    least: Points = np.min(np.where(met, run, np.inf), axis=1)
    return least


def mirrored(points: Points) -> Points:
    """Mirror to the other side of the body (first coordinate changes sign)."""
    flipped = np.array(points, dtype=np.float64)
    flipped[..., 0] = -flipped[..., 0]
    return flipped
