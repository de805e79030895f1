"""The practice's logo and name, quiet at the foot of a title card."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from manim import ORIGIN
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.logo_file import refuse_unfit_logo
from spineanim.content.theme import Theme
from spineanim.errors import ContentError
from spineanim.mobjects.logo import logo_drawing
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part, Sprite, stroke_width
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
_SPARE: Final = 4.0
"""A logo in pixels is kept so many times finer than it is composed at the most."""


class PracticeMark(Part):
    """Logo and name in one row.

    Parameters
    ----------
    name
        Name of the practice; may be empty.
    logo
        SVG or PNG file, if there is one.
    theme
        Type and colours.
    fmt
        The frame it stands in.

    Raises
    ------
    ContentError
        The logo cannot be read.
    """

    def __init__(self, name: str, logo: Path | None, theme: Theme, fmt: Format) -> None:
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


def logo_of(file: Path) -> Part:
    """Read a logo and centre it on the origin, as large as it may be.

    Of an SVG, shapes in plain colours are drawn; gradients, pictures and letters are not: turn
    letters into paths, or bring a PNG.

    Raises
    ------
    ContentError
        It cannot be read, or there is nothing to draw in it.
    """
    try:
        return _drawing(file) if file.suffix.lower() == ".svg" else _picture(file)
    except (OSError, ValueError, SyntaxError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ContentError(f"the logo {file} cannot be drawn: {reason}", "bring a PNG") from None


def _drawing(file: Path) -> Part:
    """Draw an SVG."""
    drawn = logo_drawing(file)
    shapes = [each for each in drawn.get_family() if len(each.points)]
    size = drawn.width, drawn.height
    scale = _scale(*size)
    drawn.scale(scale).move_to(ORIGIN)
    for shape in shapes:
        shape.set_stroke(width=stroke_width(shape.get_stroke_width() * scale / px(1)))
    return Part(*drawn.submobjects)


def _picture(file: Path) -> Part:
    """Place a picture of pixels."""
    refuse_unfit_logo(file)
    with Image.open(file) as image:
        whole = image.convert("RGBa")  # premultiplied, so that edges shrink without a seam
    whole.thumbnail((_SPARE * _LOGO_PX[0], _SPARE * _LOGO_PX[1]))
    rgba = np.array(whole, dtype=np.uint8)
    tall, wide = rgba.shape[:2]
    half = np.array([wide, tall]) * _scale(wide, tall) / 2
    left, top = -half[0], half[1]
    return Part(Sprite(rgba, [(left, top, 0.0), (-left, top, 0.0), (left, -top, 0.0)]))


def _scale(wide: float, tall: float) -> float:
    """Scene units of one unit of a logo that fits its room."""
    most = [px(each) for each in _LOGO_PX]
    return min(most[0] / max(wide, 1e-9), most[1] / max(tall, 1e-9))


def _width(part: Part) -> float:
    return float(part.get_right()[0] - part.get_left()[0])


def _height(part: Part) -> float:
    return float(part.get_top()[1] - part.get_bottom()[1])
