"""WebVTT is read as strictly as W3C asks of authors."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.content.timeline import Span
from spineanim.render.webvtt import webvtt
from spineanim.verify.vtt import MOST_BYTES, parse_vtt, read_vtt

GOOD = """WEBVTT - of the pump

STYLE
::cue { color: white }

REGION
id:low width:40% lines:3 regionanchor:0%,100% viewportanchor:10%,90% scroll:up

NOTE
Two lines
of remarks

one
00:00.000 --> 00:02.500 line:80%,end position:50%,center size:90% align:center region:low
A <b>small</b> pump &amp; a <c.thin.white>tube</c>
in two lines > one

00:00:02.500 --> 01:00:00.000 vertical:rl
<v Nurse>Welcome <00:00:03.000>back&nbsp;&#8212; <ruby>a<rt>b</ruby> <lang es>hola</lang>
"""


def what_of(text: str) -> list[str]:
    return [str(each) for each in parse_vtt(text).problems]


def test_a_good_file_has_no_problem() -> None:
    vtt = parse_vtt(GOOD)
    assert vtt.problems == ()
    assert [(cue.identifier, cue.start_s, cue.end_s) for cue in vtt.cues] == [
        ("one", 0.0, 2.5),
        ("", 2.5, 3600.0),
    ]
    assert vtt.cues[0].text == "A small pump & a tube\nin two lines > one"
    assert vtt.cues[0].line == 14


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_end_of_line_will_do(ending: str) -> None:
    assert parse_vtt("\ufeff" + GOOD.replace("\n", ending)) == parse_vtt(GOOD)


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n", "WEBVTT\n\n", "WEBVTT x\n\nNOTE y"])
def test_a_file_without_cues_is_valid(text: str) -> None:
    assert parse_vtt(text).problems == () and parse_vtt(text).cues == ()


@given(st.lists(st.text(max_size=40).filter(str.strip), max_size=5))
def test_what_we_write_is_valid(texts: list[str]) -> None:
    spans = [Span("beat", text, i, i + 1, i, i + 1) for i, text in enumerate(texts)]
    vtt = parse_vtt(webvtt(spans, 1).replace("\0", ""))
    assert vtt.problems == ()
    assert [cue.text for cue in vtt.cues] == [
        " ".join(text.split()).replace("\0", "") for text in texts
    ]


CUE = "00:00.000 --> 00:01.000"
BAD = {
    "": "line 1: the first line must be `WEBVTT`",
    "WEBVTTX\n\n": "line 1: the first line must be `WEBVTT`",
    "webvtt\n\n": "line 1: the first line must be `WEBVTT`",
    f"WEBVTT\n{CUE}\na": "line 2: a blank line must follow `WEBVTT`",
    f"WEBVTT\n\n{CUE}\na\n{CUE}\nb": "line 5: a blank line must stand before a cue",
    "WEBVTT\n\n00:00,000 --> 00:01,000\na": "line 3: times must be written",
    "WEBVTT\n\n00:00.000-->00:01.000\na": "line 3: times must be written",
    "WEBVTT\n\n0:00.000 --> 00:01.000\na": "line 3: times must be written",
    "WEBVTT\n\n00:61.000 --> 00:62.000\na": "line 3: times must be written",
    "WEBVTT\n\n\u0660\u0660:00.000 --> 00:01.000\na": "line 3: times must be written",
    "WEBVTT\n\n00:01.000 --> 00:01.000\na": "line 3: lasts no time",
    "WEBVTT\n\n00:02.000 --> 00:01.000\na": "line 3: ends before it begins",
    f"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n{CUE}\nb": "line 6: begins before the cue above it",
    f"WEBVTT\n\nx\n{CUE}\na\n\nx\n{CUE}\nb": "line 7: `x` names another cue already",
    f"WEBVTT\n\n{CUE} line:101%\na": "line 3: `line:101%` is no value of `line`",
    f"WEBVTT\n\n{CUE} align:middle\na": "line 3: `align:middle` is no value of `align`",
    f"WEBVTT\n\n{CUE} size:9% size:9%\na": "line 3: `size` is set twice",
    f"WEBVTT\n\n{CUE} bold\na": "line 3: `bold` is no setting",
    f"WEBVTT\n\n{CUE} region:top\na": "line 3: there is no region `top`",
    f"WEBVTT\n\n{CUE}\na\nb & c": "line 5: `&` must be written `&amp;`",
    f"WEBVTT\n\n{CUE}\n&nosuch;": "line 4: `&nosuch;` is no character reference",
    f"WEBVTT\n\n{CUE}\na < b": "line 4: `<` must be written `&lt;`",
    f"WEBVTT\n\n{CUE}\n<script>x</script>": "line 4: `<script>` is no tag of WebVTT",
    f"WEBVTT\n\n{CUE}\n<b>a": "line 4: `<b>` is not closed",
    f"WEBVTT\n\n{CUE}\n<b>a</i></b>": "line 4: `</i>` closes no tag that is open",
    f"WEBVTT\n\n{CUE}\n<v>a": "line 4: `<v>` says not what",
    f"WEBVTT\n\n{CUE}\n<rt>a</rt>": "line 4: `<rt>` stands outside of `<ruby>`",
    f"WEBVTT\n\n{CUE}\na <00:02.000>b": "line 4: the time `<00:02.000>` is not between",
    "WEBVTT\n\nWords alone": "line 3: neither a cue, for it has no times, nor a `NOTE`",
    "WEBVTT\n\nNOTE a\nb\nc --> d": "line 5: `-->` may stand in the times of a cue alone",
    f"WEBVTT\n\n{CUE}\na\n\nSTYLE\n::cue": "line 6: `STYLE` must stand before the cues",
    "WEBVTT\n\nREGION\nwidth:4%": "line 3: a region needs a name of its own",
    f"WEBVTT\n\n{CUE}\na\0": "line 4: a character of code 0",
}


@pytest.mark.parametrize(("text", "what"), BAD.items())
def test_what_breaks_the_syntax_is_told_with_its_line(text: str, what: str) -> None:
    problems = what_of(text)
    assert problems and problems[0].startswith(what), problems


def test_cues_are_read_beside_problems() -> None:
    vtt = parse_vtt(f"WEBVTT\n\n{CUE}\na & b\n\n00:01.000 --> 00:02.000\nc")
    assert [cue.text for cue in vtt.cues] == ["a & b", "c"]


@pytest.mark.parametrize("piece", ["<", "&", "<b>", "\n\n00:00.000 --> 00:01.000", "9", "&#1"])
def test_a_hostile_file_is_read_soon(piece: str) -> None:
    began = time.monotonic()
    for cue in parse_vtt(f"WEBVTT\n\n{CUE}\n" + piece * (200_000 // len(piece))).cues:
        assert cue.text is not None
    parse_vtt("WEBVTT\n\n" + piece * (200_000 // len(piece)) + ":00:00.000 --> 00:01.000")
    assert time.monotonic() - began < 5


def test_files_that_cannot_be_text_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.vtt"
    file.write_bytes(b"WEBVTT\n\n\xff")
    assert [str(each) for each in read_vtt(file).problems] == ["line 3: not in UTF-8"]
    file.write_bytes(b"WEBVTT" + bytes(MOST_BYTES))
    assert "bytes" in str(read_vtt(file).problems[0])


@given(st.text(alphabet="WEBVT\n\r NOTE0123:.->ab<&;/%,v", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_vtt(text)
    parse_vtt("WEBVTT\n\n" + text)
