"""Whether captions, chapters and descriptions are valid WebVTT."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spineanim.upload import TRACKS
from spineanim.verify.finding import Finding
from spineanim.verify.reading import read_bytes, said
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN
from spineanim.verify.vtt import MOST_BYTES, parse_vtt

_SHOWN: Final = 5
"""So many faults of one file are enough to tell."""


def webvtt(site: Site) -> Iterator[Finding]:
    """Read every text track strictly; each film has one of each kind."""
    wanted = {
        film.name_of(film.folder / f"{track}.vtt") for film in site.upload.films for track in TRACKS
    }
    for file in sorted(wanted - site.upload.files):
        yield Finding("webvtt", file, "there is no such track", AGAIN)
    for file in sorted(each for each in site.upload.files if each.lower().endswith(".vtt")):
        try:
            faults = [*_faults(site.upload.root / file)]
        except (OSError, ValueError) as error:
            faults = [said(error)]
        for fault in faults[:_SHOWN]:
            yield Finding("webvtt", file, fault, AGAIN)


def _faults(file: Path) -> Iterator[str]:
    data = read_bytes(file, MOST_BYTES)
    if data.startswith(b"\xef\xbb\xbf"):
        yield "it begins with a mark of byte order, which some players show"
    if not data.endswith(b"\n"):
        yield "its last line does not end"
    if b"\r" in data:
        yield "its lines end with a carriage return"
    try:
        read = parse_vtt(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield f"line {line}: it is not UTF-8"
        return
    yield from map(str, read.problems)
    if not read.cues:
        yield "it holds no cues"
    for cue in read.cues:
        if not cue.text.strip():
            yield f"line {cue.line}: a cue has no words"
