"""Turned and bent solids seen from any side: rays are walked to their surfaces.

A device is a handful of solids of revolution (case, port, connector) and bent wires (loops). Each
knows its distance to a point, so one walk along the line of sight finds its surface in every pose
and no pose needs a drawing of its own.

View axes: x to the screen's right, y up, z towards the viewer, in millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from spineanim.geometry.curves import distances, resample
from spineanim.picture.raster import Float32, Grid

Floats = NDArray[np.float64]

_CELL_MM = 0.12  # of the distance table; a tenth of a millimetre is below one pixel
_MARGIN_MM = 2.0  # room round the profile in the table
_STEP_MM = 0.25  # between points of a profile
_HIT_MM = 0.012
_STEPS = 64


def unit(vector: ArrayLike) -> Floats:
    """Vector (3,) of length 1 in the same direction."""
    array = np.asarray(vector, dtype=np.float64)
    return np.asarray(array / np.linalg.norm(array))


@dataclass(frozen=True)
class Surface:
    """What is seen at N points of a solid.

    Attributes
    ----------
    normals
        Outward unit normals (N, 3).
    grain
        Unit directions (N, 3) the tool marks run along; zero where there are none.
    radius_mm, height_mm
        Distance from the turning axis and height along it, (N,), which place the tool marks.
    axial
        How far each normal looks along the turning axis (N,), 1 on a flat face.
    materials
        Index (N,) into the solid's `materials`.
    """

    normals: Float32
    grain: Float32
    radius_mm: Float32
    height_mm: Float32
    axial: Float32
    materials: NDArray[np.intp]

    def only(self, chosen: NDArray[np.bool_]) -> Surface:
        """Return some of the points, given as a mask (N,)."""
        return Surface(
            self.normals[chosen],
            self.grain[chosen],
            self.radius_mm[chosen],
            self.height_mm[chosen],
            self.axial[chosen],
            self.materials[chosen],
        )


class Solid(Protocol):
    """What the walk needs to know of a solid."""

    @property
    def materials(self) -> tuple[str, ...]:
        """Names of its materials."""

    @property
    def reach(self) -> tuple[Floats, float]:
        """Centre (3,) and radius (mm) of a ball round it."""

    def may_show(self, plane_mm: Float32) -> NDArray[np.bool_]:
        """Tell at which picture points (N, 2) it could be seen."""

    def distance(self, points: Float32) -> Float32:
        """Signed distance (N,) of points (N, 3), never too long."""

    def surface(self, points: Float32) -> Surface:
        """Describe the surface at points (N, 3) on it."""


@dataclass(frozen=True)
class Turned:
    """A solid of revolution.

    Attributes
    ----------
    sections
        Stretches of the profile in order, each a material and its points (N, 2) as distance from
        the axis and height (mm), from the top of the axis outwards and round to its lower end.
    origin, axis
        Where height 0 stands (3,), and the unit direction (3,) that heights grow in.
    """

    sections: tuple[tuple[str, Floats], ...]
    origin: Floats
    axis: Floats

    @property
    def materials(self) -> tuple[str, ...]:
        """Material of each stretch."""
        return tuple(name for name, _ in self.sections)

    @cached_property
    def _profile(self) -> tuple[Floats, Floats, Floats]:
        """Dense profile (N, 2), its outward normals (N, 2), and arc length at stretch ends."""
        pieces: list[Floats] = []
        ends: list[float] = []
        total = 0.0
        for _, knots in self.sections:
            piece = resample(knots, max(int(distances(knots)[-1] / _STEP_MM), 2) + 1)
            pieces.append(piece[1:] if pieces else piece)
            total += float(distances(knots)[-1])
            ends.append(total)
        line = np.vstack(pieces)
        steps = np.diff(line, axis=0)
        out = np.column_stack([-steps[:, 1], steps[:, 0]])
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        corners = np.vstack([out[:1], out[:-1] + out[1:], out[-1:]])
        corners /= np.maximum(np.linalg.norm(corners, axis=1, keepdims=True), 1e-9)
        return line, corners, np.array(ends)

    @cached_property
    def _table(self) -> tuple[Float32, Float32, Floats]:
        """Signed distance and nearest arc length on a grid of (radius, height), and its corner."""
        line = np.vstack([self.sections[0][1][:1], *(knots[1:] for _, knots in self.sections)])
        return _distance_table(tuple(map(tuple, line.tolist())))

    @property
    def reach(self) -> tuple[Floats, float]:
        """Centre and radius of a ball round it."""
        line = self._profile[0]
        low, high = line[:, 1].min(), line[:, 1].max()
        centre = self.origin + self.axis * (low + high) / 2
        return centre, float(np.hypot(line[:, 0].max(), (high - low) / 2)) + 0.5

    def may_show(self, plane_mm: Float32) -> NDArray[np.bool_]:
        """Tell which points (N, 2) lie within the reach."""
        centre, radius = self.reach
        gap = plane_mm - centre[:2].astype(np.float32)
        found: NDArray[np.bool_] = np.einsum("ij,ij->i", gap, gap) <= radius**2
        return found

    def _plan(self, points: Float32) -> tuple[Float32, Float32, Float32]:
        """Distance from the axis (N,), height (N,), and vectors away from the axis (N, 3)."""
        gap = points - self.origin.astype(np.float32)
        axis = self.axis.astype(np.float32)
        height = gap @ axis
        away = gap - height[:, None] * axis
        return np.sqrt(np.einsum("ij,ij->i", away, away)), height, away

    def distance(self, points: Float32) -> Float32:
        """Signed distance, from the table; beyond it, the distance to the table's edge."""
        table, _, low = self._table
        radius, height, _ = self._plan(points)
        high = low + (np.array(table.shape) - 1) * _CELL_MM
        beyond = np.hypot(
            np.maximum(radius - high[0], 0),
            np.maximum(np.maximum(low[1] - height, height - high[1]), 0),
        )
        found = self._look_up(table, radius, height)
        return np.where(beyond > 0, beyond + 0.7 * _MARGIN_MM, found).astype(np.float32)

    def _look_up(self, table: Float32, radius: Float32, height: Float32) -> Float32:
        low = self._table[2]
        place = np.stack([radius / _CELL_MM, (height - low[1]) / _CELL_MM])
        found: Float32 = ndimage.map_coordinates(
            table, place, order=1, mode="nearest", output=np.float32
        )
        return found

    def surface(self, points: Float32) -> Surface:
        """Find normals turned out of the profile; the grain runs round the axis."""
        line, out, ends = self._profile
        radius, height, away = self._plan(points)
        along = self._look_up(self._table[1], radius, height)
        travelled = distances(line)
        outward, up = (np.interp(along, travelled, out[:, i]) for i in (0, 1))
        spoke = away / np.maximum(radius, 1e-6)[:, None]
        normals = outward[:, None] * spoke + up[:, None] * self.axis
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
        return Surface(
            normals.astype(np.float32),
            np.cross(self.axis, spoke).astype(np.float32),
            radius,
            height,
            up.astype(np.float32),
            np.minimum(np.searchsorted(ends, along), len(ends) - 1),
        )


