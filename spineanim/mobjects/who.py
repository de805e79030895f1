"""A card of plain lines, each with a sign: whom the pump may help, and what it does not do."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.mobjects.implanted import Implanted
from spineanim.mobjects.pain import FIGURE_PX
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.pictograms import Pictogram
from spineanim.mobjects.profile import Profile
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, px

WHO_SIGNS: Final = ("lasting", "tried", "surgery", "eased", "removable")
WHOM: Final = 3
"""So many rows say whom the pump may help; the others what it does, and what it does not do."""
# Card (middle, size), height of a row, radius of a sign, room before the signs, most letters a line
_CARD_PX: Final = (
    (611.0, 536.0, 1030.0, 616.0, 106.0, 48.0, 104.0, 40),
    (430.0, 538.0, 748.0, 640.0, 114.0, 46.0, 92.0, 24),
    (376.0, 855.0, 622.0, 1090.0, 200.0, 58.0, 98.0, 19),
)
_STYLES: Final = ("caption", "label", "caption")
_WORDS_PX: Final = 38.0
_GAP_PX: Final = 34.0
"""Room between the two groups of rows, with a line in it."""
# The person with the pump (middle of the chest, size against that of `FIGURE_PX`)
_PERSON_PX: Final = ((1480.0, 470.0, 1.0), (945.0, 545.0, 1.0), (890.0, 890.0, 1.0))


class WhoPlate(Part):
    """The card with its rows, and a person with a pump beside it.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    lines
        Words of the rows, in the order of `WHO_SIGNS`.

    Attributes
    ----------
    rows
        Sign and words of each line; unseen at first.
    system
        The person's pump and catheter.
    """

    def __init__(
        self, parameters: Parameters, theme: Theme, fmt: Format, lines: tuple[str, ...]
    ) -> None:
        x_px, y_px, wide_px, high_px, row_px, sign_px, before_px, letters = fmt.pick(*_CARD_PX)
        card = Panel(px(wide_px), px(high_px), theme)
        card.shift(fmt.point(x_px, y_px))
        left_px = x_px - wide_px / 2
        top_px = y_px - ((len(lines) - 1) * row_px + _GAP_PX) / 2
        style, ink = theme.style(fmt.pick(*_STYLES)), theme.color("ink.label")
        self.rows = []
        for index, (sign, words) in enumerate(zip(WHO_SIGNS, lines, strict=True)):
            down_px = top_px + index * row_px + _GAP_PX * (index >= WHOM)
            place = fmt.point(left_px + before_px, down_px)
            block = TextBlock(_evenly(words, int(letters)), style, ink)
            block.shift(place + np.array([px(sign_px + _WORDS_PX), -block.middle_units, 0.0]))
            picture = Pictogram(sign, px(sign_px), theme).shift(place)
            self.rows.append(Part(picture, block, opacity=0.0))
        line_px = top_px + (WHOM - 0.5) * row_px + _GAP_PX / 2
        inset_px = before_px - sign_px
        ends = [fmt.point(at, line_px) for at in (left_px + inset_px, left_px + wide_px - inset_px)]
        line = Shape(
            np.array(ends), closed=False, stroke=theme.color("panel.stroke"), stroke_px=2.4
        )
        super().__init__(self._person(parameters, theme, fmt), card, line, *self.rows)
        self.card = card

    def _person(self, parameters: Parameters, theme: Theme, fmt: Format) -> Part:
        """Return the person whom the pump has helped."""
        x_px, y_px, size = fmt.pick(*_PERSON_PX)
        profile = Profile(parameters, theme, fmt, (x_px, y_px), size * fmt.pick(*FIGURE_PX)[2])
        self.system = Implanted(parameters, theme, profile)
        return Part(profile, self.system)


def _evenly(words: str, letters: int) -> list[str]:
    """Break words into as few lines as they need, all about as long."""
    lines = wrap(words, letters)
    for width in range(letters, 0, -1):
        narrower = wrap(words, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
