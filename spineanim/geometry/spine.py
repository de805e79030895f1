"""The column in the sagittal plane: frames, bones, discs, and how soft tissue follows it.

Everything is (y posterior, z cranial) in millimetres; outlines are closed (N, 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves, vertebra
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.layout import Frame, Head, build_frames, head_of, rotation
from spineanim.geometry.midline import midline_outlines, side_outlines
from spineanim.geometry.params import STANDING, Alignment
from spineanim.geometry.table import LEVELS

DISCS: Final = tuple(f"{upper}_{lower}" for upper, lower in pairwise(LEVELS[1:]))
"""Discs C2_C3 to L5_S1: there is none above C2."""

# Soft tissue nearer than the first distance turns with its own level; beyond the second
# it turns with the neighbourhood, or a sharp bend would fold the skin of the belly (D)
_NEAR_MM: Final = 35.0
_FAR_MM: Final = 95.0
_SOFT_SPREAD_MM: Final = 55.0

HIP_AXIS_MM: Final = 78.0
"""From the middle of the upper end plate of S1 to the hip axis (mm, reference body) [D, the
drawn pelvis of ``skeleton.py``]."""

_NAPE_MM: Final = 50.0  # over this height above the atlas soft tissue passes to the head


@dataclass(frozen=True)
class Spine:
    """A column with given curves and size.

    Parameters
    ----------
    alignment : Alignment
        Curves, default standing.
    stature_factor : float
        Scale of the reference body; 1.06 stands for 175 cm.
    """

    alignment: Alignment = STANDING
    stature_factor: float = 1.06

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """Frame of every level, C1 to S1."""
        return build_frames(self.alignment, self.stature_factor)

    def frame(self, level: str) -> Frame:
        """Frame of one level.

        Raises
        ------
        LookupError
            If no level has that name.
        """
        if level not in self.frames:
            raise LookupError(f"no vertebral level is called {level}")
        return self.frames[level]

    @cached_property
    def head(self) -> Head:
        """Place of the head on top of the column."""
        return head_of(self.frames, self.alignment, self.stature_factor)

    @property
    def hip_axis(self) -> Points2:
        """Middle (2,) between the hip joints: it turns with S1, by the pelvic incidence."""
        turn = np.radians(self.alignment.pelvic_tilt_deg)
        axis: Points2 = np.array([-np.sin(turn), -np.cos(turn)]) * HIP_AXIS_MM * self.stature_factor
        return axis

    # ------------------------------------------------------------------ bones and discs
    def body(self, level: str) -> Points2:
        """Outline of a vertebral body C2 to L5 as cut in the midline; that of C2 has its dens.

        Raises
        ------
        LookupError
            For the atlas, which has none, and unknown names.
        """
        if level == "C1":
            raise LookupError("C1 is a ring without a body")
        vertebra.region_of(level)
        return self._cut(level)[0]

    def _cut(self, bone: str) -> tuple[Points2, ...]:
        """Outlines of a bone as cut in the midline, front to back."""
        frame = self.frame("S1" if bone in ("sacrum", "coccyx") else bone)
        lines = midline_outlines(bone)
        return tuple(frame.place(line * self.stature_factor) for line in lines)

    def disc(self, name: str) -> Points2:
        """Outline of a wedged disc, such as ``"L2_L3"``.

        Raises
        ------
        LookupError
            If there is no such disc (nothing lies between C1 and C2).
        """
        lower_front, lower_back, upper_back, upper_front = self.disc_corners(name)
        across = (lower_back - lower_front) * 0.5 + (upper_back - upper_front) * 0.5
        mid_front, mid_back = (lower_front + upper_front) / 2, (lower_back + upper_back) / 2
        upper, lower = name.split("_")
        dish = 0.035 * self.frame(upper).height_mm
        up = rotation(self.frame(upper).lower_tilt_deg)[1] * dish
        down = rotation(self.frame(lower).tilt_deg)[1] * -dish
        knots = [
            upper_front + across * 0.02,
            mid_front - across * 0.028,
            lower_front + across * 0.02,
            lower_front + across * 0.24 + down * 0.6,
            lower_front * 0.48 + lower_back * 0.52 + down * 1.1,
            lower_back - across * 0.18 + down * 0.75,
            lower_back - across * 0.015,
            mid_back + across * 0.016,
            upper_back - across * 0.015,
            upper_back - across * 0.18 + up * 0.75,
            upper_front * 0.48 + upper_back * 0.52 + up * 1.1,
            upper_front + across * 0.24 + up * 0.6,
        ]
        return curves.smooth(knots, closed=True, samples=6)

    def disc_corners(self, name: str) -> Points2:
        """Lower front, lower back, upper back and upper front corner of a disc, (4, 2).

        Raises
        ------
        LookupError
            If there is no such disc.
        """
        if name not in DISCS:
            raise LookupError(f"there is no disc {name}")
        upper, lower = name.split("_")
        below, above = self.frames[lower].corners, self.frames[upper].corners
        return np.array([below[0], below[1], above[2], above[3]])

    def nucleus(self, name: str) -> Points2:
        """Outline of the soft core of a disc, a little behind its middle [M]."""
        outline = self.disc(name)
        front_low, back_low, back_high, front_high = self.disc_corners(name)
        centre = (front_low + back_low + back_high + front_high) / 4
        shift = (back_low - front_low) * 0.04
        core: Points2 = centre + shift + (outline - centre) * 0.56
        return core

    def spinous_process(self, level: str) -> Points2:
        """Spinous process as cut in the midline; of the atlas its back arch."""
        vertebra.region_of(level)
        return self._cut(level)[-1]

    def spinous_tip(self, level: str) -> Points2:
        """Hindmost point (2,) of a spinous process."""
        outline = self.spinous_process(level)
        tip: Points2 = outline[int(np.argmax(outline[:, 0]))]
        return tip

    def side(self, bone: str) -> Points2:
        """Outline of a whole bone of the column as seen from the side.

        Raises
        ------
        LookupError
            If the column has no such bone.
        """
        frame = self.frame("S1" if bone in ("sacrum", "coccyx") else bone)
        return frame.place(side_outlines(bone)[0] * self.stature_factor)

    def atlas(self) -> tuple[Points2, Points2]:
        """Front and back arch of C1 as cut in the midline."""
        front, back = self._cut("C1")
        return front, back

    def sacrum(self) -> Points2:
        """Fused sacral bodies in the midline."""
        return self._cut("sacrum")[0]

    def sacral_crest(self) -> Points2:
        """Back wall of the sacral canal with the median crest."""
        return self._cut("sacrum")[-1]

    def sacral_tip(self) -> Points2:
        """Tip (2,) of the first spinous process of the sacral crest."""
        local = np.array(vertebra.SACRAL_TIP) * self.stature_factor
        tip: Points2 = self.frame("S1").place(local)
        return tip

    def sacral_junctions(self) -> tuple[Points2, ...]:
        """Lines (2, 2) where the fused sacral bodies meet."""
        lines = np.array(vertebra.SACRAL_JUNCTIONS) * self.stature_factor
        return tuple(self.frame("S1").place(line) for line in lines)

    def coccyx(self) -> Points2:
        """Tailbone."""
        return self._cut("coccyx")[0]

    # --------------------------------------------------------------------------- curves
    def centreline(self) -> Points2:
        """Curve through the body centres from S1 up to C1, open (N, 2)."""
        knots = [self.frames[name].centre for name in reversed(LEVELS)]
        return curves.smooth(knots, samples=8)

    def cobb_deg(self, upper: str, lower: str, *, lower_plate: str = "upper") -> float:
        """Angle between the upper end plate of one level and a plate of a lower level.

        Measured on the corners of the bodies; positive is kyphosis. `lower_plate` is
        ``"upper"`` or ``"lower"``.
        """
        first = self.frame(upper).corners
        second = self.frame(lower).corners
        low = second[1] - second[0] if lower_plate == "upper" else second[2] - second[3]
        high = first[1] - first[0]
        return _plate_angle(high) - _plate_angle(low)

    # --------------------------------------------------------------------- soft tissue
    def carry(self, points_yz: Points2, rest: Spine) -> Points2:
        """Move sagittal points that belong to a rest spine so that they follow this one.

        A point keeps its height along the column and its offset from it; the head moves
        rigidly, and so does what lies below S1. Carrying to the same
        spine changes nothing.

        Parameters
        ----------
        points_yz : ndarray, shape (N, 2)
        rest : Spine
            The spine the points were drawn for.
        """
        points = np.asarray(points_yz, dtype=np.float64)
        height, rest_curve, here_curve, turn, soft = self._follow(rest)
        at = np.clip(points[:, 1], height[0], height[-1])
        base = np.column_stack([np.interp(at, height, column) for column in rest_curve.T])
        goal = np.column_stack([np.interp(at, height, column) for column in here_curve.T])
        away = points - base
        share = np.clip((np.abs(away[:, 0]) - _NEAR_MM) / (_FAR_MM - _NEAR_MM), 0.0, 1.0)
        share = share * share * (3 - 2 * share)
        angle = (1 - share) * np.interp(at, height, turn) + share * np.interp(at, height, soft)
        cos, sin = np.cos(angle), np.sin(angle)
        moved = np.column_stack(
            [away[:, 0] * cos - away[:, 1] * sin, away[:, 0] * sin + away[:, 1] * cos]
        )
        return self._with_head(goal + moved, points, rest)

    def _with_head(self, carried: Points2, points: Points2, rest: Spine) -> Points2:
        """Let carried points come to ride rigidly on the head above the atlas."""
        rise = (points[:, 1] - rest.frames["C1"].centre[1]) / _NAPE_MM
        share = np.clip(rise, 0.0, 1.0)[:, None]
        share = share * share * (3 - 2 * share)
        upright = (points - rest.head.joint) @ rotation(rest.head.tilt_deg).T
        ridden: Points2 = carried * (1 - share) + self.head.place(upright) * share
        return ridden

    def carry3(self, points_mm: Points3, rest: Spine) -> Points3:
        """Like `carry` for patient points (N, 3); left-right places stay."""
        points = np.asarray(points_mm, dtype=np.float64)
        return np.column_stack([points[:, 0], self.carry(points[:, 1:], rest)])

    def _follow(self, rest: Spine) -> tuple[NDArray[np.float64], ...]:
        """Tables over rest height: rest curve, this curve, own turn, spread turn (radians)."""
        names = tuple(reversed(LEVELS))
        old = curves.smooth([rest.frames[name].centre for name in names], samples=8)
        new = curves.smooth([self.frames[name].centre for name in names], samples=8)
        change = [
            self.frames[name].middle_tilt_deg - rest.frames[name].middle_tilt_deg for name in names
        ]
        knots = np.arange(len(names)) * 8
        turn = np.radians(np.interp(np.arange(len(old)), knots, change))
        height = np.maximum.accumulate(old[:, 1])
        gaps = height[:, None] - height[None, :]
        weight = np.exp(-0.5 * (gaps / _SOFT_SPREAD_MM) ** 2)
        soft = weight @ turn / weight.sum(axis=1)
        return height, old, new, turn, soft


def _plate_angle(direction: Points2) -> float:
    """Tilt (degrees) of an end plate that runs from front to back."""
    return float(np.degrees(np.arctan2(direction[1], direction[0])))
