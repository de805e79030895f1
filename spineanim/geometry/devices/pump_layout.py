"""Where things lie inside the pump: heights over the back, radii and clock angles.

Reservoir below, works above: the medicine lies in a metal bellows that propellant gas
presses together [65]; on the deck over it stand battery, electronics, filter and roller
pump. The reservoir's contents are the maker's [58]; how the room is shared out is M.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from spineanim.geometry.axes import Points2
from spineanim.geometry.devices.pump_case import SEPTUM_DEPTH_MM, WALL_MM
from spineanim.geometry.devices.shapes import spot
from spineanim.geometry.params import PumpSize

BELLOWS_INNER_MM: Final = 32.4
BELLOWS_OUTER_MM: Final = 36.2
BELLOWS_WALL_MM: Final = 0.6
"""Radii of the folds and thickness of their metal, thicker than in life so that it shows [M]."""

FOLD_MM: Final = 2.0
"""Height of a fold of the full bellows [M]."""

PLATE_MM: Final = 0.9
GAS_MM: Final = 0.6
"""Moving floor of the bellows, and the gas that is left under it when full [M]."""

DECK_MM: Final = 0.9
CHAMBER_RADIUS_MM: Final = 7.5
COLUMN_RADIUS_MM: Final = 8.6
"""Chamber under the refill port and its wall [M]."""

WEDGE_DEG: Final = (224.0, 325.0)
"""Clock angles between which a cut-away shows the reservoir; nothing stands on the deck there."""

BATTERY_DEG: Final = (339.0, 399.0)
BOARD_DEG: Final = (43.0, 112.0)
WORKS_INNER_MM: Final = 10.2
WORKS_OUTER_MM: Final = 35.6
"""Clock angles and radii of battery and electronics board [M]."""

LEAST_FILL: Final = 0.15
"""Share of the height that the folded bellows itself takes [M]."""

_FULL_MORE: Final = 1.04


@dataclass(frozen=True)
class Layout:
    """Heights inside a pump (mm over the back).

    Parameters
    ----------
    size : PumpSize
    fill : float
        Share of the medicine that is left, 1 for a full reservoir.
    """

    size: PumpSize
    fill: float = 1.0

    @property
    def full_mm(self) -> float:
        """Height of the full reservoir, so that it holds its contents between the folds.

        The content between zigzag walls is that of the mean of the squared radius; half of
        the metal lies inside the line of the folds.
        """
        a, b = BELLOWS_INNER_MM, BELLOWS_OUTER_MM
        mean = np.pi * (a * a + a * b + b * b) / 3
        metal = self.folds * 2 * np.pi * (b * b - a * a) * BELLOWS_WALL_MM / 2
        return float((self.size.reservoir_ml * 1000 * _FULL_MORE + metal) / mean)

    @property
    def folds(self) -> int:
        """Number of folds of the bellows."""
        rough = self.size.reservoir_ml * 1000 / (np.pi * 34.3**2)
        return max(round(rough / FOLD_MM), 2)

    @property
    def deck_low_mm(self) -> float:
        """Underside of the deck."""
        return WALL_MM + GAS_MM + PLATE_MM + self.full_mm

    @property
    def deck_top_mm(self) -> float:
        """Top of the deck, on which battery, board and roller pump stand."""
        return self.deck_low_mm + DECK_MM

    @property
    def plate_top_mm(self) -> float:
        """Top of the moving floor of the bellows; it rises as the medicine is used."""
        share = LEAST_FILL + (1 - LEAST_FILL) * float(np.clip(self.fill, 0.0, 1.0))
        return self.deck_low_mm - self.full_mm * share

    @cached_property
    def bellows_line(self) -> Points2:
        """Folds as (radius, height), from the moving floor up to the deck."""
        count = 2 * self.folds + 1
        heights = np.linspace(self.plate_top_mm, self.deck_low_mm, count)
        radii = np.where(np.arange(count) % 2 == 0, BELLOWS_INNER_MM, BELLOWS_OUTER_MM)
        return np.column_stack([radii, heights])

    @property
    def septum_low_mm(self) -> float:
        """Underside of the refill septum: the ceiling of the chamber below it."""
        return self.size.thickness_mm - 0.85 - SEPTUM_DEPTH_MM

    @property
    def filter_spot(self) -> tuple[float, float]:
        """Middle of the filter between reservoir and roller pump, on the face."""
        x, y, _ = spot(205.0, 15.0, 0.0)
        return (x, y)

    @property
    def roller_spot(self) -> tuple[float, float]:
        """Axis of the roller pump, on the face."""
        x, y, _ = spot(160.0, 23.5, 0.0)
        return (x, y)

    @property
    def motor_spot(self) -> tuple[float, float]:
        """Axis of the motor, on the face."""
        x, y, _ = spot(121.5, 29.5, 0.0)
        return (x, y)

    @property
    def tube_mm(self) -> float:
        """Height of the inner tube's axis."""
        return self.deck_top_mm + 2.3
