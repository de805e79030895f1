"""The film "trial": its facts by plate, and every beat's words stand clear."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.mobjects.label import Label
from spineanim.mobjects.trial_days import pain_of_day
from spineanim.render.catalog import find_scene
from spineanim.render.quality import Quality
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import WIDE
from tests.conftest import ROOT

SMALL = Quality("small", 640, 360, 10, "3.0", 23)
BEATS = (
    "lying_on_the_side",
    "skin_is_numbed",
    "needle_reaches_the_fluid",
    "temporary_catheter_is_threaded",
    "outside_pump",
    "several_days",
)
LONGEST_S = 54.0
Box = tuple[float, float, float, float]


def test_the_film_keeps_to_its_length_and_has_the_beats_of_the_storyboard() -> None:
    script = load_settings("trial", Project(ROOT)).script
    assert tuple(each.name for each in script.beats) == BEATS
    whole_s = script.title_card_s + sum(each.lasts_s for each in script.beats)
    assert whole_s <= LONGEST_S


def test_the_layers_are_named_as_the_needle_passes_them() -> None:
    beat = load_settings("trial", Project(ROOT)).script.beat("needle_reaches_the_fluid")
    order = ["skin", "fat", "muscle", "flavum", "epidural", "dura"]
    starts = [beat.steps_s[f"{layer}_is_passed"][0] for layer in order]
    assert starts == sorted(starts)
    assert beat.steps_s["drop_appears"][0] >= beat.steps_s["fluid_is_reached"][1]


def test_pain_falls_day_by_day_but_does_not_vanish() -> None:
    bars = [pain_of_day(day, 4) for day in range(5)]
    assert bars == sorted(bars, reverse=True)
    assert 0.25 < bars[-1] / bars[0] < 0.6, "about half, and never nothing"


@dataclass
class Stage(FrameSink):
    """Collects what stands on the stage at the end of every beat."""

    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)
    facts: dict[str, bool] = field(default_factory=dict)

    def wants(self, frame: int) -> bool:
        return False

    def beat_finished(self, scene: SpineScene, name: str, draw: object) -> None:
        labels = [m for m in scene.mobjects if isinstance(m, Label) and m.opacity > 0.5]
        self.boxes[name] = {each.words.text: _box(each) for each in labels}
        back = getattr(scene, "back", None)
        if back is None or name == "title_card":
            return
        tip = back.guiding.tip
        fluid = back.on_axis(back.way.stops_mm["fluid"])
        if name == "needle_reaches_the_fluid":
            self.facts["needle stands in the fluid"] = bool(np.allclose(tip, fluid))
            self.facts["drop hangs at the hub"] = back.drop.opacity == 1.0 and bool(
                np.linalg.norm(back.guiding.hub_end - back.drop.at_point) < 1e-6
            )
            self.facts["numb needle is gone"] = back.fine.opacity == 0.0
        if name == "temporary_catheter_is_threaded":
            front = back.catheter.inside.front
            self.facts["catheter is at its level"] = bool(
                np.linalg.norm(front - back.section.tip) < back.stage.length(6.0)
            )
            self.facts["needle is out"] = back.guiding.opacity == 0.0
            self.facts["catheter stays"] = all(each.opacity == 1.0 for each in back.catheter.parts)
        if name == "outside_pump":
            line = scene.outside.line  # type: ignore[attr-defined]
            gap = float(np.linalg.norm(line.front - scene.outside.pouch.port))  # type: ignore[attr-defined]
            self.facts["line ends at the pouch"] = gap < scene.outside.stage.length(25.0)  # type: ignore[attr-defined]


def _box(label: Label) -> Box:
    points: NDArray[np.float64] = np.concatenate(
        [each.points for each in label.block.get_family() if len(each.points)]
    )
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


@lru_cache(maxsize=1)
def film() -> Stage:
    project = Project(ROOT)
    sink = Stage()
    play_scene(find_scene(project, "trial"), load_settings("trial", project), SMALL, sink)
    return sink


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("beat", BEATS[:-1])
def test_labels_stand_clear_of_the_edge_the_captions_and_one_another(beat: str) -> None:
    boxes = film().boxes[beat]
    assert boxes, "every beat names something"
    low_x, low_y, high_x, high_y = WIDE.safe_box
    for words, (left, bottom, right, top) in boxes.items():
        assert left >= low_x, words
        assert right <= high_x, words
        assert bottom >= low_y, words
        assert top <= high_y, words
    for (one, a), (two, b) in combinations(boxes.items(), 2):
        apart = a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
        assert apart, f"{one} touches {two}"


@pytest.mark.render
@pytest.mark.slow
def test_each_beat_ends_as_the_procedure_does() -> None:
    facts = film().facts
    assert len(facts) == 7
    assert [name for name, holds in facts.items() if not holds] == []
