"""The column bends from one posture into another."""

from __future__ import annotations

from manim import smooth

from spineanim.geometry.params import Alignment
from spineanim.mobjects.bending import BendingColumn
from spineanim.motion.ease import Curve
from spineanim.motion.move import Move


class Bends(Move):
    """Change the curves of a column from what they are when the step starts.

    Parameters
    ----------
    column
        What bends.
    to
        Its curves at the end.
    ease
        Share of time to share of the way.
    """

    def __init__(self, column: BendingColumn, to: Alignment, *, ease: Curve = smooth) -> None:
        self.column, self.to, self.start = column, to, column.alignment
        super().__init__(column, self._bend, ease=ease)

    def begin(self) -> None:
        """Remember the curves the step starts from."""
        self.start = self.column.alignment
        super().begin()

    def _bend(self, share: float) -> None:
        self.column.bend(self.start.between(self.to, share))
