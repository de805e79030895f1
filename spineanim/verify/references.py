"""What pages refer to, and where in the folder that is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from spineanim.verify.page_tree import Element, Page

_LOADED: Final = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "script": ("src",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
}
"""Attributes whose files a browser fetches by itself."""
_FOLLOWED: Final = ("a", "area")
_TOLD: Final = frozenset(("canonical", "alternate", "license", "author", "next", "prev", "help"))
"""Relations of a <link> that are not fetched."""
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED: Final = re.compile(r"[\t\n\r]")  # as browsers do


@dataclass(frozen=True)
class Reference:
    """A place in a page that names an address.

    Attributes
    ----------
    element, attribute
        Where it stands.
    url
        What it says, rid of what browsers ignore.
    is_fetched
        Whether a browser fetches it by itself; otherwise people follow it.
    """

    element: Element
    attribute: str
    url: str
    is_fetched: bool

    @property
    def place(self) -> str:
        """Where it is and what it says, for a finding."""
        return (
            f"line {self.element.line}: {self.attribute} {self.url[:80]!r} of <{self.element.tag}>"
        )


def references(page: Page) -> Iterator[Reference]:
    """All addresses of a page, in order."""
    for element in page.elements:
        for attribute, value in element.attributes.items():
            is_fetched = attribute in _LOADED.get(element.tag, ())
            if attribute == "srcset" and is_fetched:
                for candidate in value.split(","):
                    url = (candidate.split() or [""])[0]
                    yield Reference(element, attribute, cleaned(url), True)
            elif is_fetched:
                yield Reference(element, attribute, cleaned(value), True)
            elif attribute == "href" and element.tag in _FOLLOWED:
                yield Reference(element, attribute, cleaned(value), False)
            elif attribute == "href" and element.tag == "link":
                told = set(element.attributes.get("rel", "").lower().split()) <= _TOLD
                yield Reference(element, attribute, cleaned(value), not told)


def cleaned(url: str) -> str:
    """Address without what browsers drop from it before they look at it."""
    return _IGNORED.sub("", url).strip("".join(map(chr, range(33))))


def scheme_of(url: str) -> str:
    """Scheme in small letters, ``//`` for one without that names a host, or nothing."""
    if found := _SCHEME.match(url):
        return found[1].lower()
    return "//" if url.replace("\\", "/").startswith("//") else ""


@dataclass(frozen=True)
class Target:
    """Where a relative address leads.

    Attributes
    ----------
    file
        Path below the upload folder.
    fragment
        What stands behind `#`.
    fault
        Why it leads nowhere; nothing if it does.
    """

    file: str
    fragment: str = ""
    fault: str = ""


def resolved(url: str, base: str, files: frozenset[str]) -> Target:
    """Follow a relative address.

    Parameters
    ----------
    url
        Without scheme and host.
    base
        File that it stands in.
    files
        All there are.
    """
    if "\\" in url or not url.isprintable():
        return Target("", fault="it holds a backslash or a sign that cannot be printed")
    try:
        parts = urlsplit(url)
    except ValueError:
        return Target("", fault="it is no address")
    path = unquote(parts.path)
    if path.startswith("/"):
        return Target("", fault="it begins with / and works at the top of a server alone")
    if not path:
        return Target(base, parts.fragment)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    if file == ".." or file.startswith("../"):
        return Target("", fault="it leads out of the folder")
    if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        file = posixpath.normpath(posixpath.join(file, "index.html"))
    if file in files:
        return Target(file, parts.fragment)
    alike = next((each for each in sorted(files) if each.lower() == file.lower()), None)
    if alike is not None:
        return Target(alike, parts.fragment, f"{alike} is written otherwise")
    return Target(file, parts.fragment, f"there is no {file}")
