"""Vertebrae of the neck, C3 to C7, as solids in their own frame at reference size.

Origin is the centre of the body, x left, y posterior, z cranial (mm). Sizes come from the
level table; what the table has no number for is drawn for this project after textbook shape
rules (M): a rectangular body with lips at its sides, joint pillars cut at about 45 degrees,
a hole for the vertebral artery in each side process, a triangular canal, split spines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Vector3
from spineanim.geometry.bones import thoracic
from spineanim.geometry.bones.pillars import (
    Joint,
    facet_cartilage,
    facet_slab,
    lower_joint,
    pillar,
    pillar_side,
    upper_joint,
)
from spineanim.geometry.bones.shape import BoneShape, FacetJoint, Sizes, point, rest_frame, sizes
from spineanim.geometry.layout import rotation
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import (
    Blend,
    Mirrored,
    Placed,
    Step,
    add,
    cut,
    keep,
    union,
)
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import (
    Capsule,
    Chain,
    Cylinder,
    Ellipsoid,
)
from spineanim.geometry.vertebra import body_outline

UPPER_WIDTH_MM: Final = {"C3": 15.8, "C4": 17.2, "C5": 17.5, "C6": 18.5, "C7": 21.8}
"""Width of the upper end plate between the lips [1, M]."""

SLOPE_DEG: Final = {"C2": 18.0, "C3": 20.0, "C4": 22.0, "C5": 25.0, "C6": 28.0, "C7": 30.0}
"""Slope of the spines below the body's level, as in the midline outlines [M]."""

SPLIT_SPINE: Final = {
    "C2": (6.4, 4.6, 5.0),
    "C3": (4.6, 3.0, 4.0),
    "C4": (4.6, 3.0, 4.3),
    "C5": (4.6, 3.1, 4.4),
    "C6": (4.8, 3.2, 3.4),
}
"""Half heights of a split spine at its root and middle, half the spread of its tips (mm) [M]."""

HOLE_MM: Final = 5.8
"""Width of the hole for the vertebral artery, C3 to C6 [M]."""

LAST_HOLE_MM: Final = 3.2
"""Width of the same hole in C7, which only holds veins [M]."""


def upper_half(size: Sizes) -> float:
    """Half the width of the upper end plate between the lips (mm)."""
    return UPPER_WIDTH_MM[size.level] / 2


# ------------------------------------------------------------------------------- the body
def body(size: Sizes) -> Solid:
    """Rectangular body: what its outlines from the side, the front and above have in common."""
    frame = rest_frame(size.level)
    corners = (frame.corners - frame.centre) @ rotation(frame.middle_tilt_deg).T
    side = Extrusion(body_outline(corners, 0.05, 0.05), 16.0, soften_mm=0.4)
    half = max(upper_half(size) + 1.6, size.width / 2)
    plan = Extrusion(body_plan(half, size.half_depth), 16.0, "axial")
    front = Extrusion(_front(size), 16.0, "frontal")
    plain = Blend((add(side), keep(plan, 1.2), keep(front, 1.2)))
    return Blend((add(plain), *(add(lip, 2.0) for lip in _lips(size))))


def body_plan(half: float, back: float) -> Points2:
    """Body from above: a rounded rectangle with a flat back, (x, y)."""
    right = [
        (0.0, -back - 0.35), (0.48 * half, -0.985 * back), (0.84 * half, -0.76 * back),
        (half, -0.24 * back), (half + 0.1, 0.30 * back), (0.93 * half, 0.78 * back),
        (0.70 * half, 1.01 * back), (0.35 * half, 1.02 * back),
    ]  # fmt: skip
    left = [(-x, y) for x, y in reversed(right[1:])]
    return curves.smooth([*right, (0.0, 1.0 * back), *left], closed=True, samples=6)


