"""The cut across the loin that follows the tunnel, and the tunnel laid onto it.

The passer's way rises and falls only a little from one plane, so one level section shows
all of it. Laid onto the section, each point keeps the depth under the skin that it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Plane, Points2, Points3, View
from spineanim.geometry.body import Body
from spineanim.geometry.outline import section_outlines
from spineanim.geometry.solids.base import Solid

_ROUNDS: Final = 4
_STEP_MM: Final = 0.5
_OUTLINE_STEP_MM: Final = 2.0
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
        return {part.name: part.solid for part in self.body.trunk}

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

        Towards the flank it reaches to the end of the tunnel.
        """
        route, cut = self.body.route, self._cut
        across = np.cross(route.pump.normal, cut.unit)
        across *= np.sign((route.passer[-1] - route.pump.centre) @ across) / np.linalg.norm(across)
        end = float((route.passer[-1] - route.pump.centre) @ across)
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
    ways = np.array([view.right, view.up], dtype=np.float64)
    rises = [
        solid.distance_mm(points_mm + _STEP_MM * way)
        - solid.distance_mm(points_mm - _STEP_MM * way)
        for way in ways
    ]
    slope = np.stack(rises, axis=1) @ ways
    unit: Points3 = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    return unit
