"""Solids that follow a curve in the midline: bands, shaped sections, strands; and windows.

A rail runs from cranial to caudal in (y, z). Across it a point has a left-right place x and
a height over the rail, positive towards the back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.outlines import OutlineField
from spineanim.geometry.solids.primitives import rounded

Rows = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rail:
    """Open curve (N, 2) in (y, z) from cranial to caudal, finely sampled."""

    line_mm: Points2

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.line_mm)

    def locate(self, y: Field, z: Field) -> tuple[Rows, Rows, Rows]:
        """Height over the rail, way past its ends (0 beside it) and place along it.

        The place counts points of the rail, such as 3.5 for half way from the third to the
        fourth after the first; all (M,).
        """
        points = np.stack([np.ravel(y), np.ravel(z)], axis=1).astype(np.float64)
        _, near = self._tree.query(points)
        last = len(self.line_mm) - 2
        best = np.full(len(points), np.inf)
        height, past, place = (np.empty(len(points)) for _ in range(3))
        for begin in (near - 1, near):
            first = np.clip(begin, 0, last)
            start = self.line_mm[first]
            run = self.line_mm[first + 1] - start
            size = np.linalg.norm(run, axis=1)
            run, away = run / size[:, None], points - start
            along = np.sum(away * run, axis=1)
            side = away[:, 1] * run[:, 0] - away[:, 0] * run[:, 1]
            over = along - np.clip(along, 0.0, size)
            nearer = np.hypot(side, over) < best
            best = np.where(nearer, np.hypot(side, over), best)
            height[nearer] = side[nearer]
            share = np.clip(along / size, 0.0, 1.0)
            place[nearer] = (first + share)[nearer]
            end = ((first == 0) & (along < 0)) | ((first == last) & (along > size))
            past[nearer] = np.where(end, np.abs(over), 0.0)[nearer]
        return height, past, place

    def spread(self, place: Rows, *rows: Rows) -> tuple[Field, ...]:
        """Values of per-point rows (N,) at places along the rail, each (M,)."""
        first = np.minimum(place.astype(np.int64), len(self.line_mm) - 2)
        share = place - first
        return tuple(
            np.asarray(row[first] * (1 - share) + row[first + 1] * share, dtype=FLOAT)
            for row in rows
        )

    def box(self, half_width_mm: float, reach_mm: float, at_mm: float = 0.0) -> Box:
        """Box round the rail with a half width and a reach to all sides."""
        (y0, z0), (y1, z1) = (
            self.line_mm.min(axis=0) - reach_mm,
            self.line_mm.max(axis=0) + reach_mm,
        )
        return Box((at_mm - half_width_mm, y0, z0), (at_mm + half_width_mm, y1, z1))


@dataclass(frozen=True, eq=False)
class Band(Solid):
    """Band along a rail, bent or folded across it; with flat ends.

    Parameters
    ----------
    rail : Rail
    front_mm, back_mm : ndarray, shape (N,)
        Heights of the two faces over the rail in the midline.
    half_width_mm : ndarray, shape (N,)
        Half the left-right size.
    bend_per_mm : ndarray, shape (N,), optional
        The faces rise by this times x squared: positive when the edges lie further back.
    fold : ndarray, shape (N,), optional
        The faces rise by this times |x|: negative for a roof whose ridge is at the back.
    edge_mm : float
        Rounding of the edges.
    """

    rail: Rail
    front_mm: Rows
    back_mm: Rows
    half_width_mm: Rows
    bend_per_mm: Rows | None = None
    fold: Rows | None = None
    edge_mm: float = 0.4

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        height, past, place = self.rail.locate(y, z)
        front, back, wide = self.rail.spread(place, self.front_mm, self.back_mm, self.half_width_mm)
        aside = np.abs(np.ravel(x)).astype(FLOAT)
        height, steep = height.astype(FLOAT), np.ones(len(height), dtype=FLOAT)
        if self.bend_per_mm is not None:
            (bend,) = self.rail.spread(place, self.bend_per_mm)
            most = np.minimum(aside, 1.3 * wide)
            height = height - bend * most * most
            steep = steep + (2 * bend * most) ** 2
        if self.fold is not None:
            (fold,) = self.rail.spread(place, self.fold)
            # A ridge rounded over a millimetre
            height = height - fold * (np.sqrt(aside * aside + FLOAT(1.0)) - FLOAT(1.0))
            steep = steep + fold * fold
        half = (back - front) / 2
        edge = np.clip(np.minimum(half, wide), 0.0, FLOAT(self.edge_mm))
        flat = (np.abs(height - (front + back) / 2) - half) / np.sqrt(steep).astype(FLOAT)
        found = _rounded(flat.astype(FLOAT), aside - wide, edge)
        beyond = past.astype(FLOAT)
        found = np.where(beyond > 0, np.hypot(np.maximum(found, 0), beyond), found)
        return np.asarray(found, dtype=FLOAT).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        wide = float(np.max(self.half_width_mm))
        reach = float(max(np.max(np.abs(self.front_mm)), np.max(np.abs(self.back_mm))))
        if self.bend_per_mm is not None:
            reach += float(np.max(np.abs(self.bend_per_mm) * self.half_width_mm**2))
        if self.fold is not None:
            reach += float(np.max(np.abs(self.fold) * self.half_width_mm))
        return self.rail.box(wide, reach)


def _rounded(first: Field, second: Field, edge: Field) -> Field:
    """Edge of two faces, rounded by a radius per point."""
    return np.asarray(rounded(first + edge, second + edge, 0.0) - edge, dtype=FLOAT)


@dataclass(frozen=True, eq=False)
class Section(Solid):
    """A closed outline carried along a rail and scaled with the sizes there; flat ends.

    Only the sign is exact: use it as a zone. Away from the surface the field falls short.

    Parameters
    ----------
    rail : Rail
    outlines : tuple of ndarray, shape (M, 2)
        One or two outlines in (left, posterior) for half sizes of `unit_mm`.
    share : ndarray, shape (N,)
        How much of the second outline shows, 0 to 1.
    half_width_mm, half_depth_mm : ndarray, shape (N,)
        Half sizes along the rail.
    unit_mm : float
        Half size the outlines are drawn for.
    """

    rail: Rail
    outlines: tuple[Points2, ...]
    share: Rows
    half_width_mm: Rows
    half_depth_mm: Rows
    unit_mm: float = 5.0

    @cached_property
    def _flat(self) -> tuple[OutlineField, ...]:
        return tuple(OutlineField(outline, 0.08) for outline in self.outlines)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm), see the class."""
        height, past, place = self.rail.locate(y, z)
        share, wide, deep = self.rail.spread(
            place, self.share, self.half_width_mm, self.half_depth_mm
        )
        unit = FLOAT(self.unit_mm)
        u = np.ravel(x).astype(FLOAT) / wide * unit
        v = height.astype(FLOAT) / deep * unit
        found = self._flat[0].at(u, v)
        if len(self._flat) > 1:
            found = found * (1 - share) + self._flat[1].at(u, v) * share
        found = found * np.minimum(wide, deep) / unit
        beyond = past.astype(FLOAT)
        found = np.where(beyond > 0, np.hypot(np.maximum(found, 0), beyond), found)
        return np.asarray(found, dtype=FLOAT).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        wide, deep = float(np.max(self.half_width_mm)), float(np.max(self.half_depth_mm))
        return self.rail.box(wide, deep)


