"""Whether what search engines are told of films (JSON-LD) agrees with the films."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from spineanim.upload import MANIFEST
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.page_tree import Page
from spineanim.verify.reading import parse_json
from spineanim.verify.references import scheme_of
from spineanim.verify.safe_pages import DATA
from spineanim.verify.site import FIRST_PAGE, Site
from spineanim.verify.upload_folder import AGAIN

_REQUIRED: Final = ("name", "description", "thumbnailUrl", "uploadDate", "contentUrl", "duration")
_DURATION: Final = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5}(?:\.\d{1,6})?)S)?")
_NEAR_S: Final = 1.0
"""Durations and parts may be told in whole seconds."""


def structured(site: Site) -> Iterator[Finding]:
    """Compare every VideoObject with the film that it means."""
    for page in site.pages.values():
        told: set[str] = set()
        for fault in _faults(site, page, told):
            yield Finding("structured", page.file, fault, f"put it right; then {AGAIN}")
        film = site.upload.film_of(page.file)
        name = film and film.name_of(film.folder)
        if page.file == f"{name}/{FIRST_PAGE}" and name not in told:
            what = "its JSON-LD tells of no VideoObject that is its film"
            yield Finding("structured", page.file, what, f"put it right; then {AGAIN}")


def _faults(site: Site, page: Page, told: set[str]) -> Iterator[str]:
    for script in page.all("script"):
        if script.attributes.get("type", "").strip().lower() != DATA:
            continue
        where = f"line {script.line}: JSON-LD"
        try:
            data = parse_json("".join(page.texts[slice(*script.words)]))
        except ValueError as error:
            yield f"{where}: {error}"
            continue
        for each in _objects(data):
            if not str(each.get("@context", "https://schema.org")).endswith("//schema.org"):
                yield f"{where} speaks of another context than https://schema.org"
            if _is(each, "VideoObject"):
                faults = _video(site, page, each, told)
                yield from (f"{where}: VideoObject {fault}" for fault in faults)


def _objects(data: object) -> Iterator[dict[str, Any]]:
    """All objects in it, at any depth (the parser bounds that)."""
    ahead = [data]
    while ahead:
        each = ahead.pop()
        if isinstance(each, dict):
            yield each
            ahead += each.values()
        elif isinstance(each, list):
            ahead += each


def _is(data: dict[str, Any], kind: str) -> bool:
    kinds = data.get("@type")
    return kind in kinds if isinstance(kinds, list) else kinds == kind


def _video(site: Site, page: Page, data: dict[str, Any], told: set[str]) -> Iterator[str]:
    for name in _REQUIRED:
        if not isinstance(data.get(name), str) or not data[name].strip():
            yield f"has no {name}"
    for name in ("contentUrl", "thumbnailUrl", "embedUrl", "url"):
        if fault := _address_fault(site, page, data.get(name, "")):
            yield f"has the {name} {fault}"
    content = str(data.get("contentUrl", ""))
    file = site.file_named(content, page)
    if site.upload.is_of_other_film(file):
        return
    film = site.upload.film_of(file) if content else None
    if film is None:
        yield "is no film of the folder"
        return
    told.add(film.name_of(film.folder))
    facts = film.facts
    for name, value in (
        ("name", facts.title),
        ("inLanguage", facts.language),
        ("uploadDate", facts.uploaded),
    ):
        if name in data and str(data[name])[: len(value) or None] != value:
            yield f"has the {name} {str(data[name])[:40]!r}, {MANIFEST} says {value[:40]!r}"
    duration_s = seconds_of(str(data.get("duration", "")))
    if duration_s is None or abs(duration_s - facts.duration_s) > _NEAR_S:
        yield f"has the duration {str(data.get('duration'))[:30]!r}, it is {facts.duration_s:.2f} s"
    yield from _clips(site, page, data, film)


def _address_fault(site: Site, page: Page, url: object) -> str:
    """Say what is wrong with an address that must be of a file of the folder."""
    if url == "":
        return ""
    if not isinstance(url, str) or scheme_of(url) not in ("", "https", "http"):
        return f"{str(url)[:60]!r}, which is no address"
    return "" if site.file_named(url, page) else f"{url[:60]!r}, which is not in the folder"


def seconds_of(duration: str) -> float | None:
    """Seconds that a duration of ISO 8601 such as `PT1M31S` says; nothing if it is none."""
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _clips(site: Site, page: Page, data: dict[str, Any], film: PublishedFilm) -> Iterator[str]:
    parts = data.get("hasPart")
    clips = [each for each in (parts if isinstance(parts, list) else [parts]) if each]
    if not all(isinstance(each, dict) and _is(each, "Clip") for each in clips):
        yield "has parts that are no Clips"
        return
    beats = film.facts.beats
    if [each.get("name") for each in clips] != [beat.title for beat in beats]:
        yield f"has {len(clips)} Clips that are not the {len(beats)} parts of the film by name"
        return
    for clip, beat in zip(clips, beats, strict=True):
        for name, frame in (("startOffset", beat.start_frame), ("endOffset", beat.end_frame)):
            offset, meant_s = clip.get(name), frame / film.facts.fps
            is_number = isinstance(offset, int | float) and not isinstance(offset, bool)
            if not is_number or abs(offset - meant_s) > _NEAR_S:
                yield f"has {name} {str(offset)[:20]} in Clip {beat.title!r}, it is {meant_s:.2f} s"
        url = clip.get("url")
        if not isinstance(url, str) or "#t=" not in url or _address_fault(site, page, url):
            yield f"has no url to its moment in Clip {beat.title!r}"
