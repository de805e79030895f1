"""Whether players offer the film that lies there, as the film's manifest states it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spineanim.upload import TRACKS
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.page_tree import Element, Page
from spineanim.verify.references import cleaned
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

_SHAPE: Final = 0.01
"""How far the shape of a player's box may be from its film's."""


def players(site: Site) -> Iterator[Finding]:
    """Look at every <video> of every page."""
    for page in site.pages.values():
        for video in page.all("video"):
            for fault in _faults(site, page, video):
                what = f"line {video.line}: the player {fault}"
                yield Finding("players", page.file, what, f"put it right; then {AGAIN}")
    shown = {
        film.folder for page in site.pages.values() for film in site.films_shown(page).values()
    }
    for film in site.upload.films:
        if film.folder not in shown:
            name = film.name_of(film.folder)
            yield Finding("players", name, "no page plays this film", AGAIN)


def _faults(site: Site, page: Page, video: Element) -> Iterator[str]:
    attributes = video.attributes
    for needed in ("controls", "playsinline"):
        if needed not in attributes:
            yield f"has no {needed}"
    if attributes.get("preload") not in ("none", "metadata"):
        yield "loads the film before anybody asks for it (preload is not none or metadata)"
    for wrong in ("autoplay", "loop"):
        if wrong in attributes:
            yield f"has {wrong}"
    if not attributes.get("poster"):
        yield "has no poster"
    sources = page.within(video, "source")
    if "src" in attributes or not sources:
        yield "names its film otherwise than by <source>"
        return
    films = {}
    for source in sources:
        file = site.file_at(cleaned(source.attributes.get("src", "")), page)
        film = site.upload.film_of(file) if file else None
        if site.upload.is_of_other_film(file):
            continue
        if film is None:
            yield f"has a source that is no film of the folder (line {source.line})"
        else:
            films[film.folder] = film
            yield from _source(source, film, file)
    if len(films) > 1:
        yield "mixes several films"
    for film in [*films.values()][:1]:
        yield from _order(sources, film)
        yield from _box(video, film)
        yield from _tracks(site, page, video, film)


def _source(source: Element, film: PublishedFilm, file: str) -> Iterator[str]:
    stated = {film.name_of(film.folder / each.file): each for each in film.facts.renditions}
    if file not in stated:
        yield f"takes {file}, which is no rendition of the film"
    elif source.attributes.get("type", "") != stated[file].type:
        said = source.attributes.get("type", "")
        yield f"says {file} is {said[:60]!r}, it is {stated[file].type!r}"


def _order(sources: list[Element], film: PublishedFilm) -> Iterator[str]:
    is_av1 = ["av01" in each.attributes.get("type", "") for each in sources]
    if is_av1 != sorted(is_av1, reverse=True):
        yield "offers H.264 before AV1, so the smaller file is never taken"
    if any(each.name == "av1" for each in film.facts.renditions) and not any(is_av1):
        yield "does not offer the AV1 file"
    if all(is_av1):
        yield "offers no H.264 file, which every browser plays"


def _box(video: Element, film: PublishedFilm) -> Iterator[str]:
    try:
        width, height = (int(video.attributes.get(side, "")[:6]) for side in ("width", "height"))
    except ValueError:
        return  # told by the form of pages
    largest = film.facts.renditions[0]
    shape = largest.width_px / largest.height_px
    if width <= 0 or height <= 0 or abs(width / height / shape - 1.0) > _SHAPE:
        yield f"is {width} x {height}, the film {largest.width_px} x {largest.height_px}"


def _tracks(site: Site, page: Page, video: Element, film: PublishedFilm) -> Iterator[str]:
    tracks = page.within(video, "track")
    by_kind = {each.attributes.get("kind", "subtitles"): each for each in tracks}
    if len(by_kind) != len(tracks):
        yield "has two tracks of one kind"
    language = film.facts.language
    if page.language != language:
        yield f"shows a film in {language!r}, the page is in {page.language!r}"
    for kind, track in by_kind.items():
        attributes = track.attributes
        if attributes.get("srclang") != language:
            yield f"says its {kind} are in {attributes.get('srclang', '')!r}, not {language!r}"
        file = site.file_at(cleaned(attributes.get("src", "")), page)
        if kind not in TRACKS or file != film.name_of(film.folder / f"{kind}.vtt"):
            yield f"takes other {kind[:20]} than the film's {kind[:20]}.vtt"
        if not attributes.get("label", "").strip():
            yield f"has {kind} without a label"
    captions = by_kind.get("captions")
    is_shown = captions is not None and "default" in captions.attributes
    if film.facts.burned_captions and is_shown:
        yield "shows captions twice: the film has them in its picture"
    if not film.facts.burned_captions and not is_shown:
        yield "shows no captions by itself, and the film has none in its picture"
