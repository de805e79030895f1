"""Brackets beside the column: how many bones stand already, and the names of its regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme
from spineanim.mobjects.label_words import Words
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import px

Point = NDArray[np.float64]

_TICK_PX: Final = 16.0
_LINE_PX: Final = 5.0
_GAP_PX: Final = 16.0
"""Room between one bracket and the next, half of it at each."""
_WORDS_PX: Final = 30.0
"""Words stand so far behind their bracket."""


def bracket(x: float, bottom: float, top: float) -> Point:
    """Points (4, 3) of a bracket that opens to the left, from its lower end up."""
    tick = px(_TICK_PX)
    return np.array(
        [(x - tick, bottom, 0.0), (x, bottom, 0.0), (x, top, 0.0), (x - tick, top, 0.0)]
    )


class Region(Part):
    """A bracket with its name, which can be drawn from above downwards.

    Parameters
    ----------
    x, bottom, top
        Where it stands, in frame units.
    words
        Name and smaller line.
    width
        Widest line of the words in scene units.
    theme
        Colours and type.
    """

    def __init__(
        self, x: float, bottom: float, top: float, words: LabelText, width: float, theme: Theme
    ) -> None:
        half = px(_GAP_PX) / 2
        self.course = bracket(x, bottom + half, top - half)[::-1]
        focus = theme.color("accent.focus")
        self.line = Shape(self.course, closed=False, stroke=focus, stroke_px=_LINE_PX)
        self.words = Words(words, width, theme)
        middle = (bottom + top) / 2 + self.words.size[1] / 2
        self.words.shift((x + px(_WORDS_PX), middle, 0.0))
        super().__init__(self.line, self.words)
        self.draw(0.0)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the words, in frame units."""
        left, top = float(self.course[1, 0]) + px(_WORDS_PX), self._top()
        wide, high = (float(each) for each in self.words.size)
        return left, top - high, left + wide, top

    def _top(self) -> float:
        return float(self.course[1:3, 1].mean() + self.words.size[1] / 2)

    def draw(self, share: float) -> None:
        """Draw the bracket downwards, then let its words appear."""
        self.opacity = 1.0 if share > 0.0 else 0.0
        way = min(share / 0.7, 1.0)
        start, end = self.course[1], self.course[2]
        reached = start + (end - start) * way
        shown = [self.course[0], start, reached]
        self.line.set_points(
            path_points([*shown, self.course[3]] if way == 1.0 else shown, closed=False)
        )
        self.words.opacity = float(np.clip(share * 2.0 - 1.0, 0.0, 1.0))


@dataclass(frozen=True)
class Span:
    """Heights of a region in frame units."""

    bottom: float
    top: float


class RegionBrackets(Part):
    """All regions of the column, named beside it; stands fixed in the frame.

    Parameters
    ----------
    spans
        Heights of the regions, cranial to caudal, in frame units.
    words
        Their names by the same keys.
    x
        Where the brackets stand.
    width
        Widest line of words in scene units.
    theme
        Colours and type.

    Attributes
    ----------
    regions
        By name.
    """

    def __init__(
        self,
        spans: Mapping[str, Span],
        words: Mapping[str, LabelText],
        x: float,
        width: float,
        theme: Theme,
    ) -> None:
        self.regions = {
            name: Region(x, span.bottom, span.top, words[name], width, theme)
            for name, span in spans.items()
        }
        super().__init__(*self.regions.values(), fixed_in_frame=True)


class CountingBracket(Part):
    """A bracket that grows with the column and counts its bones; stands fixed in the frame.

    Parameters
    ----------
    x, bottom
        Where it stands, in frame units.
    words
        What is counted.
    most
        How many there will be.
    theme
        Colours and type.
    """

    def __init__(self, x: float, bottom: float, words: str, most: int, theme: Theme) -> None:
        self.x, self.bottom = x, bottom
        focus = theme.color("accent.focus")
        self.line = Shape(closed=False, stroke=focus, stroke_px=_LINE_PX)
        value, label = theme.style("title"), theme.style("label")
        self.numbers = [
            TextBlock([str(count)], value, theme.color("accent.focus")) for count in range(most + 1)
        ]
        self.words = TextBlock(_in_lines(words), label, theme.color(label.color))
        self.words.shift((0.0, -px(label.line_px + 14), 0.0))
        self.block = Part(*self.numbers, self.words)
        self._rest = [
            (each, each.points.copy()) for each in self.block.get_family() if len(each.points)
        ]
        super().__init__(self.line, self.block, opacity=0.0, fixed_in_frame=True)

    def at(self, count: int, top: float) -> None:
        """Show a count, the bracket reaching up to a height in frame units."""
        self.opacity = 1.0 if count > 0 else 0.0
        top = max(top, self.bottom + px(_TICK_PX))
        self.line.set_points(path_points(bracket(self.x, self.bottom, top), closed=False))
        shift = np.array([self.x + px(_WORDS_PX), (self.bottom + top) / 2 + px(4), 0.0])
        for each, points in self._rest:
            each.set_points(points + shift)
        self.words.opacity = float(count > 1)
        for number, block in enumerate(self.numbers):
            block.opacity = float(number == count)


def _in_lines(words: str) -> Sequence[str]:
    """One word a line, so that a narrow column of words stands beside the bracket."""
    return words.split(" ")
