"""A level cut of the body as lit pictures: whatever the plane passes, and nerves laid onto it.

A flat face needs no rays. Distances are asked on a coarse net of the plane and bent smoothly to
the pixels, so that a section is sharp at any scale and costs a hundredth of a bake. Threads that
lie on the face are rounded by their own radii.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.geometry.axes import View
from spineanim.geometry.body import crossing
from spineanim.geometry.level_cut import LevelCut
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.rails import Strands
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Placed
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.haste import coarser
from spineanim.picture.kept import kept
from spineanim.picture.material import column_of
from spineanim.picture.raster import Box, Float32, Grid
from spineanim.picture.tones import Finish, Tones, tones_of

Thread = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Points (N, 2) of a thread in the view's plane and its radii (N,)."""

_OVERSAMPLE: Final = 2
_NET_MM: Final = (0.12, 0.5)
_NET_PX: Final = 5.0
"""The net is so many pixels wide, between two limits."""
_LEFT_OUT: Final = ("serratus",)
_FINISH: Final = Finish(_OVERSAMPLE)
_FAR_MM: Final = 1.5
"""Beyond this nobody asks how far a part is."""
_FLATTER: Final = 0.4
_THREAD_MM: Final = 0.08
"""Threads are told apart in steps of so much."""


@dataclass(frozen=True)
class LevelTones:
    """Lit pictures of one cut.

    Attributes
    ----------
    whole
        All of it.
    cord
        The cord alone, to be laid over what spreads in the fluid.
    nerves
        The nerve of the level on both sides with its roots, to be laid over that.
    """

    whole: Tones
    cord: Tones
    nerves: Tones


@kept
def level_tones(cut: LevelCut, window_mm: Box, px_per_mm: float) -> LevelTones:
    """Light a cut.

    Parameters
    ----------
    cut : LevelCut
    window_mm : tuple of float
        Left, bottom, right and top in the view's plane.
    px_per_mm : float
        Scale of the picture.
    """
    view = cut.view.at_scale(coarser(px_per_mm) * _OVERSAMPLE)
    grid = Grid.covering(window_mm, view.px_per_mm)
    own = (f"nerve_{cut.level}_",)
    parts = [
        part
        for part in crossing(chain.from_iterable(cut.body.own.values()), cut.plane)
        if not part.name.startswith((*_LEFT_OUT, *own))
    ]
    found = [(part, flat_face(part, view, grid)) for part in parts]
    faces = [(part, face) for part, face in found if face is not None]
    laid = [(part, thread_face(part, view, grid)) for part in _nerves(cut)]
    whole = tones_of(_uncovered([*faces, *laid]), _FINISH)
    cord = [row for row in faces if row[0].name.startswith("cord_")]
    return LevelTones(whole, tones_of(cord or faces[:1], _FINISH), tones_of(laid, _FINISH))


def _uncovered(faces: list[tuple[Part, GBuffer]]) -> list[tuple[Part, GBuffer]]:
    """Leave of each face what later ones do not cover, and make the relief flatter.

    Seen so near, tissues that stand as high as in a small picture would drop shadows in bands.
    """
    stands = column_of(lambda m: m.section.stands_mm) * (_FLATTER - 1.0)
    covered = np.zeros(faces[0][1].tissue.shape, dtype=bool)
    kept = []
    for part, face in reversed(faces):
        seen = face.hit & ~covered
        covered |= face.hit
        lower = np.where(face.inside_mm > 0, stands[face.tissue], np.float32(0))
        depth = np.where(seen, face.depth_mm + lower, np.float32(-np.inf))
        tissue = np.where(seen, face.tissue, 0).astype(np.uint8)
        if seen.any():
            kept.append((part, replace(face, depth_mm=depth.astype(np.float32), tissue=tissue)))
    return kept[::-1]


def _nerves(cut: LevelCut) -> list[Part]:
    """Return the level's nerve and roots on both sides, each made of threads."""
    nerves = [part for part in cut.body.nerves if part.name.startswith(f"nerve_{cut.level}_")]
    return [*cut.roots(), *nerves]


