"""Outlines of solids as smooth closed curves: of a section, and of a silhouette.

Curves are (right, up) in the plane of a view, in millimetres, for vector work: to
highlight or reveal a part, or to tell whether a point lies on it.
"""

from __future__ import annotations

from typing import Final

import contourpy
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import splev, splprep

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, View
from spineanim.geometry.solids.base import FLOAT, Box, Solid
from spineanim.geometry.solids.grid import Grid, sample

_SMALLEST_MM2: Final = 0.5
_TOLERANCE_MM: Final = 0.015
_CHUNK_ROWS: Final = 64


def section_outlines(solid: Solid, view: View, step_mm: float = 0.4) -> tuple[Points2, ...]:
    """Find the closed curves where the cut of a view goes through a solid.

    Parameters
    ----------
    solid : Solid
        In patient axes (see `Part.placed`).
    view : View
        With a cut that faces the viewer.
    step_mm : float
        Spacing of the samples; the curves are a tenth of it true.

    Returns
    -------
    tuple of ndarray (N, 2)
        Largest first; outer edges run counter-clockwise, edges of holes clockwise. Empty if
        the cut misses the solid.

    Raises
    ------
    ValueError
        If the view has no cut, or it does not face the viewer.
    """
    if view.cut is None or view.cut.unit @ view.toward_viewer < 0.05:
        raise ValueError(f"view {view.name} has no cut that faces the viewer")
    right, up = _window(solid.bounds, view, 3 * step_mm, step_mm)
    a, b = np.meshgrid(right, up)
    normal = view.rotation @ view.cut.unit
    level = view.cut.unit @ np.array(view.cut.point_mm)
    toward = (level - a * normal[0] - b * normal[1]) / normal[2]
    points = np.stack([a, b, toward], axis=-1).reshape(-1, 3) @ view.rotation
    return zero_lines(right, up, solid.distance_mm(points).reshape(a.shape))


def silhouette(
    solid: Solid, view: View, step_mm: float = 0.5, grid: Grid | None = None
) -> tuple[Points2, ...]:
    """Find the closed curves round what a view shows of a solid; its cut is left out of account.

    Parameters
    ----------
    solid : Solid
        In patient axes, or in the frame of the view.
    view : View
    step_mm : float
        Spacing of the samples.
    grid : Grid, optional
        The solid, sampled already.

    Returns
    -------
    tuple of ndarray (N, 2)
        As `section_outlines`; clockwise curves are holes that one can see through.
    """
    field = grid or sample(solid, step_mm)
    box = Box.around([field.low_mm, field.high_mm])
    right, up = _window(box, view, step_mm, step_mm)
    heights = view.nearness(box.corners)
    toward = np.arange(heights.min(), heights.max() + step_mm, step_mm)
    least = np.empty((len(up), len(right)))
    axes = view.rotation.astype(FLOAT)
    for begin in range(0, len(up), _CHUNK_ROWS):
        rows = up[begin : begin + _CHUNK_ROWS]
        c, b, a = (v.astype(FLOAT) for v in np.meshgrid(toward, rows, right, indexing="ij"))
        spot = [(a * axes[0, i] + b * axes[1, i] + c * axes[2, i]).ravel() for i in range(3)]
        gaps = field.at(*spot).reshape(a.shape)
        least[begin : begin + _CHUNK_ROWS] = gaps.min(axis=0)
    return zero_lines(right, up, least)


def zero_lines(
    right: NDArray[np.float64], up: NDArray[np.float64], field: NDArray[np.float64]
) -> tuple[Points2, ...]:
    """Smooth closed curves along the zero of a field (rows up, columns right), largest first."""
    generator = contourpy.contour_generator(right, up, field)
    found = []
    for line in generator.lines(0.0):
        closed = np.asarray(line)[:-1]
        area = curves.signed_area(closed) if len(closed) > 3 else 0.0
        if abs(area) >= _SMALLEST_MM2:
            found.append((abs(area), _smooth(closed)))
    found.sort(key=lambda item: -item[0])
    return tuple(_turned(line, [other for _, other in found]) for _, line in found)


def _smooth(line: Points2) -> Points2:
    """Draw a closed spline that stays within a hair of the samples."""
    knots = np.vstack([line, line[:1]])
    kept = np.concatenate([[True], np.linalg.norm(np.diff(knots, axis=0), axis=1) > 1e-6])
    knots = knots[kept]
    knots[-1] = knots[0]
    if len(knots) < 8:
        return line
    spline, at = splprep(knots.T, s=len(knots) * _TOLERANCE_MM**2, per=True)
    count = len(knots)
    smooth = np.column_stack(splev(np.linspace(0.0, 1.0, count + 1)[:-1], spline))
    return np.asarray(smooth if len(at) else line, dtype=np.float64)


def _turned(line: Points2, lines: list[Points2]) -> Points2:
    """Turn a curve counter-clockwise, or clockwise if it lies within an odd number of others."""
    around = sum(bool(curves.contains(other, line[:1])[0]) for other in lines if other is not line)
    turned = curves.counter_clockwise(line)
    return turned[::-1] if around % 2 else turned


def _window(
    box: Box, view: View, margin_mm: float, step_mm: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sample places to the right and up that cover a box in a view."""
    plane = view.project(box.corners)
    low, high = plane.min(axis=0) - margin_mm, plane.max(axis=0) + margin_mm
    return (
        np.arange(low[0], high[0] + step_mm, step_mm),
        np.arange(low[1], high[1] + step_mm, step_mm),
    )
