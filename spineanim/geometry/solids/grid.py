"""A solid sampled on a grid: a look-up costs a twentieth of asking the solid itself.

Only blocks near the surface are asked in full; far from it the field is interpolated
from a coarse lattice, which is all that a ray in the open needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import FLOAT, Field, Solid
from spineanim.geometry.solids.combine import Mirrored, Placed

_BLOCK: Final = 4
_CHUNK: Final = 60_000
# A surface in a block is at most half a diagonal from one of its corners; the rest is
# slack for fields that are no true distances
_NEAR: Final = 0.5 * np.sqrt(3.0) * 1.3


@dataclass(frozen=True, eq=False)
class Grid:
    """Signed distances at evenly spaced points.

    Parameters
    ----------
    values : ndarray, shape (X, Y, Z)
        Distances (mm).
    low_mm : ndarray, shape (3,)
        Place of the first value.
    step_mm : float
        Spacing.
    """

    values: NDArray[np.float32]
    low_mm: Points3
    step_mm: float

    @property
    def high_mm(self) -> Points3:
        """Place of the last value (3,)."""
        return self.low_mm + (np.array(self.values.shape) - 1) * self.step_mm

    def at(self, x: Field, y: Field, z: Field) -> Field:
        """Interpolated distance (mm) at rows of points; grows evenly outside the grid."""
        size = FLOAT(1 / self.step_mm)
        spot = np.empty((3, x.size), dtype=FLOAT)
        beyond = np.zeros(x.size, dtype=FLOAT)
        for axis, row in enumerate((x, y, z)):
            at = (row - FLOAT(self.low_mm[axis])) * size
            inside = np.clip(at, 0, self.values.shape[axis] - 1)
            beyond += (at - inside) ** 2
            spot[axis] = inside
        found = map_coordinates(self.values, spot, order=1, prefilter=False, output=FLOAT)
        return np.asarray(found + np.sqrt(beyond) * FLOAT(self.step_mm), dtype=FLOAT)


def sample(solid: Solid, step_mm: float, margin_mm: float | None = None) -> Grid:
    """Sample a solid over its bounds and a margin (default three steps).

    Symmetric solids (`Mirrored`) are asked on one side only.
    """
    margin = 3 * step_mm if margin_mm is None else margin_mm
    if isinstance(solid, Placed) and np.array_equal(solid.pose.rotation, np.eye(3)):
        own = sample(solid.solid, step_mm / solid.scale, margin / solid.scale)
        low = own.low_mm * solid.scale + solid.pose.shift_mm
        return Grid(own.values * FLOAT(solid.scale), low, step_mm)
    box = solid.bounds
    low, high = np.array(box.low) - margin, np.array(box.high) + margin
    if isinstance(solid, Mirrored):
        reach = int(np.ceil(high[0] / step_mm))
        low[0] = 0.0
        half = _fill(solid.solid, low, _count(low, high, step_mm, reach + 1), step_mm)
        values = np.concatenate([half[:0:-1], half], axis=0)
        low[0] = -reach * step_mm
        return Grid(np.ascontiguousarray(values), low, step_mm)
    return Grid(_fill(solid, low, _count(low, high, step_mm), step_mm), low, step_mm)


def _count(
    low: Points3, high: Points3, step_mm: float, across: int | None = None
) -> tuple[int, int, int]:
    """Return the numbers of samples along the three axes."""
    x, y, z = (int(n) for n in np.ceil((high - low) / step_mm) + 1)
    return (across or x, y, z)


def _fill(
    solid: Solid, low: Points3, count: tuple[int, int, int], step_mm: float
) -> NDArray[np.float32]:
    """Distances on a grid: coarse lattice everywhere, full blocks near the surface."""
    blocks = tuple(-(-(n - 1) // _BLOCK) for n in count)
    lattice = _lattice(solid, low, tuple(n + 1 for n in blocks), step_mm * _BLOCK)
    values = _stretched(lattice)
    near = _least_of_corners(np.abs(lattice)) < _NEAR * _BLOCK * step_mm
    spots = np.argwhere(near).astype(np.int32) * _BLOCK
    inner = np.stack(np.meshgrid(*[np.arange(_BLOCK)] * 3, indexing="ij"), axis=-1)
    offsets = inner.reshape(-1, 3).astype(np.int32)
    per_round = max(_CHUNK // len(offsets), 1)
    for begin in range(0, len(spots), per_round):
        index = (spots[begin : begin + per_round, None] + offsets).reshape(-1, 3)
        x, y, z = ((index[:, i] * step_mm + low[i]).astype(FLOAT) for i in range(3))
        values[index[:, 0], index[:, 1], index[:, 2]] = solid.field(x, y, z)
    return np.ascontiguousarray(values[: count[0], : count[1], : count[2]])


def _lattice(
    solid: Solid, low: Points3, count: tuple[int, ...], step_mm: float
) -> NDArray[np.float32]:
    """Distances on a coarse lattice."""
    rows = [low[i] + np.arange(count[i]) * step_mm for i in range(3)]
    mesh = [axis.ravel().astype(FLOAT) for axis in np.meshgrid(*rows, indexing="ij")]
    found = np.empty(mesh[0].size, dtype=FLOAT)
    for begin in range(0, found.size, _CHUNK):
        piece = slice(begin, begin + _CHUNK)
        found[piece] = solid.field(mesh[0][piece], mesh[1][piece], mesh[2][piece])
    return found.reshape(count)


def _stretched(lattice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Interpolate between the lattice's values so that a block has `_BLOCK` steps."""
    for axis in range(3):
        rows = np.moveaxis(lattice, axis, 0)
        shares = (np.arange(_BLOCK, dtype=FLOAT) / _BLOCK).reshape(1, -1, 1, 1)
        between = rows[:-1, None] + (rows[1:] - rows[:-1])[:, None] * shares
        fine = between.reshape(-1, *rows.shape[1:])
        lattice = np.moveaxis(np.concatenate([fine, rows[-1:]]), 0, axis)
    return np.ascontiguousarray(lattice)


def _least_of_corners(lattice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Smallest value at the eight corners of every block."""
    for axis in range(3):
        first = [slice(None)] * 3
        second = [slice(None)] * 3
        first[axis], second[axis] = slice(None, -1), slice(1, None)
        lattice = np.minimum(lattice[tuple(first)], lattice[tuple(second)])
    return lattice
