"""Two primitives for flat bones: a curved plate of varying thickness, and a flat bar.

A plate (wing of the hip bone, shoulder blade, sacrum) is given by a few knots of its two
faces over its outline; a bar (rib, collar bone) by its middle line with a twisted oval
section.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import RBFInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import cKDTree

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.skeleton import Side
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Grown, Placed, Pose, soft_max
from spineanim.geometry.solids.outlines import OutlineField

_PLANES: Final = {"sagittal": (1, 2, 0), "frontal": (0, 2, 1)}
_STEP_MM: Final = 0.75
_MARGIN_MM: Final = 8.0
CORTEX_MM: Final = 1.2
"""Thickness of the dense wall that a cut through a bone shows (mm) [M]."""


@dataclass(frozen=True, eq=False)
class Plate(Solid):
    """A curved plate: two faces over an outline.

    Parameters
    ----------
    outline : ndarray, shape (N, 2)
        Closed edge in (y, z) for ``"sagittal"``, in (x, z) for ``"frontal"``.
    knots : ndarray, shape (K, 4)
        Place in the plane, then the lower and the higher face across it (mm), such as
        (y, z, inner x, outer x). Between knots both faces bend as thin sheets do.
    edge_mm : float
        Over what length faces and edge melt into one another.
    soften_mm : float
        Spread over which the faces are smoothed.
    """

    outline: Points2
    knots: NDArray[np.float64]
    plane: Literal["sagittal", "frontal"] = "sagittal"
    edge_mm: float = 2.0
    soften_mm: float = 2.0

    @cached_property
    def _edge(self) -> OutlineField:
        return _edge_field(self.outline)

    @cached_property
    def _faces(self) -> tuple[Field, Points2]:
        """Middle, half thickness and inverse steepness on a grid (3, U, V); its low corner."""
        low = self.outline.min(axis=0) - _MARGIN_MM
        count = np.ceil((np.ptp(self.outline, axis=0) + 2 * _MARGIN_MM) / _STEP_MM).astype(int) + 1
        axes = [low[i] + np.arange(count[i]) * _STEP_MM for i in (0, 1)]
        spots = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
        faces = RBFInterpolator(self.knots[:, :2], self.knots[:, 2:], smoothing=0.5)(spots)
        first, second = (faces[:, i].reshape(count) for i in (0, 1))
        if self.soften_mm > 0:
            spread = self.soften_mm / _STEP_MM
            first, second = gaussian_filter(first, spread), gaussian_filter(second, spread)
        middle, half = (first + second) / 2, np.maximum((second - first) / 2, 0.8)
        slope = sum(np.hypot(*np.gradient(rows, _STEP_MM)) for rows in (middle, half))
        grid = np.stack([middle, half, 1 / np.sqrt(1 + np.asarray(slope) ** 2)])
        return grid.astype(FLOAT), low

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm); it falls short where a face is steep."""
        rows = (x, y, z)
        first, second, across = (np.ravel(rows[i]) for i in _PLANES[self.plane])
        grid, low = self._faces
        spot = np.stack([(first - FLOAT(low[0])), (second - FLOAT(low[1]))]) / FLOAT(_STEP_MM)
        middle, half, steep = (
            map_coordinates(layer, spot, order=1, prefilter=False, mode="nearest", output=FLOAT)
            for layer in grid
        )
        thick = (np.abs(across - middle) - half) * steep
        edge = self._edge.at(first, second)
        return soft_max(edge, thick, self.edge_mm).reshape(np.shape(x))

    def middle_at(self, points: ArrayLike) -> NDArray[np.float64]:
        """Place of the middle of the plate across its plane (N,) at plane points (N, 2)."""
        grid, low = self._faces
        spot = (np.asarray(points, dtype=np.float64) - low).T / _STEP_MM
        found: NDArray[np.float64] = map_coordinates(
            grid[0].astype(np.float64), spot, order=1, mode="nearest"
        )
        return found

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        first, second, across = _PLANES[self.plane]
        grid, _ = self._faces
        corners = np.empty((2, 3))
        for row, edge in enumerate((np.min, np.max)):
            corners[row, [first, second]] = edge(self.outline, axis=0)
        # The faces run on beyond the outline, where nothing of them is left
        corners[0, across] = np.percentile(grid[0] - grid[1], 1.0)
        corners[1, across] = np.percentile(grid[0] + grid[1], 99.0)
        low = min(float(self.knots[:, 2].min()), float(corners[0, across]))
        high = max(float(self.knots[:, 3].max()), float(corners[1, across]))
        corners[:, across] = low, high
        return Box.around(corners, 2.0)