@lru_cache(maxsize=16)
def _distance_table(knots: tuple[tuple[float, float], ...]) -> tuple[Float32, Float32, Floats]:
    """Signed distance and nearest arc length round a profile, and the table's corner (2,)."""
    line = np.array(knots)
    low = np.array([0.0, line[:, 1].min() - _MARGIN_MM])
    high = line.max(axis=0) + _MARGIN_MM
    radii = np.arange(low[0], high[0] + _CELL_MM, _CELL_MM)
    heights = np.arange(low[1], high[1] + _CELL_MM, _CELL_MM)
    place = np.stack(np.meshgrid(radii, heights, indexing="ij"), axis=-1).astype(np.float32)
    nearest = np.full(place.shape[:2], np.inf, np.float32)
    along = np.zeros_like(nearest)
    inside = np.zeros(nearest.shape, bool)
    for start, end, at in zip(line[:-1], line[1:], distances(line)[:-1], strict=True):
        step = (end - start).astype(np.float32)
        gap = place - start.astype(np.float32)
        share = np.clip((gap @ step) / max(float(step @ step), 1e-12), 0.0, 1.0)
        apart = np.hypot(gap[..., 0] - share * step[0], gap[..., 1] - share * step[1])
        closer = apart < nearest
        nearest[closer] = apart[closer]
        along[closer] = (at + share * np.hypot(*step))[closer]
        crosses = (start[1] > heights) != (end[1] > heights)
        if crosses.any():
            cut = start[0] + (heights[crosses] - start[1]) * (step[0] / step[1])
            inside[:, crosses] ^= radii[:, None] < cut[None]
    return np.where(inside, -nearest, nearest), along, low


