"""The trunk from the side as light on skin and tissue, before it has a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from spineanim.geometry.layout import rotation
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.figure import (
    Crop,
    blank_relief,
    edge_share,
    grids,
    inner_cover,
    lit_surface,
)
from spineanim.picture.image import enlarged, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.marks import Carry, Mark, model_marks
from spineanim.picture.raster import Box, Float32, Grid, Points, Region, fill_coverage
from spineanim.picture.relief import SKIN, Light, Relief
from spineanim.picture.skin_marks import SIDE
from spineanim.picture.soft_tissue import (
    fascia_cover,
    fat_cover,
    lobule_tone,
    measure_under_skin,
    muscle_cover,
)
from spineanim.picture.wash import Cover, Wash, rounded, wash

_ROUNDED_MM = 8.0
_OPENING_MM = 13.6


@dataclass(frozen=True)
class SideCarry:
    """How the parts of the trunk follow a bent spine.

    Attributes
    ----------
    trunk
        Moves the skin of the trunk.
    pelvis
        Moves the thighs, rigidly.
    """

    trunk: Carry
    pelvis: Carry


def _carry_of(spine: Spine, rest: Spine) -> SideCarry:
    """Return how trunk and pelvis follow a spine from the rest pose."""
    new, old = spine.frame("S1"), rest.frame("S1")
    turn = rotation(new.middle_tilt_deg - old.middle_tilt_deg)

    def pelvis(points: Points) -> Points:
        moved: Points = new.centre + (np.asarray(points) - old.centre) @ turn
        return moved

    return SideCarry(trunk=lambda points: spine.carry(points, rest), pelvis=pelvis)


def _fade(crop: Crop, carry: SideCarry, grid: Grid) -> Float32:
    """Return the opacity left by the crop, whose edges turn with the body."""
    opacity = np.ones(grid.shape, np.float32)
    for height, soft, move in (
        (crop.top_mm, -crop.top_soft_mm, carry.trunk),
        (crop.bottom_mm, crop.bottom_soft_mm, carry.pelvis),
    ):
        end, inside = move(np.array([(0.0, height), (0.0, height + soft)]))
        inward = (inside - end) / np.linalg.norm(inside - end)
        depth = (grid.across_mm - end[0]) * inward[0] + (grid.up_mm - end[1]) * inward[1]
        opacity *= smoothstep(depth, 0.0, abs(soft))
    return opacity


def _side_relief(
    outlines: list[Points], carry: SideCarry, grid: Grid, factor: int, marks: Sequence[Mark]
) -> tuple[Relief, Region]:
    """Model the trunk and the thigh; return the relief and the part to show."""
    relief, shown = blank_relief(grid, factor)
    relief.add_part(outlines, 0.82, rounded_mm=_ROUNDED_MM)
    model_marks(relief, [*SIDE, *marks], carry.trunk)
    return relief, shown


@dataclass(frozen=True)
class SideLight:
    """The trunk from the side before it has a colour.

    Attributes
    ----------
    grid
        Pixels of all washes.
    body
        Coverage of the body.
    skin, skin_veil
        Light on the skin, and its coverage where it lies over the inside again.
    deep, muscle, fat, fascia
        Tint of the inside, muscle under the fascia, lobules, the fascia's line.
    """

    grid: Grid
    body: Cover
    skin: Wash
    skin_veil: Cover
    deep: Wash
    muscle: Wash
    fat: Wash
    fascia: Wash


@kept
def side_light(
    torso: Torso,
    spine: Spine,
    px_per_mm: float,
    window_mm: Box,
    light: Light,
    crop: Crop,
    marks: Sequence[Mark],
) -> SideLight:
    """Light the trunk from the side; see `lateral_body`. The light is that of the picture."""
    carry = _carry_of(spine, Spine(stature_factor=spine.stature_factor))
    rest = [torso.lateral[name] for name in ("trunk", "thigh")]
    posed = [carry.trunk(rest[0]), carry.pelvis(rest[1])]
    grid, factor = grids(window_mm, px_per_mm, posed)
    relief, shown = _side_relief(posed, carry, grid, factor, marks)
    skin = lit_surface(relief, shown, factor, SKIN, light)
    under = measure_under_skin(grid.coarser(factor), rest, posed).enlarged(factor)
    cover, fade = under.body_cover(px_per_mm), _fade(crop, carry, grid)
    alpha, fat = cover * fade, fat_cover(under)
    return SideLight(
        grid,
        rounded(alpha),
        wash(alpha, skin.tone, skin.shine),
        rounded(inner_cover(cover) * fade * (0.10 + 0.85 * edge_share(skin.grazing, 1.2, 1.6))),
        wash(alpha * _opening(posed, grid, factor) * 0.42),
        wash(alpha * muscle_cover(under) * 0.55),
        wash(alpha * fat * 0.86, lobule_tone(under, fat, light)),
        wash(alpha * fascia_cover(under) * 0.65),
    )


def _opening(posed: list[Points], grid: Grid, factor: int) -> Float32:
    """Return how far the body opens on what lies beneath, falling to 0 towards its outline."""
    coarse = grid.coarser(factor)
    wide = coarse.grown_to(_grown(coarse.box_mm, 3.0 * _OPENING_MM))
    mask = fill_coverage(wide.grid, posed)
    blurred = ndimage.gaussian_filter(mask, _OPENING_MM * coarse.px_per_mm, truncate=3.0)
    return enlarged(blurred[wide.inner] ** 6, factor)


def _grown(box: Box, margin: float) -> Box:
    """Return a box with a margin on every side."""
    left, bottom, right, top = box
    return left - margin, bottom - margin, right + margin, top + margin
