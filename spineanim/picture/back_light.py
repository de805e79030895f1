"""Skin and cloth of the trunk from behind, lit but not yet coloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from spineanim.geometry.torso import Torso
from spineanim.picture.back_marks import BACK, SHORTS_BACK, SHORTS_OUTLINE
from spineanim.picture.figure import Crop, blank_relief, edge_share, grids, inner_cover, lit_surface
from spineanim.picture.kept import kept
from spineanim.picture.marks import model_marks
from spineanim.picture.raster import Box, Float32, Grid, Points, fill_coverage
from spineanim.picture.relief import CLOTH, SKIN, UPPER_LEFT, Relief
from spineanim.picture.wash import Cover, Wash, rounded, wash

_ARM_JOIN_MM: Final = 15.3
_THIGH_JOIN_MM: Final = 21.9
_DRAPE_MM: Final = 10.0
_DEEP: Final = 0.40
"""Strength of the tint of the inside."""
_SPINE_HALF_MM: Final = 82.0
_WINDOW_MM: Final = (360.0, 240.0, -30.0, 40.0)
"""Skin opens over the column: half width, and heights between which it begins and ends to."""
_BONES_SEEN: Final = 0.66


@dataclass(frozen=True)
class BackLight:
    """Skin, veil and shorts before they have a colour, and where the inside shows."""

    grid: Grid
    skin: Wash
    veil: Wash
    shorts: Wash
    body: Cover
    deep: Wash
    bones: Cover


def outlines(torso: Torso) -> dict[str, Points]:
    """Return closed outlines (N, 2) of the view from behind, patient's right on the right.

    Keys: ``trunk`` with neck, ``thigh_left`` and so on, ``shorts``.
    """
    found = {
        name: np.asarray(torso.anterior[name]) * (-1.0, 1.0)
        for name in ("trunk", "thigh_left", "thigh_right", "arm_left", "arm_right")
    }
    half = np.array(SHORTS_OUTLINE)
    found["shorts"] = np.vstack([half, (half * (-1.0, 1.0))[::-1][1:-1]])
    return found


@kept
def back_light(torso: Torso, px_per_mm: float, window_mm: Box, crop: Crop) -> BackLight:
    """Light the trunk and arms from behind; see `posterior_body`."""
    shapes = outlines(torso)
    body_shapes = [each for name, each in shapes.items() if name != "shorts"]
    grid, factor = grids(window_mm, px_per_mm, body_shapes)
    relief, shown = blank_relief(grid, factor)
    relief.add_part([shapes["trunk"]], 0.66)
    for name, height, join in (("thigh", 0.82, _THIGH_JOIN_MM), ("arm", 0.98, _ARM_JOIN_MM)):
        for side in ("left", "right"):
            relief.add_part([shapes[f"{name}_{side}"]], height, join)
    model_marks(relief, BACK)
    skin = lit_surface(relief, shown, factor, SKIN, UPPER_LEFT)
    cloth = lit_surface(_cloth(shapes["shorts"], relief), shown, factor, CLOTH, UPPER_LEFT)
    fade = crop.opacity(grid.up_mm)
    silhouette = fill_coverage(grid, body_shapes)
    trunk = fill_coverage(grid, [shapes["trunk"], shapes["thigh_left"], shapes["thigh_right"]])
    covered = fill_coverage(grid, [shapes["shorts"]]) * trunk
    seen = _window(grid)
    bare = _bare(silhouette, covered, px_per_mm)
    veil = inner_cover(bare) * (0.20 + 0.80 * edge_share(skin.grazing, 1.25, 1.5))
    return BackLight(
        grid,
        wash(bare * fade, skin.tone, skin.shine),
        wash(veil * fade, skin.tone, skin.shine),
        wash(covered * fade, cloth.tone, cloth.shine),
        rounded(silhouette * fade),
        wash(silhouette * fade * seen * _DEEP),
        rounded(silhouette * fade * np.sqrt(seen) * _BONES_SEEN),
    )


def _bare(silhouette: Float32, covered: Float32, px_per_mm: float) -> Float32:
    """Return where skin is bare, and a little under the edge of the shorts.

    Where both fade, skin further under them would shine through the cloth.
    """
    reach = 2 * max(round(2.5 * px_per_mm), 1) + 1
    deep = ndimage.minimum_filter(np.maximum(covered, 1.0 - silhouette), reach)
    return np.asarray(silhouette * (1.0 - np.minimum(deep, covered)), np.float32)


def _cloth(outline: Points, body: Relief) -> Relief:
    """Drape the shorts over the bare shape: cloth bridges its folds."""
    cloth = Relief(body.grid)
    soft = _DRAPE_MM * body.grid.px_per_mm
    cloth.height = ndimage.gaussian_filter(body.height, soft, truncate=3.0)
    cloth.mask = np.minimum(fill_coverage(body.grid, [outline]), body.mask)
    model_marks(cloth, SHORTS_BACK)
    return cloth


def _window(grid: Grid) -> Float32:
    """Return how far skin opens on what lies beneath, 0 to 1."""
    top, full_top, bottom, full_bottom = _WINDOW_MM
    off = np.exp(-((grid.across_mm / _SPINE_HALF_MM) ** 4))
    rise = np.clip((top - grid.up_mm) / (top - full_top), 0, 1)
    rise = rise * np.clip((grid.up_mm - bottom) / (full_bottom - bottom), 0, 1)
    return np.asarray(off * rise, np.float32)
