"""The pump on its own: its battery runs down, and a new pump goes on the same catheter."""

from __future__ import annotations

import numpy as np
from manim import DL, UR
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.battery import BatteryGauge, YearsLine, rounded_box
from spineanim.mobjects.label import ring
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.pump import Boot, PumpResting
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, px

# Scales and places in a wide, a square and a tall frame.
_PX_PER_MM = (6.0, 4.6, 6.0)
_PUMP_PX = ((640.0, 470.0), (480.0, 660.0), (520.0, 1060.0))
_GAUGE_PX = ((1400.0, 310.0), (800.0, 300.0), (740.0, 540.0))
_YEARS_PX = ((1400.0, 450.0), (590.0, 420.0), (600.0, 710.0))
_ELEVATION_DEG = 42.0
_OUTLET_CLOCK_DEG = 118.0
_LEAVES = np.array([-px(300), 0.0, 0.0])
_TAKEN_OUT_PX = ((-250.0, 24.0), (-170.0, 20.0), (-190.0, 24.0))
_EMPTY = 0.08
_HALF_TUBE = np.array([0.0, px(8), 0.0])
_TITLE_PX_PER_MM = (7.6, 6.4, 8.2)
_TITLE_PX = ((1400.0, 420.0), (600.0, 620.0), (560.0, 1120.0))
_TITLE_OUTLET_CLOCK_DEG = 136.0


