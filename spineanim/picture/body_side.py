"""The baked sprite of the trunk from the patient's left: skin, layers, bones, veil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.geometry.layout import rotation
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.figure import (
    Crop,
    blank_relief,
    bones_with_shadow,
    edge_share,
    grids,
    inner_cover,
    lit_surface,
)
from spineanim.picture.image import BakedImage, baked, enlarged, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.marks import Carry, Mark, model_marks
from spineanim.picture.ramp import (
    Ramp,
    deep_colour,
    lobule_ramp,
    mix,
    skin_ramp,
    under_skin_shadow,
)
from spineanim.picture.raster import Box, Float32, Grid, Points, Region, fill_coverage
from spineanim.picture.relief import SKIN, UPPER_LEFT, Light, Relief
from spineanim.picture.skeleton import bake_side_skeleton, with_spine
from spineanim.picture.skin_marks import SIDE
from spineanim.picture.soft_tissue import (
    fascia_cover,
    fat_cover,
    lobule_tone,
    measure_under_skin,
    muscle_cover,
)
from spineanim.picture.wash import Cover, Wash, painted, rounded, wash

SIDE_CROP = Crop(top_mm=405.0, bottom_mm=-200.0, top_soft_mm=92.0, bottom_soft_mm=92.0)
"""From the upper chest to the upper thigh, in the heights of the standing body."""

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


@dataclass(frozen=True)
class LateralBody:
    """The trunk from the patient's left (belly on the left), in the order it is drawn.

    Draw the column and all that lies inside the body between ``bones`` and ``veil``; fat and
    fascia lie over the veil, like a cut edge.
    """

    skin: BakedImage
    muscle: BakedImage
    bones: BakedImage
    veil: BakedImage
    fat: BakedImage
    fascia: BakedImage


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


def lateral_body(
    torso: Torso,
    spine: Spine,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    rotation_deg: float = 0.0,
    light: Light = UPPER_LEFT,
    crop: Crop = SIDE_CROP,
    marks: Sequence[Mark] = (),
) -> LateralBody:
    """Bake the trunk from the patient's left.

    Parameters
    ----------
    torso, spine
        Skin outlines of the standing body, and the spine that they follow.
    theme
        Colours: ``skin``, ``fat``, ``fascia``, ``muscle``, and those of the bones.
    px_per_mm
        Scale of the pictures.
    window_mm
        ``(left, bottom, right, top)`` of what will be seen: y to the back, z up. Only the part
        that the body reaches is baked, on the window's own pixels.
    rotation_deg
        How far the scene will turn the pictures counter-clockwise; 90 lays the head to the left.
    light
        Where the light comes from in the final picture, after turning.
    crop
        Where the body fades out, in heights of the standing body; it moves with the bend.
    marks
        More modelling of the skin, in places of the standing body.

    Raises
    ------
    ValueError
        If the window is empty or the scale is not positive.
    """
    light = light.turned(-rotation_deg)
    found = side_light(torso, spine, px_per_mm, window_mm, light, crop, tuple(marks))
    skin, rgb = skin_ramp(theme), theme.rgb
    band = Ramp.even(mix(rgb("muscle.light"), rgb("muscle.base"), 0.5))
    deep = Ramp.even(deep_colour(theme))
    return LateralBody(
        skin=painted(found.grid, [(found.skin, skin)]),
        muscle=painted(found.grid, [(found.deep, deep), (found.muscle, band)]),
        bones=_side_bones(found.grid, found.body, spine, theme, light, -rotation_deg),
        veil=painted(found.grid, [(found.skin.covering(found.skin_veil), skin)]),
        fat=painted(found.grid, [(found.fat, lobule_ramp(theme))]),
        fascia=painted(found.grid, [(found.fascia, Ramp.even(rgb("fascia.light")))]),
    )


def _side_bones(
    grid: Grid, body: Cover, spine: Spine, theme: Theme, light: Light, lamp_deg: float
) -> BakedImage:
    """Return the bones with their shadow, as strong as they shimmer through the skin."""
    cover = body * np.float32(1 / 255)
    bones = bake_side_skeleton(grid, with_spine(spine), theme, lamp_deg)
    bones *= cover[..., None] * np.float32(0.72)
    return baked(bones_with_shadow(bones, grid, cover, under_skin_shadow(theme), light), grid)


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
