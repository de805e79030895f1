from __future__ import annotations

import numpy as np
import pytest
from manim import MovingCamera, tempconfig
from numpy.typing import NDArray

from benchmarks import cameras, film, stages
from spineanim.content.project import Project
from spineanim.picture.camera import StageCamera
from tests.tiles import worst_tile

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("stage", [stages.spine, stages.shapes])
def test_both_cameras_draw_the_same_stage(stage: object) -> None:
    """Else the table would compare two different pictures."""
    assert callable(stage)
    pictures: list[NDArray[np.uint8]] = []
    with tempconfig({"pixel_width": 640, "pixel_height": 360}):
        for kind in (MovingCamera, StageCamera):
            shown, camera = stage(), kind()
            for _ in range(3):
                shown.advance(camera.frame)
            camera.capture_mobjects(shown.mobjects)
            pictures.append(camera.pixel_array.view(np.uint8).copy())
    assert worst_tile(*pictures) < 0.5
    assert pictures[0].any()


def test_the_stages_are_as_large_as_their_titles_say() -> None:
    def paths(stage: stages.Stage) -> list[int]:
        family = [each for top in stage.mobjects for each in top.get_family()]
        return [len(each.points) // 4 for each in family if len(each.points)]

    assert len(paths(stages.spine())) == 219
    assert paths(stages.shapes()) == [24] * 200


def test_our_camera_is_the_faster_one() -> None:
    """A small run: the threshold lies far below what is measured, for test machines are busy."""
    row = cameras.compare(stages.spine, frames=4, repeats=2, lines=540)
    assert row.ratio > 1.5
    assert f"{row.ratio:.2f}" in cameras.table([row])


@pytest.mark.render
def test_a_film_is_timed_beat_by_beat(demo: Project) -> None:
    beats = film.measure(demo, "demo", quality="draft", every=3)
    assert all(beat.frames_ms for beat in beats)
    assert all(beat.name in film.table(beats) for beat in beats)
