"""Ordinary Manim scenes, played with our camera and rendered by copies of the process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    FadeOut,
    Mobject,
    MovingCamera,
    MovingCameraScene,
    Rotate,
    Scene,
    Square,
    ThreeDScene,
    TracedPath,
    linear,
    tempconfig,
)
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray

from benchmarks.plain import Every
from spineanim.errors import SceneError
from spineanim.render.plain import PlainRenderer
from spineanim.render.plain_film import render_plain
from spineanim.render.quality import QUALITIES
from spineanim.render.stage_scene import manim_options
from tests.tiles import worst_tile

TINY = replace(QUALITIES["draft"], width_px=160, height_px=90, fps=10)
Frames = dict[int, NDArray[np.uint8]]


class Turning(MovingCameraScene):
    """Moves, a hold, and the camera."""

    def construct(self) -> None:
        assert isinstance(self.camera, MovingCamera)
        square = Square(fill_opacity=0.5)
        self.play(Create(square), run_time=0.5)
        self.wait(0.4)
        self.play(Rotate(square, 1.0), self.camera.frame.animate.scale(0.5), run_time=0.6)
        self.play(FadeOut(square), run_time=0.3)


class Drifting(Scene):
    """An updater that counts time, and a path that remembers where a dot has been."""

    def construct(self) -> None:
        dot = Dot()

        def drift(moved: Mobject, dt: float) -> None:
            moved.shift(3.0 * dt * RIGHT)

        dot.add_updater(drift)
        guide = Circle(radius=1.5)
        self.add(dot, TracedPath(dot.get_center))
        self.play(guide.animate.shift(2 * UP), run_time=0.8, rate_func=linear)
        self.wait(0.5)
        self.play(guide.animate.shift(2 * DOWN + LEFT), run_time=0.4)


class Waiting(Scene):
    """Waits for what may never come."""

    def construct(self) -> None:
        self.wait_until(lambda: True)


class Deep(ThreeDScene):
    """Has a camera of its own."""


class _Some(Every):
    """Wants some frames only."""

    def __init__(self, wanted: set[int]) -> None:
        super().__init__(lambda pixels: None)
        self.wanted, self.frames = wanted, Frames()

    def wants(self, frame: int) -> bool:
        return frame in self.wanted

    def put(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        self.frames[frame] = pixels.copy()


class _Stock(CairoRenderer):
    """Keeps the frames of stock Manim."""

    def __init__(self) -> None:
        super().__init__(camera_class=MovingCamera)
        self.frames: list[NDArray[np.uint8]] = []

    def add_frame(self, frame: NDArray[Any], num_frames: int = 1) -> None:
        self.frames += [frame] * num_frames


def _played(scene: type[Scene], wanted: set[int]) -> Frames:
    sink = _Some(wanted)
    with tempconfig(manim_options(TINY)):
        scene(renderer=PlainRenderer(sink)).construct()
    return sink.frames


def _stock(scene: type[Scene]) -> list[NDArray[np.uint8]]:
    with tempconfig({**manim_options(TINY), "disable_caching": True}):
        renderer = _Stock()
        scene(renderer=renderer).construct()
    return renderer.frames


@pytest.mark.parametrize("scene", [Turning, Drifting])
def test_frames_are_those_of_stock_manim(scene: type[Scene]) -> None:
    stock = _stock(scene)
    frames = _played(scene, set(range(1000)))
    assert sorted(frames) == list(range(len(stock)))
    assert max(worst_tile(stock[n], frames[n]) for n in frames) < 2.0
    assert len({frame.tobytes() for frame in frames.values()}) > len(frames) / 2


@pytest.mark.parametrize("scene", [Turning, Drifting])
def test_a_frame_is_the_same_whether_those_before_were_drawn(scene: type[Scene]) -> None:
    frames, few = _played(scene, set(range(1000))), _played(scene, {3, 7, 11, 15})
    assert all(np.array_equal(few[number], frames[number]) for number in (3, 7, 11, 15))


@pytest.mark.parametrize("scene", [Waiting, Deep])
def test_what_is_not_supported_is_said(scene: type[Scene]) -> None:
    with pytest.raises(SceneError, match="not supported"):
        _played(scene, {0})


@pytest.mark.render
@pytest.mark.parametrize("scene", ["Turning", "Drifting"])
def test_a_film_is_the_same_however_many_draw_it(scene: str, tmp_path: Path) -> None:
    films = [tmp_path / f"{jobs}.mp4" for jobs in (1, 3)]
    counts = [
        render_plain(Path(__file__), scene, TINY, film, jobs)
        for film, jobs in zip(films, (1, 3), strict=True)
    ]
    assert films[0].read_bytes() == films[1].read_bytes()
    with av.open(str(films[0])) as film:
        assert sum(1 for _ in film.decode(video=0)) == counts[0] == counts[1] > 10
    assert sorted(each.name for each in tmp_path.iterdir()) == ["1.mp4", "3.mp4"]
