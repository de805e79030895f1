"""A quiet strip that says which of several steps a film shows."""

from __future__ import annotations

from typing import Final

from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.picture.shape import Part
from spineanim.stage import px

_BAR_PX: Final = (70.0, 9.0)
_GAP_PX: Final = 13.0
_PASSED: Final = 0.5
_WAITING: Final = 0.6
"""Opacity of the bars of steps that have been, and of those to come."""


class StepStrip(Part):
    """One bar a step, its left end at the origin: those that have been, this one, those to come.

    Parameters
    ----------
    step
        Which one of how many, such as (3, 4).
    theme
        Colours.
    """

    def __init__(self, step: tuple[int, int], theme: Theme) -> None:
        now, count = step
        super().__init__()
        wide, high = (px(size) for size in _BAR_PX)
        accent, waiting = theme.color("accent.focus"), theme.color("ink.hairline")
        for number in range(1, count + 1):
            bar = rounded_plate(wide, high, high / 2)
            if number > now:
                bar.set_fill(waiting, _WAITING)
            else:
                bar.set_fill(accent, _PASSED if number < now else 1.0)
            self.add(bar.shift((wide / 2 + (number - 1) * (wide + px(_GAP_PX)), 0.0, 0.0)))
