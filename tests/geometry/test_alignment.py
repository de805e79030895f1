"""Alignments: from pelvic incidence, presets, half-way postures, and the figure they give."""

from __future__ import annotations

import time
from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.errors import ParameterError
from spineanim.geometry.params import (
    HUNCHED,
    SIDE_LYING_FLEXED,
    STANDING,
    Alignment,
)
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS

UPRIGHT, STOOPED = Spine(STANDING), Spine(HUNCHED)
EAR_MM = np.array([[-5.0, 25.0]])  # posterior and cranial of the joint of skull and atlas, M


def ahead_of_hips_mm(spine: Spine) -> float:
    return float(spine.hip_axis[0] - spine.head.place(EAR_MM)[0, 0])


# ----------------------------------------------------------------- pelvic incidence
def test_design_incidence_gives_the_design_values() -> None:
    assert Alignment.from_pelvic_incidence(52) == STANDING
    assert STANDING.pelvic_tilt_deg == 12.0


@pytest.mark.parametrize("incidence", [34.0, 44.0, 46.0, 53.0, 62.0, 80.0])
def test_curves_follow_incidence_as_published(incidence: float) -> None:
    found = Alignment.from_pelvic_incidence(incidence)
    assert found.lumbar_lordosis_deg == pytest.approx(0.54 * incidence + 27.6, abs=0.1)
    assert found.sacral_slope_deg == pytest.approx(0.54 * incidence + 11.9, abs=0.1)
    # PT = 0.44 PI - 11.4 was fitted on its own: it agrees with the difference to 2 degrees
    assert found.pelvic_tilt_deg == pytest.approx(0.44 * incidence - 11.4, abs=2.0)


@pytest.mark.parametrize("incidence", [20.0, 90.0])
def test_incidences_nobody_has_are_refused(incidence: float) -> None:
    with pytest.raises(ParameterError):
        Alignment.from_pelvic_incidence(incidence)


@pytest.mark.parametrize("incidence", [34.0, 52.0, 80.0])
def test_every_incidence_stands_balanced(incidence: float) -> None:
    spine = Spine(Alignment.from_pelvic_incidence(incidence))
    ahead = spine.frame("S1").corners[1, 0] - spine.frame("C7").centre[0]
    assert -40 < ahead < 60
    assert spine.frame("T1").tilt_deg == pytest.approx(UPRIGHT.frame("T1").tilt_deg, abs=0.1)


def test_hip_axis_agrees_with_the_drawn_pelvis_and_turns_with_the_sacrum() -> None:
    from spineanim.geometry.torso import neutral_torso

    assert_allclose(UPRIGHT.hip_axis, neutral_torso().landmarks["hip_joint_left"][1:], atol=4.0)
    for spine in (UPRIGHT, STOOPED, Spine(SIDE_LYING_FLEXED)):
        normal = spine.frame("S1").place(np.array([[0.0, -1.0]]))[0]
        way = spine.hip_axis / np.linalg.norm(spine.hip_axis)
        assert np.degrees(np.arccos(way @ normal)) == pytest.approx(52.0, abs=0.01)


# ------------------------------------------------------------------------- thorax
@pytest.mark.parametrize(
    ("upper", "lower", "published"), [("T2", "T11", 39.9), ("T3", "T10", 33.3), ("T1", "T12", 44.2)]
)
def test_parts_of_the_kyphosis_have_their_share(upper: str, lower: str, published: float) -> None:
    found = UPRIGHT.cobb_deg(upper, lower, lower_plate="lower")
    assert found == pytest.approx(published, abs=2.0)


def test_junction_of_chest_and_loin_is_straight() -> None:
    assert UPRIGHT.cobb_deg("T11", "L1", lower_plate="lower") == pytest.approx(0.0, abs=8.0)


# ------------------------------------------------------------------------- postures
def test_gaze_is_level_upright_and_hunched() -> None:
    assert abs(UPRIGHT.head.tilt_deg) < 0.1
    assert abs(STOOPED.head.tilt_deg) < 0.1


