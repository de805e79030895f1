"""Words of a film beside its pictures, those of programmes too."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.publish.beat_ends import BeatEnd, ends_of, shown_at_ends
from spineanim.publish.film_words import beats_of, descriptions_of
from spineanim.publish.sizes import orders_of
from spineanim.publish.webp import poster
from spineanim.render.catalog import find_scene
from tests.conftest import demo_project

DESCRIBED = "An oval lies beside a square. A line joins it to its name, at T10."
FILM = Path(__file__).parents[1] / "film_project"


@pytest.fixture
def programme(tmp_path: Path) -> Project:
    project = demo_project(tmp_path)
    for folder, target in (("scenes", project.scenes), ("script", project.script_file("x").parent)):
        shutil.copytree(FILM / folder, target, dirs_exist_ok=True)
    return project


def test_a_programme_has_its_scenes_for_chapters(programme: Project) -> None:
    demo, other = beats_of(load_settings("film", programme), 30)
    assert (demo.name, demo.title, demo.still) == ("demo", "A demonstration", "stills/demo.webp")
    assert demo.start_frame == 39 and demo.end_frame == other.start_frame
    assert demo.captions == ("An oval & a square.", "The oval gets a name at T10.")
    assert (demo.description, other.description) == (DESCRIBED, "")


def test_descriptions_of_a_programme_stand_where_its_beats_are(programme: Project) -> None:
    alone, whole = load_settings("demo", programme), load_settings("film", programme)
    (own,), (span,) = descriptions_of(alone, 30), descriptions_of(whole, 30)
    assert (own.start, own.end, own.text) == (15, 90, DESCRIBED)
    assert (span.start, span.end, span.text) == (39 + 15, 39 + 90, DESCRIBED)


def test_a_scene_of_a_programme_ends_before_its_bridge(programme: Project) -> None:
    timeline = load_settings("film", programme).timeline(30)
    first, _ = ends_of(timeline)
    assert first == BeatEnd("demo", 39 + 150 - 8, 39 + 150 - 1)
    assert timeline.chapters[1].end == 39 + 150 + 15


@pytest.mark.render
def test_a_programme_is_seen_at_the_end_of_each_scene(programme: Project) -> None:
    settings = load_settings("film", programme, overrides={"captions": "beside"})
    order = orders_of(find_scene(programme, "film"), settings, draft=True)["1080p"]
    shown = shown_at_ends(order)
    assert set(shown.stills) == {"demo", "other"} and shown.poster is not None
    ends = {end.name: end for end in ends_of(order.timeline)}
    assert {each.beat for each in shown.words} == {"demo", "other"}
    for each in shown.words:
        end = ends[each.beat]
        assert each.frame == (end.settled if each.kind == "heading" else end.last)
    assert [each.text for each in shown.words if each.beat == "demo"][-2:] == ["Oval", "at T10"]


def test_a_busy_poster_is_made_to_fit() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (90, 160, 4), np.uint8)
    assert len(poster(noise, 3_000)) <= 3_000