def _front(size: Sizes) -> Points2:
    """Body from the front: hollow sides, lower edges bevelled for the lips below, (x, z)."""
    h, up, low = size.half_height, upper_half(size) + 1.7, size.width / 2
    waist = min(up, low) - 0.9
    right = [
        (0.0, h + 3.0), (0.9 * up, h + 3.0), (up, h + 0.6), (up - 0.2, h - 1.6),
        (waist, 0.25 * h), (waist, -0.25 * h), (low - 0.15, -h + 3.4), (low - 0.25, -h + 1.9),
        (low - 1.6, -h + 0.4), (low - 3.6, -h - 0.6), (0.3 * low, -h - 1.2),
    ]  # fmt: skip
    left = [(-x, z) for x, z in reversed(right[1:])]
    return curves.smooth([*right, (0.0, -h - 1.3), *left], closed=True, samples=6)


def _lips(size: Sizes) -> tuple[Solid, ...]:
    """Uncinate lip at the side of the upper plate, higher towards the back, and a front lip."""
    h, b, at = size.half_height, size.half_depth, upper_half(size) + 1.35
    ridge = Chain(
        (
            (at - 1.0, -0.52 * b, h - 1.4),
            (at + 0.1, -0.10 * b, h + 1.2),
            (at + 0.2, 0.38 * b, h + 2.0),
            (at - 0.9, 0.82 * b, h + 0.6),
        ),
        ((1.4, 1.2), (2.2, 1.45), (2.4, 1.55), (1.9, 1.5)),
    )
    chin = Ellipsoid((0.0, -b + 2.0, -h + 1.8), (0.62 * size.width / 2, 2.3, 1.5), 10.0)
    return ridge, chin


# ------------------------------------------------------------------------------- the arch
def canal(size: Sizes) -> Extrusion:
    """Triangular canal, wide in front, its tip at the spinolaminar line."""
    # The rounding of the cut edge takes another third of a millimetre
    c, b, d = size.half_canal - 0.3, size.half_depth, size.canal_depth - 0.3
    right = [
        (0.0, b - 0.2), (0.62 * c, b), (0.90 * c, b + 0.10 * d), (c, b + 0.30 * d),
        (0.93 * c, b + 0.50 * d), (0.68 * c, b + 0.73 * d), (0.34 * c, b + 0.93 * d),
    ]  # fmt: skip
    left = [(-x, y) for x, y in reversed(right[1:])]
    outline = curves.smooth([*right, (0.0, b + d), *left], closed=True, samples=6)
    return Extrusion(outline, 60.0, "axial")


def lamina(size: Sizes) -> Solid:
    """Plate from the pillar to the midline; its upper edge leans forward like a shingle."""
    c, b, h, d = size.half_canal, size.half_depth, size.height, size.canal_depth
    return Chain(
        (
            (c + 2.2, b + 0.56 * d, -0.06 * h),
            (0.56 * c, b + 0.86 * d, -0.15 * h),
            (0.4, size.wall + 2.0, -0.21 * h),
        ),
        ((0.43 * h, 2.3), (0.41 * h, 2.1), (0.41 * h, 2.3)),
        (0.0, -0.30, 1.0),
    )


def spinous(size: Sizes) -> tuple[Solid, ...]:
    """Spine that slopes down: split in two tips from C2 to C6, one long knob at C7."""
    turn = np.radians(SLOPE_DEG[size.level])
    along, over = np.array([np.cos(turn), -np.sin(turn)]), np.array([np.sin(turn), np.cos(turn)])
    root = np.array([size.wall, -0.18 * size.height])

    def spot(reach: float, rise: float = 0.0, x: float = 0.0) -> Vector3:
        y, z = root + along * reach + over * rise
        return (x, float(y), float(z))

    up, length = (0.0, float(over[0]), float(over[1])), size.spinous
    if size.level == "C7":
        shaft = Chain(
            (spot(1.0, -0.6), spot(0.45 * length, -0.2), spot(0.80 * length), spot(length - 3.4)),
            ((5.2, 2.9), (3.8, 2.4), (3.3, 2.4), (3.3, 2.9)),
            up,
        )
        return shaft, Ellipsoid(spot(length - 3.2), (3.1, 3.2, 3.6), -SLOPE_DEG["C7"])
    high, middle, spread = SPLIT_SPINE[size.level]
    shaft = Chain(
        (spot(1.0, -0.6), spot(0.5 * length, -0.1), spot(length - 6.2, 0.1)),
        ((high, 2.7), (middle, 2.2), (middle - 0.4, 2.4)),
        up,
    )
    tips = (middle - 0.3, 2.1), (middle - 0.7, 1.9)
    horn = Capsule(spot(length - 7.2, 0.0, 0.4), spot(length - 2.0, -1.2, spread), *tips, up)
    return shaft, horn


