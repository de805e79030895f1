"""Whether films have the size that their names promise: a draft is not for the web."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spineanim.verify.film_files import rendition_file
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.probe import probe

LINES: Final = {"1080p": 1080, "720p": 720, "av1": 1080}
"""Shorter side of a film by its name, pixels."""


def check_lines(film: PublishedFilm) -> Iterator[Finding]:
    """Measure the shorter side of every rendition; one that cannot be read is told elsewhere."""
    for rendition in film.facts.renditions:
        file, wanted = rendition_file(film, rendition), LINES.get(rendition.name)
        try:
            found = probe(file)
        except (OSError, ValueError):
            continue
        lines = min(found.width_px, found.height_px)
        if wanted is not None and lines != wanted:
            yield Finding(
                "lines",
                film.name_of(file),
                f"has {lines} lines, not {wanted}",
                "publish the film again without --quality draft",
            )
