"""Words and rules on a printed page, in points from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cairo
from manim.utils.color import ManimColor

from spineanim.content.theme import TypeStyle
from spineanim.picture.lettering import TextLine, text_width, wrap
from spineanim.picture.paths import follow
from spineanim.render.pdf import Page
from spineanim.render.pdf_words import WrittenLine
from spineanim.stage import px


@dataclass(frozen=True)
class Letters:
    """How words are set on paper.

    Attributes
    ----------
    size_pt, leading_pt
        Size, and distance of one base line from the next.
    weight
        `Regular`, `SemiBold` or `Bold`.
    color
        `#rrggbb`.
    """

    size_pt: float
    leading_pt: float
    weight: str
    color: str

    @property
    def style(self) -> TypeStyle:
        """The same, a point standing for a pixel."""
        return TypeStyle(self.size_pt, self.weight, "", self.leading_pt)

    def width_pt(self, text: str) -> float:
        """Width of a line."""
        return text_width(text, self.style) / px(1)

    def broken(self, text: str, width_pt: float) -> list[str]:
        """Break text into lines no wider than a measure."""
        return wrap(text, self.style, px(width_pt))


class Desk:
    """Writes and draws on a page, and on those after it.

    Parameters
    ----------
    page
        The page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ctx: cairo.Context[Any] = cairo.Context(page.surface)

    def color(self, color: str, opacity: float = 1.0) -> None:
        """Draw in a colour from now on."""
        red, green, blue = (float(each) for each in ManimColor(color).to_rgb())
        self.ctx.set_source_rgba(red, green, blue, opacity)

    def line(self, text: str, letters: Letters, x_pt: float, y_pt: float) -> None:
        """Write a line whose base line starts at a place."""
        shape = TextLine(text, letters.style, letters.color)
        self.ctx.save()
        self.ctx.translate(x_pt, y_pt)
        self.ctx.scale(1.0 / px(1), -1.0 / px(1))
        self.ctx.new_path()
        follow(self.ctx, shape.points, shape.tolerance_for_point_equality)
        self.ctx.restore()
        self.color(letters.color)
        self.ctx.fill()
        written = WrittenLine(text, x_pt, y_pt, letters.size_pt, letters.width_pt(text))
        self.page.lines[-1].append(written)

    def block(
        self, text: str, letters: Letters, x_pt: float, y_pt: float, width_pt: float
    ) -> float:
        """Write text in a measure, its first base line at a height; return the next base line."""
        for line in letters.broken(text, width_pt):
            self.line(line, letters, x_pt, y_pt)
            y_pt += letters.leading_pt
        return y_pt

    def rounded(
        self, x_pt: float, y_pt: float, width_pt: float, height_pt: float, radius_pt: float
    ) -> None:
        """Make a rounded rectangle the current path."""
        right, bottom = x_pt + width_pt - radius_pt, y_pt + height_pt - radius_pt
        left, top, quarter = x_pt + radius_pt, y_pt + radius_pt, 1.5707963267948966
        self.ctx.new_path()
        for number, (x, y) in enumerate(
            ((right, top), (right, bottom), (left, bottom), (left, top))
        ):
            self.ctx.arc(x, y, radius_pt, (number - 1) * quarter, number * quarter)
        self.ctx.close_path()
