"""Atlas and axis (C1, C2) as solids in their own frames at reference size.

The atlas' frame is that of `layout`: level with the middle of its front arch, a little
behind the dens; the axis' frame is its body's. The two always keep their places to one
another, so the atlas' lower joint faces are cut to the axis' shoulders.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Vector3
from spineanim.geometry.bones import cervical, pillars
from spineanim.geometry.bones.shape import BoneShape, rest_frame, seen_from, sizes
from spineanim.geometry.layout import rotation
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import (
    Blend,
    Grown,
    Mirrored,
    Placed,
    Pose,
    add,
    cut,
    keep,
    union,
)
from spineanim.geometry.solids.outlines import Extrusion, Lathe
from spineanim.geometry.solids.primitives import Capsule, Chain, Cylinder, Ellipsoid
from spineanim.geometry.table import vertebrae
from spineanim.geometry.vertebra import body_outline

SIDE_JOINT_GAP_MM: Final = 1.4
"""Cartilage and slit between the atlas and the axis' shoulders (mm) [M]."""

NODS_DEG: Final = (-4.5, 0.0, 5.6, 11.2)
"""Nods of the atlas over the axis that its lower faces leave room for: the atlas' share of
the head's bend and extension in `params` (positive: chin up) [D]."""

HOLE_EDGE_MM: Final = 55.5 / 2
"""Outer margin of the atlas' hole for the vertebral artery, from the midline [17, 18]."""

HOLE_MM: Final = 6.0
"""Width of that hole [M]."""


def turned(about_y_deg: float, about_x_deg: float, shift_mm: Vector3) -> Pose:
    """Pose turned sideways (outer edge down), then front edge down, then shifted."""
    side = np.radians(about_y_deg)
    cos, sin = np.cos(side), np.sin(side)
    roll = np.array([[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]])
    return Pose.tilted(about_x_deg, shift_mm).after(Pose(roll, np.zeros(3)))


# ------------------------------------------------------------------------------- the axis
_SHOULDER: Final = turned(21.0, -9.0, (14.0, 0.8, 3.6))


def shoulder() -> Solid:
    """Upper joint mass of the axis (left): domed, falling off outwards [M]."""
    return Placed(Ellipsoid((0.0, 0.0, 0.0), (9.2, 8.4, 5.0)), _SHOULDER)


# Radius of the dens over its base, 9 to 11 mm wide and 15 to 17 mm high (M)
_DENS_RADII: Final = [
    (5.6, -3.0), (5.5, -1.5), (5.1, 0.6), (4.75, 2.4), (4.6, 4.2), (4.8, 6.2), (5.05, 8.6),
    (5.0, 10.8), (4.5, 13.0), (3.5, 14.8), (2.0, 15.9), (0.0, 16.3),
]  # fmt: skip


def dens() -> Solid:
    """Tooth of the axis: 16 mm high, a little narrower at its neck [M]."""
    frame = rest_frame("C2")
    corners = (frame.corners - frame.centre) @ rotation(frame.middle_tilt_deg).T
    front, back = corners[0], corners[1]
    across = (back - front) / np.linalg.norm(back - front)
    up = np.array([-across[1], across[0]])
    base = (front + back) / 2 - across * 1.6

    foot, axle = (0.0, *base.tolist()), (0.0, *up.tolist())
    return Lathe(np.vstack([[0.0, -3.0], curves.smooth(_DENS_RADII)]), foot, axle)


def _axis_body() -> Solid:
    """Body of the axis below the dens, its lower front edge drawn down over the disc."""
    frame, size = rest_frame("C2"), sizes("C2")
    corners = (frame.corners - frame.centre) @ rotation(frame.middle_tilt_deg).T
    # There is no upper plate: the body goes over into the dens
    corners += [[1.3, -0.9], [-2.2, -1.4], [0.0, 0.0], [0.0, 0.0]]
    side = Extrusion(body_outline(corners, 0.05, 0.04), 16.0, soften_mm=0.6)
    half, h, b = size.width / 2, size.half_height, size.half_depth
    right = [
        (0.0, h + 2.0), (4.4, h + 0.6), (half - 2.2, 0.62 * h), (half - 1.2, 0.1 * h),
        (half - 0.9, -0.35 * h),
        (half - 0.1, -h + 3.6), (half - 0.2, -h + 1.9), (half - 1.8, -h + 0.3),
        (half - 3.8, -h - 0.8), (0.3 * half, -h - 1.6),
    ]  # fmt: skip
    left = [(-x, z) for x, z in reversed(right[1:])]
    front = curves.smooth([*right, (0.0, -h - 1.8), *left], closed=True, samples=6)
    plan = Extrusion(cervical.body_plan(half, b), 16.0, "axial")
    return Blend((add(side), keep(plan, 1.2), keep(Extrusion(front, 16.0, "frontal"), 1.2)))


