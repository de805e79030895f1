"""Where the words of one label may stand, and what each place costs.

Words stand to the right or left of what they name, in columns of a grid that all labels share, or
above or below it. A level leader is best; a bent one runs level at first. Costs weigh the length
of the leader against words on the figure and bent or steep leaders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.mobjects.label_cover import Cover
from spineanim.mobjects.label_room import Places, leader_meets_box, overlap
from spineanim.mobjects.label_words import Words
from spineanim.mobjects.text import Align
from spineanim.stage import Format, px

Floats = NDArray[np.float64]
Side = Literal["right", "left", "above", "below"]

PAD: Final = px(13)
"""Between words and the start of their leader."""
STUB: Final = px(30)
"""Level stretch of a bent leader."""
_OVER_CAPTIONS: Final = px(24)
_TITLE_SAFE: Final = 0.9
"""Share of the width that words stay within (EBU R 95)."""
EDGE: Final = px(24)
"""A target nearer to the edge of the frame is not pointed at."""
_COLUMN: Final = px(20)
_STEP: Final = px(16)
NEAREST: Final = px(62)
"""Shortest leader."""
_FARTHEST: Final = px(760)
_RISE: Final = px(400)
_ASIDE: Final = px(44)
"""How far from a dot words stand at the least."""
_STEEPEST: Final = 0.22
_HEADING_ROOM: Final = np.array([px(90), px(26)])
"""Beside a heading words keep further off, or they would be read on with it."""
_MARGIN: Final = px(34)
"""Room that words like to keep round them, free of the figure."""
_TOUCHED: Final = 0.25
"""Share of words and margin on the figure that counts as all of them."""


@dataclass(frozen=True)
class Callout:
    """What a label points at.

    Attributes
    ----------
    at
        Scene point (3,), or several (K, 3) of which the best is taken, such as those of a tube.
    sides
        Where its words may stand, the best first.
    fixed
        Whether the point stands fixed in the frame, whatever the camera does.
    """

    at: ArrayLike
    sides: tuple[Side, ...] = ("right", "left")
    fixed: bool = False


@dataclass(frozen=True)
class Naming:
    """What labels of one picture name, and what they keep off.

    Attributes
    ----------
    callouts
        By the labels' names in the script.
    figure
        Closed outlines (N, 3) that words keep off if they can.
    focus
        Closed outlines that words and leaders keep off more strongly.
    fixed
        Whether the outlines stand fixed in the frame.
    """

    callouts: Mapping[str, Callout]
    figure: Sequence[Floats] = ()
    focus: Sequence[Floats] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Room:
    """What is in the frame already.

    Attributes
    ----------
    fmt
        The frame.
    boxes
        Boxes (4,) that words and leaders keep off: the heading, words of other labels.
    courses
        Leaders (3, 2) of other labels.
    figure, focus
        What else is better kept free.
    """

    fmt: Format
    boxes: Sequence[Floats] = ()
    courses: Sequence[Floats] = ()
    figure: Cover | None = None
    focus: Cover | None = None


@dataclass(frozen=True)
class Wanted:
    """A label to be placed.

    Attributes
    ----------
    name
        Its name in the script.
    targets
        Frame points (K, 2) it may point at.
    sides
        As in `Callout`.
    ways
        How its words can be broken.
    """

    name: str
    targets: Floats
    sides: tuple[Side, ...]
    ways: Sequence[Words]


@dataclass(frozen=True)
class Options:
    """Places open to one label, N of them, the cheapest first.

    Attributes
    ----------
    places
        Boxes and leaders.
    costs, columns
        Trouble of each, and the column it stands in (N,); labels of one side share a column.
    way, target
        Which way of setting the words and which target (N,).
    sides
        -1 left, +1 right, 0 above or below (N,).
    """

    places: Places
    costs: Floats
    columns: NDArray[np.int64]
    way: NDArray[np.int64]
    target: NDArray[np.int64]
    sides: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.costs)

    def pick(self, index: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Options:
        """Return some of the places."""
        places = Places(self.places.boxes[index], self.places.courses[index])
        return Options(
            places,
            self.costs[index],
            self.columns[index],
            self.way[index],
            self.target[index],
            self.sides[index],
        )


def words_room(fmt: Format) -> tuple[float, float, float, float]:
    """Left, bottom, right and top that words stay within: the safe area, clear of captions.

    In a wide frame that is narrower than `safe_box`, which has one margin on all sides: players and
    screens cut off a share of the width.
    """
    left, bottom, right, top = fmt.safe_box
    edge = _TITLE_SAFE * fmt.width / 2
    return max(left, -edge), bottom + _OVER_CAPTIONS, min(right, edge), top


def any_side(wished: tuple[Side, ...]) -> tuple[Side, ...]:
    """Return all sides, the wished ones first."""
    every: tuple[Side, ...] = ("right", "left", "above", "below")
    return (*wished, *(each for each in every if each not in wished))


def alignment(side: int) -> Align:
    """Which edge of the words a leader starts from."""
    return {-1: "right", 0: "center", 1: "left"}[side]  # type: ignore[return-value]


def options(wanted: Wanted, room: Room) -> Options:
    """All places where a label is in nobody's way, the cheapest first."""
    groups = [
        _beside(wanted, way, target, side)
        if side in ("right", "left")
        else _over(wanted, way, target, side)
        for side in wanted.sides
        for way in range(len(wanted.ways))
        for target in range(len(wanted.targets))
    ]
    found = _joined(groups)
    found = found.pick(_free(found.places, room))
    costs = found.costs + _trouble(found.places, room)
    found = Options(found.places, costs, found.columns, found.way, found.target, found.sides)
    return found.pick(np.argsort(costs, kind="stable"))


