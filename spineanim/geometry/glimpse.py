"""A grid that samples what is looked at and nothing else, for a look at few points of a solid.

It answers as a whole grid does, to the bit. A look at many points in many turns is slower than
sampling the whole solid once.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import FLOAT, Field, Solid
from spineanim.geometry.solids.combine import Mirrored, Placed
from spineanim.geometry.solids.grid import _BLOCK, _CHUNK, _NEAR, Grid, _count

Places = NDArray[np.int64]
"""Whole places (N, 3) in a grid, or in the lattice of its blocks."""

_CORNERS: Final = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
_INNER: Final = np.stack(np.meshgrid(*[np.arange(_BLOCK)] * 3, indexing="ij"), -1).reshape(-1, 3)


def glimpse(solid: Solid, step_mm: float) -> Glimpse:
    """Return a grid as `sample` does, with nothing in it yet."""
    return _glimpse(solid, step_mm, 3 * step_mm)


def _glimpse(solid: Solid, step_mm: float, margin_mm: float) -> Glimpse:
    """Lay out the grid exactly as `sample` does."""
    if isinstance(solid, Placed) and np.array_equal(solid.pose.rotation, np.eye(3)):
        own = _glimpse(solid.solid, step_mm / solid.scale, margin_mm / solid.scale)
        low = own.low_mm * solid.scale + solid.pose.shift_mm
        return Glimpse(own.blocks, low, step_mm, own.middle, own.scale * solid.scale)
    low, high = np.array(solid.bounds.low) - margin_mm, np.array(solid.bounds.high) + margin_mm
    if isinstance(solid, Mirrored):
        reach = int(np.ceil(high[0] / step_mm))
        low[0] = 0.0
        blocks = _Blocks(solid.solid, low, _count(low, high, step_mm, reach + 1), step_mm)
        return Glimpse(blocks, np.array([-reach * step_mm, *low[1:]]), step_mm, reach)
    return Glimpse(_Blocks(solid, low, _count(low, high, step_mm), step_mm), low, step_mm)


class Glimpse(Grid):
    """Signed distances at evenly spaced points, filled in where they are asked for.

    Parameters
    ----------
    blocks
        Samples of the solid, or of its half.
    low_mm, step_mm
        See `Grid`.
    middle
        Place of the plane that a mirrored solid is mirrored in; None for others.
    scale
        By which the samples are multiplied.
    """

    def __init__(
        self,
        blocks: _Blocks,
        low_mm: Points3,
        step_mm: float,
        middle: int | None = None,
        scale: float = 1.0,
    ) -> None:
        tall = blocks.count[0] if middle is None else 2 * middle + 1
        # the system gives memory to what is written alone
        super().__init__(np.zeros((tall, *blocks.count[1:]), FLOAT), low_mm, step_mm)
        facts: dict[str, Any] = {"blocks": blocks, "middle": middle, "scale": scale}
        self.__dict__.update(facts)

    blocks: _Blocks
    middle: int | None
    scale: float

    def at(self, x: Field, y: Field, z: Field) -> Field:
        """Interpolated distance (mm) at rows of points, see `Grid.at`."""
        size = FLOAT(1 / self.step_mm)
        cells = np.empty((x.size, 3), dtype=np.int64)
        for axis, row in enumerate((x, y, z)):
            at = (row - FLOAT(self.low_mm[axis])) * size
            cells[:, axis] = np.clip(at, 0, self.values.shape[axis] - 1)
        if self.middle is not None:  # left of the plane a cell counts down
            beside = cells[:, 0] - self.middle
            cells[:, 0] = np.where(beside < 0, -beside - 1, beside)
        for places, found in self.blocks.fresh(cells):
            self._write(places, found * FLOAT(self.scale))
        return super().at(x, y, z)

    def _write(self, places: Places, found: Field) -> None:
        """Enter samples, on both sides of a mirrored solid."""
        inside = (places < self.blocks.count).all(axis=1)
        (x, y, z), found = places[inside].T, found[inside]
        if self.middle is None:
            self.values[x, y, z] = found
        else:
            self.values[self.middle + x, y, z] = found
            self.values[self.middle - x, y, z] = found


class _Blocks:
    """Blocks of samples of a solid, each made when it is first asked for."""

    def __init__(
        self, solid: Solid, low_mm: Points3, count: tuple[int, int, int], step_mm: float
    ) -> None:
        self.solid, self.low_mm, self.count, self.step_mm = solid, low_mm, count, step_mm
        self.last = np.array([-(-(n - 1) // _BLOCK) for n in count])
        self._done = np.zeros(self.last + 1, dtype=bool)

    def fresh(self, cells: Places) -> list[tuple[Places, Field]]:
        """Return samples at the corners of cells that have not been given before, with places."""
        wanted = np.zeros(self._done.shape, dtype=bool)
        strides = np.array([(self.last[1] + 1) * (self.last[2] + 1), self.last[2] + 1, 1])
        lower = (cells // _BLOCK) * strides
        upper = np.minimum((cells + 1) // _BLOCK, self.last) * strides
        for corner in _CORNERS:
            wanted.reshape(-1)[np.where(corner, upper, lower).sum(axis=1)] = True
        blocks = np.argwhere(wanted & ~self._done)
        self._done |= wanted
        if not len(blocks):
            return []
        corners = self._corners(blocks)
        near = np.abs(corners).reshape(len(blocks), -1).min(axis=1) < _NEAR * _BLOCK * self.step_mm
        near &= (blocks < self.last).all(axis=1)
        return [
            (_within(blocks[near]), self._full(_within(blocks[near]))),
            (_within(blocks[~near]), _between(corners[~near])),
        ]

    def _corners(self, blocks: Places) -> NDArray[np.float32]:
        """Distances at the corners of blocks, (N, 2, 2, 2)."""
        around = np.minimum(blocks[:, None] + _CORNERS, self.last).reshape(-1, 3)
        lattice = np.zeros(self._done.shape, dtype=FLOAT)
        asked = np.zeros(self._done.shape, dtype=bool)
        asked[tuple(around.T)] = True
        places = np.argwhere(asked)
        lattice[asked] = self._field(places, self.step_mm * _BLOCK)
        found: NDArray[np.float32] = lattice[tuple(around.T)].reshape(-1, 2, 2, 2)
        return found

    def _full(self, places: Places) -> Field:
        return self._field(places, self.step_mm)

    def _field(self, places: Places, step_mm: float) -> Field:
        """Ask the solid itself."""
        found = np.empty(len(places), dtype=FLOAT)
        for begin in range(0, len(places), _CHUNK):
            piece = places[begin : begin + _CHUNK]
            x, y, z = ((self.low_mm[i] + piece[:, i] * step_mm).astype(FLOAT) for i in range(3))
            found[begin : begin + _CHUNK] = self.solid.field(x, y, z)
        return found


def _within(blocks: Places) -> Places:
    """Places of all samples of blocks, block by block."""
    return np.asarray((blocks[:, None] * _BLOCK + _INNER).reshape(-1, 3))


def _between(corners: NDArray[np.float32]) -> Field:
    """Interpolate within blocks, axis by axis as a whole grid does."""
    shares = np.arange(_BLOCK, dtype=FLOAT) / _BLOCK
    for axis in (1, 2, 3):
        first, second = (np.take(corners, [i], axis=axis) for i in (0, 1))
        form = [1, 1, 1, 1]
        form[axis] = _BLOCK
        corners = np.asarray(first + (second - first) * shares.reshape(form), dtype=FLOAT)
    return corners.reshape(-1)