# ------------------------------------------------------------------------------ flat faces
def flat_face(part: Part, view: View, grid: Grid) -> GBuffer | None:
    """Show where the view's cut passes a part, on the pixels of a grid; None if nowhere.

    Parameters
    ----------
    part : Part
    view : View
        With a cut that faces the viewer, at the grid's scale.
    grid : Grid
    """
    assert view.cut is not None  # only asked for one
    net = _Net(view, grid)
    inside = -net.distance_mm(part.placed)
    hit = inside > 0
    if not hit.any():
        return None
    tissue = np.where(hit, int(part.tissue), 0).astype(np.uint8)
    for zone in part.core:
        held = net.distance_mm(Placed(zone.solid, part.pose)) < 0
        tissue[hit & held] = int(zone.tissue)
    return _buffer(view, grid, np.where(hit, net.level_mm, -np.inf), tissue, inside * hit)


class _Net:
    """Coarse net of places on a cut, from which the pixels of a grid are worked out."""

    def __init__(self, view: View, grid: Grid) -> None:
        assert view.cut is not None
        step = float(np.clip(_NET_PX / grid.px_per_mm, *_NET_MM))
        self.times = max(round(step * grid.px_per_mm), 1)
        self.grid = grid
        rows, columns = (-(-size // self.times) + 3 for size in grid.shape)
        # nodes stand on the middles of every so many-th pixel, one more before the first
        right = grid.left_mm + ((np.arange(columns) - 1) * self.times + 0.5) / grid.px_per_mm
        up = grid.top_mm - ((np.arange(rows) - 1) * self.times + 0.5) / grid.px_per_mm
        self.shape = (rows, columns)
        self.level_mm = np.float32(view.nearness(np.array(view.cut.point_mm)))
        plane = np.stack(np.meshgrid(right, up), axis=-1).reshape(-1, 2)
        lifted = np.column_stack([plane, np.full(len(plane), self.level_mm)])
        self.points = lifted @ view.rotation

    def distance_mm(self, solid: Solid) -> Float32:
        """Signed distance from a solid at every pixel (H, W), no more than `_FAR_MM`."""
        box = solid.bounds.grown(_FAR_MM)
        near = np.all((self.points > box.low) & (self.points < box.high), axis=1)
        net = np.full(len(self.points), _FAR_MM, dtype=np.float32)
        if near.any():
            # what is far is all alike, or the bend between nodes would swing at the box's edge
            net[near] = np.minimum(solid.distance_mm(self.points[near]), _FAR_MM)
        return self._on_pixels(net.reshape(self.shape))

    def _on_pixels(self, net: Float32) -> Float32:
        """Bend the values of the net smoothly to every pixel."""
        times, shape = self.times, self.grid.shape
        found = np.full(shape, _FAR_MM, dtype=np.float32)
        rows, columns = (np.flatnonzero((net < _FAR_MM).any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return found
        top, left = max(rows[0] - 3, 1), max(columns[0] - 3, 1)
        down = slice((top - 1) * times, min((rows[-1] + 2) * times, shape[0]))
        across = slice((left - 1) * times, min((columns[-1] + 2) * times, shape[1]))
        size = (down.stop - down.start, across.stop - across.start)
        if min(size) < 1:
            return found
        piece = net[top - 1 : rows[-1] + 5, left - 1 : columns[-1] + 5]
        soft = ndimage.spline_filter(piece, order=3, output=np.float32, mode="nearest")
        found[down, across] = ndimage.affine_transform(
            soft, [1 / times] * 2, [1.0, 1.0], size, np.float32, 3, "nearest", prefilter=False
        )
        return found


# --------------------------------------------------------------------------------- threads
def thread_face(part: Part, view: View, grid: Grid) -> GBuffer:
    """Show threads as if they lay on the cut, half sunk in it, on the pixels of a grid.

    Raises
    ------
    ValueError
        If the part is not made of threads.
    """
    if not isinstance(part.solid, Strands):
        raise ValueError(f"{part.name} is not made of threads")
    places = np.stack(np.broadcast_arrays(grid.across_mm, grid.up_mm), axis=-1).reshape(-1, 2)
    high_mm = np.full(len(places), -np.inf, dtype=np.float32)
    normal = np.zeros((len(places), 3), dtype=np.float32)
    for line, radius in _laid(part.solid, view):
        rows, found = _rounded(places, line, radius)
        wins = found[:, 0] > high_mm[rows]
        high_mm[rows[wins]], normal[rows[wins]] = found[wins, 0], found[wins, 1:]
    assert view.cut is not None
    level = np.float32(view.nearness(np.array(view.cut.point_mm)))
    hit = np.isfinite(high_mm)
    tissue = np.where(hit, int(part.tissue), 0).astype(np.uint8)
    buffer = _buffer(view, grid, (high_mm + level).reshape(grid.shape), tissue.reshape(grid.shape))
    buffer.normal[:] = np.round(normal * 127).reshape(*grid.shape, 3)
    for mark in part.marks:
        if isinstance(mark.solid, Strands):
            for thread in _laid(mark.solid, view):
                _mark(buffer, mark.tissue, *thread, grid)
    return buffer


def _laid(solid: Strands, view: View) -> list[Thread]:
    """Dense points (N, 2) of each thread in the view's plane, and its radii (N,)."""
    flat = view.project(solid.points_mm)
    found = []
    for begin, end in zip(solid.first, [*solid.first[1:], len(flat)], strict=True):
        line, wide = flat[begin:end], solid.radius_mm[begin:end]
        along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
        at = np.linspace(0.0, along[-1], max(int(along[-1] / _THREAD_MM), 2))
        dense = np.column_stack([np.interp(at, along, line[:, i]) for i in (0, 1)])
        found.append((dense, np.interp(at, along, wide)))
    return found


def _rounded(
    places: NDArray[np.float64], line: NDArray[np.float64], radius: NDArray[np.float64]
) -> tuple[NDArray[np.int64], Float32]:
    """Rows of places on a thread, and height and normal there, (M, 4)."""
    most = float(radius.max())
    low, high = line.min(axis=0) - most, line.max(axis=0) + most
    near = np.flatnonzero(np.all((places > low) & (places < high), axis=1))
    away, nearest = cKDTree(line).query(places[near], distance_upper_bound=most)
    found = np.isfinite(away)
    near, away, nearest = near[found], away[found], nearest[found]
    on = away < radius[nearest]
    rows, nearest = near[on], nearest[on]
    wide = radius[nearest]
    aside = (places[rows] - line[nearest]) / wide[:, None]
    up = np.sqrt(np.maximum(1.0 - np.sum(aside * aside, axis=1), 0.0))
    return rows, np.column_stack([up * wide, aside, up]).astype(np.float32)


def _mark(
    buffer: GBuffer,
    tissue: Tissue,
    line: NDArray[np.float64],
    radius: NDArray[np.float64],
    grid: Grid,
) -> None:
    """Give what lies within a mark another tissue."""
    rows, columns = np.nonzero(buffer.tissue)
    places = np.column_stack([grid.across_mm[0, columns], grid.up_mm[rows, 0]])
    away, nearest = cKDTree(line).query(places)
    held = away < radius[nearest]
    buffer.tissue[rows[held], columns[held]] = int(tissue)


def _buffer(
    view: View,
    grid: Grid,
    depth_mm: NDArray[np.floating],
    tissue: NDArray[np.uint8],
    inside_mm: Float32 | None = None,
) -> GBuffer:
    """Put a buffer on the pixels of a grid, everywhere in full light."""
    shape = grid.shape
    facing = np.zeros((*shape, 3), dtype=np.int8)
    facing[..., 2] = 127
    inside = np.zeros(shape, np.float32) if inside_mm is None else inside_mm
    full = np.full(shape, 255, dtype=np.uint8)
    return GBuffer(
        view, grid.left_mm, grid.top_mm, depth_mm.astype(np.float32), facing, full, full.copy(),
        inside.astype(np.float16), tissue,
    )  # fmt: skip
