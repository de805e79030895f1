"""The layers under the skin as seen from the side: skin, fat with its lobules, fascia, muscle.

They follow the outline of the body: every pixel near it knows its depth under the skin and its
place along it, so that the layers and even the lobules of fat ride along when the body bends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.spatial import cKDTree

from spineanim.geometry import curves
from spineanim.picture.image import enlarged, smoothstep
from spineanim.picture.raster import Float32, Grid, Points, fill_coverage
from spineanim.picture.relief import Light

SKIN_MM = 2.0
"""Thickness of the skin as drawn (mm) [M: 1.5 to 3 with the dermis of trunk and back]."""

_FAT_Z_FRONT = (-75.0, 0.0, 72.0, 160.0, 269.0)
_FAT_FRONT_MM = (9.0, 21.0, 25.0, 19.0, 10.0)
_FAT_Z_BACK = (-37.0, 50.0, 138.0, 269.0)
_FAT_BACK_MM = (22.0, 13.0, 10.5, 8.0)
# Depth of the fascia under the skin in front and at the back, by height (mm) [D]: thickest on
# the lower belly, where a pump lies on the fascia no deeper than 25 mm [84]; thin over the ribs.

_FASCIA_MM = 1.0
_MUSCLE_MM = 11.5
"""Thickness of the muscle tint under the fascia (mm) [D]."""

_REACH_MM = 48.0
_STEP_MM = 0.3
_FILLET_MM = 22.0
_LOBULE_MM = 4.2
_PLAIN_FAT = 0.58
_SEED = 5


@dataclass(frozen=True)
class UnderSkin:
    """Depths near the outline of a body, for the pixels of a picture.

    Attributes
    ----------
    depth_mm
        Depth under the skin, negative outside, ``(H, W)``; no more than a few centimetres.
    along_mm
        Place along the outline in the rest pose, ``(H, W)``.
    fascia_mm
        Depth of the fascia there, ``(H, W)``.
    """

    depth_mm: Float32
    along_mm: Float32
    fascia_mm: Float32

    def enlarged(self, factor: int) -> UnderSkin:
        """Return the same for pixels ``factor`` times smaller."""
        smooth = enlarged(self.along_mm, factor)
        blocky = self.along_mm.repeat(factor, axis=0).repeat(factor, axis=1)
        # Where one part follows another the place jumps; nothing lies between.
        along = np.where(np.abs(smooth - blocky) > _LOBULE_MM, blocky, smooth)
        return UnderSkin(
            enlarged(self.depth_mm, factor),
            along,
            enlarged(self.fascia_mm, factor),
        )

    def body_cover(self, px_per_mm: float) -> Float32:
        """Return the coverage of the body, 0..1, with an edge one pixel wide."""
        return np.asarray(np.clip(self.depth_mm * px_per_mm + 0.5, 0, 1), np.float32)


def fascia_depth(rest: Points) -> NDArray[np.float64]:
    """Return the depth of the fascia under skin points ``(N, 2)`` of the rest pose (mm)."""
    front, back = (
        PchipInterpolator(z, depth)(np.clip(rest[:, 1], z[0], z[-1]))
        for z, depth in ((_FAT_Z_FRONT, _FAT_FRONT_MM), (_FAT_Z_BACK, _FAT_BACK_MM))
    )
    share = smoothstep(rest[:, 0], -45.0, 15.0)
    return np.asarray(front * (1.0 - share) + back * share, np.float64)


def measure_under_skin(grid: Grid, rest: list[Points], posed: list[Points]) -> UnderSkin:
    """Measure depth and place along the outline for every pixel near it.

    Parts that overlap are joined with a soft fillet, so that no notch is left where they meet.

    Parameters
    ----------
    grid
        Grid of the picture; a coarse one is enough, depths are smooth.
    rest, posed
        The overlapping closed outlines of the body in the rest pose and as they are now, point
        by point the same.
    """
    whole: UnderSkin | None = None
    start = 0.0
    for old, new in zip(rest, posed, strict=True):
        part = _measure_part(grid, old, new, start)
        start += curves.length(old, closed=True) + 100.0
        whole = part if whole is None else _joined(whole, part)
    if whole is None:
        raise ValueError("a body needs at least one outline")
    return whole


def _measure_part(grid: Grid, rest: Points, posed: Points, start_mm: float) -> UnderSkin:
    """Measure one outline; places along it count from ``start_mm``."""
    count = int(curves.length(posed, closed=True) / _STEP_MM)
    at = np.linspace(0.0, len(posed), count, endpoint=False)
    place = np.arange(len(posed) + 1)
    new, old = (
        np.column_stack([np.interp(at, place, column) for column in curves.close(ring).T])
        for ring in (posed, rest)
    )
    inside = fill_coverage(grid, [posed]) > 0.5
    rows, columns = np.indices(grid.shape)
    spots = np.column_stack([columns.ravel() + 0.5, rows.ravel() + 0.5])
    reach = _REACH_MM * grid.px_per_mm
    distance, nearest = cKDTree(grid.to_px(new)).query(spots, distance_upper_bound=reach)
    nearest = np.minimum(nearest, count - 1)
    depth = np.minimum(distance, reach).reshape(grid.shape) / grid.px_per_mm
    along = curves.distances(old) + start_mm
    return UnderSkin(
        np.where(inside, depth, -depth).astype(np.float32),
        along[nearest].reshape(grid.shape).astype(np.float32),
        fascia_depth(old)[nearest].reshape(grid.shape).astype(np.float32),
    )


def _joined(one: UnderSkin, other: UnderSkin) -> UnderSkin:
    """Join two parts by a smooth maximum of their depths."""
    share = np.clip(0.5 + 0.5 * (one.depth_mm - other.depth_mm) / _FILLET_MM, 0, 1)
    depth = other.depth_mm + (one.depth_mm - other.depth_mm) * share
    depth += np.float32(_FILLET_MM) * share * (1 - share)
    return UnderSkin(
        depth,
        np.where(share > 0.5, one.along_mm, other.along_mm),
        other.fascia_mm + (one.fascia_mm - other.fascia_mm) * share,
    )


def fat_cover(under: UnderSkin) -> Float32:
    """Return where fat lies, 0..1, ``(H, W)``."""
    inner = np.clip((under.depth_mm - SKIN_MM) / 0.8, 0, 1)
    outer = np.clip((under.fascia_mm - under.depth_mm) / 0.8, 0, 1)
    return np.asarray(inner * outer, np.float32)


def fascia_cover(under: UnderSkin) -> Float32:
    """Return where the fascia's line lies, 0..1, ``(H, W)``."""
    off = (under.depth_mm - under.fascia_mm) / _FASCIA_MM
    return np.asarray(np.exp(-(off**2)), np.float32)


