"""Labels find places by themselves: clear of one another, the edge, the heading, the captions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import Phase, assume, given, reject, settings
from hypothesis import strategies as st

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme, load_theme
from spineanim.errors import SceneError
from spineanim.mobjects.label_cover import Cover
from spineanim.mobjects.label_layout import Place, columns_of, lay_out
from spineanim.mobjects.label_places import Room, Side, Wanted, words_room
from spineanim.mobjects.label_words import ways_to_set
from spineanim.stage import FORMATS, WIDE, Format, px
from tests.conftest import ROOT

THEME: Theme = load_theme(ROOT / "assets" / "theme.toml")
WORDS = {
    "one": LabelText("Pump"),
    "two": LabelText("Catheter", "under the skin, around your side"),
    "three": LabelText("Catheter tip", "behind the spinal cord, at T10"),
    "four": LabelText("Place for the pump"),
    "five": LabelText("Spinal cord"),
}
WAYS = {name: ways_to_set(name, words, THEME) for name, words in WORDS.items()}
HEADING = np.array([*WIDE.point(96, 170)[:2], *WIDE.point(600, 90)[:2]])
BOTH: tuple[Side, ...] = ("right", "left")
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
spots = st.tuples(st.integers(500, 1420), st.integers(130, 820))


def clear_of_heading(at: tuple[int, int]) -> bool:
    return at[0] > 660 or at[1] > 230


def wanted(points: Sequence[tuple[float, float]], sides: tuple[Side, ...] = BOTH) -> list[Wanted]:
    return [
        Wanted(name, WIDE.point(*at)[None, :2], sides, WAYS[name])
        for name, at in zip(WORDS, points, strict=False)
    ]


def boxes_meet(one: np.ndarray, two: np.ndarray) -> bool:
    apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
    return not apart


def dense(course: np.ndarray) -> np.ndarray:
    shares = np.linspace(0.0, 1.0, 120)[:, None]
    legs = [course[i] + (course[i + 1] - course[i]) * shares for i in (0, 1)]
    return np.vstack(legs)


def inside(points: np.ndarray, box: np.ndarray) -> bool:
    return bool(np.any(np.all((points > box[:2]) & (points < box[2:]), axis=1)))


def check(places: dict[str, Place]) -> None:
    """Nothing lies over anything, measured by other means than the layout's own."""
    lines = {name: dense(place.course) for name, place in places.items()}
    for name, place in places.items():
        left, bottom, right, top = place.box
        assert left >= words_room(WIDE)[0] - 1e-9, name
        assert right <= words_room(WIDE)[2] + 1e-9, name
        assert top <= words_room(WIDE)[3] + 1e-9, name
        assert bottom > WIDE.caption_floor, name
        assert not boxes_meet(place.box, HEADING), name
        assert not inside(lines[name], place.box), name
        assert not inside(lines[name], HEADING), name
    for one, two in combinations(places, 2):
        assert not boxes_meet(places[one].box, places[two].box), (one, two)
        assert not inside(lines[one], places[two].box), (one, two)
        assert not inside(lines[two], places[one].box), (one, two)
        far = np.hypot(*np.moveaxis(lines[one][:, None] - lines[two][None], -1, 0)).min()
        assert far > px(5), f"leaders of {one} and {two} meet"


@settings(max_examples=60, deadline=None, phases=NO_SHRINKING)
@given(points=st.lists(spots.filter(clear_of_heading), min_size=1, max_size=5))
def test_nothing_ever_lies_over_anything(points: list[tuple[int, int]]) -> None:
    assume(all(np.hypot(a[0] - b[0], a[1] - b[1]) > 60 for a, b in combinations(points, 2)))
    try:
        places = lay_out(wanted(points), Room(WIDE, boxes=[HEADING]))
    except SceneError:  # some heaps of points leave no room, which is said; most must be placed
        reject()
    assert set(places) == set(list(WORDS)[: len(points)])
    check(places)
    for each, at in zip(WORDS, points, strict=False):
        np.testing.assert_allclose(places[each].course[2], WIDE.point(*at)[:2])


@settings(max_examples=15, deadline=None, phases=NO_SHRINKING)
@given(points=st.lists(spots, min_size=2, max_size=4, unique=True), turn=st.randoms())
def test_the_order_of_asking_does_not_matter(points: list[tuple[int, int]], turn: object) -> None:
    assume(all(np.hypot(a[0] - b[0], a[1] - b[1]) > 60 for a, b in combinations(points, 2)))
    labels = wanted(points)
    mixed = list(labels)
    turn.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = lay_out(labels, Room(WIDE)), lay_out(mixed, Room(WIDE))
    for name, place in first.items():
        np.testing.assert_array_equal(place.box, second[name].box)
        np.testing.assert_array_equal(place.course, second[name].course)


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
def test_words_keep_within_the_title_safe_area(fmt: Format) -> None:
    left, bottom, right, top = words_room(fmt)
    assert -left == right == pytest.approx(0.9 * fmt.half[0])
    assert bottom > fmt.caption_floor and top <= 0.951 * fmt.half[1]


