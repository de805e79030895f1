"""What an SVG holds, as plain nodes: nothing but SVG's own elements, without declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from spineanim.content.artwork.styles import declarations

SVG: Final = "http://www.w3.org/2000/svg"
LABEL: Final = "inkscape:label"
"""Attribute under which a node keeps the name of its layer in Inkscape."""
NEVER_DRAWN: Final = frozenset(
    {
        *("defs", "symbol", "clipPath", "mask", "pattern", "marker", "filter"),
        *("linearGradient", "radialGradient", "style", "title", "desc", "metadata"),
    }
)
"""Elements that show nothing where they stand."""


@dataclass(eq=False)
class Node:
    """An element.

    Attributes
    ----------
    tag
        Its name, without a prefix.
    attrs
        Attributes by name; `xlink:href` is `href`.
    line
        Where it stands in its file, from 1.
    parent
        What it stands in; None for the root.
    children
        Elements and pieces of text, in order.
    pixels
        Of the picture that it embeds; 0 if it embeds none.
    """

    tag: str
    attrs: dict[str, str]
    line: int
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)
    pixels: int = 0

    @property
    def nodes(self) -> list[Node]:
        """Elements in it."""
        return [each for each in self.children if isinstance(each, Node)]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @cached_property
    def style(self) -> dict[str, str]:
        """Its declarations: attributes, and before them what stands in `style`."""
        own = {name: text for name, text in self.attrs.items() if name != "style"}
        return {**own, **declarations(self.attrs.get("style", ""))}

    @property
    def above(self) -> Iterator[Node]:
        """What it stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """Yield the element and all in it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.nodes))


def written(node: Node, attrs: dict[str, str] | None = None, inner: str | None = None) -> str:
    """Write an element as XML.

    Parameters
    ----------
    node
        The element.
    attrs
        Attributes in place of its own.
    inner
        What it holds, in place of its own.
    """
    own = node.attrs if attrs is None else attrs
    said = "".join(f" {name}={quoteattr(text)}" for name, text in own.items() if name != LABEL)
    if inner is None:
        inner = "".join(
            escape(each) if isinstance(each, str) else written(each) for each in node.children
        )
    return f"<{node.tag}{said}>{inner}</{node.tag}>"
