"""What makes the cut through the pump's reservoir lively: light and bubbles, grains in the gas."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.devices import pump_layout as room
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.shapes import spot
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

_BUBBLES: Final = 11
_GRAINS: Final = 26
_CLEAR_MM: Final = 1.1
_OUTER_MM: Final = 41.0


class CutFaces(Part):
    """Drawn over the two faces of the cut.

    Parameters
    ----------
    layout
        Heights inside the pump.
    stage
        View and scale of the pump's own millimetres.
    theme
        Colours.
    """

    def __init__(self, layout: Layout, stage: Stage, theme: Theme) -> None:
        self._layout, self._stage, self._theme = layout, stage, theme
        super().__init__()
        for number, clock in enumerate(room.WEDGE_DEG):
            # the face that the light falls on less is lit up more
            strength = 0.42 if number else 0.26
            self.add(self._light(clock, strength), *self._bubbles(clock, number))
            self.add(*self._grains(clock, number))

    def _at(self, clock: float, reach_mm: float, height_mm: float) -> Point:
        point: Point = self._stage.point(np.array(spot(clock, reach_mm, height_mm)))
        return point

    def _light(self, clock: float, strength: float) -> Shape:
        """Glow in the medicine, strongest under the refill port."""
        low, high = self._layout.plate_top_mm + 0.3, self._layout.deck_low_mm - 0.3
        reach = room.BELLOWS_INNER_MM - 0.4
        corners = np.array(
            [
                self._at(clock, r, z)
                for r, z in ((0.3, low), (reach, low), (reach, high), (0.3, high))
            ]
        )
        light, glow = self._theme.color("medication.light"), self._theme.color("medication.glow")
        start, end = self._at(clock, 0.0, high), self._at(clock, 0.9 * reach, low)
        stops = ((0.0, light, strength), (0.35, glow, 0.55 * strength), (1.0, glow, 0.0))
        return Shape(corners).with_gradient("linear", start, end, stops)

    def _bubbles(self, clock: float, number: int) -> list[Shape]:
        """Small bright bubbles, alike in every film."""
        random = np.random.default_rng(41 + number)
        low, high = self._layout.plate_top_mm + _CLEAR_MM, self._layout.deck_low_mm - _CLEAR_MM
        light = self._theme.color("medication.light")
        found = []
        for share in (np.arange(_BUBBLES) + 0.5) / _BUBBLES:
            reach = 3.0 + share * (room.BELLOWS_INNER_MM - 6.0) + random.uniform(-0.8, 0.8)
            centre = self._at(clock, reach, random.uniform(low, high))
            radius = self._stage.length(random.uniform(0.16, 0.36))
            found.append(Shape(_ring(centre, radius), fill=light, fill_opacity=0.75))
        return found

    def _grains(self, clock: float, number: int) -> list[Shape]:
        """Grains that tell the gas from a solid."""
        random = np.random.default_rng(57 + number)
        low, high = self._layout.plate_top_mm, self._layout.deck_low_mm - 0.8
        dark = self._theme.color("propellant.dark")
        found = []
        for _ in range(_GRAINS):
            reach = random.uniform(room.BELLOWS_OUTER_MM + 0.7, _OUTER_MM - 0.6)
            height = random.uniform(low, high)
            centre = self._at(clock, reach, height)
            found.append(Shape(_ring(centre, px(1.5)), fill=dark, fill_opacity=0.55))
        return found


def _ring(centre: Point, radius: float) -> Point:
    turn = np.linspace(0.0, 2 * np.pi, 17)[:-1]
    return np.asarray(centre + radius * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn]))
