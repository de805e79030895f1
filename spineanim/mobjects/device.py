"""The pump on its own: beside a hockey puck, named from outside, and opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.geometry.devices import pump_opening as opening
from spineanim.geometry.devices.handheld import PUCK_DIAMETER_MM, PUCK_HEIGHT_MM, puck_part
from spineanim.geometry.devices.pump_case import (
    ACCESS_PORT_RISE_MM,
    access_port_spot,
    outlet_height_mm,
    rim_height_mm,
)
from spineanim.geometry.devices.pump_inside import CUTAWAY
from spineanim.geometry.devices.shapes import spot
from spineanim.geometry.pump import (
    CONNECTOR_CLOCK_DEG,
    CONNECTOR_LENGTH_MM,
    SUTURE_LOOP_REACH_MM,
    SUTURE_LOOPS_CLOCK_DEG,
)
from spineanim.mobjects.click import Click
from spineanim.mobjects.device_pump import FAR_PX_PER_MM, OpeningPump
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.measure import ScaleBar, Width
from spineanim.mobjects.tube import Tube
from spineanim.picture.device_views import picture_of
from spineanim.picture.metal import cast_shadow
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

_TUBE_MM: Final = 1.7
"""Drawn width of the catheter; in life 1.2 mm."""
_BAR_MM: Final = 50.0
_OUTLET_DROP_SPEED: Final = 0.55
_WIDTH_BELOW_MM: Final = 47.0
"""How far under the middle of a thing its width is drawn, in its millimetres."""


@dataclass(frozen=True)
class _Composed:
    """Where things stand in one shape of the frame (pixels), and how large (pixels a mm)."""

    pump_px: tuple[float, float]
    puck_px: tuple[float, float]
    bar_px: tuple[float, float]
    px_per_mm: float
    zoom: float
    near_px: tuple[float, float]
    way_px: tuple[tuple[float, float], ...]


_WIDE: Final = _Composed(
    (620, 455), (1330, 455), (1500, 140), 6.3, 4 / 3, (905, 420),
    ((0, 0), (60, -12), (130, -60), (190, -150), (260, -230), (380, -280), (600, -300)),
)  # fmt: skip
_SQUARE: Final = _Composed(
    (290, 440), (800, 440), (425, 800), 4.6, 1.43, (450, 440),
    ((0, 0), (40, -10), (80, -50), (95, -120), (110, -190), (150, -240), (220, -262)),
)  # fmt: skip
_TALL: Final = _Composed(
    (470, 620), (540, 1190), (720, 400), 5.6, 1.286, (470, 860),
    ((0, 0), (36, -10), (70, -60), (72, -150), (60, -230), (90, -310), (170, -350)),
)  # fmt: skip


class DevicePlate(Part):
    """Pump and puck on a table, and the catheter that leaves the pump.

    Parameters
    ----------
    parameters
        Size of the pump.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    words
        Under the pump's width, the puck's width, and the bar of known length.

    Attributes
    ----------
    pump
        The pump; turns and can be opened.
    puck, ring
        The puck, and a ring of its size that can be laid onto the pump.
    widths, bar
        Lines that tell how wide both are, and a bar of known length.
    catheter
        The tube that leaves the pump; `medicine` is what flows in it.
    glints
        Rings that spread where a thing is named, by its name.
    near_shot
        Camera near the pump.
    """

    def __init__(
        self, parameters: Parameters, theme: Theme, fmt: Format, words: tuple[str, str, str]
    ) -> None:
        self.size, self.theme, self.fmt = parameters.pump, theme, fmt
        self.composed = fmt.pick(_WIDE, _SQUARE, _TALL)
        self.stage = self._stage(self.composed.pump_px, self.size.thickness_mm)
        self.puck_stage = self._stage(self.composed.puck_px, PUCK_HEIGHT_MM)
        self.pump = OpeningPump(self.size, theme, self.stage)
        self.puck = self._puck()
        self.ring = self._ring()
        self.widths = [
            self._width(self.stage, self.size.radius_mm, rim_height_mm(self.size), words[0]),
            self._width(self.puck_stage, PUCK_DIAMETER_MM / 2, PUCK_HEIGHT_MM, words[1]),
        ]
        self.bar = ScaleBar(self.stage.length(_BAR_MM), words[2], theme)
        self.bar.shift(fmt.point(*self.composed.bar_px))
        self.catheter, self.medicine = self._catheter()
        self.glints = self._glints()
        super().__init__(
            self.puck,
            self.catheter,
            self.pump,
            self.medicine,
            self.ring,
            *self.widths,
            self.bar,
            *self.glints.values(),
        )
        self.catheter.reveal(0.0)
        self.lay_ring(0.0)

    # -- states ----------------------------------------------------------------------------------

    def compare(self, share: float) -> None:
        """Draw the widths, and lay a ring of the puck's size onto the pump."""
        for each in (*self.widths, self.bar):
            each.opacity = share

    def lay_ring(self, share: float) -> None:
        """Carry a ring of the puck's size from the puck onto the pump."""
        self.ring.opacity = min(4.0 * share, 1.0)
        way = share * share * (3.0 - 2.0 * share)
        for line in self.ring.submobjects:
            line.set_points(self._ring_line.points + self._ring_way * way)

    @property
    def aside(self) -> tuple[Part, ...]:
        """What is of no use near the pump."""
        return (self.puck, self.ring, *self.widths, self.bar)

    def clear(self, share: float) -> None:
        """Take the puck and all measures away."""
        for each in self.aside:
            each.opacity = 1.0 - share

    def run_to(self, seconds: float) -> None:
        """Let the opened pump run, and the medicine leave it."""
        self.pump.run_to(seconds)
        self.medicine.at(_OUTLET_DROP_SPEED * seconds)

    @property
    def near_shot(self) -> Shot:
        """The pump, close."""
        at, zoom = self.fmt.point(*self.composed.pump_px), self.composed.zoom
        centre = at - self.fmt.point(*self.composed.near_px) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    # -- names -----------------------------------------------------------------------------------

    def outside_naming(self) -> Naming:
        """Return what labels name on the closed pump."""
        places = self._outside()
        shares = np.linspace(0.35, 0.62, 10)
        tube = np.array([self.catheter.point_at(each) for each in shares])
        callouts = {
            "refill_port": Callout(places["refill_port"], ("left", "above")),
            "access_port": Callout(places["access_port"], ("right", "above")),
            "loops": Callout(places["loops"], ("left",)),
            "connector": Callout(places["connector"], ("right",)),
            "catheter": Callout(tube, ("right", "left", "below")),
        }
        return Naming(callouts, figure=[self._figure()])

    def inside_naming(self) -> Naming:
        """Return what labels name in the opened pump."""
        places = opening.inside_places_mm(self.size)
        sides: dict[str, tuple[str, tuple[Side, ...]]] = {
            "battery": ("battery", ("left",)),
            "electronics": ("chip_1", ("right", "above")),
            "rollers": ("rotor", ("right",)),
            "reservoir": ("medication", ("left", "below")),
            "bellows": ("bellows", ("right", "below")),
            "gas": ("propellant", ("left", "below")),
        }
        callouts = {
            name: Callout(self.stage(places[part]), where) for name, (part, where) in sides.items()
        }
        return Naming(callouts, figure=[self._figure()])

    def _outside(self) -> dict[str, Point]:
        size, point = self.size, self.pump.point
        x, y, face = access_port_spot(size)
        loop = SUTURE_LOOPS_CLOCK_DEG[2]
        middle = size.radius_mm + 0.52 * CONNECTOR_LENGTH_MM
        return {
            "refill_port": point((0.0, 0.0, size.thickness_mm - 0.85)),
            "access_port": point((x, y, face + ACCESS_PORT_RISE_MM)),
            "loops": np.array(
                [
                    point(spot(clock, size.radius_mm + SUTURE_LOOP_REACH_MM, rim_height_mm(size)))
                    for clock in (SUTURE_LOOPS_CLOCK_DEG[3], loop)
                ]
            ),
            "connector": point(spot(CONNECTOR_CLOCK_DEG, middle, outlet_height_mm(size) + 2.4)),
        }

    def _figure(self) -> Point:
        """Outline of the pump (N, 3), words keep off it."""
        return self.pump.outline(self.size.radius_mm + 2.0, self.size.thickness_mm / 2)

    # -- how it is built ---------------------------------------------------------------------

    def _stage(self, at_px: tuple[float, float], thick_mm: float) -> Stage:
        at = self.fmt.point(*at_px)
        focus = (0.0, 0.0, thick_mm / 2)
        scale = px(self.composed.px_per_mm)
        return Stage(CUTAWAY, focus, scale, (float(at[0]), float(at[1])), fmt=self.fmt)

    def _puck(self) -> Part:
        scale = px(FAR_PX_PER_MM) * self.fmt.pixels_per_unit
        picture = picture_of([puck_part()], CUTAWAY, scale, self.theme)
        shadow = cast_shadow(picture, self.theme, scale)
        return Part(placed(shadow, self.puck_stage), placed(picture, self.puck_stage))

    def _ring(self) -> Part:
        """Dashed ring of the puck's size, on the puck; kept as it was there."""
        turn = np.linspace(0.0, 2 * np.pi, 121)
        flat = PUCK_DIAMETER_MM / 2 * np.column_stack([np.cos(turn), np.sin(turn)])
        course = self.puck_stage(np.column_stack([flat, np.full(len(flat), PUCK_HEIGHT_MM)]))
        top = np.array([0.0, 0.0, rim_height_mm(self.size)])
        start = self.puck_stage.point(np.array([0.0, 0.0, PUCK_HEIGHT_MM]))
        self._ring_way = self.stage.point(top) - start
        focus = self.theme.color("accent.focus")
        self._ring_line = Shape(course, closed=False)
        return Part(
            Shape(course, closed=False, stroke="#FFFFFF", stroke_px=8.0, stroke_opacity=0.75),
            Shape(course, closed=False, stroke=focus, stroke_px=4.2).dashed(16, 11),
        )

    def _width(self, stage: Stage, radius_mm: float, height_mm: float, words: str) -> Width:
        right = np.array(stage.view.right) * radius_mm
        up = np.array([0.0, 0.0, height_mm])
        sides = [stage.point(sign * right + up) for sign in (-1.0, 1.0)]
        foot = float(stage.at[1]) - px(_WIDTH_BELOW_MM * self.composed.px_per_mm)
        return Width(sides[0], sides[1], foot, words, self.theme)

    def _catheter(self) -> tuple[Tube, Drops]:
        """Tube from the connector out of the near shot, and the drops in it."""
        clock, level = CONNECTOR_CLOCK_DEG, outlet_height_mm(self.size)
        tip = self.pump.point(spot(clock, self.size.radius_mm + CONNECTOR_LENGTH_MM - 0.6, level))
        course = smooth(np.array([tip[:2] + px(1) * np.array(w) for w in self.composed.way_px]))
        wide = self.stage.length(_TUBE_MM)
        tube = Tube(course, wide, self.theme, shadow=0.3)
        drops = Drops(course, self.theme, count=7, radius=0.34 * wide, glow=False)
        drops.opacity = 0.0
        return tube, drops

    def _glints(self) -> dict[str, Click]:
        radius = self.stage.length(6.0)
        places = self._outside()
        places["loops"] = places["loops"][0]
        places["catheter"] = self.catheter.point_at(0.45)
        return {name: Click(at, radius, self.theme) for name, at in places.items()}
