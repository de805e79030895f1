"""Solids made of level sections: what lies round a middle line, given by its radius.

A section is star-shaped about its middle: one radius per direction. Directions are turns
about the middle, 0 to the front, 90 degrees to the patient's left, as in ``torso.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from spineanim.geometry.axes import Points2
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.spine import Spine

Table = NDArray[np.float64]
"""Numbers by height and direction, shape (K, M)."""

_CAUTION: Final = 0.92
_WARP_STEP_MM: Final = 3.0
_WARP_ROUNDS: Final = 12


def directions(count: int) -> Points2:
    """Return unit rays (count, 2) in (x, y), evenly turned, the first one to the front."""
    turn = np.arange(count) * (2 * np.pi / count)
    return np.column_stack([np.sin(turn), -np.cos(turn)])


def radii(rings: NDArray[np.float64], centre_mm: Points2, count: int) -> Table:
    """Radius (K, count) in each direction of closed level curves (K, N, 2) round their middles.

    The curves must be star-shaped about their middles.
    """
    goal = np.arange(count) * (360.0 / count)
    found = np.empty((len(rings), count))
    for row, (ring, middle) in enumerate(zip(rings, centre_mm, strict=True)):
        away = ring - middle
        turn = np.degrees(np.arctan2(away[:, 0], -away[:, 1])) % 360.0
        order = np.argsort(turn)
        far = np.hypot(*away.T)[order]
        found[row] = np.interp(goal, turn[order], far, period=360.0)
    return found


@dataclass(frozen=True, eq=False)
class Stack(Solid):
    """Star-shaped level sections at evenly spaced heights, joined straight.

    Parameters
    ----------
    low_mm, step_mm : float
        Height of the lowest section, and the spacing.
    centre_mm : ndarray, shape (K, 2)
        Middle (x, y) of each section.
    radius_mm : ndarray, shape (K, M)
        Radius in M evenly spaced directions.
    """

    low_mm: float
    step_mm: float
    centre_mm: Points2
    radius_mm: Table

    @cached_property
    def _tables(self) -> tuple[Field, ...]:
        """Radius, its slope by direction (mm per radian) and by height, each (K, M + 1)."""
        around = np.hstack([self.radius_mm[:, -1:], self.radius_mm, self.radius_mm[:, :1]])
        by_turn = np.gradient(around, 2 * np.pi / self.radius_mm.shape[1], axis=1)[:, 1:]
        by_height = np.gradient(around[:, 1:], self.step_mm, axis=0)
        by_turn[:, -1] = by_turn[:, 0]
        return tuple(a.astype(FLOAT) for a in (around[:, 1:], by_turn, by_height))

    @cached_property
    def _middle(self) -> Field:
        """Middles and their slopes by height, (4, K)."""
        slope = np.gradient(self.centre_mm, self.step_mm, axis=0)
        return np.hstack([self.centre_mm, slope]).T.astype(FLOAT)

    @property
    def high_mm(self) -> float:
        """Height of the uppermost section."""
        return self.low_mm + (len(self.centre_mm) - 1) * self.step_mm

    def longer(self, count: int) -> Stack:
        """Return the stack with its end sections repeated `count` times beyond each end."""
        ends = ((count, count), (0, 0))
        return Stack(
            self.low_mm - count * self.step_mm,
            self.step_mm,
            np.pad(self.centre_mm, ends, mode="edge"),
            np.pad(self.radius_mm, ends, mode="edge"),
        )

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm); the ends are flat."""
        px, py, pz = (np.ravel(row).astype(FLOAT) for row in (x, y, z))
        row = np.clip((pz - FLOAT(self.low_mm)) / FLOAT(self.step_mm), 0, len(self.centre_mm) - 1)
        cx, cy, sx, sy = (
            map_coordinates(line, row[None], order=1, output=FLOAT) for line in self._middle
        )
        ax, ay = px - cx, py - cy
        far = np.sqrt(ax * ax + ay * ay)
        turn = np.arctan2(ax, -ay) / FLOAT(2 * np.pi)
        column = (turn - np.floor(turn)) * FLOAT(self.radius_mm.shape[1])
        spot = np.stack([row, column])
        reach, by_turn, by_height = (
            map_coordinates(table, spot, order=1, mode="nearest", output=FLOAT)
            for table in self._tables
        )
        safe = np.maximum(far, FLOAT(1e-3))
        across = by_turn / np.maximum(far, FLOAT(0.4) * reach + FLOAT(1e-3))
        upwards = (sx * ax + sy * ay) / safe + by_height
        gap = FLOAT(_CAUTION) * (far - reach) / np.sqrt(1 + across * across + upwards * upwards)
        cap = np.maximum(FLOAT(self.low_mm) - pz, pz - FLOAT(self.high_mm))
        out = np.sqrt(np.maximum(gap, 0) ** 2 + np.maximum(cap, 0) ** 2)
        found = np.where(np.maximum(gap, cap) > 0, out, np.maximum(gap, cap))
        return np.asarray(found, dtype=FLOAT).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        rays = directions(self.radius_mm.shape[1])
        shown = np.maximum(self.radius_mm, 0.0)
        edge = self.centre_mm[:, None] + shown[..., None] * rays
        (x0, y0), (x1, y1) = edge.min(axis=(0, 1)).tolist(), edge.max(axis=(0, 1)).tolist()
        return Box((x0, y0, self.low_mm), (x1, y1, self.high_mm))


@dataclass(frozen=True, eq=False)
class Bent(Solid):
    """Soft tissue modelled round a rest spine, carried along by another one (`Spine.carry`).

    Parameters
    ----------
    solid : Solid
        As it stands round `rest`, in patient axes.
    rest, spine : Spine
        The spine it was modelled for, and the one it follows.
    """

    solid: Solid
    rest: Spine
    spine: Spine

    @cached_property
    def _back(self) -> tuple[NDArray[np.float64], Points2]:
        """Rest place less bent place, (2, Y, Z) on a grid, and the grid's low corner."""
        box = self.bounds
        low = np.array(box.low[1:]) - 30.0
        count = np.ceil((np.array(box.high[1:]) + 30.0 - low) / _WARP_STEP_MM).astype(int) + 1
        axes = (low[i] + np.arange(count[i]) * _WARP_STEP_MM for i in (0, 1))
        goal = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
        found = self.rest.carry(goal, self.spine)
        for _ in range(_WARP_ROUNDS):
            found = (
                found
                + 0.7 * self.rest.carry(goal, self.spine)
                - 0.7 * self.rest.carry(self.spine.carry(found, self.rest), self.spine)
            )
        return (found - goal).T.reshape(2, *count), low

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm), measured in the rest place."""
        table, low = self._back
        spot = np.stack([(np.ravel(y) - low[0]), (np.ravel(z) - low[1])]) / _WARP_STEP_MM
        dy, dz = (map_coordinates(plane, spot, order=1, mode="nearest") for plane in table)
        py, pz = np.ravel(y) + dy.astype(FLOAT), np.ravel(z) + dz.astype(FLOAT)
        found = self.solid.field(np.ravel(x), py, pz)
        return np.asarray(found, dtype=FLOAT).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        inner = self.solid.bounds
        (x0, y0, z0), (x1, y1, z1) = inner.low, inner.high
        grid = np.meshgrid(np.linspace(y0, y1, 9), np.linspace(z0, z1, 41))
        edge = np.stack([axis.ravel() for axis in grid], axis=1)
        moved = self.spine.carry(edge, self.rest)
        (a, b), (c, d) = moved.min(axis=0).tolist(), moved.max(axis=0).tolist()
        return Box((x0, a, b), (x1, c, d))
