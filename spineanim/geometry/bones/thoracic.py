"""Thoracic vertebrae T1 to T12.

Sizes come from the level table, slopes of the spinous processes from [13], the facet rule
(60 degrees to the transverse plane, 20 to the frontal) from the notes (M). Proportions of
the processes are drawn for this project after textbook shape rules (M).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import vertebra
from spineanim.geometry.bones import lumbar
from spineanim.geometry.bones.shape import (
    BoneShape,
    FacetJoint,
    Sizes,
    VertebralBody,
    point,
    sizes,
    unit,
)
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Mirrored, Placed, Step, add, cut, union
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import Capsule, Chain, Ellipsoid
from spineanim.geometry.table import LEVELS, THORACIC

_TRANSVERSE_PLANE_DEG: Final = 60.0
_FRONTAL_DEG: Final = 20.0
_PEDICLE_TOP: Final = 0.82
"""Top of the pedicles as a share of the half height, as in the side outlines, M."""

# Medial slant of the pedicles T1 to T12, degrees to the sagittal plane, M
_PEDICLE_DEG: Final = (30, 22, 16, 13, 10, 9, 8, 8, 8, 6, 2, 0)
# How far the side processes turn back (tangent) and up (mm), T1 to T12, M
_TURN_BACK: Final = (0.38, 0.52, 0.64, 0.72, 0.78, 0.80, 0.80, 0.80, 0.82, 0.84, 0.8, 0.6)
_RISE: Final = (1.5, 2.0, 2.5, 3.0, 3.0, 3.0, 3.0, 3.0, 2.5, 2.0, 1.0, 0.0)
# Half height and half width of the facets, T1 to T12 [16], less than the dry facets (M)
_FACET_TALL: Final = (4.8, 4.8, 4.8, 4.8, 4.8, 4.8, 4.8, 5.0, 5.2, 5.4, 5.6, 5.8)
_FACET_WIDE: Final = (5.0, 4.8, 4.6, 4.4, 4.4, 4.4, 4.4, 4.4, 4.4, 4.4, 4.4, 4.4)
_FIRST_STUBBY: Final = 11
"""From here on the side processes are short knobs without a rib joint, M."""


def facet_joint(lower: str) -> FacetJoint:
    """Joint on the upper side of T1 to T12, in that level's frame.

    Raises
    ------
    LookupError
        For any other level.
    """
    if lower not in THORACIC:
        raise LookupError(f"{lower} has no thoracic facets on its upper side")
    index = THORACIC.index(lower)
    size = sizes(lower)
    rise, turn = np.radians(90.0 - _TRANSVERSE_PLANE_DEG), np.radians(_FRONTAL_DEG)
    normal = np.array([np.cos(rise) * np.sin(turn), np.cos(rise) * np.cos(turn), np.sin(rise)])
    along = np.array([0.0, 0.0, 1.0]) - normal[2] * normal
    face = (size.half_canal + 2.8, size.half_depth + 12.0, size.half_height + 1.6)
    return FacetJoint(
        LEVELS[LEVELS.index(lower) - 1],
        lower,
        face,
        point(normal),
        unit(along),
        _FACET_TALL[index],
        _FACET_WIDE[index],
        1.7,
        gap_mm=1.4,
        slide_mm=3.0,
        horn_mm=(1.9, 2.8, 1.7),
    )


@lru_cache(maxsize=12)
def thoracic_vertebra(level: str) -> BoneShape:
    """T1 to T12 in its own frame.

    Raises
    ------
    LookupError
        For any other level.
    """
    if level not in THORACIC:
        raise LookupError(f"{level} is no thoracic vertebra")
    size = sizes(level)
    above = facet_joint(level)
    below = lumbar.facet_joint("L1") if level == "T12" else facet_joint(_next(level))
    lower = lumbar.inferior_process if level == "T12" else _inferior_process
    arch = Blend(
        (
            *_pedicle(size),
            *_lamina(size),
            *_superior_process(size, above),
            *lower(size, below),
            *_transverse(size),
            *_spinous(size),
            cut(_canal(size), 1.6),
            cut(above.socket, 1.0),
            cut(below.relief, 1.6),
        )
    )
    bone = Mirrored(Blend((add(_body(size)), add(arch, 2.2))))
    mark = lumbar.facet_mark(below) if level == "T12" else _facet_mark(below)
    return BoneShape(bone, Mirrored(union(above.face, mark, *_rib_faces(size))))


def _next(level: str) -> str:
    return LEVELS[LEVELS.index(level) + 1]


def _index(size: Sizes) -> int:
    return THORACIC.index(size.level)


def _facet_mark(joint: FacetJoint) -> Solid:
    """Mark of the inferior facet in the upper frame: what looks at the superior one."""
    normal, along = np.array(joint.normal), np.array(joint.along)
    middle = np.array(joint.face_mm) + normal * (joint.gap_mm - 1.2)
    reach = along * (joint.half_tall_mm - 2.2)
    radii = (joint.half_wide_mm, 2.4)
    plate = Capsule(point(middle - reach), point(middle + reach), radii, radii, point(joint.across))
    return Placed(plate, joint.from_upper)


def _body(size: Sizes) -> Solid:
    """Heart-shaped body; the upper edges of T1 rise a little at the sides."""
    return VertebralBody(
        (size.width, size.depth),
        (size.lower_width, size.lower_depth),
        size.height,
        size.wedge_deg,
        waist_mm=(1.9, 1.6, 0.5),
        dish_mm=(0.5, 0.6),
        kidney_mm=0.8,
        heart=0.17 if 2 < _index(size) < 10 else 0.05,
        rim_mm=2.0,
        uncus_mm={0: 1.5, 1: 0.6}.get(_index(size), 0.0),
        edge_mm=1.1,
    )


def _canal(size: Sizes) -> Solid:
    """Round canal that the arch leaves free."""
    c, deep = size.half_canal, size.canal_depth
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    x = c * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.85
    y = size.half_depth + deep / 2 + deep / 2 * np.sin(turn)
    # In front of its middle the canal is as wide as between the pedicles
    outline = np.column_stack([x, np.where(y < size.half_depth + deep / 2, y - 3.0, y)])
    return Extrusion(outline, 80.0, "axial", soften_mm=0.3)


def _pedicle(size: Sizes) -> tuple[Step, ...]:
    """Root of the arch from the upper edge of the body."""
    turn = np.radians(_PEDICLE_DEG[_index(size)])
    high, wide = size.pedicle_height / 2 - 0.1, size.pedicle_width / 2
    top = _PEDICLE_TOP * size.half_height
    neck = np.array([size.half_canal + wide, size.half_depth + 3.2, top - high])
    along = np.array([np.sin(turn), np.cos(turn), 0.0])
    points = [point(neck + along * share) for share in (-9.0, 0.0, 6.5)]
    radii = ((high, wide + 0.8), (high, wide), (high * 0.95, wide + 0.3))
    return (add(Chain(tuple(points), radii, steps=2)),)


def _lamina(size: Sizes) -> tuple[Step, ...]:
    """Short broad plate that overlaps the one below."""
    c, front, deep, high = size.half_canal, size.half_depth, size.canal_depth, size.height
    points = (
        (c + 2.2, front + 0.70 * deep, -0.10 * high),
        (c * 0.62 + 1.2, front + 0.93 * deep, -0.13 * high),
        (0.0, front + deep + 2.6, -0.14 * high),
    )
    radii = ((0.54 * high, 2.9), (0.54 * high, 2.7), (0.46 * high, 3.0))
    return (add(Chain(points, radii, up=(0.0, -0.34, 0.94), steps=3), 2.4),)


def _superior_process(size: Sizes, joint: FacetJoint) -> tuple[Step, ...]:
    """Thin upright plate whose joint face looks back."""
    up, base = np.array(joint.along), np.array(joint.horn.start_mm)
    wide = joint.half_wide_mm
    neck = Capsule(
        point(base - up * 3.0), point(base), (wide, 3.4), (wide + 0.8, 3.2), point(joint.across)
    )
    return (add(neck, 2.4), add(joint.horn, 1.4))


def _inferior_process(size: Sizes, joint: FacetJoint) -> tuple[Step, ...]:
    """Lower end of the lamina, whose joint face looks forward."""
    high, wide, thick = joint.half_tall_mm, joint.half_wide_mm, joint.half_thick_mm
    behind = joint.from_upper.rotation @ np.array(joint.normal)
    points = (
        point(joint.in_upper(high + 1.5) + behind * 0.6),
        point(joint.in_upper(0.0) + behind * 0.6),
        point(joint.in_upper(-high + thick)),
    )
    radii = ((wide, thick + 0.8), (wide, thick + 0.6), (wide - 0.9, thick))
    return (
        add(Chain(points, radii, up=point(joint.across_upper), steps=2), 2.4),
        add(Placed(joint.block, joint.from_upper), 1.6),
    )


def _transverse_tip(size: Sizes) -> tuple[np.ndarray, np.ndarray, float]:
    """Root and tip of the side process (3,), and the radius of its knob (mm)."""
    index = _index(size)
    knob = 3.9 if index < _FIRST_STUBBY - 1 else 3.6
    root = np.array([size.half_canal + 2.0, size.half_depth + 9.6, 0.16 * size.half_height])
    wide = size.span / 2 - knob * 0.86 - root[0]
    tip = root + np.array([wide, wide * _TURN_BACK[index], _RISE[index]])
    return root, tip, knob


def _transverse(size: Sizes) -> tuple[Step, ...]:
    """Stout club that turns back and carries the rib; on T11 and T12 a short knob."""
    root, tip, knob = _transverse_tip(size)
    neck = root + (tip - root) * 0.5 + np.array([0.0, -0.4, 0.0])
    club = root + (tip - root) * 0.86
    if _index(size) < _FIRST_STUBBY - 1:
        radii = ((4.6, 4.4), (3.9, 3.3), (knob * 1.12, knob * 0.92), (knob, knob * 0.86))
    else:
        radii = ((5.0, 4.4), (4.4, 3.6), (knob * 1.1, knob * 0.95), (knob, knob * 0.9))
    points = (point(root), point(neck), point(club), point(tip))
    return (add(Chain(points, radii, steps=3), 3.0),)


def _rib_faces(size: Sizes) -> tuple[Solid, ...]:
    """Mark where ribs touch: on the body's upper and lower edge, and on the side process."""
    index, half = _index(size), size.half_height
    side, back = size.width / 2 * 0.86, size.half_depth * 0.72
    faces: list[Solid] = []
    if index >= _FIRST_STUBBY - 2:
        # T10 to T12 carry their rib alone, higher up on T10, on the pedicle's root on T12
        high = half * (0.66 if index == 9 else 0.42)
        faces.append(Ellipsoid((side + 1.0, back + 2.0, high), (4.0, 4.6, 4.4)))
    else:
        faces.append(Ellipsoid((side + 2.2, back + 0.6, half * 0.78), (3.4, 4.4, 3.2)))
        low = size.lower_width / 2 * 0.86
        faces.append(Ellipsoid((low + 2.0, back, -half * 0.84), (3.2, 3.8, 2.4)))
    if index < _FIRST_STUBBY - 1:
        _, tip, knob = _transverse_tip(size)
        spot = tip + np.array([0.5, -0.95, 0.1]) * knob
        faces.append(Ellipsoid(point(spot), (3.0, 2.4, 3.4)))
    return tuple(faces)


def _spinous(size: Sizes) -> tuple[Step, ...]:
    """Long sloping process with the midline outline and a knob at its tip."""
    flat = vertebra.sizes_of(size.level, size.half_depth, size.height, 1.0)
    outline = vertebra.spinous_outline(size.level, flat)
    slope = np.radians(vertebra.THORACIC_SLOPE[_index(size)])
    along = np.array([0.0, np.cos(slope), -np.sin(slope)])
    root = np.array([0.0, size.wall + 3.5, -0.14 * size.height])
    reach = size.spinous - 3.5
    spots = tuple(point(root + along * share) for share in (0.0, reach * 0.4, reach - 4.2))
    up = (0.0, float(np.sin(slope)), float(np.cos(slope)))
    radii = ((5.2, 4.8), (3.4, 2.7), (3.0, 3.1))
    return (
        add(Extrusion(outline, 2.2, "sagittal", edge_mm=1.9, soften_mm=0.5), 2.6),
        add(Chain(spots, radii, up=up, steps=3), 3.0),
    )
