"""Baked sprites of the patient's body: the trunk from the front and from the left side.

Every figure is a set of pictures drawn over one another, so that a scene can put things between
them and fade each on its own. From the front: skin, shorts, deep tint, bones, *what lies
inside*, veil. From the side: skin, muscle, bones, *the column and what lies inside*, veil, fat,
fascia. The veil is the same skin again, almost clear where it faces the viewer: it makes the
skin look translucent instead of making the bones look painted on it.
"""

from __future__ import annotations

from spineanim.picture.body_front import FRONT_CROP, AnteriorBody, anterior_body
from spineanim.picture.body_side import SIDE_CROP, LateralBody, lateral_body
from spineanim.picture.figure import Crop
from spineanim.picture.image import BakedImage

__all__ = [
    "FRONT_CROP",
    "SIDE_CROP",
    "AnteriorBody",
    "BakedImage",
    "Crop",
    "LateralBody",
    "anterior_body",
    "lateral_body",
]
