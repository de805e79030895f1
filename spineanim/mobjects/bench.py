"""The pump on its own: its battery runs down, and a new pump goes on the same catheter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.battery import BatteryGauge, YearsLine
from spineanim.mobjects.label import Rack
from spineanim.mobjects.pump import PumpFace
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part
from spineanim.stage import FRAME_HEIGHT, frame_point, px

_PX_PER_MM = 5.0
_PUMP_PX = (620.0, 500.0)
_CONNECTOR_CLOCK_DEG = 90.0
_LEAVES = np.array([-px(260), -px(40), 0.0])
_EMPTY = 0.08
_TITLE_PX_PER_MM = 6.2
_TITLE_PX = (1370.0, 500.0)


class TitlePlate(Part):
    """The pump beside the film's title.

    Parameters
    ----------
    parameters, theme, frame_height_px
        As for every plate.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        scale, per_unit = px(_TITLE_PX_PER_MM), frame_height_px / FRAME_HEIGHT
        pump = PumpFace(parameters.pump, theme, scale, per_unit)
        super().__init__(pump.shift(frame_point(*_TITLE_PX)))


class BenchPlate(Part):
    """Pump, catheter, battery gauge and a line of years.

    Parameters
    ----------
    parameters
        Size of the pump.
    theme
        Colours.
    frame_height_px
        Lines of the film.
    years
        Words under the ends of the line of years.

    Attributes
    ----------
    old, new
        The two pumps.
    catheter
        The one catheter that stays.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        frame_height_px: int,
        years: tuple[str, str],
    ) -> None:
        scale = px(_PX_PER_MM)
        per_unit = frame_height_px / FRAME_HEIGHT
        self.home = frame_point(*_PUMP_PX)
        self.old, self.new = (
            PumpFace(
                parameters.pump, theme, scale, per_unit, connector_clock_deg=_CONNECTOR_CLOCK_DEG
            )
            for _ in range(2)
        )
        self.catheter = self._catheter(scale, theme)
        self.gauge = BatteryGauge(theme, px(120))
        self.gauge.shift(frame_point(1400, 330))
        self.years = YearsLine(theme, list(years), px(480))
        self.years.shift(frame_point(1400, 470))
        super().__init__(self.catheter, self.new, self.old, self.gauge, self.years)
        self.leave(0.0)
        self.arrive(0.0)

    def _catheter(self, scale: float, theme: Theme) -> Tube:
        plug = self.home + self.old.connector_tip
        right = np.array([1.0, 0.0, 0.0])
        up = np.array([0.0, 1.0, 0.0])
        knots = [
            plug,
            plug + px(90) * right,
            plug + px(210) * right - px(110) * up,
            plug + px(420) * right - px(225) * up,
            plug + px(800) * right - px(235) * up,
            plug + px(1250) * right - px(170) * up,
        ]
        return Tube(smooth(np.array(knots), samples=40), 2.4 * scale, theme, lumen=True, shadow=0.3)

    def run_down(self, share: float) -> None:
        """Let the years pass and the battery empty."""
        self.gauge.level(1.0 - (1.0 - _EMPTY) * share)
        self.years.at(share)

    def leave(self, share: float) -> None:
        """Take the old pump off the catheter and away."""
        self._put(self.old, _LEAVES * 1.6 * share)
        self.old.opacity = 1.0 - share**2

    def arrive(self, share: float) -> None:
        """Bring the new pump and put it on the catheter; its battery is full."""
        self._put(self.new, _LEAVES * (1.0 - share))
        self.new.opacity = min(share * 1.8, 1.0)
        if share > 0.0:
            self.gauge.level(_EMPTY + (1.0 - _EMPTY) * share)
            self.years.at(1.0 - share)

    def _put(self, pump: PumpFace, away: NDArray[np.float64]) -> None:
        pump.shift(self.home + away - pump.place("centre"))

    def racks(self) -> list[tuple[Rack, dict[str, NDArray[np.float64]]]]:
        """Label columns, each with the scene points (3,) its labels name."""
        left = Rack(float(frame_point(330, 0)[0]), -1, px(240))
        right = Rack(float(frame_point(1240, 0)[0]), 1, px(420))
        face = self.home + np.array([-px(120), px(90), 0.0])
        return [(left, {"pump": face}), (right, {"catheter": self.catheter.point_at(0.25)})]
