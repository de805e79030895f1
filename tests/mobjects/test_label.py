"""One label: what it shows is a function of the camera and of how much of it is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme, load_theme
from spineanim.errors import SceneError
from spineanim.mobjects.label import Label
from spineanim.mobjects.label_layout import lay_out
from spineanim.mobjects.label_places import Room, Wanted, words_room
from spineanim.mobjects.label_words import ways_to_set
from spineanim.motion.labels import draw_labels, withdraw_label
from spineanim.stage import WIDE, px
from tests.conftest import ROOT

THEME: Theme = load_theme(ROOT / "assets" / "theme.toml")
TEXT = LabelText("Catheter tip", "behind the spinal cord")
AT = np.array([*WIDE.point(900, 500)[:2], 0.0])
HERE = np.zeros(3)


def label(sides: tuple[str, ...] = ("right",), *, fixed: bool = False) -> Label:
    ways = ways_to_set("tip", TEXT, THEME)
    wanted = Wanted("tip", AT[None, :2], sides, ways)  # type: ignore[arg-type]
    place = lay_out([wanted], Room(WIDE))["tip"]
    width = float(ways[place.way].size[0]) + px(1)
    return Label(TEXT, width, place, AT, THEME, WIDE, fixed=fixed)


def state(each: Label) -> tuple[object, ...]:
    """Everything that is drawn of a label."""
    if each.opacity == 0.0:
        return (0.0,)
    parts = (*each.lines, *each.dots)
    return (
        each.opacity,
        each.block.opacity,
        each.plate.opacity,
        *(part.points.tobytes() for part in parts),
    )


def test_the_words_stand_in_their_place() -> None:
    each = label()
    points = np.concatenate([line.points for line in each.block.get_family() if len(line.points)])
    left, bottom, right, top = each.place.box
    assert points[:, 0].min() == pytest.approx(left, abs=px(4))
    assert points[:, 0].max() == pytest.approx(right, abs=px(6))
    assert points[:, 1].max() == pytest.approx(top, abs=px(4))
    assert points[:, 1].min() > bottom - px(4)


def test_dot_then_leader_then_words() -> None:
    each = label()
    assert each.opacity == 0.0
    each.draw(0.12)
    assert each.opacity == 1.0
    assert each.block.opacity == 0.0
    np.testing.assert_allclose(each.dots[1].get_center(), AT, atol=1e-9)
    reached = []
    for share in (0.2, 0.4, 0.6, 0.7):
        each.draw(share)
        reached.append(each.lines[0].points[-1, 0] - AT[0])
    assert np.all(np.diff(reached) > 0)
    np.testing.assert_allclose(each.lines[0].points[-1, :2], each.place.course[0])
    each.draw(1.0)
    assert each.block.opacity == 1.0


@pytest.mark.parametrize("side", ["right", "left", "above", "below"])
def test_what_is_seen_depends_on_nothing_before(side: str) -> None:
    rng = np.random.default_rng(5)
    steps = [(s, rng.uniform(-0.4, 0.4, 3) * [1, 1, 0], z) for s in (0.3, 0.6, 1.0) for z in (1, 2)]
    seen: dict[str, Label] = {}
    for number in rng.permutation(len(steps) * 3) % len(steps):
        share, centre, zoom = steps[number]
        each = seen.get("same") or label((side,))
        each.draw(share)
        each.follow(centre, zoom)
        fresh = label((side,))
        fresh.follow(centre, zoom)
        fresh.draw(share)
        assert state(each) == state(fresh)
        seen["same"] = each


def test_the_dot_follows_the_camera_and_the_words_stay() -> None:
    each = label()
    each.draw(1.0)
    before = each.block.get_center()
    centre, zoom = np.array([0.3, -0.2, 0.0]), 1.4
    each.follow(centre, zoom)
    np.testing.assert_allclose(each.dots[1].get_center(), (AT - centre) * zoom, atol=1e-9)
    np.testing.assert_allclose(each.lines[1].points[0], (AT - centre) * zoom, atol=1e-9)
    np.testing.assert_allclose(each.lines[1].points[-1, :2], each.place.course[0], atol=1e-9)
    np.testing.assert_array_equal(each.block.get_center(), before)
    each.follow(HERE, 1.0)
    again = label()
    again.draw(1.0)
    assert state(again) == state(each)


def test_a_leader_never_runs_back_past_its_dot() -> None:
    each = label()
    each.draw(1.0)
    start = each.place.course[0, 0]
    for x in np.linspace(-3.0, float(start), 25):
        each.follow(np.array([AT[0] - x, 0.0, 0.0]), 1.0)
        xs = each.lines[1].points[:, 0]
        assert np.all(np.diff(xs) >= -1e-9)


def left_edge(each: Label) -> float:
    lines = [line for line in each.block.get_family() if len(line.points)]
    return float(min(line.points[:, 0].min() for line in lines))


@pytest.mark.parametrize("way", [-1.0, 1.0])
def test_a_label_goes_when_its_target_leaves_the_frame_or_overruns_its_words(way: float) -> None:
    each = label()
    each.draw(1.0)
    shown, edges = [], []
    for x in way * np.linspace(0.0, WIDE.half[0] + 0.2, 600):
        each.follow(np.array([AT[0] - x, 0.0, 0.0]), 1.0)
        shown.append(each.opacity)
        edges.append(left_edge(each))
        if each.opacity > 0.0:
            assert each.dots[0].get_right()[0] < left_edge(each), "the dot runs into its words"
            assert left_edge(each) + each.place.box[2] - each.place.box[0] <= words_room(WIDE)[
                2
            ] + px(4)
    assert shown[0] == 1.0
    assert shown[-1] == 0.0
    assert np.abs(np.diff(shown)).max() < 0.25
    assert np.abs(np.diff(edges)).max() < 0.06, "words glide, they do not jump"
    assert (edges[-1] > edges[0]) == (way > 0)


def test_a_target_fixed_in_the_frame_stays() -> None:
    each = label(fixed=True)
    each.draw(1.0)
    before = state(each)
    each.follow(np.array([3.0, 1.0, 0.0]), 2.0)
    assert state(each) == before


def test_the_plate_comes_with_the_words() -> None:
    each = label()
    each.back(0.8)
    each.draw(0.5)
    assert each.plate.opacity == 0.0
    each.draw(1.0)
    assert each.plate.opacity == pytest.approx(0.8)


def test_labels_come_one_after_the_other_and_all_arrive() -> None:
    several = [label() for _ in range(3)]
    moves = draw_labels(several)
    for move in moves:
        move.begin()
        move.interpolate(0.5)
    drawn = [each.drawn for each in several]
    assert drawn == sorted(drawn, reverse=True)
    assert drawn[0] > drawn[-1] > 0.0
    for move in moves:
        move.finish()
    assert [each.drawn for each in several] == [1.0, 1.0, 1.0]


def test_a_label_is_withdrawn_to_nothing() -> None:
    each = label()
    each.draw(1.0)
    move = withdraw_label(each)
    move.begin()
    move.interpolate(0.3)
    assert each.block.opacity < 1.0
    move.finish()
    assert each.opacity == 0.0


def test_words_too_long_for_two_lines_are_refused() -> None:
    with pytest.raises(SceneError, match="label 'tip' are too long"):
        ways_to_set("tip", LabelText("word " * 30), THEME)
    with pytest.raises(SceneError, match="label 'tip' are too long"):
        ways_to_set("tip", LabelText("W" * 60), THEME)
