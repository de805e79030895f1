"""Two doses side by side, true to scale: a block of three hundred drops, and one drop."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.stamp import put, stamp
from spineanim.mobjects.text import TextBlock
from spineanim.picture.light import BALL_REACH, role_ball
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

RATIO: Final = 300
"""Dose by mouth for one dose into the spinal fluid: the rule of thumb, as little as 1/300 [86]."""
_DROP: Final = 0.365
"""Radius of a drop against the distance of one from the next."""
_GAP_PX: Final = 66.0


class DoseBars(Part):
    """Bars made of drops of one size, on one base line.

    Parameters
    ----------
    foot
        Scene point (3,) of the base line's left end.
    words
        What stands under the bars: the larger, the smaller; each in one or two lines.
    theme
        Colours: role `medication`.
    columns, pitch_px
        How many drops stand side by side in the larger bar, and how far apart.

    Attributes
    ----------
    large, small
        The bars.
    """

    def __init__(
        self,
        foot: ArrayLike,
        words: tuple[str, str],
        theme: Theme,
        *,
        columns: int = 12,
        pitch_px: float = 17.0,
    ) -> None:
        self.foot = np.asarray(foot, dtype=np.float64)
        self.columns, self.pitch = columns, px(pitch_px)
        first = stamp(role_ball(theme, "medication", heat=0.5))
        self._drops = [first.copy() for _ in range(RATIO)]
        self.large = Part(*self._drops)
        self._one = first.copy()
        self.small = Part(self._one)
        wide = self.pitch * columns
        self.middles = (wide / 2, wide + px(_GAP_PX) + px(68))
        self.width_units = self.middles[1] + px(102)
        ends = self.foot + np.array([[-px(8), 0, 0], [self.width_units, 0, 0]])
        base = Shape(ends, closed=False, stroke=theme.color("ink.leader"), stroke_px=2.4)
        self.words = Part(*(self._under(i, words[i], theme) for i in (0, 1)))
        self.count, self.one = (self._number(i, theme) for i in (0, 1))
        super().__init__(base, self.large, self.small, self.words, self.count, self.one)
        self.fill(0.0)
        self.give(0.0)

    def _under(self, index: int, words: str, theme: Theme) -> TextBlock:
        style = theme.style("label")
        block = TextBlock(words.split("\n"), style, theme.color("ink.label"), "center")
        down = px(style.size_px + 14)
        block.shift(self.foot + np.array([self.middles[index], -down, 0.0]))
        return block

    def _number(self, index: int, theme: Theme) -> TextBlock:
        """Return how many drops a bar has, over it."""
        style = theme.style("value")
        number = str((RATIO, 1)[index])
        block = TextBlock([number], style, theme.color("ink.title"), "center")
        rows = -(-RATIO // self.columns) if index == 0 else 1
        up = self.pitch * rows + px(18)
        block.shift(self.foot + np.array([self.middles[index], up, 0.0]))
        return block

    def place(self, index: int) -> NDArray[np.float64]:
        """Scene point (3,) of a drop of the larger bar, row by row from the base."""
        row, column = divmod(index, self.columns)
        across, up = self.pitch * (column + 0.5), self.pitch * (row + 0.5)
        found: NDArray[np.float64] = self.foot + np.array([across, up, 0.0])
        return found

    def fill(self, share: float) -> None:
        """Let the larger bar rise, drop by drop from the base."""
        for index, drop in enumerate(self._drops):
            seen = min(max(share * (RATIO + 40) - index, 0.0) / 40.0, 1.0)
            put(drop, self.place(index), _DROP * self.pitch * BALL_REACH, opacity=seen)
        self.count.opacity = max(4.0 * share - 3.0, 0.0)

    def give(self, share: float) -> None:
        """Let the one drop come."""
        spot = self.foot + np.array([self.middles[1], self.pitch * (0.5 + 2.0 * (1 - share)), 0])
        put(self._one, spot, _DROP * self.pitch * BALL_REACH, opacity=min(2.0 * share, 1.0))
        self.one.opacity = max(2.0 * share - 1.0, 0.0)

    @property
    def top(self) -> float:
        """Height of the number over the larger bar."""
        return float(self.place(RATIO - 1)[1]) + px(90)
