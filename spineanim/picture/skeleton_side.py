"""Ribs, breastbone, hip bone and femur from the patient's left, as one soft sprite.

Vertebrae and sacrum are not here: scenes draw them as vectors over it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spineanim.geometry import skeleton
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.picture.bone_marks import HIP_SIDE
from spineanim.picture.bones import BoneRamps, BoneStack, plate, tubes
from spineanim.picture.marks import Carry, model_marks
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.relief import Light
from spineanim.picture.rib_tubes import rib_tube

_FAR_SHIFT_MM = (-4.4, 2.6)
"""The ribs of the far side lie exactly behind the near ones; they are moved out a little."""


@dataclass(frozen=True)
class SideCarry:
    """How the parts of the skeleton follow a bent spine.

    Attributes
    ----------
    trunk
        Moves the rib cage.
    pelvis
        Moves the hip bones and the femora, rigidly.
    """

    trunk: Carry
    pelvis: Carry


def bake_side_skeleton(grid: Grid, carry: SideCarry, ramps: BoneRamps, light: Light) -> Float32:
    """Bake the rib cage and the pelvis.

    Parameters
    ----------
    grid
        Grid of the lateral view.
    carry
        How the bones follow the spine.
    ramps
        Colours of the theme.
    light
        Where the light comes from.

    Returns
    -------
    Float32
        Premultiplied colour ``(H, W, 4)``.
    """
    stack = BoneStack(grid, ramps)
    _lay_ribs(stack, carry, ramps, light, near=False)
    _lay_ribs(stack, carry, ramps, light, near=True)
    breastbone = plate(grid, [carry.trunk(skeleton.sternum_lateral())], 0.7, ramps.bone, light)
    stack.lay(breastbone, opacity=0.9)
    hip = plate(
        grid,
        [carry.pelvis(skeleton.hip_bone_lateral())],
        0.30,
        ramps.bone,
        light,
        holes=[carry.pelvis(skeleton.obturator_lateral())],
        model=lambda relief: model_marks(relief, HIP_SIDE, carry.pelvis),
    )
    stack.lay(hip)
    femur = plate(grid, [carry.pelvis(skeleton.femur_lateral())], 0.8, ramps.bone, light)
    stack.lay(femur, opacity=0.95)
    return stack.rgba


def _lay_ribs(
    stack: BoneStack, carry: SideCarry, ramps: BoneRamps, light: Light, *, near: bool
) -> None:
    """Lay the ribs of the near (left) or the far side."""
    parts = []
    for rib in skeleton.ribs("left"):
        shift = (0.0, 0.0) if near else _FAR_SHIFT_MM
        bone = carry.trunk(LATERAL_LEFT.project(rib.bone) + shift)
        cartilage = None
        if near and rib.cartilage is not None:
            cartilage = carry.trunk(LATERAL_LEFT.project(rib.cartilage))
        parts.append(
            rib_tube(
                bone,
                cartilage,
                rib.width_mm if near else rib.width_mm * 0.9,
                np.full(len(bone), 0.9 if near else 0.34),
                stack.grid.px_per_mm,
                is_floating=rib.cartilage is None,
            )
        )
    layer = tubes(stack.grid, parts, 0.62, ramps, light)
    stack.lay(layer, tone=1.0 if near else 0.88, contact=0.30 if near else 0.15)
