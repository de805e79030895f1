"""The baked sprite of a light sheet over a person who lies on the side."""

from __future__ import annotations

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.spine import Spine
from spineanim.picture.blanket_light import blanket_light
from spineanim.picture.colouring import painted
from spineanim.picture.image import BakedImage
from spineanim.picture.ramp import Ramp, drape_ramp, under_skin_shadow
from spineanim.picture.raster import Box
from spineanim.picture.relief import UPPER_LEFT, Light


def lying_blanket(
    spine: Spine,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    view: View,
    light: Light = UPPER_LEFT,
) -> BakedImage:
    """Bake a sheet over a lying person, from the chest down; the parameters as `lying_person`'s."""
    found = blanket_light(spine, px_per_mm, window_mm, view, light)
    shadow = Ramp.even(under_skin_shadow(theme))
    dark = Ramp.even(theme.rgb("panel.shadow"))
    layers = [(found.table_shade, dark), (found.shade, shadow), (found.cloth, drape_ramp(theme))]
    return painted(found.grid, layers)
