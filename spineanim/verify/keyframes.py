"""Keyframes: whether seeking is quick, and lands where a chapter begins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import Final

from spineanim.verify.film_files import AGAIN, clock, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.mp4 import read_mp4
from spineanim.verify.probe import Probe, probe
from spineanim.verify.vtt import read_vtt

WIDEST_S: Final = 2
"""Most that a player decodes in vain when somebody seeks."""


def check_keyframes(film: PublishedFilm) -> Iterator[Finding]:
    """Look at the keyframes of every rendition."""
    chapters = film.folder / "chapters.vtt"
    starts_s = [cue.start_s for cue in read_vtt(chapters).cues] if chapters.is_file() else []
    for _, file in rendition_files(film):
        try:
            found, index = probe(file), read_mp4(file)
        except ValueError:  # told by the checks of streams and boxes
            continue
        pictures = next((each for each in index.tracks if each.handler == "vide"), None)
        if pictures is not None:
            for what in _wrong(found, pictures.keys, starts_s):
                yield Finding("keyframes", film.name_of(file), what, AGAIN)


def _wrong(found: Probe, listed: frozenset[int] | None, starts_s: list[float]) -> Iterator[str]:
    """Say what is wrong with the keyframes that the index of a file lists."""
    shown = [(n, each) for n, each in enumerate(found.packets) if each.at_s is not None]
    times_s = {number: each.at_s or Fraction(0) for number, each in shown}
    keys = [number for number in times_s if listed is None or number in listed]
    if not keys or not found.rate or keys[0] != 0:
        yield "does not begin with a keyframe"
        return
    ends_s = max(times_s.values()) + 1 / found.rate
    spans = pairwise([*(times_s[key] for key in keys), ends_s])
    gap_s, at_s = max(((after - before, before) for before, after in spans), key=itemgetter(0))
    if gap_s > WIDEST_S:
        at = clock(float(at_s))
        yield f"has no keyframe for {float(gap_s):.2f} s after {at}, more than {WIDEST_S} s"
    false = next((key for key in keys if not found.packets[key].is_whole), None)
    if false is not None:
        yield f"its keyframe at {clock(float(times_s[false]))} cannot be begun with"
    else:
        yield from _open(times_s, set(keys))
    frames = {round(times_s[key] * found.rate) for key in keys}
    for start_s in starts_s:
        if 0 <= start_s < ends_s and round(start_s * found.rate) not in frames:
            yield f"has no keyframe where the chapter at {clock(start_s)} begins"


def _open(times_s: dict[int, Fraction], keys: set[int]) -> Iterator[str]:
    """Say where a picture after a keyframe is shown before it, and so needs those before."""
    key_s = Fraction(0)
    for number, time_s in times_s.items():
        if number in keys:
            key_s = time_s
        elif time_s < key_s:
            yield f"its group of pictures at {clock(float(key_s))} is open: it needs the one before"
            return
