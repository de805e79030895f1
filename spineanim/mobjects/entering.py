"""The pump on its way through the cut: outside above it, a bump under the skin below it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.wall import LIFTED_SHARE
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.pump import Pump
from spineanim.mobjects.slack import TUBE_MM, SlackPaths
from spineanim.mobjects.tube import Tube
from spineanim.picture.bump import bake_bump
from spineanim.picture.shape import Part, Shape, Sprite
from spineanim.stage import Stage

Points = NDArray[np.float64]

_PUMP_SEEN: Final = 0.34
"""Opacity of the pump under the skin."""
_TUBE_SEEN: Final = 0.34
_BUMP_PX_PER_MM: Final = 3.0
_ALL_IN_MM: Final = 1.0
"""So near its place nothing of the pump is beyond the cut, which runs 7 mm above its rim."""


class EnteringPump(Part):
    """The pump with its catheter, parted by the line of the cut.

    Parameters
    ----------
    pump
        Its picture; copies of it are moved.
    paths
        Where the catheter runs.
    cut
        Scene points (N, 3) of the cut.
    stage
        Where the body stands.
    theme
        Colours.

    Attributes
    ----------
    outside, inside
        What is seen above the cut, and what shimmers through the skin below it.
    """

    def __init__(
        self, pump: Pump, paths: SlackPaths, cut: Points, stage: Stage, theme: Theme
    ) -> None:
        self.stage, self.theme, self.paths = stage, theme, paths
        self.home = stage.point(paths.route.pump.centre)
        self._pumps = [self._copy(pump), self._copy(pump)]
        course, wide = paths.under_skin(np.zeros(3)), stage.length(TUBE_MM)
        self._tubes = [Tube(course, wide, theme, shadow=0.25) for _ in range(2)]
        self._tubes[1].opacity = _TUBE_SEEN
        self._bump = Part(self._bump_sprite(theme))
        self._rests = [AtRest(pump, pump.place("centre")) for pump in self._pumps]
        self._rests.append(AtRest(self._bump))
        under = self._pumps[1]
        under.drop_shadows()
        under.opacity = _PUMP_SEEN
        above, below = sides_of(cut, 2.0 * stage.fmt.width)
        self.outside = Part(self._tubes[0], self._pumps[0]).clipped_to(Shape(above))
        self.inside = Part(self._tubes[1], under, self._bump).clipped_to(Shape(below))
        for side in (self.inside, self.outside):
            side.opacity = 0.0
        super().__init__(self.inside, self.outside)
        self.at(0.0)

    def at(self, along_mm: float) -> None:
        """Put the pump so many millimetres up from its place."""
        offset = np.array([0.0, self.stage.length(along_mm), 0.0])
        for rest in self._rests:
            rest.put(self.home + offset)
        course = self.paths.under_skin(offset)
        self._tubes[1].run_along(course)
        self.outside.opacity = float(along_mm > _ALL_IN_MM)
        if self.outside.opacity:
            self._tubes[0].run_along(course)

    def _copy(self, pump: Pump) -> Pump:
        copied: Pump = pump.copy()
        copied.opacity = 1.0
        return copied

    def _bump_sprite(self, theme: Theme) -> Sprite:
        size = self.paths.route.pump.size
        picture = bake_bump(
            size.radius_mm, LIFTED_SHARE * size.thickness_mm, theme, _BUMP_PX_PER_MM
        )
        left, bottom, right, top = (self.stage.length(edge) for edge in picture.box_mm)
        return Sprite(picture.rgba, [(left, top, 0.0), (right, top, 0.0), (left, bottom, 0.0)])


def sides_of(cut: Points, reach: float) -> tuple[Points, Points]:
    """Outlines (N, 3) above and below a cut, which is led on to both sides, for some reach."""
    line = cut if cut[0, 0] < cut[-1, 0] else cut[::-1]
    far = np.array([reach, 0.0, 0.0])
    whole = np.vstack([line[0] - far, line, line[-1] + far])
    high = np.array([0.0, reach, 0.0])
    return (
        np.vstack([whole, whole[-1] + high, whole[0] + high]),
        np.vstack([whole, whole[-1] - high, whole[0] - high]),
    )
