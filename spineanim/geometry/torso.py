"""The neutral adult trunk: skin outlines that agree between views, landmarks, skin surface.

Outlines were drawn for this project in head units (see ``skeleton.py``). The lateral
outline is shifted so that the lumbar spinous tips lie 16 to 25 mm under the skin, with
room for the ligament over them under the fascia, and the dura 50 to 57 mm at L3-L4 [53].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import Points2, Points3

_TRUNK: Final = [
    (0.0, 0.60), (0.20, 0.64), (0.24, 0.85), (0.232, 1.05), (0.255, 1.17), (0.345, 1.262),
    (0.52, 1.325), (0.72, 1.375), (0.86, 1.46), (0.88, 1.60), (0.83, 1.78), (0.775, 1.95),
    (0.752, 2.10), (0.725, 2.30), (0.69, 2.52), (0.653, 2.74), (0.638, 2.92), (0.652, 3.10),
    (0.695, 3.30), (0.745, 3.50), (0.775, 3.70), (0.76, 3.92), (0.60, 4.10), (0.30, 4.12),
    (0, 4.10),
]  # fmt: skip
_ARM: Final = [
    (0.70, 1.42), (0.84, 1.405), (0.955, 1.45), (1.04, 1.545), (1.088, 1.68), (1.10, 1.83),
    (1.092, 2.02), (1.098, 2.25), (1.118, 2.5), (1.13, 2.72), (1.142, 2.9), (1.18, 3.05),
    (1.21, 3.22), (1.208, 3.45), (1.182, 3.7), (1.155, 3.9), (1.16, 4.05), (1.185, 4.2),
    (1.19, 4.42), (1.15, 4.68), (1.08, 4.78), (1.01, 4.66), (0.965, 4.42), (0.955, 4.2),
    (0.945, 4.02), (0.925, 3.85), (0.888, 3.6), (0.865, 3.35), (0.852, 3.12), (0.835, 2.94),
    (0.806, 2.7), (0.783, 2.45), (0.765, 2.2), (0.742, 2.0), (0.70, 1.8), (0.66, 1.58),
]  # fmt: skip
_LEG: Final = [
    (0.30, 3.45), (0.55, 3.40), (0.72, 3.52), (0.782, 3.74), (0.795, 3.95), (0.788, 4.2),
    (0.762, 4.5), (0.718, 4.9), (0.665, 5.3), (0.62, 5.7), (0.2, 5.75), (0.165, 5.3),
    (0.125, 4.9), (0.078, 4.5), (0.036, 4.24), (0.015, 4.12), (0.03, 3.95), (0.14, 3.65),
]  # fmt: skip
_SHORTS: Final = [
    (0, 3.69), (0.30, 3.665), (0.55, 3.61), (0.755, 3.53), (0.785, 3.70), (0.80, 3.95),
    (0.795, 4.2), (0.785, 4.42), (0.77, 4.62), (0.55, 4.66), (0.30, 4.65), (0.085, 4.60),
    (0.045, 4.38), (0, 4.20),
]  # fmt: skip
_SHORTS_CORNERS: Final = (3, 8, 11)
_HEAD_TRUNK_SIDE: Final = [
    (0.00, 0.00), (0.16, 0.025), (0.30, 0.10), (0.385, 0.22), (0.418, 0.345), (0.422, 0.42),
    (0.402, 0.475), (0.428, 0.535), (0.492, 0.625), (0.505, 0.655), (0.478, 0.685),
    (0.438, 0.70), (0.446, 0.735), (0.455, 0.752), (0.432, 0.772), (0.447, 0.80), (0.436, 0.832),
    (0.412, 0.852), (0.428, 0.905), (0.415, 0.958), (0.365, 0.995), (0.300, 1.022),
    (0.252, 1.060), (0.232, 1.13), (0.218, 1.25), (0.210, 1.37), (0.228, 1.465), (0.295, 1.60),
    (0.38, 1.77), (0.43, 1.95), (0.435, 2.10), (0.415, 2.28), (0.40, 2.50), (0.40, 2.75),
    (0.415, 3.0), (0.42, 3.2), (0.40, 3.42), (0.355, 3.65), (0.31, 3.85), (0.15, 4.02),
    (-0.10, 4.08), (-0.32, 4.07), (-0.45, 4.0), (-0.535, 3.85), (-0.555, 3.66), (-0.52, 3.47),
    (-0.443, 3.29), (-0.407, 3.15), (-0.414, 3.02), (-0.438, 2.90), (-0.471, 2.76),
    (-0.501, 2.58), (-0.524, 2.35), (-0.543, 2.12), (-0.553, 1.92), (-0.543, 1.72),
    (-0.506, 1.52), (-0.445, 1.36), (-0.362, 1.235), (-0.306, 1.13), (-0.280, 1.02), (-0.292, 0.90),
    (-0.36, 0.77), (-0.43, 0.61), (-0.455, 0.43), (-0.415, 0.23), (-0.30, 0.09), (-0.15, 0.02),
]  # fmt: skip
_THIGH_SIDE: Final = [
    (0.15, 3.62), (0.30, 3.75), (0.375, 4.0), (0.405, 4.3), (0.392, 4.7), (0.345, 5.15),
    (0.292, 5.48), (0.285, 5.66), (-0.150, 5.78), (-0.162, 5.6), (-0.225, 5.3), (-0.302, 4.9),
    (-0.368, 4.5), (-0.405, 4.22), (-0.44, 4.08), (-0.49, 3.96), (-0.44, 3.7), (-0.15, 3.5),
]  # fmt: skip
_SHORTS_SIDE: Final = [
    (0.357, 3.685), (0.342, 3.76), (0.340, 3.84), (0.385, 4.0), (0.415, 4.3), (0.412, 4.62),
    (0.22, 4.70), (-0.05, 4.72), (-0.375, 4.66), (-0.395, 4.4), (-0.43, 4.14), (-0.50, 4.02),
    (-0.555, 3.86), (-0.57, 3.66), (-0.528, 3.475), (-0.30, 3.50), (0, 3.53), (0.2, 3.60),
]  # fmt: skip

SECTION_EXPONENT: Final = 2.35
"""Exponent of the superellipse that stands for a level cut through the trunk [D]."""

Z_LOWEST_MM: Final = -90.0
Z_HIGHEST_MM: Final = 430.0


@dataclass(frozen=True)
class Section:
    """A level cut through the trunk: half width and the front and back skin (mm)."""

    half_width_mm: float
    front_y_mm: float
    back_y_mm: float

    @property
    def centre_y_mm(self) -> float:
        """Middle of the cut, front to back."""
        return (self.front_y_mm + self.back_y_mm) / 2

    @property
    def half_depth_mm(self) -> float:
        """Half the front-back size of the cut."""
        return (self.back_y_mm - self.front_y_mm) / 2


@dataclass(frozen=True)
class Torso:
    """Skin outlines and landmarks of the standing trunk, arms at the sides.

    Parameters
    ----------
    anterior : mapping of str to ndarray (N, 2)
        Closed outlines in (x, z): ``trunk``, ``arm_left``, ``arm_right``,
        ``thigh_left``, ``thigh_right``, ``shorts``.
    lateral : mapping of str to ndarray (N, 2)
        Closed outlines in (y, z): ``trunk`` (with neck and a plain head, to be cropped
        or faded by the picture), ``thigh``, ``shorts``.
    landmarks : mapping of str to ndarray (3,)
        Points on skin or bone in patient axes; ``_left`` and ``_right`` where paired.
    belt_line : ndarray, shape (N, 3)
        Upper edge of the shorts on the skin of the front, right flank to left.
    profile_z_mm, half_width_mm, front_y_mm, back_y_mm : ndarray, shape (K,)
        The trunk's size at equally spaced heights, read off both outlines.
    """

    anterior: Mapping[str, Points2]
    lateral: Mapping[str, Points2]
    landmarks: Mapping[str, Points3]
    belt_line: Points3
    profile_z_mm: NDArray[np.float64]
    half_width_mm: NDArray[np.float64]
    front_y_mm: NDArray[np.float64]
    back_y_mm: NDArray[np.float64]

    def section(self, z_mm: float) -> Section:
        """Size of the trunk at one height, the same for every view."""
        grid = self.profile_z_mm
        return Section(
            float(np.interp(z_mm, grid, self.half_width_mm)),
            float(np.interp(z_mm, grid, self.front_y_mm)),
            float(np.interp(z_mm, grid, self.back_y_mm)),
        )

    def skin_at(self, z_mm: float, azimuth_deg: float, depth_mm: float = 0.0) -> Points3:
        """Point (3,) on the skin, or `depth_mm` under it along the level inward normal.

        Azimuth is the direction from the middle of the cut: 0 the front midline,
        +90 the left flank, 180 the back midline.
        """
        point: Points3 = self.skin_points([z_mm], [azimuth_deg], [depth_mm])[0]
        return point

    def skin_points(
        self, z_mm: ArrayLike, azimuth_deg: ArrayLike, depth_mm: ArrayLike = 0.0
    ) -> Points3:
        """Like `skin_at` for arrays of equal length (or single numbers), (N, 3)."""
        z, turn, depth = np.broadcast_arrays(
            *(np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (z_mm, azimuth_deg, depth_mm))
        )
        grid, n = self.profile_z_mm, SECTION_EXPONENT
        front, back = np.interp(z, grid, self.front_y_mm), np.interp(z, grid, self.back_y_mm)
        half = np.column_stack([np.interp(z, grid, self.half_width_mm), (back - front) / 2])
        ray = np.column_stack([np.sin(np.radians(turn)), -np.cos(np.radians(turn))])
        reach = np.sum(np.abs(ray / half) ** n, axis=1) ** (-1 / n)
        on_skin = ray * reach[:, None]
        slope = np.sign(on_skin) * np.abs(on_skin / half) ** (n - 1) / half
        inward = -slope / np.linalg.norm(slope, axis=1, keepdims=True)
        x, y = (on_skin + inward * depth[:, None]).T
        return np.column_stack([x, (front + back) / 2 + y, z])

    def azimuth_at(self, z_mm: float, x_mm: float, *, back: bool = False) -> float:
        """Azimuth of the skin point of the belly (or back) at a left-right place."""
        turns = np.linspace(-89.0, 89.0, 357)
        if back:
            turns = 180.0 - turns[::-1]
        places = self.skin_points(z_mm, turns)[:, 0]
        order = np.argsort(places)
        return float(np.interp(x_mm, places[order], turns[order]))

    def azimuth_of(self, point_mm: ArrayLike) -> float:
        """Azimuth (degrees) of a patient point about the middle of the trunk at its height."""
        x, y, z = np.asarray(point_mm, dtype=np.float64)
        return float(np.degrees(np.arctan2(x, self.section(float(z)).centre_y_mm - y)))

    def depth_of(self, point_mm: ArrayLike) -> float:
        """Depth (mm) of a patient point under the skin in its level cut, negative outside."""
        x, y, z = np.asarray(point_mm, dtype=np.float64)
        outline = self.ring(float(z))
        gap, _ = curves.nearest(outline[:, :2], [x, y], closed=True)
        inside = bool(curves.contains(outline[:, :2], [[x, y]])[0])
        return gap if inside else -gap

    def ring(self, z_mm: float, depth_mm: float = 0.0, count: int = 120) -> Points3:
        """Return the closed level curve (count, 3) on the skin or `depth_mm` under it."""
        turns = np.linspace(0.0, 360.0, count, endpoint=False)
        return self.skin_points(z_mm, turns, depth_mm)


def _both_sides(half: Points2) -> Points2:
    """Complete a half outline that starts and ends on the midline."""
    return np.vstack([half, curves.mirrored(half)[::-1][1:-1]])


def _anterior() -> dict[str, Points2]:
    """Draw the closed outlines of the front view."""
    trunk = _both_sides(skeleton.from_heads_anterior(_TRUNK))
    arm = curves.smooth(skeleton.from_heads_anterior(_ARM), closed=True)
    thigh = curves.smooth(skeleton.from_heads_anterior(_LEG), closed=True)
    return {
        "trunk": curves.smooth(trunk, closed=True),
        "arm_left": arm,
        "arm_right": curves.mirrored(arm),
        "thigh_left": thigh,
        "thigh_right": curves.mirrored(thigh),
        "shorts": _both_sides(_shorts_half()),
    }


def _shorts_half() -> Points2:
    """Left half of the shorts: smooth between sharp corners at waist and hems."""
    knots = skeleton.from_heads_anterior(_SHORTS)
    stops = (0, *_SHORTS_CORNERS, len(knots) - 1)
    pieces = [curves.smooth(knots[start : end + 1]) for start, end in pairwise(stops)]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _lateral() -> dict[str, Points2]:
    """Draw the closed outlines of the side view."""
    raw = {"trunk": _HEAD_TRUNK_SIDE, "thigh": _THIGH_SIDE, "shorts": _SHORTS_SIDE}
    return {
        name: curves.smooth(skeleton.from_heads_lateral(points), closed=True)
        for name, points in raw.items()
    }


def _extent(outline: Points2, z: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Smallest and largest first coordinate of a closed outline at the given heights."""
    here, there = outline, np.roll(outline, -1, axis=0)
    low = np.minimum(here[:, 1], there[:, 1])[None]
    high = np.maximum(here[:, 1], there[:, 1])[None]
    rise = there[:, 1] - here[:, 1]
    share = (z[:, None] - here[None, :, 1]) / np.where(rise == 0, 1.0, rise)[None]
    cross = here[None, :, 0] + share * (there[:, 0] - here[:, 0])[None]
    hit = (z[:, None] >= low) & (z[:, None] <= high) & (rise != 0)[None]
    smallest = np.min(np.where(hit, cross, np.inf), axis=1)
    largest = np.max(np.where(hit, cross, -np.inf), axis=1)
    return smallest, largest


