"""The column against published values, its shapes, and how soft tissue follows it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import curves, layout
from spineanim.geometry.params import SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.skeleton import ribs
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS, vertebrae
from spineanim.geometry.torso import neutral_torso

REFERENCE = Spine(STANDING, 1.0)
ADULT = Spine()
BODIES = LEVELS[1:-1]

# Anatomy notes 2.3: (forward, up) of body centres from S1 and tilt of upper end plates
CENTRES = {
    "L3": (15, 93),
    "L1": (-2, 159),
    "T10": (-24, 241),
    "T7": (-33, 310),
    "T4": (-27, 371),
    "T1": (-7, 427),
    "C7": (1, 444),
    "C2": (33, 542),
}
TILTS = {"L5": 16, "L4": 2, "L3": -8, "L2": -14, "L1": -16, "T10": -10, "T7": 1, "T4": 16}
HIGH_TILTS = {"T1": 25, "C2": 13}
# Anatomy notes 2.4: share of the way from C7 to the back hip spine at which tips lie
TIP_SHARES = {"T4": 0.21, "T7": 0.39, "T10": 0.54, "L1": 0.71, "L4": 0.86}


@pytest.mark.parametrize("level", CENTRES)
def test_body_centres_lie_where_published(level: str) -> None:
    y, z = REFERENCE.frame(level).centre
    assert_allclose((-y, z), CENTRES[level], atol=4.0)


@pytest.mark.parametrize("level", [*TILTS, *HIGH_TILTS])
def test_end_plates_tilt_as_published(level: str) -> None:
    wanted = {**TILTS, **HIGH_TILTS}[level]
    assert REFERENCE.frame(level).tilt_deg == pytest.approx(wanted, abs=1.5)


def test_c7_falls_just_in_front_of_the_back_corner_of_s1() -> None:
    corner = REFERENCE.frame("S1").corners[1]
    ahead = corner[0] - REFERENCE.frame("C7").centre[0]
    assert ahead == pytest.approx(14, abs=4)


def test_spinous_tips_share_the_back_like_living_people() -> None:
    low = np.array([60.0, -17.0 * 1.06])
    high = ADULT.spinous_tip("C7")
    whole = high[1] - low[1]
    assert whole == pytest.approx(509, abs=35)
    for level, share in TIP_SHARES.items():
        found = (high[1] - ADULT.spinous_tip(level)[1]) / whole
        assert found == pytest.approx(share, abs=0.05), level


@pytest.mark.parametrize(
    "alignment",
    [
        STANDING,
        SIDE_LYING_FLEXED,
        Alignment(35, 45, 50, 5),
        Alignment(30, 38, 62, 20),
        Alignment(50, 70, 30, -10),
    ],
)
def test_cobb_angles_are_as_asked(alignment: Alignment) -> None:
    spine = Spine(alignment)
    assert -spine.cobb_deg("L1", "S1") == pytest.approx(alignment.lumbar_lordosis_deg, abs=0.1)
    chest = spine.cobb_deg("T1", "T12", lower_plate="lower")
    assert chest == pytest.approx(alignment.thoracic_kyphosis_deg, abs=0.1)
    assert -spine.cobb_deg("C2", "C7") == pytest.approx(alignment.cervical_lordosis_deg, abs=0.1)
    assert spine.frame("S1").tilt_deg == alignment.sacral_slope_deg


def test_last_segment_carries_most_of_the_lordosis() -> None:
    angles = layout.segment_angles(STANDING)
    assert angles["L5"] / sum(angles[f"L{i}"] for i in range(1, 6)) == pytest.approx(0.43, abs=0.01)


@pytest.mark.parametrize("level", BODIES)
def test_bodies_have_their_measured_size(level: str) -> None:
    row, frame = vertebrae()[level], ADULT.frame(level)
    front, back = frame.corners[0] - frame.corners[3], frame.corners[1] - frame.corners[2]
    assert row.body_height_ant_mm is not None
    assert row.body_height_post_mm is not None
    assert row.body_depth_mm is not None
    assert np.linalg.norm(front) == pytest.approx(row.body_height_ant_mm * 1.06, abs=1.2)
    assert np.linalg.norm(back) == pytest.approx(row.body_height_post_mm * 1.06, abs=1.2)
    top = np.linalg.norm(frame.corners[1] - frame.corners[0])
    assert top == pytest.approx(row.body_depth_mm * 1.06, abs=0.1)


def test_no_disc_between_atlas_and_axis() -> None:
    assert len(DISCS) == 23
    assert "C2_C3" in DISCS
    with pytest.raises(LookupError):
        ADULT.disc("C1_C2")
    with pytest.raises(LookupError):
        ADULT.body("C1")


def test_lowest_disc_is_wedged_most() -> None:
    def wedge(name: str) -> float:
        lower_front, lower_back, upper_back, upper_front = ADULT.disc_corners(name)
        high = float(np.linalg.norm(upper_front - lower_front))
        return high / float(np.linalg.norm(upper_back - lower_back))

    assert wedge("L5_S1") > 1.8
    assert all(wedge(name) < wedge("L5_S1") for name in DISCS if name[0] == "T")


@pytest.mark.parametrize("level", ["T5", "T6", "T7", "T8"])
def test_thoracic_spines_slope_over_the_level_below(level: str) -> None:
    below = LEVELS[LEVELS.index(level) + 1]
    tip = ADULT.spinous_tip(level)
    assert tip[1] < ADULT.frame(below).centre[1] + 3


@pytest.mark.parametrize("level", ["L2", "L3", "L4"])
def test_lumbar_spines_are_level_and_of_measured_length(level: str) -> None:
    row, frame = vertebrae()[level], ADULT.frame(level)
    turn = layout.rotation(frame.middle_tilt_deg)
    local = (ADULT.spinous_process(level) - frame.centre) @ turn.T / ADULT.stature_factor
    wall = frame.half_depth_mm / ADULT.stature_factor + row.number("canal_depth_mm")
    assert local[:, 0].max() - wall == pytest.approx(row.number("spinous_length_mm"), abs=1.0)
    assert np.ptp(local[:, 1]) < 0.8 * frame.height_mm / ADULT.stature_factor


@pytest.mark.parametrize("level", LEVELS[:-1])
def test_bones_are_simple_closed_outlines(level: str) -> None:
    for outline in (ADULT.spinous_process(level), ADULT.side(level)):
        assert abs(curves.signed_area(outline)) > 20
        assert np.isfinite(outline).all()


def test_processes_do_not_run_into_their_neighbours() -> None:
    for upper, lower in pairwise(LEVELS[1:-1]):
        other = ADULT.spinous_process(upper)
        assert not curves.contains(other, ADULT.spinous_process(lower)).any(), (upper, lower)
    assert not curves.contains(ADULT.sacral_crest(), ADULT.spinous_process("L5")).any()


@pytest.mark.parametrize("spine", [ADULT, Spine(SIDE_LYING_FLEXED)], ids=["up", "bent"])
def test_tailbone_meets_the_sacrum(spine: Spine) -> None:
    sacrum, coccyx = spine.sacrum(), spine.coccyx()
    gaps = [curves.nearest(coccyx, point, closed=True)[0] for point in sacrum]
    assert min(gaps) < 1.6
    assert np.sum(np.array(gaps) < 2.5) > 8  # face to face, not at one point
    for one, other in ((sacrum, coccyx), (coccyx, sacrum)):
        assert not curves.contains(other, one).any()


def test_spinous_tips_lie_shallow_under_the_skin_of_the_lower_back() -> None:
    skin = neutral_torso().lateral["trunk"]
    for level in ("L1", "L2", "L3", "L4", "L5"):
        gap, _ = curves.nearest(skin, ADULT.spinous_tip(level), closed=True)
        assert 15.5 <= gap <= 25.0, level
    for level in BODIES:
        assert curves.contains(skin, ADULT.spinous_process(level)).all(), level


def test_ribs_start_on_their_vertebrae() -> None:
    for rib in ribs():
        frame = ADULT.frame(f"T{rib.number}")
        assert np.linalg.norm(rib.bone[0, 1:] - frame.centre) < 16
        assert abs(rib.bone[0, 2] - frame.centre[1]) < 5


# --------------------------------------------------------------------------- soft tissue
def test_carrying_to_the_same_spine_changes_nothing() -> None:
    skin = neutral_torso().lateral["trunk"]
    assert_allclose(ADULT.carry(skin, ADULT), skin, atol=1e-9)


def test_bodies_ride_with_their_level() -> None:
    bent = Spine(SIDE_LYING_FLEXED)
    for level in ("L4", "L1", "T8", "C4"):
        moved = bent.carry(ADULT.frame(level).centre[None], ADULT)[0]
        assert_allclose(moved, bent.frame(level).centre, atol=1.0)
        corners = bent.carry(ADULT.frame(level).corners, ADULT)
        assert_allclose(corners, bent.frame(level).corners, atol=3.5)


@pytest.mark.parametrize("alignment", [SIDE_LYING_FLEXED, Alignment(25, 30, 60, 0)])
def test_the_bent_trunk_does_not_fold(alignment: Alignment) -> None:
    bent = Spine(alignment)
    y, z = np.meshgrid(np.linspace(-105, 90, 40), np.linspace(-60, 540, 121))
    places = bent.carry(np.column_stack([y.ravel(), z.ravel()]), ADULT).reshape(121, 40, 2)
    across, along = np.diff(places, axis=1)[1:], np.diff(places, axis=0)[:, 1:]
    turned = across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0]
    assert turned.min() > 0


def test_carrying_patient_points_keeps_left_and_right() -> None:
    point = np.array([[70.0, -60.0, 60.0]])
    moved = Spine(SIDE_LYING_FLEXED).carry3(point, ADULT)
    assert moved[0, 0] == 70.0
    assert not np.allclose(moved, point)


def test_pelvis_moves_as_one_piece() -> None:
    bent = Spine(SIDE_LYING_FLEXED)
    low = np.array([[10.0, -20.0], [40.0, -60.0], [25.0, -100.0]])
    moved = bent.carry(low, ADULT)
    before = np.linalg.norm(np.diff(low, axis=0), axis=1)
    assert_allclose(np.linalg.norm(np.diff(moved, axis=0), axis=1), before, rtol=0.02)