def pedicle(size: Sizes) -> Solid:
    """Short bar from the back corner of the body out and back to the pillar."""
    b, z = size.half_depth, 0.14 * size.height
    # The canal's rounded edge and the artery's hole take a little off its sides
    radii = (size.pedicle_height / 2, size.pedicle_width / 2 + 0.3)
    inner = (size.half_canal - 4.0, b - 4.1, z)
    return Capsule(inner, (size.half_canal + 5.4, b + 5.1, z), radii, radii)


def _hole_middle(size: Sizes) -> tuple[float, float, float]:
    """Place (x, y) and radius of the hole for the vertebral artery; small at C7."""
    if size.level == "C7":
        return size.half_canal + 3.2, size.half_depth - 4.4, LAST_HOLE_MM / 2
    return size.half_canal + 2.2, size.half_depth - 6.0, HOLE_MM / 2


def hole(size: Sizes) -> Cylinder:
    """Hole for the vertebral artery beside the body."""
    x, y, radius = _hole_middle(size)
    return Cylinder((x - 0.6, y - 0.4, -30.0), (x + 0.6, y + 0.4, 30.0), radius)


def side_process(size: Sizes) -> tuple[Solid, ...]:
    """Side process (left): a ring round the hole, roots and tubercles, the nerve's gutter."""
    x, y, radius = _hole_middle(size)
    ring = Cylinder((x, y, -3.5), (x, y, -0.4), radius + 1.5, 1.5)
    if size.level == "C7":
        return ring, *_last_side_process(size)
    b, c, reach = size.half_depth, size.half_canal, size.span / 2
    inner = min(upper_half(size), size.width / 2) - 1.6
    # The front tubercle of C6 is the largest: the carotid artery can be pressed against it
    grown = 0.9 if size.level == "C6" else 0.0
    front = Chain(
        ((inner, b - 9.2, -0.4), (c + 1.8, b - 10.2, -1.2), (c + 5.6, b - 10.4, -1.9)),
        ((2.6, 2.2), (2.1, 1.8), (2.1, 1.9)),
    )
    knob = Ellipsoid(
        (c + 5.9, b - 10.8 - grown / 2, -2.0), (1.8 + grown / 2, 1.9 + grown, 2.5 + grown)
    )
    tip = (reach - 2.0, b - 3.6, -3.9)
    rear = Chain(
        ((pillar_side(size) - 0.6, b + 3.2, 0.2), (c + 6.4, b - 0.8, -2.2), tip),
        ((3.2, 2.6), (2.5, 2.1), (2.2, 1.9)),
    )
    heel = Ellipsoid((reach - 1.95, tip[1] - 0.2, -4.2), (1.95, 2.3, 2.5))
    floor = Capsule(
        (c + 6.3, b - 10.0, -3.0), (tip[0] - 0.6, tip[1] - 0.6, -4.8), (1.7, 2.0), (1.5, 1.7)
    )
    return ring, front, knob, rear, heel, floor


