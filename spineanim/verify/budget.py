"""How large the files of a film are, and how long it is; pictures are weighed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from spineanim.upload import BYTES_A_SECOND, LONGEST_S, most_bytes
from spineanim.verify.film_files import clock, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.probe import probe


def check_budget(film: PublishedFilm) -> Iterator[Finding]:
    """Weigh the renditions."""
    for rendition, file in rendition_files(film):
        try:
            found = probe(file)
        except ValueError:  # told by the check of streams
            continue
        length_s = len(found.packets) / float(found.rate) if found.rate else 0.0
        if length_s > LONGEST_S:
            what = f"lasts {clock(length_s)}, longer than {clock(LONGEST_S)}"
            yield Finding("budget", film.name_of(file), what, "split the film in two")
        if rendition.name not in BYTES_A_SECOND:  # told by the check of streams
            continue
        most, size = most_bytes(rendition.name, length_s), file.stat().st_size
        if size > most:
            what = f"takes {size:,} bytes, more than {most:,} for its length"
            remedy = "render it with a coarser quality, or calm what moves all over the picture"
            yield Finding("budget", film.name_of(file), what, remedy)
