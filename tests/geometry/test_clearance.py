"""Room between neighbouring bones: at rest, at the ends of the allowed bends, and beyond."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import calipers
from spineanim.geometry.bones.column import bone_shape
from spineanim.geometry.bones.vertebrae import bone_part, pose_of
from spineanim.geometry.clearance import (
    NEIGHBOURS,
    Pair,
    pair_angles,
    relative_pose,
    room_mm,
    rooms_mm,
)
from spineanim.geometry.layout import MOST_EXTENDED_DEG, segment_angles
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING, Alignment, limits_of
from spineanim.geometry.spine import Spine

CURVES = (
    "lumbar_lordosis_deg",
    "thoracic_kyphosis_deg",
    "cervical_lordosis_deg",
    "head_extension_deg",
)


@pytest.mark.parametrize("pair", NEIGHBOURS, ids="-".join)
def test_neighbours_stand_as_the_spine_has_them(pair: Pair) -> None:
    spine = Spine(HUNCHED, 1.0)
    upper, lower = (spine.frame("S1" if name == "sacrum" else name) for name in pair)
    point = np.array([3.0, 20.0, -4.0])
    wanted = pose_of(lower).local(pose_of(upper).place(point))
    assert_allclose(relative_pose(pair, pair_angles(HUNCHED)[pair]).place(point), wanted, atol=1e-9)


@pytest.mark.parametrize("alignment", [STANDING, SIDE_LYING_FLEXED, HUNCHED])
def test_joints_leave_a_gap_in_every_posture(alignment: Alignment) -> None:
    rooms = rooms_mm(alignment)
    assert min(rooms.values()) > 0.3
    # joint spaces, bone to bone, not bones that float apart
    assert max(rooms.values()) < 4.5


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("end", ["low", "high"])
def test_bones_do_not_meet_at_the_ends_of_what_is_allowed(name: str, end: str) -> None:
    value = getattr(limits_of(Alignment, name), end)
    rooms = rooms_mm(Alignment(**{name: value}))
    assert min(rooms.values()) > 0.0, min(rooms, key=lambda pair: rooms[pair])


def test_room_grows_with_stature() -> None:
    small, tall = rooms_mm(STANDING, 0.9), rooms_mm(STANDING, 1.15)
    for pair in NEIGHBOURS:
        assert tall[pair] == pytest.approx(small[pair] * 1.15 / 0.9)


def test_forcing_a_joint_makes_bones_overlap() -> None:
    assert room_mm(("L3", "L4"), -40.0) < -2.0
    assert room_mm(("L5", "sacrum"), MOST_EXTENDED_DEG["L5"] - 8.0) < 0.0


@pytest.mark.parametrize("pair", [("T7", "T8"), ("L3", "L4")], ids="-".join)
def test_room_agrees_with_a_search_all_over_the_bones(pair: Pair) -> None:
    spine = Spine(STANDING, 1.0)
    points = calipers.surface_points(bone_shape(pair[0]).solid, 1.2)
    placed = pose_of(spine.frame(pair[0])).place(points)
    found = calipers.least_gap_mm(placed, bone_part(spine, pair[1]).placed)
    assert rooms_mm(STANDING)[pair] == pytest.approx(found, abs=0.15)


def test_a_deep_lordosis_takes_more_levels() -> None:
    deep = segment_angles(Alignment(lumbar_lordosis_deg=74.0))
    design = segment_angles(STANDING)
    for name in ("L5", "L4"):
        assert deep[name] == MOST_EXTENDED_DEG[name]
    assert deep["L3"] / design["L3"] > 74 / 55.6
    assert sum(deep[f"L{i}"] for i in range(1, 6)) == pytest.approx(-74.0)