class TitlePlate(Part):
    """The pump beside the film's title.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.

    Attributes
    ----------
    pump
        The pump.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        scale, per_unit = px(fmt.pick(*_TITLE_PX_PER_MM)), fmt.pixels_per_unit
        self.pump = PumpResting(
            parameters.pump,
            theme,
            scale,
            per_unit,
            elevation_deg=_ELEVATION_DEG,
            outlet_clock_deg=_TITLE_OUTLET_CLOCK_DEG,
        )
        self.pump.shift(fmt.point(*fmt.pick(*_TITLE_PX)))
        x, y, _ = self.pump.connector_tip
        way_px = [
            (0, 0),
            (46, -54),
            (40, -130),
            (-110, -190),
            (-420, -196),
            (-760, -250),
            (-1010, -480),
        ]
        knots = [(x + px(right), y + px(up)) for right, up in way_px]
        catheter = Tube(smooth(np.array(knots), samples=40), 2.4 * scale, theme, shadow=0.3)
        super().__init__(catheter, self.pump)


class BenchPlate(Part):
    """Pump, catheter, battery gauge and a line of years.

    Parameters
    ----------
    parameters
        Size of the pump.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    years
        Words under the ends of the line of years.

    Attributes
    ----------
    old, new
        The two pumps.
    catheter
        The one catheter that stays; `medicine` in it is seen while it is joined.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        years: tuple[str, str],
    ) -> None:
        scale = px(fmt.pick(*_PX_PER_MM))
        per_unit = fmt.pixels_per_unit
        self.home = fmt.point(*fmt.pick(*_PUMP_PX))
        x_px, y_px = fmt.pick(*_TAKEN_OUT_PX)
        self.taken_out = np.array([px(x_px), px(y_px), 0.0])
        self.old, self.new = (
            PumpResting(
                parameters.pump,
                theme,
                scale,
                per_unit,
                elevation_deg=_ELEVATION_DEG,
                outlet_clock_deg=_OUTLET_CLOCK_DEG,
                boot=False,
            )
            for _ in range(2)
        )
        self._rests = {each: AtRest(each, each.place("centre")) for each in (self.old, self.new)}
        root = self.home + self.old.place("connector_root")
        facing = self.old.device.facing
        self.boot = Boot(parameters.pump, theme, scale, per_unit, facing=facing).shift(root)
        self.catheter = self._catheter(scale, theme, full=False)
        self.medicine = self._catheter(scale, theme, full=True)
        self.gauge = BatteryGauge(theme, px(120))
        self.gauge.shift(fmt.point(*fmt.pick(*_GAUGE_PX)))
        self.years = YearsLine(theme, list(years), px(520))
        self.years.shift(fmt.point(*fmt.pick(*_YEARS_PX)))
        self.scale_of_years = Part(self._link(theme), self.gauge, self.years)
        self.outline = self._outline(parameters, scale, theme)
        super().__init__(
            self.outline,
            self.catheter,
            self.medicine,
            self.new,
            self.old,
            self.boot,
            self.scale_of_years,
        )
        self.leave(0.0)
        self.arrive(0.0)

    def _link(self, theme: Theme) -> Part:
        """Thin line from the battery's sign to the pump it belongs to."""
        start = self.gauge.get_left() - np.array([px(24), 0.0, 0.0])
        end = self.home + np.array([px(170), px(76), 0.0])
        bend = np.array([start[0] - px(80), start[1], 0.0])
        way = np.array([start, bend, end])
        return Part(
            Shape(way, closed=False, stroke="#FFFFFF", stroke_px=5.0, stroke_opacity=0.8),
            Shape(way, closed=False, stroke=theme.color("ink.leader"), stroke_px=2.2),
            Shape(ring(end, 7.5), fill="#FFFFFF"),
            Shape(ring(end, 5.0), fill=theme.color("accent.focus")),
        )

    def _outline(self, parameters: Parameters, scale: float, theme: Theme) -> Part:
        """Dashed ring where the pump is when it is in."""
        turns = np.linspace(0.0, 2.0 * np.pi, 97)[:-1]
        round_ = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        round_[:, 1] *= np.sin(np.radians(_ELEVATION_DEG))
        points = self.home + parameters.pump.radius_mm * scale * round_
        focus = theme.color("accent.focus")
        return Part(Shape(points, stroke=focus, stroke_px=4.0).dashed(16, 12), opacity=0.0)

    def _catheter(self, scale: float, theme: Theme, *, full: bool) -> Tube:
        plug = self.home + self.old.connector_tip
        right = np.array([1.0, 0.0, 0.0])
        up = np.array([0.0, 1.0, 0.0])
        knots = [
            plug,
            plug + px(60) * right - px(26) * up,
            plug + px(190) * right - px(66) * up,
            plug + px(420) * right - px(70) * up,
            plug + px(700) * right - px(50) * up,
            plug + px(1000) * right - px(90) * up,
            plug + px(1300) * right - px(190) * up,
        ]
        return Tube(smooth(np.array(knots), samples=40), 2.4 * scale, theme, lumen=full, shadow=0.3)

    def run_down(self, share: float) -> None:
        """Let the years pass and the battery empty."""
        self.gauge.level(1.0 - (1.0 - _EMPTY) * share)
        self.years.at(share)

    def leave(self, share: float) -> None:
        """Take the old pump off the catheter and away, with its empty battery."""
        self._put(self.old, _LEAVES * 1.6 * share)
        self.old.opacity = 1.0 - share**2
        self.medicine.opacity = max(1.0 - 4.0 * share, 0.0)
        self.scale_of_years.opacity = max(1.0 - 2.0 * share, 0.0)

    def arrive(self, share: float) -> None:
        """Bring the new pump and put it on the catheter; its battery is full."""
        self._put(self.new, _LEAVES * (1.0 - share))
        self.new.opacity = min(share * 1.8, 1.0)
        if share > 0.0:
            self.medicine.opacity = max(4.0 * share - 3.0, 0.0)
            self.gauge.level(1.0)
            self.years.at(0.0)
            self.scale_of_years.opacity = max(2.0 * share - 1.0, 0.0)

    def lift_off(self, share: float) -> None:
        """Show that the pump can be taken out: it leaves the catheter; an outline stays."""
        self._put(self.new, self.taken_out * share)
        self.outline.opacity = share
        self.medicine.opacity = max(1.0 - 4.0 * share, 0.0)
        self.scale_of_years.opacity = max(1.0 - 2.0 * share, 0.0)

    @property
    def change(self) -> tuple[Part, ...]:
        """What changes with the pumps."""
        return self.old, self.new, self.medicine, self.scale_of_years, self.outline

    def _put(self, pump: PumpResting, away: NDArray[np.float64]) -> None:
        self._rests[pump].put(self.home + away)

    def naming(self) -> Naming:
        """Return what labels name: the new pump, and the catheter that stays."""
        shares = np.linspace(0.12, 0.45, 12)
        face, course = self.home + np.array([-px(120), px(90), 0.0]), self.catheter.path
        callouts = {
            "pump": Callout(face, ("left",)),
            "catheter": Callout(
                np.array([self.catheter.point_at(each) for each in shares]), ("below", "right")
            ),
        }
        tube = np.vstack([course + _HALF_TUBE, (course - _HALF_TUBE)[::-1]])
        low, high = (self.scale_of_years.get_corner(each) for each in (DL, UR))
        scale = rounded_box(low[0], low[1], high[0], high[1], px(1))
        return Naming(callouts, figure=[self.outline.submobjects[0].points, tube], focus=[scale])
