"""Real renders of the demonstration scene, probed as a stranger would."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline
from spineanim.render.catalog import find_scene
from spineanim.render.files import sha256_of
from spineanim.render.job import render_film
from spineanim.render.making import Making
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.render.still import render_still
from tests.conftest import demo_project
from tests.tiles import worst_tile

DRAFT = QUALITIES["draft"]

pytestmark = pytest.mark.render


class Collector(FrameSink):
    """Keeps the pixels of the frames it was made for."""

    def __init__(self, frames: set[int]) -> None:
        self.frames = frames
        self.pictures: dict[int, Frame] = {}

    def wants(self, frame: int) -> bool:
        return frame in self.frames

    def put(self, frame: int, pixels: Frame) -> None:
        self.pictures[frame] = pixels.copy()


def pictures(project: Project, frames: set[int], scene: str = "demo") -> dict[int, Frame]:
    collector = Collector(frames)
    play_scene(find_scene(project, scene), load_settings(scene, project), DRAFT, collector)
    return collector.pictures


def boxes(file: Path) -> Iterator[str]:
    data = file.read_bytes()
    at = 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name.decode()
        at += size


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demonstration film at draft quality."""
    project = demo_project(tmp_path_factory.mktemp("film"))
    told: list[tuple[int, int]] = []
    making = Making(progress=lambda done, total: told.append((done, total)), cached=False)
    result = render_film(project, "demo", DRAFT, project.root / "out", making)
    assert told[0] == (0, 75) and told[-1] == (75, 75)
    assert told == sorted(set(told))
    assert result.frame_count == 75
    return result.folder


def test_the_folder_holds_film_captions_chapters_poster_and_manifest(film: Path) -> None:
    assert film.parts[-3:] == ("out", "demo", "draft")
    assert sorted(each.name for each in film.iterdir()) == [
        "captions.vtt",
        "chapters.vtt",
        "demo.mp4",
        "manifest.json",
        "poster.png",
    ]


def test_the_film_is_what_browsers_want(film: Path) -> None:
    with av.open(str(film / "demo.mp4")) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (stream.width, stream.height) == (854, 480)
        assert stream.average_rate == 15
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1  # limited
        assert container.metadata["title"] == "A demonstration"
        assert stream.metadata["language"] == "eng"
        frames = list(container.decode(stream))
    assert len(frames) == 75
    keys = [number for number, frame in enumerate(frames) if frame.key_frame]
    assert {0, 8, 45} <= set(keys), "every chapter starts with a key frame"
    assert max(np.diff([*keys, 75])) <= 30, "a key frame at least every two seconds"
    order = list(boxes(film / "demo.mp4"))
    assert order.index("moov") < order.index("mdat"), "the film starts before it is all there"


def test_colours_come_back_as_bt709(film: Path) -> None:
    """The red sprite (192, 0, 0) decodes within two levels when read as BT.709."""
    with av.open(str(film / "demo.mp4")) as container:
        frame = list(container.decode(video=0))[30]
    rgb = frame.reformat(format="rgb24", src_colorspace=1, dst_color_range=2).to_ndarray()
    x, y = int((-2.5 + 64 / 9) * 60), int((4 - 0.65) * 60)
    assert np.abs(rgb[y, x].astype(int) - [192, 0, 0]).max() <= 2


def test_captions_and_chapters_follow_the_frames(film: Path) -> None:
    captions = (film / "captions.vtt").read_text(encoding="utf-8")
    assert "00:00:00.733 --> 00:00:01.933\nAn oval &amp; a square." in captions
    assert "The oval gets a name at T10." in captions
    chapters = (film / "chapters.vtt").read_text(encoding="utf-8")
    assert "00:00:00.000 --> 00:00:00.533\nA demonstration" in chapters
    assert "00:00:03.000 --> 00:00:05.000\nIt comes nearer" in chapters


def test_the_manifest_tells_what_is_there(film: Path) -> None:
    facts = json.loads((film / "manifest.json").read_text(encoding="utf-8"))
    assert facts["frame_count"] == 75
    assert facts["duration_s"] == 5.0
    assert [beat["name"] for beat in facts["beats"]] == ["title_card", "named", "nearer"]
    assert facts["parameters"]["anatomy"]["tip_level"] == "T10"
    assert facts["versions"]["manim"].startswith("0.22")
    assert set(facts["files"]) == {"demo.mp4", "captions.vtt", "chapters.vtt", "poster.png"}
    for name, said in facts["files"].items():
        assert sha256_of(film / name) == said["sha256"]
        assert (film / name).stat().st_size == said["bytes"]


def test_a_second_render_gives_the_same_bytes(film: Path, tmp_path: Path) -> None:
    again = render_film(Project(film.parents[2]), "demo", DRAFT, tmp_path)
    for name in ("demo.mp4", "poster.png", "captions.vtt"):
        assert (again.folder / name).read_bytes() == (film / name).read_bytes()


def test_seeking_a_frame_and_playing_to_it_give_the_same_picture(demo: Project) -> None:
    played = pictures(demo, set(range(75)))
    for frame in (0, 7, 8, 14, 20, 37, 38, 44, 45, 60, 74):
        assert np.array_equal(pictures(demo, {frame})[frame], played[frame]), frame


def test_a_beats_still_is_its_end_state_not_its_last_frame(demo: Project) -> None:
    still = render_still(demo, "demo", DRAFT, demo.renders, beat="nearer")
    last = pictures(demo, {74})[74][..., :3]
    with Image.open(still) as picture:
        shown = np.asarray(picture)
    assert still == demo.renders / "demo" / "stills" / "nearer.png"
    assert shown.shape == (480, 854, 3)
    assert not np.array_equal(shown, last), "the heading fades in the last frame, not in the still"


def test_a_still_at_a_moment_is_that_frame(demo: Project) -> None:
    still = render_still(demo, "demo", DRAFT, demo.renders, at_s=1.0)
    with Image.open(still) as picture:
        assert np.array_equal(np.asarray(picture), pictures(demo, {15})[15][..., :3])


def test_an_interrupted_render_leaves_the_previous_film(demo: Project) -> None:
    folder = render_film(demo, "demo", DRAFT, demo.renders).folder
    before = {each.name: sha256_of(each) for each in folder.iterdir()}

    def interrupt(done: int, total: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_film(demo, "demo", DRAFT, demo.renders, Making(progress=interrupt, cached=False))
    assert {each.name: sha256_of(each) for each in folder.iterdir()} == before


@pytest.mark.parametrize("name", list(QUALITIES))
def test_the_length_is_the_scripts_at_every_quality(demo: Project, name: str) -> None:
    quality = QUALITIES[name]
    assert quality.width_px % 2 == 0 and quality.height_px % 2 == 0
    frames = Timeline(load_settings("demo", demo).script, quality.fps).frame_count
    assert abs(frames / quality.fps - 5.0) <= 0.5 / quality.fps


def test_manims_own_command_renders_the_same_frames(demo: Project) -> None:
    """`manim render scenes/demo.py` works too, and is exactly as long."""
    command = [sys.executable, "-m", "manim", "render", "--quality", "l", "--media_dir", "media"]
    result = subprocess.run(
        [*command, "scenes/demo.py"],
        cwd=demo.root,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    (video,) = (demo.root / "media" / "videos").rglob("Demo.mp4")
    with av.open(str(video)) as container:
        frames = [_rgb(each) for each in container.decode(video=0)]
    assert len(frames) == 75
    ours = pictures(demo, {44})[44][..., :3]
    assert worst_tile(frames[44], ours) < 20.0


def _rgb(frame: av.VideoFrame) -> Frame:
    return np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
