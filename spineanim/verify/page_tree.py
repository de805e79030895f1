"""Pages as a flat list of elements that know their parents: no depth can exhaust anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
"""Elements that have no end."""
_MOST_ELEMENTS, _MOST_DEPTH, _MOST_FAULTS = 20_000, 200, 5


@dataclass
class Element:
    """One element of a page.

    Attributes
    ----------
    tag
        In small letters.
    attributes
        Values by name in small letters; an attribute without a value is ``""``.
    line
        Where it begins, from 1.
    parent
        What it stands in, if anything.
    place
        Its number in the page.
    inside
        Numbers of the elements in it, from and to (not included).
    words
        Numbers of the texts in it, from and to (not included).
    """

    tag: str
    attributes: dict[str, str]
    line: int
    parent: Element | None = field(repr=False)
    place: int
    inside: tuple[int, int]
    words: tuple[int, int]


@dataclass
class Page:
    """An HTML page.

    Attributes
    ----------
    file
        Its path below the upload folder.
    elements, texts
        All of it, in order.
    doctype
        What its document type says, such as `DOCTYPE html`.
    faults
        What is not well-formed, each a clause.
    """

    file: str
    elements: list[Element]
    texts: list[str]
    doctype: str
    faults: list[str]

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these tags, in order."""
        return (each for each in self.elements if each.tag in tags)

    def within(self, outer: Element, *tags: str) -> list[Element]:
        """Elements of these tags that stand in another."""
        return [each for each in self.elements[slice(*outer.inside)] if each.tag in tags]

    def text_of(self, outer: Element) -> str:
        """Words of an element and all in it, spaces made one."""
        return " ".join(" ".join(self.texts[slice(*outer.words)]).split())

    @property
    def language(self) -> str:
        """What it says its language is."""
        return next((each.attributes.get("lang", "") for each in self.all("html")), "")

    @property
    def ids(self) -> set[str]:
        """All that a fragment can lead to."""
        return {each.attributes["id"] for each in self.elements if "id" in each.attributes}


def parse_page(file: str, text: str) -> Page:
    """Parse a page; it must be written out in full, each element closed where it stands.

    Parameters
    ----------
    file
        Its path below the upload folder.
    text
        Its HTML.
    """
    builder = _Builder()
    try:
        builder.feed(text)
        builder.end()
    except (AssertionError, ValueError) as error:  # of marked sections that HTML does not have
        builder.complain(f"it cannot be parsed ({' '.join(str(error).split())})")
    except _TooMuchError as error:
        builder.complain(str(error))
    builder.close_to(0)
    return Page(file, builder.elements, builder.texts, builder.doctype, builder.faults)


class _TooMuchError(Exception):
    """A page is larger or deeper than anybody would write it."""


class _Builder(HTMLParser):
    """Gathers elements and what is wrong with how they stand in one another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self.open: list[Element] = []
        self.doctype = ""
        self.faults: list[str] = []

    def complain(self, fault: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)

    def handle_decl(self, decl: str) -> None:
        if self.doctype or self.elements:
            self.complain(f"line {self.getpos()[0]}: <!{decl[:30]}> does not belong there")
        self.doctype = self.doctype or decl

    def unknown_decl(self, data: str) -> None:
        self.complain(f"line {self.getpos()[0]}: <![{data[:30]}]> is no HTML")

    def handle_pi(self, data: str) -> None:
        self.complain(f"line {self.getpos()[0]}: <?{data[:30]}> is no HTML")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if len(self.elements) >= _MOST_ELEMENTS or len(self.open) >= _MOST_DEPTH:
            raise _TooMuchError(f"line {line}: it has more or deeper elements than a page needs")
        attributes = {name: value or "" for name, value in reversed(attrs)}  # the first counts
        if len(attributes) != len(attrs):
            self.complain(f"line {line}: <{tag}> has an attribute twice")
        place, parent = len(self.elements), self.open[-1] if self.open else None
        inside, words = (place + 1, place + 1), (len(self.texts), len(self.texts))
        element = Element(tag, attributes, line, parent, place, inside, words)
        self.elements.append(element)
        if not _VOID.fullmatch(tag):
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        line = self.getpos()[0]
        if _VOID.fullmatch(tag):
            self.complain(f"line {line}: <{tag}> has no end tag")
        elif self.open and self.open[-1].tag == tag:
            self.close_to(len(self.open) - 1)
        else:
            inner = (
                f"<{self.open[-1].tag}> of line {self.open[-1].line}" if self.open else "nothing"
            )
            self.complain(f"line {line}: </{tag}> where {inner} is open")
            depths = [depth for depth, each in enumerate(self.open) if each.tag == tag]
            if depths:  # go on behind the nearest of that tag
                self.close_to(depths[-1])

    def close_to(self, depth: int) -> None:
        """Close open elements until so many are left."""
        for element in self.open[depth:]:
            element.inside = element.inside[0], len(self.elements)
            element.words = element.words[0], len(self.texts)
        del self.open[depth:]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not _VOID.fullmatch(tag):
            self.close_to(len(self.open) - 1)
            if not any(each.tag in ("svg", "math") for each in self.open) and tag != "svg":
                self.complain(f"line {self.getpos()[0]}: <{tag}/> is not closed by its slash")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append(data)
        elif data.strip():
            self.complain(f"line {self.getpos()[0]}: words stand outside of the page")

    def end(self) -> None:
        """Complain about what was never closed.

        The parser is not closed either: it would look for the end of each thing that has none
        from every sign of it on, which takes minutes for a page made to that end.
        """
        if self.rawdata.strip():
            self.complain(f"line {self.getpos()[0]}: it breaks off within a tag or a reference")
        for element in self.open:
            self.complain(f"line {element.line}: <{element.tag}> is never closed")