def _last_side_process(size: Sizes) -> tuple[Solid, ...]:
    """Side process of C7: one long bar, its front root thin."""
    b, c, reach = size.half_depth, size.half_canal, size.span / 2
    side = pillar_side(size)
    bar = Chain(
        ((side - 0.5, b + 3.6, 0.8), (c + 9.0, b + 2.8, -0.2), (reach - 3.2, b + 3.0, -1.8)),
        ((4.6, 3.6), (3.6, 3.1), (3.2, 2.8)),
    )
    heel = Ellipsoid((reach - 2.9, b + 3.1, -2.0), (2.9, 3.2, 3.4))
    front = Chain(
        ((size.width / 2 - 1.8, b - 7.0, -0.6), (c + 3.6, b - 6.0, -1.4), (c + 8.2, b + 0.6, -1.4)),
        ((2.4, 2.1), (2.0, 1.8), (2.3, 2.0)),
    )
    return bar, heel, front


@lru_cache(maxsize=8)
def cervical_vertebra(level: str) -> BoneShape:
    """Vertebra C3 to C7 in its own frame at reference size.

    Parameters
    ----------
    level : str
        ``"C3"`` to ``"C7"``.

    Raises
    ------
    LookupError
        For any other name.
    """
    if level not in UPPER_WIDTH_MM:
        raise LookupError(f"{level} is no vertebra from C3 to C7")
    size, side, upper = sizes(level), pillar_side(sizes(level)), upper_joint(level)
    arch: list[Step] = [add(lamina(size))]
    if level == "C7":
        foot = _last_foot(size, upper, thoracic.facet_joint("T1"))
    else:
        foot = _foot(side, upper, lower_joint(level))
    arch += foot[0]
    arch += [add(piece, 2.6) for piece in spinous(size)]
    arch += [add(pedicle(size), 2.0)]
    arch += [add(piece, 2.3) for piece in side_process(size)]
    arch += [cut(canal(size), 1.2), cut(hole(size), 0.9)]
    arch += [cut(facet_slab(side, upper, above=True), 0.6), foot[1]]
    whole = Blend((add(Blend(tuple(arch))), add(body(size), 1.6)))
    faces = union(facet_cartilage(side, upper), foot[2])
    return BoneShape(Mirrored(whole), Mirrored(faces))


Foot = tuple[list[Step], Step, Solid]
"""Pillar with its lower joint: what is added, what is cut last, and the cartilage."""


def _foot(side: float, upper: Joint, lower: Joint) -> Foot:
    """Pillar of C3 to C6 down to the pillar below."""
    return (
        [add(pillar(side, upper, lower), 2.4)],
        cut(facet_slab(side, lower, above=False), 0.6),
        facet_cartilage(side, lower),
    )


def _last_foot(size: Sizes, upper: Joint, joint: FacetJoint) -> Foot:
    """Pillar of C7, whose lower end goes over into a joint as the chest has them."""
    high, wide, thick = joint.half_tall_mm, joint.half_wide_mm, joint.half_thick_mm
    behind = joint.from_upper.rotation @ np.array(joint.normal)
    _, y, z = joint.in_upper(high + 1.0)
    stem = pillar(pillar_side(size), upper, Joint((float(y) - 2.6, float(z) + 0.5), 50.0))
    tail = Chain(
        (
            point(joint.in_upper(high + 2.5) + behind * 0.6),
            point(joint.in_upper(0.0) + behind * 0.6),
            point(joint.in_upper(-high + thick)),
        ),
        ((wide + 0.8, thick + 1.5), (wide + 0.2, thick + 0.9), (wide - 0.9, thick)),
        up=point(joint.across_upper),
        steps=4,
    )
    block = Placed(joint.block, joint.from_upper)
    front = np.array(joint.face_mm) + np.array(joint.normal) * (joint.gap_mm - 1.2)
    reach = np.array(joint.along) * (high - 3.6)
    radii = (wide - 0.7, 2.2)
    mark = Capsule(point(front - reach), point(front + reach), radii, radii, point(joint.across))
    steps = [add(stem, 2.4), add(tail, 3.2), add(block, 1.2)]
    return steps, cut(joint.relief, 0.8), Placed(mark, joint.from_upper)
