"""A day's dose plan on a display: bars for parts of the day, and a line that passes over them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

Point = NDArray[np.float64]

PLAN: Final = (0.36, 0.36, 0.92, 0.58, 0.58, 0.58, 0.92, 0.36)
"""Dose in eight parts of the day, as shares of the display's height: an example, more in the
morning and in the evening. How a plan looks is for the care team to say."""

_HOURS: Final = (0, 6, 12, 18, 24)
_GAP: Final = 0.22
_EDGE: Final = px(20)
_HEAD: Final = px(66)
_FOOT: Final = px(58)


class DosePlan(Part):
    """Display with a plan for one day, centred on the origin.

    Parameters
    ----------
    wide, high
        Size of the display in scene units.
    title
        Written at its top.
    theme
        Colours and type.
    """

    def __init__(self, wide: float, high: float, title: str, theme: Theme) -> None:
        left, bottom, right, top = -wide / 2, -high / 2, wide / 2, high / 2
        ground = Shape(
            rounded_box(left, bottom, right, top, px(10)), fill=theme.color("panel.fill")
        )
        style = theme.style("label")
        words = TextBlock([title], style, theme.color(style.color))
        words.shift((left + _EDGE, top - px(46), 0.0))
        self._base = bottom + _FOOT
        self._room = top - _HEAD - self._base
        self._span = (left + _EDGE, right - _EDGE)
        self._tones = theme.color("medication.base"), theme.color("medication.dark")
        self._pale = mix(theme.color("medication.light"), "#FFFFFF", 0.35)
        self._bars = [Shape(self._bar(i, PLAN[i]), fill=self._pale) for i in range(len(PLAN))]
        axis = np.array([[self._span[0], self._base, 0.0], [self._span[1], self._base, 0.0]])
        line = Shape(axis, closed=False, stroke=theme.color("ink.leader"), stroke_px=2.4)
        self._now = Shape(closed=False, stroke=theme.color("accent.focus"), stroke_px=4.0)
        self._origin = Shape(axis, closed=False)
        hours = [self._hour(each, theme) for each in _HOURS]
        super().__init__(ground, words, *self._bars, line, *hours, self._now, self._origin)
        self.write(0.0)

    def _hour(self, hour: int, theme: Theme) -> TextBlock:
        """Return a number under the axis."""
        style = theme.style("detail")
        block = TextBlock([str(hour)], style, theme.color(style.color), "center")
        place = self._span[0] + hour / 24 * (self._span[1] - self._span[0])
        return block.shift((place, self._base - px(40), 0.0))

    def write(self, share: float) -> None:
        """Let the bars of the plan rise, one after the other."""
        count = len(PLAN)
        for index, bar in enumerate(self._bars):
            own = float(np.clip(share * (1.0 + 0.15 * count) - 0.15 * index, 0.0, 1.0))
            grown = PLAN[index] * own * own * (3.0 - 2.0 * own)
            bar.set_points(
                path_points(self._placed(self._bar(index, max(grown, 0.004))), closed=True)
            )

    def pass_day(self, share: float) -> None:
        """Let the day pass: a line moves over the plan, the doses given are dark."""
        x = self._span[0] + share * (self._span[1] - self._span[0])
        ends = np.array([[x, self._base - px(6), 0.0], [x, self._base + self._room, 0.0]])
        self._now.set_points(path_points(self._placed(ends), closed=False))
        place = share * len(PLAN)
        for index, bar in enumerate(self._bars):
            given = float(np.clip(place - index, 0.0, 1.0))
            bar.set_fill(mix(self._pale, self._tones[0], min(given * 3.0, 1.0)), opacity=1.0)

    def _bar(self, index: int, height: float) -> Point:
        step = (self._span[1] - self._span[0]) / len(PLAN)
        left = self._span[0] + (index + _GAP / 2) * step
        right = left + (1.0 - _GAP) * step
        top = self._base + height * self._room
        return np.array(
            [[left, self._base, 0.0], [right, self._base, 0.0], [right, top, 0.0], [left, top, 0.0]]
        )

    def _placed(self, points: Point) -> Point:
        """Carry points drawn round the origin to where the display stands now."""
        return np.asarray(points + self._origin.points[0] - [self._span[0], self._base, 0.0])


def given_by(share: float) -> float:
    """Return the part of the day's dose that has been given at a share of the day, 0 to 1."""
    doses = np.array(PLAN)
    total = np.concatenate([[0.0], np.cumsum(doses)]) / doses.sum()
    return float(np.interp(share, np.linspace(0.0, 1.0, len(total)), total))
