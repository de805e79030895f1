"""Bones other than the column: ribs in 3-D, pelvis, femora, sternum, clavicles.

Shapes were drawn for this project in head units (one head H = 219 mm, an adult of
eight heads, y down from the vertex, x forward or lateral) or in centimetres, and are
turned into patient millimetres here. The rib heads sit on the standing column of
``spine.py``; the test suite checks that they do. Proportions M (textbook), heights of
iliac crest (L4 to L4-L5) and rib 10 (L2-L3) [98, 99].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3

Side = Literal["left", "right"]

HEAD_MM: Final = 219.0
"""Height of one head of an eight-head figure of 175 cm (mm) [D]."""

S1_HEADS: Final = 3.43
"""Depth of the S1 upper end plate below the vertex (heads)."""

FORWARD_SHIFT_MM: Final = 18.0
"""Forward shift of the drawn figure that makes its back fit the column (mm) [D]."""

CREST_MM: Final = 52.0
"""Height of the top of the iliac crest: lower L4 (mm) [98]."""

HIP_JOINT_Y_MM: Final = -20.0
"""Front-back place of the hip joints: pelvic tilt about 13 degrees [26, 33]."""


def from_heads_anterior(points: ArrayLike) -> Points2:
    """Turn (lateral, down) in heads into anterior plane points (x, z) in mm."""
    lateral, down = curves.as_points(points).T
    return np.column_stack([lateral * HEAD_MM, (S1_HEADS - down) * HEAD_MM])


def from_heads_lateral(points: ArrayLike) -> Points2:
    """Turn (forward, down) in heads into lateral plane points (y, z) in mm."""
    forward, down = curves.as_points(points).T
    y = -(forward * HEAD_MM + FORWARD_SHIFT_MM)
    return np.column_stack([y, (S1_HEADS - down) * HEAD_MM])


# --------------------------------------------------------------------------- ribs
# Height and place (z, y) of the bodies T1..T12 of the standing column (mm) [D, anatomy 2.3]
_BODY_Z: Final = (452, 433, 414, 393.5, 373, 351, 329, 305.5, 280, 255, 227, 199.5)
_BODY_Y: Final = (7, 15.5, 22.5, 28, 32, 34.5, 35, 33, 29.5, 25, 18.5, 11)
_HALF_WIDTH: Final = (55, 85, 104, 116, 124, 129, 132.5, 134, 132, 126, 116, 98)
_DROP: Final = (44, 66, 79, 92, 101, 110, 117, 130, 149, 169, 176, 165)
_END_DEG: Final = (140, 150, 148, 147, 145, 142, 139, 136, 131, 124, 82, 52)
_WIDTH: Final = (13.6, 12.3, 12.3, 12.7, 13.1, 13.1, 13.1, 13.1, 12.7, 12, 11, 9.2)
_STERNAL_HEADS: Final = (1.50, 1.66, 1.78, 1.89, 1.99, 2.07, 2.13)
_STERNAL: Final = 7
_FLOATING_FROM: Final = 11


@dataclass(frozen=True)
class Rib:
    """One rib as a curve in patient axes.

    Parameters
    ----------
    number : int
        1 to 12, cranial to caudal.
    side : str
        ``"left"`` or ``"right"``.
    bone : ndarray, shape (N, 3)
        Bony part from the vertebra forward.
    cartilage : ndarray, shape (M, 3), or None
        Costal cartilage from the end of the bone; None for floating ribs.
    width_mm : float
        Drawn height of the rib.
    """

    number: int
    side: Side
    bone: Points3
    cartilage: Points3 | None
    width_mm: float


def sternum_front_mm(z_mm: ArrayLike) -> np.ndarray:
    """Front-back place (y, mm) of the sternum at the given heights."""
    down = S1_HEADS - np.asarray(z_mm, dtype=np.float64) / HEAD_MM
    forward = np.interp(down, [1.45, 1.68, 2.16, 2.30], [0.15, 0.25, 0.385, 0.40])
    return np.asarray(-(forward * HEAD_MM + FORWARD_SHIFT_MM))


def _rib_bone(index: int, count: int = 40) -> Points3:
    """Bony part of left rib `index` + 1, vertebra to front end, shape (count, 3)."""
    z0, y0, drop = _BODY_Z[index], _BODY_Y[index], _DROP[index]
    back = y0 + 33.0
    front_z = float(np.clip(z0 - drop * 0.9, 250.0, 434.0))
    front = -97.0 if index >= _STERNAL else float(sternum_front_mm(front_z)) + 6.5
    centre, reach = (back + front) / 2, (back - front) / 2
    turn = np.radians(np.linspace(10.0, _END_DEG[index], count))
    x = _HALF_WIDTH[index] * np.sin(turn) ** 0.88
    y = centre + reach * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.92
    z = z0 - drop * (1 - np.cos(turn)) / 2
    head = [[11.0, y0 + 11.0, z0 + 2.0], [20.0, y0 + 20.0, z0 + 2.5]]
    knots = np.vstack([head, np.column_stack([x, y, z])[4::3], [[x[-1], y[-1], z[-1]]]])
    return curves.resample(curves.smooth(knots, samples=8), count)


def _sternal_cartilage(bone: Points3, index: int) -> Points3:
    """Cartilage of a true rib, from its bone to the edge of the sternum."""
    z = (S1_HEADS - _STERNAL_HEADS[index]) * HEAD_MM
    joint = np.array([15.3 if index else 19.7, float(sternum_front_mm(z)), z])
    bend = [4.4, -6.6, -6.6 - 2.6 * index if index > 2 else 0.0]
    middle = (bone[-1] + joint) / 2 + bend
    return curves.smooth(np.vstack([bone[-3], bone[-1], middle, joint]), samples=8)[8:]


def _joining_cartilage(bone: Points3, above: Points3, share: float) -> Points3:
    """Cartilage of a false rib (8 to 10), running up to the cartilage above."""
    joint = above[int(len(above) * share)]
    middle = (bone[-1] + joint) / 2 + [3.0, -4.0, -8.0]
    return curves.smooth(np.vstack([bone[-3], bone[-1], middle, joint]), samples=8)[8:]


@lru_cache(maxsize=2)
def ribs(side: Side = "left") -> tuple[Rib, ...]:
    """All twelve ribs of one side, cranial to caudal."""
    flip = np.array([1.0 if side == "left" else -1.0, 1.0, 1.0])
    cartilages: list[Points3 | None] = []
    found: list[Rib] = []
    for index in range(12):
        bone = _rib_bone(index)
        cartilage: Points3 | None = None
        if index < _STERNAL:
            cartilage = _sternal_cartilage(bone, index)
        elif index + 1 < _FLOATING_FROM:
            above = cartilages[index - 1]
            assert above is not None  # ribs 7 to 9 always have one
            cartilage = _joining_cartilage(bone, above, 0.34 if index == _STERNAL else 0.22)
        cartilages.append(cartilage)
        shown = None if cartilage is None else cartilage * flip
        found.append(Rib(index + 1, side, bone * flip, shown, _WIDTH[index]))
    return tuple(found)


@lru_cache(maxsize=2)
def costal_margin(side: Side = "left") -> Points3:
    """Lower edge of the rib cage from the xiphoid round to rib 12, shape (N, 3)."""
    cage = ribs(side)
    front = cage[6].cartilage
    assert front is not None
    pieces = [front[::-1][:-6]]
    for number in (8, 9, 10):
        cartilage = cage[number - 1].cartilage
        assert cartilage is not None
        pieces.append(cartilage[: len(cartilage) // 2][::-1])
    pieces.append(cage[9].bone[-5:-1:2][::-1])
    pieces.append(cage[10].bone[-1:])
    pieces.append(cage[11].bone[-1:])
    edge = curves.resample(np.vstack(pieces), 24)
    return curves.smooth(edge, samples=4)


# ------------------------------------------------------------ pelvis, anterior view
# (lateral, down from the top of the iliac crest) in cm, patient's left side
_HIP: Final = [
    (4.6, 2.6), (6.0, 0.9), (8.2, 0.1), (10.5, 0.4), (12.3, 1.7), (13.1, 3.6), (13.0, 5.6),
    (12.6, 7.3), (12.45, 8.2), (11.8, 8.9), (11.1, 9.8), (10.9, 10.8), (11.2, 11.6),
    (11.35, 12.8), (10.9, 14.3), (10.0, 15.5), (8.8, 16.4), (8.1, 17.6), (7.6, 19.0),
    (6.7, 20.1), (5.5, 20.0), (4.5, 18.9), (3.2, 17.9), (1.8, 17.3), (0.5, 17.4), (0.28, 16.4),
    (0.28, 14.8), (0.35, 13.5), (1.4, 12.95), (2.7, 12.7), (4.2, 12.2), (5.6, 11.4), (6.5, 10.4),
    (6.6, 9.1), (5.9, 8.0), (4.8, 7.2), (4.2, 5.6), (4.2, 3.8),
]  # fmt: skip
_OBTURATOR: Final = [
    (3.0, 15.0), (4.2, 14.25), (5.6, 14.1), (6.5, 14.9),
    (6.5, 16.3), (5.7, 17.6), (4.6, 17.8), (3.5, 16.8),
]  # fmt: skip
_FEMUR: Final = [
    (9.4, 11.3), (11.0, 11.9), (11.9, 12.9), (12.9, 13.0), (14.2, 12.4), (15.0, 13.2),
    (15.1, 15.2), (14.5, 17.4), (14.1, 20), (13.6, 26), (13.2, 34), (13.0, 42), (10.4, 42),
    (10.7, 34), (11.0, 26), (11.2, 20.5), (10.9, 18.3), (10.2, 17.2), (10.3, 16.2), (9.6, 15.8),
    (8.3, 16.0), (7.2, 14.9), (6.9, 13.4), (7.7, 11.9),
]  # fmt: skip
_SYMPHYSIS: Final = [(-0.42, 13.4), (0.42, 13.4), (0.38, 15.2), (0.45, 17.2), (-0.45, 17.2),
                     (-0.38, 15.2)]  # fmt: skip
# (lateral, down from the S1 end plate) in cm, half outline: foreshortened by the sacral slope
_SACRUM: Final = [
    (0, 0.10), (1.6, 0.0), (2.6, 0.30), (3.8, 0.25), (5.2, 0.95), (5.5, 2.15), (5.0, 3.75),
    (4.1, 5.35), (3.2, 6.75), (2.2, 7.95), (1.3, 8.75), (0.75, 9.45), (0.45, 10.45), (0, 10.95),
]  # fmt: skip
_SACRAL_TOP_MM: Final = 4.0
SACRAL_FORAMINA_MM: Final = tuple(
    (x, _SACRAL_TOP_MM - depth)
    for x, depth in ((19.5, 22.5), (17.5, 38.5), (15.5, 53.5), (13.0, 66.5))
)
"""Centres (x, z) of the left anterior sacral foramina in the anterior view (mm) [M]."""


_CREST_CURVE: Final = [
    (42, 58, -6), (66, 44, 32), (95, -12, CREST_MM), (112, -34, 44), (124, -49, 34), (131, -60, 15),
    (130, -66, -3), (127, -69, -14),
]  # fmt: skip


@lru_cache(maxsize=2)
def iliac_crest(side: Side = "left") -> Points3:
    """Crest of the hip bone from the back spine over the top to the front spine, (N, 3)."""
    line = curves.smooth(_CREST_CURVE, samples=6)
    return line if side == "left" else curves.mirrored(line)


def _pelvic(points: ArrayLike, side: Side) -> Points2:
    """Centimetres below the crest to an anterior outline (x, z) in mm."""
    lateral, down = curves.as_points(points).T
    sign = 1.0 if side == "left" else -1.0
    return np.column_stack([sign * lateral * 10, CREST_MM - down * 10])


def hip_bone_anterior(side: Side = "left") -> Points2:
    """Outline of the hip bone from the front, closed (N, 2) in (x, z) mm."""
    return curves.smooth(_pelvic(_HIP, side), closed=True, samples=8)


def obturator_anterior(side: Side = "left") -> Points2:
    """Obturator foramen from the front (a hole in the hip bone), closed (N, 2)."""
    return curves.smooth(_pelvic(_OBTURATOR, side), closed=True, samples=8)


def femur_anterior(side: Side = "left") -> Points2:
    """Upper femur with its head from the front, closed (N, 2); the shaft is cut below."""
    return curves.smooth(_pelvic(_FEMUR, side), closed=True, samples=8)


def femoral_head_anterior(side: Side = "left") -> tuple[float, float, float]:
    """Centre (x, z) and radius (mm) of the femoral head from the front [M]."""
    return (93.0 if side == "left" else -93.0, CREST_MM - 136.0, 23.0)


def symphysis_anterior() -> Points2:
    """Pubic symphysis (cartilage) from the front, closed (N, 2)."""
    return curves.smooth(_pelvic(_SYMPHYSIS, "left"), closed=True, samples=5)


def sacrum_anterior() -> Points2:
    """Sacrum and coccyx from the front, foreshortened as a standing patient's, closed (N, 2)."""
    lateral, down = curves.as_points(_SACRUM).T
    half = np.column_stack([lateral * 10, _SACRAL_TOP_MM - down * 10])
    both = np.vstack([half, curves.mirrored(half)[::-1][1:-1]])
    return curves.smooth(both, closed=True, samples=8)


