"""The files of a film that its manifest names, and what is said where one cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spineanim.upload import Rendition
from spineanim.verify.finding import PublishedFilm

AGAIN: Final = "publish the film again"
"""The remedy where a file is not what `publish` makes."""
MAIN: Final = "1080p"
"""The rendition that is looked at closely; the others are made from the same pictures."""

MOST_PIXELS: Final = 4096 * 2304
"""Larger pictures are not decoded: they would take all memory there is."""


def rendition_file(film: PublishedFilm, rendition: Rendition) -> Path:
    """Return where a rendition should be.

    Raises
    ------
    ValueError
        Its name leads elsewhere than into the film's folder.
    """
    name = rendition.file
    if not name or "\0" in name or name in (".", "..") or Path(name).name != name or "\\" in name:
        raise ValueError("the manifest names a file outside of the film's folder")
    return film.folder / name


def rendition_files(film: PublishedFilm) -> Iterator[tuple[Rendition, Path]]:
    """Yield each rendition that is there, and its file."""
    for rendition in film.facts.renditions:
        file = rendition_file(film, rendition)
        if file.is_file():
            yield rendition, file


def clock(time_s: float) -> str:
    """Write a time as players show it, such as `0:07.5`."""
    tenths = round(time_s * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"
