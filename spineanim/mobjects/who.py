"""A card of plain lines, each with a sign: whom the pump may help, and what it does not do."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.pictograms import Pictogram
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

WHO_SIGNS: Final = ("lasting", "tried", "surgery", "eased", "removable")
# Card (middle, size), height of a row, radius of a sign, room before the signs
_CARD_PX: Final = (
    (960.0, 536.0, 1180.0, 600.0, 110.0, 45.0, 150.0),
    (540.0, 538.0, 972.0, 610.0, 112.0, 44.0, 96.0),
    (540.0, 800.0, 960.0, 1140.0, 212.0, 72.0, 130.0),
)
_WORDS_PX: Final = 40.0


class WhoPlate(Part):
    """The card with its rows.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    lines
        Words of the rows, in the order of `WHO_SIGNS`; a line break where a row has two lines.

    Attributes
    ----------
    rows
        Sign and words of each line; unseen at first.
    """

    def __init__(
        self, parameters: Parameters, theme: Theme, fmt: Format, lines: tuple[str, ...]
    ) -> None:
        x_px, y_px, wide_px, high_px, row_px, sign_px, before_px = fmt.pick(*_CARD_PX)
        card = Panel(px(wide_px), px(high_px), theme)
        card.shift(fmt.point(x_px, y_px))
        self.rows = []
        top_px = y_px - (len(lines) - 1) * row_px / 2
        for index, (sign, words) in enumerate(zip(WHO_SIGNS, lines, strict=True)):
            place = fmt.point(x_px - wide_px / 2 + before_px, top_px + index * row_px)
            block = TextBlock(words.split("\n"), theme.style("label"), theme.color("ink.label"))
            block.shift(place + np.array([px(sign_px + _WORDS_PX), -block.middle_units, 0.0]))
            picture = Pictogram(sign, px(sign_px), theme).shift(place)
            self.rows.append(Part(picture, block, opacity=0.0))
        super().__init__(card, *self.rows)
