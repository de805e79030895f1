"""Ribs, costal cartilages, breast bone, collar bones and shoulder blades.

Patient axes of the standing 175 cm figure (stature factor 1.06). The ribs run along the
curves of ``skeleton.py``; near the column they are led anew, so that heads and tubercles
stand off the vertebrae by a joint gap. Sections of 6 x 12 mm and shapes M (textbook).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.plates import Bar, Plate, Prism, bone_part, on_side
from spineanim.geometry.bones.shape import sizes
from spineanim.geometry.bones.thoracic import thoracic_vertebra
from spineanim.geometry.calipers import gradient
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.skeleton import Rib, Side
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Mirrored, Placed, Pose, Step, add, cut, keep
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import Chain, Ellipsoid, HalfSpace
from spineanim.geometry.spine import Spine

JOINT_GAP_MM: Final = 1.2
"""Cartilage and capsule between rib and vertebra, as drawn (mm) [M]."""

_RIBS: Final = range(1, 13)
_SAMPLES: Final = 90
_TWO_VERTEBRAE: Final = range(2, 10)
_WITHOUT_TUBERCLE: Final = (11, 12)
# Share of the drawn height of a rib that its neck has, and its half thickness (mm)
_NECK_HEIGHT: Final = 0.68
_HALF_THICK: Final = 3.1
# The first rib passes under the wide root of T1's arch and its high side process; T1's frame
_FIRST: Final = ((20.5, 0.0, 0.0), (23.5, 5.5, -1.5), (28.5, 11.5, -3.0), (34.0, 16.0, -3.0),
                 (40.0, 16.5, -3.5))  # fmt: skip


# ------------------------------------------------------------------------------- ribs
@lru_cache(maxsize=1)
def _column() -> tuple[Solid, ...]:
    """Thoracic vertebrae T1 to T12 in patient axes."""
    spine = Spine()
    found = []
    for number in _RIBS:
        frame = spine.frame(f"T{number}")
        pose = Pose.tilted(frame.middle_tilt_deg, (0.0, *frame.centre))
        solid = thoracic_vertebra(f"T{number}").solid
        found.append(Placed(solid, pose, spine.stature_factor))
    return tuple(found)


def _spot(number: int, local: tuple[float, float, float]) -> Points3:
    """Patient point (3,) of a point in a thoracic vertebra's own frame at reference size."""
    spine = Spine()
    frame = spine.frame(f"T{number}")
    pose = Pose.tilted(frame.middle_tilt_deg, (0.0, *frame.centre))
    return pose.place(np.array(local) * spine.stature_factor)


def _joints(number: int) -> Points3:
    """Head, neck and (down to rib 10) tubercle of a left rib, (K, 3)."""
    if number == 1:
        return np.array([_spot(1, local) for local in _FIRST])
    size = sizes(f"T{number}")
    side, back, half = size.width / 2, size.half_depth, size.half_height
    if number in _TWO_VERTEBRAE:
        head = _spot(number, (side * 0.86 + 4.4, back * 0.72 + 1.6, half + 1.5))
    else:
        head = _spot(number, (side * 0.86 + 8.0, back * 0.72 + 3.0, half * 0.5))
    if number in _WITHOUT_TUBERCLE:
        return np.array([head])
    tip = (size.span / 2, back + 9.0 + 0.75 * (size.span / 2 - size.half_canal - 6.0))
    tubercle = _spot(number, (tip[0] - 0.5, tip[1] - 7.5, 0.34 * half + 2.0))
    neck = (head + tubercle) / 2 + [1.5, -1.0, 0.0]
    return np.array([head, neck, tubercle])


@lru_cache(maxsize=12)
def _rib_line(number: int) -> Points3:
    """Middle line of the bone of a left rib, clear of the column, (N, 3)."""
    rib = skeleton.ribs("left")[number - 1]
    joints = _joints(number)
    # The first rib drops steeply, from the high side process of T1 to the drawn curve
    clear = rib.bone[:, 1] < 0.0 if number == 1 else rib.bone[:, 0] > joints[-1, 0] + 20.0
    beyond = rib.bone[clear]
    line = curves.smooth(np.vstack([joints, beyond[::3], rib.bone[-1:]]), samples=8)
    line = curves.resample(line, _SAMPLES)
    near = _column()[max(number - 2, 0) : number + 1]
    half = _sections(number)[:, 1] + JOINT_GAP_MM
    for _ in range(8):
        push = _away(line, near, half + 1.0)
        line = line + gaussian_filter1d(push, 1.2, axis=0, mode="nearest")
    return line


def _away(line: Points3, solids: tuple[Solid, ...], wanted_mm: NDArray[np.float64]) -> Points3:
    """Step (N, 3) that takes points too near to any solid away from it."""
    push = np.zeros_like(line)
    for solid in solids:
        box = solid.bounds.grown(float(wanted_mm.max()))
        close = np.flatnonzero(np.all((line > box.low) & (line < box.high), axis=1))
        gap = solid.distance_mm(line[close])
        close, gap = close[gap < wanted_mm[close]], gap[gap < wanted_mm[close]]
        if len(close):
            push[close] += gradient(solid, line[close]) * (wanted_mm[close] - gap)[:, None]
    return push


