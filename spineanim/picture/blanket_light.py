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
_HANGS_MM: Final = 46.0
_REACHES: Final = 0.12
"""How wide a hollow the sheet spans, and the share of cover at which its edge then falls: on the
table, some 40 mm beyond the body."""
_TENT_MM: Final = 30.0
_TENT: Final = 0.80
"""Over how wide a hollow, and how high, the sheet hangs free between what it lies on."""
_SHADOW: Final = (8.0, 8.0, 0.42, 0.34)
"""Distance and blur of its shadow (mm), and its strength on the skin and on the table."""
_CREASES: Final = (
    ((120.0, 240.0), (70.0, 190.0), (40.0, 120.0)),
    ((-60.0, 215.0), (-100.0, 150.0), (-90.0, 70.0)),
    ((60.0, 40.0), (10.0, -10.0), (-60.0, -40.0)),
    ((100.0, 90.0), (80.0, 30.0), (40.0, -40.0)),
    ((-110.0, 200.0), (-150.0, 120.0), (-150.0, 40.0)),
    ((150.0, 120.0), (160.0, 40.0), (120.0, -60.0)),
    ((-60.0, 20.0), (-150.0, -20.0), (-260.0, -30.0)),
)
"""Soft creases, (y, z) on the rest figure [D]."""


@dataclass(frozen=True)
class BlanketLight:
    """The sheet before it has a colour.

    Attributes
    ----------
    grid
        Pixels of both.
    table_shade, shade, cloth
        Soft shadow on the table and on the skin above the hem, and the sheet.
    """

    grid: Grid
    table_shade: Wash
    shade: Wash
    cloth: Wash


@kept
def blanket_light(
    spine: Spine, px_per_mm: float, window_mm: Box, view: View, light: Light
) -> BlanketLight:
    """Light a sheet that covers a lying person from the chest down; see `sleeper`."""
    body = list(outlines(spine, view))
    hem = smooth(_seen(np.array(_HEM), spine, view))
    grid, factor = grids(window_mm, px_per_mm, [_roomy(body)])
    relief, shown = blank_relief(grid, factor)
    for outline, fullness in zip(body, (0.82, 0.86, 0.8, 0.7, 0.7), strict=False):
        relief.add_part([outline], fullness, 20.0, rounded_mm=8.0)
    _lay(relief, [body[0], body[1], body[3]])
    inner = hem + _HEM_BAND_MM * _down(view)
    relief.stroke(hem, 14.0, 3.4, 3.0)
    relief.stroke(inner, 6.0, -2.2, 2.4)
    for crease in _CREASES:
        relief.stroke(_seen(smooth(np.array(crease)), spine, view), 12.0, -2.4, 9.0)
    lit = lit_surface(relief, shown, factor, CLOTH, light)
    laid = enlarged(np.asarray(relief.mask[shown]), factor, order=3)
    front = hem[-1] + _FAR_MM * (hem[-1] - hem[-2]) / np.linalg.norm(hem[-1] - hem[-2])
    edge = np.vstack([hem, front])
    below = fill_coverage(grid, [np.vstack([edge, edge[::-1] + _FAR_MM * _down(view)])])
    cover = np.clip((laid - 0.5) * 4.0 + 0.5, 0.0, 1.0) * below
    on = fill_coverage(grid, body)
    away, soft, on_skin, on_table = _SHADOW
    shadow = _shadow(cover, grid, light, away, soft)
    return BlanketLight(
        grid,
        wash(shadow * (1.0 - on) * np.float32(on_table)),
        wash(shadow * on * np.float32(on_skin)),
        wash(cover, lit.tone, lit.shine),
    )


def _roomy(body: list[Points]) -> Points:
    """Return the corners of a box round the body with room for the sheet."""
    every = np.vstack(body)
    low, high = every.min(axis=0) - 2.0 * _HANGS_MM, every.max(axis=0) + 2.0 * _HANGS_MM
    return np.array([low, (high[0], low[1]), high, (low[0], high[1])])


def _lay(relief: Relief, body: list[Points]) -> None:
    """Let the surface hang between what it lies on and run out on the table, in place."""
    per_mm = relief.grid.px_per_mm
    spread = ndimage.gaussian_filter(
        np.asarray(fill_coverage(relief.grid, body)), _HANGS_MM * per_mm, truncate=3.0
    )
    relief.mask = np.asarray(smoothstep(spread, _REACHES - 0.02, _REACHES + 0.02), np.float32)
    tent = ndimage.gaussian_filter(relief.height, _TENT_MM * per_mm, truncate=3.0)
    high = np.maximum(relief.height, _TENT * tent)
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
