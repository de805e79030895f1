"""Sacrum and coccyx in the own frame of S1, at reference size (stature factor 1).

Origin in the middle of the upper end plate, z along its normal, y to the back. The
midline cut follows the outlines of ``vertebra.py``. End plate 48 x 33 mm and width 108.7
over the wings from the level table; height 98 +- 9 [20]; foramina, crests and joint
faces M (textbook).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves, vertebra
from spineanim.geometry.axes import Points2, Vector3
from spineanim.geometry.bones.lumbar import facet_joint
from spineanim.geometry.bones.plates import Plate
from spineanim.geometry.bones.shape import BoneShape
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Mirrored, Step, add, cut, keep
from spineanim.geometry.solids.lofts import Loft
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import (
    Capsule,
    Ellipsoid,
    HalfSpace,
    RoundedBox,
)

# Left half seen from the front (x, z)
_EDGE: Final = [
    (-9, -3.5), (10, -3), (24, -2.5), (36, -1.5), (46, -2.5), (53, -6.5), (56.2, -13),
    (56.2, -20), (54.4, -28), (50.5, -40), (43.5, -54), (37, -66), (32, -75), (28.5, -81.5),
    (22, -86), (15, -89.5), (11.5, -94), (8.5, -97.2), (-9, -97.6),
]  # fmt: skip
# Front and back of the side masses and the back wall: (x, z, front y, back y)
_FACES: Final = np.array([
    (0, -3, -6, 33), (24, -3, -1, 20), (36, -3, -1, 17), (48, -4, 3, 16),
    (0, -12, -8, 36), (12, -12, -6, 36.5), (22, -12, -3, 33), (36, -12, -2.5, 27),
    (48, -12, 0, 22), (54, -12, 3, 17),
    (0, -25, -4, 36.5), (12, -25, -3, 37), (22, -25, -1.5, 33.5), (36, -25, 0, 31),
    (53, -25, 4, 21),
    (0, -40, 1, 36), (12, -40, 1.5, 36), (21, -40, 3, 33), (35, -40, 6, 30.5), (48, -40, 10, 23),
    (0, -55, 4, 33.5), (11, -55, 4.5, 33.5), (20, -55, 6, 30.5), (32, -55, 9, 27.5),
    (42, -55, 12, 21),
    (0, -70, 5, 28.5), (10, -70, 5.5, 28.5), (19, -70, 7, 25.5), (33, -70, 11, 19),
    (0, -81, 3.5, 20), (10, -81, 4, 23.5), (19, -81, 6, 19), (28, -81, 9, 15),
    (0, -90, 0, 9), (9, -90, 1, 12.5), (16, -90, 3, 9.5), (0, -98, -4, 4), (9, -98, -2, 3.5),
], dtype=np.float64)  # fmt: skip
# Fused bodies: z, front y, back y, half width
_BODIES: Final = np.array([
    (9, -17, 16.6, 25), (0, -16.4, 16.7, 24.2), (-3, -16.2, 16.6, 23.6), (-13, -12, 16, 21),
    (-20.5, -9.4, 15.8, 21.5), (-28, -6.6, 15.8, 18.5), (-35.5, -4, 16, 18.5),
    (-43, -1.6, 16.4, 15), (-50.5, 0.3, 16.4, 15.5), (-58, 1.6, 16.2, 12.5),
    (-66, 2.3, 15, 12.5), (-73, 2.2, 13.6, 10.5), (-80, 0.8, 11.4, 10), (-87, -1.4, 9, 8.5),
    (-93.4, -3.8, 5.9, 7.5),
])  # fmt: skip
# Canal: z, front y, back y, half width; below S4 it lies open
_CANAL: Final = np.array([
    (14, 17.6, 34.5, 15.5), (0, 17.4, 33, 15.5), (-13, 16.8, 31, 14.5), (-28, 16.4, 29.8, 12.3),
    (-43, 17, 30.2, 10), (-57, 16.8, 29, 8.4), (-72, 14.8, 25, 6.6), (-84, 11.5, 25, 5.2),
    (-94, 7.5, 22, 4.2),
])  # fmt: skip
# Holes: place of the front end (x, y, z), of the back end, half width in front and behind
FORAMINA: Final[tuple[tuple[Vector3, Vector3, float, float], ...]] = (
    ((20.5, -12.0, -25.0), (18.0, 46.0, -21.0), 5.4, 3.4),
    ((18.5, -8.0, -41.5), (16.8, 46.0, -37.5), 5.0, 3.2),
    ((16.4, -5.0, -57.0), (15.2, 44.0, -53.5), 4.4, 2.9),
    ((14.2, -4.0, -71.0), (13.2, 38.0, -68.0), 3.8, 2.6),
)
# Ways of the nerves from the canal to the holes: place in the canal, in the hole, half width
_NERVE_WAYS: Final[tuple[tuple[Vector3, Vector3, float], ...]] = (
    ((10.5, 21.2, -11.5), (17.2, 18.0, -21.6), 3.7),
    ((9.6, 21.2, -28.8), (15.8, 16.2, -37.4), 3.6),
    ((8.2, 21.8, -45.2), (13.6, 16.6, -52.8), 3.2),
    ((6.4, 21.2, -59.0), (11.6, 15.4, -66.4), 2.8),
)
# Ear-shaped joint face seen from the side (y, z)
_EAR: Final = [
    (2.5, -4), (10, -3), (15, -8), (13.5, -15), (13.5, -22), (18, -29), (22.5, -38), (20.5, -47),
    (14, -46), (8.5, -39), (4.5, -29), (2.5, -18), (1.5, -9),
]  # fmt: skip
# Coccyx: middle line (y, z), half depth, half width
_COCCYX: Final = np.array([
    (0.2, -98.5, 4.0, 7.0), (-0.6, -101.0, 4.3, 9.5), (-2.0, -103.6, 4.1, 8.0),
    (-4.4, -106.3, 3.7, 5.4), (-5.8, -107.6, 3.7, 6.3), (-9.0, -109.7, 3.6, 5.4),
    (-12.6, -111.5, 3.3, 4.0), (-14.4, -112.1, 3.3, 4.8), (-17.8, -112.9, 3.1, 4.2),
    (-21.4, -113.4, 2.7, 3.0), (-23.4, -113.5, 2.7, 3.6), (-26.6, -113.0, 2.2, 2.8),
    (-29.4, -112.0, 1.5, 2.0),
])  # fmt: skip


def _loft(rows: np.ndarray, exponent: float = 2.0) -> Loft:
    """Solid between a front and a back line: rows of z, front y, back y, half width."""
    fine = curves.smooth(rows, samples=5)[::-1]
    line = np.column_stack([(fine[:, 1] + fine[:, 2]) / 2, fine[:, 0]])
    # Half sizes are square to the line, which leans
    lean = np.abs(curves.tangents(line)[:, 1])
    return Loft(line, (fine[:, 2] - fine[:, 1]) / 2 * lean, fine[:, 3], exponent=exponent)


@lru_cache(maxsize=1)
def ear() -> Solid:
    """Zone of the ear-shaped joint face against the hip bone, both sides; a mark."""
    outline: Points2 = curves.smooth(_EAR, closed=True, samples=5)
    return Mirrored(Extrusion(outline, 12.0, at_mm=50.0, soften_mm=0.6))


@lru_cache(maxsize=1)
def wings() -> Solid:
    """Side masses with their crest, and back wall: what the hip bones must keep clear of."""
    outline = curves.smooth(_EDGE, closed=True, samples=4)
    flipped = _FACES[_FACES[:, 0] > 0] * [-1, 1, 1, 1]
    plate = Plate(outline, np.vstack([_FACES, flipped]), "frontal", edge_mm=3.0)
    bevel = HalfSpace((55.4, 3.0, -14.0), (1.0, 0.22, 0.0))
    spots = [(35.0, 29.5, -15.0), (35.5, 31.0, -31.0), (32.0, 28.0, -47.0), (29.0, 23.5, -61.0)]
    crest = [add(Ellipsoid(spot, (5.0, 3.4, 5.2)), 5.0) for spot in spots]
    return Mirrored(Blend((add(plate), keep(bevel, 3.0), *crest)))


def _bodies() -> Solid:
    """Fused bodies with the dished upper end plate."""
    return Blend((
        add(_loft(_BODIES, 2.4)),
        keep(HalfSpace((0.0, 0.0, 0.3), (0.0, 0.0, 1.0)), 1.2),
        cut(Ellipsoid((0.0, 0.5, 6.0), (19.5, 13.0, 7.2)), 1.5),
    ))  # fmt: skip


def _ridges() -> tuple[Step, ...]:
    """Transverse ridges where the bodies have fused."""
    found = []
    for (y, z), half in zip((a for a, _ in vertebra.SACRAL_JUNCTIONS), (19, 16, 13.5, 11),
                            strict=True):  # fmt: skip
        found.append(add(Ellipsoid((0.0, y + 2.6, z), (half, 2.8, 1.5)), 1.5))
    return tuple(found)


def _back() -> tuple[Step, ...]:
    """Median crest, tubercles of the other crests, horns, upper joint processes."""
    crest = Extrusion(vertebra.sacral_crest(1.0), 3.0, edge_mm=2.6, soften_mm=0.4)
    knobs = [(44.6, -16.8, 3.4), (45.2, -26.5, 4.6), (41.8, -42.0, 4.2), (36.0, -57.0, 3.6)]
    middle = [add(Ellipsoid((0.0, y - 0.6, z), (3.6, 2.4, high)), 4.0) for y, z, high in knobs]
    between = [(18.5, 34.0, -13.0), (16.8, 34.6, -29.0), (15.4, 33.0, -45.0), (13.6, 29.0, -60.0)]
    inner = [add(Ellipsoid(spot, (2.6, 2.4, 3.6)), 4.0) for spot in between]
    horn = add(Capsule((8.8, 23.0, -74.0), (7.6, 17.5, -87.0), (2.6, 2.4), (2.0, 1.9)), 3.0)
    return (add(crest, 3.0), *middle, *inner, horn, add(facet_joint("S1").horn, 4.0))


@lru_cache(maxsize=1)
def sacrum() -> BoneShape:
    """Sacrum: fused bodies, side masses, canal open at its lower end, four pairs of holes."""
    gap = RoundedBox((0.0, 34.0, 14.0), (18.0, 17.0, 17.5), 3.0)
    holes = [
        cut(Capsule(front, back, (wide, wide), (narrow, narrow)), 2.0)
        for front, back, wide, narrow in FORAMINA
    ]
    joint = facet_joint("S1")
    half = Blend((
        add(wings()),
        cut(gap, 3.0),
        add(_bodies(), 4.0),
        *_ridges(),
        *_back(),
        cut(_loft(_CANAL), 1.5),
        *holes,
        *(cut(Capsule(start, end, (wide, wide), (wide, wide)), 1.5)
          for start, end, wide in _NERVE_WAYS),
        cut(joint.socket, 0.5),
    ))  # fmt: skip
    cartilage = Mirrored(Blend((
        add(ear()),
        add(joint.face),
    )))  # fmt: skip
    return BoneShape(Mirrored(half), cartilage)


@lru_cache(maxsize=1)
def coccyx() -> BoneShape:
    """Coccyx: four segments, the first with short side processes and horns."""
    fine = curves.smooth(_COCCYX, samples=4)
    row = Loft(fine[:, :2], fine[:, 2], fine[:, 3])
    horn = Capsule((6.5, 3.0, -102.0), (7.2, 6.6, -98.0), (1.7, 1.5), (1.2, 1.1))
    top = HalfSpace((0.0, 0.0, -100.5), (0.0, -0.1, 1.0))
    return BoneShape(Mirrored(Blend((add(row), keep(top, 1.0), add(horn, 1.5)))))
