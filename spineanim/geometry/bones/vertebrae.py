"""The bones of the column as parts: every level by its own shape, placed by a spine."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spineanim.geometry.bones.column import BONES, bone_shape
from spineanim.geometry.layout import Frame
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.combine import REST, Grown, Placed, Pose
from spineanim.geometry.spine import Spine

CORTEX_MM: Final = 1.1
"""Thickness of the hard rim as drawn: in life 0.4-1.5 mm, thinnest at the end plates [M]."""


@lru_cache(maxsize=128)
def bone_in_own_frame(name: str, stature_factor: float) -> Part:
    """Bone of the column at a size, at the origin of its own frame."""
    shape = bone_shape(name)
    solid = Placed(shape.solid, REST, stature_factor)
    marks: tuple[Zone, ...] = ()
    if shape.cartilage is not None:
        marks = (Zone(Tissue.CARTILAGE, Placed(shape.cartilage, REST, stature_factor)),)
    spongy = Zone(Tissue.CANCELLOUS, Grown(solid, -CORTEX_MM * stature_factor))
    return Part(name, Tissue.BONE, solid, core=(spongy,), marks=marks)


def pose_of(frame: Frame) -> Pose:
    """Pose of a bone whose own frame stands as a level's frame does."""
    y, z = (float(value) for value in frame.centre)
    return Pose.tilted(frame.middle_tilt_deg, (0.0, y, z))


def bone_part(spine: Spine, name: str) -> Part:
    """Bone of the column where a spine has it.

    Raises
    ------
    LookupError
        If the column has no such bone.
    """
    part = bone_in_own_frame(name, spine.stature_factor)
    frame = spine.frame("S1" if name in ("sacrum", "coccyx") else name)
    return part.moved(pose_of(frame))


def column_parts(spine: Spine, names: tuple[str, ...] = BONES) -> tuple[Part, ...]:
    """Bones of the column, cranial to caudal."""
    return tuple(bone_part(spine, name) for name in names)
