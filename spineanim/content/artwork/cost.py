"""How long a drawing takes, guessed from its nodes, so that what never ends is not begun.

Weights are what a picture of a million pixels took on two old cores, in milliseconds. A drawing
that slips through is stopped by the clock when it is drawn (`raster.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spineanim.content.artwork.styles import REFERENCE, Rule, drawn_aside, rules_in
from spineanim.content.artwork.tree import NEVER_DRAWN, Node

_MOST_MS: Final = 6_000.0
_LONGEST_CHAIN: Final = 80
"""Elements in elements, through references too."""
_ELEMENT, _NUMBER, _ARC_NUMBER, _LETTER = 0.025, 0.004, 0.1, 0.05
_LAYER: Final = 4.0
"""What is see-through, cut or mixed is drawn aside first."""
_STEP: Final = 40.0
"""One step of a filter."""
_OCTAVE: Final = 370.0
_PIXEL: Final = 2e-5
"""One of an embedded picture, each time that it is drawn."""
_MOST_ASKED: Final = 2_000_000
"""Rules of style times elements: each is asked for each."""
_MOST_RULES: Final = 10_000
_MOST_DECLARATIONS: Final = 100_000
"""Of all rules, a rule for each of its selectors."""
_NUMBERS: Final = re.compile(r"\d+")
_SHAPE_DATA: Final = ("d", "points", "transform", "values", "kernelMatrix")


class TooMuchError(Exception):
    """A drawing repeats itself without end, or takes too long."""

    def __init__(self, what: str, node: Node, remedy: str) -> None:
        super().__init__(what)
        self.line, self.remedy = node.line, remedy


def refuse_costly(root: Node) -> None:
    """Refuse a drawing that takes too long.

    Raises
    ------
    TooMuchError
        It does, or it refers to itself.
    """
    nodes = list(root.walk())
    rules: list[Rule] = []
    said = 0
    for rule in (each for node in nodes if node.tag == "style" for each in rules_in(node.text)):
        rules.append(rule)
        said += len(rule.style)
        if max(len(rules) * len(nodes) / _MOST_ASKED, len(rules) / _MOST_RULES) > 1.0 or (
            said > _MOST_DECLARATIONS
        ):
            raise TooMuchError("it has too many rules of style", root, "save it with fewer styles")
    meter = _Meter(nodes, rules)
    cost, _ = meter.of(root, 0)
    if cost > _MOST_MS:
        raise TooMuchError(
            "it would take too long to draw (too many shapes, points, see-through groups or "
            "filters)",
            root,
            "simplify it, or draw parts of it as an embedded picture",
        )


class _Asked:
    """What styles ask for: whether to draw aside, and which elements, how often each."""

    def __init__(self) -> None:
        self.aside = False
        self.ids: dict[str, bool] = {}
        """Elements referred to; whether they stand at every point of a path."""

    def add(self, style: dict[str, str]) -> None:
        """Take in declarations."""
        self.aside = self.aside or drawn_aside(style)
        for name, value in style.items():
            for found in REFERENCE.findall(value):
                self.ids[found] = self.ids.get(found, False) or name.startswith("marker")


class _Meter:
    """Adds costs up, through references; every node is measured once."""

    def __init__(self, nodes: list[Node], rules: list[Rule]) -> None:
        self.ids = {node.attrs["id"]: node for node in reversed(nodes) if "id" in node.attrs}
        self._rules: dict[str, _Asked] = {}
        for rule in rules:
            self._rules.setdefault(rule.key, _Asked()).add(rule.style)
        self._found: dict[Node, tuple[float, int]] = {}
        self._open: set[Node] = set()

    def of(self, node: Node, depth: int) -> tuple[float, int]:
        """Cost of a node with all it draws, and how long the longest chain under it is."""
        if node in self._found:
            return self._found[node]
        if node in self._open:
            raise TooMuchError("it refers to itself", node, "remove the clone of itself")
        if depth > _LONGEST_CHAIN:
            raise _too_long(node)
        self._open.add(node)
        asked = [_Asked(), *self._held(node)]
        asked[0].add(node.style)
        cost, below = _own(node), 0
        cost += _LAYER if any(each.aside for each in asked) else 0.0
        inside = [each for each in node.nodes if each.tag not in NEVER_DRAWN or _needed(node)]
        for each, times in [*((each, 1.0) for each in inside), *self._referred(node, asked)]:
            more, deep = self.of(each, depth + 1)
            cost, below = cost + times * more, max(below, deep + 1)
        self._open.discard(node)
        if below > _LONGEST_CHAIN:
            raise _too_long(node)
        self._found[node] = cost, below
        return self._found[node]

    def _held(self, node: Node) -> list[_Asked]:
        """Return what rules that may hold for a node ask for."""
        names = ["*", node.tag, f"#{node.attrs.get('id', '')}"]
        names += {f".{each}" for each in node.attrs.get("class", "").split()}
        return [self._rules[name] for name in names if name in self._rules]

    def _referred(self, node: Node, asked: list[_Asked]) -> Iterator[tuple[Node, float]]:
        """Yield what a node refers to, and how often that is drawn."""
        href = node.attrs.get("href", "")
        if href.startswith("#") and href[1:] in self.ids:
            yield self.ids[href[1:]], 1.0
        points = node.attrs.get("d", node.attrs.get("points", ""))
        for each in asked:
            for name, at_points in each.ids.items():
                if name in self.ids:
                    times = len(_NUMBERS.findall(points)) if at_points else 1
                    yield self.ids[name], float(max(times, 1))


def _needed(node: Node) -> bool:
    """Tell whether a node is drawn only for others, with all that is in it."""
    return node.tag in NEVER_DRAWN and node.tag not in ("defs", "style")


def _too_long(node: Node) -> TooMuchError:
    return TooMuchError("it has clones of clones of clones", node, "unlink clones")


def _own(node: Node) -> float:
    """Cost of a node by itself."""
    cost = _ELEMENT + _PIXEL * node.pixels
    for name in _SHAPE_DATA:
        data = node.attrs.get(name, "")
        a_number = _ARC_NUMBER if name == "d" and "a" in data.lower() else _NUMBER
        cost += a_number * len(_NUMBERS.findall(data))
    if node.tag in ("text", "tspan", "textPath"):
        cost += _LETTER * sum(len(each) for each in node.children if isinstance(each, str))
    if node.tag.startswith("fe") and node.parent is not None and node.parent.tag == "filter":
        cost += _step(node)
    return cost


def _step(node: Node) -> float:
    """Cost of a step of a filter; a turbulence, or a wide search, takes longer."""
    if node.tag == "feTurbulence":
        return _OCTAVE * _largest(node.attrs.get("numOctaves", "1"))
    if node.tag == "feMorphology":
        return _STEP * (1.0 + _largest(node.attrs.get("radius", "0")))
    if node.tag == "feConvolveMatrix":
        return _STEP * (1.0 + _largest(node.attrs.get("order", "3")) ** 2 / 4.0)
    return _STEP


def _largest(text: str) -> float:
    """Return the largest number of a list; what is no number is worth nothing."""
    found = [0.0]
    for each in text.replace(",", " ").split()[:4]:
        try:
            found.append(abs(float(each)))
        except ValueError:
            continue
    return min(max(found), 1e9)