def _sections(number: int) -> NDArray[np.float64]:
    """Half height and half thickness along a rib (N, 2): head, neck, tubercle, shaft."""
    width = skeleton.ribs("left")[number - 1].width_mm
    share = np.linspace(0.0, 1.0, _SAMPLES)
    tall = np.interp(share, [0, 0.03, 0.10, 0.16, 0.24, 0.9, 1.0],
                     [0.80, 0.72, _NECK_HEIGHT, 0.84, 0.90, 0.94, 1.0]) * width / 2  # fmt: skip
    thick = np.interp(share, [0, 0.03, 0.10, 0.16, 0.24, 0.9, 1.0],
                      [1.25, 1.1, 0.95, 1.2, 1.1, 1.0, 1.1]) * _HALF_THICK  # fmt: skip
    if number in _WITHOUT_TUBERCLE:
        tall *= np.interp(share, [0.0, 0.7, 1.0], [1.0, 0.95, 0.55])
    rows = np.column_stack([tall, thick])
    found: NDArray[np.float64] = gaussian_filter1d(rows, 2.0, axis=0, mode="nearest")
    return found


def _up(line: Points3, flat: float = 0.0) -> Points3:
    """Direction of a rib's height (N, 3): along the wall of the chest, square to the line.

    `flat` turns it outwards; 1 is a rib that lies level, like the first.
    """
    middle = np.array([0.0, -25.0])
    outward = np.column_stack([line[:, :2] - middle, np.zeros(len(line))])
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    along = curves.tangents(line)
    up = np.cross(along, outward)
    # Where the line runs straight outwards, as necks do, only the vertical is left
    up = up * np.sign(up[:, 2:]) + [0.0, 0.0, 0.4]
    up -= np.sum(up * along, axis=1, keepdims=True) * along
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    turned: Points3 = up * (1 - flat) + outward * flat
    return turned


@lru_cache(maxsize=12)
def _rib(number: int) -> Solid:
    """Bone of a left rib."""
    line, half = _rib_line(number), _sections(number)
    flat = {1: 1.0, 2: 0.45}.get(number, 0.0)
    if flat:
        # At the column all ribs are alike; the first then lies level
        turn = np.interp(np.linspace(0, 1, len(line)), [0.05, 0.3], [0.0, flat])[:, None]
        up = _up(line) * (1 - turn) + _up(line, 1.0) * turn
    else:
        up = _up(line)
    return Bar(line, up, half)


@lru_cache(maxsize=10)
def _cartilage(number: int) -> Solid:
    """Costal cartilage of a left rib; it starts inside the hollow end of the bone."""
    rib: Rib = skeleton.ribs("left")[number - 1]
    assert rib.cartilage is not None  # ribs 1 to 10 have one
    line = curves.resample(rib.cartilage, 40)
    share = np.linspace(0.0, 1.0, len(line))[:, None]
    start, end = np.array([rib.width_mm * 0.47, 3.3]), np.array([rib.width_mm * 0.38, 3.0])
    if number == 1:
        start, end = np.array([5.8, 3.4]), np.array([6.2, 4.0])
    return Bar(line, _up(line, 0.8 if number == 1 else 0.0), start + (end - start) * share)


@lru_cache(maxsize=2)
def rib_parts(side: Side) -> tuple[Part, ...]:
    """Bony ribs 1 to 12 of one side, cranial to caudal."""
    return tuple(bone_part(f"rib_{n}_{side}", on_side(_rib(n), side)) for n in _RIBS)


@lru_cache(maxsize=2)
def cartilage_parts(side: Side) -> tuple[Part, ...]:
    """Costal cartilages 1 to 10 of one side, cranial to caudal."""
    return tuple(
        Part(f"costal_cartilage_{n}_{side}", Tissue.CARTILAGE, on_side(_cartilage(n), side))
        for n in _RIBS
        if n not in _WITHOUT_TUBERCLE
    )


# ---------------------------------------------------------------------------- sternum
@lru_cache(maxsize=1)
def sternum_part() -> Part:
    """Manubrium, body and xiphoid: what both drawn outlines leave, with rounded edges."""
    joint = float(skeleton.from_heads_anterior([(0.0, 1.668)])[0, 1])
    front = float(skeleton.sternum_front_mm(joint))
    side = curves.resample(skeleton.sternum_lateral(), 90, closed=True)
    notch = Mirrored(Ellipsoid((33.5, -51.0, 430.0), (11.0, 11.0, 10.5)))
    solid = Blend((
        add(Extrusion(side, 60.0, soften_mm=0.6)),
        keep(Prism(skeleton.sternum_anterior(), "frontal"), 1.6),
        add(Ellipsoid((0.0, front + 1.2, joint), (12.5, 3.0, 2.4)), 3.0),
        cut(notch, 1.5),
    ))  # fmt: skip
    return bone_part("sternum", solid)


