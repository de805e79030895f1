"""Where every vertebra stands: the column is built upwards from S1.

Each level has one segment angle (upper end plate to the next upper end plate) and
keeps its own body wedge; the disc below takes up the rest. At the design alignment this
reproduces the published tilts and body centres of anatomy notes 2.3 [22, 23, 29].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from spineanim.geometry.axes import Points2
from spineanim.geometry.params import Alignment
from spineanim.geometry.table import LEVELS, LUMBAR, vertebrae

UPWARDS: Final = tuple(reversed(LEVELS[1:-1]))
"""Levels with a body, L5 up to C2."""

ATLAS_RISE_MM: Final = 8.5
"""Height of the atlas above the base of the dens (mm, reference body) [M]."""

ATLAS_TILT_DEG: Final = -12.0
"""The atlas lies nearly level above the lordotic neck (degrees, against C2) [M]."""


@dataclass(frozen=True)
class Frame:
    """Place of one level in the sagittal plane (y posterior, z cranial, mm, degrees).

    ``tilt_deg`` is the upper end plate's: positive faces forward (front edge low).
    Corners run from the upper front over the upper back to the lower back and front.
    """

    level: str
    centre: Points2
    tilt_deg: float
    lower_tilt_deg: float
    corners: Points2

    @property
    def middle_tilt_deg(self) -> float:
        """Tilt of the mid plane of the body."""
        return (self.tilt_deg + self.lower_tilt_deg) / 2

    @property
    def half_depth_mm(self) -> float:
        """Half the front-back size at mid height."""
        front = (self.corners[0] + self.corners[3]) / 2
        back = (self.corners[1] + self.corners[2]) / 2
        return float(np.linalg.norm(back - front)) / 2

    @property
    def height_mm(self) -> float:
        """Mean height of the body."""
        upper = (self.corners[0] + self.corners[1]) / 2
        lower = (self.corners[2] + self.corners[3]) / 2
        return float(np.linalg.norm(upper - lower))

    def place(self, local: Points2) -> Points2:
        """Local points (posterior, cranial from the body's centre; mm) to (y, z)."""
        return self.centre + np.asarray(local) @ rotation(self.middle_tilt_deg)


def rotation(tilt_deg: float) -> Points2:
    """Rows: the posterior and the cranial direction of a frame with this tilt."""
    turn = np.radians(tilt_deg)
    return np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])


def body_wedge_deg(level: str) -> float:
    """Wedge of a body between its end plates, positive when lower in front."""
    row = vertebrae()[level]
    rise = row.number("body_height_post_mm") - row.number("body_height_ant_mm")
    return float(np.degrees(np.arctan(rise / row.number("body_depth_mm"))))


def segment_angles(alignment: Alignment) -> dict[str, float]:
    """Segment angle of every level C2 to L5 for an alignment (degrees, positive kyphosis).

    Lumbar and cervical angles are scaled in proportion; the thoracic ones so that T1
    upper to T12 lower plate gives the asked Cobb angle. C7 and T12 keep their own.
    """
    rows = vertebrae()
    angle = {name: rows[name].number("segment_angle_deg") for name in UPWARDS}
    thoracic = tuple(f"T{i}" for i in range(1, 12))
    cervical = tuple(f"C{i}" for i in range(2, 7))
    targets = (
        (LUMBAR, -alignment.lumbar_lordosis_deg),
        (thoracic, alignment.thoracic_kyphosis_deg - body_wedge_deg("T12")),
        (cervical, -alignment.cervical_lordosis_deg),
    )
    for names, target in targets:
        factor = target / sum(angle[name] for name in names)
        for name in names:
            angle[name] *= factor
    return angle


def build_frames(alignment: Alignment, scale: float) -> Mapping[str, Frame]:
    """Stack the column from S1 (origin) to the atlas; keys run cranial to caudal."""
    rows, angle = vertebrae(), segment_angles(alignment)
    tilt = alignment.sacral_slope_deg
    depth_below = rows["S1"].number("body_depth_mm") * scale
    frames = {"S1": _sacral_frame(tilt, depth_below, scale)}
    point = np.zeros(2)
    for name in UPWARDS:
        row = rows[name]
        upper = tilt + angle[name]
        lower = upper - body_wedge_deg(name)
        point = point + rotation((tilt + lower) / 2)[1] * row.number("disc_height_below_mm") * scale
        rise = (row.number("body_height_ant_mm") + row.number("body_height_post_mm")) / 2
        axis = rotation((upper + lower) / 2)[1] * rise * scale
        depth = row.number("body_depth_mm") * scale
        corners = np.vstack(
            [
                _plate(point + axis, upper, depth),
                _plate(point, lower, (depth + depth_below) / 2)[::-1],
            ]
        )
        frames[name] = Frame(name, point + axis / 2, upper, lower, corners)
        point, tilt, depth_below = point + axis, upper, depth
    frames["C1"] = _atlas_frame(point, tilt, scale)
    return {name: frames[name] for name in LEVELS}


def _plate(middle: Points2, tilt_deg: float, depth: float) -> Points2:
    """Front and back end of an end plate."""
    half = rotation(tilt_deg)[0] * depth / 2
    return np.array([middle - half, middle + half])


def _sacral_frame(tilt: float, depth: float, scale: float) -> Frame:
    """Frame of S1: its centre is the middle of the upper end plate, the origin."""
    lower = _plate(-rotation(tilt)[1] * 27.0 * scale, tilt, depth * 0.72)
    corners = np.vstack([_plate(np.zeros(2), tilt, depth), lower[::-1]])
    return Frame("S1", np.zeros(2), tilt, tilt, corners)


def _atlas_frame(dens_base: Points2, axis_tilt: float, scale: float) -> Frame:
    """Frame of C1: a ring round the dens; the corners enclose its anterior arch."""
    tilt = axis_tilt + ATLAS_TILT_DEG
    centre = dens_base + rotation(axis_tilt)[1] * ATLAS_RISE_MM * scale
    half = 5.1 * scale
    box = np.array([[-15.5, half], [-8.5, half], [-8.5, -half], [-15.5, -half]]) * [scale, 1.0]
    return Frame("C1", centre, tilt, tilt, centre + box @ rotation(tilt))
