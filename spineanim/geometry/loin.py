"""The cut across the loin that follows the tunnel, and the tunnel laid onto it.

The passer's way rises and falls only a little from one plane, so one level section shows
all of it. Laid onto the section, each point keeps the depth under the skin that it has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry.axes import Plane, Points2, Points3, View
from spineanim.geometry.body import Body
from spineanim.geometry.catheter import CatheterRoute
from spineanim.geometry.outline import section_outlines
from spineanim.geometry.patients import bare_body
from spineanim.geometry.solids.base import Solid

_ROUNDS: Final = 4
_STEP_MM: Final = 0.5
_INTO_POCKET_MM: Final = 7.0
_OUTLINE_STEP_MM: Final = 2.0
# Drawn up on the side, the lowest ribs come down on the pocket as it is carried along: the
# skin of the belly with it slides a little towards the hip and the front [D]
_SLIDE_MM: Final = (0.0, -3.0, -13.0)
# The passer reaches so far from the pocket's lip to its middle, this high over the fascia [D]
_REACH_IN: Final = 0.80
_OVER_FASCIA_MM: Final = 2.6
# How softly it turns at the lip, in its own steps of about 1.5 mm [D]
_BEND_STEPS: Final = 5.0
# The cut on the back lies over the loop's upper end: the passer starts so much higher [D]
_START_ABOVE_MM: Final = 9.0
_START_SHARE: Final = 0.80
_RAISED_MM: Final = 7.0
"""The cut passes so much above the tunnel: through the arch of the vertebra, not the disc [D]."""


@dataclass(frozen=True)
class LoinCut:
    """A level section of a body, seen from the feet with the back at the top.

    Parameters
    ----------
    body : Body
        Without the pump: its pocket is still empty.
    """

    body: Body

    @cached_property
    def route(self) -> CatheterRoute:
        """The body's route, with the pocket clear of the ribs and the tunnel led on into it."""
        plan = self.body.route
        pump = replace(plan.pump, back_centre=plan.pump.back_centre + np.array(_SLIDE_MM))
        tunnel = self._led_in(plan.stretches["tunnel"][::-1], pump.centre)
        passer = self._led_in(plan.passer, pump.centre)
        share = np.linspace(0.0, 1.0, len(passer))[:, None] / _START_SHARE
        lift = np.maximum(1.0 - share, 0.0) ** 2
        passer = passer + lift * [0.0, 0.0, _START_ABOVE_MM]
        stretches = {**plan.stretches, "tunnel": tunnel[::-1]}
        return replace(plan, stretches=MappingProxyType(stretches), pump=pump, passer=passer)

    def _led_in(self, line: Points3, middle: Points3) -> Points3:
        """Slide a line's end with the pocket, and lead it on towards the pocket's middle."""
        fascia = self._layers["fascia"]
        share = np.linspace(0.0, 1.0, len(line))[:, None]
        slid = line + share**2 * np.array(_SLIDE_MM)
        step = float(np.linalg.norm(slid[-1] - slid[-2]))
        reach = float(np.linalg.norm(middle - slid[-1])) * _REACH_IN
        on = np.linspace(0.0, 1.0, max(int(reach / step), 8))[1:]
        inside = slid[-1] + (_REACH_IN * on)[:, None] * (middle - slid[-1])
        high = float(fascia.distance_mm(slid[-1])[0])
        want = high + (_OVER_FASCIA_MM - high) * on
        for _ in range(_ROUNDS):
            gap = want - fascia.distance_mm(inside)
            inside = inside + gap[:, None] * _rise(fascia, inside)
        whole = np.vstack([slid, inside])
        soft = gaussian_filter1d(whole, _BEND_STEPS, axis=0, mode="nearest")
        kept = len(slid) - int(6 * _BEND_STEPS)  # further from the lip it is smooth already
        return np.vstack([whole[:kept], soft[kept:]])

    @cached_property
    def view(self) -> View:
        """The view along the body onto the cut, left flank on the left."""
        y, z = self.body.route.passer[:, 1], self.body.route.passer[:, 2]
        slope, level = np.polyfit(y, z, 1)
        turn = np.arctan(slope)
        back = (0.0, float(np.cos(turn)), float(np.sin(turn)))
        down = (0.0, back[2], -back[1])
        plane = Plane((0.0, 0.0, float(level) + _RAISED_MM), down)
        return View("loin", (-1.0, 0.0, 0.0), back, cut=plane)

    @cached_property
    def _layers(self) -> dict[str, Solid]:
        """All that skin and muscle fascia enclose."""
        return {part.name: part.solid for part in bare_body(self.body.anatomy.patient).trunk}

    def depth_mm(self, points_mm: Points3) -> NDArray[np.float64]:
        """Depth of patient points (N, 3) under the skin, (N,)."""
        return -self._layers["skin"].distance_mm(points_mm)

    def laid(self, points_mm: Points3) -> Points2:
        """Lay patient points (N, 3) onto the cut, each as deep under the skin as it is, (N, 2)."""
        return self._at(self._layers["skin"], points_mm, -self.depth_mm(points_mm))

    def skin_outline(self) -> Points2:
        """Outline (N, 2) of the cut, closed."""
        return section_outlines(self._layers["skin"], self.view, _OUTLINE_STEP_MM)[0]

    @property
    def height_mm(self) -> float:
        """Height in the view's plane of the middle of the cut (its point on the patient's axis)."""
        return float(self.view.project(np.array(self._cut.point_mm))[1])

    def on_skin(self, points_mm: Points3) -> Points2:
        """Nearest points (N, 2) on the skin of the cut."""
        return self._at(self._layers["skin"], points_mm, np.zeros(len(points_mm)))

    def pocket(self, gape_mm: float) -> Points2:
        """Outline (N, 2) of the empty pocket: a flat cleft on the muscle fascia.

        Towards the flank it reaches a little over the end of the tunnel, which opens into it.
        """
        route, cut = self.body.route, self._cut
        across = np.cross(route.pump.normal, cut.unit)
        across *= np.sign((route.passer[-1] - route.pump.centre) @ across) / np.linalg.norm(across)
        end = float((route.passer[-1] - route.pump.centre) @ across) + _INTO_POCKET_MM
        share = np.linspace(0.0, 1.0, 61)
        along = -route.pump.size.radius_mm * (1.0 - share) + end * share
        middle = route.pump.centre + along[:, None] * across
        gape = gape_mm * np.sqrt(4.0 * share * (1.0 - share))
        lower, upper = (self._at(self._layers["fascia"], middle, each) for each in (0 * gape, gape))
        return np.vstack([lower, upper[-2:0:-1]])

    @property
    def _cut(self) -> Plane:
        cut = self.view.cut
        assert cut is not None  # made with one
        return cut

    def _at(self, layer: Solid, points_mm: Points3, distance_mm: NDArray[np.float64]) -> Points2:
        """Lay points onto the cut, moved to a distance from a layer, negative inside, (N, 2)."""
        view, lift = self.view, self._cut.height(points_mm)
        on_cut = np.asarray(points_mm, dtype=np.float64) - lift[:, None] * self._cut.unit
        for _ in range(_ROUNDS):
            gap = distance_mm - layer.distance_mm(on_cut)
            on_cut = on_cut + gap[:, None] * _slope(layer, on_cut, view)
        return view.project(on_cut)


def _slope(solid: Solid, points_mm: Points3, view: View) -> Points3:
    """Find unit directions (N, 3) in the cut in which the distance of a solid grows fastest."""
    return _rise(solid, points_mm, np.array([view.right, view.up], dtype=np.float64))


def _rise(solid: Solid, points_mm: Points3, ways: Points3 | None = None) -> Points3:
    """Find unit directions (N, 3), out of some ways (K, 3), in which a distance grows fastest."""
    ways = np.eye(3) if ways is None else ways
    rises = [
        solid.distance_mm(points_mm + _STEP_MM * way)
        - solid.distance_mm(points_mm - _STEP_MM * way)
        for way in ways
    ]
    slope = np.stack(rises, axis=1) @ ways
    unit: Points3 = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    return unit
