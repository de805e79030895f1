"""What a refill visit needs: template, needle with its syringe, and the reservoir cut open."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.geometry.devices.pump_case import WALL_MM
from spineanim.geometry.devices.pump_layout import (
    BELLOWS_INNER_MM,
    BELLOWS_OUTER_MM,
    CHAMBER_RADIUS_MM,
    PLATE_MM,
    Layout,
)
from spineanim.geometry.params import PumpSize
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.tube import Tube
from spineanim.mobjects.wall import WallSection
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

Point = NDArray[np.float64]

NEEDLE_MM: Final = 0.9
"""Drawn width of the needle: a 22 gauge one is 0.72 mm thick [M, 65]."""
_INTO_MM: Final = 6.4
"""How far the needle's end lies below the middle of the septum, in the chamber [M]."""
_HUB_MM: Final = (2.6, 2.0, 6.4)
"""Half the hub's width, and how far over the skin it begins and ends [M]."""
_SYRINGE_MM: Final = (38.0, 70.0, 5.0, 26.0)
"""Left end, right end, half the width and the height over the skin of the syringe [M]."""
_TEMPLATE_MM: Final = (5.0, 36.0, 1.8)
"""Hole and rim of the template from its middle, and its thickness [M]."""
_ROOM_MM: Final = 1.1
_COLUMN: Final = 0.55
"""Width of the chamber under the port as it is drawn, in its own."""


def old_medicine(theme: Theme) -> str:
    """Colour of medicine that has been in the pump for some time: the same, a little greyer."""
    return mix(theme.color("medication.base"), theme.color("ink.hairline"), 0.55)


class Reservoir(Part):
    """The pump's reservoir cut open, in a section through the belly wall.

    The bellows hangs from the deck; gas lies under its moving floor and presses on it.

    Parameters
    ----------
    section
        The wall with the pump in it.
    size
        The pump.
    theme
        Colours: roles `medication`, `propellant`, `metal`.
    """

    def __init__(self, section: WallSection, size: PumpSize, theme: Theme) -> None:
        self._section, self._size = section, size
        color = theme.color
        full = Layout(size)
        reach, low, deck = BELLOWS_OUTER_MM + _ROOM_MM, WALL_MM, full.deck_low_mm
        column = CHAMBER_RADIUS_MM * _COLUMN
        room = rounded_box(-reach, low, reach, deck, 1.2)[:, :2]
        chamber = rounded_box(-column, deck - 0.5, column, full.septum_low_mm, 0.8)[:, :2]
        dark = mix(color("metal.line"), color("metal.dark"), 0.35)
        edge = color("metal.light")
        gas = self._lined(room, color("propellant.light"), edge)
        self._plate = Shape(fill=color("metal.base"), stroke=color("metal.line"), stroke_px=1.2)
        self.medicine = Shape(stroke=dark, stroke_px=2.2)
        self.well = self._lined(chamber, color("medication.base"), edge)
        super().__init__(gas, self._plate, self.medicine, self.well)
        self._theme = theme
        self.fill(0.35, old_medicine(theme))

    def _lined(self, outline: Point, fill: str, edge: str) -> Shape:
        return Shape(self._placed(outline), fill=fill, stroke=edge, stroke_px=2.4)

    def _placed(self, points_mm: Point) -> Point:
        """Scene points (N, 3) of points (N, 2): across the pump, and over its back."""
        local = points_mm - np.array([0.0, self._size.thickness_mm / 2])
        return self._section.to_scene(self._section.profile.pump.carry(local))

    def fill(self, share: float, color: str) -> None:
        """Hold a share, 0 to 1, of what the reservoir can hold, in a colour `#rrggbb`."""
        layout = Layout(self._size, share)
        line = layout.bellows_line
        outline = np.vstack([line, (line * [-1.0, 1.0])[::-1]])
        self.medicine.set_points(path_points(self._placed(outline), closed=True))
        self.medicine.set_fill(color, opacity=1.0)
        self.well.set_fill(color, opacity=1.0)
        top = layout.plate_top_mm
        plate = rounded_box(-BELLOWS_INNER_MM, top - PLATE_MM, BELLOWS_INNER_MM, top, 0.3)
        self._plate.set_points(path_points(self._placed(plate[:, :2]), closed=True))

    @property
    def tall(self) -> float:
        """Scene units between the bellows' moving floor and the deck, now."""
        return float(np.ptp(self.medicine.points[:, 1]))

    def level_points(self) -> Point:
        """Scene points (N, 3) in the medicine, beside the chamber."""
        middle = self.medicine.get_center()
        across = self._section.units_per_mm * np.array([-22.0, 18.0, 24.0, 28.0])
        return np.asarray(middle + across[:, None] * np.array([1.0, 0.0, 0.0]))