@dataclass(frozen=True, eq=False)
class Strands(Solid):
    """Many round threads as one solid, each an open curve with a radius at every point.

    Parameters
    ----------
    points_mm : ndarray, shape (N, 3)
        The points of all threads, one thread after the other.
    radius_mm : ndarray, shape (N,)
    first : tuple of int
        Where each thread begins in `points_mm`.
    """

    points_mm: Points3
    radius_mm: Rows
    first: tuple[int, ...]

    @staticmethod
    def of(lines: list[tuple[Points3, Rows]]) -> Strands:
        """Threads from their points (N, 3) and radii (N,)."""
        sizes = np.cumsum([0] + [len(line) for line, _ in lines])
        return Strands(
            np.vstack([line for line, _ in lines]),
            np.concatenate([radius for _, radius in lines]),
            tuple(int(size) for size in sizes[:-1]),
        )

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.points_mm)

    @cached_property
    def _ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last start of a piece on the thread of each point, both (N,)."""
        edges = [*self.first, len(self.points_mm)]
        first = np.empty(len(self.points_mm), dtype=np.int64)
        last = first.copy()
        for begin, end in pairwise(edges):
            first[begin:end], last[begin:end] = begin, max(end - 2, begin)
        return first, last

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        points = np.stack([np.ravel(x), np.ravel(y), np.ravel(z)], axis=1).astype(np.float64)
        # The nearest thread may be a thinner one than that whose surface is nearest
        count = 4 if float(np.ptp(self.radius_mm)) < 0.6 else 8
        _, near = self._tree.query(points, k=min(count, len(self.points_mm)))
        best = np.full(len(points), np.inf)
        for column in np.atleast_2d(near.T):
            low, high = self._ends[0][column], self._ends[1][column]
            for begin in (column - 1, column):
                piece = np.clip(begin, low, high)
                best = np.minimum(best, self._gap(points, piece))
        return best.astype(FLOAT).reshape(np.shape(x))

    def _gap(self, points: Points3, piece: NDArray[np.int64]) -> Rows:
        """Distance from the surface of one piece of a thread per point."""
        start = self.points_mm[piece]
        run, away = self.points_mm[piece + 1] - start, points - start
        share = np.sum(away * run, axis=1) / np.maximum(np.sum(run * run, axis=1), 1e-9)
        share = np.clip(share, 0.0, 1.0)
        radius = self.radius_mm[piece] * (1 - share) + self.radius_mm[piece + 1] * share
        found: Rows = np.linalg.norm(away - run * share[:, None], axis=1) - radius
        return found

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return Box.around(self.points_mm, float(np.max(self.radius_mm)))


@dataclass(frozen=True, eq=False)
class Window(Solid):
    """A solid that is only asked inside a box: a piece of something long, finely sampled.

    Neighbouring windows show the same surface where they overlap. `room_mm` is how far the
    solid reaches beyond the bounds it names.
    """

    solid: Solid
    box: Box
    room_mm: float = 0.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm) of the whole solid."""
        return self.solid.field(x, y, z)

    @property
    def bounds(self) -> Box:
        """The part of the box that the solid reaches (mm)."""
        whole = self.solid.bounds.grown(self.room_mm)
        low = np.maximum(self.box.low, whole.low)
        high = np.maximum(np.minimum(self.box.high, whole.high), low + 1e-3)
        return Box.around([low, high])


def thread(points_mm: Points3, radii_mm: Rows, step_mm: float = 0.8) -> tuple[Points3, Rows]:
    """Smooth thread through a few points (N, 3) with radii (N,), evenly sampled."""
    fine = curves.smooth(points_mm, samples=6)
    along = curves.distances(fine)
    # Thick threads need fewer points
    step_mm = max(step_mm, 0.3 * float(np.max(radii_mm)))
    count = max(int(along[-1] / step_mm) + 1, 4)
    wanted = np.linspace(0.0, along[-1], count)
    knots = along[::6][: len(points_mm)]
    line = np.column_stack([np.interp(wanted, along, column) for column in fine.T])
    return line, np.interp(wanted, knots, radii_mm)
