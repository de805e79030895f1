"""The baked sprite of the trunk from the side: skin, layers, bones, veil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, View
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.carried import carried_image
from spineanim.picture.colouring import painted
from spineanim.picture.figure import Crop, bones_with_shadow
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage, baked
from spineanim.picture.marks import Mark
from spineanim.picture.other_side import side_skeleton_from
from spineanim.picture.ramp import Ramp, deep_colour, lobule_ramp, mix, skin_ramp, under_skin_shadow
from spineanim.picture.raster import Box
from spineanim.picture.recall import is_kept
from spineanim.picture.relief import UPPER_LEFT, Light
from spineanim.picture.side_light import SideLight, side_light
from spineanim.picture.side_mirror import seen_from_left, side_light_from
from spineanim.picture.skeleton import _side_tones, with_spine

SIDE_CROP = Crop(top_mm=405.0, bottom_mm=-200.0, top_soft_mm=92.0, bottom_soft_mm=92.0)
"""From the upper chest to the upper thigh, in the heights of the standing body."""


@dataclass(frozen=True)
class LateralBody:
    """The trunk from the side, in the order it is drawn.

    Draw the column and all that lies inside the body between ``bones`` and ``veil``; fat and
    fascia lie over the veil, like a cut edge.
    """

    skin: BakedImage
    muscle: BakedImage
    bones: BakedImage
    veil: BakedImage
    fat: BakedImage
    fascia: BakedImage


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
    view: View = LATERAL_LEFT,
) -> LateralBody:
    """Bake the trunk from the side, its belly on the left seen from the patient's left.

    Parameters
    ----------
    torso, spine
        Skin outlines of the standing body, and the spine that they follow.
    theme
        Colours: ``skin``, ``fat``, ``fascia``, ``muscle``, and those of the bones.
    px_per_mm
        Scale of the pictures.
    window_mm
        ``(left, bottom, right, top)`` of what will be seen, in the view's plane. Only the part
        that the body reaches is baked, on the window's own pixels.
    rotation_deg
        How far the scene will turn the pictures counter-clockwise; 90 lays the head to the left.
    light
        Where the light comes from in the final picture, after turning.
    crop
        Where the body fades out, in heights of the standing body; it moves with the bend.
    marks
        More modelling of the skin, in places of the standing body.
    view
        `LATERAL_LEFT` or `LATERAL_RIGHT`.

    Raises
    ------
    ValueError
        If the window is empty or the scale is not positive.
    """
    asked = _Asked(torso, px_per_mm, window_mm, rotation_deg, light, crop, tuple(marks), view)
    before = cast(Spine | None, former("side", asked))
    if in_haste() and before is not None and not _is_ready(asked, spine):
        if _is_ready(asked, before):
            roughened()
            return _carried(_drawn(asked, before, theme), before, spine, view)
    elif before != spine and (not in_haste() or _is_ready(asked, spine)):
        hold(spine, "side", asked)
    return _drawn(asked, spine, theme)


@dataclass(frozen=True)
class _Asked:
    """What `lateral_body` is asked for, but for the spine and the colours."""

    torso: Torso
    px_per_mm: float
    window_mm: Box
    rotation_deg: float
    light: Light
    crop: Crop
    marks: tuple[Mark, ...]
    view: View

    @property
    def lamp(self) -> Light:
        """The light before the picture is turned."""
        return self.light.turned(-self.rotation_deg)

    def lit(self, spine: Spine) -> SideLight:
        """Light the trunk."""
        return side_light_from(
            self.view, self.torso, spine, self.px_per_mm, self.window_mm, self.lamp, self.crop,
            self.marks,
        )  # fmt: skip


def _is_ready(asked: _Asked, spine: Spine) -> bool:
    """Tell whether skin and bones of a spine are kept as a film has them."""
    box, lamp = seen_from_left(asked.view, asked.window_mm, asked.lamp)
    given = (asked.torso, spine, asked.px_per_mm, box, lamp, asked.crop, asked.marks)
    if not is_kept(side_light, *given):
        return False
    grid = asked.lit(spine).grid
    # asked for here, as what stands in that module bakes anew
    return is_kept(_side_tones, grid, with_spine(spine), asked.view, -asked.rotation_deg)


def _carried(body: LateralBody, before: Spine, now: Spine, view: View) -> LateralBody:
    """Carry all layers along with the spine."""
    layers = {each.name: getattr(body, each.name) for each in fields(body)}
    return LateralBody(
        **{name: carried_image(image, before, now, view) for name, image in layers.items()}
    )


def _drawn(asked: _Asked, spine: Spine, theme: Theme) -> LateralBody:
    """Colour what is lit, and what is kept of it."""
    found = asked.lit(spine)
    skin, rgb = skin_ramp(theme), theme.rgb
    band = Ramp.even(mix(rgb("muscle.light"), rgb("muscle.base"), 0.5))
    deep = Ramp.even(deep_colour(theme))
    return LateralBody(
        skin=painted(found.grid, [(found.skin, skin)]),
        muscle=painted(found.grid, [(found.deep, deep), (found.muscle, band)]),
        bones=_side_bones(found, spine, theme, asked.view, asked.lamp, -asked.rotation_deg),
        veil=painted(found.grid, [(found.skin.covering(found.skin_veil), skin)]),
        fat=painted(found.grid, [(found.fat, lobule_ramp(theme))]),
        fascia=painted(found.grid, [(found.fascia, Ramp.even(rgb("fascia.light")))]),
    )


def _side_bones(
    found: SideLight, spine: Spine, theme: Theme, view: View, light: Light, lamp_deg: float
) -> BakedImage:
    """Return the bones with their shadow, as strong as they shimmer through the skin."""
    grid, cover = found.grid, found.body * np.float32(1 / 255)
    bones = side_skeleton_from(view, grid, with_spine(spine), theme, lamp_deg)
    bones *= cover[..., None] * np.float32(0.72)
    return baked(bones_with_shadow(bones, grid, cover, under_skin_shadow(theme), light), grid)
