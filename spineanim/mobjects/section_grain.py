"""Grain of cut tissue: the pores of spongy bone and the lobules of fat.

The grain hangs on the patient's millimetres, so a figure and its magnifier show the same pores;
its light hangs on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.mobjects.section_paint import LIGHT
from spineanim.picture.noise import Row, cells, waves
from spineanim.picture.raster import Grid, fill_coverage
from spineanim.picture.shape import Sprite
from spineanim.stage import Stage

Field = Row
Outlines = Sequence[NDArray[np.float64]]

_WARP_MM = 2.6
"""Wave length of the bending that keeps the grain from looking like a grid."""
_RIM_MM = 1.5
_WIDE_RIM_MM = 2.6
"""Reach of the shade at the rim of spongy bone, close up and in a whole figure."""


class Ground:
    """Pixels of the screen over some outlines, and the millimetres they show.

    Parameters
    ----------
    outlines
        Scene points (N, 3) of the areas that get grain.
    stage
        Where the body stands.
    pixels_per_unit
        Resolution.
    """

    def __init__(self, outlines: Outlines, stage: Stage, pixels_per_unit: float) -> None:
        flat = [outline[:, :2] for outline in outlines]
        every = np.concatenate(flat)
        room = 3 / pixels_per_unit
        (left, bottom), (right, top) = every.min(axis=0) - room, every.max(axis=0) + room
        self.grid = Grid.covering((left, bottom, right, top), pixels_per_unit)
        self.cover = fill_coverage(self.grid, flat)
        self.inside = ndimage.binary_dilation(self.cover > 0, iterations=2)
        self.u, self.v = self._plane_mm(stage)

    def _plane_mm(self, stage: Stage) -> tuple[Field, Field]:
        """Millimetres of the view's plane that the pixels inside show, (N,) each."""
        origin, right, up = stage.plane(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))[:, :2]
        to_mm = np.linalg.inv(np.column_stack([right - origin, up - origin]))
        x, y = np.broadcast_arrays(self.grid.across_mm, self.grid.up_mm)
        away = np.stack([x[self.inside], y[self.inside]]) - origin[:, None]
        u, v = to_mm @ away
        return u.astype(np.float32), v.astype(np.float32)

    def image(self, values: Field) -> Field:
        """Spread values (N,) of the pixels inside over the whole grid, (H, W)."""
        whole = np.zeros(self.grid.shape, np.float32)
        whole[self.inside] = values
        return whole

    def slope(self, height: Field) -> Field:
        """How much a height field (H, W) faces the light; the sky is flat at 0."""
        down, right = np.gradient(height)
        return np.asarray(-(right * LIGHT[0] - down * LIGHT[1]), np.float32)

    def rounding(self, reach_px: float) -> Field:
        """How much the rounded rim of the outlines faces the light: 1 and -1 at their edges."""
        dome = ndimage.gaussian_filter(self.cover, reach_px, truncate=3.0)
        return self.slope(dome) * np.float32(reach_px * 2.5)

    def sprite(
        self, dark: tuple[NDArray[np.float64], Field], light: tuple[NDArray[np.float64], Field]
    ) -> Sprite:
        """Picture of two colours (3,) by their opacities (H, W), the light one on top."""
        rgba = np.zeros((*self.grid.shape, 4), np.float32)
        for color, alpha in (dark, light):
            cover = np.clip(alpha, 0.0, 1.0)[..., None]
            rgba = rgba * (1 - cover) + cover * np.append(color, 1.0).astype(np.float32)
        left, bottom, right, top = self.grid.box_mm
        corners = [(left, top, 0.0), (right, top, 0.0), (left, bottom, 0.0)]
        return Sprite(np.rint(rgba * 255).astype(np.uint8), corners)


def marrow_grain(
    outlines: Outlines,
    stage: Stage,
    pixels_per_unit: float,
    theme: Theme,
    *,
    pores: bool,
    seed: int = 7,
) -> Sprite:
    """Spongy bone: soft shade at its rim, and pores between fine plates where they can be seen."""
    ground = Ground(outlines, stage, pixels_per_unit)
    per_mm = pixels_per_unit * stage.units_per_mm
    rim = ground.rounding((_RIM_MM if pores else _WIDE_RIM_MM) * per_mm)
    dark = np.clip(-0.70 * rim, 0.0, 0.75)
    light = np.clip((0.62 if pores else 0.25) * rim, 0.0, 0.70)
    if pores:
        depth = ndimage.gaussian_filter(_pores(ground, seed), 0.5)
        lit = ground.slope(-depth) * per_mm
        dark = dark + np.clip(0.52 * depth - 0.15 * lit, 0.0, 0.66) * (1 - dark)
        light = np.clip(light * (1 - 0.8 * depth) + 0.24 * lit, 0.0, 0.65)
    return ground.sprite((theme.rgb("cancellous.dark"), dark), (theme.rgb("bone.light"), light))


def _pores(ground: Ground, seed: int) -> Field:
    """Depth of the hollows (H, W), 0 on a plate of bone; taller than wide, as the load runs."""
    u, v = ground.u, ground.v
    bend, sway = waves((u, v), _WARP_MM, seed), waves((u, v), 1.2, seed + 1)
    first, second, value = cells(
        u * 0.95 + bend * 1.1 + sway * 0.4, v * 0.66 + bend * 0.8 - sway * 0.5, seed
    )
    hollow = np.clip((second - first - 0.10) / 0.42, 0.0, 1.0)
    hollow = hollow * hollow * (3 - 2 * hollow) * (0.25 + 0.85 * value)
    density = np.clip(0.75 + 0.9 * waves((u, v), 9.0, seed + 2), 0.35, 1.0)
    return ground.image(hollow * density)


def lobule_grain(
    outlines: Outlines,
    stage: Stage,
    pixels_per_unit: float,
    theme: Theme,
    *,
    cell_mm: float = 1.9,
    seed: int = 21,
) -> Sprite:
    """Lobules of fat: soft domes with faint septa between them."""
    ground = Ground(outlines, stage, pixels_per_unit)
    u, v = ground.u / cell_mm, ground.v / cell_mm
    bend, sway = waves((u, v), 2.6, seed), waves((u, v), 0.9, seed + 1)
    first, second, value = cells(
        u + bend * 0.6 + sway * 0.2, (v - bend * 0.5 + sway * 0.2) * 1.08, seed, jitter=0.72
    )
    gap = np.clip((second - first) / 0.30, 0.0, 1.0)
    dome = np.sqrt(np.clip(1.0 - (first * 1.32) ** 2, 0.0, 1.0)) * (0.85 + 0.15 * gap)
    cell_px = pixels_per_unit * stage.units_per_mm * cell_mm
    height = ndimage.gaussian_filter(ground.image(dome), 0.045 * cell_px)
    lit = ground.slope(height) * cell_px
    dark = np.clip(0.07 * ground.image(1 - gap) - 0.17 * lit, 0.0, 0.42)
    light = np.clip(0.26 * lit + 0.16 * ground.image(value * gap), 0.0, 0.75)
    return ground.sprite((theme.rgb("fat.dark"), dark), (theme.rgb("fat.light"), light))
