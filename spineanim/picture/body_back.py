"""The baked sprite of the trunk from behind: skin, deep tint, bones, veil, shorts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import POSTERIOR
from spineanim.geometry.body import Body
from spineanim.geometry.parts import Part
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.back_light import back_light
from spineanim.picture.colouring import painted
from spineanim.picture.figure import Crop, bones_with_shadow
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage, baked
from spineanim.picture.kept import kept
from spineanim.picture.kept_tones import fresh_tones
from spineanim.picture.ramp import Ramp, clothes_ramp, deep_colour, skin_ramp, under_skin_shadow
from spineanim.picture.raster import Box, Grid
from spineanim.picture.recall import is_kept
from spineanim.picture.relief import UPPER_LEFT
from spineanim.picture.skeleton import coloured_on, with_spine
from spineanim.picture.tones import Finish, Tones

BACK_CROP: Final = Crop(top_mm=532.0, bottom_mm=-150.0, top_soft_mm=70.0, bottom_soft_mm=80.0)
"""From the neck to below the seat."""

_WITHIN: Final = 0.09
"""How much bones take the colour of the tissue they lie in."""
_FINISH: Final = Finish(2, depth_shade=1.25, line=1.5, ambient=0.40, grain=0.5)


@dataclass(frozen=True)
class PosteriorBody:
    """The trunk and arms from behind, in the order they are drawn.

    ``deep`` belongs to ``bones``: fade both together. What lies inside the body goes between
    ``bones`` and ``veil``; ``shorts`` cover all.
    """

    skin: BakedImage
    deep: BakedImage
    bones: BakedImage
    veil: BakedImage
    shorts: BakedImage


def back_bones(body: Body) -> tuple[Part, ...]:
    """Bones of the trunk that the view from behind shows."""
    hidden = ("clavicle", "sternum", "manubrium", "costal", "C1", "C2", "C3", "C4")
    cage = [part for part in body.cage if not part.name.startswith(hidden)]
    column = [part for part in body.column if part.name not in hidden]
    discs = [part for part in body.discs if not part.name.startswith(("C2", "C3", "C4"))]
    return (*discs, *column, *body.pelvis, *cage)


def _receding(body: Body) -> Finish:
    """Choose that the front halves of the ribs, which lie far behind, are not seen."""
    ribs = [part for part in body.cage if part.name.startswith("rib_")]
    depth = POSTERIOR.nearness(np.concatenate([part.bounds.corners for part in ribs]))
    near, far = float(depth.max()), float(depth.min())
    return replace(
        _FINISH,
        receding=("rib_", "hip"),
        recede_mm=(near + (far - near) * 0.12, near + (far - near) * 0.55),
    )


@kept
def _bone_tones(grid: Grid, body: Body) -> Tones:
    fine = POSTERIOR.at_scale(grid.px_per_mm * _FINISH.oversample)
    return fresh_tones(back_bones(body), fine, _receding(body), window_mm=grid.box_mm)


def _bones_near(grid: Grid, body: Body) -> Tones:
    """Light the bones; in haste those of a window shown before will do, as far as it reached."""
    about = ("bones from behind", body, grid.px_per_mm)
    if not in_haste() or is_kept(_bone_tones, grid, body):
        hold(grid, *about)
        return _bone_tones(grid, body)
    before = cast(Grid | None, former(*about))
    if before is None or not is_kept(_bone_tones, before, body):
        return _bone_tones(grid, body)
    roughened()
    return _bone_tones(before, body)


def posterior_body(
    torso: Torso,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    spine: Spine | None = None,
    crop: Crop = BACK_CROP,
) -> PosteriorBody:
    """Bake the trunk and arms from behind.

    Parameters
    ----------
    torso
        Skin outlines.
    theme
        Colours: ``skin``, ``cloth``, and those of the bones.
    px_per_mm
        Scale of the pictures.
    window_mm
        ``(left, bottom, right, top)`` of what will be seen: x to the patient's right, z up.
    spine
        The column among the bones; standing by default.
    crop
        Where the body fades out.

    Raises
    ------
    ValueError
        If the window is empty or the scale is not positive.
    """
    lit = back_light(torso, px_per_mm, window_mm, crop)
    skin = skin_ramp(theme)
    bones = coloured_on(_bones_near(lit.grid, with_spine(spine or Spine())), lit.grid, theme)
    within = np.asarray(deep_colour(theme), np.float32) * np.float32(_WITHIN)
    bones[..., :3] = bones[..., :3] * np.float32(1 - _WITHIN) + bones[..., 3:] * within
    bones *= (lit.bones * np.float32(1 / 255))[..., None]
    body = lit.body * np.float32(1 / 255)
    shaded = bones_with_shadow(bones, lit.grid, body, under_skin_shadow(theme), UPPER_LEFT)
    return PosteriorBody(
        skin=painted(lit.grid, [(lit.skin, skin)]),
        deep=painted(lit.grid, [(lit.deep, Ramp.even(deep_colour(theme)))]),
        bones=baked(shaded, lit.grid),
        veil=painted(lit.grid, [(lit.veil, skin)]),
        shorts=painted(lit.grid, [(lit.shorts, clothes_ramp(theme))]),
    )
