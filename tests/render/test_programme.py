"""A film of several scenes: frame by frame its parts, with bridges between them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.errors import SceneError, SpineanimError
from spineanim.render.catalog import find_scene, find_scenes, list_scenes
from spineanim.render.job import render_film
from spineanim.render.pictures import Moment, PictureSink
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame
from spineanim.render.stage_scene import play_scene
from spineanim.render.still import render_still
from tests.conftest import DEMO
from tests.tiles import worst_tile

DRAFT = QUALITIES["draft"]
TITLE, BRIDGE, DEMO_FRAMES, OTHER_FRAMES = 12, 8, 75, 41
FIRST, SECOND = TITLE + BRIDGE, TITLE + BRIDGE + DEMO_FRAMES + BRIDGE
LENGTH = SECOND + OTHER_FRAMES


@pytest.fixture
def project(demo: Project) -> Project:
    """Make a project with two scenes and a film of both."""
    here = DEMO.with_name("film_project")
    shutil.copytree(here / "scenes", demo.scenes, dirs_exist_ok=True)
    shutil.copytree(here / "script", demo.script_file("demo").parent, dirs_exist_ok=True)
    return demo


def pictures(project: Project, scene: str, moments: set[Moment]) -> dict[Moment, Frame]:
    sink = PictureSink(moments)
    play_scene(find_scene(project, scene), load_settings(scene, project), DRAFT, sink)
    return sink.pictures


def test_a_chapter_a_scene_and_captions_in_their_places(project: Project) -> None:
    timeline = load_settings("film", project).timeline(DRAFT.fps)
    assert [(span.name, span.text, span.start, span.end) for span in timeline.chapters] == [
        ("title_card", "Two in one", 0, FIRST),
        ("demo", "A demonstration", FIRST, SECOND),
        ("other", "The other", SECOND, LENGTH),
    ]
    assert timeline.frame_count == LENGTH
    alone = load_settings("other", project).timeline(DRAFT.fps).captions[0]
    joined = timeline.captions[-1]
    assert (joined.start, joined.end) == (alone.start + SECOND, alone.end + SECOND)


def test_the_list_knows_its_length(project: Project) -> None:
    (film,) = [each for each in list_scenes(project) if each.name == "film"]
    assert film.length_s == pytest.approx(0.8 + 0.5 + 5.0 + 0.5 + 2.7)


def test_a_part_that_is_not_there_is_named(project: Project) -> None:
    file = project.scenes / "film.py"
    file.write_text(file.read_text().replace('"other"', '"another"'))
    with pytest.raises(SceneError, match=r"film\.py: its part 'another' is no scene"):
        find_scenes(project)


def test_parts_must_be_plainly_written(project: Project) -> None:
    file = project.scenes / "film.py"
    file.write_text(file.read_text().replace("parts = (", "bits = ("))
    with pytest.raises(SceneError, match=r"film\.py:8: Film does not say which scenes it shows"):
        find_scenes(project)


@pytest.mark.render
def test_a_mistake_in_a_part_names_its_line(project: Project) -> None:
    file = project.scenes / "other.py"
    file.write_text(file.read_text().replace("self.dissolve_to(", "self.dissolves("))
    with pytest.raises(SpineanimError, match=r"other\.py:\d+: AttributeError"):
        pictures(project, "film", {LENGTH - 1})


@pytest.mark.render
def test_the_film_is_its_parts_frame_by_frame(project: Project) -> None:
    film = pictures(project, "film", set(range(LENGTH)))
    assert set(film) == set(range(LENGTH))
    for name, start, count in (("demo", FIRST, DEMO_FRAMES), ("other", SECOND, OTHER_FRAMES)):
        alone = pictures(project, name, set(range(count)))
        for frame in range(count):
            assert np.array_equal(film[start + frame], alone[frame]), (name, frame)


@pytest.mark.render
def test_seeking_in_a_bridge_gives_the_frame_that_is_played(project: Project) -> None:
    frames: set[Moment] = {TITLE + 3, SECOND - 4}
    played = pictures(project, "film", set(range(LENGTH)))
    for frame in frames:
        assert np.array_equal(pictures(project, "film", {frame})[frame], played[frame])


@pytest.mark.render
def test_a_bridge_cuts_nowhere(project: Project) -> None:
    """No frame differs from the next by more than a dissolve within a scene does."""
    film = pictures(project, "film", set(range(LENGTH)))

    def jump(frame: int) -> float:
        change = film[frame + 1].astype(int) - film[frame]
        return float(np.abs(change).mean())

    most = max(jump(frame) for frame in range(SECOND - BRIDGE - 1, SECOND + 1))
    ends = np.abs(film[SECOND].astype(int) - film[SECOND - BRIDGE - 1]).mean()
    assert most < 0.6 * float(ends)


@pytest.mark.render
def test_end_states_of_parts_and_of_their_beats(project: Project) -> None:
    film = pictures(project, "film", {"demo", "demo.named", "other", "title_card"})
    alone = pictures(project, "demo", {"named", "nearer"})
    assert np.array_equal(film["demo.named"], alone["named"])
    assert np.array_equal(film["demo"], alone["nearer"])
    still = render_still(project, "film", DRAFT, project.renders, beat="demo.named")
    with Image.open(still) as picture:
        assert np.array_equal(np.asarray(picture), alone["named"][..., :3])
    with pytest.raises(SceneError, match=r"beats: demo, other, demo\.named"):
        render_still(project, "film", DRAFT, project.renders, beat="named")


@pytest.mark.render
def test_the_films_folder(project: Project) -> None:
    film = render_film(project, "film", DRAFT, project.renders)
    assert film.frame_count == LENGTH
    facts = json.loads((film.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [beat["name"] for beat in facts["beats"]] == ["title_card", "demo", "other"]
    assert {each.name for each in film.folder.iterdir()} == {
        *("captions.vtt", "chapters.vtt", "film.mp4", "manifest.json", "poster.png")
    }
    with av.open(str(film.video)) as container:
        keys = [number for number, each in enumerate(container.decode(video=0)) if each.key_frame]
    assert {0, FIRST, SECOND} <= set(keys)


@pytest.mark.slow
@pytest.mark.render
def test_manims_own_command_renders_the_same_frames(project: Project) -> None:
    command = [sys.executable, "-m", "manim", "render", "--quality", "l", "--media_dir", "media"]
    subprocess.run(
        [*command, "scenes/film.py"], cwd=project.root, check=True, capture_output=True, text=True
    )
    (video,) = Path(project.root / "media" / "videos").rglob("Film.mp4")
    with av.open(str(video)) as container:
        frames = [each.to_ndarray(format="rgb24") for each in container.decode(video=0)]
    assert len(frames) == LENGTH
    wanted: set[Moment] = {FIRST + 44, SECOND + 20}
    for frame, ours in pictures(project, "film", wanted).items():
        assert worst_tile(np.asarray(frames[int(frame)], dtype=np.uint8), ours[..., :3]) < 20.0
