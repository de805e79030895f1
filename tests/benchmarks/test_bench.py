from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from av.video.reformatter import Colorspace
from manim import MovingCamera, tempconfig
from numpy.typing import NDArray

from benchmarks import cameras, film, plain, stages, whole
from benchmarks.likeness import Likeness
from spineanim.content.project import Project
from spineanim.picture.camera import StageCamera
from spineanim.render.assemble import assemble
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoding import web_film
from spineanim.render.quality import QUALITIES
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


TINY = replace(QUALITIES["draft"], width_px=192, height_px=108, fps=5)


@pytest.mark.render
@pytest.mark.parametrize("scene", plain.SCENES)
def test_a_plain_scene_is_rendered_both_ways(scene: str) -> None:
    """The films are as like their frames as encoding leaves them: no frame is another's."""
    row = plain.compare(scene, TINY, repeats=1)
    assert row.stock.ssim > 0.9
    assert row.ours.ssim > 0.98
    assert row.ours.clock_s > 0.0
    assert f"{row.ratio:.2f}" in plain.table([row])


def test_likeness_tells_a_film_from_other_frames(tmp_path: Path) -> None:
    frames = np.random.default_rng(0).integers(0, 256, (3, 64, 96, 4)).astype(np.uint8)
    encoder = SegmentEncoder(web_film(replace(TINY, width_px=96, height_px=64, crf=10)))
    for frame in frames:
        encoder.put(frame)
    assemble(tmp_path / "film.mp4", encoder.encoding, [encoder.finish()], {}, "und")

    def likeness(shown: NDArray[np.uint8]) -> float:
        found = Likeness(tmp_path / "film.mp4", Colorspace.ITU709)
        for frame in shown:
            found.take(frame)
        return found.mean()

    assert likeness(frames) > 0.95
    assert likeness(frames[[1, 0, 2]]) < 0.5
    with pytest.raises(ValueError, match="number of frames"):
        likeness(frames[:2])


@pytest.mark.render
def test_a_whole_film_is_timed(demo: Project) -> None:
    found = whole.measure(demo, "demo", "draft", jobs=2)
    assert found.unchanged_s < found.full_s
    assert 0.0 < found.encoding_s < found.full_s
    assert found.peak_bytes > found.peak_share_bytes > 0 or sys.platform != "linux"
    assert "after one caption edit" in found.table()


def test_a_caption_edit_changes_one_letter(demo: Project) -> None:
    file = demo.assets / "script" / "en" / "demo.toml"
    before = file.read_text()
    whole.edit_caption(demo, "demo")
    after = file.read_text()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
