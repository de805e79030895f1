"""Leaves of a calendar that turn over, one after another, as time passes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.visits import leaf
from spineanim.picture.shape import Part
from spineanim.stage import px

Points = NDArray[np.float64]

_LEAVES: Final = 4
_STEP_PX: Final = 5.0
"""How many leaves lie on one another, and how far each lies from the next."""
_NEARER: Final = 0.22
"""How much wider the free edge of a leaf looks when it stands towards the viewer [D]."""
_GONE: Final = 0.9
"""Share of its turn from which a leaf, seen on its edge, fades."""


class TurningLeaves(Part):
    """A small stack; each leaf but the last turns up about its head and is gone.

    Parameters
    ----------
    theme
        Colours.
    corner
        Scene point (3,) of the upper left corner of the undermost leaf.
    wide
        Width of a leaf in scene units.
    """

    def __init__(self, theme: Theme, corner: Points, wide: float) -> None:
        step = np.array([px(_STEP_PX), -px(_STEP_PX), 0.0])
        corners = [corner - step * number for number in range(_LEAVES)]
        self._sheets = [leaf(theme, each, wide) for each in corners]
        self._heads = [each + np.array([wide / 2, 0.0, 0.0]) for each in corners]
        self._flat = [[part.points.copy() for part in each.get_family()] for each in self._sheets]
        self._wide = wide
        super().__init__(*self._sheets, opacity=0.0)

    def turn(self, share: float) -> None:
        """Turn the leaves, from all lying (0) to the last alone (1)."""
        for number in range(1, _LEAVES):
            turned = float(np.clip(share * (_LEAVES - 1) - (_LEAVES - 1 - number), 0.0, 1.0))
            self._lift(number, turned)

    def _lift(self, number: int, turned: float) -> None:
        """Lift one leaf about its head, from lying flat (0) to seen on its edge (1)."""
        angle, head = 0.5 * np.pi * turned, self._heads[number]
        sheet = self._sheets[number]
        for part, flat in zip(sheet.get_family(), self._flat[number], strict=True):
            away = flat - head
            nearer = 1.0 + _NEARER * np.sin(angle) * -away[:, 1:2] / self._wide
            lifted = away * np.array([1.0, np.cos(angle), 1.0])
            lifted[:, :1] *= nearer
            part.points = head + lifted
        sheet.opacity = float(np.clip((1.0 - turned) / (1.0 - _GONE), 0.0, 1.0))