def _axis_arch() -> tuple[Solid, ...]:
    """Pedicle and pars, lamina, spine and side process of the axis (left)."""
    size = sizes("C2")
    b, c, h = size.half_depth, size.half_canal, size.height
    side = pillars.pillar_side(sizes("C3"))
    high, wide = size.pedicle_height / 2, size.pedicle_width / 2
    pars = Chain(
        ((c - 1.6, b - 5.0, 0.6), (c + 4.0, b + 1.6, -1.0), (side, b + 8.4, -6.2)),
        ((high - 0.4, wide - 0.4), (high - 0.8, wide - 0.6), (4.4, 4.7)),
    )
    isthmus = Capsule(
        (c + 2.6, b + 0.6, 1.8),
        (c + 2.8, b + 0.55 * size.canal_depth, -3.6),
        (3.2, 3.4),
        (4.0, 3.2),
    )
    lamina = Chain(
        (
            (c + 2.0, b + 0.52 * size.canal_depth, -3.6),
            (0.58 * c, b + 0.84 * size.canal_depth, -4.2),
            (0.4, size.wall + 2.2, -0.245 * h),
        ),
        ((6.0, 2.7), (6.2, 2.5), (6.6, 2.8)),
        (0.0, -0.28, 1.0),
    )
    front = Chain(
        ((6.5, -2.8, -2.4), (15.0, -2.2, -4.6), (21.6, 0.0, -6.2)),
        ((2.6, 2.2), (2.2, 1.8), (2.2, 2.0)),
    )
    rear = Chain(
        ((side, b + 3.0, -4.0), (21.6, 6.0, -5.4), (24.2, 2.8, -6.4)),
        ((3.0, 2.5), (2.4, 2.0), (2.3, 2.0)),
    )
    under = Ellipsoid((12.4, 0.6, -0.6), (6.4, 5.6, 5.4))
    tip = Ellipsoid((size.span / 2 - 2.5, 1.8, -6.6), (2.5, 2.8, 2.5))
    return (lamina, isthmus, pars, under, *cervical.spinous(size), front, rear, tip)


@lru_cache(maxsize=1)
def axis() -> BoneShape:
    """C2 with its dens, in its own frame at reference size."""
    size = sizes("C2")
    side = pillars.pillar_side(sizes("C3"))
    lower = pillars.lower_joint("C2")
    pillar = pillars.pillar(side, pillars.Joint((14.4, -4.2), lower.angle_deg), lower)
    steps = [add(pillar)]
    steps += [add(piece, 2.4) for piece in _axis_arch()]
    steps += [add(shoulder(), 2.2)]
    steps += [cut(cervical.canal(size), 1.2)]
    steps += [cut(Cylinder((13.2, 2.6, -12.0), (25.0, 1.4, 0.6), 2.9), 0.9)]
    steps += [cut(pillars.facet_slab(side, lower, above=False), 0.6)]
    whole = Blend((add(Blend(tuple(steps))), add(_axis_body(), 2.6), add(dens(), 2.8)))
    faces = union(
        Placed(Ellipsoid((0.0, 0.0, 5.0), (7.6, 7.2, 2.4)), _SHOULDER),
        pillars.facet_cartilage(side, lower),
        Ellipsoid((0.0, -6.6, 19.6), (3.4, 2.6, 4.4)),
    )
    return BoneShape(Mirrored(whole), Mirrored(faces))


# ------------------------------------------------------------------------------ the atlas
def ring() -> Points2:
    """Inside of the atlas from above, (x, y): room for the dens in front, the cord behind."""
    row = vertebrae()["C1"]
    half, front = row.number("canal_width_mm") / 2, _ARCH_BACK_MM
    back = front + row.number("canal_depth_mm")
    right = [
        (0.0, front), (5.0, front + 0.2), (8.2, front + 2.0), (9.0, front + 5.2), (9.3, 0.2),
        (9.9, 4.0), (12.0, 7.6), (half, 11.4), (0.90 * half, 15.4), (0.55 * half, 18.9),
    ]  # fmt: skip
    left = [(-x, y) for x, y in reversed(right[1:])]
    return curves.smooth([*right, (0.0, back), *left], closed=True, samples=6)


