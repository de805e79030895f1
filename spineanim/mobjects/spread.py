"""Medicine from a tablet: drops that spread with the blood through the whole body."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import contains
from spineanim.mobjects.stamp import put, stamp
from spineanim.picture.light import BALL_REACH, role_ball
from spineanim.picture.noise import lattice_value
from spineanim.picture.shape import Part
from spineanim.stage import px

Points = NDArray[np.float64]

_STEP_PX: Final = 30.0
_SCATTER: Final = 0.62
_EDGE_PX: Final = 13.0
_DROP_PX: Final = 4.6
_SWAY_PX: Final = 4.0
_SWAY_S: Final = 5.0
_FRONT: Final = 0.22
"""Share of the time that one drop takes to come."""


class WholeBody(Part):
    """Drops all over a body, from its stomach on.

    Parameters
    ----------
    outlines
        Closed scene outlines (N, 3) of the body.
    start
        Scene point (3,) from which they spread.
    theme
        Colours: role `medication`.
    lowest
        Height below which the body fades: nothing goes there.

    Attributes
    ----------
    spread
        How far they have spread, 0 to 1.
    seconds
        Time of their sway.
    """

    def __init__(self, outlines: list[Points], start: Points, theme: Theme, lowest: float) -> None:
        self.places = _scattered(outlines, lowest)
        away = np.linalg.norm(self.places - start[:2], axis=1)
        self.delay = away / max(float(away.max()), 1e-6) * (1.0 - _FRONT)
        self.start = start
        self.spread = self.seconds = 0.0
        first = stamp(role_ball(theme, "medication", heat=0.6))
        self._drops = [first.copy() for _ in self.places]
        ranks = np.arange(len(self.places))
        self._chance = np.asarray(lattice_value((ranks, np.full(len(ranks), 3)), 9), np.float64)
        super().__init__(*self._drops)
        self._draw()

    def spread_to(self, share: float) -> None:
        """Let them have spread a share, 0 to 1."""
        self.spread = share
        self._draw()

    def drift_to(self, seconds: float) -> None:
        """Let them sway as they do at a time."""
        self.seconds = seconds
        self._draw()

    def _draw(self) -> None:
        for index, drop in enumerate(self._drops):
            come = min(max((self.spread - self.delay[index]) / _FRONT, 0.0), 1.0)
            chance = self._chance[index]
            turn = 2.0 * np.pi * (self.seconds / _SWAY_S + chance)
            sway = px(_SWAY_PX) * np.array([np.sin(turn), np.cos(0.8 * turn)])
            ease = come * (2.0 - come)
            place = self.start[:2] + ease * (self.places[index] - self.start[:2]) + sway * ease
            size = px(_DROP_PX) * (0.75 + 0.5 * chance) * BALL_REACH
            put(drop, np.append(place, 0.0), float(size), opacity=float(min(2.0 * come, 1.0)))


def _scattered(outlines: list[Points], lowest: float) -> Points:
    """Evenly scattered places (N, 2) within outlines and above a height."""
    rows = np.vstack([each[:, :2] for each in outlines])
    low, high = rows.min(axis=0), rows.max(axis=0)
    low[1] = max(low[1], lowest)
    step = px(_STEP_PX)
    columns, lines = (int((high[i] - low[i]) / step) + 1 for i in (0, 1))
    across, up = (axis.ravel() for axis in np.meshgrid(np.arange(columns), np.arange(lines)))
    shift = np.column_stack([lattice_value((across, up), seed) for seed in (21, 22)]) - 0.5
    found = low + step * (np.column_stack([across, up]) + 0.5 + _SCATTER * shift)
    held = np.any([_well_inside(each[:, :2], found) for each in outlines], axis=0)
    kept: Points = found[held]
    return kept


def _well_inside(outline: Points, points: Points) -> NDArray[np.bool_]:
    """Tell which points lie inside an outline and not just at its edge."""
    reach = px(_EDGE_PX)
    ways = np.array([[0.0, 0.0], [reach, 0.0], [-reach, 0.0], [0.0, reach], [0.0, -reach]])
    return np.all([contains(outline, points + way) for way in ways], axis=0)
