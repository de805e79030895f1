"""The belly wall in a panel beside the body: the cut, the pocket and the pump in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.wall import WallSection as WallNumbers
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.sides import beside_panel
from spineanim.mobjects.wall import PANEL_SIZE, SCALE, WallSection
from spineanim.mobjects.wall_parts import DepthGauge
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

CLEFT = 0.30
"""How far the pocket stands open before the pump is in it: a pocket is a collapsed cleft."""
_PLANE = (1.27, -1.58)
"""Ends of the line along which the wall is cut, above the wound and below the coil, in radii."""
_ALONG_MM: dict[Side, float] = {"right": 73.0, "left": -52.0}
"""Where along the skin labels point at a layer, by side: near them, clear of cut and pocket."""
_POCKET_MM = 30.0
_CALMER = 0.6
"""How far the line of the cut fades over the pump."""
_PLACES = {"port": "refill_port", "stitch": "suture"}
_WINDOW = 1.25
"""How far round the ring words keep off the belly, as a share of its radius."""
_TALL = {
    "fat": px(4) * np.arange(-1, 3),
    "pocket": px(5) * np.arange(-2, 1),
    "muscle": -px(20) - px(8) * np.arange(4),
    "stitch": px(8) * np.arange(4),
}
"""Heights at which these may be pointed at as well, so that their leaders can be level."""
_MIDDLE_PX = ((410.0, 520.0), (150.0, 470.0), (118.0, 640.0))
"""Distance of the panel's middle from the frame's middle, and its height in the frame: wide,
square, tall."""
_SIZE = (1.0, 0.74, 0.82)
"""Size of the panel and all in it, as a share of the widest."""


class WallPlate(Part):
    """A panel with the wall in section, tied to the place on the belly.

    Parameters
    ----------
    parameters
        Side and pump.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    site
        Frame point (3,) on the belly that the panel enlarges.
    ring
        Radius of the ring round it.
    depth_words
        Words of the depth gauge.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        site: NDArray[np.float64],
        ring: float,
        depth_words: str,
    ) -> None:
        self.sign = beside_panel(fmt, parameters.anatomy.sign)
        aside_px, down_px = fmt.pick(*_MIDDLE_PX)
        middle = fmt.point(fmt.width_px / 2 - self.sign * aside_px, down_px)
        wide, high = (fmt.pick(*_SIZE) * each for each in PANEL_SIZE)
        numbers = WallNumbers(0.0, parameters.pump)
        per_unit = fmt.pixels_per_unit
        scale = SCALE * fmt.pick(*_SIZE)
        self.section = WallSection(
            numbers, parameters.pump, theme, per_unit, units_per_mm=scale, size=(wide, high)
        ).shift(middle)
        self.panel = Panel(wide, high, theme).shift(middle)
        self.panel.hold(self.section)
        self.panel.tether(site, ring, site + ring * np.outer(_PLANE, [0.0, 1.0, 0.0]))
        self.site = circle(site, ring * _WINDOW)
        self.gauge = DepthGauge(depth_words, theme)
        super().__init__(self.panel, self.gauge, opacity=0.0, fixed_in_frame=True)
        self.set_z_index(20)

    def open_pocket(self, share: float) -> None:
        """Part fat and fascia to a narrow cleft; the pump will open it further."""
        self.section.pocket(CLEFT * share)

    def slide_in(self, share: float) -> None:
        """Slide the pump from outside into the pocket, which widens for it."""
        wide = CLEFT + (1.0 - CLEFT) * min(2.5 * share, 1.0)
        self.section.set_state(replace(self.section.state, pocket=wide, pump_in=share))
        # The line of the cut makes room for the pump that comes to lie under it.
        self.panel.dashes.opacity = 1.0 - _CALMER * min(1.5 * share, 1.0)

    def pump_along_mm(self, share: float) -> float:
        """How far up along the skin from its place the pump is at a share of `slide_in` (mm)."""
        return self.section.shape.place_of_pump(share).along_mm

    def measure(self, share: float) -> None:
        """Draw the depth of the pocket's roof under the skin."""
        top, bottom = (self.section.point(name, 4.0) for name in ("surface", "roof"))
        self.gauge.measure(top, bottom, share)

    def come_back(self) -> None:
        """Stand ready to appear again, without the gauge."""
        self.gauge.opacity = self.opacity = 0.0

    def naming(self, *names: str) -> Naming:
        """Return what labels name beside the panel, where it is once the pocket is open.

        So room is kept for the pocket's name among those of the layers, which come before it.
        """
        now = self.section.state
        self.section.set_state(replace(now, incision=1.0, pocket=max(now.pocket, CLEFT)))
        place = self.section.point
        side: Side = "right" if self.sign > 0 else "left"
        along_mm = dict.fromkeys(names, _ALONG_MM[side])
        along_mm["pocket"] = self.sign * _POCKET_MM
        points = {name: place(_PLACES.get(name, name), along_mm[name]) for name in names}
        self.section.set_state(now)
        for name in points.keys() & _TALL.keys():
            points[name] = points[name] + np.outer(_TALL[name], [0.0, 1.0, 0.0])
        callouts = {name: Callout(at, (side,), fixed=True) for name, at in points.items()}
        case = [self.section.case()] if now.pump_in > 0.0 else []
        return Naming(callouts, figure=[self.panel.corners(), self.site], focus=case, fixed=True)