@dataclass(frozen=True)
class Wire:
    """A bent wire.

    Attributes
    ----------
    course
        Points (N, 3) of its middle line (mm).
    thickness_mm
        Its diameter.
    material
        What it is made of.
    """

    course: Floats
    thickness_mm: float
    material: str

    @property
    def materials(self) -> tuple[str, ...]:
        """Its one material."""
        return (self.material,)

    @property
    def reach(self) -> tuple[Floats, float]:
        """Centre and radius of a ball round it."""
        centre = self.course.mean(axis=0)
        apart = np.linalg.norm(self.course - centre, axis=1).max()
        return centre, float(apart) + self.thickness_mm

    def may_show(self, plane_mm: Float32) -> NDArray[np.bool_]:
        """Tell which points (N, 2) lie over the wire."""
        flat = np.column_stack([plane_mm, np.zeros(len(plane_mm), np.float32)])
        wire = Wire(self.course * (1.0, 1.0, 0.0), self.thickness_mm, self.material)
        return wire.distance(flat) <= 0.0

    def _nearest(self, points: Float32) -> Float32:
        """Vectors (N, 3) to points (N, 3) from the nearest place of the middle line."""
        best = np.full(len(points), np.inf, np.float32)
        offset = np.zeros_like(points)
        for start, end in zip(self.course[:-1], self.course[1:], strict=True):
            step = (end - start).astype(np.float32)
            gap = points - start.astype(np.float32)
            share = np.clip((gap @ step) / max(float(step @ step), 1e-9), 0.0, 1.0)
            gap = gap - share[:, None] * step
            square = np.einsum("ij,ij->i", gap, gap)
            closer = square < best
            best[closer], offset[closer] = square[closer], gap[closer]
        return offset

    def distance(self, points: Float32) -> Float32:
        """Signed distance from the wire's skin."""
        offset = self._nearest(points)
        apart = np.sqrt(np.einsum("ij,ij->i", offset, offset))
        return np.asarray(apart - self.thickness_mm / 2, np.float32)

    def surface(self, points: Float32) -> Surface:
        """Find normals away from the middle line; a drawn wire has no visible grain."""
        offset = self._nearest(points)
        size = np.maximum(np.linalg.norm(offset, axis=1, keepdims=True), 1e-6)
        none = np.zeros(len(points), np.float32)
        return Surface(
            (offset / size).astype(np.float32),
            np.zeros_like(points),
            none,
            none,
            none,
            np.zeros(len(points), np.intp),
        )


def walk(solid: Solid, grid: Grid) -> tuple[NDArray[np.intp], NDArray[np.intp], Float32]:
    """Find what the viewer sees of a solid.

    Parameters
    ----------
    solid
        The solid.
    grid
        Pixels over the view's plane (mm).

    Returns
    -------
    Rows (N,) and columns (N,) of the pixels that see it, and the points (N, 3) they see.
    """
    (cx, cy, cz), radius = solid.reach
    across, up = grid.across_mm[0], grid.up_mm[:, 0]
    columns = np.flatnonzero(np.abs(across - cx) <= radius)
    rows = np.flatnonzero(np.abs(up - cy) <= radius)
    row, column = (each.ravel() for each in np.meshgrid(rows, columns, indexing="ij"))
    shown = solid.may_show(np.column_stack([across[column], up[row]]))
    row, column = row[shown], column[shown]
    points = np.column_stack([across[column], up[row], np.full(len(row), cz + radius)])
    points = points.astype(np.float32)
    active = np.arange(len(points))
    seen = np.zeros(len(points), bool)
    for _ in range(_STEPS):
        gap = solid.distance(points[active])
        points[active, 2] -= np.maximum(gap, _HIT_MM / 2)
        hit = gap < _HIT_MM
        seen[active[hit]] = True
        active = active[~hit]
        active = active[points[active, 2] > cz - radius]
        if not len(active):
            break
    return row[seen], column[seen], points[seen]
