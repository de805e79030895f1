"""Blocks of text set from the project's typeface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from spineanim.content.theme import TypeStyle
from spineanim.picture.lettering import TextLine, text_width
from spineanim.picture.shape import Part
from spineanim.stage import px

Align = Literal["left", "center", "right"]


class TextBlock(Part):
    """Lines of one style; the first base line starts (or centres, or ends) at the origin.

    Parameters
    ----------
    lines
        The words, one line each.
    style
        How they are set.
    color
        `#rrggbb`.
    align
        Which end of each line stands at x = 0.

    Attributes
    ----------
    lines
        The words, one line each.
    ink
        Their colour, `#rrggbb`.
    style
        How they are set.
    width_units
        Width of the widest line.
    height_units
        From the top of the first line's capitals to the last line's descenders.
    middle_units
        Height of the block's optical middle above the first base line.
    """

    def __init__(
        self, lines: Sequence[str], style: TypeStyle, color: str, align: Align = "left"
    ) -> None:
        super().__init__()
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        for number, words in enumerate(lines):
            line = TextLine(words, style, color)
            line.shift((-share * line.advance, -number * px(style.line_px), 0.0))
            self.add(line)
        drop = (len(lines) - 1) * px(style.line_px)
        capital, descender = 0.66 * px(style.size_px), 0.22 * px(style.size_px)
        self.lines, self.ink, self.style = tuple(lines), color, style
        self._built = _tallest(self)
        self.width_units = max(text_width(line, style) for line in lines)
        self.height_units = capital + drop + descender
        self.middle_units = (capital - drop) / 2

    @property
    def scale_now(self) -> float:
        """How many times larger than they were set the words are now, by whatever scaled them."""
        return _tallest(self) / self._built if self._built > 0.0 else 1.0


def _tallest(block: TextBlock) -> float:
    """Height of the tallest line's outlines in scene units."""
    lines = (each.points[:, 1] for each in block.submobjects if len(each.points))
    return max((float(y.max() - y.min()) for y in lines), default=0.0)