# ------------------------------------------------------------- pelvis, lateral view
# (forward, down from the crest) in cm; the down axis is stretched to the anterior height
_HIP_SIDE: Final = [
    (-7.0, 3.3), (-6.2, 1.6), (-4.0, 0.4), (-1.0, -0.1), (2.0, 0.5), (4.2, 2.2), (5.4, 4.6),
    (5.5, 5.6), (4.6, 6.4), (4.3, 7.6), (4.7, 8.4), (3.9, 9.4), (3.3, 10.4), (4.0, 11.0),
    (5.3, 11.2), (6.3, 11.5), (6.5, 12.8), (5.6, 13.2), (4.4, 13.4), (3.0, 14.6), (1.6, 16.2),
    (0.2, 17.3), (-1.6, 17.4), (-2.6, 16.2), (-2.3, 14.6), (-2.9, 13.6), (-3.3, 12.6),
    (-2.5, 11.6), (-2.9, 10.2), (-4.2, 9.4), (-5.6, 9.0), (-6.6, 8.0), (-6.4, 6.4), (-7.2, 5.0),
]  # fmt: skip
_OBTURATOR_SIDE: Final = [
    (2.6, 12.9), (3.4, 13.3), (2.6, 14.6), (1.2, 15.8), (-0.2, 15.8), (-0.4, 14.6), (0.6, 13.6),
]  # fmt: skip
_FEMUR_SIDE: Final = [
    (-1.9, 11.6), (-0.4, 10.9), (1.5, 11.4), (2.3, 12.9), (2.0, 14.6), (1.9, 17), (2.6, 22),
    (3.2, 30), (3.4, 38), (3.6, 46), (0.1, 46), (0.4, 38), (0.2, 30), (-0.6, 22), (-1.5, 17),
    (-2.3, 14.2),
]  # fmt: skip
_SIDE_STRETCH: Final = 1.155
_JOINT_FORWARD_CM: Final = 0.6


