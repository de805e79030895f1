"""Finds a place for every label of a picture: none over another, columns in line.

The search is exact in its rules and greedy in its costs: a beam keeps the best partial layouts,
columns are then moved as wholes, and at last the heights within a column are evened out. There is
no chance in it, and the order in which labels are given does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.errors import SceneError
from spineanim.mobjects.label_places import EDGE, Options, Room, Wanted, any_side, options
from spineanim.mobjects.label_room import Places, clash
from spineanim.stage import Format, px

Floats = NDArray[np.float64]

_QUICK: Final = (14, 8)
_WIDE: Final = (160, 120)
"""Partial layouts kept, and ways each of them is carried on: at first, and when that fails."""
_ALIKE: Final = px(60)
_ALIKE_IN_COLUMN: Final = px(8)
"""Places nearer to one another than this are alike: of these only the best is tried."""
_OPEN: Final = 900
"""Places of one label that are looked at, at first."""
_OFF_COLUMN: Final = 2.6
"""Cost of two labels on one side that do not stand in one column, shared out over all labels."""


@dataclass(frozen=True)
class Place:
    """Where one label stands.

    Attributes
    ----------
    box
        Its words: left, bottom, right, top (4,), in frame units.
    course
        Leader from the words by its bend to the target (3, 2).
    side
        -1 when the words stand to the left, +1 to the right, 0 above or below.
    column
        Number of the column; labels with the same number stand in line.
    way, target
        Which way the words are broken, and which target is taken.
    """

    box: Floats
    course: Floats
    side: int
    column: int
    way: int
    target: int


_MOST_FOUND: Final = 256
_found: Final[dict[bytes, dict[str, Place]]] = {}
"""Layouts of this process, by all that they depend on: a film is often played again."""


def lay_out(labels: Sequence[Wanted], room: Room) -> dict[str, Place]:
    """Find a place for every label.

    Parameters
    ----------
    labels
        What is to be placed, in any order.
    room
        What is in the frame already.

    Raises
    ------
    SceneError
        A label points outside the frame, or there is no room for it.
    """
    ordered = sorted(labels, key=lambda each: (-each.targets[0, 1], each.targets[0, 0], each.name))
    asked = _digest(ordered, room)
    if asked not in _found:
        if len(_found) >= _MOST_FOUND:
            _found.clear()
        _found[asked] = _laid_out(ordered, room)
    return dict(_found[asked])


def _digest(labels: Sequence[Wanted], room: Room) -> bytes:
    """Return a digest of all that a layout depends on."""
    found = hashlib.blake2b(digest_size=16)
    for each in labels:
        ways = [(way.size.tolist(), way.lead, way.lines) for way in each.ways]
        found.update(repr((each.name, each.targets.tolist(), each.sides, ways)).encode())
    kept_off = [np.asarray(each).tolist() for each in (*room.boxes, *room.courses)]
    found.update(repr((room.fmt, len(room.boxes), kept_off)).encode())
    for cover in (room.figure, room.focus):
        found.update(b"" if cover is None else cover.cells.tobytes())
        found.update(b"|")
    return found.digest()


def _laid_out(ordered: Sequence[Wanted], room: Room) -> dict[str, Place]:
    """Search for the places."""
    for each in ordered:
        _check_target(each, room.fmt)
    every = [_off_others(options(each, room), room) for each in ordered]
    chosen, stuck = _beam([each.pick(slice(_OPEN)) for each in every], *_QUICK)
    if chosen is None:
        chosen, stuck = _beam(every, *_WIDE)
    if chosen is None:
        if any(len(each.sides) < len(any_side(())) for each in ordered):
            return _laid_out([replace(each, sides=any_side(each.sides)) for each in ordered], room)
        raise SceneError(
            f"there is no room for label {ordered[stuck].name!r}",
            "shorten its words, allow it more sides, or name fewer things at once",
        )
    chosen = _in_better_columns(every, chosen)
    return {
        wanted.name: _place(found, index)
        for wanted, found, index in zip(ordered, every, chosen, strict=True)
    }


def _check_target(wanted: Wanted, fmt: Format) -> None:
    inside = np.all(np.abs(wanted.targets) <= fmt.half - EDGE, axis=1)
    if not inside.any():
        raise SceneError(
            f"label {wanted.name!r} points outside the frame",
            "move the camera, or name it in another picture",
        )


def _off_others(found: Options, room: Room) -> Options:
    """Places that keep clear of the leaders and words of labels shown already."""
    free = np.all(np.abs(found.places.courses[:, 2]) <= room.fmt.half - EDGE, axis=1)
    for course in room.courses:
        nowhere = np.concatenate([course[0], course[0]])
        free &= ~clash(Places(nowhere[None], course[None]), found.places)
    return found.pick(free)


def _together(one: Options, index: int, many: Options, labels: int) -> Floats:
    """Cost of each of many places beside a place taken already; infinite where they clash."""
    same_side = (many.sides == one.sides[index]) & (many.sides != 0)
    off = same_side & (many.columns != one.columns[index])
    return np.where(clash(one.places.only(index), many.places), np.inf, _OFF_COLUMN / labels * off)


def _beam(
    every: Sequence[Options], width: int, ways: int, alike: float = _ALIKE
) -> tuple[list[int] | None, int]:
    """Choose a place for each, or tell the first label for which none is left."""
    layouts: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for number, found in enumerate(every):
        kinds = _kinds(found, alike)
        beside: dict[tuple[int, int], Floats] = {}
        grown = []
        for cost, taken in layouts:
            total = cost + found.costs
            for earlier, index in enumerate(taken):
                if (earlier, index) not in beside:
                    beside[earlier, index] = _together(every[earlier], index, found, len(every))
                total = total + beside[earlier, index]
            order = np.argsort(total, kind="stable")
            order = order[np.isfinite(total[order])]
            first = np.unique(kinds[order], return_index=True)[1]
            best = order[np.sort(first)[:ways]]
            grown += [(float(total[i]), (*taken, int(i))) for i in best]
        if not grown:
            return None, number
        layouts = sorted(grown)[:width]
    return list(layouts[0][1]), -1


def _kinds(found: Options, alike: float) -> NDArray[np.int64]:
    """Return a number for each place (N,), the same for places that are alike."""
    cells = np.round(found.places.courses[:, 0] / alike).astype(np.int64)
    return np.asarray((cells[:, 0] * 10000 + cells[:, 1]) * 4 + found.sides)


def _cost(every: Sequence[Options], chosen: Sequence[int]) -> float:
    """Cost of a whole layout."""
    total = sum(float(found.costs[i]) for found, i in zip(every, chosen, strict=True))
    for number, found in enumerate(every):
        one = found.pick(np.array([chosen[number]]))
        for earlier in range(number):
            total += float(_together(every[earlier], chosen[earlier], one, len(every))[0])
    return total


def _in_better_columns(every: Sequence[Options], chosen: list[int]) -> list[int]:
    """Move the labels of one side to a column of their own, as long as that costs less."""
    best = _cost(every, chosen)
    for _ in range(3):
        before = best
        for side in (-1, 1):
            group = [n for n, found in enumerate(every) if found.sides[chosen[n]] == side]
            if not group:
                continue
            for least, column in _shared_columns(every, chosen, group, side):
                if least >= best:
                    break
                tried = _with_column(every, chosen, group, column)
                cost = _cost(every, tried) if tried else np.inf
                if tried and cost < best - 1e-9:
                    best, chosen = cost, tried
        if best >= before - 1e-9:
            break
    return chosen


def _shared_columns(
    every: Sequence[Options], chosen: Sequence[int], group: Sequence[int], side: int
) -> list[tuple[float, int]]:
    """Columns open to all of a group, each with the least a layout in it costs; in that order."""
    others = sum(float(found.costs[chosen[n]]) for n, found in enumerate(every) if n not in group)
    least: dict[int, list[float]] = {}
    for n in group:
        on_side = every[n].pick(every[n].sides == side)
        # the cheapest come first, so a column's first place is its cheapest
        columns, first = np.unique(on_side.columns, return_index=True)
        for column, cost in zip(columns.tolist(), on_side.costs[first].tolist(), strict=True):
            least.setdefault(column, []).append(cost)
    return sorted(
        (others + sum(costs), column) for column, costs in least.items() if len(costs) == len(group)
    )


def _with_column(
    every: Sequence[Options], chosen: list[int], group: Sequence[int], column: int
) -> list[int] | None:
    """Place a group in one column, all others staying where they are."""
    where = [
        np.flatnonzero(found.columns == column) if n in group else np.array([chosen[n]])
        for n, found in enumerate(every)
    ]
    found, _ = _beam(
        [each.pick(index) for each, index in zip(every, where, strict=True)],
        *_QUICK,
        _ALIKE_IN_COLUMN,
    )
    if found is None:
        return None
    return [int(index[i]) for index, i in zip(where, found, strict=True)]


def _place(found: Options, index: int) -> Place:
    return Place(
        found.places.boxes[index],
        found.places.courses[index],
        int(found.sides[index]),
        int(found.columns[index]),
        int(found.way[index]),
        int(found.target[index]),
    )


def columns_of(places: Mapping[str, Place]) -> list[list[str]]:
    """Names of the labels that stand in one column each, from the top."""
    groups: dict[tuple[int, int], list[str]] = {}
    for name in sorted(places, key=lambda each: (-places[each].box[3], each)):
        place = places[name]
        groups.setdefault((place.side, place.column), []).append(name)
    return list(groups.values())
