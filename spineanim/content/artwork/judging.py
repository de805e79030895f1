"""What a drawing holds, layer by layer, as its illustrator wants to know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spineanim.content.artwork.layers import alone, hidden, layers_of, name_of
from spineanim.content.artwork.raster import rough_boxes
from spineanim.content.artwork.tree import Node, written

_MOST_LETTERS: Final = 30_000_000
_MOST_NODES: Final = 150_000
"""Of drawings that are measured at once; each is written once for each of its layers."""


@dataclass(frozen=True)
class LayerSeen:
    """A layer, and what is seen of it.

    Attributes
    ----------
    name
        As its illustrator named it.
    line
        Where it stands in the file, from 1.
    size
        Width and height of what it shows, in units of the drawing; None if that is nothing, or
        was not measured.
    note
        Why it shows nothing; empty if it shows something.
    """

    name: str
    line: int
    size: tuple[float, float] | None
    note: str


def layers_seen(root: Node) -> Iterator[LayerSeen]:
    """Yield every layer that has a name, in the order of the file.

    Raises
    ------
    RasterError
        The drawing cannot be drawn.
    """
    layers = list(layers_of(root))
    nodes = sum(1 for _ in root.walk())
    most = max(min(_MOST_LETTERS // max(len(written(root)), 1), _MOST_NODES // nodes), 1)
    shown = [each for each in layers if hidden(each) is None][:most]
    found = rough_boxes([alone(root, each) for each in shown])
    boxes = dict(zip(map(id, shown), found, strict=True))
    for each in layers:
        box = boxes.get(id(each))
        note = "" if box else "shows nothing"
        if hidden(each):
            note = "hidden"
        elif id(each) not in boxes:
            note = "not measured"
        yield LayerSeen(name_of(each), each.line, (box.wide, box.high) if box else None, note)
