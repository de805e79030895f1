"""The skeleton of the trunk from the front, as one soft sprite."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.skeleton import Rib, Side
from spineanim.picture.bone_marks import FEMUR_FRONT, HIP_FRONT, SACRUM_FRONT, STERNUM_FRONT
from spineanim.picture.bones import BoneRamps, BoneStack, Model, plate, tubes
from spineanim.picture.column_front import FrontColumn, lay_column
from spineanim.picture.image import smoothstep
from spineanim.picture.marks import Mark, model_marks
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.relief import Light
from spineanim.picture.rib_tubes import rib_tube

SIDES: tuple[Side, Side] = ("right", "left")

_FAR_OPACITY = 0.50
_FLOATING_OPACITY = 0.68
"""The floating ribs have no front half over them."""

_TURN_MM = 14.0
"""Round the flank the near half of a rib gives way to the far half over this depth."""


def modelled(marks: Sequence[Mark], side: float = 1.0) -> Model:
    """Return the modelling of a bone by marks, mirrored for ``side`` -1."""
    return lambda relief: model_marks(relief, marks, side=side)


def bake_front_skeleton(grid: Grid, column: FrontColumn, ramps: BoneRamps, light: Light) -> Float32:
    """Bake ribs, column, pelvis, femora, breastbone and collar bones.

    Parameters
    ----------
    grid
        Grid of the anterior view.
    column
        The vertebrae to draw.
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
    _lay_ribs(stack, ramps, light, near=False)
    _lay_pelvis(stack, ramps, light)
    lay_column(stack, column, ramps, light)
    _lay_ribs(stack, ramps, light, near=True)
    _lay_chest(stack, ramps, light)
    return stack.rgba


def _near_share(rib: Rib) -> Float32:
    """Return 1 on the front half of a rib's bone and 0 on the back half, ``(N,)``."""
    nearness = ANTERIOR.nearness(rib.bone)
    if rib.cartilage is None:
        return np.zeros(len(nearness), np.float32)
    middle = (nearness.min() + nearness.max()) / 2
    share = smoothstep(nearness - middle, -_TURN_MM, _TURN_MM)
    # The head of a rib lies nearer than its angle, yet belongs to the back half.
    share[: int(np.argmin(nearness))] = 0.0
    return share


def _lay_ribs(stack: BoneStack, ramps: BoneRamps, light: Light, *, near: bool) -> None:
    """Lay the front halves of the ribs with their cartilage, or the back halves."""
    for side in SIDES:
        parts = []
        for rib in skeleton.ribs(side):
            share = _near_share(rib)
            behind = _FAR_OPACITY if rib.cartilage is not None else _FLOATING_OPACITY
            shown = 0.96 * share if near else np.full_like(share, behind)
            keep = share > 0.02 if near else share < 0.98
            if keep.sum() < 3:
                continue
            cartilage = rib.cartilage if near else None
            parts.append(
                rib_tube(
                    ANTERIOR.project(rib.bone[keep]),
                    None if cartilage is None else ANTERIOR.project(cartilage),
                    rib.width_mm,
                    shown[keep],
                    stack.grid.px_per_mm,
                    is_floating=rib.cartilage is None,
                )
            )
        layer = tubes(stack.grid, parts, 0.62, ramps, light)
        stack.lay(layer, tone=1.0 if near else 0.90, contact=0.40 if near else 0.20)


def _lay_pelvis(stack: BoneStack, ramps: BoneRamps, light: Light) -> None:
    """Lay the femora, hip bones, sacrum and symphysis."""
    grid = stack.grid
    for side in SIDES:
        sign = 1.0 if side == "left" else -1.0
        femur = plate(
            grid,
            [skeleton.femur_anterior(side)],
            0.72,
            ramps.bone,
            light,
            model=modelled(FEMUR_FRONT, sign),
        )
        stack.lay(femur, opacity=0.92, tone=0.98)
        hip = plate(
            grid,
            [skeleton.hip_bone_anterior(side)],
            0.30,
            ramps.bone,
            light,
            holes=[skeleton.obturator_anterior(side)],
            model=modelled(HIP_FRONT, sign),
        )
        stack.lay(hip)
    sacrum = plate(
        grid,
        [skeleton.sacrum_anterior()],
        0.30,
        ramps.bone,
        light,
        model=modelled(SACRUM_FRONT),
    )
    stack.lay(sacrum, tone=0.98)
    stack.lay(plate(grid, [skeleton.symphysis_anterior()], 0.5, ramps.cartilage, light))


def _lay_chest(stack: BoneStack, ramps: BoneRamps, light: Light) -> None:
    """Lay the breastbone and the collar bones."""
    breastbone = plate(
        stack.grid,
        [skeleton.sternum_anterior()],
        0.45,
        ramps.bone,
        light,
        model=modelled(STERNUM_FRONT),
    )
    stack.lay(breastbone)
    for side in SIDES:
        line = curves.resample(skeleton.clavicle_anterior(side), 24)
        solid = np.ones(len(line))
        part = rib_tube(
            line, None, skeleton.CLAVICLE_WIDTH_MM, solid, stack.grid.px_per_mm, is_floating=False
        )
        stack.lay(tubes(stack.grid, [part], 0.8, ramps, light), opacity=0.95)
