"""A film in which every move is played once, frame by frame and by seeking."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from tests.conftest import ROOT
from tests.tiles import worst_tile

FILM = Path(__file__).parents[1] / "moves_project"
DRAFT = QUALITIES["draft"]

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("moves")
    shutil.copytree(FILM / "scenes", root / "scenes")
    shutil.copytree(FILM / "script", root / "assets" / "script" / "en")
    for name in ("theme.toml", "anatomy.toml", "words.toml"):
        shutil.copy(ROOT / "assets" / name, root / "assets" / name)
    return Project(root)


class Kept(FrameSink):
    """Keeps wanted frames, each second pixel."""

    def __init__(self, frames: set[int]) -> None:
        self.frames, self.pictures = frames, dict[int, Frame]()

    def wants(self, frame: int) -> bool:
        return frame in self.frames

    def put(self, frame: int, pixels: Frame) -> None:
        self.pictures[frame] = pixels[::2, ::2, :3].copy()


def pictures(project: Project, frames: set[int]) -> dict[int, Frame]:
    kept = Kept(frames)
    play_scene(find_scene(project, "moves"), load_settings("moves", project), DRAFT, kept)
    return kept.pictures


@pytest.fixture(scope="module")
def timeline(project: Project) -> Timeline:
    return Timeline(load_settings("moves", project).script, DRAFT.fps)


@pytest.fixture(scope="module")
def played(project: Project, timeline: Timeline) -> dict[int, Frame]:
    return pictures(project, set(range(timeline.frame_count)))


@pytest.mark.slow
def test_seeking_into_any_move_gives_the_frame_that_playing_gives(
    project: Project, timeline: Timeline, played: dict[int, Frame]
) -> None:
    sought = {
        round(chapter.start + share * (chapter.end - 1 - chapter.start))
        for chapter in timeline.chapters
        for share in (0.35, 0.8)
    }
    alone = pictures(project, sought)
    for frame in sorted(sought):
        assert np.array_equal(alone[frame], played[frame]), frame


@pytest.mark.slow
def test_nothing_pops_from_one_frame_to_the_next(
    timeline: Timeline, played: dict[int, Frame]
) -> None:
    """A step that much exceeds both its neighbours is a jump; a fast move has fast neighbours."""
    frames = range(1, timeline.frame_count)
    steps = [worst_tile(played[frame - 1], played[frame]) for frame in frames]
    around = [max(pair) for pair in zip([0.0, *steps[:-1]], [*steps[1:], 0.0], strict=True)]
    jumps = [
        frame
        for frame, step, near in zip(frames, steps, around, strict=True)
        if step > 2.2 * near + 12.0
    ]
    # the demonstration puts the skin back at once, to open a window in it
    assert jumps == [timeline.chapter("wipes").start + 36]
