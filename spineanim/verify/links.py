"""Whether everything that pages name is there, and every page can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from spineanim.upload import MANIFEST
from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Page
from spineanim.verify.references import Target, references, resolved, scheme_of
from spineanim.verify.site import FIRST_PAGE, PAGE, Site
from spineanim.verify.upload_folder import AGAIN

_AT: Final = re.compile(r"t=(?:npt:)?([0-9]+(?:\.[0-9]+)?)(?:,([0-9]+(?:\.[0-9]+)?))?")
_REFRESH: Final = re.compile(r"\s*0\s*;\s*url=(\S+)\s*", re.IGNORECASE)


def links(site: Site) -> Iterator[Finding]:
    """Follow every relative address of every page."""
    remedy = f"put the address or the file right; then {AGAIN}"
    reached = {FIRST_PAGE: set[str]()}
    for page in site.pages.values():
        led = reached.setdefault(page.file, set())
        for place, url in _addresses(page):
            target = resolved(url, page.file, site.upload.files)
            led.add(target.file)
            for fault in _faults(site, page, target):
                yield Finding("links", page.file, f"{place} leads nowhere: {fault}", remedy)
    if FIRST_PAGE not in site.upload.files:
        yield Finding("links", FIRST_PAGE, "there is no first page", AGAIN)
        return
    for lost in sorted(set(site.pages) - _reachable(reached)):
        what = f"no way leads to it from {FIRST_PAGE}"
        yield Finding("links", lost, what, "link it, or remove it", is_failure=False)


def _addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Relative addresses, and where they stand."""
    for each in references(page):
        if not scheme_of(each.url):
            yield each.place, each.url
    for meta in page.all("meta"):
        if meta.attributes.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.fullmatch(meta.attributes.get("content", ""))
            if found and not scheme_of(found[1]):
                yield f"line {meta.line}: the refresh to {found[1][:80]!r}", found[1]


def _faults(site: Site, page: Page, target: Target) -> Iterator[str]:
    if target.fault:
        yield target.fault
        return
    if target.file not in {*site.upload.listed, MANIFEST, page.file}:
        yield f"no manifest lists {target.file}"
    if not target.fragment:
        return
    if at := _AT.fullmatch(target.fragment):
        yield from _late(site, page, target.file, at)
    elif not target.file.endswith(PAGE):
        yield f"{target.file} has no part #{target.fragment[:40]}"
    else:
        other = site.pages.get(target.file)
        if other is not None and unquote(target.fragment) not in {*other.ids, "top"}:
            yield f"{target.file} has no id {target.fragment[:40]!r}"


def _late(site: Site, page: Page, file: str, at: re.Match[str]) -> Iterator[str]:
    """Say whether a time lies behind the end of a film, or of all that the page shows."""
    if file.endswith(PAGE):
        other = site.pages.get(file, page)
        films = [*site.films_shown(other).values()]
    else:
        film = site.upload.film_of(file)
        films = [] if film is None else [film]
    if site.upload.is_of_other_film(file):
        return
    if not films:
        yield f"there is no film in {file} for a time to be in"
        return
    longest_s = max(film.facts.duration_s for film in films)
    start_s, end_s = float(at[1]), float(at[2] or longest_s)
    if not start_s < min(end_s, longest_s) or end_s > longest_s + 0.05:
        yield f"{at[0][:40]} is not within the film's {longest_s:.2f} s"


def _reachable(led: dict[str, set[str]]) -> set[str]:
    found, ahead = {FIRST_PAGE}, [FIRST_PAGE]
    while ahead:
        new = led.get(ahead.pop(), set()) - found
        found |= new
        ahead += sorted(new)
    return found
