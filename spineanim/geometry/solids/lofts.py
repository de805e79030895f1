"""Solids along a curve: round tubes and lofts with an elliptical section."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid


@dataclass(frozen=True, eq=False)
class Tube(Solid):
    """Round tube along an open curve (N, 3) with a radius at every point (N,); round ends."""

    line_mm: Points3
    radius_mm: NDArray[np.float64]

    @staticmethod
    def even(line_mm: Points3, radius_mm: float) -> Tube:
        """Tube of one radius."""
        return Tube(np.asarray(line_mm, dtype=np.float64), np.full(len(line_mm), radius_mm))

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.line_mm)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        points = np.stack([np.ravel(x), np.ravel(y), np.ravel(z)], axis=1).astype(np.float64)
        _, near = self._tree.query(points)
        best = np.full(len(points), np.inf)
        for begin in (near - 1, near):
            first = np.clip(begin, 0, len(self.line_mm) - 2)
            gap, share = _to_segment(points, self.line_mm[first], self.line_mm[first + 1])
            radius = self.radius_mm[first] * (1 - share) + self.radius_mm[first + 1] * share
            best = np.minimum(best, gap - radius)
        return best.astype(FLOAT).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return Box.around(self.line_mm, float(np.max(self.radius_mm)))


@dataclass(frozen=True, eq=False)
class Loft(Solid):
    """Elliptical section carried along a curve in a sagittal plane.

    Parameters
    ----------
    line_mm : ndarray, shape (N, 2)
        Middle line in (y, z), finely and evenly sampled.
    half_depth_mm, half_width_mm : ndarray, shape (N,)
        Half sizes in the sagittal plane (square to the line) and left-right.
    at_mm : float
        Left-right place of the middle line.
    exponent : float
        2 for an ellipse, more for a squarer section.
    """

    line_mm: NDArray[np.float64]
    half_depth_mm: NDArray[np.float64]
    half_width_mm: NDArray[np.float64]
    at_mm: float = 0.0
    exponent: float = 2.0

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.line_mm)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm); round at the ends."""
        points = np.stack([np.ravel(y), np.ravel(z)], axis=1).astype(np.float64)
        gap, depth, width = self._nearest(points)
        u = (np.abs(np.ravel(x) - self.at_mm) / width).astype(FLOAT)
        v = (gap / depth).astype(FLOAT)
        if self.exponent == 2.0:
            scaled = np.sqrt(u * u + v * v)
        else:
            scaled = (u**self.exponent + v**self.exponent) ** (1 / self.exponent)
        gradient = np.sqrt((u / width) ** 2 + (v / depth) ** 2).astype(FLOAT)
        least = np.minimum(width, depth).astype(FLOAT)
        reach = np.minimum(scaled / np.maximum(gradient, 1e-9), np.maximum(width, depth))
        found = (scaled - 1) * np.where(scaled < 1e-3, least, reach)
        return np.asarray(found, dtype=FLOAT).reshape(np.shape(x))

    def _nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Distance from the line in its plane, and the half sizes there, each (M,)."""
        _, near = self._tree.query(points)
        best = np.full(len(points), np.inf)
        depth, width = np.empty(len(points)), np.empty(len(points))
        for begin in (near - 1, near):
            first = np.clip(begin, 0, len(self.line_mm) - 2)
            gap, share = _to_segment(points, self.line_mm[first], self.line_mm[first + 1])
            nearer = gap < best
            best = np.where(nearer, gap, best)
            for sizes, found in ((self.half_depth_mm, depth), (self.half_width_mm, width)):
                here = sizes[first] * (1 - share) + sizes[first + 1] * share
                found[nearer] = here[nearer]
        return best, depth, width

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        reach = float(np.max(self.half_depth_mm))
        wide = float(np.max(self.half_width_mm))
        (y0, z0), (y1, z1) = self.line_mm.min(axis=0) - reach, self.line_mm.max(axis=0) + reach
        return Box((self.at_mm - wide, y0, z0), (self.at_mm + wide, y1, z1))


def _to_segment(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distance of each point from its segment, and where along it (0 to 1), both (M,)."""
    run = end - start
    share = np.clip(np.sum((points - start) * run, axis=1) / np.sum(run * run, axis=1), 0, 1)
    away: NDArray[np.float64] = np.linalg.norm(points - start - run * share[:, None], axis=1)
    return away, share
