"""An upload folder with its pages parsed: what checks of the site look through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.page_tree import Page, parse_page
from spineanim.verify.reading import read_text, said
from spineanim.verify.references import Reference, references, resolved, scheme_of
from spineanim.verify.upload_folder import AGAIN, Upload

PAGE: Final = ".html"
FIRST_PAGE: Final = "index.html"


@dataclass(frozen=True)
class Site:
    """What was read of a site.

    Attributes
    ----------
    upload
        The folder.
    pages
        Its pages by file.
    unread
        Findings about pages that cannot be read.
    """

    upload: Upload
    pages: Mapping[str, Page]
    unread: tuple[Finding, ...]

    def films_shown(self, page: Page) -> dict[str, PublishedFilm]:
        """Films that a page's players take, by the path of each file they name."""
        shown = {}
        for each in references(page):
            if each.element.tag in ("source", "video") and each.attribute == "src":
                file = self.file_of(each, page)
                film = self.upload.film_of(file) if file else None
                if film is not None:
                    shown[file] = film
        return shown

    def file_of(self, reference: Reference, page: Page) -> str:
        """File that a reference leads to; nothing if it leads elsewhere or nowhere."""
        return self.file_at(reference.url, page)

    def file_at(self, url: str, page: Page) -> str:
        """File that an address in a page leads to; nothing if it leads elsewhere or nowhere."""
        if scheme_of(url):
            return ""
        target = resolved(url, page.file, self.upload.files)
        return "" if target.fault else target.file

    def file_named(self, url: str, page: Page) -> str:
        """File that a relative or a whole address means; of a whole one, its end counts."""
        if scheme_of(url) not in ("https", "http"):
            return self.file_at(url, page)
        parts = urlsplit(url).path.strip("/").split("/")
        for start in range(len(parts)):
            name = "/".join(parts[start:])
            for file in (name, f"{name}/{FIRST_PAGE}"):
                if file in self.upload.files:
                    return file
        return ""


SiteCheck = Callable[[Site], Iterator[Finding]]
"""Looks through a whole site."""


def read_site(upload: Upload) -> Site:
    """Parse all pages of a folder."""
    pages, unread = {}, []
    for name in sorted(upload.files):
        if name.endswith(PAGE):
            try:
                pages[name] = parse_page(name, read_text(upload.root / name))
            except (OSError, ValueError) as error:
                unread.append(Finding("html", name, said(error), AGAIN))
    return Site(upload, pages, tuple(unread))
