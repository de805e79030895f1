"""The baked sprite of the trunk from the front: skin, shorts, deep tint, bones, veil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.colouring import painted
from spineanim.picture.figure import Crop, bones_with_shadow
from spineanim.picture.front_light import InsideLight, front_light, inside_light
from spineanim.picture.image import BakedImage, baked
from spineanim.picture.marks import Mark
from spineanim.picture.ramp import Ramp, clothes_ramp, deep_colour, skin_ramp, under_skin_shadow
from spineanim.picture.raster import Box
from spineanim.picture.relief import UPPER_LEFT, Light
from spineanim.picture.skeleton import bake_front_skeleton, with_spine

_WITHIN = 0.09
"""How much bones take the colour of the tissue they lie in."""

FRONT_CROP = Crop(top_mm=528.0, bottom_mm=-190.0, top_soft_mm=66.0, bottom_soft_mm=66.0)
"""From below the chin to the middle of the thighs."""


@dataclass(frozen=True)
class AnteriorBody:
    """The trunk and arms from the front, in the order they are drawn.

    ``deep`` is the warm tint of what lies under the skin and belongs to ``bones``: fade both
    together. Draw what lies inside the body between ``bones`` and ``veil``.
    """

    skin: BakedImage
    shorts: BakedImage
    deep: BakedImage
    bones: BakedImage
    veil: BakedImage


def _front_bones(inside: InsideLight, spine: Spine, theme: Theme, light: Light) -> BakedImage:
    """Return the bones with their shadow, as strong as they shimmer through the skin."""
    bones = bake_front_skeleton(inside.grid, with_spine(spine), theme)
    within = np.asarray(deep_colour(theme), np.float32) * np.float32(_WITHIN)
    bones[..., :3] = bones[..., :3] * np.float32(1 - _WITHIN) + bones[..., 3:] * within
    bones *= (inside.bones * np.float32(1 / 255))[..., None]
    body = inside.body * np.float32(1 / 255)
    shadow = under_skin_shadow(theme)
    return baked(bones_with_shadow(bones, inside.grid, body, shadow, light), inside.grid)


def anterior_body(
    torso: Torso,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    spine: Spine | None = None,
    light: Light = UPPER_LEFT,
    crop: Crop = FRONT_CROP,
    marks: Sequence[Mark] = (),
    inside_px_per_mm: float | None = None,
) -> AnteriorBody:
    """Bake the trunk and arms from the front.

    Parameters
    ----------
    torso
        Skin outlines.
    theme
        Colours: ``skin``, ``cloth``, and those of the bones.
    px_per_mm
        Scale of the pictures.
    window_mm
        ``(left, bottom, right, top)`` of what will be seen: x to the patient's left, z up. The
        pictures cover the part of it that the body reaches, on the window's own pixels.
    spine
        The column among the bones; standing by default.
    light
        Where the light comes from.
    crop
        Where the body fades out.
    marks
        More modelling of the skin, such as the mound over a pump.
    inside_px_per_mm
        Scale of the deep tint and the bones, if they are never seen as near as the skin.

    Raises
    ------
    ValueError
        If the window is empty or the scale is not positive.
    """
    found = front_light(torso, px_per_mm, window_mm, light, crop, tuple(marks))
    inside = inside_light(torso, inside_px_per_mm or px_per_mm, window_mm, crop)
    skin, cloth = skin_ramp(theme), clothes_ramp(theme)
    veil = (
        (found.skin_veil, skin),
        (found.shorts.covering(found.shorts_veil), cloth),
    )
    return AnteriorBody(
        skin=painted(found.grid, [(found.skin, skin)]),
        shorts=painted(found.grid, [(found.shorts, cloth)]),
        deep=painted(inside.grid, [(inside.deep, Ramp.even(deep_colour(theme)))]),
        bones=_front_bones(inside, spine or Spine(), theme, light),
        veil=painted(found.grid, veil),
    )
