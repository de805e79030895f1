from __future__ import annotations

import numpy as np
import pytest
from manim import linear, smooth

from spineanim.motion.ease import Curve, breath, click, cruise, led, within
from spineanim.motion.move import Move
from spineanim.picture.shape import Part

TIMES = [float(time) for time in np.linspace(0.0, 1.0, 201)]


@pytest.mark.parametrize("curve", [cruise(), cruise(0.5), cruise(0.03), click(), click(0.2, 0.5)])
def test_every_ease_starts_and_ends_exactly_and_softly(curve: Curve) -> None:
    assert curve(0.0) == 0.0
    assert curve(1.0) == 1.0
    assert abs(curve(1e-3)) < 1e-3
    assert abs(curve(1.0 - 1e-3) - 1.0) < 1e-3
    assert np.abs(np.diff([curve(time) for time in TIMES])).max() < 0.02


def test_what_has_a_true_length_runs_evenly_between_its_soft_ends() -> None:
    way = np.array([cruise(0.2)(time) for time in TIMES])
    speed = np.diff(way)
    assert (speed > 0).all()
    assert speed[41:159] == pytest.approx(speed[100], rel=1e-6)
    assert way == pytest.approx(1.0 - way[::-1])


def test_a_click_goes_too_far_once_and_by_so_much() -> None:
    way = np.array([click(0.1)(time) for time in TIMES])
    assert way.max() == pytest.approx(1.1, abs=1e-3)
    turn = int(way.argmax())
    assert (np.diff(way[: turn + 1]) >= 0).all() and (np.diff(way[turn:]) <= 0).all()


def test_led_moves_start_one_after_the_other_and_all_arrive() -> None:
    seen: list[list[float]] = [[], [], []]
    moves = led(*(Move(Part(), each.append, ease=linear) for each in seen), lag=0.25)
    for alpha in (0.0, 0.25, 0.5, 0.75, 1.0):
        for move in moves:
            move.interpolate(alpha)
    assert seen == [[0.0, 0.5, 1.0, 1.0, 1.0], [0.0, 0.0, 0.5, 1.0, 1.0], [0.0, 0.0, 0.0, 0.5, 1.0]]
    with pytest.raises(ValueError, match="do not fit"):
        led(*moves, lag=0.5)


def test_within_of_within_keeps_its_ends() -> None:
    curve = within(within(smooth, 0.3, 0.9), 0.5, 1.0)
    assert (curve(0.0), curve(0.6), curve(1.0)) == (0.0, 0.0, 1.0)


def test_a_breath_rises_and_falls_and_comes_back() -> None:
    assert breath(0.0, 0.5) == breath(2.0, 0.5) == 0.0
    assert breath(1.0, 0.5) == pytest.approx(1.0)
    assert breath(0.4, 0.5) == pytest.approx(breath(1.6, 0.5))
