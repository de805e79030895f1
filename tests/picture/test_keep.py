from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from manim import Mobject, tempconfig
from numpy.typing import NDArray

from spineanim.picture.camera import StageCamera
from spineanim.picture.keep import Changes, Stills
from spineanim.picture.shape import Part, Shape
from tests.tiles import worst_tile

SIZE = {"pixel_width": 320, "pixel_height": 180, "background_color": "#FFFFFF"}
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


class Stage:
    """A still ground, something that turns, and a clipped group of stills above and around it."""

    def __init__(self) -> None:
        self.below = Shape(SQUARE * 3, fill="#DDCC88", stroke="#222222", stroke_px=9)
        self.turns = Part(Shape(SQUARE, fill="#AA2233"))
        self.inner = Part(Shape(SQUARE * 0.6, fill="#2244AA", fill_opacity=0.5))
        above = [Shape(SQUARE * 0.4 + shift, fill="#117733") for shift in (-1.2, 0.1, 1.1)]
        self.group = Part(above[0], self.inner, *above[1:], opacity=0.8)
        self.group.clipped_to(Shape(SQUARE * 1.3))
        self.darkens = Part(Shape(SQUARE * 0.5 + (2.5, 0.0), fill="#FFBB66")).blended("multiply")
        self.label = Part(Shape(SQUARE * 0.3 + (-4.0, 2.0), fill="#000000"), fixed_in_frame=True)
        self.cast: list[Mobject] = [
            self.below,
            self.turns,
            self.group,
            self.darkens,
            self.label,
        ]

    def changes(self, *, camera: bool = False) -> Changes:
        return Changes(frozenset([id(self.turns)]), frozenset([id(self.inner)]), camera)

    def show(self, moment: float) -> None:
        """Set the state of a moment, 0 to 1."""
        self.turns.submobjects = [Shape(SQUARE * (0.5 + moment), fill="#AA2233")]
        self.inner.opacity = moment


@pytest.fixture
def camera() -> StageCamera:
    with tempconfig(SIZE):
        return StageCamera()


def frames(
    camera: StageCamera, stage: Stage, moments: Iterable[float], changes: Changes | None
) -> dict[float, NDArray[np.uint8]]:
    camera.stills = None if changes is None else Stills(changes)
    drawn = {}
    for moment in moments:
        stage.show(moment)
        camera.reset()
        camera.capture_mobjects(stage.cast)
        drawn[moment] = camera.pixels().copy()
    camera.stills = None
    return drawn


def test_kept_pictures_look_as_what_they_stand_for(camera: StageCamera) -> None:
    stage = Stage()
    kept = frames(camera, stage, (0.0, 0.4, 1.0), stage.changes())
    for moment, direct in frames(camera, stage, (0.0, 0.4, 1.0), None).items():
        assert worst_tile(kept[moment], direct) < 0.8


def test_frames_do_not_depend_on_those_drawn_before(camera: StageCamera) -> None:
    stage = Stage()
    forth = frames(camera, stage, (0.0, 0.3, 0.7, 1.0), stage.changes())
    back = frames(camera, stage, (1.0, 0.7, 0.3, 0.0), stage.changes())
    alone = frames(camera, stage, (0.7,), stage.changes())
    assert all(np.array_equal(forth[moment], back[moment]) for moment in forth)
    assert np.array_equal(forth[0.7], alone[0.7])


def test_what_stands_still_is_drawn_once(
    camera: StageCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    real = StageCamera._draw_path

    def counted(self: StageCamera, shape: Shape, *rest: object) -> None:
        drawn.append(id(shape))
        real(self, shape, *rest)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(StageCamera, "_draw_path", counted)
    stage = Stage()
    frames(camera, stage, (0.1, 0.5, 0.9), stage.changes())
    assert drawn.count(id(stage.below)) == 1
    assert drawn.count(id(stage.group.submobjects[0])) == 1
    assert drawn.count(id(stage.inner.submobjects[0])) == 1  # faded, not redrawn
    assert drawn.count(id(stage.darkens.submobjects[0])) == 1  # drawn once, laid on each time


def test_while_the_camera_travels_only_the_fixed_is_kept_and_may_follow(
    camera: StageCamera,
) -> None:
    """A leader's points change with the camera, though no move tells of it."""
    stage = Stage()
    camera.stills = Stills(stage.changes(camera=True))
    stage.show(0.5)
    pictures = []
    for shift in (0.0, 0.6, 1.2):
        camera.frame.move_to((shift, 0.0, 0.0))
        stage.label.submobjects[0].shift((shift, 0.0, 0.0))
        camera.reset()
        camera.capture_mobjects(stage.cast)
        pictures.append(camera.pixels().copy())
    camera.stills = None
    camera.reset()
    camera.capture_mobjects(stage.cast)
    assert worst_tile(pictures[-1], camera.pixels()) < 0.8
    assert worst_tile(pictures[0], pictures[1]) > 20


def test_a_play_begins_with_no_pictures_of_the_one_before(camera: StageCamera) -> None:
    stage = Stage()
    frames(camera, stage, (0.5,), stage.changes())
    stage.below.set_fill("#00FFFF")
    after = frames(camera, stage, (0.5,), stage.changes())[0.5]
    assert after[90, 100, :3].tolist() == [0, 255, 255]
