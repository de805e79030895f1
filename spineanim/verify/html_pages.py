"""Whether pages are whole: what every page says of itself, and how its parts stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Element, Page
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

_NAMING: Final = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "for",
    "headers",
)
"""Attributes that name other elements by their ids."""


def html(site: Site) -> Iterator[Finding]:
    """Look at the form of every page."""
    yield from site.unread
    for page in site.pages.values():
        for fault in (*page.faults, *_head(page), *_ids(page), *_headings(page), *_pictures(page)):
            yield Finding("html", page.file, fault, f"put it right in the template, then {AGAIN}")


def _head(page: Page) -> Iterator[str]:
    if page.doctype.lower() != "doctype html":
        yield "it does not begin with <!DOCTYPE html>"
    if not page.language:
        yield "<html> has no lang"
    for tag in ("html", "head", "body", "title", "main"):
        count = sum(1 for _ in page.all(tag))
        if count != 1:
            yield f"it has {count} <{tag}> instead of one"
    if not any(page.text_of(each) for each in page.all("title")):
        yield "its title is empty"
    metas = [each.attributes for each in page.all("meta")]
    if [each["charset"].lower() for each in metas if "charset" in each] != ["utf-8"]:
        yield 'it has no <meta charset="utf-8">'
    views = [each.get("content", "") for each in metas if each.get("name") == "viewport"]
    if len(views) != 1 or "width=device-width" not in views[0].replace(" ", ""):
        yield "it has no viewport as wide as the device"
    elif any(word in views[0] for word in ("user-scalable", "maximum-scale")):
        yield "its viewport keeps people from enlarging it"


def _ids(page: Page) -> Iterator[str]:
    counted = Counter(each.attributes["id"] for each in page.elements if "id" in each.attributes)
    for name, count in counted.items():
        if count > 1:
            yield f"the id {name[:40]!r} is there {count} times"
        if not name or len(name.split()) != 1:
            yield f"the id {name[:40]!r} is empty or holds spaces"
    for element in page.elements:
        for attribute in _NAMING:
            for name in element.attributes.get(attribute, "").split():
                if name not in counted:
                    where = f"line {element.line}: {attribute} of <{element.tag}>"
                    yield f"{where} names {name[:40]!r}, which is not there"


def _headings(page: Page) -> Iterator[str]:
    headings = [each for each in page.elements if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    count = sum(each.tag == "h1" for each in headings)
    if count != 1:
        yield f"it has {count} <h1> instead of one"
    last = 0
    for each in headings:
        level = int(each.tag[1])
        if level > last + 1:
            yield f"line {each.line}: <{each.tag}> skips a level of headings"
        last = level
        if not page.text_of(each):
            yield f"line {each.line}: <{each.tag}> is empty"


def _pictures(page: Page) -> Iterator[str]:
    for each in page.all("img", "video"):
        where = f"line {each.line}: <{each.tag}>"
        for side in ("width", "height"):
            value = each.attributes.get(side, "")
            if not (value.isascii() and value.isdigit() and 0 < len(value) < 6 and int(value)):
                yield f"{where} has no {side} in whole pixels, so the page jumps while it loads"
        if each.tag == "img" and "alt" not in each.attributes:
            yield f"{where} has no alt text"
    for each in page.all("a", "button"):
        if not _is_named(page, each):
            yield f"line {each.line}: <{each.tag}> has no words that say what it does"


def _is_named(page: Page, element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("aria-label", "").strip() or attributes.get("aria-labelledby", "").strip():
        return True
    pictures = page.within(element, "img")
    return bool(page.text_of(element) or any(each.attributes.get("alt") for each in pictures))
