"""The practice's logo and name, quiet at the foot of a title card."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.artwork.art import Artwork
from spineanim.content.theme import Theme
from spineanim.mobjects.artwork import fitted
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

_LEFT_PX: Final = (150.0, 96.0, 96.0)
_MIDDLE_PX: Final = (940.0, 955.0, 1760.0)
"""Left end and middle height in a wide, a square and a tall frame."""
_WIDTH_PX: Final = (760.0, 888.0, 888.0)
_LOGO_PX: Final = (300.0, 84.0)
"""Largest width and height of the logo."""
_GAP_PX: Final = 28.0
_STYLE: Final = "detail"
_PLATE_PX: Final = (26.0, 18.0)
"""Room round both on their plate, where they stand over the picture."""


class PracticeMark(Part):
    """Logo and name in one row.

    Parameters
    ----------
    name
        Name of the practice; may be empty.
    logo
        The logo, if there is one.
    theme
        Type and colours.
    fmt
        The frame it stands in.

    Raises
    ------
    ContentError
        The logo cannot be drawn.
    """

    def __init__(self, name: str, logo: Artwork | None, theme: Theme, fmt: Format) -> None:
        super().__init__()
        start = fmt.point(fmt.pick(*_LEFT_PX), fmt.pick(*_MIDDLE_PX))
        room, end, high = px(fmt.pick(*_WIDTH_PX)), float(start[0]), 0.0
        self.logo = Part() if logo is None else logo_of(logo)
        if logo is not None:
            self.logo.shift(start + np.array([_width(self.logo) / 2, 0.0, 0.0]))
            end, high = end + _width(self.logo), _height(self.logo)
        self.add(self.logo)
        if name:
            left = end + px(_GAP_PX if logo is not None else 0.0)
            style = theme.style(_STYLE)
            lines = wrap(name, style, room - (left - float(start[0])))
            words = TextBlock(lines, style, theme.color(style.color))
            words.shift((left, float(start[1]) - words.middle_units, 0.0))
            end, high = left + words.width_units, max(high, words.height_units)
            self.add(words)
        if fmt.pick(False, True, True):  # the picture stands under the title there
            self._plate(start, end, high, theme)

    def _plate(self, start: NDArray[np.float64], end: float, high: float, theme: Theme) -> None:
        beside, over = (2.0 * px(each) for each in _PLATE_PX)
        wide = end - float(start[0])
        plate = rounded_plate(wide + beside, high + over, px(22))
        plate.set_fill(theme.color("panel.fill"), opacity=0.92)
        self.add_to_back(plate.shift(start + np.array([wide / 2, 0.0, 0.0])))


def logo_of(logo: Artwork) -> Part:
    """Draw a logo centred on the origin, as large as it may be.

    Raises
    ------
    ContentError
        It cannot be drawn, or there is nothing to draw in it.
    """
    wide, high = (px(each) for each in _LOGO_PX)
    return Part(fitted(logo, np.zeros(3), wide, high))


def _width(part: Part) -> float:
    return float(part.get_right()[0] - part.get_left()[0])


def _height(part: Part) -> float:
    return float(part.get_top()[1] - part.get_bottom()[1])
