"""A calm, translucent body from the side, in which the column stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, Points2
from spineanim.geometry.figure import rest_outlines
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.mobjects.figure import placed
from spineanim.picture.carried import carried_image
from spineanim.picture.colouring import painted
from spineanim.picture.figure import Crop
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage
from spineanim.picture.marks import Mark
from spineanim.picture.ramp import skin_ramp
from spineanim.picture.raster import Box
from spineanim.picture.recall import is_kept
from spineanim.picture.relief import UPPER_LEFT, Light
from spineanim.picture.shape import Part
from spineanim.picture.side_light import SideLight, side_light
from spineanim.stage import Stage

_CROP: Final = Crop(top_mm=705.0, bottom_mm=-205.0, top_soft_mm=120.0, bottom_soft_mm=110.0)
"""From above the ear to the upper thigh, in heights of the standing body."""
_OPACITY: Final = 0.62
_ROOM_MM: Final = 12.0


class Silhouette(Part):
    """Head, trunk and upper thigh in profile: skin alone, so pale that it carries the column.

    Parameters
    ----------
    spine
        The column that the skin follows.
    theme
        Colours.
    stage
        A view from the patient's left.
    px_per_mm
        Resolution.
    """

    def __init__(self, spine: Spine, theme: Theme, stage: Stage, px_per_mm: float) -> None:
        skin, self.outline = _skin(spine, theme, px_per_mm), stage.plane(_trunk(spine))
        super().__init__(placed(skin, stage), opacity=_OPACITY)

    @property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Lower left and upper right corner (3,) of the outline."""
        return self.outline.min(axis=0), self.outline.max(axis=0)


def _torso() -> Torso:
    """Return the rest body with its head."""
    rest = neutral_torso()
    return replace(rest, lateral={**rest.lateral, "trunk": rest_outlines()["trunk"]})


def _trunk(spine: Spine) -> Points2:
    """Outline (N, 2) of head and trunk that follow a spine, in millimetres."""
    return spine.carry(_torso().lateral["trunk"], Spine(stature_factor=spine.stature_factor))


def _skin(spine: Spine, theme: Theme, px_per_mm: float) -> BakedImage:
    """Light the skin that follows a spine; in haste, carry along that of the last one."""
    asked, about = _asked(spine, px_per_mm), ("silhouette", px_per_mm)
    before = cast(Spine | None, former(*about))
    if in_haste() and before is not None and not is_kept(side_light, *asked):
        last = _asked(before, px_per_mm)
        if is_kept(side_light, *last):
            roughened()
            return carried_image(_painted(side_light(*last), theme), before, spine, LATERAL_LEFT)
    hold(spine, *about)
    return _painted(side_light(*asked), theme)


def _asked(
    spine: Spine, px_per_mm: float
) -> tuple[Torso, Spine, float, Box, Light, Crop, tuple[Mark, ...]]:
    """Return what `side_light` is asked for."""
    trunk = _trunk(spine)
    (left, bottom), (right, top) = trunk.min(axis=0), trunk.max(axis=0)
    window = (
        float(left - _ROOM_MM),
        float(min(bottom, _CROP.bottom_mm) - _ROOM_MM),
        float(right + _ROOM_MM),
        float(top + _ROOM_MM),
    )
    return _torso(), spine, px_per_mm, window, UPPER_LEFT, _CROP, ()


def _painted(light: SideLight, theme: Theme) -> BakedImage:
    return painted(light.grid, [(light.skin, skin_ramp(theme))])
