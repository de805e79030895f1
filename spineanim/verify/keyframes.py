"""Keyframes: whether seeking is quick, and lands where a chapter begins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from spineanim.verify.film_files import AGAIN, clock, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
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
            found = probe(file)
        except ValueError:  # told by the check of streams
            continue
        for what in _wrong(found, starts_s):
            yield Finding("keyframes", film.name_of(file), what, AGAIN)


def _wrong(found: Probe, starts_s: list[float]) -> Iterator[str]:
    keys = [each.at_s for each in found.packets if each.is_key and each.at_s is not None]
    if not keys or not found.rate or found.packets[0].at_s != keys[0]:
        yield "does not begin with a keyframe"
        return
    ends_s = max(each.at_s for each in found.packets if each.at_s is not None) + 1 / found.rate
    gap_s, at_s = max((after - before, before) for before, after in pairwise([*keys, ends_s]))
    if gap_s > WIDEST_S:
        yield (
            f"has no keyframe for {float(gap_s):.1f} s after {clock(float(at_s))}, "
            f"more than {WIDEST_S} s"
        )
    for each in found.packets:
        if each.is_key and not each.is_whole and each.at_s is not None:
            yield f"its keyframe at {clock(float(each.at_s))} cannot be begun with"
            break
    yield from _open(found)
    frames = {round(key * found.rate) for key in keys}
    for start_s in starts_s:
        if 0 <= start_s < ends_s and round(start_s * found.rate) not in frames:
            yield f"has no keyframe where the chapter at {clock(start_s)} begins"


def _open(found: Probe) -> Iterator[str]:
    """Say where a picture after a keyframe is shown before it, and so needs those before."""
    key_s = Fraction(0)
    for each in found.packets:
        if each.at_s is None:
            continue
        if each.is_key:
            key_s = each.at_s
        elif each.at_s < key_s:
            yield f"its group of pictures at {clock(float(key_s))} is open: it needs the one before"
            return
