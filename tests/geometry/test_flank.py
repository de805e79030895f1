"""Pump site, coil, rod, tunnel and strain-relief loop look right from the front and the side."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.catheter import CatheterRoute, carried, plan_route
from spineanim.geometry.params import (
    ENTRY_LEVELS,
    PROCEDURE,
    PUMP_20_ML,
    PUMP_40_ML,
    SIDE_LYING_FLEXED,
    TIP_LEVELS,
    Anatomy,
    Procedure,
    PumpSize,
)
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

TORSO = neutral_torso()
FLEXED = Spine(SIDE_LYING_FLEXED)
ROUTES = {
    f"{entry}-{size.reservoir_ml:.0f}": plan_route(Anatomy(entry_level=entry), size)
    for entry in ENTRY_LEVELS
    for size in (PUMP_20_ML, PUMP_40_ML)
}
BENT = {f"{name}-bent": carried(route, FLEXED) for name, route in ROUTES.items()}
EVERY = pytest.mark.parametrize("route", (ROUTES | BENT).values(), ids=ROUTES | BENT)
STANDING = pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
SIZES = pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML], ids=["20", "40"])


def front(points: Points3) -> Points2:
    return np.asarray(points)[:, [0, 2]]


def side(points: Points3) -> Points2:
    return np.asarray(points)[:, 1:]


def clearance(outline: Points2, points: Points2) -> float:
    """Least distance of points from a closed outline, negative inside."""
    away = [curves.nearest(outline, point, closed=True)[0] for point in points]
    return float(np.min(np.where(curves.contains(outline, points), -np.array(away), away)))


def sharp_bend(size: PumpSize) -> float:
    """Least radius (mm) a stiff rod may take: the deep pocket of the thick pump costs some."""
    return 57.0 if size == PUMP_20_ML else 55.0


# ---------------------------------------------------------------------------------- site
@SIZES
def test_pump_stands_between_ribs_and_hip_bone_from_the_front(size: PumpSize) -> None:
    rim = front(plan_route(size=size).pump.rim(144))
    assert clearance(rim, skeleton.hip_bone_anterior()) > -5.5
    assert clearance(rim, front(skeleton.costal_margin())) > 15.0
    assert clearance(rim, front(TORSO.landmarks["navel"][None])) > 18.0


@SIZES
def test_cut_runs_just_above_the_pump_and_clear_of_the_ribs(size: PumpSize) -> None:
    route = plan_route(size=size)
    rim, cut = front(route.pump.rim(144)), front(route.abdominal_incision)
    assert 6.0 <= clearance(rim, cut) <= 8.5
    assert 0.9 * size.diameter_mm < curves.length(route.abdominal_incision) <= 100.0
    assert clearance(front(skeleton.costal_margin()), cut) > 5.0
    assert 3.0 < np.ptp(cut[:, 1]) < 8.0


# ---------------------------------------------------------------------------------- coil
@EVERY
def test_coil_lies_inside_the_disc_of_the_pump(route: CatheterRoute) -> None:
    coil, size = route.stretches["coil"], route.pump.size
    local = route.pump.local(coil)
    reach = np.hypot(local[:, 0], local[:, 1])
    steps = np.linalg.norm(np.diff(local, axis=0), axis=1)
    outside = (reach[1:] + reach[:-1]) / 2 > size.radius_mm
    assert steps[outside].sum() / steps.sum() < 0.15
    assert reach.max() - size.radius_mm < 32.0
    assert local[reach < size.radius_mm - 4.0, 2].max() <= 1.0
    assert_allclose(coil[0], route.pump.connector_end(), atol=0.05)


@STANDING
def test_between_u_turn_and_tunnel_nothing_leaves_the_disc(route: CatheterRoute) -> None:
    local = route.pump.local(route.stretches["coil"])
    inside = np.hypot(local[:, 0], local[:, 1]) < route.pump.size.radius_mm
    assert np.count_nonzero(np.diff(inside.astype(int))) == 2
    assert not inside[0] and not inside[-1]
    ring = local[inside]
    assert np.quantile(np.hypot(ring[:, 0], ring[:, 1]), 0.5) == pytest.approx(
        0.63 * route.pump.size.radius_mm, abs=3.0
    )


@EVERY
def test_coil_is_smooth_and_turns_one_way_round(route: CatheterRoute) -> None:
    assert curves.bend_radii(route.stretches["coil"]).min() > 7.0
    x, y, _ = route.pump.local(route.stretches["coil"]).T
    turned = np.unwrap(np.arctan2(y, x))
    assert 1.5 <= abs(turned[-1] - turned[0]) / (2 * np.pi) <= 2.6


@pytest.mark.parametrize(("turns", "laid"), [(0.25, 1), (1.85, 2), (2.9, 3)])
def test_turns_follow_the_parameter(turns: float, laid: int) -> None:
    lengths = plan_route(procedure=Procedure(coil_turns=turns)).lengths_mm()
    more = lengths["coil"] - plan_route(procedure=PROCEDURE).lengths_mm()["coil"]
    assert more / (2 * np.pi * 28.0) == pytest.approx(laid - 2, abs=0.1)


# ------------------------------------------------------------------------ rod and tunnel
@STANDING
def test_rod_is_one_smooth_arc(route: CatheterRoute) -> None:
    assert curves.bend_radii(route.passer, 3.0).min() > sharp_bend(route.pump.size)
    assert np.diff(route.passer[:, 1]).max() < 0.0
    past_the_wound = side(route.passer[np.abs(route.passer[:, 0]) > 30.0])
    assert curves.bend_radii(past_the_wound, 3.0).min() > sharp_bend(route.pump.size)


@pytest.mark.parametrize("route", BENT.values(), ids=BENT)
def test_rod_stays_an_arc_in_the_bent_patient(route: CatheterRoute) -> None:
    assert curves.bend_radii(route.passer, 3.0).min() > 50.0
    assert np.diff(route.passer[:, 1]).max() < 0.01


@EVERY
def test_tunnel_follows_the_rod(route: CatheterRoute) -> None:
    gaps = [curves.nearest(route.passer, point)[0] for point in route.stretches["tunnel"][::3]]
    assert max(gaps) < 3.0
    assert_allclose(route.passer[-1], route.stretches["tunnel"][0], atol=1.0)


@EVERY
def test_stretches_meet_without_a_corner(route: CatheterRoute) -> None:
    for first, second in (("coil", "tunnel"), ("tunnel", "loop"), ("loop", "entry")):
        before, after = route.stretches[first], route.stretches[second]
        ways = [before[-1] - before[-3], after[2] - after[0]]
        one, two = (way / np.linalg.norm(way) for way in ways)
        assert one @ two > np.cos(np.radians(16.0)), (first, second)


# ---------------------------------------------------------------------------------- loop
def turn_of(loop: Points3) -> Points3:
    """Cut the last full turn before the tunnel out of the loop (which begins there)."""
    flat = np.diff(loop[:, [0, 2]], axis=0)
    turned = np.unwrap(np.arctan2(flat[:, 1], flat[:, 0]))
    swept = np.abs(turned - turned[0])
    return loop[: int(np.argmax(swept >= min(2 * np.pi, swept.max()))) + 1]


@EVERY
def test_loop_reads_as_a_loop_from_the_side(route: CatheterRoute) -> None:
    loop = route.stretches["loop"]
    seen = side(turn_of(loop))
    sizes = np.sqrt(np.linalg.eigvalsh(np.cov(curves.resample(seen, 120).T)))
    assert sizes[0] / sizes[1] > 0.45
    assert curves.bend_radii(loop, 1.5).min() > 5.8
    assert curves.bend_radii(turn_of(loop), 1.5).min() > 7.0


@pytest.mark.parametrize("entry", ["L2_L3", "L3_L4"])
def test_loop_bends_gently_on_its_whole_way(entry: str) -> None:
    loop = plan_route(Anatomy(entry_level=entry)).stretches["loop"]
    assert curves.bend_radii(loop, 1.5).min() > 7.0


@STANDING
def test_loop_stands_in_the_fat(route: CatheterRoute) -> None:
    depths = [TORSO.depth_of(point) for point in route.stretches["loop"]]
    assert min(depths) > 2.0
    assert max(depths) < 14.0


def test_loop_hangs_beside_and_below_the_anchor() -> None:
    route = plan_route()
    turn = turn_of(route.stretches["loop"])
    assert turn[:, 0].min() > route.anchor[0] + 12.0
    assert turn[:, 2].mean() < route.anchor[2] - 8.0


@pytest.mark.parametrize("entry", ENTRY_LEVELS)
@pytest.mark.parametrize("tip", TIP_LEVELS)
def test_one_catheter_is_long_enough(entry: str, tip: str) -> None:
    whole = curves.length(plan_route(Anatomy(entry_level=entry, tip_level=tip)).whole())
    assert whole < 1140.0
