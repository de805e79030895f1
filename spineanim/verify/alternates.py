"""Whether pages in several languages lead to one another and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Page
from spineanim.verify.references import cleaned
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

_ANY: Final = "x-default"


@dataclass(frozen=True)
class _Link:
    """A link to a language: which, to which file, whether it is the same page there."""

    line: int
    language: str
    file: str
    is_same: bool


def alternates(site: Site) -> Iterator[Finding]:
    """Follow every `hreflang`; a `<link>` also back, for it says that both are one page."""
    led = {page.file: _links(site, page) for page in site.pages.values()}
    for page in site.pages.values():
        for link in led[page.file]:
            for fault in _faults(site, page, link, led):
                what = f"line {link.line}: the link to the language {link.language[:20]!r} {fault}"
                yield Finding("alternates", page.file, what, f"put it right; then {AGAIN}")


def _links(site: Site, page: Page) -> list[_Link]:
    return [
        _Link(
            each.line,
            each.attributes["hreflang"],
            site.file_named(cleaned(each.attributes.get("href", "")), page),
            each.tag == "link",
        )
        for each in page.all("link", "a")
        if "hreflang" in each.attributes
    ]


def _faults(site: Site, page: Page, link: _Link, led: dict[str, list[_Link]]) -> Iterator[str]:
    other = site.pages.get(link.file)
    if other is None:
        yield "leads to no page of the folder"
    elif link.language != _ANY:
        if other.language != link.language:
            yield f"leads to a page in {other.language[:20]!r}"
        back = {(each.language, each.file) for each in led[link.file] if each.is_same}
        if link.is_same and other is not page and (page.language, page.file) not in back:
            yield f"leads to {link.file}, which does not lead back"