# --------------------------------------------------------------------------- shoulder
_CLAVICLE_Y: Final = ((18.0, 48.0, 85.0, 125.0, 160.0, 182.0),
                      (-51.0, -59.0, -55.0, -34.0, -13.0, -4.0))  # fmt: skip
# Shoulder blade: (x, z, front y, back y); outline from behind (x, z)
_BLADE: Final = np.array([
    (66, 423, 45, 50), (62.5, 400, 58, 63), (62, 379, 64.5, 69), (66.5, 335, 67.5, 72),
    (83, 300, 62, 69), (93, 300, 57, 64), (113, 331, 40, 49), (130, 356, 27, 38),
    (141, 376, 14, 28), (148, 396, 5, 24), (146, 415, 6, 24), (130, 426, 14, 22),
    (108, 431, 24, 29), (85, 436, 35, 39), (95, 390, 51, 54), (115, 385, 39, 43),
    (90, 355, 56, 59), (100, 412, 41, 45), (108, 360, 44, 48), (78, 365, 62, 65),
    (75, 325, 65.5, 69.5), (80, 405, 51, 54),
], dtype=np.float64)  # fmt: skip
_BLADE_EDGE: Final = [
    (66, 428), (80, 438), (94, 435), (109, 431.5), (124, 426), (138, 422), (148, 414), (150, 400),
    (146, 387), (139, 373), (127, 352), (110, 325), (95, 299), (87, 294), (79, 299), (70, 325),
    (63.5, 361), (61.5, 392),
]  # fmt: skip


@lru_cache(maxsize=1)
def _clavicle() -> Solid:
    """Left collar bone: bowed forwards at its inner, backwards at its outer end."""
    front = skeleton.clavicle_anterior("left")
    y = np.interp(front[:, 0], *_CLAVICLE_Y)
    line = curves.resample(np.column_stack([front[:, 0], y, front[:, 1]]), 60)
    line[:, 1] = gaussian_filter1d(line[:, 1], 5.0, mode="nearest")
    share = np.linspace(0.0, 1.0, len(line))
    tall = np.interp(share, [0, 0.08, 0.3, 0.7, 1.0], [7.4, 6.8, 5.6, 5.2, 4.6])
    deep = np.interp(share, [0, 0.08, 0.3, 0.7, 1.0], [8.0, 7.0, 5.4, 6.8, 8.0])
    # The inner end stands beside and above the breast bone, not in it
    line[:, 0] += 14.5 * (1 - share) ** 3
    line[:, 2] += 4.5 * (1 - share) ** 3
    return Bar(line, np.tile([0.0, 0.0, 1.0], (len(line), 1)), np.column_stack([tall, deep]))


def _blade_spine() -> tuple[Step, ...]:
    """Spine of the shoulder blade, acromion, coracoid and the neck of the joint socket."""
    spine = Chain(
        ((67.0, 59.5, 395.0), (95.0, 57.5, 402.0), (124.0, 49.0, 412.0), (150.0, 37.0, 422.0),
         (172.0, 25.0, 429.5), (184.0, 13.0, 431.5)),
        ((2.6, 3.0), (3.0, 8.0), (3.4, 10.5), (4.0, 8.0), (4.0, 9.5), (3.6, 8.0)),
    )  # fmt: skip
    coracoid = Chain(
        ((131.0, 16.0, 419.0), (133.0, 8.0, 425.0), (141.0, 3.0, 420.0)),
        ((6.0, 6.0), (5.0, 5.0), (4.5, 4.5)),
        steps=2,
    )
    neck = Blend((
        add(Ellipsoid((146.0, 14.0, 403.0), (11.0, 12.0, 18.0))),
        keep(HalfSpace((150.0, 11.0, 403.0), (0.9, -0.44, 0.0)), 1.5),
        cut(Ellipsoid((171.0, 0.5, 403.0), (23.5, 23.5, 25.0)), 1.0),
    ))  # fmt: skip
    return (add(spine, 5.0), add(coracoid, 5.0), add(neck, 5.0))


@lru_cache(maxsize=1)
def _scapula() -> Solid:
    """Left shoulder blade."""
    outline = curves.smooth(_BLADE_EDGE, closed=True, samples=5)
    return Blend((add(Plate(outline, _BLADE, "frontal", edge_mm=2.5)), *_blade_spine()))


def clavicle_part(side: Side) -> Part:
    """Collar bone of one side."""
    return bone_part(f"clavicle_{side}", on_side(_clavicle(), side))


def scapula_part(side: Side) -> Part:
    """Shoulder blade of one side; its socket bears cartilage."""
    socket = Ellipsoid((160.0, 6.0, 403.0), (13.5, 13.5, 17.0))
    return bone_part(f"scapula_{side}", on_side(_scapula(), side), on_side(socket, side))