def _pelvic_side(points: ArrayLike, stretch: float = _SIDE_STRETCH) -> Points2:
    """Centimetres below the crest to a lateral outline (y, z) in mm."""
    forward, down = curves.as_points(points).T
    y = HIP_JOINT_Y_MM - (forward - _JOINT_FORWARD_CM) * 10
    return np.column_stack([y, CREST_MM - down * 10 * stretch])


def hip_bone_lateral() -> Points2:
    """Outline of the hip bone from the side, closed (N, 2) in (y, z) mm."""
    return curves.smooth(_pelvic_side(_HIP_SIDE), closed=True, samples=8)


def obturator_lateral() -> Points2:
    """Obturator foramen from the side, closed (N, 2)."""
    return curves.smooth(_pelvic_side(_OBTURATOR_SIDE), closed=True, samples=8)


def femur_lateral() -> Points2:
    """Upper femur from the side, closed (N, 2); the shaft is cut above the knee."""
    points = curves.as_points(_FEMUR_SIDE)
    points[:, 1] += 11.2 * (_SIDE_STRETCH - 1)
    return curves.smooth(_pelvic_side(points, 1.0), closed=True, samples=8)


# ------------------------------------------------------------------ chest and shoulder
_STERNUM: Final = [
    (0, 1.475), (0.055, 1.462), (0.12, 1.478), (0.125, 1.53), (0.085, 1.60), (0.060, 1.665),
    (0.062, 1.75), (0.070, 1.86), (0.080, 1.98), (0.082, 2.07), (0.055, 2.135), (0.026, 2.16),
    (0.022, 2.24), (0, 2.275),
]  # fmt: skip
_STERNUM_SIDE: Final = [
    (0.13, 1.475), (0.17, 1.46), (0.205, 1.52), (0.27, 1.67), (0.335, 1.86), (0.395, 2.08),
    (0.41, 2.18), (0.405, 2.27), (0.385, 2.20), (0.35, 2.06), (0.29, 1.86), (0.225, 1.68),
]  # fmt: skip
_CLAVICLE: Final = [(0.085, 1.488), (0.22, 1.46), (0.38, 1.462), (0.55, 1.43), (0.72, 1.405),
                    (0.83, 1.415)]  # fmt: skip
