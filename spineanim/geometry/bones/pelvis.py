"""Hip bones, upper femora and the pubic symphysis of the standing 175 cm figure.

Patient axes, stature factor 1.06. The solids project onto the outlines of
``skeleton.py`` from the front and from the side; the films were composed on them. They
belong to the standing sacrum (slope 40 degrees): a tilted pelvis turns with S1's frame.
Proportions M (textbook); head of the femur 46 mm, socket 50 mm across [M].
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import Points2, Vector3
from spineanim.geometry.bones import sacrum
from spineanim.geometry.bones.plates import Plate, Prism, bone_part, on_side
from spineanim.geometry.layout import build_frames
from spineanim.geometry.params import STANDING
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.skeleton import Side
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, Placed, Pose, Step, add, cut, keep
from spineanim.geometry.solids.primitives import Capsule, Chain, Ellipsoid, HalfSpace

STATURE: Final = 1.06
"""Stature factor of the figure that the outlines were drawn for: 175 cm [37, D]."""

HIP_CENTRE_MM: Final[Vector3] = (93.0, -20.0, -82.0)
"""Centre of the left hip joint: middle of the heights in the front and side outlines."""

HEAD_RADIUS_MM: Final = 23.0
_SOCKET_RADIUS_MM: Final = 25.3
_JOINT_GAP_MM: Final = 2.0
_SHAFT_END_MM: Final = -400.0

# Faces of the wing: (y, z, inner x, outer x), the patient's left; fitted to the crest and
# the front outline, hollow inwards; 3 mm thin in the middle [M]
_WING: Final = np.array([
    (57, -6, 39, 48), (55, 12, 42, 55), (46, 31, 50, 66), (26, 46.5, 72, 81), (-4, 53, 88, 98),
    (-34, 46, 107, 116), (-55, 27, 121, 131), (-66, 5, 124, 132.5), (-69, -12, 122, 130),
    (-61, -22, 115, 124), (-57, -36, 106, 118), (-61, -45, 101, 111), (-53, -57, 86, 109),
    (0, 30, 90, 94.8), (-28, 30, 105.6, 110.4), (-46, 12, 116, 120.5), (-20, 8, 100.4, 105),
    (5, 12, 81.8, 87), (25, 27, 71, 78), (-44, -12, 112, 118), (-22, -12, 96.8, 102),
    (0, -5, 70, 83), (20, 8, 58, 74), (38, 12, 50, 66), (20, -14, 55, 72), (40, -10, 47, 64),
    (36, -28, 51, 66), (12, -25, 58, 76), (-8, -30, 64, 88), (-30, -32, 90, 105),
    (49, -40, 61, 70), (41, -51, 62, 71), (26, -56, 63, 73), (15, -66, 63, 78), (0, -50, 65, 88),
    (-22, -55, 68, 106), (-42, -52, 84, 108), (12, -80, 63, 84), (-10, -72, 64, 104),
    (-40, -70, 70, 106),
], dtype=np.float64)  # fmt: skip
_WING_FLOOR_MM: Final = -70.0


def _outline_of_wing() -> Points2:
    """Upper part of the side outline of the hip bone, down to the socket, closed."""
    whole = skeleton.hip_bone_lateral()
    return whole[whole[:, 1] > _WING_FLOOR_MM]


@lru_cache(maxsize=1)
def _sacral_pose() -> Pose:
    frame = build_frames(STANDING, STATURE)["S1"]
    return Pose.tilted(frame.tilt_deg, (0.0, *frame.centre))


def _sacral(solid: Solid) -> Solid:
    """Something in S1's own frame, as it stands in this figure."""
    return Placed(solid, _sacral_pose(), STATURE)


def _ramus(points: tuple[Vector3, ...], radii: tuple[tuple[float, float], ...]) -> Chain:
    """Bar of the pubis or ischium; half sizes are front-back first."""
    return Chain(points, radii, up=(0.0, 1.0, 0.0), steps=2)


