"""The words of a label: a name of at most two lines, and a smaller line below it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme, TypeStyle
from spineanim.errors import SceneError
from spineanim.mobjects.text import Align, TextBlock
from spineanim.picture.lettering import text_width, wrap
from spineanim.picture.shape import Part
from spineanim.stage import px

WIDTHS_PX: Final = (460.0, 320.0, 230.0)
"""Widest lines that words may be set to; narrower ones fit between a figure and the edge."""
NAME_LINES: Final = 2
_DETAIL_LINES: Final = 3
_CAPITAL: Final = 0.66
"""Height of capitals in ems."""


class Words(Part):
    """Name and smaller line, the top of the capitals and the aligned edge at the origin.

    Parameters
    ----------
    words
        What they say.
    width
        Widest line in scene units.
    theme
        Type and colours.
    align
        Which edge stands at x = 0.

    Attributes
    ----------
    size
        Width and height in scene units.
    lead
        How far the middle of the first line lies below the top: where a leader points.
    lines
        Lines of the name and of the smaller line.
    """

    def __init__(self, words: LabelText, width: float, theme: Theme, align: Align = "left") -> None:
        super().__init__()
        name, detail = theme.style("label"), theme.style("detail")
        capital = _CAPITAL * px(name.size_px)
        head = TextBlock(wrap(words.text, name, width), name, theme.color(name.color), align)
        self.add(head.shift((0.0, -capital, 0.0)))
        wide, high = head.width_units, head.height_units
        self.lines: tuple[tuple[str, ...], tuple[str, ...]] = (head.lines, ())
        if words.detail:
            below = TextBlock(
                wrap(words.detail, detail, width), detail, theme.color(detail.color), align
            )
            drop = capital + (len(head.lines) - 1) * px(name.line_px) + px(detail.line_px)
            self.add(below.shift((0.0, -drop, 0.0)))
            wide = max(wide, below.width_units)
            high = drop + below.height_units - _CAPITAL * px(detail.size_px)
            self.lines = (head.lines, below.lines)
        self.size = np.array([wide, high])
        self.lead = capital / 2


def ways_to_set(name: str, words: LabelText, theme: Theme) -> tuple[Words, ...]:
    """Return the ways a label's words can be broken, from the widest to the narrowest.

    They are to be measured, not to be shown: their colour is none of the theme's.

    Raises
    ------
    SceneError
        They fit no column in two lines of name.
    """
    ways = _ways(words, theme.style("label"), theme.style("detail"))
    if not ways:
        raise SceneError(
            f"the words of label {name!r} are too long for {NAME_LINES} lines: {words.text!r}",
            "shorten them, or move some into its detail",
        )
    return ways


@lru_cache(maxsize=512)
def _ways(words: LabelText, label: TypeStyle, detail: TypeStyle) -> tuple[Words, ...]:
    """Set words in every width; a film is played many times in a preview."""
    ways: list[Words] = []
    theme = Theme(
        {label.color: "#000000", detail.color: "#000000"}, {"label": label, "detail": detail}
    )
    for width_px in WIDTHS_PX:
        each = Words(words, px(width_px), theme)
        fits = all(
            _narrow(lines, style, px(width_px))
            for lines, style in zip(each.lines, (label, detail), strict=True)
        )
        few = len(each.lines[0]) <= NAME_LINES and len(each.lines[1]) <= _DETAIL_LINES
        if fits and few and all(each.lines != other.lines for other in ways):
            ways.append(each)
    return tuple(ways)


def _narrow(lines: tuple[str, ...], style: TypeStyle, width: float) -> bool:
    return all(text_width(line, style) <= width + px(0.5) for line in lines)
