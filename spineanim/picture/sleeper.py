"""The baked sprites of a sleeper on the side, without bones, and of a light sheet over them."""

from __future__ import annotations

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.spine import Spine
from spineanim.picture.blanket_light import blanket_light
from spineanim.picture.colouring import painted
from spineanim.picture.image import BakedImage
from spineanim.picture.lying_light import lying_light
from spineanim.picture.ramp import Ramp, clothes_ramp, drape_ramp, skin_ramp, under_skin_shadow
from spineanim.picture.raster import Box
from spineanim.picture.relief import UPPER_LEFT, Light


def sleeper(
    spine: Spine,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    view: View,
    light: Light = UPPER_LEFT,
) -> tuple[BakedImage, BakedImage]:
    """Bake a person on the side whose bones do not show, and a sheet from the chest down.

    Parameters
    ----------
    spine, theme, px_per_mm, window_mm, view, light
        As for `lying_person`.
    """
    found = lying_light(spine, px_per_mm, window_mm, view, light)
    skin, cloth, dark = skin_ramp(theme), clothes_ramp(theme), Ramp.even(under_skin_shadow(theme))
    person = [
        (found.far_leg, cloth),
        (found.far_arm, skin),
        (found.far_shade, dark),
        (found.skin, skin),
        (found.shade, dark),
        (found.cloth, cloth),
        (found.arm_shade, dark),
        (found.arm, skin),
    ]
    over = blanket_light(spine, px_per_mm, window_mm, view, light)
    table = Ramp.even(theme.rgb("panel.shadow"))
    sheet = [(over.table_shade, table), (over.shade, dark), (over.cloth, drape_ramp(theme))]
    return painted(found.grid, person), painted(over.grid, sheet)
