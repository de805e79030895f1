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

HEAD_TILT_DEG: Final = -13.5
"""Tilt of the neutral head against C2 (degrees): it levels the gaze over the standing column,
whose C2 leans 13 degrees forward [D, anatomy 2.3]."""

HEAD_RISE_MM: Final = 9.0
"""Height of the joint of skull and atlas above the atlas' middle (mm, reference body) [M]."""

ATLAS_SHARE: Final = 0.45
"""Share of C0-C2 extension between C1 and C2: 20 of 45 degrees of motion [89, M]."""


MOST_EXTENDED_DEG: Final = {"L5": -27.0, "L4": -18.2, "C6": -11.6}
"""Angles beyond which arches or spinous processes would meet [D, measured on the solids].

A deeper curve takes more levels, as the long lordosis of people with a high pelvic
incidence does [27].
"""


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

    Lumbar and cervical angles are scaled in proportion, as far as the joints allow; the
    thoracic ones so that T1 upper to T12 lower plate gives the asked Cobb angle. C7 and
    T12 keep their own.
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
        angle.update(_spread({name: angle[name] for name in names}, target))
    return angle


def _spread(design: Mapping[str, float], target_deg: float) -> dict[str, float]:
    """Scale angles in proportion to a sum; what some cannot take the others take on."""
    found: dict[str, float] = {}
    left = dict(design)
    while True:
        factor = (target_deg - sum(found.values())) / sum(left.values())
        full = [name for name in left if left[name] * factor < MOST_EXTENDED_DEG.get(name, -90.0)]
        if not full:
            return {**found, **{name: value * factor for name, value in left.items()}}
        for name in full:
            found[name] = MOST_EXTENDED_DEG[name]
            del left[name]


@dataclass(frozen=True)
class Seat:
    """Upper end plate that the next level up stands on: middle (2,), tilt and depth."""

    middle: Points2
    tilt_deg: float
    depth_mm: float


def stand(level: str, seat: Seat, angle_deg: float, scale: float) -> tuple[Frame, Seat]:
    """Stand a level C2 to L5 on the one below it; give its frame and its own upper plate.

    Parameters
    ----------
    level : str
    seat : Seat
        Upper plate of the level below.
    angle_deg : float
        Segment angle, positive for kyphosis.
    scale : float
        Stature factor.
    """
    row = vertebrae()[level]
    upper = seat.tilt_deg + angle_deg
    lower = upper - body_wedge_deg(level)
    tall = row.number("disc_height_below_mm") * scale
    point = seat.middle + rotation((seat.tilt_deg + lower) / 2)[1] * tall
    rise = (row.number("body_height_ant_mm") + row.number("body_height_post_mm")) / 2
    axis = rotation((upper + lower) / 2)[1] * rise * scale
    depth = row.number("body_depth_mm") * scale
    corners = np.vstack(
        [
            _plate(point + axis, upper, depth),
            _plate(point, lower, (depth + seat.depth_mm) / 2)[::-1],
        ]
    )
    frame = Frame(level, point + axis / 2, upper, lower, corners)
    return frame, Seat(point + axis, upper, depth)


def build_frames(alignment: Alignment, scale: float) -> Mapping[str, Frame]:
    """Stack the column from S1 (origin) to the atlas; keys run cranial to caudal."""
    angle = segment_angles(alignment)
    depth = vertebrae()["S1"].number("body_depth_mm") * scale
    seat = Seat(np.zeros(2), alignment.sacral_slope_deg, depth)
    frames = {"S1": _sacral_frame(seat.tilt_deg, depth, scale)}
    for name in UPWARDS:
        frames[name], seat = stand(name, seat, angle[name], scale)
    frames["C1"] = atlas_frame(seat, alignment.head_extension_deg, scale)
    return {name: frames[name] for name in LEVELS}


@dataclass(frozen=True)
class Head:
    """Place of the head in the sagittal plane (y posterior, z cranial, mm, degrees).

    ``joint`` is the middle of the joints of skull and atlas, about which the head nods;
    ``tilt_deg`` is 0 for a level gaze and positive when the chin is down.
    """

    joint: Points2
    tilt_deg: float

    def place(self, local: Points2) -> Points2:
        """Points of the upright head (posterior, cranial from the joint; mm) to (y, z)."""
        return self.joint + np.asarray(local) @ rotation(self.tilt_deg)


def head_of(frames: Mapping[str, Frame], alignment: Alignment, scale: float) -> Head:
    """Head on top of a column: neutral against C2, extended as asked."""
    atlas = frames["C1"]
    joint = atlas.centre + rotation(atlas.tilt_deg)[1] * HEAD_RISE_MM * scale
    return Head(joint, frames["C2"].tilt_deg + HEAD_TILT_DEG - alignment.head_extension_deg)


def _plate(middle: Points2, tilt_deg: float, depth: float) -> Points2:
    """Front and back end of an end plate."""
    half = rotation(tilt_deg)[0] * depth / 2
    return np.array([middle - half, middle + half])


def _sacral_frame(tilt: float, depth: float, scale: float) -> Frame:
    """Frame of S1: its centre is the middle of the upper end plate, the origin."""
    lower = _plate(-rotation(tilt)[1] * 27.0 * scale, tilt, depth * 0.72)
    corners = np.vstack([_plate(np.zeros(2), tilt, depth), lower[::-1]])
    return Frame("S1", np.zeros(2), tilt, tilt, corners)


def atlas_frame(seat: Seat, head_extension_deg: float, scale: float) -> Frame:
    """Frame of C1: a ring round the dens; the corners enclose its anterior arch."""
    tilt = seat.tilt_deg + ATLAS_TILT_DEG - ATLAS_SHARE * head_extension_deg
    centre = seat.middle + rotation(seat.tilt_deg)[1] * ATLAS_RISE_MM * scale
    half = 5.1 * scale
    box = np.array([[-15.5, half], [-8.5, half], [-8.5, -half], [-15.5, -half]]) * [scale, 1.0]
    return Frame("C1", centre, tilt, tilt, centre + box @ rotation(tilt))
