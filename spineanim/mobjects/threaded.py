"""The catheter that a needle leads into the fluid: outside, through the back, up the canal."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.params import CATHETER
from spineanim.mobjects.needle import THICKER
from spineanim.mobjects.puncture_way import NeedleWay
from spineanim.mobjects.tube import Tube
from spineanim.stage import Stage

Point = NDArray[np.float64]

DRAWN_MM: Final = THICKER * CATHETER.outer_diameter_mm
"""Thickness as drawn; 1.2 mm in life (M)."""
TAIL_MM: Final = 190.0
_LIES_MM: Final = 34.0
"""Length of the tail that is drawn, and of what lies on the skin once the needle is out."""
_OVER_SKIN_MM: Final = 0.9
_ROUND_MM: Final = 9.0
_POINTS: Final = 90
"""Of a tail, from the free end to the skin."""
_LIFTED_MM: Final = 30.0
"""Over such a length a tail that is lifted turns from the needle's line to upright: it is soft."""


class ThreadedCatheter:
    """Two tubes that move as one: `inside` lies in the canal, `outside` before the cut.

    Parameters
    ----------
    way
        The needle's way and the route behind it.
    stage
        Where the body stands.
    theme
        Colours: role `catheter`.

    Attributes
    ----------
    inside, outside
        From the dura to the tip; and from the free end along the needle's way to the dura.
    lifted
        Scene points (N, 3) of the outside one while a hand holds its end up to draw it out.
    """

    def __init__(self, way: NeedleWay, stage: Stage, theme: Theme) -> None:
        self.way, self.stage = way, stage
        wide = stage.length(DRAWN_MM)
        sac = stage(way.route.between("intrathecal", "intrathecal"))
        self._straight, self._lying = self._tails()
        self.lifted = self._lifted()
        self.inside = Tube(sac, wide, theme, shadow=0.25)
        self.outside = Tube(self._straight, wide, theme, shadow=0.25)
        self.parts = (self.outside, self.inside)
        self._outer_mm = TAIL_MM + way.length_mm
        self._inner_mm = curves.length(way.route.between("intrathecal", "intrathecal"))
        self.thread(0.0)

    def thread(self, share: float, *, hub_mm: float = 126.0) -> None:
        """Advance the tip: at 0 nothing is seen, then it comes by the hub, at 1 it is in place.

        Parameters
        ----------
        share
            Share of the way of the tip, 0 to 1; true to length.
        hub_mm
            Length of needle and hub, from whose outer end the tip starts.
        """
        self.outside.run_along(self._straight)
        start = max(self._outer_mm - hub_mm, 0.0)
        self._reach(start + share * (self._outer_mm + self._inner_mm - start))
        for part in self.parts:
            part.opacity = float(share > 0.0)

    def lie_down(self, share: float) -> None:
        """Let the tail, in place and free of the needle, sink onto the skin below the entry."""
        self.outside.run_along(self._straight + share * (self._lying - self._straight))
        self.outside.reveal(1.0)

    def lift(self, share: float) -> None:
        """Lift the tail, in place and free of the needle, off the skin: it turns up, then rises."""
        along, up = 1.0 - (1.0 - share) ** 3, share**3
        way = np.array([along, up, 0.0]) * (self.lifted - self._lying)
        self.outside.run_along(self._lying + way)
        self.outside.reveal(1.0)

    def draw_out(self, share: float) -> None:
        """Draw the lifted catheter out by its end, until it is gone; true to length."""
        self.outside.run_along(self.lifted)
        self._reach((1.0 - share) * (self._outer_mm + self._inner_mm))
        for part in self.parts:
            part.opacity = float(share < 1.0)

    def _reach(self, gone_mm: float) -> None:
        """Show so much of the whole, from the free end on."""
        self.outside.reveal(min(gone_mm / self._outer_mm, 1.0))
        self.inside.reveal(max(gone_mm - self._outer_mm, 0.0) / self._inner_mm)

    def _lifted(self) -> Point:
        """Path (N, 3) of the outside tube with its tail held up, as far as it is long."""
        skin, inner = self._straight[_POINTS - 1], self._straight[_POINTS:]
        out = self._straight[_POINTS - 2] - skin
        far_mm = np.linspace(0.0, TAIL_MM, _POINTS)
        slant = float(np.arctan2(out[1], out[0]))
        turned = curves.ease(np.clip(far_mm / _LIFTED_MM, 0.0, 1.0))
        angle = slant + (np.pi / 2 - slant) * turned
        step = self.stage.length(float(far_mm[1]))
        ways = step * np.column_stack([np.cos(angle), np.sin(angle), np.zeros(_POINTS)])
        tail = skin + np.vstack([np.zeros(3), np.cumsum((ways[1:] + ways[:-1]) / 2, axis=0)])
        return np.vstack([tail[::-1], inner])

    def _tails(self) -> tuple[Point, Point]:
        """Paths (N, 3) of the outside tube: the tail straight, and lying on the skin."""
        way = self.way
        inner = np.linspace(0.0, way.length_mm, 60)
        straight = np.concatenate([np.linspace(-TAIL_MM, 0.0, _POINTS)[:-1], inner])
        line = np.array([way.at(each) for each in straight])
        away = np.hypot(*(way.skin_yz - way.skin).T)
        below = way.skin_yz[int(away.argmin()) :]
        lifted = curves.offset(below, _OVER_SKIN_MM)
        lain = curves.part(lifted, 0.0, min(_LIES_MM / curves.length(lifted), 1.0))[::-1]
        left_mm = curves.length(lain) - curves.distances(lain)
        knee = lain[left_mm > _ROUND_MM]
        bend = np.vstack([knee, [way.at(each) for each in (-0.6, 2.0, 4.0)]])
        tail = curves.resample(curves.smooth(bend, samples=4), _POINTS)[:-1]
        lying = np.vstack([tail, [way.at(each) for each in np.linspace(4.0, way.length_mm, 60)]])
        return self._scene(line), self._scene(lying)

    def _scene(self, points_yz: Point) -> Point:
        return np.asarray(self.stage(np.column_stack([np.zeros(len(points_yz)), points_yz])))
