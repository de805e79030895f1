"""Great vessels in front of the column: aorta and vena cava with their branches.

The aorta stands left of the midline and divides before L4, the vena cava stands on its
right and begins before L5. Diameters: aorta 25 mm in the chest, 18 at L3; vena cava 22 [M].
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from spineanim.geometry import curves
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import union
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.spine import Spine

Course = tuple[tuple[str, float, float, float], ...]
"""Level, place to the left, gap to the front of the body, radius (mm, reference body)."""

_LIGAMENT_MM: Final = 2.5

# The descending aorta comes from the left of T4, passes the diaphragm at T12 and nears the
# midline; it divides on L4 [M]
_AORTA: Final[Course] = (
    ("T4", 19.0, -9.0, 12.0), ("T6", 18.0, -7.0, 12.0), ("T8", 15.0, -2.5, 11.7),
    ("T10", 10.0, 0.0, 11.2), ("T12", 6.5, 0.5, 10.5), ("L1", 6.5, 0.5, 9.8), ("L2", 8.0, 0.5, 9.2),
    ("L3", 8.5, 0.5, 8.8), ("L4", 6.0, 0.5, 8.4),
)  # fmt: skip
# The vena cava rises from L5 to the liver and leaves the column at T9 [M]
_CAVA: Final[Course] = (
    ("L5", -11.0, 0.5, 9.5), ("L4", -14.0, 0.5, 10.5), ("L3", -16.0, 0.5, 11.0),
    ("L2", -18.0, 2.0, 11.0), ("L1", -21.0, 8.0, 11.5), ("T12", -23.0, 18.0, 12.0),
    ("T10", -24.0, 34.0, 12.5), ("T9", -23.0, 42.0, 12.5),
)  # fmt: skip
# Branches to the legs: places (left, posterior, cranial) from the middle of S1's upper end
# plate, over the pelvic brim, inside of the psoas [M]
_ILIAC_ARTERY: Final = ((24.0, -33.0, 20.0), (40.0, -44.0, -14.0), (56.0, -62.0, -48.0))
_ILIAC_VEIN: Final = ((22.0, -24.0, 6.0), (36.0, -32.0, -22.0), (52.0, -50.0, -54.0))
_ARTERY_MM: Final = 5.5
_VEIN_MM: Final = 6.5


def _line(spine: Spine, course: Course) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle line (N, 3) and radius (N,) of a vessel in front of the bodies."""
    scale = spine.stature_factor
    knots, radius = [], []
    for level, left, gap, size in course:
        frame = spine.frame(level)
        front = -frame.half_depth_mm - (_LIGAMENT_MM + gap + size) * scale
        y, z = frame.place(np.array([[front, 0.0]]))[0]
        knots.append((left * scale, y, z))
        radius.append(size * scale)
    rough = np.array(knots)
    along = curves.distances(rough)
    at = np.linspace(0.0, along[-1], int(along[-1] / 3.0))
    return PchipInterpolator(along, rough)(at), PchipInterpolator(along, radius)(at)


def _branch(
    spine: Spine,
    start: NDArray[np.float64],
    way: tuple[tuple[float, ...], ...],
    sign: float,
    radius: tuple[float, float],
) -> Tube:
    """Branch from a point over the given places of one side."""
    tilt = spine.frame("S1").tilt_deg - 40.0
    turn = np.radians(tilt)
    places = np.array(way) * spine.stature_factor * np.array([sign, 1.0, 1.0])
    y, z = places[:, 1].copy(), places[:, 2].copy()
    places[:, 1] = y * np.cos(turn) - z * np.sin(turn)
    places[:, 2] = y * np.sin(turn) + z * np.cos(turn)
    line = curves.resample(curves.smooth(np.vstack([start, places])), 60)
    grow = np.interp(np.arange(60), (0, 12, 59), (radius[0], radius[1], radius[1] * 0.9))
    return Tube(line, grow * spine.stature_factor)


def _tree(
    spine: Spine,
    course: Course,
    places: tuple[tuple[float, ...], ...],
    branch_mm: float,
    lowest: int,
) -> Solid:
    """Trunk vessel with a branch to each leg from its lowest end."""
    line, radius = _line(spine, course)
    root = line[lowest]
    sides = [
        _branch(spine, root, places, sign, (branch_mm + 1.5, branch_mm)) for sign in (1.0, -1.0)
    ]
    return union(Tube(line, radius), *sides, k_mm=5.0)


def vessel_parts(spine: Spine) -> tuple[Part, ...]:
    """Aorta and vena cava with the common iliac branches, following the spine."""
    return (
        Part("vena_cava", Tissue.VEIN, _tree(spine, _CAVA, _ILIAC_VEIN, _VEIN_MM, 0)),
        Part("aorta", Tissue.ARTERY, _tree(spine, _AORTA, _ILIAC_ARTERY, _ARTERY_MM, -1)),
    )