def _landmarks(front: Mapping[str, float]) -> dict[str, Points3]:
    """Named points; `front` gives the skin (y) of the front midline at a few heights."""
    sternum_z = (skeleton.S1_HEADS - 2.275) * skeleton.HEAD_MM
    points: dict[str, Points3] = {
        "navel": np.array([0.0, front["navel"], NAVEL_Z_MM]),
        "xiphoid": np.array([0.0, float(skeleton.sternum_front_mm(sternum_z)), sternum_z]),
        "pubis": np.array([0.0, -72.0, skeleton.CREST_MM - 134.0]),
        "waist": np.array([0.0, front["waist"], WAIST_Z_MM]),
    }
    hip_y = skeleton.HIP_JOINT_Y_MM
    paired = {
        "iliac_crest": np.array([95.0, hip_y + 8.0, skeleton.CREST_MM]),
        "asis": np.array([127.0, hip_y - 49.0, skeleton.CREST_MM - 66.0]),
        "psis": np.array([42.0, hip_y + 78.0, skeleton.CREST_MM - 58.0]),
        "hip_joint": np.array([93.0, hip_y, skeleton.CREST_MM - 132.0]),
    }
    margin = skeleton.costal_margin("left")
    paired["costal_margin_lowest"] = margin[int(np.argmin(margin[:, 2]))]
    for name, point in paired.items():
        points[f"{name}_left"] = point
        points[f"{name}_right"] = curves.mirrored(point)
    return points


