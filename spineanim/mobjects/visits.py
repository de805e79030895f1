"""Leaves of a calendar, on some of which a visit is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Point = NDArray[np.float64]

_GAP: Final = 0.15
_TALL: Final = 0.84
_HEAD: Final = 0.20
"""Gaps, height and head of a leaf in its width."""
_WEEKS, _DAYS = 4, 7
_MARKED: Final = ((1, 2), (2, 4), (2, 1))
"""Week and weekday that visits are marked at, one after another."""


class Visits(Part):
    """Leaves of months, centred on the origin; marks of visits come one after another.

    Parameters
    ----------
    theme
        Colours and type.
    width
        Of all leaves, in scene units.
    words
        Stand under the leaves.
    months, columns
        How many leaves there are, and how many stand in a row.
    visits
        Which of them, from 0 on, a visit is marked on.
    """

    def __init__(
        self,
        theme: Theme,
        width: float,
        words: str,
        *,
        months: int = 6,
        columns: int = 3,
        visits: Sequence[int] = (0, 2, 4),
    ) -> None:
        wide = width / (columns + _GAP * (columns - 1))
        step = wide * (1.0 + _GAP), wide * (_TALL + _GAP)
        rows = -(-months // columns)
        corner = np.array([-width / 2, (rows * step[1] - wide * _GAP) / 2, 0.0])
        places = [
            corner + np.array([step[0] * (n % columns), -step[1] * (n // columns), 0.0])
            for n in range(months)
        ]
        leaves = [leaf(theme, place, wide) for place in places]
        self._marks = [
            _mark(theme, _day(places[month], wide, *_MARKED[number % len(_MARKED)]), 0.085 * wide)
            for number, month in enumerate(visits)
        ]
        style = theme.style("label")
        lines = wrap(words, style, width)
        text = TextBlock(lines, style, theme.color(style.color), "center")
        text.shift((0.0, -corner[1] - px(34) - 0.66 * px(style.size_px), 0.0))
        super().__init__(*leaves, *self._marks, text, opacity=0.0)
        self.mark(0.0)

    def mark(self, share: float) -> None:
        """Mark the visits, one after another."""
        for number, mark in enumerate(self._marks):
            mark.opacity = float(np.clip(1.6 * share * len(self._marks) - 1.4 * number, 0.0, 1.0))


def leaf(
    theme: Theme, corner: Point, wide: float, *, marked: tuple[int, int] | None = None
) -> Part:
    """Return a leaf with its head and its days as dots.

    Parameters
    ----------
    theme
        Colours.
    corner
        Scene point (3,) of its upper left corner.
    wide
        Its width in scene units.
    marked
        Week and weekday with a drop of medicine.
    """
    color = theme.color
    x, y, _ = corner
    low = y - _TALL * wide
    radius = 0.07 * wide
    shadow = [
        Shape(
            rounded_box(
                x - px(e), low - px(e + 5), x + wide + px(e), y - px(5 - e), radius + px(e)
            ),
            fill=color("panel.shadow"),
            fill_opacity=0.02,
        )
        for e in (2, 5, 8, 11)
    ]
    paper = Shape(
        rounded_box(x, low, x + wide, y, radius),
        fill=color("panel.fill"),
        stroke=color("panel.stroke"),
        stroke_px=1.6,
    )
    head = Part(
        Shape(
            rounded_box(x, y - 2.0 * _HEAD * wide, x + wide, y, radius), fill=color("accent.focus")
        )
    ).clipped_to(
        Shape(
            np.array([[x, y], [x + wide, y], [x + wide, y - _HEAD * wide], [x, y - _HEAD * wide]])
        )
    )
    dots = [
        Shape(circle(_day(corner, wide, week, day), 0.032 * wide), fill=color("ink.hairline"))
        for week in range(_WEEKS)
        for day in range(_DAYS)
    ]
    drop = [] if marked is None else [_mark(theme, _day(corner, wide, *marked), 0.085 * wide)]
    return Part(*shadow, paper, head, *dots, *drop)


def _day(corner: Point, wide: float, week: int, day: int) -> Point:
    """Scene point (3,) of a day on a leaf."""
    x = 0.13 + 0.74 * day / (_DAYS - 1)
    y = _HEAD + 0.15 + (_TALL - _HEAD - 0.28) * week / (_WEEKS - 1)
    return corner + wide * np.array([x, -y, 0.0])


def _mark(theme: Theme, centre: Point, radius: float) -> Part:
    """Draw a day that is marked: a drop of medicine on a white disc."""
    turn = np.linspace(-0.25 * np.pi, 1.25 * np.pi, 40)
    line = np.column_stack([np.cos(turn), np.sin(turn) * -1.0, 0.0 * turn])
    drop = np.vstack([line * [1.0, 1.0, 1.0], [[0.0, 1.75, 0.0]]])
    base, dark = theme.color("medication.base"), theme.color("medication.line")
    return Part(
        Shape(circle(centre, 2.1 * radius), fill="#FFFFFF", stroke=base, stroke_px=3.6),
        Shape(
            centre + radius * (drop * 0.95 - [0.0, 0.25, 0.0]),
            fill=base,
            stroke=dark,
            stroke_px=1.4,
        ),
    )