@dataclass(frozen=True, eq=False)
class Prism(Solid):
    """Everything that lies within an outline, seen along one axis. Use it to keep or cut.

    Parameters
    ----------
    outline : ndarray, shape (N, 2)
        Closed edge in (y, z) for ``"sagittal"``, in (x, z) for ``"frontal"``.
    """

    outline: Points2
    plane: Literal["sagittal", "frontal"] = "sagittal"

    @cached_property
    def _edge(self) -> OutlineField:
        return _edge_field(self.outline)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        rows = (x, y, z)
        first, second, _ = _PLANES[self.plane]
        return self._edge.at(np.ravel(rows[first]), np.ravel(rows[second])).reshape(np.shape(x))

    @property
    def bounds(self) -> Box:
        """Box that holds the outline; it is far longer than a body."""
        first, second, across = _PLANES[self.plane]
        corners = np.empty((2, 3))
        corners[:, [first, second]] = self.outline.min(axis=0), self.outline.max(axis=0)
        corners[:, across] = -3000.0, 3000.0
        return Box.around(corners)


def _edge_field(outline: Points2) -> OutlineField:
    """Distance to a large smooth outline, on a grid that suits its size."""
    count = int(np.clip(curves.length(outline, closed=True) / 5.0, 40, 160))
    return OutlineField(curves.resample(outline, count, closed=True), 0.7, 0.8)


@dataclass(frozen=True, eq=False)
class Bar(Solid):
    """Flat bar along a curve: an oval section that may turn and change along it.

    Parameters
    ----------
    line_mm : ndarray, shape (N, 3)
        Middle line, finely sampled.
    up : ndarray, shape (N, 3)
        Direction of the first half size (made square to the line).
    half_mm : ndarray, shape (N, 2)
        Half sizes along `up` and across it.
    """

    line_mm: Points3
    up: Points3
    half_mm: Points2

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.line_mm)

    @cached_property
    def _frames(self) -> Points3:
        """Rows up, across and along at every point (N, 3, 3)."""
        along = curves.tangents(self.line_mm)
        up = self.up - np.sum(self.up * along, axis=1, keepdims=True) * along
        up = up / np.linalg.norm(up, axis=1, keepdims=True)
        return np.stack([up, np.cross(along, up), along], axis=1)

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm); round at the ends."""
        points = np.stack([np.ravel(x), np.ravel(y), np.ravel(z)], axis=1).astype(np.float64)
        _, near = self._tree.query(points)
        gap = np.full(len(points), np.inf)
        away, place = np.empty_like(points), np.empty(len(points))
        for begin in (near - 1, near):
            first = np.clip(begin, 0, len(self.line_mm) - 2)
            start = self.line_mm[first]
            run = self.line_mm[first + 1] - start
            share = np.sum((points - start) * run, axis=1) / np.sum(run * run, axis=1)
            share = np.clip(share, 0, 1)
            offset = points - start - run * share[:, None]
            square = np.sum(offset * offset, axis=1)
            nearer = square < gap
            gap = np.where(nearer, square, gap)
            away[nearer], place[nearer] = offset[nearer], (first + share)[nearer]
        return self._oval(away, place).reshape(np.shape(x))

    def _oval(self, away: Points3, place: NDArray[np.float64]) -> Field:
        """Near distance to the section at places along the line, from offsets (M, 3)."""
        first = np.clip(place.astype(int), 0, len(self.line_mm) - 2)
        share = (place - first)[:, None]
        turn = (
            self._frames[first] + (self._frames[first + 1] - self._frames[first]) * share[..., None]
        )
        half = self.half_mm[first] + (self.half_mm[first + 1] - self.half_mm[first]) * share
        sizes = np.column_stack([half, half.min(axis=1)])
        own = np.einsum("nij,nj->ni", turn, away) / sizes
        scaled = np.linalg.norm(own, axis=1)
        gradient = np.linalg.norm(own / sizes, axis=1)
        reach = np.where(scaled < 1e-3, sizes[:, 2], scaled / np.maximum(gradient, 1e-9))
        return np.asarray((scaled - 1) * reach, dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        reach = float(np.max(self.half_mm))
        return Box.around(self.line_mm, reach)


MIRROR: Final = Pose(np.diag([-1.0, 1.0, 1.0]), np.zeros(3))
"""Takes the patient's left to the right: the one pose here that turns a solid inside out."""


def on_side(solid: Solid, side: Side) -> Solid:
    """Return a solid of the patient's left, or its mirror image."""
    return solid if side == "left" else Placed(solid, MIRROR)


def bone_part(name: str, solid: Solid, cartilage: Solid | None = None) -> Part:
    """Bone with a dense wall round a spongy core, and cartilage where a mark is given."""
    core = (Zone(Tissue.CANCELLOUS, Grown(solid, -CORTEX_MM)),)
    marks = () if cartilage is None else (Zone(Tissue.CARTILAGE, cartilage),)
    return Part(name, Tissue.BONE, solid, core=core, marks=marks)