def test_hunched_meets_the_posture_targets() -> None:
    assert 60 <= STOOPED.cobb_deg("T1", "T12", lower_plate="lower") + 1e-6 <= 65.1
    assert 35 <= -STOOPED.cobb_deg("L1", "S1") <= 40.01
    assert 40 <= STOOPED.frame("T1").tilt_deg <= 45
    assert 40 <= ahead_of_hips_mm(STOOPED) - ahead_of_hips_mm(UPRIGHT) <= 60
    assert HUNCHED.pelvic_tilt_deg - STANDING.pelvic_tilt_deg == pytest.approx(10, abs=3.01)
    assert HUNCHED.pelvic_incidence_deg == STANDING.pelvic_incidence_deg


def test_hunched_head_also_stands_further_in_front_of_c7() -> None:
    def ahead_of_c7_mm(spine: Spine) -> float:
        return float(spine.frame("C7").centre[0] - spine.head.place(EAR_MM)[0, 0])

    assert ahead_of_c7_mm(STOOPED) - ahead_of_c7_mm(UPRIGHT) > 20


def test_chin_comes_up_between_skull_atlas_and_axis() -> None:
    plain = Spine(replace(HUNCHED, head_extension_deg=0.0))
    lifted = HUNCHED.head_extension_deg
    assert plain.head.tilt_deg - STOOPED.head.tilt_deg == pytest.approx(lifted)
    atlas = plain.frame("C1").tilt_deg - STOOPED.frame("C1").tilt_deg
    assert 0.3 * lifted < atlas < 0.6 * lifted
    assert plain.frame("C2").tilt_deg == STOOPED.frame("C2").tilt_deg


# ------------------------------------------------------------------------- in between
def test_between_ends_on_both_and_moves_evenly() -> None:
    assert STANDING.between(HUNCHED, 0.0) == STANDING
    assert STANDING.between(HUNCHED, 1.0) == HUNCHED
    half = STANDING.between(HUNCHED, 0.5)
    for item in fields(Alignment):
        ends = getattr(STANDING, item.name), getattr(HUNCHED, item.name)
        assert getattr(half, item.name) == pytest.approx(sum(ends) / 2)


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_there_is_no_posture_beyond_the_ends(share: float) -> None:
    with pytest.raises(ParameterError, match="share"):
        STANDING.between(HUNCHED, share)


@pytest.mark.parametrize("goal", [HUNCHED, SIDE_LYING_FLEXED])
def test_a_bend_moves_every_level_smoothly(goal: Alignment) -> None:
    ways = [Spine(STANDING.between(goal, share)) for share in np.linspace(0, 1, 11)]
    for level in LEVELS:
        steps = np.diff([spine.frame(level).centre for spine in ways], axis=0)
        assert np.linalg.norm(np.diff(steps, axis=0), axis=1).max() < 0.5, level


# ------------------------------------------------------------------------- the head
def test_the_head_nods_as_one_piece_with_the_skull() -> None:
    rest, bent = UPRIGHT, STOOPED
    skull = np.array([[-40.0, 660.0], [-120.0, 680.0], [20.0, 720.0], [-60.0, 780.0]])
    moved = bent.carry(skull, rest)
    before = np.linalg.norm(skull - np.roll(skull, 1, axis=0), axis=1)
    after = np.linalg.norm(moved - np.roll(moved, 1, axis=0), axis=1)
    assert_allclose(after, before, rtol=1e-6)
    assert_allclose(moved, bent.head.place(skull - rest.head.joint), atol=0.1)


def test_the_nape_does_not_fold() -> None:
    y, z = np.meshgrid(np.linspace(-105, 70, 30), np.linspace(520, 700, 46))
    places = STOOPED.carry(np.column_stack([y.ravel(), z.ravel()]), UPRIGHT).reshape(46, 30, 2)
    across, along = np.diff(places, axis=1)[1:], np.diff(places, axis=0)[:, 1:]
    assert (across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0]).min() > 0


def test_carrying_there_and_back_is_nothing_without_a_bend() -> None:
    points = np.array([[-60.0, 700.0], [30.0, 400.0], [-80.0, 50.0]])
    assert_allclose(STOOPED.carry(points, STOOPED), points, atol=1e-9)


def test_a_posture_takes_less_than_ten_milliseconds() -> None:
    from spineanim.geometry.canal import Canal

    best = float("inf")
    for share in np.linspace(0.1, 0.9, 7):
        start = time.perf_counter()
        spine = Spine(STANDING.between(HUNCHED, float(share)))
        canal = Canal(spine)
        canal.sac()
        canal.cord()
        spine.carry(np.zeros((200, 2)), UPRIGHT)
        best = min(best, time.perf_counter() - start)
    assert best < 0.010
