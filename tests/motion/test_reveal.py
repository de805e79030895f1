from __future__ import annotations

import numpy as np
import pytest
from manim import linear

from spineanim.mobjects.soft_edge import Circle, Line
from spineanim.motion.reveal import draw_on, grow, wipe
from spineanim.picture.shape import Part, Shape
from tests.motion.stage import assert_pure, at, drawn, square

RED, BLUE, WHITE = [255, 0, 0], [0, 0, 255], [255, 255, 255]


@pytest.mark.parametrize("anchor", [None, (-1.5, 0.0)])
def test_growth_is_a_pure_function_of_time(anchor: tuple[float, float] | None) -> None:
    part = square(2.0, "#FF0000")
    assert_pure(grow(part, anchor), lambda: drawn(part))


def test_a_part_grows_from_nothing_to_all_with_a_soft_edge() -> None:
    part = square(2.0, "#FF0000")
    move = grow(part, direction_deg=0.0, feather_px=200, ease=linear)
    whole = drawn(part)
    move.begin()
    assert (drawn(part) == 255).all()
    covers, soft = [], 0
    for time in np.linspace(0.0, 1.0, 15):
        move.interpolate(float(time))
        green = drawn(part)[..., 1].astype(float)
        covers.append((255.0 - green).sum())
        soft = max(soft, int(((green > 40) & (green < 215)).sum()))
    assert (np.diff(covers) >= 0.0).all()
    assert soft > 1000, "the edge is soft"
    move.finish()
    assert part.mask is None and part.opacity == 1.0
    assert np.array_equal(drawn(part), whole)


def test_growth_starts_at_its_anchor() -> None:
    part = square(2.0, "#FF0000")
    move = grow(part, (1.5, 1.5), ease=linear)
    move.begin()
    move.interpolate(0.3)
    picture = drawn(part)
    assert at(picture, 1.5, 1.5) == RED
    assert at(picture, -1.5, -1.5) == WHITE


def test_a_wipe_shows_the_section_in_register_and_never_the_ground() -> None:
    skin, section = square(2.0, "#FF0000"), square(2.0, "#0000FF")
    move = wipe(skin, section, Line(0.0, feather_px=150), ease=linear)
    move.begin()
    assert np.array_equal(drawn(section, skin), drawn(skin))
    move.interpolate(0.5)
    half = drawn(section, skin)
    assert at(half, -1.6) == BLUE and at(half, 1.6) == RED
    assert half[60:120, 130:190, 1].max() <= 2, "no gap between skin and section"
    move.finish()
    assert np.array_equal(drawn(section, skin), drawn(section))
    assert skin.opacity == 0.0 and skin.mask is None


def test_a_wipe_is_a_pure_function_of_time() -> None:
    skin, section = square(2.0, "#FF0000"), square(2.0, "#0000FF")
    for edge in (Line(30.0), Circle((0.5, 0.5)), Circle((0.5, 0.5), 0.8)):
        assert_pure(wipe(skin, section, edge), lambda: drawn(section, skin))


def test_a_window_stays_open() -> None:
    skin, section = square(2.0, "#FF0000"), square(2.0, "#0000FF")
    move = wipe(skin, section, Circle((0.0, 0.0), 0.9, feather_px=60))
    move.begin()
    move.interpolate(0.02)
    early = drawn(section, skin)
    assert at(early, 1.5) == at(early, -1.9, 1.9) == RED, "a small hole leaves the skin as it is"
    move.finish()
    end = drawn(section, skin)
    assert at(end, 0.0) == at(end, 0.8) == BLUE
    assert at(end, 1.7) == at(end, -1.9, -1.9) == RED


def test_a_line_is_drawn_on_true_to_length() -> None:
    line = Part(
        Shape([[-4.0, 0.0], [-3.9, 0.0], [4.0, 0.0]], closed=False, stroke="#FF0000", stroke_px=12)
    )
    move = draw_on(line, ease=linear)
    move.begin()
    ends = []
    for time in (0.25, 0.5, 0.75):
        move.interpolate(time)
        ends.append(float(line.submobjects[0].points[-1, 0]))
    assert ends == pytest.approx([-2.0, 0.0, 2.0])
    assert_pure(draw_on(line), lambda: drawn(line))


def test_what_was_drawn_on_ends_as_it_was_made() -> None:
    part = Part(Shape([[-2, -1], [2, -1], [0, 2]], fill="#FF0000", stroke="#0000FF", stroke_px=9))
    whole = drawn(part)
    move = draw_on(part)
    move.begin()
    move.interpolate(0.5)
    assert at(drawn(part), 0.0) == WHITE, "it is filled only at the end"
    move.finish()
    assert np.array_equal(drawn(part), whole)
