"""Layers of a drawing, by the names they have in Illustrator and Inkscape, and one layer alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from spineanim.content.artwork.tree import LABEL, NEVER_DRAWN, Node, written
from spineanim.errors import ContentError

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{2,6})_")
"""How Illustrator writes what may not stand in an id."""
_REPEATED: Final = re.compile(r"_\d+_$")
_UNITS: Final = {
    **{"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0},
    **{"mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6},
}
_LENGTH: Final = re.compile(r"([0-9.]{1,30}(?:[eE][+-]?\d{1,3})?) {0,9}([a-z]{0,2})$")

_AUTOMATIC: Final = re.compile(
    r"(?:path|rect|g|use|circle|ellipse|text|tspan|image|layer|polygon|svg|XMLID_|SVGID_)_?[\d_-]+$"
)
_LARGEST: Final = 1e6
_FLATTEST: Final = 50.0


@dataclass(frozen=True)
class Box:
    """A part of a drawing's plane, in its units; y runs down.

    Attributes
    ----------
    left, top, wide, high
        In units of the drawing.
    """

    left: float
    top: float
    wide: float
    high: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.left + self.wide / 2, self.top + self.high / 2

    @classmethod
    def of_page(cls, root: Node) -> Box:
        """Return the page that is drawn on.

        Raises
        ------
        ContentError
            The drawing says no size, or one that is none.
        """
        told = root.attrs.get("viewBox", "").replace(",", " ").split()
        try:
            numbers = [float(each) for each in told[:5]]
        except ValueError:
            numbers = []
        if not told:
            sides = (root.attrs.get(side, "") for side in ("width", "height"))
            numbers = [0.0, 0.0, *map(_length, sides)]
        if len(numbers) == 4 and all(abs(each) < _LARGEST for each in numbers):
            box = cls(*numbers)
            if min(box.wide, box.high) > 1.0 / _LARGEST and (
                1.0 / _FLATTEST < box.wide / box.high < _FLATTEST
            ):
                return box
        raise ContentError(
            f"it has no sensible size ({' '.join(told)[:40] or 'no viewBox'})",
            "give it a page of some hundred units, which the viewBox then names",
        )


def page_ratio(root: Node) -> float:
    """Width by height of what a page is shown in; 0 if the drawing does not say both."""
    wide, high = (_length(root.attrs.get(side, "")) for side in ("width", "height"))
    return wide / high if wide > 0.0 and high > 0.0 else 0.0


def name_of(node: Node) -> str:
    """Name of a layer as its illustrator reads it, in one line; empty if it has none."""
    label = node.attrs.get(LABEL, "").lstrip("#")
    return in_a_line(label or _plain(node.attrs.get("id", "")))


def in_a_line(text: str) -> str:
    """Return what a drawing says so that a terminal can print it: nothing in it steers one."""
    return "".join(each if each.isprintable() else " " for each in text)


def layers_of(root: Node) -> Iterator[Node]:
    """Yield what has a name that somebody gave: groups and single shapes, in order."""
    for node in root.walk():
        shown = node is not root and not _aside(node)
        if shown and name_of(node) and not _AUTOMATIC.match(name_of(node)):
            yield node


class NoLayerError(ContentError):
    """A drawing has no layer of a name.

    Parameters
    ----------
    layer
        The name.
    hint
        Names that there are.
    """

    def __init__(self, layer: str, hint: str) -> None:
        super().__init__(f"it has no layer {layer!r}", hint)
        self.args, self.layer = (layer, hint), layer  # so it can be sent to another process


def layer_named(root: Node, name: str) -> Node:
    """Find a layer by its name, id or label.

    Raises
    ------
    NoLayerError
        There is none.
    ContentError
        Several have that name.
    """
    shown = [node for node in root.walk() if node is not root and not _aside(node)]
    found = [node for node in shown if name in (node.attrs.get(LABEL), node.attrs.get("id"))]
    found = found or [node for node in shown if name == name_of(node)]
    if len(found) > 1:
        lines = " and ".join(str(each.line) for each in found[:3])
        raise ContentError(
            f"layers at lines {lines} are all called {name!r}", "give each a name of its own"
        )
    if found:
        return found[0]
    known = [name_of(each) for each in layers_of(root)]
    close = get_close_matches(name, known, 1, 0.5)
    there = f"there are {', '.join(known[:12])}" if known else "none of its layers has a name"
    raise NoLayerError(name, f"did you mean {close[0]!r}?" if close else there)


def hidden(node: Node) -> Node | None:
    """Return what hides a layer, itself or a group it is in; None if it is seen."""
    for each in (node, *node.above):
        if each.style.get("display") == "none" or each.style.get("visibility") == "hidden":
            return each
    return None


def alone(root: Node, layer: Node) -> Node:
    """Return the drawing with one layer alone, drawn as among the others.

    Groups round it keep their colours, moves and clips. What is beside it is no longer drawn, but
    may still be referred to.
    """
    kept, inside = layer, layer
    for above in layer.above:
        twin = Node(above.tag, above.attrs, above.line)
        for each in above.children:
            if each is inside:
                twin.children.append(kept)
            elif isinstance(each, str) or each.tag in NEVER_DRAWN:
                twin.children.append(each)
            else:
                twin.children.append(Node("defs", {}, each.line, children=[each]))
        kept, inside = twin, above
    return kept


def framed(root: Node, box: Box, wide_px: int, high_px: int) -> str:
    """Write a drawing so that a box of its page fills a picture of so many pixels."""
    page = Box.of_page(root)
    inner = {
        **{name: text for name, text in root.attrs.items() if name != "preserveAspectRatio"},
        "x": repr(page.left),
        "y": repr(page.top),
        "width": repr(page.wide),
        "height": repr(page.high),
        "viewBox": f"{page.left!r} {page.top!r} {page.wide!r} {page.high!r}",
    }
    frame = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"{box.left!r} {box.top!r} {box.wide!r} {box.high!r}",
        "width": str(wide_px),
        "height": str(high_px),
        "preserveAspectRatio": "none",
    }
    return written(Node("svg", frame, 0), inner=written(root, inner))


def _aside(node: Node) -> bool:
    """Tell whether a node is drawn only where another refers to it."""
    return any(each.tag in NEVER_DRAWN for each in (node, *node.above)) or node.tag == "tspan"


def _plain(name: str) -> str:
    """Take Illustrator's escapes out of an id."""

    def letter(found: re.Match[str]) -> str:
        code = int(found.group(1), 16)
        return chr(code) if code < 0x110000 else found.group()

    return _REPEATED.sub("", _ESCAPED.sub(letter, name))


def _length(text: str) -> float:
    """Length in pixels; nan if it is none."""
    found = _LENGTH.match(text.strip().lower())
    try:
        return float(found.group(1)) * _UNITS[found.group(2)] if found else float("nan")
    except (KeyError, ValueError):
        return float("nan")
