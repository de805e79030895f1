from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.errors import SceneError
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.signals import Signals
from spineanim.mobjects.tube import Tube
from spineanim.motion.flow import flow, flowing, thread, thread_at, travel_time_s
from spineanim.motion.focus import block, drifting, spread
from spineanim.picture.shape import Shape
from spineanim.stage import Stage
from tests.motion.stage import assert_pure, drawn

STAGE = Stage(LATERAL_LEFT, (0.0, 0.0, 0.0), 0.05)
PATH = np.column_stack([np.linspace(-5.0, 5.0, 60), np.sin(np.linspace(-3.0, 3.0, 60))])


@pytest.fixture
def tube(theme: Theme) -> Tube:
    return Tube([[-4.0, 0.0], [-3.9, 0.0], [0.0, 0.0], [4.0, 0.0]], 0.1, theme)


@pytest.fixture
def signals(theme: Theme) -> Signals:
    return Signals(PATH, theme, radius=0.2, spacing=1.6, barrier=0.6)


def test_a_tube_is_threaded_at_an_even_speed_between_soft_ends(tube: Tube) -> None:
    move = thread(tube)
    move.begin()
    fronts = []
    for time in np.linspace(0.0, 1.0, 41):
        move.interpolate(float(time))
        fronts.append(float(tube.front[0]))
    steps = np.diff(fronts)
    assert (fronts[0], fronts[-1]) == (-4.0, 4.0)
    assert steps[8:32] == pytest.approx(steps[20], rel=1e-6)
    assert steps[0] < 0.2 * steps[20] > steps[-1] > 0.0


def test_a_tube_threaded_at_a_speed_takes_the_time_its_length_takes(tube: Tube) -> None:
    move = thread_at(tube, 40.0, STAGE, ramp_s=0.5)  # 160 mm
    move.set_run_time(6.0)
    move.begin()
    needs_s = travel_time_s(160.0, 40.0, 0.5)
    assert needs_s == pytest.approx(4.5)
    fronts = []
    for seconds in (2.0, 2.5, needs_s, 6.0):
        move.interpolate(seconds / 6.0)
        fronts.append(float(tube.front[0]) / 0.05)
    assert fronts[1] - fronts[0] == pytest.approx(20.0, rel=1e-6)
    assert fronts[2:] == pytest.approx([80.0, 80.0])


def test_a_step_too_short_for_the_speed_is_refused(tube: Tube) -> None:
    move = thread_at(tube, 40.0, STAGE)
    move.set_run_time(3.0)
    with pytest.raises(SceneError, match=r"takes 4\.4 s, its step lasts 3\.0 s"):
        move.begin()


def test_signals_are_even_come_back_and_never_pop(signals: Signals) -> None:
    signals.at(0.375)
    balls = [comet.ball.get_center() for comet in signals.comets if comet.opacity]
    shares = np.linalg.norm(np.diff(balls, axis=0), axis=1)
    assert len(balls) >= 5 and np.ptp(shares) < 0.12 * shares.mean()
    picture = drawn(signals)
    signals.at(3.375)
    assert np.array_equal(drawn(signals), picture)
    strengths = [signals.strength_at(float(share)) for share in np.linspace(0.0, 1.0, 400)]
    assert strengths[0] == strengths[-1] == 0.0
    assert np.abs(np.diff(strengths)).max() < 0.08


def test_a_barrier_stops_every_signal(signals: Signals) -> None:
    move = block(signals)
    assert signals.strength_at(0.8) == 1.0
    assert_pure(move, lambda: drawn(signals))
    move.finish()
    assert signals.strength_at(0.61) == signals.strength_at(0.8) == 0.0
    assert signals.strength_at(0.4) == 1.0
    assert 0.0 < signals.strength_at(0.53) < 1.0


def test_signals_are_told_without_hue(signals: Signals) -> None:
    """White middles, dark rims: a picture without colour has both far from its mean."""
    nerve = Shape(PATH, closed=False, stroke="#AB9B70", stroke_px=60)
    grey = drawn(nerve, signals)[..., :3].mean(axis=2)
    on_nerve = grey[grey < 250]
    assert np.percentile(on_nerve, 0.3) < 100
    assert grey.max() == 255 and (on_nerve > 230).any()


def test_flow_goes_on_where_it_was_and_is_pure(signals: Signals) -> None:
    assert_pure(flow(signals, 2.3, 0.4), lambda: drawn(signals))
    move = flow(signals, 2.0, 0.4)
    move.begin()
    move.finish()
    assert signals.phase == pytest.approx(2.4)


def test_what_is_alive_does_not_notice_where_a_step_ends(signals: Signals) -> None:
    alive = flowing(signals, 0.8)
    first, second = alive.during(2.0, 1.5), alive.during(3.5, 1.0)
    first.begin()
    assert signals.phase == pytest.approx(0.8 * 2.0)
    first.finish()
    end = drawn(signals)
    second.begin()
    assert signals.phase == pytest.approx(0.8 * 3.5)
    assert np.array_equal(drawn(signals), end)


def test_a_cloud_grows_within_the_fluid_and_is_pure(theme: Theme) -> None:
    fluid = np.array([[-1.0, -3.0], [1.0, -3.0], [1.0, 3.0], [-1.0, 3.0]])
    cloud = Cloud((0.0, 0.0), (2.0, 2.5), theme, within=Shape(fluid))
    assert (drawn(cloud) == 255).all(), "nothing is seen before it spreads"
    assert_pure(spread(cloud), lambda: drawn(cloud))
    amounts = []
    for share in np.linspace(0.0, 1.0, 8):
        cloud.spread_to(float(share))
        amounts.append(int((255 - drawn(cloud)[..., 0].astype(int)).sum()))
    assert (np.diff(amounts) > 0).all()
    picture = drawn(cloud)
    assert (picture[:, :135] == 255).all() and (picture[:, 185:] == 255).all()


def test_a_cloud_drifts_slowly_and_without_jumps(theme: Theme) -> None:
    cloud = Cloud((0.0, 0.0), (2.0, 2.5), theme, drop_radius=0.1)
    cloud.spread_to(1.0)
    drift = drifting(cloud)
    frames = []
    for number in range(12):
        drift.at_s(5.0 + number / 15)
        frames.append(drawn(cloud).astype(float))
    steps = [np.abs(b - a).mean() for a, b in pairwise(frames)]
    assert min(steps) > 0.0 and max(steps) < 1.0
