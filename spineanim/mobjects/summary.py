"""The last card: the four steps in pictures, and what to call for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.mobjects.four_steps import STEPS
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.signs import CALL_FOR, Sign, talk
from spineanim.mobjects.text import Align, TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

Point = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Middle, width and height in pixels of the composed frame."""

_TILES: Final[tuple[tuple[Box, ...], ...]] = (
    tuple((300.0 + 440.0 * n, 400.0, 408.0, 320.0) for n in range(4)),
    tuple((169.5 + 247.0 * n, 345.0, 231.0, 240.0) for n in range(4)),
    tuple((297.0 + 486.0 * (n % 2), 430.0 + 300.0 * (n // 2), 462.0, 280.0) for n in range(4)),
)
_TALK: Final[tuple[Box, ...]] = (
    (372.0, 712.0, 552.0, 236.0),
    (540.0, 545.0, 972.0, 116.0),
    (540.0, 985.0, 948.0, 170.0),
)
_CALL: Final[tuple[Box, ...]] = (
    (1252.0, 712.0, 1144.0, 236.0),
    (540.0, 738.0, 972.0, 236.0),
    (540.0, 1310.0, 948.0, 440.0),
)
_COLUMNS: Final = (4, 2, 2)
_SHARES: Final = ((0.205, 0.245, 0.30, 0.25), (0.5, 0.5), (0.56, 0.44))
"""Columns of the list, and what each takes of its width."""
_SIGN_PX: Final = (84.0, 70.0, 100.0)
_FOOT_PX: Final = 76.0
"""Height under a tile's picture that its words take."""
_PAD_PX: Final = 26.0


class SummaryPlate(Part):
    """Four tiles in a row, and two cards under them.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    steps
        Words of the four steps, by name.
    talk_words, call_words
        What to do, and the head of the list.
    signs
        Words of what to call for, by name.

    Attributes
    ----------
    tiles
        The four steps.
    talk_card, call_card
        The cards under them.
    items
        What to call for, one by one.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        steps: Mapping[str, str],
        talk_words: str,
        call_words: str,
        signs: Mapping[str, str],
    ) -> None:
        self.parameters, self.theme, self.fmt = parameters, theme, fmt
        boxes = fmt.pick(*_TILES)
        self.tiles = [
            self._tile(box, fmt.pick(f"{number}  {words}", words, f"{number}  {words}"), name)
            for number, (box, (name, words)) in enumerate(zip(boxes, steps.items(), strict=True), 1)
        ]
        self.talk_card = self._talk(talk_words)
        self.items: list[Part] = []
        self.call_card = self._call(call_words, signs)
        super().__init__(*self.tiles, self.talk_card, self.call_card)

    def _card(self, box: Box) -> tuple[Panel, Point, Point]:
        """Return a card, its middle, and its width and height, in scene units."""
        x_px, y_px, wide, high = box
        middle = self.fmt.point(x_px, y_px)
        panel = Panel(px(wide), px(high), self.theme).shift(middle)
        return panel, middle, np.array([px(wide), px(high)])

    def _tile(self, box: Box, words: str, name: str) -> Part:
        panel, middle, size = self._card(box)
        lift = np.array([0.0, px(_FOOT_PX) / 2, 0.0])
        inner = size - np.array([0.0, px(_FOOT_PX + _PAD_PX)])
        picture = STEPS[name](
            self.parameters, self.theme, self.fmt, middle + lift - [0, px(6), 0], inner
        )
        panel.hold(picture)
        panel.hold(self._foot(middle, size, words))
        return Part(panel, opacity=0.0)

    def _foot(self, middle: Point, size: Point, words: str) -> Part:
        """Return words at a tile's foot, on a white plate over the picture."""
        text = self._text([words], "center", self.fmt.pick("label", "detail", "label"))
        at = middle - np.array([0.0, size[1] / 2 - px(28), 0.0])
        return text.shift(at)

    def _text(self, lines: list[str], align: Align = "left", kind: str = "label") -> TextBlock:
        style = self.theme.style(kind)
        return TextBlock(lines, style, self.theme.color("ink.label"), align)

    def _talk(self, words: str) -> Part:
        panel, middle, size = self._card(self.fmt.pick(*_TALK))
        left = middle - np.array([size[0] / 2 - px(_PAD_PX), 0.0, 0.0])
        panel.hold(self._item(talk, words, left, size[0] - 2 * px(_PAD_PX), 1.25))
        return Part(panel, opacity=0.0)

    def _call(self, head: str, signs: Mapping[str, str]) -> Part:
        panel, middle, size = self._card(self.fmt.pick(*_CALL))
        corner = middle + np.array([-size[0] / 2 + px(_PAD_PX + 6), size[1] / 2, 0.0])
        panel.hold(self._text([head]).shift(corner - [0.0, px(56), 0.0]))
        columns = self.fmt.pick(*_COLUMNS)
        rows = -(-len(signs) // columns)
        wide = (size[0] - 2 * px(_PAD_PX)) / columns
        high = (size[1] - px(84 + 14)) / rows
        starts = np.concatenate([[0.0], np.cumsum(self.fmt.pick(*_SHARES))[:-1]]) * columns
        for number, (name, words) in enumerate(signs.items()):
            row, column = divmod(number, columns)
            down = px(84) + high * (row + 0.5)
            left = corner + np.array([wide * starts[column] - px(6), -down, 0.0])
            item = self._item(CALL_FOR[name], words, left, wide * 1.1, 1.0)
            item.opacity = 0.0
            self.items.append(item)
            panel.hold(item)
        return Part(panel, opacity=0.0)

    def _item(self, sign: Sign, words: str, left: Point, wide: float, times: float) -> Part:
        """Return a sign with words on its right, from a scene point (3,) at its left edge."""
        size = times * px(self.fmt.pick(*_SIGN_PX))
        drawn = sign(self.theme, left + np.array([0.58 * size, 0.0, 0.0]), size)
        start = 1.16 * size + px(16)
        lines = wrap(words, self.theme.style("label"), wide - start - px(8))
        block = self._text(lines)
        return Part(drawn, block.shift(left + np.array([start, -block.middle_units, 0.0])))
