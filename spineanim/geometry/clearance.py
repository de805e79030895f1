"""How much room the bones of the column leave one another.

How two neighbours stand to one another depends on one number, the angle between them (for
the atlas: how far the head is extended). So room is measured once for an angle and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import calipers
from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.column import bone_shape
from spineanim.geometry.bones.vertebrae import pose_of
from spineanim.geometry.layout import (
    Frame,
    Seat,
    atlas_frame,
    body_wedge_deg,
    rotation,
    segment_angles,
    stand,
)
from spineanim.geometry.params import Alignment, limits_of
from spineanim.geometry.solids.base import Box
from spineanim.geometry.solids.combine import Placed, Pose
from spineanim.geometry.table import LEVELS, vertebrae

Pair = tuple[str, str]

NEIGHBOURS: Final[tuple[Pair, ...]] = tuple(pairwise((*LEVELS[:-1], "sacrum")))
"""Neighbours of the column, the upper one first: C1 and C2 to L5 and the sacrum."""

# Spacing of the points looked at, and how near the other bone they must come at either end
# of the allowed bends to be looked at
_STEP_MM: Final = 1.5
_REACH_MM: Final = 3.0
_HEAD: Final = "head_extension_deg"
_ANGLE_STEP_DEG: Final = 0.25
_CURVES: Final = ("lumbar_lordosis_deg", "thoracic_kyphosis_deg", "cervical_lordosis_deg")
_EXTREMES: Final = tuple(
    Alignment(**{name: getattr(limits_of(Alignment, name), end) for name in (*_CURVES, _HEAD)})
    for end in ("low", "high")
)


def pair_angles(alignment: Alignment) -> Mapping[Pair, float]:
    """Angle (degrees) that an alignment puts between neighbours; see `relative_pose`."""
    angle = segment_angles(alignment)
    found = {pair: angle[pair[0]] for pair in NEIGHBOURS[1:]}
    return {NEIGHBOURS[0]: alignment.head_extension_deg, **found}


def relative_pose(pair: Pair, angle_deg: float) -> Pose:
    """Pose of the upper bone in the frame of the lower one, at reference size.

    Parameters
    ----------
    pair : tuple of str
        One of ``NEIGHBOURS``.
    angle_deg : float
        Segment angle, positive for kyphosis; for C1 and C2 the extension of the head.
    """
    upper, lower = pair
    own, seat = _lower_frame(lower)
    if upper == "C1":
        above = atlas_frame(seat, angle_deg, 1.0)
    else:
        above, _ = stand(upper, seat, angle_deg, 1.0)
    here, there = pose_of(own), pose_of(above)
    turn = here.rotation.T
    return Pose(turn @ there.rotation, turn @ (there.shift_mm - here.shift_mm))


def _lower_frame(lower: str) -> tuple[Frame, Seat]:
    """Frame of a bone whose upper plate lies level at the origin, and that plate."""
    level = "S1" if lower == "sacrum" else lower
    row = vertebrae()[level]
    depth = row.number("body_depth_mm")
    seat = Seat(np.zeros(2), 0.0, depth)
    if level == "S1":
        return Frame("S1", np.zeros(2), 0.0, 0.0, np.zeros((4, 2))), seat
    wedge = body_wedge_deg(level)
    rise = (row.number("body_height_ant_mm") + row.number("body_height_post_mm")) / 2
    centre = -rotation(-wedge / 2)[1] * rise / 2
    return Frame(level, centre, 0.0, -wedge, np.zeros((4, 2))), seat


@lru_cache(maxsize=32)
def _near_points(pair: Pair) -> Points3:
    """Surface of the upper bone that may come near the lower one, in its own frame (N, 3).

    The bones are alike on both sides, so the left half will do.
    """
    upper, lower = (bone_shape(name).solid for name in pair)
    poses = [relative_pose(pair, pair_angles(one)[pair]) for one in _EXTREMES]

    def away(points: Points3) -> NDArray[np.float64]:
        """How far points are from where the upper surface is within reach of the lower bone."""
        found = np.abs(upper.distance_mm(points))
        near = found < _STEP_MM * 12
        least = np.full(int(near.sum()), np.inf)
        for pose in poses:
            gap = lower.distance_mm(pose.place(points[near]))
            least = np.minimum(least, gap)
        found[near] = np.maximum(found[near], least - _REACH_MM)
        return found

    boxes = [Placed(lower, _inverse(pose)).bounds.grown(_REACH_MM) for pose in poses]
    low = np.maximum(np.min([box.low for box in boxes], axis=0), upper.bounds.low)
    high = np.minimum(np.max([box.high for box in boxes], axis=0), upper.bounds.high)
    spots = calipers.cells(away, Box.around([(-0.5 * _STEP_MM, *low[1:]), high]), _STEP_MM)
    return calipers.onto_surface(upper, spots, _STEP_MM)


def _inverse(pose: Pose) -> Pose:
    """Pose that undoes another."""
    return Pose(pose.rotation.T, -pose.shift_mm @ pose.rotation)


@lru_cache(maxsize=4096)
def _room_at(pair: Pair, steps: int) -> float:
    """Room (mm, reference size) between neighbours at an angle, in steps of it."""
    points = relative_pose(pair, steps * _ANGLE_STEP_DEG).place(_near_points(pair))
    return calipers.least_gap_mm(points, bone_shape(pair[1]).solid)


def room_mm(pair: Pair, angle_deg: float) -> float:
    """Least distance between two neighbours at an angle, for the reference body (mm).

    Negative by the depth to which they overlap. Between steps of a quarter of a degree it
    is interpolated.
    """
    low = int(np.floor(angle_deg / _ANGLE_STEP_DEG))
    share = angle_deg / _ANGLE_STEP_DEG - low
    found = _room_at(pair, low)
    if share > 1e-6:
        found = found * (1 - share) + _room_at(pair, low + 1) * share
    return found


def rooms_mm(alignment: Alignment, stature_factor: float = 1.0) -> Mapping[Pair, float]:
    """Room (mm) between all neighbours of a column."""
    angles = pair_angles(alignment)
    return {pair: room_mm(pair, angle) * stature_factor for pair, angle in angles.items()}