_ARCH_BACK_MM: Final = -8.8
"""Back of the front arch in the midline, as in the midline outlines (y) [M]."""


def _socket() -> Solid:
    """Bed of the occiput's condyle above the atlas (left), long and hollow, toeing in [M]."""
    turn = np.radians(24.0)
    cos, sin = np.cos(turn), np.sin(turn)
    toe_in = Pose(np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]]), np.zeros(3))
    place = turned(-16.0, 0.0, (13.2, 0.4, 12.4)).after(toe_in)
    return Placed(Ellipsoid((0.0, 0.0, 0.0), (6.4, 11.6, 7.6)), place)


def _atlas_arches() -> tuple[Solid, ...]:
    """Front and back arch with their tubercles (left half)."""
    row = vertebrae()["C1"]
    front_high = row.number("body_height_ant_mm") / 2
    back_high = row.number("body_height_post_mm") / 2
    wall = _ARCH_BACK_MM + row.number("canal_depth_mm")
    front = Chain(
        (
            (-6.5, -10.9, 0.0),
            (0.0, -12.0, 0.0),
            (6.5, -10.9, 0.0),
            (11.5, -7.6, 0.0),
            (14.5, -4.0, 0.0),
        ),
        ((4.7, 3.0), (front_high, 3.2), (4.7, 3.0), (5.2, 3.4), (6.0, 4.4)),
    )
    back = Chain(
        (
            (17.6, 7.0, 0.6),
            (16.9, 13.0, 0.2),
            (11.0, 20.2, -0.9),
            (0.0, wall + 3.6, -1.5),
            (-11.0, 20.2, -0.9),
        ),
        ((3.6, 3.4), (2.7, 3.0), (3.5, 3.0), (back_high, 3.6), (3.5, 3.0)),
    )
    nose = Ellipsoid((0.0, -14.6, -0.6), (2.6, 1.7, 3.2))
    knob = Ellipsoid((0.0, wall + 6.6, -1.4), (2.4, 2.2, 3.2))
    return front, back, nose, knob


def _atlas_side() -> tuple[Solid, ...]:
    """Side process (left): two roots round the hole of the artery, one stout tip."""
    reach = vertebrae()["C1"].number("transverse_width_mm") / 2
    hole = HOLE_EDGE_MM - HOLE_MM / 2
    front = Chain(
        ((18.5, -2.0, -0.6), (hole, -2.3, -1.4), (30.2, 0.8, -2.2)),
        ((3.6, 2.6), (2.4, 2.0), (2.8, 2.4)),
    )
    rear = Chain(
        ((18.0, 7.2, 0.0), (hole, 8.0, -1.0), (30.4, 5.2, -2.2)),
        ((3.6, 2.8), (2.5, 2.1), (2.9, 2.4)),
    )
    tip = Ellipsoid((reach - 3.9, 3.4, -2.5), (3.9, 4.3, 3.7))
    return front, rear, tip


def seats() -> Solid:
    """Where the axis' shoulder (left) goes as the atlas nods over it, in the atlas' frame."""
    rest = seen_from("C1", "C2")
    poses = (Pose.tilted(nod, (0.0, 0.0, 0.0)).after(rest) for nod in NODS_DEG)
    return union(*(Placed(shoulder(), pose) for pose in poses))


@lru_cache(maxsize=1)
def atlas() -> BoneShape:
    """C1, a ring without a body, in its own frame at reference size."""
    mass = Ellipsoid((15.4, 0.8, -0.4), (7.4, 9.8, 9.6))
    seat = seats()
    hole = HOLE_EDGE_MM - HOLE_MM / 2
    steps = [add(mass)]
    steps += [add(piece, 2.2) for piece in (*_atlas_arches(), *_atlas_side())]
    steps += [
        cut(Extrusion(ring(), 40.0, "axial"), 1.0),
        cut(Cylinder((hole, 2.8, -20.0), (hole, 2.8, 20.0), HOLE_MM / 2), 0.8),
        cut(Capsule((9.0, 12.6, 4.4), (24.0, 12.0, 4.2), (2.4, 2.4), (2.4, 2.4)), 1.2),
        cut(_socket(), 1.0),
        cut(Grown(seat, SIDE_JOINT_GAP_MM), 1.0),
    ]
    faces = union(
        Grown(_socket(), 0.5),
        Grown(seat, SIDE_JOINT_GAP_MM + 0.5),
        Ellipsoid((0.0, _ARCH_BACK_MM, 0.6), (3.0, 1.0, 3.4)),
    )
    return BoneShape(Mirrored(Blend(tuple(steps))), Mirrored(faces))
