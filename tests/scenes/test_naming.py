"""Labels in a scene: they follow the camera, and get a plate where the picture is dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.errors import SceneError
from spineanim.picture.contrast import NEEDED, contrast, luminance
from spineanim.render.catalog import find_scene
from spineanim.render.legibility import SeenWords, words_on_stage
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene

MARKS = {"callout": 'Callout([-1.5, 0.0, 0.0], ("left",))', "oval": "self.oval = Part("}
"""What tests change in the demonstration."""


@dataclass
class Watcher(FrameSink):
    """Looks at the label at the end of each beat."""

    dots: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    wanted: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    plates: dict[str, float] = field(default_factory=dict)
    words: dict[str, list[SeenWords]] = field(default_factory=dict)

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        for label in scene.labels_shown:
            self.dots[name] = label.dots[1].get_center()
            self.wanted[name] = scene.in_frame(label.at)
            self.plates[name] = label.plate.opacity
        self.words[name] = words_on_stage(scene)


def watched(project: Project, **changes: str) -> Watcher:
    """Play the demonstration, words of its scene file changed, without drawing a frame."""
    file = project.scenes / "demo.py"
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert MARKS[old] in text
        text = text.replace(MARKS[old], new, 1)
    file.write_text(text, encoding="utf-8")
    watcher = Watcher()
    settings = load_settings("demo", project)
    play_scene(find_scene(project, "demo"), settings, QUALITIES["draft"], watcher)
    return watcher


def test_a_label_stays_on_its_thing_when_the_camera_moves(demo: Project) -> None:
    seen = watched(demo)
    assert not np.allclose(seen.dots["named"], seen.dots["nearer"], atol=0.5)
    for beat in ("named", "nearer"):
        np.testing.assert_allclose(seen.dots[beat], seen.wanted[beat], atol=1e-6)


def test_words_on_the_bright_ground_need_no_plate(demo: Project) -> None:
    assert watched(demo).plates["named"] == 0.0


@pytest.mark.parametrize("color", ["#202830", "#8090A0"])
def test_words_on_a_dark_picture_get_a_plate(demo: Project, color: str) -> None:
    dark = f'self.oval = Part(Shape(oval * 9.0, fill="{color}"), '
    seen = watched(demo, oval=dark)
    assert seen.plates["named"] > 0.5
    ratios = {each.text: each.contrast for each in seen.words["named"]}
    assert ratios["Oval"] >= NEEDED
    assert min(ratios.values()) >= NEEDED, ratios


def test_words_without_a_plate_on_a_dark_picture_are_told(demo: Project) -> None:
    """The measure itself: the demonstration's label laid on dark pixels after it was shown."""
    late = 'self.name_things("oval_is_named", labels)\n        self.add(Part(Shape('
    late += 'np.array([[-7, -3, 0], [7, -3, 0], [7, 3, 0], [-7, 3, 0]]), fill="#303840")))'
    file = demo.scenes / "demo.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('self.name_things("oval_is_named", labels)', late, 1), "utf-8")
    ratios = {each.text: each.contrast for each in watched(demo).words["named"]}
    assert ratios["Oval"] < 2.0


def test_a_label_outside_the_frame_is_refused(demo: Project) -> None:
    with pytest.raises(SceneError, match="beat named: label 'oval' points outside the frame"):
        watched(demo, callout="Callout([-9.0, 0.0, 0.0])")


def test_leaders_and_dots_stand_out_from_any_picture(theme: Theme) -> None:
    """Their white casing lets at most 15 % of the darkest picture through."""
    casing = luminance(np.full(3, 0.85))
    for token in ("ink.leader", "accent.focus"):
        assert float(contrast(luminance(theme.rgb(token)), casing)) >= 3.0