class Template(Part):
    """The plate with a hole in its middle that shows where the port lies; seen from the side."""

    def __init__(self, section: WallSection, theme: Theme) -> None:
        hole, rim, thick = _TEMPLATE_MM
        surface = section.point("surface", 0.0)
        mm = section.units_per_mm
        light, base, line = (theme.color(f"septum.{tone}") for tone in ("light", "base", "line"))
        plates = []
        for side in (-1.0, 1.0):
            left, right = sorted((side * hole, side * rim))
            box = surface + mm * rounded_box(left, 0.15, right, 0.15 + thick, 0.7)
            top, low = surface + mm * np.array([[0.0, thick, 0.0], [0.0, 0.0, 0.0]])
            plate = Shape(box, stroke=line, stroke_px=1.4, stroke_opacity=0.8)
            plates.append(
                plate.with_gradient("linear", top, low, ((0.0, light, 0.95), (1.0, base, 0.95)))
            )
        self.rim = surface + mm * np.array([0.9 * rim, thick / 2, 0.0])
        super().__init__(*plates, opacity=0.0)


class RefillNeedle(Part):
    """A needle with its hub, a thin line, and the syringe that draws off and fills.

    Parameters
    ----------
    section
        The wall with the pump in it.
    theme
        Colours.

    Attributes
    ----------
    drops
        Medicine in needle and line, upwards.
    way
        Scene points (N, 3) from the needle's end to the syringe.
    """

    def __init__(self, section: WallSection, theme: Theme) -> None:
        mm, color = section.units_per_mm, theme.color
        port, surface = section.pump.refill_port, section.point("surface", 0.0)
        self.theme, self.mm = theme, mm
        end = port - np.array([0.0, _INTO_MM * mm, 0.0])
        half, begins, ends = _HUB_MM
        hub = surface + mm * rounded_box(-half, begins, half, ends, 0.9)
        wings = surface + mm * rounded_box(-2.2 * half, begins, 2.2 * half, begins + 1.3, 0.6)
        left, right, wide, high = _SYRINGE_MM
        rest = section.to_scene(np.array([[left, high], [right, high]]))
        self._mouth, self._back = rest
        knots = np.array(
            [
                surface + mm * np.array([0.0, ends - 0.6, 0.0]),
                surface + mm * np.array([0.8, ends + 1.6, 0.0]),
                surface + mm * np.array([5.0, ends + 2.4, 0.0]),
                self._mouth - mm * np.array([12.0, 0.0, 0.0]),
                self._mouth - mm * np.array([2.0, 0.0, 0.0]),
            ]
        )
        line = smooth(knots, samples=24)
        self.way = np.vstack([np.linspace(end, line[0], 24)[:-1], line])
        self._line = Tube(line, 1.9 * mm, theme, shadow=0.2)
        self._shaft = _shaft(end, surface + mm * np.array([0.0, begins, 0.0]), mm, theme)
        edge = color("septum.line")
        plastic = [
            Shape(each, stroke=edge, stroke_px=1.4).with_gradient(
                "linear",
                each.min(axis=0),
                each.max(axis=0) * [1.0, 0.0, 0.0] + each.min(axis=0) * [0.0, 1.0, 0.0],
                ((0.0, color("septum.light"), 1.0), (1.0, color("septum.base"), 1.0)),
            )
            for each in (wings, hub)
        ]
        self._barrel_mm = (left, right, wide)
        self._held = Shape(fill=old_medicine(theme))
        self._glass, self._plunger = self._syringe()
        self.tip = Part(self._shaft)
        self.drops = Drops(self.way, theme, count=9, radius=px(3.6), glow=False)
        self.drops.opacity = 0.0
        super().__init__(
            self._line, self._held, self._plunger, self._glass, *plastic, self.tip, self.drops,
            opacity=0.0,
        )  # fmt: skip
        firm = Part(self._line, self._glass, *plastic, self.tip)
        self._up, self._firm = np.zeros(3), AtRest(firm, np.zeros(3))
        self.hold(0.0, old_medicine(theme))

    def _syringe(self) -> tuple[Part, Shape]:
        """Glass barrel with its nozzle and marks, and the plunger that `hold` lays."""
        left, right, wide = self._barrel_mm
        mm, color = self.mm, self.theme.color
        origin = self._mouth - np.array([left * mm, 0.0, 0.0])
        box = origin + mm * rounded_box(left, -wide, right, wide, 1.2)
        nozzle = origin + mm * rounded_box(left - 3.4, -1.4, left + 0.2, 1.4, 0.4)
        line = color("septum.line")
        marks = [
            Shape(
                origin + mm * np.array([[at, wide, 0.0], [at, 0.45 * wide, 0.0]]),
                closed=False,
                stroke=line,
                stroke_px=2.0,
                stroke_opacity=0.8,
            )
            for at in np.linspace(left + 4.0, right - 4.0, 6)
        ]
        gleam = origin + mm * rounded_box(left + 2.0, -0.62 * wide, right - 2.0, -0.42 * wide, 0.6)
        glass = Part(
            Shape(nozzle, fill=color("septum.light"), stroke=line, stroke_px=1.4),
            Shape(box, fill="#FFFFFF", fill_opacity=0.22, stroke=line, stroke_px=2.4),
            Shape(gleam + np.array([0.0, 1.04 * wide * mm, 0.0]), fill="#FFFFFF", fill_opacity=0.7),
            *marks,
        )
        plunger = Shape(fill=color("rubber.light"), stroke=color("rubber.base"), stroke_px=1.4)
        return glass, plunger

    def hold(self, share: float, color: str) -> None:
        """Let the syringe hold a share, 0 to 1, of medicine in a colour `#rrggbb`."""
        self._holds = share, color
        left, right, wide = self._barrel_mm
        mm = self.mm
        origin = self._mouth - np.array([left * mm, 0.0, 0.0]) + self._up
        start, room = left + 1.0, right - left - 8.0
        end = start + max(room * share, 0.05)
        inner = origin + mm * rounded_box(start, 0.9 - wide, end, wide - 0.9, 0.6)
        self._held.set_points(path_points(inner, closed=True))
        self._held.set_fill(color, opacity=1.0)
        stem = [(end, wide - 0.7), (end + 3.0, wide - 0.7), (end + 3.0, 1.0), (right + 14.0, 1.0)]
        half = np.array([(x, y, 0.0) for x, y in stem])
        outline = np.vstack([half, (half * [1.0, -1.0, 1.0])[::-1]])
        self._plunger.set_points(path_points(origin + mm * outline, closed=True))

    def come(self, share: float) -> None:
        """Come down from above, through skin and port, as far as its place."""
        self.opacity = float(np.clip(share * 6.0, 0.0, 1.0))
        self._up = np.array([0.0, self.mm * 34.0 * (1.0 - share), 0.0])
        self._firm.put(self._up)
        self.hold(*self._holds)


def _shaft(end: Point, top: Point, mm: float, theme: Theme) -> Shape:
    """Return the steel shaft with its point turned aside, so that it cuts no core."""
    half = NEEDLE_MM * mm / 2
    tip = [(-half, 1.2 * mm), (-half, 0.35 * mm), (half * 0.4, -0.5 * mm), (half, 0.9 * mm)]
    low = end + np.array([(x, y, 0.0) for x, y in tip])
    left, right = top - np.array([half, 0.0, 0.0]), top + np.array([half, 0.0, 0.0])
    outline = np.vstack([left, low, right])
    color = theme.color
    stops = (
        (0.0, color("metal.dark"), 1.0),
        (0.35, "#FFFFFF", 1.0),
        (0.6, color("metal.base"), 1.0),
        (1.0, color("metal.line"), 1.0),
    )
    shape = Shape(outline, stroke=color("metal.line"), stroke_px=1.3)
    return shape.with_gradient("linear", left, right, stops)
