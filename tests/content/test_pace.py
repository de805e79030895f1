"""A caption gets the time it needs, and the picture keeps step with it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.content.pace import reading_s, spans_s, stretched
from spineanim.content.script import BeatScript, Caption

BEAT = BeatScript(
    "one",
    "One",
    10.0,
    (Caption(0.5, "a"), Caption(4.5, "b")),
    {"early": (0.0, 0.5), "first": (1.0, 3.0), "across": (4.0, 6.0), "last": (8.0, 10.0)},
    {},
)


def test_enough_time_changes_nothing() -> None:
    assert stretched(BEAT, [4.0, 5.5]) is BEAT


def test_a_longer_caption_slows_only_what_runs_with_it() -> None:
    slower = stretched(BEAT, [8.0, 2.0])
    assert [each.at_s for each in slower.captions] == [0.5, 8.5]
    assert slower.lasts_s == 14.0
    assert slower.steps_s == {
        "early": (0.0, 0.5),
        "first": (1.5, 5.5),
        "across": (7.5, 10.0),
        "last": (12.0, 14.0),
    }


def test_the_last_caption_moves_the_end() -> None:
    assert stretched(BEAT, [1.0, 11.0]).lasts_s == 15.5


def test_needs_belong_to_captions_one_by_one() -> None:
    with pytest.raises(ValueError, match="zip"):
        stretched(BEAT, [1.0])
    silent = replace(BEAT, captions=())
    assert stretched(silent, []) is silent


@given(
    st.lists(st.floats(0.1, 9.0), min_size=2, max_size=5),
    st.lists(st.floats(0.1, 20.0), min_size=5, max_size=5),
    st.lists(st.floats(0.0, 1.0), min_size=2, max_size=12),
)
def test_time_never_runs_backwards_and_every_need_is_met(
    gaps_s: list[float], needs_s: list[float], shares: list[float]
) -> None:
    moments_s = [sum(gaps_s[: n + 1]) for n in range(len(gaps_s))]
    captions = tuple(Caption(moment_s, "x") for moment_s in moments_s[:-1])
    ends = sorted(share * moments_s[-1] for share in shares)
    steps_s = {str(n): span for n, span in enumerate(pairwise(ends))}
    beat = BeatScript("b", "B", moments_s[-1], captions, steps_s, {})
    slower = stretched(beat, needs_s[: len(captions)])
    for span_s, given_s, needed_s in zip(
        spans_s(slower), spans_s(beat), needs_s[: len(captions)], strict=True
    ):
        assert span_s >= max(given_s, needed_s) - 0.0011
    runs = list(slower.steps_s.values())
    assert all(0.0 <= start_s <= end_s <= slower.lasts_s for start_s, end_s in runs)
    assert all(a[1] == b[0] for a, b in pairwise(runs))


def test_reading_takes_150_words_a_minute_and_two_seconds() -> None:
    assert reading_s("word " * 15) == 6.0
    assert reading_s("Two words") == 2.0
