"""The surgical drape as baked pictures: cloth over the lying body, and the hem of its window.

The cloth is a height field in millimetres: the body's own relief, softened because cloth bridges
its hollows, with long folds that spread from the window. Folds are soft and are baked coarsely.
Round the window the cloth is doubled and sticks to the skin: a flat band with a fine edge, so it
is a second picture at full resolution that melts into the first. Sizes are drawn by eye (D).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.geometry.curves import (
    contains,
    length,
    normals,
    offset,
    resample,
    signed_area,
    smooth,
)
from spineanim.geometry.torso import Torso
from spineanim.picture.colouring import painted
from spineanim.picture.figure import RELIEF_PX_PER_MM
from spineanim.picture.image import BakedImage, enlarged, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.ramp import Ramp, drape_ramp, under_skin_shadow
from spineanim.picture.raster import Box, Float32, Grid, Points, Region, fill_coverage
from spineanim.picture.relief import UPPER_LEFT, Finish, Light, Relief
from spineanim.picture.wash import Wash, wash

HEM_MM: Final = 6.0
"""Width of the doubled, sticking band round the window."""
SHADE_MM: Final = 12.0
"""How far into the window the hem's shadow reaches."""

_FINISH = Finish(soft_mm=0.45, ambient=0.40, cavity=0.45, cavity_mm=3.2, gloss=0.015)
_BODY_PARTS = ("trunk", "arm_left", "arm_right")
_LAP_MM = ((-162.0, -20.0), (162.0, -20.0), (158.0, -420.0), (-158.0, -420.0))
"""Both thighs as one: cloth spans the gap between them."""
_BODY_FULLNESS = 0.50
_BRIDGE_MM = 28.0
_MARGIN_MM = 50.0

_THICK_MM = 1.3
_ROUND_MM = 1.1
"""Thickness of the doubled cloth at the window, and the rounding of its edge."""
_STEP_MM = 0.34
"""Height of the step where the doubling ends."""
_BAND_MM = (26.0, 40.0)
"""Out to the first distance the hem's picture is solid; at the second it has melted away."""
_UNDERLAP_MM = 10.0
"""So far from the window the coarse cloth begins, hidden under the solid hem."""
_SHADOW = 0.34
_CONTACT = 0.50


@dataclass(frozen=True)
class Crease:
    """A long fold of the cloth: a ridge with a shallow valley along its lower side.

    Attributes
    ----------
    line_mm
        Knots (out to the window's flank, up) from the window's middle; it begins at the first.
    width_mm
        Half width where it begins and where it ends.
    rise_mm
        Height.
    """

    line_mm: tuple[tuple[float, float], ...]
    width_mm: tuple[float, float]
    rise_mm: float


CREASES: Final = (
    # from the window's corners
    Crease(((46, -72), (96, -128), (150, -208), (196, -350)), (8.0, 20.0), 4.6),
    Crease(((-46, -74), (-82, -136), (-122, -224), (-158, -350)), (8.0, 20.0), 4.6),
    Crease(((-48, 68), (-98, 124), (-170, 198), (-262, 330)), (8.0, 22.0), 3.6),
    Crease(((42, 72), (82, 124), (118, 196), (140, 330)), (8.0, 18.0), 3.8),
    # over the flanks and arms
    Crease(((72, 22), (132, -20), (200, -104), (270, -350)), (10.0, 24.0), 3.8),
    Crease(((-72, -34), (-136, -88), (-206, -186), (-262, -350)), (10.0, 24.0), 3.6),
    Crease(((12, -84), (20, -150), (28, -230), (26, -350)), (9.0, 18.0), 2.6),
    Crease(((238, 260), (276, 90), (312, -90), (332, -350)), (14.0, 24.0), 4.2),
    Crease(((-286, 200), (-340, 20), (-372, -150), (-390, -350)), (15.0, 26.0), 4.2),
    Crease(((-440, 150), (-478, -30), (-504, -190), (-516, -350)), (16.0, 28.0), 4.0),
    Crease(((360, 260), (384, 120), (404, -40), (416, -350)), (16.0, 26.0), 3.4),
)
"""Folds of the drape; few, so that the eye goes to the window."""


@dataclass(frozen=True)
class DrapeImages:
    """The drape in the order it is drawn.

    Attributes
    ----------
    sheet
        Cloth over the whole frame, open a little wider than the window.
    hem
        The window's hem and the shadow it throws on the skin within.
    """

    sheet: BakedImage
    hem: BakedImage


