"""Rules of a style sheet, as far as it takes to see what they ask for.

Sheets may be anybody's: everything here takes time in proportion to their length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

REFERENCE: Final = re.compile(r"url\(\s{0,9}['\"]?\s{0,9}#([^'\")\s]+)")
"""A reference to an element of the same file."""
_NAME: Final = re.compile(r"[#.][\w-]+|^[\w-]+")
_ASIDE: Final = frozenset(("mask", "clip-path", "filter", "mix-blend-mode", "isolation"))
_LONGEST_SELECTOR: Final = 300


@dataclass(frozen=True)
class Rule:
    """One selector with its declarations.

    Attributes
    ----------
    selector
        As it stands in the sheet.
    key
        What an element must have: `.class`, `#id`, a tag, or `*` for any.
    style
        Declarations by name.
    """

    selector: str
    key: str
    style: dict[str, str]


def rules_in(sheet: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet, those within `@media` too, one for each selector."""
    for piece in _without_comments(sheet).split("}"):
        selectors, opened, body = piece.rpartition("{")
        if opened:
            style = declarations(body.replace("!important", ""))
            for selector in selectors.rpartition("{")[2].split(";")[-1].split(","):
                yield Rule(selector.strip(), _key(selector.strip()), style)


def declarations(text: str) -> dict[str, str]:
    """Return the declarations of a rule, or of an attribute `style`, by name."""
    found: dict[str, str] = {}
    for piece in text.split(";"):
        name, _, value = piece.partition(":")
        if value.strip():
            found[name.strip().lower()] = value.strip()
    return found


def drawn_aside(style: dict[str, str]) -> bool:
    """Tell whether declarations have something drawn on a layer of its own first."""
    return style.get("opacity", "1") not in ("1", "1.0") or any(
        style.get(name, "none") not in ("none", "normal", "auto", "") for name in _ASIDE
    )


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return " ".join([first, *(each.partition("*/")[2] for each in others)])


def _key(selector: str) -> str:
    """Say what the element must have that a selector is about."""
    for sign in ">+~":
        selector = selector.rpartition(sign)[2]
    last = (selector.split() or ["*"])[-1][:_LONGEST_SELECTOR]
    names = _NAME.findall(last.partition("[")[0].partition(":")[0])
    for name in names:
        if name[0] in "#.":
            return str(name)
    return str(names[0]) if names else "*"
