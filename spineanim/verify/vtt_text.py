"""The words of a WebVTT cue: tags and character references, checked and taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Final

STAMP: Final = re.compile(r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
"""A time; six digits of hours are more than any film has, and cannot stall a conversion."""
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_TAG: Final = re.compile(r"(/?)([a-z]+)((?:\.[^\s.<>&]+)*)(?:[ \t]+([^<>]*))?", re.ASCII)
_MARK: Final = re.compile("[<&]")
_NAMED: Final = frozenset({"c", "i", "b", "u", "ruby", "rt", "v", "lang"})
_TOLD: Final = frozenset({"v", "lang"})  # say whose voice, or which language


def seconds(stamp: re.Match[str]) -> float:
    """Return the time that a match of `STAMP` says, in seconds."""
    hours, minutes, whole, thousandths = (int(part or 0) for part in stamp.groups())
    return hours * 3600 + minutes * 60 + whole + thousandths / 1000


def plain(payload: str) -> str:
    """Return the words of a cue as they are read: no tags, references replaced."""
    return unescape(re.sub(r"<[^<>]*>", "", payload))


def payload_problems(payload: str, start_s: float, end_s: float) -> Iterator[tuple[int, str]]:
    """Say what is wrong with the words of a cue.

    Parameters
    ----------
    payload
        Its lines as they stand in the file.
    start_s, end_s
        When it begins and ends; stamps within lie between.

    Yields
    ------
    How many lines below its first, and what is wrong there.
    """
    open_tags: list[str] = []
    latest_s = start_s
    for below, line in enumerate(payload.split("\n")):
        at = 0
        while (found := _MARK.search(line, at)) is not None:
            at = found.end()
            if found[0] == "&":
                reference = _REFERENCE.match(line, at - 1)
                if reference is None:
                    yield below, "`&` must be written `&amp;`"
                elif "#" not in reference[0] and reference[0][1:] not in html5:
                    yield below, f"`{reference[0][:40]}` is no character reference"
                continue
            end = line.find(">", at)
            if end < 0:
                yield below, "`<` must be written `&lt;`"
                break
            inside, at = line[at:end], end + 1
            stamp = STAMP.fullmatch(inside)
            if stamp is None:
                for what in _tag_problems(inside, open_tags):
                    yield below, what
                continue
            if not latest_s < seconds(stamp) < end_s:
                yield below, f"the time `<{inside}>` is not between those around it"
            latest_s = max(latest_s, seconds(stamp))
    if open_tags and open_tags != ["v"]:  # a voice that says all of it needs no end
        yield payload.count("\n"), f"`<{open_tags[-1]}>` is not closed"


def _tag_problems(inside: str, open_tags: list[str]) -> Iterator[str]:
    """Say what is wrong with a tag, and keep account of which are open."""
    tag = _TAG.fullmatch(inside)
    if tag is None or tag[2] not in _NAMED:
        yield f"`<{inside[:40]}>` is no tag of WebVTT; `<` must be written `&lt;`"
        return
    is_end, name, classes, annotation = tag.groups()
    if is_end:
        if name == "ruby" and open_tags[-1:] == ["rt"]:  # whose end may be left out
            open_tags.pop()
        if open_tags[-1:] != [name] or classes or annotation:
            yield f"`<{inside[:40]}>` closes no tag that is open"
        else:
            open_tags.pop()
        return
    if (name in _TOLD) != bool((annotation or "").strip()):
        yield f"`<{inside[:40]}>` " + ("says not what" if name in _TOLD else "says too much")
    if name == "rt" and "ruby" not in open_tags:
        yield "`<rt>` stands outside of `<ruby>`"
    open_tags.append(name)
