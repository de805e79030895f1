"""Three reminders of a good stance, each a small picture with a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.label import ring
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.pictogram import Pictogram, arrow
from spineanim.mobjects.pictogram_poses import STANDING, WALKING
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Points = NDArray[np.float64]

_FIGURE: Final = 0.50
_GROUND: Final = -0.13
_WORDS_AT: Final = -0.30
"""Height of the figure, of its ground and of the words' middle, in heights of a tile from its
middle."""
_LINE_MARKS: Final = ((0.0, 0.935), (0.0, 0.79), (0.0, 0.52))
_EYE_UP: Final = 0.945


class Reminders(Part):
    """Tiles in a row: ear over shoulder over hip; screen at eye level; move often.

    Parameters
    ----------
    theme
        Colours and type.
    middles
        Scene points (3, 3) of the tiles.
    size
        Width and height of a tile in scene units.
    words
        Under each picture.

    Attributes
    ----------
    tiles
        Unseen at first.
    """

    def __init__(
        self, theme: Theme, middles: Points, size: tuple[float, float], words: Sequence[str]
    ) -> None:
        self.theme, self.size = theme, size
        pictures = (self._in_line, self._at_eye_level, self._moving)
        self.tiles = []
        for middle, text, picture in zip(middles, words, pictures, strict=True):
            panel = Panel(*size, theme).shift(middle)
            ground = middle + np.array([0.0, _GROUND * size[1], 0.0])
            panel.hold(picture(ground, _FIGURE * size[1]))
            panel.hold(self._words(text, middle))
            self.tiles.append(Part(panel, opacity=0.0))
        super().__init__(*self.tiles)

    def _words(self, text: str, middle: Points) -> TextBlock:
        style = self.theme.style("label")
        lines = wrap(text, style, 0.9 * self.size[0])
        block = TextBlock(lines, style, self.theme.color(style.color), "center")
        at = middle + np.array([0.0, _WORDS_AT * self.size[1] - block.middle_units, 0.0])
        return block.shift(at)

    def _in_line(self, ground: Points, tall: float) -> Part:
        """Return a figure whose ear, shoulder and hip lie on one line."""
        figure = Pictogram(STANDING, self.theme, tall, ground)
        warm = self.theme.color("nerve.base")
        ends = figure.places([(0.0, 1.06), (0.0, 0.40)])
        line = Shape(ends, closed=False, stroke=warm, stroke_px=4.0).dashed(9, 7)
        dots = [
            Shape(ring(figure.place(spot), 9.0), fill=warm, stroke="#FFFFFF", stroke_px=3.0)
            for spot in _LINE_MARKS
        ]
        return Part(figure, line, *dots)

    def _at_eye_level(self, ground: Points, tall: float) -> Part:
        """Return a figure before a screen as high as its eyes."""
        aside = ground - np.array([0.20 * tall, 0.0, 0.0])
        figure = Pictogram(STANDING, self.theme, tall, aside)
        color = self.theme.color
        screen = aside + tall * rounded_box(0.42, 0.80, 0.50, 1.06, 0.02)
        stand = figure.places([(0.46, 0.80), (0.46, 0.02)])
        foot = figure.places([(0.34, 0.02), (0.58, 0.02)])
        look = figure.places([(0.10, _EYE_UP), (0.39, _EYE_UP)])
        return Part(
            figure,
            Shape(stand, closed=False, stroke=color("ink.hairline"), stroke_px=6.0),
            Shape(foot, closed=False, stroke=color("ink.hairline"), stroke_px=6.0),
            Shape(screen, fill=color("ink.label")),
            Shape(look, closed=False, stroke=color("nerve.base"), stroke_px=4.0).dashed(9, 7),
        )

    def _moving(self, ground: Points, tall: float) -> Part:
        """Return a figure that walks, under an arrow that goes round."""
        figure = Pictogram(WALKING, self.theme, 0.86 * tall, ground)
        turn = np.radians(np.linspace(150.0, 28.0, 36))
        round_ = ground + tall * np.column_stack(
            [0.04 + 0.30 * np.cos(turn), 0.80 + 0.26 * np.sin(turn), 0.0 * turn]
        )
        width_px = 0.026 * tall / px(1)
        return Part(figure, arrow(round_, self.theme.color("nerve.base"), width_px, 0.08 * tall))
