"""All that is found by decoding the pictures of a film, each rendition once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spineanim.upload import MANIFEST
from spineanim.verify.colour import FEWEST, ColourWatcher
from spineanim.verify.film_files import AGAIN, MAIN, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.flash import FlashWatcher, StillWatcher
from spineanim.verify.frames import Watcher, watch
from spineanim.verify.words import WordsWatcher


def check_pictures(film: PublishedFilm) -> Iterator[Finding]:
    """Decode every rendition and look at its pictures."""
    colours = {patch.rgb for patch in film.facts.patches}
    if len(colours) < FEWEST:
        what = f"names {len(colours)} places of even colour, less than {FEWEST}"
        yield Finding("colour", film.name_of(film.folder / MANIFEST), what, AGAIN)
    sizes = [(each.width_px, each.height_px) for each in film.facts.renditions]
    for rendition, file in rendition_files(film):
        is_main = rendition.name == MAIN
        yield from _looked_at(film, file, max(sizes), is_main)


def _looked_at(
    film: PublishedFilm, file: Path, size_px: tuple[int, int], is_main: bool
) -> Iterator[Finding]:
    watchers: list[Watcher] = [ColourWatcher(film, file, size_px[0])]
    if is_main:
        watchers += [FlashWatcher(film, file), StillWatcher(film, file)]
        watchers.append(WordsWatcher(film, file, size_px))
    try:
        watch(file, watchers)
    except ValueError as error:
        yield Finding("pictures", film.name_of(file), str(error), AGAIN)
        return
    for watcher in watchers:
        yield from watcher.findings()
