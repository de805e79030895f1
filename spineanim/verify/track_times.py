"""Text tracks beside the film they belong to: in time, in order, and slow enough to be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from textwrap import wrap
from typing import Final

from spineanim.upload import TRACKS
from spineanim.verify.film_files import AGAIN, clock, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.probe import probe
from spineanim.verify.vtt import Cue, Vtt, read_vtt

LETTERS, LINES = 42, 2
"""Most letters of a line and lines of a caption that can be taken in at once."""
SHORTEST_S, LONGEST_S = 1.0, 10.0
WORDS_A_MINUTE: Final = 180.0
_MILLISECOND_S: Final = 0.001
"""WebVTT counts no finer, so a time may be half of it off."""
_SHORTEN: Final = "shorten the caption in the script, or give it more time"
_Told = tuple[str, str, bool]


def check_tracks(film: PublishedFilm) -> Iterator[Finding]:
    """Lay captions, chapters and descriptions beside the film's real length."""
    length = _length(film)
    for track in TRACKS:
        file = film.folder / f"{track}.vtt"
        if not file.is_file() or length is None:  # what is missing or malformed is told elsewhere
            continue
        for what, remedy, is_failure in _wrong(track, read_vtt(file), *length):
            yield Finding(track, film.name_of(file), what, remedy, is_failure)


def _length(film: PublishedFilm) -> tuple[float, float] | None:
    """Length of the first rendition that can be opened, and of one of its pictures."""
    for _, file in rendition_files(film):
        try:
            found = probe(file)
        except ValueError:
            continue
        if found.rate:
            return len(found.packets) / float(found.rate), 1.0 / float(found.rate)
    return None


def _wrong(track: str, vtt: Vtt, length_s: float, picture_s: float) -> Iterator[_Told]:
    if not vtt.cues:
        if not vtt.problems:
            yield "holds no cue", AGAIN, track != "descriptions"
        return
    for cue in vtt.cues:
        if cue.end_s > length_s + _MILLISECOND_S:
            film = f"the film, which lasts {length_s:.2f} s"
            yield f"line {cue.line}: ends at {cue.end_s:.2f} s, after {film}", AGAIN, True
        if not cue.text.strip():
            yield f"line {cue.line}: says nothing", AGAIN, True
    for before, after in pairwise(vtt.cues):
        if after.start_s < before.end_s - _MILLISECOND_S:
            yield f"line {after.line}: begins before the cue above it ends", AGAIN, True
    if track == "chapters":
        yield from _gaps(vtt.cues, length_s, picture_s + _MILLISECOND_S)
    elif track == "captions":
        for cue in vtt.cues:
            yield from _hard_to_read(cue)


def _gaps(cues: tuple[Cue, ...], length_s: float, close_s: float) -> Iterator[_Told]:
    """Say where a film has no chapter."""
    ends_s = [0.0, *(cue.end_s for cue in cues)]
    starts_s = [*(cue.start_s for cue in cues), length_s]
    for end_s, start_s in zip(ends_s, starts_s, strict=True):
        if start_s - end_s > close_s:
            what = f"no chapter covers {clock(end_s)} to {clock(start_s)} of the film"
            yield what, AGAIN, True


def _hard_to_read(cue: Cue) -> Iterator[_Told]:
    lasts_s, text = cue.end_s - cue.start_s, " ".join(cue.text.split())
    where = f"line {cue.line}: the caption at {clock(cue.start_s)}"
    lines = wrap(text, LETTERS, break_long_words=False, break_on_hyphens=False)
    if len(lines) > LINES or any(len(line) > LETTERS for line in lines):
        yield f"{where} needs more than {LINES} lines of {LETTERS} letters", _SHORTEN, True
    if lasts_s < SHORTEST_S - _MILLISECOND_S:
        yield f"{where} is shown for {lasts_s:.2f} s, less than {SHORTEST_S:g} s", _SHORTEN, True
        return
    if lasts_s > LONGEST_S:
        what = f"{where} is shown for {lasts_s:.1f} s, more than {LONGEST_S:g} s"
        yield what, "split it in two in the script", False
    speed = len(text.split()) * 60.0 / lasts_s
    if speed > WORDS_A_MINUTE:
        what = f"{where} takes {speed:.0f} words a minute, more than {WORDS_A_MINUTE:g}"
        yield what, _SHORTEN, False