def test_labels_of_one_side_stand_in_one_column_with_level_leaders() -> None:
    places = lay_out(wanted([(900, 250), (960, 480), (930, 700)], ("right",)), Room(WIDE))
    assert columns_of(places) == [["one", "two", "three"]]
    assert len({place.box[0] for place in places.values()}) == 1
    for place in places.values():
        assert np.ptp(place.course[:, 1]) == pytest.approx(0.0)


def test_crowded_targets_are_spread_in_their_order() -> None:
    places = lay_out(
        wanted([(800, 480), (820, 510), (800, 540), (820, 570)], ("left",)), Room(WIDE)
    )
    check(places)
    assert columns_of(places) == [["one", "two", "three", "four"]]


def test_words_keep_off_the_figure_when_they_can() -> None:
    corners = [WIDE.point(x, y) for x, y in ((620, 0), (1200, 0), (1200, 1080), (620, 1080))]
    room = Room(WIDE, figure=Cover(WIDE, [np.array(corners)]))
    places = lay_out(wanted([(900, 300), (800, 500), (1100, 600)]), room)
    for place in places.values():
        assert place.box[0] > corners[1][0] or place.box[2] < corners[0][0]
    everywhere = [WIDE.point(x, y) for x, y in ((0, 0), (1920, 0), (1920, 1080), (0, 1080))]
    check(lay_out(wanted([(900, 300)]), Room(WIDE, figure=Cover(WIDE, [np.array(everywhere)]))))


def test_of_several_targets_the_nearest_to_free_room_is_taken() -> None:
    along = np.array([WIDE.point(x, 500)[:2] for x in range(700, 1201, 100)])
    one = Wanted("one", along, ("right",), WAYS["one"])
    corners = [WIDE.point(x, y) for x, y in ((600, 0), (1250, 0), (1250, 1080), (600, 1080))]
    assert lay_out([one], Room(WIDE, figure=Cover(WIDE, [np.array(corners)])))["one"].target == 5


def test_labels_shown_already_are_kept_clear_of() -> None:
    first = lay_out(wanted([(900, 400)], ("right",)), Room(WIDE))["one"]
    two = Wanted("two", WIDE.point(880, 430)[None, :2], ("right",), WAYS["two"])
    second = lay_out([two], Room(WIDE, boxes=[first.box], courses=[first.course]))["two"]
    check({"one": first, "two": second})


@pytest.mark.parametrize("side", ["above", "below"])
def test_words_above_and_below_have_an_upright_leader(side: Side) -> None:
    place = lay_out(wanted([(900, 450)], (side,)), Room(WIDE))["one"]
    assert np.ptp(place.course[:, 0]) == pytest.approx(0.0)
    higher = place.box[1] > place.course[2, 1]
    assert higher == (side == "above")


def test_a_label_without_room_is_named() -> None:
    whole = np.array([*WIDE.point(0, 1080)[:2], *WIDE.point(1920, 0)[:2]])
    with pytest.raises(SceneError, match="no room for label 'one'"):
        lay_out(wanted([(900, 450)]), Room(WIDE, boxes=[whole]))
    with pytest.raises(SceneError, match="label 'one' points outside the frame"):
        lay_out(wanted([(-40, 450)]), Room(WIDE))


def test_cover_measures_boxes_and_lines() -> None:
    corners = [WIDE.point(x, y) for x, y in ((500, 300), (900, 300), (900, 700), (500, 700))]
    cover = Cover(WIDE, [np.array(corners)])
    box = np.array([[*WIDE.point(700, 500)[:2], *WIDE.point(1100, 400)[:2]]])
    assert cover.of_boxes(box)[0] == pytest.approx(0.5, abs=0.02)
    start, end = (np.array([WIDE.point(x, 500)[:2]]) for x in (400, 1000))
    assert cover.of_lines(start, end)[0] == pytest.approx(px(400), rel=0.06)


def test_words_are_not_read_on_with_the_heading() -> None:
    heading = np.array([*WIDE.point(96, 190)[:2], *WIDE.point(332, 90)[:2]])
    place = lay_out(wanted([(614, 184)], ("left", "right")), Room(WIDE, boxes=[heading]))["one"]
    in_line = place.box[1] < heading[3] and place.box[3] > heading[1]
    assert not in_line or place.box[0] - heading[2] >= px(90)
