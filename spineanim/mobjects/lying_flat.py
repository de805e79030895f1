"""A small picture of a person lying on the back, whose curve straightens there or does not."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.stance import Stance
from spineanim.mobjects.bent_figure import BentFigure
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.plate import rounded_plate
from spineanim.picture.shape import Part, mix
from spineanim.stage import Format, Stage, px

Points = NDArray[np.float64]

_MIDDLE_MM: Final = (0.0, -20.0, -90.0)
"""Patient point that stands in the middle of the card, a little over the hip."""
_BED_PX: Final = 26.0


class LyingFlat(Part):
    """A card with the figure on a mattress, head to the right; `pose` bends it where it lies.

    Parameters
    ----------
    stance
        The person.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    middle
        Scene point (3,) of the card.
    size_px, px_per_mm
        Of the card, and the scale of the figure.
    """

    def __init__(
        self,
        stance: Stance,
        theme: Theme,
        fmt: Format,
        middle: Points,
        size_px: tuple[float, float],
        px_per_mm: float,
    ) -> None:
        wide, high = (px(each) for each in size_px)
        at = (float(middle[0]), float(middle[1]))
        stage = Stage(LATERAL_LEFT, _MIDDLE_MM, px(px_per_mm), at, -90.0, fmt)
        self.figure = BentFigure(stance, theme, stage, rests_on="back")
        back_mm = self.figure.hindmost_mm(stance.figure(0.0))
        self.bed = float(stage.plane([[back_mm, 0.0]])[0][1])
        panel = Panel(wide, high, theme).shift(middle)
        panel.hold(self._mattress(middle, wide, theme))
        panel.hold(self.figure)
        super().__init__(panel, opacity=0.0)

    def pose(self, share: float) -> None:
        """Lie flat (0), or as hunched as standing (1); what is hindmost rests on the mattress."""
        self.figure.pose(share)

    @property
    def gap(self) -> Points:
        """Scene point (3,) between head and mattress."""
        ear = self.figure.point("ear")
        return np.array([ear[0], self.bed + 0.3 * (ear[1] - self.bed), 0.0])

    def _mattress(self, middle: Points, wide: float, theme: Theme) -> Part:
        light, base = theme.color("cloth.light"), theme.color("cloth.base")
        pad = rounded_plate(wide * 0.94, px(_BED_PX), px(10))
        pad.shift((middle[0], self.bed - px(_BED_PX) / 2, 0.0))
        pad.set_fill(mix(light, base, 0.5), opacity=1.0)
        pad.set_stroke(mix(base, theme.color("cloth.dark"), 0.4), width=1.6)
        return Part(pad)