def muscle_cover(under: UnderSkin) -> Float32:
    """Return where the muscle under the fascia tints the body, 0..1, ``(H, W)``."""
    below = under.depth_mm - under.fascia_mm
    outer = np.clip((_MUSCLE_MM - below) / 4.0, 0, 1)
    return np.asarray(np.clip(below, 0, 1) * outer, np.float32)


def lobule_tone(under: UnderSkin, cover: Float32, light: Light) -> Float32:
    """Light the lobules of fat.

    Parameters
    ----------
    under
        Depths and places along the skin.
    cover
        Where fat lies; elsewhere the tone is plain.
    light
        Where the light comes from.

    Returns
    -------
    Float32
        Place on the ramp of fat, ``(H, W)``: pale domes between fine darker septa.
    """
    out = np.full(cover.shape, _PLAIN_FAT, np.float32)
    rows, columns = np.nonzero(cover > 0)
    if rows.size == 0:
        return out
    spots = np.column_stack([under.along_mm[rows, columns], under.depth_mm[rows, columns]])
    seeds, tone = _lobules(float(spots[:, 0].max()))
    distance, nearest = cKDTree(seeds).query(spots, k=2)
    gap = (distance[:, 1] - distance[:, 0]) / _LOBULE_MM
    # The dome is lit in the picture: its offset from the middle is measured along the light.
    across = _lit_offset(rows, columns, nearest[:, 0], light)
    dome = np.sqrt(np.clip(1.0 - (distance[:, 0] / (0.75 * _LOBULE_MM)) ** 2, 0.0, 1.0))
    value = _PLAIN_FAT + 0.14 * dome - 0.075 * np.exp(-((gap / 0.13) ** 2))
    out[rows, columns] = value + 0.060 * across + tone[nearest[:, 0]]
    return out


def _lobules(length_mm: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middles ``(N, 2)`` of lobules along a skin and their tones ``(N,)``."""
    rng = np.random.default_rng(_SEED)
    cell = _LOBULE_MM
    along, deep = np.meshgrid(
        np.arange(-cell, length_mm + cell, cell), np.arange(-cell, 36.0, cell * 0.86)
    )
    along[::2] += cell / 2
    spots = np.column_stack([along.ravel(), deep.ravel()])
    spots += rng.uniform(-0.38, 0.38, spots.shape) * cell
    return spots, rng.uniform(-0.05, 0.05, len(spots))


def _lit_offset(
    rows: NDArray[np.intp], columns: NDArray[np.intp], cell: NDArray[np.intp], light: Light
) -> NDArray[np.float64]:
    """Return each pixel's offset from its lobule's middle towards the light, about -1..1."""
    toward = light.key[0] * columns - light.key[1] * rows
    names, index = np.unique(cell, return_inverse=True)
    count = np.bincount(index, minlength=len(names))
    middle = np.bincount(index, weights=toward, minlength=len(names)) / count
    off = toward - middle[index]
    spread = np.sqrt(np.bincount(index, weights=off * off, minlength=len(names)) / count)
    return np.asarray(off / np.maximum(spread[index], 0.5), np.float64)
