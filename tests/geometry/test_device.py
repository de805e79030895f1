"""Pump, pocket and catheter as numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import curves, pump, wall
from spineanim.geometry.catheter import STRETCHES, carried, plan_route, reference_spine
from spineanim.geometry.params import (
    ENTRY_LEVELS,
    PUMP_20_ML,
    PUMP_40_ML,
    SIDE_LYING_FLEXED,
    TIP_LEVELS,
    Anatomy,
    PumpSize,
)
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

SIZES = pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML], ids=["20", "40"])
TORSO = neutral_torso()
ROUTE = plan_route()


# ---------------------------------------------------------------------------------- pump
@SIZES
def test_case_displaces_what_the_maker_states(size: PumpSize) -> None:
    profile = pump.edge_profile(size)
    assert pump.case_volume_cm3(profile) == pytest.approx(size.displacement_cm3, rel=0.01)
    assert profile[:, 0].max() == pytest.approx(size.diameter_mm / 2)
    assert profile[:, 1].max() == pytest.approx(size.thickness_mm)
    assert profile[:, 1].min() == pytest.approx(0.0)


def test_a_sharp_disc_would_displace_far_more() -> None:
    r, h = PUMP_20_ML.radius_mm, PUMP_20_ML.thickness_mm
    sharp = np.array([(0.0, h), (r, h), (r, 0.0), (0.0, 0.0)])
    assert pump.case_volume_cm3(sharp) == pytest.approx(117, abs=1)


def test_fixtures_sit_on_the_face() -> None:
    reach = pump.ACCESS_PORT_CENTRE_MM + pump.ACCESS_PORT_RADIUS_MM
    assert pump.REFILL_PORT_RADIUS_MM < pump.ACCESS_PORT_CENTRE_MM
    assert reach < PUMP_20_ML.radius_mm
    assert_allclose(pump.on_clock(90.0, 10.0), [10.0, 0.0], atol=1e-9)
    assert len(pump.SUTURE_LOOPS_CLOCK_DEG) == 4


@pytest.mark.parametrize("clock_deg", pump.SUTURE_LOOPS_CLOCK_DEG)
def test_suture_loops_keep_clear_of_the_outlet(clock_deg: float) -> None:
    away = (clock_deg - pump.CONNECTOR_CLOCK_DEG + 180.0) % 360.0 - 180.0
    assert abs(away) >= 30.0


@SIZES
@pytest.mark.parametrize("side", ["left", "right"])
def test_pose_faces_the_skin(size: PumpSize, side: str) -> None:
    pose = pump.implanted_pump(size, "left" if side == "left" else "right")
    assert pose.normal[1] < -0.9
    assert np.linalg.norm(pose.normal) == pytest.approx(1.0)
    assert np.linalg.det([pose.right, pose.up, pose.normal]) == pytest.approx(1.0)
    assert_allclose(pose.local(pose.place([[3.0, -4.0, 5.0]])), [[3.0, -4.0, 5.0]], atol=1e-9)
    assert TORSO.depth_of(pose.port) < TORSO.depth_of(pose.back_centre)


def test_right_pump_is_the_mirror_image() -> None:
    left, right = pump.implanted_pump(side="left"), pump.implanted_pump(side="right")
    assert_allclose(right.connector_end(), curves.mirrored(left.connector_end()), atol=1e-9)
    assert_allclose(right.centre, left.centre * [-1, 1, 1])


def test_side_silhouette_encloses_the_case() -> None:
    pose = pump.implanted_pump()
    outline = pose.silhouette_lateral()
    assert np.ptp(outline[:, 1]) == pytest.approx(87.5, abs=1.5)
    assert curves.contains(outline, pose.centre[None, 1:]).all()


def test_skin_is_lifted_over_the_pump_only() -> None:
    pose = pump.implanted_pump()
    plain = TORSO.lateral["trunk"]
    lifted = pump.lifted_lateral_trunk(TORSO, pose)
    change = plain[:, 0] - lifted[:, 0]
    assert 6.0 < change.max() < 16.0
    assert change.min() >= 0
    assert np.abs(plain[change > 0, 1] - pose.centre[2]).max() < 70
    assert_allclose(pump.lifted_lateral_trunk(TORSO, pose, 0.0), plain, atol=1.0)


# ---------------------------------------------------------------------------------- wall
def test_pocket_opens_from_nothing_to_the_pumps_thickness() -> None:
    closed, half, opened = (wall.WallSection(share) for share in (0.0, 0.5, 1.0))

    def gap(section: wall.WallSection) -> float:
        edges = section.boundaries()
        return float((edges["pocket_roof"] - edges["pocket_floor"])[:, 1].max())

    assert gap(closed) == pytest.approx(0.0)
    assert gap(opened) == pytest.approx(PUMP_20_ML.thickness_mm, abs=0.1)
    assert gap(half) == pytest.approx(gap(opened) / 2, abs=0.1)


@pytest.mark.parametrize("opening", [0.0, 0.3, 1.0])
def test_wall_layers_stay_in_order(opening: float) -> None:
    edges = list(wall.WallSection(opening).boundaries().values())
    for upper, lower in pairwise(edges):
        assert (upper[:, 1] >= lower[:, 1] - 1e-9).all()


def test_skin_over_the_pump_stays_as_thick_as_the_pocket_is_deep() -> None:
    section = wall.WallSection(1.0)
    edges = section.boundaries()
    middle = len(section.along_mm) // 2
    cover = edges["skin"][middle, 1] - edges["pocket_roof"][middle, 1]
    assert cover == pytest.approx(section.procedure.pocket_depth_mm, abs=0.2)
    assert section.pump_seat_mm() == pytest.approx(-20.0 - 0.38 * 19.5, abs=0.1)


@SIZES
def test_pump_fits_its_pocket(size: PumpSize) -> None:
    section = wall.WallSection(1.0, size)
    roof, floor = (section.boundaries()[name] for name in ("pocket_roof", "pocket_floor"))
    for r, h in pump.edge_profile(size)[::3]:
        top = np.interp(r, roof[:, 0], roof[:, 1])
        low = np.interp(r, floor[:, 0], floor[:, 1])
        assert low - 1.0 <= section.pump_seat_mm() + h <= top + 1.0


# ------------------------------------------------------------------------------ catheter
def test_stretches_join_into_one_path() -> None:
    assert tuple(ROUTE.stretches) == STRETCHES
    for first, second in pairwise(STRETCHES):
        gap = ROUTE.stretches[first][-1] - ROUTE.stretches[second][0]
        assert np.linalg.norm(gap) < 0.5, (first, second)
    whole = ROUTE.whole()
    assert np.linalg.norm(np.diff(whole, axis=0), axis=1).max() < 2.5
    assert_allclose(whole[0], ROUTE.pump.connector_end(), atol=0.01)
    assert_allclose(whole[-1], ROUTE.tip)


def test_lengths_are_those_of_the_notes() -> None:
    lengths = ROUTE.lengths_mm()
    assert 130 <= lengths["intrathecal"] <= 150
    assert 150 <= lengths["tunnel"] <= 350
    assert curves.length(ROUTE.whole()) < 1140


def test_path_bends_gently() -> None:
    turns = []
    for name in STRETCHES:
        along = curves.tangents(curves.resample(ROUTE.stretches[name], 300))
        steps = np.clip(np.sum(along[1:] * along[:-1], axis=1), -1, 1)
        turns.append(float(np.degrees(np.arccos(steps)).max()))
    assert max(turns) < 30


@pytest.mark.parametrize("entry", ENTRY_LEVELS)
def test_right_side_is_the_mirror_image(entry: str) -> None:
    left = plan_route(Anatomy(side="left", entry_level=entry))
    right = plan_route(Anatomy(side="right", entry_level=entry))
    assert_allclose(right.whole(), left.whole() * [-1, 1, 1], atol=1e-9)
    assert_allclose(right.back_incision, left.back_incision * [-1, 1, 1], atol=1e-9)
    assert_allclose(right.needle_skin, left.needle_skin * [-1, 1, 1])


def test_incisions() -> None:
    back, front = ROUTE.back_incision, ROUTE.abdominal_incision
    assert 50 <= curves.length(back) <= 80
    assert np.abs(back[:, 0]).max() < 1e-6
    assert back[:, 2].min() < ROUTE.anchor[2] < back[:, 2].max()
    assert front[:, 2].min() > ROUTE.pump.rim()[:, 2].max()
    assert_allclose(ROUTE.passer[-1], ROUTE.stretches["tunnel"][0], atol=1.0)


def test_needle_runs_up_and_towards_the_midline() -> None:
    run = ROUTE.dura - ROUTE.needle_skin
    assert run[2] > 25
    assert run[0] < -8
    assert ROUTE.dura[2] - ROUTE.needle_skin[2] < 60


@pytest.mark.parametrize("tip", TIP_LEVELS)
def test_tip_reaches_its_level(tip: str) -> None:
    route = plan_route(Anatomy(tip_level=tip))
    frame = reference_spine().frame(tip)
    assert abs(route.tip[2] - frame.centre[1]) < frame.height_mm


def test_carrying_to_the_reference_changes_nothing() -> None:
    assert carried(ROUTE, reference_spine()) is ROUTE


def test_carried_path_stays_one_piece() -> None:
    bent = carried(ROUTE, Spine(SIDE_LYING_FLEXED))
    for first, second in pairwise(STRETCHES):
        gap = bent.stretches[first][-1] - bent.stretches[second][0]
        assert np.linalg.norm(gap) < 0.6
    assert np.linalg.norm(bent.pump.normal) == pytest.approx(1.0)
    assert curves.length(bent.whole()) == pytest.approx(curves.length(ROUTE.whole()), rel=0.12)