NAVEL_Z_MM: Final = 80.0
"""Height of the navel: L3-L4 disc (mm) [98]."""

WAIST_Z_MM: Final = 112.0
"""Height of the narrowest part of the trunk (mm) [D, drawn outline]."""


@lru_cache(maxsize=1)
def neutral_torso() -> Torso:
    """Build the neutral adult trunk (cached; its arrays are read-only)."""
    anterior, lateral = _anterior(), _lateral()
    z = np.arange(Z_LOWEST_MM, Z_HIGHEST_MM + 1.0, 2.0)
    widest = np.maximum(_extent(anterior["trunk"], z)[1], _extent(anterior["thigh_left"], z)[1])
    front_y, back_y = _extent(lateral["trunk"], z)
    skin = {
        "navel": float(np.interp(NAVEL_Z_MM, z, front_y)),
        "waist": float(np.interp(WAIST_Z_MM, z, front_y)),
    }
    torso = Torso(
        anterior=MappingProxyType(anterior),
        lateral=MappingProxyType(lateral),
        landmarks=MappingProxyType(_landmarks(skin)),
        belt_line=np.empty((0, 3)),
        profile_z_mm=z,
        half_width_mm=widest,
        front_y_mm=front_y,
        back_y_mm=back_y,
    )
    object.__setattr__(torso, "belt_line", _belt_line(torso))
    for array in (*anterior.values(), *lateral.values(), z, widest, front_y, back_y):
        array.setflags(write=False)
    return torso


def _belt_line(torso: Torso) -> Points3:
    """Line of the waistband on the skin, right flank to left flank, shape (N, 3)."""
    turns = np.linspace(-90.0, 90.0, 73)
    half = _shorts_half()
    corner = skeleton.from_heads_anterior(_SHORTS)[_SHORTS_CORNERS[0], 0]
    waist = half[: int(np.argmax(half[:, 0] > corner - 1.0)) + 1]
    across = np.abs(torso.skin_points(np.full(len(turns), float(waist[:, 1].mean())), turns)[:, 0])
    return torso.skin_points(np.interp(across, waist[:, 0], waist[:, 1]), turns)