def _fold(grid: Grid, crease: Crease, centre: Points, side: float) -> Float32:
    """Return the height ``(H, W)`` mm of one fold."""
    knots = np.asarray(crease.line_mm, dtype=np.float64) * (side, 1.0) + centre
    line = resample(smooth(knots), 400)
    across, up = np.broadcast_arrays(grid.across_mm, grid.up_mm)
    pixels = np.column_stack([across.ravel(), up.ravel()]).astype(np.float64)
    begin, end = crease.width_mm
    gap, nearest = cKDTree(line).query(pixels, distance_upper_bound=5.0 * end)
    nearest = np.minimum(nearest, len(line) - 1)
    outwards = normals(line)[nearest] * side
    flank = np.sign(np.sum((pixels - line[nearest]) * outwards, axis=1))
    share = nearest / (len(line) - 1)
    off = flank * np.minimum(gap, 5.0 * end) / (begin + (end - begin) * share)
    profile = np.exp(-(off**2)) - 0.40 * np.exp(-(((off + 1.8) / 1.25) ** 2))
    strength = smoothstep(share, 0.0, 0.34) * (1.0 - 0.9 * smoothstep(share, 0.5, 1.0))
    return np.asarray((crease.rise_mm * strength * profile).reshape(grid.shape), np.float32)


def _cloth_height(torso: Torso, grid: Grid, window: Points, creases: Sequence[Crease]) -> Float32:
    """Drape cloth over the body ``(H, W)`` mm: its shape without its hollows, and the folds."""
    relief = Relief(grid)
    for outline in (*(torso.anterior[name] for name in _BODY_PARTS), np.array(_LAP_MM)):
        relief.add_part([outline], _BODY_FULLNESS, join_mm=30.0)
    height = ndimage.gaussian_filter(relief.height, _BRIDGE_MM * grid.px_per_mm, truncate=3.0)
    centre = _middle(window)
    side = 1.0 if centre[0] >= 0 else -1.0  # which half of the belly the window is on
    for crease in creases:
        height += _fold(grid, crease, centre, side)
    return np.asarray(height, np.float32)


def _middle(window: Points) -> Points:
    """Return the middle (2,) of an outline's box."""
    middle: Points = (window.min(axis=0) + window.max(axis=0)) / 2
    return middle


def _distance(grid: Grid, window: Points, far_mm: float) -> Float32:
    """Return the distance ``(H, W)`` from the window's edge, positive on the cloth."""
    edge = resample(window, ceil(length(window, closed=True) / 0.2), closed=True)
    across, up = np.broadcast_arrays(grid.across_mm, grid.up_mm)
    pixels = np.column_stack([across.ravel(), up.ravel()]).astype(np.float64)
    found = cKDTree(edge).query(pixels, distance_upper_bound=far_mm)[0]
    gap = np.minimum(found, far_mm)
    gap[contains(window, pixels)] *= -1.0
    return np.asarray(gap.reshape(grid.shape), np.float32)


def _hem_height(gap: Float32) -> Float32:
    """Return the doubled band: a rounded edge, flat, a soft step down, ``(H, W)`` mm."""
    edge = _THICK_MM * np.sqrt(1.0 - (1.0 - np.clip(gap / _ROUND_MM, 0, 1)) ** 2)
    step = _STEP_MM * smoothstep(gap, HEM_MM - 0.7, HEM_MM + 0.9)
    return np.asarray(edge - step, np.float32)


def _shadow(grid: Grid, cloth: Float32, gap: Float32, light: Light) -> Float32:
    """Return the coverage of the shadow that the hem throws on the skin within the window."""
    right, up = light.shadow_shift_mm(2.4)
    q = grid.px_per_mm
    cast = ndimage.shift(cloth, (-up * q, right * q), order=1, mode="nearest")
    cast = ndimage.gaussian_filter(cast, 2.4 * q, truncate=2.5)
    contact = np.exp(-((np.clip(-gap, 0, None) / 0.9) ** 2))
    alpha = 1.0 - (1.0 - _SHADOW * cast) * (1.0 - _CONTACT * contact)
    alpha = alpha * smoothstep(gap, -SHADE_MM, -0.5 * SHADE_MM) * (gap < 2.0)
    return np.asarray(alpha, np.float32)