def _lower_bones() -> tuple[Step, ...]:
    """Socket, ischium and pubis, left."""
    socket = Blend((
        add(Ellipsoid((91.0, -20.0, -79.5), (30.5, 32.0, 32.0))),
        keep(HalfSpace((100.0, -23.5, -84.0), (0.82, -0.30, -0.49)), 3.0),
    ))  # fmt: skip
    ischium = _ramus(
        ((84.0, 0.0, -88.0), (83.0, 1.0, -106.0), (75.0, -1.5, -124.0), (65.5, -7.0, -135.0)),
        ((14.0, 13.5), (13.0, 13.0), (15.0, 13.0), (14.0, 13.0)),
    )
    spine = Capsule((70.0, 6.0, -86.0), (61.0, 17.5, -92.0), (8.0, 6.0), (3.5, 3.0))
    lower = _ramus(
        ((64.0, -12.0, -138.0), (47.0, -26.0, -131.0), (31.0, -37.0, -121.5),
         (14.0, -46.0, -112.5)),
        ((9.0, 10.5), (7.0, 8.0), (6.5, 8.5), (7.5, 9.5)),
    )  # fmt: skip
    upper = _ramus(
        ((76.0, -38.0, -70.0), (60.0, -48.0, -71.0), (42.0, -58.5, -78.5), (24.0, -67.5, -85.5),
         (12.0, -70.0, -90.0)),
        ((14.0, 12.5), (10.5, 11.0), (8.5, 10.0), (8.5, 9.5), (9.0, 9.5)),
    )  # fmt: skip
    body = Capsule((12.0, -68.0, -92.0), (11.0, -47.0, -113.5), (9.0, 12.5), (8.0, 10.0),
                   up=(0.0, 0.7, 0.7))  # fmt: skip
    tubercle = Ellipsoid((25.0, -73.0, -82.0), (5.0, 4.0, 4.0))
    return (
        add(socket, 8.0), add(ischium, 6.0), add(spine, 5.0), add(lower, 5.0), add(upper, 6.0),
        add(body, 5.0), add(tubercle, 4.0),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _hip_bone() -> Solid:
    """Left hip bone: wing, socket, ischium and pubis; the sacrum's joint faces left free."""
    wing = Plate(_grown(_outline_of_wing(), 1.5), _WING, edge_mm=3.0)
    front, side = skeleton.hip_bone_anterior("left"), skeleton.hip_bone_lateral()
    return Blend((
        add(wing),
        *_lower_bones(),
        cut(Ellipsoid(HIP_CENTRE_MM, (_SOCKET_RADIUS_MM,) * 3), 1.5),
        cut(Capsule((85.0, -25.0, -97.0), (94.0, -32.0, -112.0), (6.0, 6.0), (8.0, 7.0)), 2.0),
        keep(Prism(_grown(side, 0.6), "sagittal"), 2.0),
        keep(Prism(_grown(_widened(front), 0.6), "frontal"), 2.0),
        keep(HalfSpace((2.5, 0.0, 0.0), (-1.0, 0.0, 0.0)), 1.0),
        cut(Grown(_sacral(sacrum.wings()), _JOINT_GAP_MM), 1.0),
    ))  # fmt: skip


def _grown(outline: Points2, by_mm: float) -> Points2:
    """Outline moved outwards, as rounding the edges takes a little off."""
    return curves.offset(curves.counter_clockwise(outline), -by_mm, closed=True)


def _widened(front: Points2) -> Points2:
    """Front outline moved inwards where the sacrum hides the bone behind it."""
    moved = front.copy()
    hidden = (front[:, 0] < 70.0) & (front[:, 1] > -58.0) & (front[:, 1] < 40.0)
    moved[hidden, 0] -= 3.5
    return curves.smooth(moved[::4], closed=True, samples=4)


@lru_cache(maxsize=1)
def _femur() -> Solid:
    """Left upper femur: head, neck, trochanters and shaft."""
    shaft = Chain(
        ((128.0, -14.0, -112.0), (126.5, -16.5, -148.0), (123.0, -26.0, -208.0),
         (119.5, -32.0, -288.0), (117.5, -33.5, -360.0), (116.0, -34.0, _SHAFT_END_MM - 20.0)),
        ((20.0, 18.0), (17.5, 15.5), (16.0, 13.5), (15.5, 13.0), (16.0, 14.0), (17.5, 16.0)),
        up=(0.0, 1.0, 0.0),
    )  # fmt: skip
    return Blend((
        add(shaft),
        add(Capsule((97.0, -20.0, -88.0), (128.0, -15.0, -101.0), (15.0, 18.0), (19.0, 21.0),
                    up=(0.0, 1.0, 0.0)), 6.0),
        add(Ellipsoid((139.5, -7.0, -94.0), (12.0, 17.0, 21.5)), 6.0),
        add(Ellipsoid((109.0, -4.0, -119.0), (7.0, 8.0, 10.0)), 7.0),
        keep(HalfSpace((0.0, 0.0, _SHAFT_END_MM), (0.0, 0.0, -1.0)), 2.0),
        add(Ellipsoid(HIP_CENTRE_MM, (HEAD_RADIUS_MM,) * 3), 3.0),
    ))  # fmt: skip


def hip_bone_part(side: Side) -> Part:
    """Hip bone of one side; its socket and its face against the sacrum bear cartilage."""
    ear = _sacral(sacrum.ear())
    joint = Blend((
        add(Grown(Ellipsoid(HIP_CENTRE_MM, (_SOCKET_RADIUS_MM,) * 3), 0.6)),
        add(Blend((add(Grown(ear, 1.5)), keep(Grown(_sacral(sacrum.wings()), 4.0))))),
    ))  # fmt: skip
    return bone_part(f"hip_bone_{side}", on_side(_hip_bone(), side), on_side(joint, side))


def femur_part(side: Side) -> Part:
    """Upper femur of one side, its shaft cut above the knee; the head bears cartilage."""
    x, y, z = HIP_CENTRE_MM
    head = Ellipsoid((x - 3.0, y, z + 2.0), (HEAD_RADIUS_MM + 0.8,) * 3)
    return bone_part(f"femur_{side}", on_side(_femur(), side), on_side(head, side))


def symphysis_part() -> Part:
    """Disc of fibrous cartilage between the pubic bones."""
    body = Capsule((0.0, -67.0, -91.0), (0.0, -51.0, -112.0), (7.0, 3.6), (6.0, 3.6),
                   up=(0.0, 0.8, 0.6))  # fmt: skip
    side = Prism(skeleton.hip_bone_lateral())
    return Part("symphysis", Tissue.CARTILAGE, Blend((add(body), keep(side, 2.0))))
