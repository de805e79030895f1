"""Says what resvg reads otherwise than browsers so that both read it alike.

What cannot be said otherwise is named by `features.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spineanim.content.artwork.styles import REFERENCE, declarations
from spineanim.content.artwork.tree import LABEL, Node

_TRANSFORMS: Final = {
    "linearGradient": "gradientTransform",
    "radialGradient": "gradientTransform",
    "pattern": "patternTransform",
}
"""What a gradient or pattern has from the one that it refers to, if it has none of its own."""


def make_even(root: Node) -> None:
    """Say a drawing's doubtful parts as browsers read them; it must not refer to itself.

    Of two elements with one id, the first has it: the others keep it as their layer's name. A
    gradient or a pattern moves with the one it refers to. A filter that is not there does nothing.
    """
    ids: dict[str, Node] = {}
    for node in root.walk():
        name = node.attrs.get("id")
        if name is not None and ids.setdefault(name, node) is not node:
            node.attrs.setdefault(LABEL, node.attrs.pop("id"))
            node.attrs.pop("id", None)
    for node in root.walk():
        name = _TRANSFORMS.get(node.tag, "")
        if name and name not in node.attrs:
            _inherit(node, name, ids)
        _drop_lost_filter(node, ids)
        node.__dict__.pop("style", None)  # it may have been asked before


def _inherit(node: Node, name: str, ids: Mapping[str, Node]) -> None:
    """Give a gradient or pattern the transform of the nearest that it has others from."""
    other: Node | None = node
    while other is not None and _TRANSFORMS.get(other.tag) == name:
        if name in other.attrs:
            node.attrs[name] = other.attrs[name]
            return
        other = ids.get(other.attrs.get("href", "").removeprefix("#"))


def _drop_lost_filter(node: Node, ids: Mapping[str, Node]) -> None:
    """Take away a filter that is not in the file: resvg would not draw the element."""

    def is_lost(told: str) -> bool:
        found = REFERENCE.match(told)
        return found is not None and found.group(1) not in ids

    if is_lost(node.attrs.get("filter", "")):
        del node.attrs["filter"]
    style = declarations(node.attrs["style"]) if "filter" in node.attrs.get("style", "") else {}
    if is_lost(style.get("filter", "")):
        del style["filter"]
        node.attrs["style"] = ";".join(f"{name}:{value}" for name, value in style.items())
