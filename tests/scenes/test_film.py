"""The whole programme: its length, its chapters and its poster."""

from __future__ import annotations

import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import ProgrammeTimeline
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.stage_scene import load_scene

LONGEST_S = 360.0


@pytest.mark.parametrize("fps", sorted({quality.fps for quality in QUALITIES.values()}))
def test_the_film_is_under_six_minutes(shipped: Project, fps: int) -> None:
    for language in shipped.languages:
        timeline = load_settings("film", shipped, language).timeline(fps)
        assert timeline.frame_count / fps < LONGEST_S, language


def test_a_chapter_a_scene(shipped: Project) -> None:
    settings = load_settings("film", shipped)
    timeline = settings.timeline(30)
    assert isinstance(timeline, ProgrammeTimeline)
    parts = find_scene(shipped, "film").parts
    assert [span.name for span in timeline.chapters] == ["title_card", *parts]
    assert len({span.text for span in timeline.chapters}) == len(parts) + 1


def test_its_poster_is_there(shipped: Project) -> None:
    timeline = load_settings("film", shipped).timeline(30)
    assert load_scene(find_scene(shipped, "film")).poster in timeline.moments


def test_steps_are_counted_in_order(shipped: Project) -> None:
    scripts = [each.script for each in load_settings("film", shipped).parts.values()]
    steps = [script.step for script in scripts if script.step is not None]
    numbers = [number for number, _ in steps]
    assert numbers == sorted(set(numbers))
    for script in scripts:
        if script.step is not None:
            assert script.kicker.endswith(str(script.step[0]))
