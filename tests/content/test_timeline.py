from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.content.project import Project
from spineanim.content.script import BeatScript, Caption, Script
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline, frame_at

RATES = (1, 10, 15, 24, 25, 30, 50, 60)
seconds = st.floats(2.0, 30.0).map(lambda value: round(value, 3))


def script_of(lengths_s: list[float]) -> Script:
    beats = [
        BeatScript(f"beat_{n}", f"Beat {n}", length, (Caption(0.1, "a"), Caption(1.0, "b")), {}, {})
        for n, length in enumerate(lengths_s)
    ]
    return Script(Path("en/x.toml"), "en", "T", "K", "S", 2.0, tuple(beats))


def test_half_a_frame_rounds_up_wherever_it_lies() -> None:
    assert [frame_at(moment, 2) for moment in (0.25, 0.75, 1.25, 1.75)] == [1, 2, 3, 4]


@given(st.lists(seconds, min_size=1, max_size=8), st.sampled_from(RATES))
def test_a_film_is_as_long_as_its_script_at_every_rate(lengths_s: list[float], fps: int) -> None:
    script = script_of(lengths_s)
    assert abs(Timeline(script, fps).frame_count / fps - script.length_s) <= 0.5 / fps + 1e-9


@given(st.lists(seconds, min_size=1, max_size=8), st.sampled_from(RATES))
def test_chapters_leave_no_gap_and_captions_stay_in_their_beat(
    lengths_s: list[float], fps: int
) -> None:
    timeline = Timeline(script_of(lengths_s), fps)
    chapters = timeline.chapters
    assert chapters[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(chapters))
    for caption in timeline.captions:
        chapter = timeline.chapter(caption.name)
        assert chapter.start <= caption.start <= caption.end <= chapter.end


@pytest.mark.parametrize("fps", RATES)
def test_shipped_films_are_as_long_as_their_scripts(shipped: Project, fps: int) -> None:
    for file in (shipped.assets / "script" / "en").glob("*.toml"):
        script = load_settings(file.stem, shipped).script
        assert abs(Timeline(script, fps).frame_count - script.length_s * fps) <= 0.5 + 1e-6
