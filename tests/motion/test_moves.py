from __future__ import annotations

import numpy as np
import pytest
from manim import linear, smooth

from spineanim.motion.camera import LookAt, aim
from spineanim.motion.ease import within
from spineanim.motion.move import Move, appear, vanish
from spineanim.picture.camera_frame import CameraFrame
from spineanim.picture.shape import Part
from spineanim.stage import WIDE, Shot


def test_a_move_is_told_the_eased_share_of_its_time() -> None:
    heard: list[float] = []
    move = Move(Part(), heard.append, ease=linear)
    move.begin()
    for alpha in (0.25, 0.5):
        move.interpolate(alpha)
    move.finish()
    assert heard == [0.0, 0.25, 0.5, 1.0]


def test_a_fade_starts_from_what_is_there_when_it_begins() -> None:
    part = Part(opacity=0.0)
    fade = appear(part)
    part.opacity = 0.6
    fade.begin()
    assert part.opacity == pytest.approx(0.6)
    fade.finish()
    assert part.opacity == 1.0
    gone = vanish(part)
    gone.begin()
    gone.finish()
    assert part.opacity == 0.0


def test_what_is_fixed_in_the_frame_is_gone_before_the_camera_has_moved_far() -> None:
    part = Part()
    fade = vanish(part, by=0.25)
    fade.begin()
    fade.interpolate(0.1)
    assert 0.0 < part.opacity < 1.0
    fade.interpolate(0.25)
    assert part.opacity == 0.0
    assert smooth(0.25) < 0.1


def test_a_part_stays_in_its_group_when_it_fades() -> None:
    part = Part()
    group = Part(part, Part())
    fade = vanish(part)
    fade.begin()
    fade.finish()
    assert group.submobjects[0] is part


def test_within_stands_still_before_and_after() -> None:
    ease = within(smooth, 0.2, 0.6)
    assert [ease(alpha) for alpha in (0.0, 0.2, 0.6, 1.0)] == [0.0, 0.0, 1.0, 1.0]
    assert ease(0.4) == pytest.approx(0.5)


def camera_frame() -> CameraFrame:
    return CameraFrame(WIDE)


def test_the_camera_arrives_exactly() -> None:
    frame = camera_frame()
    look = LookAt(frame, Shot((1.5, -0.5), 2.0))
    look.begin()
    look.finish()
    assert np.allclose(frame.get_center(), [1.5, -0.5, 0.0])
    assert frame.height == pytest.approx(WIDE.height / 2.0)
    assert frame.width == pytest.approx(WIDE.width / 2.0)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
def test_a_travelling_camera_never_turns_back(zoom: float) -> None:
    frame = camera_frame()
    look = LookAt(frame, Shot((2.0, 1.0), zoom))
    look.begin()
    x, heights = [], []
    for alpha in np.linspace(0, 1, 21):
        look.interpolate(float(alpha))
        x.append(float(frame.get_center()[0]))
        heights.append(float(frame.height))
    assert (np.diff(x) >= -1e-9).all()
    assert (np.diff(heights) * np.sign(1.0 - zoom) >= -1e-9).all()


def test_a_fixed_point_of_a_zoom_stays_where_it_is_in_the_frame() -> None:
    """Zooming between two shots that show one point at the same place never moves it."""
    frame = camera_frame()
    point = np.array([2.0, 1.0, 0.0])
    place = point  # where the whole shot shows it
    target = point - place / 2.0
    look = LookAt(frame, Shot((float(target[0]), float(target[1])), 2.0))
    look.begin()
    for alpha in np.linspace(0, 1, 11):
        look.interpolate(float(alpha))
        seen = (point - frame.get_center()) * WIDE.height / frame.height
        assert np.allclose(seen, place, atol=1e-6)


def test_aim_sets_the_frame_at_once() -> None:
    frame = camera_frame()
    aim(frame, Shot((0.0, 2.0), 4.0))
    assert frame.height == pytest.approx(2.0)
    assert frame.get_center()[1] == pytest.approx(2.0)
