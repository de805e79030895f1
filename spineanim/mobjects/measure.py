"""How wide a thing is: a line with ends, its words under it; and a bar of known length."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Point = NDArray[np.float64]

_TICK: Final = px(13)
_ARROW: Final = px(13)
_UNDER: Final = px(46)
_BAR: Final = px(9)


class Width(Part):
    """Level line between the two sides of a thing, thin lines up to them, words below.

    Parameters
    ----------
    left, right
        Scene points (3,) of the sides.
    height
        Scene height of the level line.
    words
        Written under its middle.
    theme
        Colours and type.

    Attributes
    ----------
    words
        The block of text.
    """

    def __init__(self, left: Point, right: Point, height: float, words: str, theme: Theme) -> None:
        self._left, self._right, self.height_ = left, right, height
        hair, ink = theme.color("ink.hairline"), theme.color("ink.leader")
        self._sides = [
            Shape(
                np.array([side, [side[0], height - _TICK, 0.0]]),
                closed=False,
                stroke=hair,
                stroke_px=1.8,
            ).dashed(7, 6)
            for side in (left, right)
        ]
        middle = (left[0] + right[0]) / 2
        self._line = [
            Shape(
                np.array([[middle, height, 0.0], [side[0], height, 0.0]]),
                closed=False,
                stroke=ink,
                stroke_px=2.6,
            )
            for side in (left, right)
        ]
        self._heads = [_arrow(side[0], height, sign, ink) for side, sign in
                       ((left, -1.0), (right, 1.0))]  # fmt: skip
        style = theme.style("label")
        self.words = TextBlock([words], style, theme.color(style.color), "center")
        self.words.shift((middle, height - _UNDER, 0.0))
        super().__init__(*self._sides, *self._line, *self._heads, self.words, opacity=0.0)


class ScaleBar(Part):
    """Bar of a known length in two halves, its words over it, its left end at the origin.

    Parameters
    ----------
    length
        In scene units.
    words
        What it stands for.
    theme
        Colours and type.
    """

    def __init__(self, length: float, words: str, theme: Theme) -> None:
        ink = theme.color("ink.label")
        halves = [
            Shape(
                _box(start * length, (start + 0.5) * length), fill=fill, stroke=ink, stroke_px=2.0
            )
            for start, fill in ((0.0, ink), (0.5, "#FFFFFF"))
        ]
        style = theme.style("detail")
        block = TextBlock([words], style, theme.color(style.color), "center")
        block.shift((length / 2, px(20), 0.0))
        super().__init__(*halves, block, opacity=0.0)


def _box(left: float, right: float) -> Point:
    low, high = -_BAR / 2, _BAR / 2
    return np.array([[left, low, 0.0], [right, low, 0.0], [right, high, 0.0], [left, high, 0.0]])


def _arrow(x: float, y: float, sign: float, ink: str) -> Shape:
    """Head of an arrow that points to a side."""
    back = x - sign * _ARROW
    return Shape(
        np.array([[x, y, 0.0], [back, y + 0.42 * _ARROW, 0.0], [back, y - 0.42 * _ARROW, 0.0]]),
        fill=ink,
    )
