"""Solids made of a closed outline: pushed through its plane, or turned about an axis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import cKDTree

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3, Vector3
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.primitives import rounded

_PLANES: Final = {"sagittal": (1, 2, 0), "frontal": (0, 2, 1), "axial": (0, 1, 2)}


@dataclass(frozen=True, eq=False)
class OutlineField:
    """Signed distance to a closed outline (N, 2), looked up on a grid of `step_mm`.

    `soften_mm` rounds corners a little, inside and outside alike. With `turned`, the first
    coordinate is a radius: the axis at 0 is no edge, and both of its sides are alike.
    """

    outline: Points2
    step_mm: float = 0.3
    soften_mm: float = 0.0
    turned: bool = False

    @cached_property
    def _grid(self) -> tuple[Field, Points2]:
        edge = curves.resample(
            np.vstack([self.outline, self.outline[:1]]),
            max(int(curves.length(self.outline) / (0.4 * self.step_mm)), 64),
        )
        if self.turned:
            edge = edge[edge[:, 0] > 1e-6]
        margin = 6.0 + 4.0 * self.soften_mm
        low, high = edge.min(axis=0) - margin, edge.max(axis=0) + margin
        count = np.ceil((high - low) / self.step_mm).astype(int) + 1
        first, second = (low[i] + np.arange(count[i]) * self.step_mm for i in (0, 1))
        spots = np.stack(np.meshgrid(first, second, indexing="ij"), axis=-1).reshape(-1, 2)
        if self.turned:
            spots[:, 0] = np.abs(spots[:, 0])
        gap, _ = cKDTree(edge).query(spots)
        first = np.abs(first) if self.turned else first
        inside = _filled(np.asarray(self.outline, dtype=np.float64), first, second)
        grid = np.where(inside, -gap.reshape(count), gap.reshape(count)).astype(FLOAT)
        if self.soften_mm > 0:
            grid = gaussian_filter(grid, self.soften_mm / self.step_mm)
        return grid, low

    def at(self, first: Field, second: Field) -> Field:
        """Signed distance (mm) at plane points given as two rows."""
        grid, low = self._grid
        spot = np.stack(
            [
                (first - FLOAT(low[0])) / FLOAT(self.step_mm),
                (second - FLOAT(low[1])) / FLOAT(self.step_mm),
            ]
        )
        limit = np.array(grid.shape, dtype=FLOAT)[:, None] - 1
        inside = np.clip(spot.reshape(2, -1), 0, limit)
        beyond = np.sqrt(np.sum((spot.reshape(2, -1) - inside) ** 2, axis=0))
        found = map_coordinates(
            grid, inside, order=1, prefilter=False, mode="nearest", output=FLOAT
        )
        gap = np.asarray(found + beyond * FLOAT(self.step_mm), dtype=FLOAT)
        return gap.reshape(np.shape(first))


def _filled(
    outline: Points2, first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which points of a grid lie inside a closed outline (even-odd), row by row."""
    start, end = outline, np.roll(outline, -1, axis=0)
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    inside = np.zeros((len(first), len(second)), dtype=bool)
    for column, at in enumerate(second):
        hit = (low <= at) & (at < high)
        share = (at - start[hit, 1]) / rise[hit]
        crossings = np.sort(start[hit, 0] + share * (end[hit, 0] - start[hit, 0]))
        inside[:, column] = np.searchsorted(crossings, first) % 2 == 1
    return inside


@dataclass(frozen=True, eq=False)
class Extrusion(Solid):
    """A closed outline pushed through its plane.

    Parameters
    ----------
    outline : ndarray, shape (N, 2)
        In (y, z) for ``"sagittal"``, (x, z) for ``"frontal"``, (x, y) for ``"axial"``.
    half_mm : float
        Half the thickness across the plane.
    at_mm : float
        Place of the middle of the thickness.
    edge_mm : float
        Rounding of the edges.
    """

    outline: Points2
    half_mm: float
    plane: Literal["sagittal", "frontal", "axial"] = "sagittal"
    at_mm: float = 0.0
    edge_mm: float = 0.0
    soften_mm: float = 0.0

    @cached_property
    def _flat(self) -> OutlineField:
        return OutlineField(self.outline, 0.3, self.soften_mm)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        rows = (x, y, z)
        first, second, across = (rows[i] for i in _PLANES[self.plane])
        flat = self._flat.at(first, second) + FLOAT(self.edge_mm)
        thick = np.abs(across - FLOAT(self.at_mm)) - FLOAT(self.half_mm - self.edge_mm)
        return rounded(flat, thick, self.edge_mm)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        first, second, across = _PLANES[self.plane]
        corners = np.empty((2, 3))
        for row, (edge, sign) in enumerate(((np.min, -1.0), (np.max, 1.0))):
            corners[row, [first, second]] = edge(self.outline, axis=0)
            corners[row, across] = self.at_mm + sign * self.half_mm
        return Box.around(corners, self.soften_mm)


@dataclass(frozen=True, eq=False)
class Lathe(Solid):
    """A closed half outline (radius, height; radius >= 0) turned about an axis."""

    outline: Points2
    base_mm: Vector3 = (0.0, 0.0, 0.0)
    axis: Vector3 = (0.0, 0.0, 1.0)
    step_mm: float = 0.15

    @cached_property
    def _flat(self) -> OutlineField:
        return OutlineField(self.outline, self.step_mm, turned=True)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        axis = (np.array(self.axis) / np.linalg.norm(self.axis)).astype(FLOAT)
        bx, by, bz = (FLOAT(value) for value in self.base_mm)
        px, py, pz = x - bx, y - by, z - bz
        height = px * axis[0] + py * axis[1] + pz * axis[2]
        away = np.sqrt(np.maximum(px * px + py * py + pz * pz - height * height, 0))
        return self._flat.at(away, height)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        axis = np.array(self.axis) / np.linalg.norm(self.axis)
        heights = np.array([self.outline[:, 1].min(), self.outline[:, 1].max()])
        ends = np.array(self.base_mm) + heights[:, None] * axis
        reach = self.outline[:, 0].max() * np.sqrt(np.maximum(1 - axis**2, 0))
        corners: Points3 = np.vstack([ends - reach, ends + reach])
        return Box.around(corners, self.step_mm)
