"""A light sheet over a person who lies on the side, before it has a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from spineanim.geometry.axes import View
from spineanim.geometry.curves import smooth
from spineanim.geometry.figure import rest_spine
from spineanim.geometry.spine import Spine
from spineanim.picture.figure import blank_relief, grids, lit_surface
from spineanim.picture.image import enlarged, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.lying_light import outlines
from spineanim.picture.raster import Box, Float32, Grid, Points, fill_coverage
from spineanim.picture.relief import CLOTH, Light, Relief
from spineanim.picture.wash import Wash, wash

# Upper hem from the back to the chest, (y, z) on the rest figure [D, drawn]
_HEM: Final = (
    (240.0, 300.0),
    (110.0, 290.0),
    (20.0, 268.0),
    (-80.0, 244.0),
    (-190.0, 190.0),
    (-330.0, 60.0),
)
_FAR_MM: Final = 2000.0
_HEM_BAND_MM: Final = 34.0
"""Width of the hem that is turned over."""
_LAID_MM: Final = 13.0
"""How softly the sheet lies on what it covers."""
_BRIDGES_MM: Final = 32.0
_SPANS_MM: Final = 90.0
_REACHES: Final = 0.24
"""How wide a hollow the sheet spans, and where its edge then falls: outside the body."""
_SHADOW: Final = (9.0, 9.0, 0.42)
"""Distance and blur of its shadow on the skin (mm), and strength."""
_CREASES: Final = (
    ((120.0, 240.0), (70.0, 190.0), (40.0, 120.0)),
    ((-60.0, 215.0), (-100.0, 150.0), (-90.0, 70.0)),
    ((60.0, 40.0), (10.0, -10.0), (-60.0, -40.0)),
    ((100.0, 90.0), (80.0, 30.0), (40.0, -40.0)),
    ((-150.0, 190.0), (-170.0, 120.0), (-140.0, 40.0)),
)
"""Soft creases, (y, z) on the rest figure [D]."""


@dataclass(frozen=True)
class BlanketLight:
    """The sheet before it has a colour.

    Attributes
    ----------
    grid
        Pixels of both.
    shade, cloth
        Soft shadow on the skin above the hem, and the sheet.
    """

    grid: Grid
    shade: Wash
    cloth: Wash


@kept
def blanket_light(
    spine: Spine, px_per_mm: float, window_mm: Box, view: View, light: Light
) -> BlanketLight:
    """Light a sheet that covers a lying person from the chest down; see `lying_blanket`."""
    body = list(outlines(spine, view))
    grid, factor = grids(window_mm, px_per_mm, [_wider(body)])
    relief, shown = blank_relief(grid, factor)
    for outline, fullness in zip(body, (0.82, 0.86, 0.8, 0.7, 0.7), strict=False):
        relief.add_part([outline], fullness, 20.0, rounded_mm=8.0)
    _lay(relief)
    hem = smooth(_seen(np.array(_HEM), spine, view))
    inner = hem + _HEM_BAND_MM * _down(view)
    relief.stroke(hem, 14.0, 3.4, 3.0)
    relief.stroke(inner, 6.0, -2.2, 2.4)
    for crease in _CREASES:
        relief.stroke(_seen(smooth(np.array(crease)), spine, view), 12.0, -2.4, 9.0)
    lit = lit_surface(relief, shown, factor, CLOTH, light)
    laid = enlarged(np.asarray(relief.mask[shown]), factor, order=3)
    below = fill_coverage(grid, [np.vstack([hem, hem[::-1] + _FAR_MM * _down(view)])])
    cover = np.clip((laid - 0.5) * 4.0 + 0.5, 0.0, 1.0) * below
    on = fill_coverage(grid, body)
    away, soft, strength = _SHADOW
    return BlanketLight(
        grid,
        wash(_shadow(cover, grid, light, away, soft) * on * np.float32(strength)),
        wash(cover, lit.tone, lit.shine),
    )


def _wider(body: list[Points]) -> Points:
    """Return the corners of a box round the body with room for what the sheet spans."""
    every = np.vstack(body)
    low, high = every.min(axis=0) - 3.0 * _BRIDGES_MM, every.max(axis=0) + 3.0 * _BRIDGES_MM
    return np.array([low, (high[0], low[1]), high, (low[0], high[1])])


def _lay(relief: Relief) -> None:
    """Let the surface bridge hollows and fall off softly at the body's edge, in place."""
    per_mm = relief.grid.px_per_mm
    spread = ndimage.gaussian_filter(relief.mask, _BRIDGES_MM * per_mm, truncate=3.0)
    relief.mask = np.asarray(smoothstep(spread, _REACHES - 0.06, _REACHES + 0.06), np.float32)
    high = ndimage.grey_closing(relief.height, size=(round(_SPANS_MM * per_mm) | 1,) * 2)
    relief.height = ndimage.gaussian_filter(high, _LAID_MM * per_mm, truncate=3.0)


def _seen(points_yz: Points, spine: Spine, view: View) -> Points:
    """Points (N, 2) of the rest figure in the plane of the view."""
    there = spine.carry(np.asarray(points_yz, dtype=np.float64), rest_spine())
    return view.project(np.column_stack([np.zeros(len(there)), there]))


def _down(view: View) -> Points:
    """Return the unit vector (2,) in the plane of the view towards the feet."""
    ends = view.project(np.array([(0.0, 0.0, 0.0), (0.0, 0.0, -1.0)]))
    return np.asarray(ends[1] - ends[0])


def _shadow(
    cover: Float32, grid: Grid, light: Light, distance_mm: float, soft_mm: float
) -> Float32:
    """Return the soft shadow of a layer on what lies below it."""
    right, up = light.shadow_shift_mm(distance_mm)
    moved = ndimage.shift(cover, (-up * grid.px_per_mm, right * grid.px_per_mm), order=1)
    soft = ndimage.gaussian_filter(moved, soft_mm * grid.px_per_mm, truncate=3.0)
    return np.asarray(soft * (1.0 - cover), np.float32)
