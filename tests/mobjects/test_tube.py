from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import Theme, load_theme
from spineanim.geometry.curves import distances
from spineanim.mobjects.battery import BatteryGauge, YearsLine
from spineanim.mobjects.course import Course, Points
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.tube import HiddenTube, Rod, Tube, crossings
from spineanim.motion.flow import draw_back, flow, follow_through, thread
from spineanim.picture.shape import Shape

THEME: Theme = load_theme(Path(__file__).parents[2] / "assets" / "theme.toml")
BEND = np.column_stack([np.linspace(-3, 3, 61), np.sin(np.linspace(0, 3, 61)), np.zeros(61)])
TURN = np.linspace(0.0, 4.0 * np.pi, 241)
LOOP = np.column_stack([0.25 * TURN + np.cos(TURN), np.sin(TURN), 0 * TURN])


def make_tube(path: Points = BEND) -> Tube:
    return Tube(path, 0.06, THEME, lumen=True, shadow=0.3)


def make_rod(path: Points = BEND) -> Rod:
    return Rod(path, 0.06, THEME)


def make_hidden(path: Points = BEND) -> HiddenTube:
    return HiddenTube(path, 0.04, THEME)


MAKERS: list[Callable[[], Course]] = [make_tube, make_rod, make_hidden]


def drawn_length(course: Course) -> float:
    """Length of the bottom stroke, all pieces together."""
    if isinstance(course, Rod):
        return drawn_length(course.shaft)
    strokes = [each for each in course.get_family() if isinstance(each, Shape) and len(each.points)]
    if not strokes:
        return 0.0
    line = max((np.vstack([s.points[0::4], s.points[-1:]]) for s in strokes), key=len)
    return float(distances(line)[-1])


@pytest.mark.parametrize("make", MAKERS)
def test_reveal_is_exact_and_grows(make: Callable[[], Course]) -> None:
    course = make()
    lengths = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        course.reveal(share)
        lengths.append(drawn_length(course))
        # corners that no eye would miss are left out
        assert lengths[-1] == pytest.approx(share * course.length, rel=1e-5, abs=1e-6)
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("make", MAKERS)
def test_a_share_gives_the_same_points_whatever_came_before(make: Callable[[], Course]) -> None:
    course, fresh = make(), make()
    for share in (0.9, 0.1, 0.0, 0.6):
        course.reveal(share)
    fresh.reveal(0.6)
    for one, other in zip(course.get_family(), fresh.get_family(), strict=True):
        assert np.array_equal(one.points, other.points)


def test_the_ends_of_a_stretch_lie_on_the_path() -> None:
    tube = make_tube()
    tube.reveal_between(0.25, 0.5)
    assert drawn_length(tube) == pytest.approx(0.25 * tube.length)
    assert np.allclose(tube.front, tube.point_at(0.5))
    with pytest.raises(ValueError, match="cannot run"):
        tube.reveal_between(0.6, 0.4)


def test_a_tube_that_is_moved_is_revealed_where_it_stands() -> None:
    tube = make_tube()
    step = np.array([1.0, -1.0, 0.0])
    tube.shift(step)
    tube.reveal(0.5)
    assert np.allclose(tube.front, make_tube().point_at(0.5) + step)


def test_a_tube_that_crosses_itself_is_cut_between_the_crossings() -> None:
    assert crossings(BEND) == []
    cuts = crossings(LOOP)
    assert cuts and all(0.0 < cut < 1.0 for cut in cuts)
    tube = make_tube(LOOP)
    for share in (0.0, 0.3, 0.7, 1.0):
        tube.reveal(share)
        assert np.allclose(tube.front, tube.point_at(share))


def test_drops_are_a_pure_function_of_the_phase() -> None:
    drops, fresh = Drops(BEND, THEME, count=4), Drops(BEND, THEME, count=4)
    for phase in (0.9, 2.3, 0.1, 1.4):
        drops.at(phase)
    fresh.at(0.4)
    for one, other in zip(drops.get_family(), fresh.get_family(), strict=True):
        assert np.allclose(one.points, other.points, atol=1e-12)


def test_drops_move_forwards() -> None:
    drops = Drops(BEND, THEME, count=4)
    places = []
    for phase in (0.2, 0.5, 0.8):
        drops.at(phase)
        places.append(float(drops.beads[1].get_center()[0]))
    assert places == sorted(places)
    assert places[0] < places[-1]


def test_moves_reach_both_ends() -> None:
    tube, drops = make_tube(), Drops(BEND, THEME, count=3)
    for move, expected in ((thread(tube), 1.0), (draw_back(tube), 0.0)):
        move.interpolate_mobject(1.0)
        assert tube.shown == (0.0, expected)
    follow_through(tube).interpolate_mobject(1.0)
    assert tube.shown == (1.0, 1.0)
    flow(drops, 2.0, start_phase=0.5).interpolate_mobject(0.5)
    assert drops.phase == pytest.approx(1.5)


def test_the_glow_breathes_in_a_loop() -> None:
    glow = TipGlow((1.0, 2.0), 0.3, THEME)
    glow.at(0.0)
    start = glow.halo.opacity
    glow.at(0.5)
    assert glow.halo.opacity < start
    glow.at(1.0)
    assert glow.halo.opacity == pytest.approx(start)


def test_the_gauge_empties_from_the_last_segment() -> None:
    gauge = BatteryGauge(THEME, 0.8)
    assert gauge.segment_shares(1.0) == (1.0,) * 5
    assert gauge.segment_shares(0.5) == pytest.approx((1.0, 1.0, 0.5, 0.0, 0.0))
    assert gauge.segment_shares(0.0) == (0.0,) * 5


def test_the_gauge_turns_amber_softly_and_is_never_the_colour_of_medicine() -> None:
    gauge = BatteryGauge(THEME, 0.8)
    shown = []
    for charge in (1.0, 0.3, 0.225, 0.2, 0.1):
        gauge.level(charge)
        shown.append(gauge.charge_color())
    assert shown[0] == shown[1] != THEME.color("medication.base")
    assert shown[3] == shown[4] == THEME.color("nerve.base")
    assert shown[2] not in {shown[1], shown[3]}


def test_the_runner_of_the_years_stands_where_it_is_told() -> None:
    line = YearsLine(THEME, ["0", "1", "2"], 6.0)
    for share, x in ((0.0, -3.0), (0.5, 0.0), (1.0, 3.0)):
        line.at(share)
        assert line.runner_point == pytest.approx([x, 0.0, 0.0])
    with pytest.raises(ValueError, match="two labels"):
        YearsLine(THEME, ["0"], 6.0)


def test_a_tube_laid_anew_is_as_one_made_there(theme: Theme) -> None:
    """Also where the new path crosses itself and the old one did not, and back."""
    turns = np.linspace(0.0, 2.0 * np.pi, 200)
    open_way = np.column_stack([turns - 3.0, np.sin(turns)])
    knot = np.column_stack([np.sin(2.0 * turns + 0.4), np.sin(3.0 * turns)])
    tube = Tube(open_way, 0.1, theme)
    for way in (knot, 0.8 * knot, open_way):
        tube.run_along(way)
        fresh = Tube(way, 0.1, theme)
        pieces = zip(tube.get_family(), fresh.get_family(), strict=True)
        assert all(np.array_equal(one.points, other.points) for one, other in pieces)
