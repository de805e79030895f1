from __future__ import annotations

from spineanim.content.timeline import Span
from spineanim.render.webvtt import timestamp, webvtt


def test_timestamps_round_to_the_nearest_millisecond() -> None:
    assert timestamp(0, 30) == "00:00:00.000"
    assert timestamp(1, 30) == "00:00:00.033"
    assert timestamp(2, 30) == "00:00:00.067"
    assert timestamp(30 * 3661, 30) == "01:01:01.000"
    assert timestamp(59, 60) == "00:00:00.983"


def test_cues_are_numbered_escaped_and_on_one_line() -> None:
    spans = [
        Span("a", "Fat & muscle <b>\nnot bold", 0.0, 1.0, 0, 30),
        Span("b", "a --> b", 1.0, 2.0, 30, 60),
    ]
    assert webvtt(spans, 30) == (
        "WEBVTT\n\n"
        "1\n00:00:00.000 --> 00:00:01.000\nFat &amp; muscle &lt;b&gt; not bold\n\n"
        "2\n00:00:01.000 --> 00:00:02.000\na --&gt; b\n"
    )
