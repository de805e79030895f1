"""Distances that labels keep: boxes, leaders and dots, many of them measured at once.

Arrays hold one label's possible places in their first axis; an axis of one meets all of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.stage import px

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

APART: Final = np.array([px(30), px(26)])
"""Room between the words of two labels, across and up."""
CLEAR: Final = px(15)
"""Room between words and another label's leader or dot, and between two leaders."""


@dataclass(frozen=True)
class Places:
    """Places that one label may take, N of them.

    Attributes
    ----------
    boxes
        Words: left, bottom, right, top (N, 4), in frame units.
    courses
        Leader from the words by its bend to the target (N, 3, 2).
    """

    boxes: Floats
    courses: Floats

    def only(self, index: int) -> Places:
        """One of the places, as an axis of one."""
        return Places(self.boxes[index : index + 1], self.courses[index : index + 1])


def clash(one: Places, many: Places) -> Flags:
    """Whether a label at one place and another at each of many would get in their way (N,)."""
    hit = overlap(one.boxes, many.boxes, APART)
    hit = hit | leader_meets_box(many.courses, one.boxes)
    hit |= leader_meets_box(one.courses, many.boxes)
    ends = np.hypot(*np.moveaxis(one.courses[:, 2] - many.courses[:, 2], -1, 0))
    near = np.minimum(CLEAR, 0.45 * ends)
    return np.asarray(hit | (_leaders_apart(one.courses, many.courses) <= near))


def overlap(one: Floats, two: Floats, apart: Floats) -> Flags:
    """Whether boxes (N, 4) come nearer than a distance (across, up)."""
    across = (one[:, 0] - two[:, 2] < apart[0]) & (two[:, 0] - one[:, 2] < apart[0])
    up = (one[:, 1] - two[:, 3] < apart[1]) & (two[:, 1] - one[:, 3] < apart[1])
    return np.asarray(across & up)


def leader_meets_box(courses: Floats, boxes: Floats, room: float = CLEAR) -> Flags:
    """Whether leaders (N, 3, 2) come nearer to boxes (N, 4) than some room."""
    first = _line_meets_box(courses[:, 0], courses[:, 1], boxes, room)
    return first | _line_meets_box(courses[:, 1], courses[:, 2], boxes, room)


def _line_meets_box(start: Floats, end: Floats, boxes: Floats, room: float) -> Flags:
    """Whether straight lines enter boxes grown by some room: the slabs they cross overlap."""
    count = max(len(start), len(boxes))
    enter, leave = np.zeros(count), np.ones(count)
    step = np.where(np.abs(end - start) < 1e-9, 1e-9, end - start)
    for axis in (0, 1):
        low = (boxes[:, axis] - room - start[:, axis]) / step[:, axis]
        high = (boxes[:, axis + 2] + room - start[:, axis]) / step[:, axis]
        enter = np.maximum(enter, np.minimum(low, high))
        leave = np.minimum(leave, np.maximum(low, high))
    return np.asarray(enter <= leave)


def _leaders_apart(one: Floats, many: Floats) -> Floats:
    """Shortest distance (N,) of a leader (1, 3, 2) from many (N, 3, 2); 0 where they cross."""
    count = len(many)
    legs = [np.stack([each[:, [0, 1]], each[:, [1, 2]]]) for each in (one, many)]
    # every leg of one meets every leg of the other: four pairs of lines, each (4, N, 2)
    a, b = (np.broadcast_to(legs[0][[0, 0, 1, 1], :, i], (4, count, 2)) for i in (0, 1))
    c, d = (legs[1][[0, 1, 0, 1], :, i] for i in (0, 1))
    turns = _turn(np.stack([a, a, c, c]), np.stack([b, b, d, d]), np.stack([c, d, a, b]))
    crossing = (turns[0] * turns[1] < 0) & (turns[2] * turns[3] < 0)
    far = _point_apart(np.stack([a, b, c, d]), np.stack([c, c, a, a]), np.stack([d, d, b, b]))
    return np.asarray(np.where(crossing, 0.0, far.min(axis=0)).min(axis=0))


def _turn(a: Floats, b: Floats, c: Floats) -> Floats:
    """Positive where c lies to the left of the way from a to b; points (..., 2)."""
    one, two = b - a, c - a
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])


def _point_apart(point: Floats, start: Floats, end: Floats) -> Floats:
    """Distance of points (..., 2) from straight lines."""
    step, away = end - start, point - start
    size = np.maximum(step[..., 0] ** 2 + step[..., 1] ** 2, 1e-12)
    share = (away[..., 0] * step[..., 0] + away[..., 1] * step[..., 1]) / size
    away = away - np.minimum(np.maximum(share, 0.0), 1.0)[..., None] * step
    return np.asarray(np.hypot(away[..., 0], away[..., 1]))
