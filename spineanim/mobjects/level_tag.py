"""A small plate over the catheter's tip that counts the levels it passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Point = NDArray[np.float64]

_SIZE_PX: Final = (124.0, 68.0)
_CORNER_PX: Final = 18.0
_STEM_PX: Final = 118.0
"""The plate's middle stands so far from the tip."""
_DOT_PX: Final = 9.0


class LevelTag(Part):
    """Names the vertebra that the tip lies behind; travels with the tip.

    Parameters
    ----------
    names
        Levels that it can show.
    out
        Unit vector (3,) from the tip to the plate.
    theme
        Type and colours.

    Attributes
    ----------
    shown
        Name that is seen now.
    """

    def __init__(self, names: Sequence[str], out: Point, theme: Theme) -> None:
        color = theme.color
        style = theme.style("caption")
        self.middle = np.asarray(out, dtype=np.float64) * px(_STEM_PX)
        wide, high = (px(each) for each in _SIZE_PX)
        focus = color("accent.focus")
        shadow = rounded_plate(wide + px(6), high + px(6), px(_CORNER_PX + 3))
        shadow.set_fill(color("panel.shadow"), opacity=0.22).shift((px(3), -px(5), 0.0))
        plate = rounded_plate(wide, high, px(_CORNER_PX))
        plate.set_fill(color("panel.fill"), opacity=1.0)
        plate.set_stroke(focus, width=px(3.2) / 0.01)
        stem = np.array([np.zeros(3), self.middle])
        turns = np.linspace(0.0, 2.0 * np.pi, 33)[:-1]
        dot = px(_DOT_PX) * np.column_stack([np.cos(turns), np.sin(turns), 0.0 * turns])
        self.by_name = {}
        for name in names:
            block = TextBlock([name], style, color("ink.title"), "center")
            self.by_name[name] = Part(block.shift((0.0, -block.middle_units, 0.0)), opacity=0.0)
        body = Part(shadow, plate, *self.by_name.values()).shift(self.middle)
        super().__init__(
            Shape(stem, closed=False, stroke="#FFFFFF", stroke_px=7.0, stroke_opacity=0.85),
            Shape(stem, closed=False, stroke=focus, stroke_px=3.0),
            Shape(dot, fill=focus, stroke="#FFFFFF", stroke_px=3.0),
            body,
        )
        self._rest = [(each, each.points.copy()) for each in self.get_family() if len(each.points)]
        self.shown = ""

    def stand(self, tip: Point, name: str) -> None:
        """Stand over a scene point (3,) and show a level's name."""
        for each, points in self._rest:
            each.set_points(points + tip)
        for other, part in self.by_name.items():
            part.opacity = float(other == name)
        self.shown = name
