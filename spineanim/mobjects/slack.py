"""The spare length of the catheter at the pump, as paths in the front view.

The length never changes: what the pump's end gives up as the pump moves over the coil, the loops
take in and grow wider.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.catheter import CatheterRoute
from spineanim.geometry.curves import distances, resample, smooth
from spineanim.stage import Stage

Points = NDArray[np.float64]

TUBE_MM: Final = 2.2
"""Drawn width of the catheter: not quite twice the true 1.2 mm, or it would not be seen."""
_ASIDE_MM: Final = (84.0, 10.0)
"""How far towards the midline and up the pump lies beside the coil at first [D]."""
_CUT_SHARE: Final = 0.82
_U_TURN: Final = 0.26
"""Half width of the turn before the connector, in radii of the pump."""
_COUNT: Final = 260
_TURNS: Final = 120
_FIRST, _LAST = 13, 97
"""Points of the coil between which it runs in circles."""


class SlackPaths:
    """Where the spare length runs while the pump is joined, laid over it and set in.

    Parameters
    ----------
    stage
        Where the body stands.
    route
        The implanted catheter.
    lying
        Scene shift (3,) from the pump's place to where it lies on the skin before.

    Attributes
    ----------
    out
        Scene direction (3,) away from the midline, on the pump's side.
    aside
        Scene shift (3,) from where the pump lies over the coil to where it lies beside it.
    way_out
        Scene point (3,) at which the catheter leaves the cut.
    """

    def __init__(self, stage: Stage, route: CatheterRoute, lying: Points) -> None:
        self.stage, self.route, self.lying = stage, route, lying
        self.out = np.array([float(np.sign(route.pump.centre[0])), 0.0, 0.0])
        inward, up = (stage.length(each) for each in _ASIDE_MM)
        self.aside: Points = -inward * self.out + np.array([0.0, up, 0.0])
        cut = stage(route.abdominal_incision)
        if cut[0] @ self.out > cut[-1] @ self.out:
            cut = cut[::-1]
        self.way_out: Points = cut[round(_CUT_SHARE * (len(cut) - 1))]
        self.reach = stage.length(route.pump.size.radius_mm)

    @cached_property
    def turns(self) -> Points:
        """Scene points (120, 3) of the coil in its place under the skin, up to the connector."""
        return resample(self.stage(self.route.between("coil", "coil")[::-1]), _TURNS)

    @property
    def plug(self) -> Points:
        """Scene point (3,) where the joined end is while the pump lies over the coil."""
        point: Points = self.stage.point(self.route.pump.connector_end()) + self.lying
        return point

    @property
    def connector(self) -> Points:
        """Scene point (3,) in the middle of the connector, while the pump lies over the coil."""
        pump = self.route.pump
        middle = (pump.connector_root() + pump.connector_end()) / 2
        return self.stage.point(middle) + self.lying

    @property
    def coil_side(self) -> Points:
        """Scene point (3,) on the outer side of the coil when it lies under the pump."""
        loops = self.turns[_FIRST:_LAST] + self.lying
        point: Points = loops[int(np.argmax(loops @ self.out))]
        return point

    def laid(self, over: float, joined: float = 1.0) -> Points:
        """Path (260, 3) from the cut through the coil on the skin to the pump beside or over it.

        Parameters
        ----------
        over
            0 with the pump beside the coil, 1 with the pump over it.
        joined
            0 with the end of the catheter free before the connector, 1 with it joined.
        """
        tail = self._tail(over, joined)
        taken = float(distances(tail)[-1]) - self._tail_length_over
        loops = self.turns[_FIRST:_LAST] + self.lying
        wide = 1.0 - taken / float(distances(loops)[-1])
        middle = loops.mean(axis=0)
        loops = middle + wide * (loops - middle)
        tail[0] = loops[-1]
        return resample(smooth(np.vstack([self._head(), loops, tail[1:]])), _COUNT)

    def under_skin(self, offset: Points) -> Points:
        """Path (260, 3) from the body's edge through the tunnel to the pump on its way in.

        Parameters
        ----------
        offset
            Scene shift (3,) of the pump from its place.
        """
        tunnel = self._seen_tunnel()[:2]
        outside = min(float(np.linalg.norm(offset)) / (1.4 * self.reach), 1.0)
        turns = self.turns + offset
        corner = turns[4] + (self.way_out - turns[4]) * outside
        return resample(smooth(np.vstack([tunnel, corner, turns[_FIRST:]])), _COUNT)

    def outside(self, offset: Points) -> Points:
        """Path (260, 3) from the cut to the pump beyond it; see `under_skin`."""
        turns = self.turns + offset
        return resample(smooth(np.vstack([self.way_out, turns[_FIRST:]])), _COUNT)

    def flank(self) -> Points:
        """Path under the skin from the body's edge to the cut."""
        seen = self._seen_tunnel()
        up = (seen[-1] * 0.45 + self.way_out * 0.55) + self.out * self.stage.length(2.0)
        return smooth(np.vstack([seen[:2], up, self.way_out]), samples=30)

    @cached_property
    def _tail_length_over(self) -> float:
        return float(distances(self._tail(1.0, 1.0))[-1])

    def _head(self) -> Points:
        """Scene points (3, 3) from within the cut towards the coil."""
        up = np.array([0.0, self.reach, 0.0])
        below = self.way_out + 0.16 * self.reach * self.out - 0.24 * up
        bend = self.way_out + 0.25 * self.reach * self.out - 0.60 * up
        return np.vstack([self.way_out + 0.14 * up, below, bend])

    def _tail(self, over: float, joined: float) -> Points:
        """Knots (5, 3) from the end of the loops to the end of the catheter."""
        start = self.turns[_LAST - 1] + self.lying
        shift = self.aside * (1.0 - over)
        centre = self.stage.point(self.route.pump.centre) + self.lying
        away = (self.plug - centre) / np.linalg.norm(self.plug - centre)
        plug = self.plug + shift
        before = plug + 0.27 * self.reach * away
        turn = plug + self.reach * (0.47 * away + _U_TURN * self.out)
        free = 0.55 * self.reach * (away + 0.35 * self.out)
        end = plug + (1.0 - joined) * free
        before, turn = before + (1.0 - joined) * 1.35 * free, turn + (1.0 - joined) * 1.5 * free
        down = np.array([0.0, -1.0, 0.0])
        low = start + (turn - start) * 0.50 + 0.20 * self.reach * down
        return np.vstack([start, low, turn, before, end])

    def _seen_tunnel(self) -> Points:
        """Scene points (N, 3) of the tunnel from the body's edge forwards."""
        tunnel = self.route.between("tunnel", "tunnel")[::-1]
        outermost = int(np.argmax(np.abs(tunnel[:, 0])))
        seen = self.stage(tunnel[outermost:])
        edge = seen[0] + self.out * self.stage.length(8.0)
        return np.vstack([edge, seen[len(seen) // 3], seen[-1]])
