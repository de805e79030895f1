"""The pump as numbers: its case, fixtures, and its place in the patient.

Face directions are clock angles in degrees: 0 at the top (cranial), 90 to the right of
the picture, as seen from the skin. Case heights are from the back of the pump outwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry import curves, wall
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, Procedure, PumpSize, Side
from spineanim.geometry.torso import Torso, neutral_torso

REFILL_PORT_RADIUS_MM: Final = 7.6
"""Silicone septum in the middle of the face [58], size M."""

BOSS_RADIUS_MM: Final = 10.5
BOSS_HEIGHT_MM: Final = 1.9
"""Raised ring round the refill port [M]."""

ACCESS_PORT_RADIUS_MM: Final = 3.4
ACCESS_PORT_CENTRE_MM: Final = 34.5
"""Side port beside the outlet, taken only by a thinner needle [62]; place M."""

CONNECTOR_CLOCK_DEG: Final = 200.0
"""Outlet down and a little towards the midline for a pump on the patient's left, so
that the slack lies clear of the hip bone [D]."""

CONNECTOR_LENGTH_MM: Final = 18.5
CONNECTOR_HEIGHT_SHARE: Final = 0.48

SUTURE_LOOPS_CLOCK_DEG: Final = (65.0, 155.0, 245.0, 335.0)
"""Four loops on the rim, 2 to 4 of them are sewn down [63, 75]; evenly round and halfway
between two of them the outlet, so that catheter and stitches stay apart [D]."""

SUTURE_LOOP_REACH_MM: Final = 4.2
_BACK_RIM_SHARE: Final = 0.7
_WALL_MM: Final = 1.2
_LID_FALL_MM: Final = 0.6


def edge_profile(size: PumpSize = PUMP_20_ML) -> Points2:
    """Half outline of the case as (radius, height), from the front middle to the back middle.

    The port sits in a low boss on a nearly flat lid; both rims are rounded, the front
    one more. Spun round the axis it gives the case.
    """
    radius, top = size.radius_mm, size.thickness_mm
    lid = top - BOSS_HEIGHT_MM
    shoulder = lid - _LID_FALL_MM
    front_rim, back_rim = size.rim_width_mm, size.rim_width_mm * _BACK_RIM_SHARE
    seam = (shoulder - _WALL_MM) * 0.45
    turn = np.radians(np.linspace(0.0, 90.0, 19))
    front = np.column_stack(
        [
            radius - front_rim + front_rim * np.sin(turn),
            seam + _WALL_MM + (shoulder - seam - _WALL_MM) * np.cos(turn),
        ]
    )
    back = np.column_stack(
        [radius - back_rim + back_rim * np.cos(turn), seam - seam * np.sin(turn)]
    )
    boss = [
        (0.0, top - 0.85), (6.6, top - 1.2), (REFILL_PORT_RADIUS_MM, top - 1.3),
        (REFILL_PORT_RADIUS_MM, top - 0.5), (8.9, top), (9.7, top - 0.15),
        (BOSS_RADIUS_MM, top - 1.2), (11.4, lid + 0.15), (12.4, lid),
    ]  # fmt: skip
    return np.vstack([boss, front, back, [(0.0, 0.0)]])


def case_volume_cm3(profile: Points2) -> float:
    """Volume of the body that a (radius, height) half outline spins round its axis."""
    r, z = profile.T
    slices = (r[:-1] ** 2 + r[:-1] * r[1:] + r[1:] ** 2) / 3
    return float(np.pi * np.sum(slices * -np.diff(z))) / 1000


def face_circle(size: PumpSize = PUMP_20_ML, count: int = 96) -> Points2:
    """Outline of the case seen from the skin, closed (count, 2) in (right, up)."""
    turn = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    return size.radius_mm * np.column_stack([np.sin(turn), np.cos(turn)])


def on_clock(clock_deg: float, radius_mm: float) -> Points2:
    """Point (2,) on the face at a clock angle and radius."""
    turn = np.radians(clock_deg)
    return radius_mm * np.array([np.sin(turn), np.cos(turn)])


@dataclass(frozen=True)
class PumpPose:
    """Where the implanted pump lies.

    Parameters
    ----------
    size : PumpSize
    side : str
        ``"left"`` or ``"right"``.
    back_centre : ndarray, shape (3,)
        Middle of the back of the case (mm).
    normal : ndarray, shape (3,)
        Unit direction the refill port faces: outwards, to the skin.
    """

    size: PumpSize
    side: Side
    back_centre: Points3
    normal: Points3

    @property
    def up(self) -> Points3:
        """Unit direction on the face that is most cranial."""
        up = np.array([0.0, 0.0, 1.0]) - self.normal[2] * self.normal
        unit: Points3 = up / np.linalg.norm(up)
        return unit

    @property
    def right(self) -> Points3:
        """Unit direction on the face to the right of a viewer in front of the skin."""
        return np.cross(self.up, self.normal)

    @property
    def centre(self) -> Points3:
        """Middle of the case (3,)."""
        return self.back_centre + self.normal * self.size.thickness_mm / 2

    @property
    def port(self) -> Points3:
        """Middle of the refill port on the front (3,)."""
        return self.back_centre + self.normal * self.size.thickness_mm

    def clock(self, left_clock_deg: float) -> float:
        """Clock angle on this side of a fixture given for a left pump."""
        return left_clock_deg if self.side == "left" else -left_clock_deg % 360.0

    def place(self, local_mm: ArrayLike) -> Points3:
        """Pump points (right, up, outwards from the back), (N, 3), to patient axes."""
        axes = np.array([self.right, self.up, self.normal])
        placed: Points3 = self.back_centre + np.asarray(local_mm, dtype=np.float64) @ axes
        return placed

    def local(self, points_mm: ArrayLike) -> Points3:
        """Patient points (N, 3) to pump points (right, up, outwards from the back)."""
        axes = np.array([self.right, self.up, self.normal])
        away: Points3 = np.asarray(points_mm, dtype=np.float64) - self.back_centre
        found: Points3 = away @ axes.T
        return found

    def rim(self, count: int = 72) -> Points3:
        """Widest circle of the case, closed (count, 3)."""
        circle = face_circle(self.size, count)
        height = np.full((count, 1), self.size.thickness_mm / 2)
        return self.place(np.hstack([circle, height]))

    def connector_root(self) -> Points3:
        """Where the connector leaves the wall (3,)."""
        return self._radial(self.size.radius_mm)

    def connector_end(self) -> Points3:
        """Where the catheter leaves the connector (3,)."""
        return self._radial(self.size.radius_mm + CONNECTOR_LENGTH_MM)

    def _radial(self, radius_mm: float) -> Points3:
        face = on_clock(self.clock(CONNECTOR_CLOCK_DEG), radius_mm)
        height = self.size.thickness_mm * CONNECTOR_HEIGHT_SHARE
        point: Points3 = self.place([[*face, height]])[0]
        return point

    def silhouette_lateral(self, count: int = 40) -> Points2:
        """Outline of the case from the side, closed (N, 2) in (y, z)."""
        half = edge_profile(self.size)
        turns = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
        ring = np.column_stack([np.sin(turns), np.cos(turns), np.zeros(count)])
        rows = [ring * [r, r, 0.0] + [0.0, 0.0, h] for r, h in half[8:]]
        points = self.place(np.vstack(rows))[:, 1:]
        return _hull(points)


def _hull(points: Points2) -> Points2:
    """Convex outline of plane points, counter-clockwise."""
    from scipy.spatial import ConvexHull

    found: Points2 = points[ConvexHull(points).vertices]
    return found


# Middle of the pump on the skin, patient's left: beside the navel, well above the waistband.
# Seen from the front it overlaps the drawn hip bone by 5 mm and stays 17 mm off the lowest
# ribs and 20 mm off the navel: the room there is no wider [70, 71, 72, 83; D]
SITE_X_MM: Final = 68.0
SITE_Z_MM: Final = 88.0


def _skin_frame(torso: Torso, z_mm: float, x_mm: float) -> tuple[Points3, Points3]:
    """Skin point (3,) at a height and left-right place on the belly, and its outward normal."""
    azimuth = torso.azimuth_at(z_mm, x_mm)
    point = torso.skin_at(z_mm, azimuth)
    rise = torso.skin_at(z_mm + 15.0, azimuth) - torso.skin_at(z_mm - 15.0, azimuth)
    run = torso.skin_at(z_mm, azimuth + 4.0) - torso.skin_at(z_mm, azimuth - 4.0)
    outward = np.cross(run, rise)
    return point, outward / np.linalg.norm(outward)


@lru_cache(maxsize=8)
def implanted_pump(
    size: PumpSize = PUMP_20_ML, side: Side = "left", procedure: Procedure = PROCEDURE
) -> PumpPose:
    """Pose of the implanted pump in the neutral trunk, its back on the muscle fascia."""
    skin, outward = _skin_frame(neutral_torso(), SITE_Z_MM, SITE_X_MM)
    pressed = (1 - wall.LIFTED_SHARE) * size.thickness_mm
    back = skin - outward * (procedure.pocket_depth_mm + pressed)
    if side == "right":
        back, outward = curves.mirrored(back), curves.mirrored(outward)
    return PumpPose(size, side, back, outward)


def skin_lift_mm(pose: PumpPose, points_mm: Points3, opening: float = 1.0) -> np.ndarray:
    """How far the pump lifts the skin at skin points (N, 3), outwards (mm), shape (N,)."""
    local = pose.local(points_mm)
    rise = wall.swell(np.hypot(local[:, 0], local[:, 1]), pose.size.radius_mm)
    near = local[:, 2] > -10.0
    return np.asarray(rise * near * opening * wall.LIFTED_SHARE * pose.size.thickness_mm)


def lifted_lateral_trunk(torso: Torso, pose: PumpPose, opening: float = 1.0) -> Points2:
    """Lateral trunk outline with the belly contour where the pump lifts the skin.

    The contour is the foremost skin at each height, so it changes only where the lifted
    skin beside the midline comes to lie in front of the midline.
    """
    outline = np.array(torso.lateral["trunk"])
    reach = 1.5 * pose.size.radius_mm
    z = outline[:, 1]
    front = (outline[:, 0] < -40.0) & (np.abs(z - pose.centre[2]) < reach)
    turns = np.arange(0.0, 70.0, 3.0) * (1.0 if pose.side == "left" else -1.0)
    for row in np.flatnonzero(front):
        ring = torso.skin_points(float(z[row]), turns)
        lift = skin_lift_mm(pose, ring, opening)
        foremost = float(np.min(ring[:, 1] + lift * pose.normal[1]))
        outline[row, 0] = min(float(outline[row, 0]), foremost)
    return outline