_SCAPULA_SIDE: Final = [
    (-0.30, 1.50), (-0.20, 1.46), (-0.12, 1.52), (-0.10, 1.62), (-0.18, 1.72), (-0.27, 1.92),
    (-0.33, 2.06), (-0.385, 2.05), (-0.40, 1.90), (-0.385, 1.70),
]  # fmt: skip


def sternum_anterior() -> Points2:
    """Manubrium, body and xiphoid from the front, closed (N, 2) in (x, z) mm."""
    half = from_heads_anterior(_STERNUM)
    both = np.vstack([half, curves.mirrored(half)[::-1][1:-1]])
    return curves.smooth(both, closed=True, samples=6)


def sternum_lateral() -> Points2:
    """Sternum from the side, closed (N, 2) in (y, z) mm."""
    return curves.smooth(from_heads_lateral(_STERNUM_SIDE), closed=True, samples=6)


def clavicle_anterior(side: Side = "left") -> Points2:
    """Middle line of the clavicle from the front, open (N, 2)."""
    line = curves.smooth(from_heads_anterior(_CLAVICLE), samples=10)
    return line if side == "left" else curves.mirrored(line)


def scapula_lateral() -> Points2:
    """Shoulder blade from the side, closed (N, 2) in (y, z) mm."""
    return curves.smooth(from_heads_lateral(_SCAPULA_SIDE), closed=True, samples=8)
