"""Labels: a name beside what it names, with a thin leader and a dot.

A rack sets all labels of one side at once, so that they keep their distance from one another,
stay in the safe area and above the captions, and their leaders do not cross.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import Align, TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import CAPTION_FLOOR, FRAME_HEIGHT, px

GAP = px(34)
_STUB = px(30)
_CEILING_PX = 70.0


@dataclass(frozen=True)
class Rack:
    """A column that labels of one side stand in.

    Attributes
    ----------
    x
        Scene height line of the texts' inner edge, where leaders start.
    outward
        -1 when the words stand to the left of it, +1 to the right.
    width
        Widest line of words in scene units.
    plated
        Whether words stand on a soft white plate, as over a figure.
    ceiling
        Highest that words may reach, in scene units.
    floor
        Lowest that words may reach; words of a thing further down stand above it.
    """

    x: float
    outward: int
    width: float
    plated: bool = False
    ceiling: float = FRAME_HEIGHT / 2 - px(_CEILING_PX)
    floor: float = CAPTION_FLOOR + px(30)


class Label(Part):
    """Words, leader and dot of one named thing.

    Attributes
    ----------
    words
        The name and the smaller line, for tests.
    """

    def __init__(self, block: Part, leader: Part, words: LabelText) -> None:
        super().__init__(leader, block, opacity=0.0, fixed_in_frame=True)
        self.set_z_index(900)
        self.block = block
        self.words = words


def rack_labels(
    rack: Rack,
    targets: Mapping[str, NDArray[np.float64]],
    words: Mapping[str, LabelText],
    theme: Theme,
) -> dict[str, Label]:
    """Set the labels of one side.

    Parameters
    ----------
    rack
        The column they stand in.
    targets
        Name of a label to the frame point (3,) it names.
    words
        Name of a label to its words.

    Returns
    -------
    The labels by name, unseen until they are made to appear.
    """
    order = sorted(targets, key=lambda name: -float(targets[name][1]))
    blocks = {name: _words(words[name], rack, theme) for name in order}
    heights = [blocks[name][1] for name in order]
    tops = _spread([float(targets[name][1]) for name in order], heights, rack)
    labels = {}
    for name, top in zip(order, tops, strict=True):
        block, _, first_line = blocks[name]
        if rack.plated:
            block.submobjects.insert(0, _plate(block, theme))
        block.shift((rack.x + rack.outward * px(14), top, 0.0))
        start = np.array([rack.x, top + first_line, 0.0])
        labels[name] = Label(block, _leader(start, targets[name], rack, theme), words[name])
    return labels


def _words(words: LabelText, rack: Rack, theme: Theme) -> tuple[Part, float, float]:
    """Block with its top at the origin, its height, and the height of its leader."""
    name, detail = theme.style("label"), theme.style("detail")
    align: Align = "right" if rack.outward < 0 else "left"
    head = TextBlock(wrap(words.text, name, rack.width), name, theme.color(name.color), align)
    capital = 0.66 * px(name.size_px)
    head.shift((0.0, -capital, 0.0))
    block, height = Part(head), head.height_units
    if words.detail:
        lines = wrap(words.detail, detail, rack.width)
        below = TextBlock(lines, detail, theme.color(detail.color), align)
        drop = capital + (len(head.lines) - 1) * px(name.line_px) + px(detail.line_px)
        below.shift((0.0, -drop, 0.0))
        block.add(below)
        height = drop + below.height_units - 0.66 * px(detail.size_px)
    return block, height, -capital / 2


def _plate(block: Part, theme: Theme) -> Shape:
    """Return a soft white plate behind words, so that they stand out from any figure."""
    texts = [line.points for line in block.get_family() if len(line.points)]
    points = np.concatenate(texts)
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([px(16), px(12), 0.0])
    size = high - low + 2 * room
    plate = rounded_plate(float(size[0]), float(size[1]), px(14))
    plate.set_fill(theme.color("panel.fill"), opacity=0.82)
    return plate.shift((low + high) / 2)


def _spread(wanted: list[float], heights: list[float], rack: Rack) -> list[float]:
    """Tops of the blocks: each near its target, none over another, all in the column."""
    tops: list[float] = []
    limit = rack.ceiling
    for height, at in zip(heights, wanted, strict=True):
        tops.append(min(at + height / 3, limit))
        limit = tops[-1] - height - GAP
    floor = rack.floor
    for index in range(len(tops) - 1, -1, -1):
        tops[index] = max(tops[index], floor + heights[index])
        floor = tops[index] + GAP
    return tops


def _leader(
    start: NDArray[np.float64], target: NDArray[np.float64], rack: Rack, theme: Theme
) -> Part:
    """White-edged line from the words, level at first, to a dot on the target."""
    bend = start - [rack.outward * _STUB, 0.0, 0.0]
    course = np.array([start, bend, target])
    return Part(
        Shape(course, closed=False, stroke="#FFFFFF", stroke_px=5.0, stroke_opacity=0.8),
        Shape(course, closed=False, stroke=theme.color("ink.leader"), stroke_px=2.2),
        dot(target, 7.5, "#FFFFFF"),
        dot(target, 5.0, theme.color("accent.focus")),
    )


def dot(centre: NDArray[np.float64], radius_px: float, color: str, opacity: float = 1.0) -> Shape:
    """Return a filled circle of a radius given in pixels at 1080 lines."""
    angles = np.linspace(0.0, 2.0 * np.pi, 33)[:-1]
    ring = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(len(angles))])
    return Shape(np.asarray(centre) + px(radius_px) * ring, fill=color, fill_opacity=opacity)
