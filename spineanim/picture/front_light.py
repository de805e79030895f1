"""The trunk from the front as light on skin and shorts, before it has a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from spineanim.geometry.torso import Torso
from spineanim.picture.figure import (
    Crop,
    Surface,
    blank_relief,
    edge_share,
    grids,
    inner_cover,
    lit_surface,
)
from spineanim.picture.kept import kept
from spineanim.picture.marks import Mark, model_marks
from spineanim.picture.raster import Box, Float32, Grid, Points, Region, fill_coverage
from spineanim.picture.relief import CLOTH, SKIN, Light, Relief
from spineanim.picture.skin_marks import FRONT, NAVEL, SHORTS
from spineanim.picture.wash import Cover, Wash, rounded, wash

_PARTS = ("trunk", "thigh_left", "thigh_right", "arm_left", "arm_right")
_DEEP = 0.46
_DRAPE_MM = 10.0
_ARM_JOIN_MM = 15.3
_THIGH_JOIN_MM = 21.9

# Between the thighs (mm of the view) the shorts are cut by the body, not by their own outline.
_CROTCH_HALF_WIDTH_MM = 45.0
_CROTCH_TOP_MM = -100.0
_HEM_MM = -255.0


def _front_relief(torso: Torso, grid: Grid, factor: int) -> tuple[Relief, Region]:
    """Blow up the trunk, thighs and arms; return the relief and the part to show."""
    relief, shown = blank_relief(grid, factor)
    relief.add_part([torso.anterior["trunk"]], 0.66)
    for side in ("left", "right"):
        relief.add_part([torso.anterior[f"thigh_{side}"]], 0.82, _THIGH_JOIN_MM)
    for side in ("left", "right"):
        relief.add_part([torso.anterior[f"arm_{side}"]], 0.98, _ARM_JOIN_MM)
    return relief, shown


def _front_cloth(torso: Torso, body: Relief) -> Relief:
    """Drape the shorts over the bare shape of the body: cloth bridges its folds."""
    cloth = Relief(body.grid)
    cloth.height = body.height.copy()
    for side in (1.0, -1.0):
        cloth.blob((side * 26.0, -140.0), (42.0, 46.0), 9.0)
    soft = _DRAPE_MM * body.grid.px_per_mm
    cloth.height = ndimage.gaussian_filter(cloth.height, soft, truncate=3.0)
    cloth.mask = fill_coverage(body.grid, [torso.anterior["shorts"]])
    model_marks(cloth, SHORTS)
    return cloth


def _shorts_cover(outline: Points, grid: Grid, silhouette: Float32) -> Float32:
    """Return where the shorts lie; between the thighs they end with the body."""
    cover = fill_coverage(grid, [outline])
    between = np.abs(grid.across_mm) < _CROTCH_HALF_WIDTH_MM
    between = between & (grid.up_mm < _CROTCH_TOP_MM) & (grid.up_mm > _HEM_MM)
    return np.where(between, silhouette, cover)


def _bare_cover(silhouette: Float32, cloth_cover: Float32, px_per_mm: float) -> Float32:
    """Return where skin is bare, and a little way under the edge of the shorts.

    Further under them there is no skin: where both fade, it would shine through the cloth.
    """
    reach = 2 * max(round(2.5 * px_per_mm), 1) + 1
    covered = ndimage.minimum_filter(np.maximum(cloth_cover, 1.0 - silhouette), reach)
    return np.asarray(silhouette * (1.0 - np.minimum(covered, cloth_cover)), np.float32)


def _front_window(grid: Grid) -> Float32:
    """Return how far skin opens on what lies beneath: 1 over the trunk, 0 at its edges."""
    off = np.clip(np.abs(grid.across_mm) - 100.0, 0, None) / 36.0
    rise = np.clip((467.0 - grid.up_mm) / 88.0, 0, 1) * np.clip((grid.up_mm + 190.0) / 110.0, 0, 1)
    return np.asarray(np.exp(-(off**2)) * rise, np.float32)


def _bone_strength(grid: Grid) -> Float32:
    """Return how strongly bones show: most in the lumbar spine."""
    middle = np.exp(-((grid.across_mm / 31.0) ** 4)) * np.clip((313.0 - grid.up_mm) / 88.0, 0, 1)
    return np.asarray(0.72 + 0.18 * middle, np.float32)


@dataclass(frozen=True)
class FrontLight:
    """The skin and shorts from the front before they have a colour.

    Attributes
    ----------
    grid
        Pixels of all washes.
    skin, shorts
        Light on skin and cloth.
    skin_veil
        Light on the skin where it lies over the inside again, without the navel: its dimple
        would look like a hole in the bones.
    shorts_veil
        Coverage of the same cloth where it lies over the inside again.
    """

    grid: Grid
    skin: Wash
    shorts: Wash
    skin_veil: Wash
    shorts_veil: Cover


@kept
def front_light(
    torso: Torso, px_per_mm: float, window_mm: Box, light: Light, crop: Crop, marks: Sequence[Mark]
) -> FrontLight:
    """Light the trunk and arms from the front; see `anterior_body`."""
    outlines = [torso.anterior[name] for name in _PARTS]
    cloth_outline = torso.anterior["shorts"]
    grid, factor = grids(window_mm, px_per_mm, [*outlines, cloth_outline])
    relief, shown = _front_relief(torso, grid, factor)
    cloth_relief = _front_cloth(torso, relief)
    # How far skin veils the inside depends on the body's large form alone: a steep little hollow
    # such as the navel would show as a smear on the bones.
    form = lit_surface(relief, shown, factor, SKIN, light)
    model_marks(relief, [*FRONT, *marks])
    smooth = lit_surface(relief, shown, factor, SKIN, light)
    model_marks(relief, NAVEL)
    skin = lit_surface(relief, shown, factor, SKIN, light)
    cloth = lit_surface(cloth_relief, shown, factor, CLOTH, light)
    fade = crop.opacity(grid.up_mm)
    silhouette = fill_coverage(grid, outlines)
    cloth_cover = _shorts_cover(cloth_outline, grid, silhouette)
    bare = _bare_cover(silhouette, cloth_cover, px_per_mm)
    return FrontLight(
        grid,
        wash(bare * fade, skin.tone, skin.shine),
        wash(cloth_cover * fade, cloth.tone, cloth.shine),
        wash(_skin_veil(form, bare) * fade, smooth.tone, smooth.shine),
        rounded(_shorts_veil(cloth, cloth_cover) * fade),
    )


def _skin_veil(form: Surface, bare: Float32) -> Float32:
    """Return the coverage of skin over the inside: almost clear where it faces the viewer."""
    return inner_cover(bare) * (0.26 + 0.74 * edge_share(form.grazing, 1.25, 1.5))


def _shorts_veil(cloth: Surface, cover: Float32) -> Float32:
    """Return the coverage of thin cloth over the inside: the pelvis shimmers through."""
    return inner_cover(cover) * (0.64 + 0.36 * edge_share(cloth.grazing, 1.3, 1.2))


@dataclass(frozen=True)
class InsideLight:
    """What shows of the inside before it has a colour.

    Attributes
    ----------
    grid
        Pixels of the picture.
    body
        Coverage of the body.
    deep
        The tint of the inside.
    bones
        How strongly bones show.
    """

    grid: Grid
    body: Cover
    deep: Wash
    bones: Cover


@kept
def inside_light(torso: Torso, px_per_mm: float, window_mm: Box, crop: Crop) -> InsideLight:
    """Say where and how strongly the inside shows from the front."""
    outlines = [torso.anterior[name] for name in _PARTS]
    grid, _ = grids(window_mm, px_per_mm, outlines)
    body = fill_coverage(grid, outlines) * crop.opacity(grid.up_mm)
    window = _front_window(grid)
    under_cloth = fill_coverage(grid, [torso.anterior["shorts"]])
    deep = wash(body * window * (_DEEP - 0.24 * under_cloth))
    shown = body * np.sqrt(window) * _bone_strength(grid)
    return InsideLight(grid, rounded(body), deep, rounded(shown))