def _hem(relief: Relief, window: Points, factor: int, light: Light) -> tuple[Grid, Wash, Wash]:
    """Light the band of cloth round the window at full resolution; give it and its shadow."""
    margin = _BAND_MM[1] + 4.0 * _FINISH.cavity_mm
    patch = relief.grid.around([window], margin)
    rows, columns = patch.region
    coarse = Grid(
        relief.grid.left_mm + columns.start / relief.grid.px_per_mm,
        relief.grid.top_mm - rows.start / relief.grid.px_per_mm,
        columns.stop - columns.start,
        rows.stop - rows.start,
        relief.grid.px_per_mm,
    )
    q = coarse.px_per_mm * factor
    size = coarse.width_px * factor, coarse.height_px * factor
    grid = Grid(coarse.left_mm, coarse.top_mm, *size, q)
    gap = enlarged(_distance(coarse, window, margin), factor, order=3)
    band = Relief(grid)
    band.height = enlarged(relief.height[rows, columns], factor, order=3) + _hem_height(gap)
    lit = band.lit(_FINISH, light)
    cloth = 1.0 - fill_coverage(grid, [window])
    cover = cloth * smoothstep(gap, _BAND_MM[1], _BAND_MM[0])
    return grid, wash(cover, lit.tone, lit.shine), wash(_shadow(grid, cloth, gap, light))


def _with_margin(grid: Grid) -> tuple[Grid, Region]:
    """Return a grid of even size with room around, and where ``grid`` lies in it."""
    room = 2 * ceil(_MARGIN_MM * grid.px_per_mm / 2)
    left, top = grid.left_mm - room / grid.px_per_mm, grid.top_mm + room / grid.px_per_mm
    height, width = grid.shape
    wide = Grid(left, top, width + 2 * room, height + 2 * room, grid.px_per_mm)
    return wide, (slice(room, room + height), slice(room, room + width))


@dataclass(frozen=True)
class DrapeLight:
    """The drape before it has a colour: the pixels of its two pictures, and light on them."""

    sheet_grid: Grid
    sheet: Wash
    hem_grid: Grid
    hem: Wash
    shadow: Wash


@kept
def drape_light(
    torso: Torso,
    window: Points,
    px_per_mm: float,
    frame_mm: Box,
    light: Light,
    creases: Sequence[Crease],
) -> DrapeLight:
    """Light the drape; see `bake_drape`."""
    factor = max(ceil(px_per_mm / RELIEF_PX_PER_MM - 1e-6), 1)
    shown = Grid.covering(frame_mm, px_per_mm / factor)
    wide, inner = _with_margin(shown)
    relief = Relief(wide)
    relief.height = enlarged(_cloth_height(torso, wide.coarser(2), window, creases), 2, order=3)
    lit = relief.lit(_FINISH, light)
    outwards = _UNDERLAP_MM if signed_area(window) < 0 else -_UNDERLAP_MM
    opened = fill_coverage(shown, [offset(window, outwards, closed=True)])
    sheet = wash(1.0 - opened, lit.tone[inner], lit.shine[inner])
    return DrapeLight(shown, sheet, *_hem(relief, window, factor, light))


def bake_drape(
    torso: Torso,
    window_mm: Points,
    theme: Theme,
    px_per_mm: float,
    *,
    frame_mm: Box,
    light: Light = UPPER_LEFT,
    creases: Sequence[Crease] = CREASES,
) -> DrapeImages:
    """Bake the drape of the front view.

    Parameters
    ----------
    torso
        The body under the cloth.
    window_mm
        Closed outline ``(N, 2)`` of the opening, (patient's left, up), either way round.
    theme
        Colours: ``cloth``, and ``skin`` for the shadow.
    px_per_mm
        Scale of the hem.
    frame_mm
        ``(left, bottom, right, top)`` of what the cloth must cover.
    light
        Where the light comes from.
    creases
        The folds.

    Raises
    ------
    ValueError
        If the frame is empty or the scale is not positive.
    """
    window = np.asarray(window_mm, dtype=np.float64)
    found = drape_light(torso, window, px_per_mm, frame_mm, light, tuple(creases))
    cloth, shadow = drape_ramp(theme), Ramp.even(under_skin_shadow(theme))
    return DrapeImages(
        painted(found.sheet_grid, [(found.sheet, cloth)]),
        painted(found.hem_grid, [(found.shadow, shadow), (found.hem, cloth)]),
    )
