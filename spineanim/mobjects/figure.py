"""The patient's trunk: baked sprites placed on a stage, in layers that fade on their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.body import FRONT_CROP, BakedImage, anterior_body
from spineanim.picture.late import LateImage
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import Stage

_CLEAR: Final = np.zeros((1, 1, 4), dtype=np.uint8)


def placed(image: BakedImage | LateImage, stage: Stage) -> Sprite:
    """Return a sprite that stands where the picture belongs on a stage."""
    left, bottom, right, top = image.box_mm
    corners = list(stage.plane([[left, top], [right, top], [left, bottom]]))
    if isinstance(image, BakedImage):
        return Sprite(image.rgba, corners)
    sprite = Sprite(_CLEAR, corners)
    sprite.picture = image.picture
    return sprite


_FRONT_CROP = replace(FRONT_CROP, bottom_mm=-122.0, bottom_soft_mm=84.0)
"""Fades out above the captions, before the thighs part."""


class FrontBody(Part):
    """The trunk from the front; its bones shimmer through when `bones` appears.

    Parameters
    ----------
    torso, spine
        The body.
    theme
        Skin, bone and cloth colours.
    stage
        Where it stands.
    px_per_mm
        Resolution, of the largest scale it is seen at.
    inside_px_per_mm
        The same for the bones, if they are gone in nearer shots.

    Attributes
    ----------
    skin, bones, inside, veil
        Layers from below upwards; things put into `inside` lie under translucent skin.
    """

    def __init__(
        self,
        torso: Torso,
        spine: Spine,
        theme: Theme,
        stage: Stage,
        px_per_mm: float,
        inside_px_per_mm: float | None = None,
    ) -> None:
        layers = anterior_body(
            torso,
            theme,
            px_per_mm,
            window_mm=stage.frame_box_mm(),
            spine=spine,
            crop=_FRONT_CROP,
            inside_px_per_mm=inside_px_per_mm,
        )
        self.skin = Part(placed(layers.skin, stage), placed(layers.shorts, stage))
        self.bones = Part(placed(layers.deep, stage), placed(layers.bones, stage), opacity=0.0)
        self.inside = Part()
        self.veil = Part(placed(layers.veil, stage))
        super().__init__(self.skin, self.bones, self.inside, self.veil)
