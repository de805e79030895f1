"""The baked sprite of a person who lies on the side, seen from the side that lies uppermost.

Head and trunk are skin, modelled and lit as in the other pictures; legs and hair are under
cloth. Over the loin the bones shimmer through.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.body import Body
from spineanim.geometry.parts import Part
from spineanim.geometry.spine import Spine
from spineanim.picture.colouring import lay_over
from spineanim.picture.figure import bones_with_shadow
from spineanim.picture.image import BakedImage, baked, over
from spineanim.picture.kept import kept
from spineanim.picture.lying_light import BONES_SEEN, LyingLight, lying_light
from spineanim.picture.ramp import Ramp, clothes_ramp, deep_colour, skin_ramp, under_skin_shadow
from spineanim.picture.raster import Box, Float32, Grid
from spineanim.picture.relief import UPPER_LEFT, Light
from spineanim.picture.skeleton import coloured_on, lit_parts, near_side, side_bones, with_spine
from spineanim.picture.tones import Tones


def lying_person(
    spine: Spine,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    view: View,
    faint: float = 1.0,
    light: Light = UPPER_LEFT,
) -> tuple[BakedImage, BakedImage]:
    """Bake a person on the side, and what to lay over it to make the bones fainter.

    Parameters
    ----------
    spine
        The column that the body follows.
    theme
        Colours: ``skin``, ``cloth``, and those of the bones.
    px_per_mm
        Scale of the picture.
    window_mm
        ``(left, bottom, right, top)`` of what will be seen, in the view's plane.
    view
        From the patient's left or right, turned as the body lies in the picture.
    faint
        How strong the bones still are, 0 to 1, under the second picture.
    light
        Where the light comes from in the picture.
    """
    found = lying_light(spine, px_per_mm, window_mm, view, light)
    skin, cloth = skin_ramp(theme), clothes_ramp(theme)
    dark, deep = Ramp.even(under_skin_shadow(theme)), Ramp.even(deep_colour(theme))
    picture = np.zeros((*found.grid.shape, 4), np.float32)
    lay_over(picture, [(found.far_leg, cloth), (found.far_arm, skin), (found.far_shade, dark)])
    lay_over(picture, [(found.skin, skin), (found.deep, deep)])
    bare, picture = picture, over(_bones(found, spine, view, theme, light), picture)
    over_bones = [
        (found.veil, skin),
        (found.shade, dark),
        (found.cloth, cloth),
        (found.arm_shade, dark),
        (found.arm, skin),
    ]
    lay_over(picture, over_bones)
    lay_over(bare, over_bones)
    shown = found.bones * np.float32((1.0 - faint) / (255.0 * BONES_SEEN))
    return baked(picture, found.grid), baked(bare * shown[..., None], found.grid)


def _bones(found: LyingLight, spine: Spine, view: View, theme: Theme, light: Light) -> Float32:
    """Return the bones with their shadow, as strong as they shimmer through the skin."""
    bones = coloured_on(_near_light(found.grid, with_spine(spine), view), found.grid, theme)
    bones *= (found.bones * np.float32(1 / 255))[..., None]
    body = found.body * np.float32(1 / 255)
    return bones_with_shadow(bones, found.grid, body, under_skin_shadow(theme), light)


@kept
def _near_light(grid: Grid, body: Body, view: View) -> Tones:
    """Light the near bones; kept by the body, for making its bones takes seconds."""
    return lit_parts(grid, _near_bones(body, view), view)


def _near_bones(body: Body, view: View) -> Sequence[Part]:
    """Column, cage and pelvis without what lies exactly behind."""
    return [*body.discs, *body.column, *side_bones(body, near_side(view))]