def _beside(wanted: Wanted, way: int, target: int, side: Side) -> Options:
    """Places to the right or left of a target: a grid of columns and heights."""
    sign, words, at = (1 if side == "right" else -1), wanted.ways[way], wanted.targets[target]
    first, last = (at[0] + sign * reach for reach in (NEAREST, _FARTHEST))
    lines = np.arange(np.ceil(min(first, last) / _COLUMN), np.floor(max(first, last) / _COLUMN) + 1)
    rises = np.arange(-_RISE, _RISE + _STEP / 2, _STEP)
    line, rise = (grid.ravel() for grid in np.meshgrid(lines, rises))
    x = line * _COLUMN
    bend = x - sign * STUB
    level = np.abs(rise) < _STEP / 2
    usable = level | (sign * (bend - at[0]) >= _STEEPEST * np.abs(rise))
    line, rise, x, bend, level = (each[usable] for each in (line, rise, x, bend, level))
    bend = np.where(level, (x + at[0]) / 2, bend)
    y = at[1] + np.where(level, 0.0, rise)
    inner, outer = x + sign * PAD, x + sign * (PAD + words.size[0])
    top = y + words.lead
    boxes = np.column_stack(
        [np.minimum(inner, outer), top - words.size[1], np.maximum(inner, outer), top]
    )
    end = np.broadcast_to(at, (len(x), 2))
    courses = np.stack([np.column_stack([x, y]), np.column_stack([bend, y]), end], axis=1)
    slope = np.abs(rise) / np.maximum(np.abs(bend - at[0]), px(1))
    costs = np.where(level, 0.0, 0.3 + 0.7 * np.abs(rise) / px(100) + 0.25 * slope)
    return _options(
        wanted, way, target, side, Places(boxes, courses), costs, (line * 4 + sign).astype(int)
    )


def _over(wanted: Wanted, way: int, target: int, side: Side) -> Options:
    """Places above or below a target, the leader upright."""
    sign, words, at = (1 if side == "above" else -1), wanted.ways[way], wanted.targets[target]
    wide, high = words.size
    far = np.arange(NEAREST, _RISE, _STEP)
    spare = max(wide / 2 - px(26), 0.0)
    aside, rise = (grid.ravel() for grid in np.meshgrid(np.linspace(-spare, spare, 5), far))
    near = at[1] + sign * rise
    bottom = near + PAD if sign > 0 else near - PAD - high
    x = at[0] + aside
    boxes = np.column_stack([x - wide / 2, bottom, x + wide / 2, bottom + high])
    start = np.column_stack([np.full_like(near, at[0]), near])
    end = np.broadcast_to(at, (len(x), 2))
    courses = np.stack([start, (start + end) / 2, end], axis=1)
    costs = 0.3 * np.abs(aside) / max(spare, px(1))
    return _options(
        wanted, way, target, side, Places(boxes, courses), costs, np.full(len(x), 2, int)
    )


def _options(
    wanted: Wanted,
    way: int,
    target: int,
    side: Side,
    places: Places,
    costs: Floats,
    columns: NDArray[np.int64],
) -> Options:
    """Places of one side, way and target, with what these cost by themselves."""
    name, detail = wanted.ways[way].lines
    own = 1.1 * wanted.sides.index(side) + 0.30 * (len(name) - 1) + 0.15 * len(detail)
    sign = {"left": -1, "right": 1}.get(side, 0)
    count = len(costs)
    return Options(
        places,
        costs + own,
        columns,
        np.full(count, way),
        np.full(count, target),
        np.full(count, sign),
    )


def _joined(groups: Sequence[Options]) -> Options:
    parts = [
        np.concatenate([getattr(each, name) for each in groups])
        for name in ("costs", "columns", "way", "target", "sides")
    ]
    boxes = np.concatenate([each.places.boxes for each in groups])
    courses = np.concatenate([each.places.courses for each in groups])
    return Options(Places(boxes, courses), *parts)


def _free(places: Places, room: Room) -> NDArray[np.bool_]:
    """Whether words stay in the safe area and off all that is there already."""
    boxes, courses = places.boxes, places.courses
    left, bottom, right, top = words_room(room.fmt)
    free = (boxes[:, 0] >= left) & (boxes[:, 1] >= bottom)
    free &= (boxes[:, 2] <= right) & (boxes[:, 3] <= top)
    free &= ~leader_meets_box(courses[:, [2, 2, 2]], boxes, _ASIDE)
    for box in room.boxes:
        free &= ~overlap(boxes, box[None], _HEADING_ROOM)
        free &= ~leader_meets_box(courses, box[None])
    return np.asarray(free)


def _trouble(places: Places, room: Room) -> Floats:
    """Cost of long leaders, and of words and leaders on the figure."""
    boxes, courses = places.boxes, places.courses
    starts, bends, ends = (courses[:, i] for i in range(3))
    long = np.hypot(*(bends - starts).T) + np.hypot(*(ends - bends).T)
    costs = 0.55 * long / px(100)
    grown = boxes + _MARGIN * np.array([-1.0, -1.0, 1.0, 1.0])
    for cover, of_words, of_leader in ((room.figure, 6.0, 0.12), (room.focus, 14.0, 0.9)):
        if cover is None:
            continue
        costs = costs + of_words * np.minimum(cover.of_boxes(grown) / _TOUCHED, 1.0)
        on = cover.of_lines(starts, bends) + cover.of_lines(bends, ends)
        costs += of_leader * on / px(100)
    return np.asarray(costs)
