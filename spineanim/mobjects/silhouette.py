"""A calm, translucent body from the side, in which the column stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.figure import rest_outlines
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.figure import placed
from spineanim.picture.colouring import painted
from spineanim.picture.figure import Crop
from spineanim.picture.ramp import skin_ramp
from spineanim.picture.relief import UPPER_LEFT
from spineanim.picture.shape import Part
from spineanim.picture.side_light import side_light
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
        rest = neutral_torso()
        torso = replace(rest, lateral={**rest.lateral, "trunk": rest_outlines()["trunk"]})
        trunk = spine.carry(torso.lateral["trunk"], Spine(stature_factor=spine.stature_factor))
        (left, bottom), (right, top) = trunk.min(axis=0), trunk.max(axis=0)
        window = (
            float(left - _ROOM_MM),
            float(min(bottom, _CROP.bottom_mm) - _ROOM_MM),
            float(right + _ROOM_MM),
            float(top + _ROOM_MM),
        )
        light = side_light(torso, spine, px_per_mm, window, UPPER_LEFT, _CROP, ())
        skin = painted(light.grid, [(light.skin, skin_ramp(theme))])
        self.outline = stage.plane(trunk)
        super().__init__(placed(skin, stage), opacity=_OPACITY)

    @property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Lower left and upper right corner (3,) of the outline."""
        return self.outline.min(axis=0), self.outline.max(axis=0)
