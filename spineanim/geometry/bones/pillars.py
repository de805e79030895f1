"""Joint pillars of the neck: where the slanting joint faces lie, and the bone between them.

Frame as everywhere in the neck: origin at the centre of the body, x left, y posterior,
z cranial (mm), at reference size. Each level's upper face is given; the lower face of the
level above follows it with a gap, as the two stand in the standing body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.bones.shape import Sizes, rest_frame, seen_from
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, Placed, Pose, add, keep
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import Capsule, Ellipsoid, RoundedBox
from spineanim.geometry.table import LEVELS

FACET_DEG: Final = {"C3": 50.0, "C4": 45.0, "C5": 40.0, "C6": 43.0, "C7": 45.0}
"""Upper joint faces against the transverse plane (PMC2219934, R)."""

FACET_HALF_MM: Final = 5.4
"""Half the length of a joint face; half of 11.4 to 12.9 less its rim [16]."""

FACET_FLAT_MM: Final = 3.7
"""Half the flat length of a joint face; beyond it the tips of the pillar round off [M]."""

TIP_MM: Final = 2.3
"""Radius of a pillar's tips [M]."""

PILLAR_DEEP_MM: Final = 5.3
"""Half the front-back size of a joint pillar [M]."""

PILLAR_WIDE_MM: Final = 5.7
"""Half the width of a joint pillar; the faces are about 11.7 wide [16]."""

JOINT_GAP_MM: Final = 1.5
"""Both layers of cartilage and the slit between two pillars (mm) [M]."""

WIDE_GAP_MM: Final = 1.8
"""The same at C6-C7, which takes up nearly half of the neck's bend [M]."""


@dataclass(frozen=True)
class Joint:
    """Plane of a joint face in the sagittal plane: its middle and its angle.

    ``angle_deg`` is measured against the transverse plane; the face falls backwards.
    """

    middle_mm: tuple[float, float]
    angle_deg: float

    @property
    def along(self) -> Points2:
        """Unit vector (2,) down the face, backwards."""
        turn = np.radians(self.angle_deg)
        return np.array([np.cos(turn), -np.sin(turn)])

    @property
    def outward(self) -> Points2:
        """Unit normal (2,) of an upper face: up and back."""
        turn = np.radians(self.angle_deg)
        return np.array([np.sin(turn), np.cos(turn)])

    def ends(self, half_mm: float) -> tuple[Points2, Points2]:
        """Upper front and lower back end of the face."""
        middle = np.array(self.middle_mm)
        return middle - self.along * half_mm, middle + self.along * half_mm

    def lifted(self, by_mm: float) -> Joint:
        """Return the same face moved along its normal."""
        y, z = np.array(self.middle_mm) + self.outward * by_mm
        return Joint((float(y), float(z)), self.angle_deg)


def upper_joint(level: str) -> Joint:
    """Upper joint face of C3 to C7 in the level's own frame, beside the disc's lower part [M]."""
    frame = rest_frame(level)
    back, top = frame.half_depth_mm, frame.height_mm / 2
    return Joint((back + 8.4, top + 1.8), FACET_DEG[level])


def lower_joint(level: str) -> Joint:
    """Lower joint face of C2 to C6: the next level's upper one, seen from here, with a gap."""
    below = LEVELS[LEVELS.index(level) + 1]
    face = upper_joint(below)
    _, y, z = seen_from(level, below).place((0.0, *face.middle_mm))
    turned = face.angle_deg - rest_frame(below).middle_tilt_deg + rest_frame(level).middle_tilt_deg
    gap = WIDE_GAP_MM if below == "C7" else JOINT_GAP_MM
    return Joint((float(y), float(z)), turned).lifted(gap)


def pillar_side(size: Sizes) -> float:
    """Middle of a joint pillar from the midline (mm)."""
    return size.half_canal + (4.0 if size.level == "C7" else 4.7)


def pillar(side: float, upper: Joint, lower: Joint) -> Solid:
    """Joint pillar between its two slanting faces: rounded tips, oval as seen from above."""
    u_front, u_back = upper.lifted(-TIP_MM).ends(FACET_FLAT_MM)
    l_front, l_back = lower.lifted(TIP_MM).ends(FACET_FLAT_MM)
    knots = [
        *(u_front * (1 - t) + u_back * t for t in (0.0, 0.33, 0.67, 1.0)),
        u_back * 0.5 + l_back * 0.5 + [-1.0, 0.0],
        *(l_back * (1 - t) + l_front * t for t in (0.0, 0.33, 0.67, 1.0)),
        u_front * 0.5 + l_front * 0.5 + [0.4, 0.0],
    ]
    outline = curves.smooth(knots, closed=True, samples=6)
    block = Grown(Extrusion(outline, PILLAR_WIDE_MM - TIP_MM, at_mm=side), TIP_MM)
    top, foot = np.array(upper.middle_mm), np.array(lower.middle_mm)
    over = (top - foot) / np.linalg.norm(top - foot) * 9.0
    (y1, z1), (y0, z0) = (top + over).tolist(), (foot - over).tolist()
    thick = (PILLAR_DEEP_MM, PILLAR_WIDE_MM)
    column = Capsule((side, y0, z0), (side, y1, z1), thick, thick, (0.0, 1.0, 0.0))
    ends = _rounded_ends(side, float(u_front[1]) + TIP_MM, float(l_back[1]) - TIP_MM)
    front = Extrusion(ends, 30.0, "frontal")
    return Blend((add(block), keep(column, 1.5), keep(front, 0.8)))


def _rounded_ends(side: float, top: float, foot: float) -> Points2:
    """Pillar from the front: straight sides, both ends nearly half round, (x, z)."""
    half, rise = PILLAR_WIDE_MM, 4.6
    turn = np.linspace(0.0, np.pi, 25)
    across, along = half * np.cos(turn), rise * np.sin(turn)
    upper = np.column_stack([side + across, top - rise + along])
    return np.vstack([upper, np.column_stack([side - across, foot + rise - along])])


def facet_slab(side: float, joint: Joint, *, above: bool) -> Solid:
    """Block that stands on a joint face: cut with it, the face is flat."""
    thick = 4.0
    middle = np.array(joint.middle_mm) + joint.outward * (thick if above else -thick)
    box = RoundedBox((0.0, 0.0, 0.0), (6.4, FACET_HALF_MM + 0.9, thick), 1.2)
    return Placed(box, Pose.tilted(-joint.angle_deg, (side, middle[0], middle[1])))


def facet_cartilage(side: float, joint: Joint) -> Solid:
    """Thin oval on a joint face: cartilage shows there."""
    y, z = joint.middle_mm
    return Ellipsoid((side, y, z), (4.6, FACET_HALF_MM - 0.3, 1.0), -joint.angle_deg)
