"""Where films are cut, and which part of one is meant."""

from __future__ import annotations

from itertools import pairwise

import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import ProgrammeTimeline, Timeline
from spineanim.errors import SceneError
from spineanim.render.clip import Clip
from spineanim.render.segments import Segment, cut

FPS = 30


@pytest.fixture(name="pump")
def _pump(shipped: Project) -> Timeline:
    return load_settings("pump", shipped).timeline(FPS)


@pytest.fixture(name="film")
def _film(shipped: Project) -> ProgrammeTimeline:
    timeline = load_settings("film", shipped).timeline(FPS)
    assert isinstance(timeline, ProgrammeTimeline)
    return timeline


def test_segments_follow_one_another_and_are_short(pump: Timeline) -> None:
    segments = cut(pump)
    assert (segments[0].start, segments[-1].end) == (0, pump.frame_count)
    assert all(one.end == other.start for one, other in pairwise(segments))
    assert all(0 < len(each) <= 2 * FPS for each in segments)


def test_chapters_and_captions_begin_with_a_segment(pump: Timeline) -> None:
    starts = {each.start for each in cut(pump)}
    assert {span.start for span in pump.chapters} <= starts
    near = [min(abs(span.start - start) for start in starts) for span in pump.captions]
    assert max(near) < FPS / 2
    assert near.count(0) > len(near) / 2


def test_a_scene_is_cut_alike_in_a_programme(film: ProgrammeTimeline) -> None:
    whole = set(cut(film))
    for name, start in film.starts.items():
        alone = cut(film.parts[name])
        assert {Segment(each.start + start, each.end + start) for each in alone} <= whole


def test_a_part_of_a_film_has_its_segments_but_at_its_ends(pump: Timeline) -> None:
    whole, part = set(cut(pump)), cut(pump, 101, 1001)
    assert (part[0].start, part[-1].end) == (101, 1001)
    assert sum(map(len, part)) == 900
    assert len(whole & set(part)) > 10


@pytest.mark.parametrize(
    ("begin", "finish", "edges"),
    [
        (None, None, (0, 1)),
        ("battery", None, ("battery", 1)),
        (None, "pocket_is_made", (0, "pocket_is_made")),
        ("1.5", "2", (45, 60)),
    ],
)
def test_a_part_is_named_by_beats_or_seconds(
    pump: Timeline, begin: str | None, finish: str | None, edges: tuple[object, object]
) -> None:
    first, last = edges
    if isinstance(first, str):
        first = pump.chapter(first).start
    last = pump.frame_count if last == 1 else last
    if isinstance(last, str):
        last = pump.chapter(last).end
    stretch = Clip(begin, finish).of(pump)
    assert (stretch.start, stretch.end) == (first, last)
    assert stretch.is_whole is (begin is None and finish is None)


def test_beats_of_a_programme_are_called_by_their_scene(film: ProgrammeTimeline) -> None:
    stretch = Clip("pump.battery", "pump.battery").of(film)
    beat = film.parts["pump"].chapter("battery")
    start = film.starts["pump"]
    assert (stretch.start, stretch.end) == (start + beat.start, start + beat.end)


def test_words_of_a_part_count_from_its_own_start(pump: Timeline) -> None:
    chapter = pump.chapter("battery")
    stretch = Clip("battery", None).of(pump)
    (only,) = stretch.spans(pump.chapters)
    assert (only.start, only.end) == (0, chapter.end - chapter.start)
    assert [span.text for span in stretch.spans(pump.captions)] == [
        span.text for span in pump.captions if span.name == "battery"
    ]


@pytest.mark.parametrize(
    ("begin", "finish", "complaint"),
    [
        ("batery", None, "did you mean battery"),
        ("999", None, "no moment 999"),
        ("50", "20", "--from must lie before --to"),
    ],
)
def test_a_part_that_is_not_there_is_refused(
    pump: Timeline, begin: str, finish: str | None, complaint: str
) -> None:
    with pytest.raises(SceneError, match=complaint):
        Clip(begin, finish).of(pump)
