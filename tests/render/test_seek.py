"""A frame is a function of its time alone, and its digest tells what is drawn."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import FilmRenderer, Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from tests.conftest import DEMO

DRAFT = QUALITIES["draft"]
pytestmark = pytest.mark.render


@pytest.fixture
def project(demo: Project) -> Project:
    """Make a project with a scene, one with every kind of move, and a film of two."""
    for name in ("film_project", "moves_project"):
        here = DEMO.with_name(name)
        shutil.copytree(here / "scenes", demo.scenes, dirs_exist_ok=True)
        shutil.copytree(here / "script", demo.script_file("demo").parent, dirs_exist_ok=True)
    return demo


@dataclass
class Looker(FrameSink):
    """Looks at every frame of a play from the last to the first; then plays on as it was.

    Attributes
    ----------
    sought, played
        Digests by frame, met backwards and as the film plays.
    draws
        Whether each frame is drawn, even one with the digest of the frame before.
    """

    draws: bool = False
    sought: dict[int, bytes] = field(default_factory=dict)
    played: dict[int, bytes] = field(default_factory=dict)
    pictures: dict[bytes, Frame] = field(default_factory=dict)
    scene: SpineScene | None = None

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        self.scene = scene
        if self.draws:
            return
        renderer = cast(FilmRenderer, scene.renderer)  # or what stands for it in a film of several
        for number in reversed(range(count)):
            self.sought[first + number] = renderer.look_at(scene, number)
        for number in range(count):
            self.played[first + number] = renderer.look_at(scene, number)

    def wants(self, frame: int) -> bool:
        return self.draws

    def identify(self, frame: int, digest: bytes) -> None:
        assert self.scene is not None
        renderer = cast(FilmRenderer, self.scene.renderer)
        renderer.update_frame(self.scene, self.scene.moving_mobjects)
        pixels = self.scene.stage_camera.pixels()
        assert np.array_equal(self.pictures.setdefault(digest, pixels.copy()), pixels)
        self.played[frame] = digest


def looked_at(project: Project, scene: str, *, draws: bool = False) -> Looker:
    looker = Looker(draws)
    play_scene(find_scene(project, scene), load_settings(scene, project), DRAFT, looker)
    return looker


@pytest.mark.parametrize("scene", ["demo", "moves", "film"])
def test_frames_do_not_depend_on_the_order_they_are_met_in(project: Project, scene: str) -> None:
    found = looked_at(project, scene)
    assert len(found.played) > 30
    assert found.sought == found.played


def test_equal_digests_are_equal_pixels_all_through_a_film(project: Project) -> None:
    found = looked_at(project, "demo", draws=True)
    assert len(found.played) == 75
    assert 10 < len(found.pictures) < 75, "some frames repeat, others do not"
    seen = {each.tobytes() for each in found.pictures.values()}
    assert len(seen) > 0.9 * len(found.pictures), "a frame with another digest looks otherwise"


def test_another_caption_changes_the_frames_that_show_it_alone(project: Project) -> None:
    before = looked_at(project, "demo").played
    file = project.script_file("demo")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("An oval & a square.", "Two shapes."), encoding="utf-8")
    after = looked_at(project, "demo").played
    caption = load_settings("demo", project).timeline(DRAFT.fps).captions[0]
    assert caption.text == "Two shapes."
    changed = {frame for frame in before if before[frame] != after[frame]}
    assert changed == set(range(caption.start, caption.end))
