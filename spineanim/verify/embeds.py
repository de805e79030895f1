"""Whether the snippets for other sites are safe to paste and name files that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Page, parse_page
from spineanim.verify.reading import read_text, said
from spineanim.verify.references import references, scheme_of
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

NAME: Final = "embed.txt"
_TAGS: Final = re.compile("div|figure|figcaption|video|source|track|p|a|span")


def embeds(site: Site) -> Iterator[Finding]:
    """Look into every snippet."""
    for file in sorted(site.upload.files):
        if PurePosixPath(file).name != NAME:
            continue
        try:
            snippet = parse_page(file, read_text(site.upload.root / file))
        except (OSError, ValueError) as error:
            yield Finding("embeds", file, said(error), AGAIN)
            continue
        for fault in (*snippet.faults, *_faults(site, snippet)):
            yield Finding("embeds", file, fault, AGAIN)


def _faults(site: Site, snippet: Page) -> Iterator[str]:
    if not any(snippet.all("video")):
        yield "it has no player"
    for each in snippet.elements:
        if not _TAGS.fullmatch(each.tag):
            yield f"line {each.line}: <{each.tag}> has no place in it"
        for name in each.attributes:
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                yield f"line {each.line}: <{each.tag}> has {name[:30]}"
    for reference in references(snippet):
        if scheme_of(reference.url) not in ("https", "http"):
            yield f"{reference.place} works on no other site"
        elif not site.file_named(reference.url, snippet):
            yield f"{reference.place} names no file of the folder"
