from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.geometry.axes import ANTERIOR, LATERAL_LEFT, View
from spineanim.stage import SQUARE, TALL, WIDE, Format, Stage, format_of, px

millimetres = st.floats(-300.0, 300.0)


def test_the_patients_left_is_on_the_viewers_right_from_the_front() -> None:
    stage = Stage(ANTERIOR, (0.0, 0.0, 0.0), px(2.0))
    assert stage.point([10.0, 0.0, 0.0])[0] == pytest.approx(px(20.0))
    assert stage.point([0.0, 0.0, 10.0])[1] == pytest.approx(px(20.0))


def test_the_belly_is_on_the_left_from_the_patients_left() -> None:
    stage = Stage(LATERAL_LEFT, (0.0, 0.0, 0.0), px(2.0))
    assert stage.point([0.0, -10.0, 0.0])[0] == pytest.approx(-px(20.0))


def test_a_turn_of_ninety_degrees_lays_the_head_to_the_left_and_the_back_on_top() -> None:
    stage = Stage(LATERAL_LEFT, (0.0, 0.0, 0.0), px(1.0), turned_deg=90.0)
    assert np.allclose(stage.point([0.0, 0.0, 50.0]), [-px(50.0), 0.0, 0.0])
    assert np.allclose(stage.point([0.0, 50.0, 0.0]), [0.0, px(50.0), 0.0])


@given(x=millimetres, z=millimetres, turn=st.sampled_from([0.0, 30.0, 90.0, -90.0]))
def test_the_focus_stands_where_it_is_put_and_lengths_keep_their_scale(
    x: float, z: float, turn: float
) -> None:
    stage = Stage(ANTERIOR, (x, 0.0, z), px(1.5), at=(1.0, -2.0), turned_deg=turn)
    focus = stage.point([x, 0.0, z])
    assert np.allclose(focus, [1.0, -2.0, 0.0])
    away = stage.point([x + 30.0, 0.0, z + 40.0])
    assert np.linalg.norm(away - focus) == pytest.approx(stage.length(50.0))


@pytest.mark.parametrize("view", [ANTERIOR, LATERAL_LEFT])
@pytest.mark.parametrize("turn", [0.0, 90.0])
def test_the_frames_box_holds_just_what_the_frame_shows(view: View, turn: float) -> None:
    stage = Stage(view, (5.0, -7.0, 60.0), px(2.0), at=(0.7, -0.4), turned_deg=turn)
    left, bottom, right, top = stage.frame_box_mm()
    corners = stage.plane([[left, bottom], [right, top]])
    assert np.allclose(np.abs(corners[:, 0]), WIDE.half[0])
    assert np.allclose(np.abs(corners[:, 1]), WIDE.half[1])


def test_frame_points_count_from_the_upper_left_corner() -> None:
    assert np.allclose(WIDE.point(0, 0), [-WIDE.half[0], WIDE.half[1], 0.0])
    assert np.allclose(WIDE.point(1920, 1080), [WIDE.half[0], -WIDE.half[1], 0.0])


@pytest.mark.parametrize("fmt", [WIDE, SQUARE, TALL], ids=lambda each: each.aspect)
def test_every_shape_has_the_same_shorter_side_and_is_recognised_by_its_pixels(fmt: Format) -> None:
    assert min(fmt.width, fmt.height) == pytest.approx(8.0)
    assert fmt.width / fmt.height == pytest.approx(fmt.width_px / fmt.height_px)
    small = format_of(fmt.width_px // 2, fmt.height_px // 2)
    assert small == fmt.drawn_at(fmt.width_px // 2, fmt.height_px // 2)
    assert small.pixels_per_unit == pytest.approx(67.5)
    left, bottom, right, top = fmt.safe_box
    assert -fmt.half[0] < left < right < fmt.half[0]
    assert -fmt.half[1] + px(200) < bottom < top < fmt.half[1]
