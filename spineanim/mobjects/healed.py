"""The standing body after the operation, from the side: both cuts closed, the system at work."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.pump import lifted_lateral_trunk
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.mobjects.back import BackIncision
from spineanim.mobjects.battery import YearsLine
from spineanim.mobjects.day_clock import DayClock
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.flank_skin import FlankSkin, hanging
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.run_out import all_run_out
from spineanim.mobjects.side import Pose, SidePlate
from spineanim.mobjects.side_body import keep_clear
from spineanim.mobjects.sides import sagittal
from spineanim.mobjects.soreness import SoreDays, SoreSpot
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Shot, px

Point = NDArray[np.float64]

_FOCUS_MM: Final = (0.0, -15.0, 150.0)
_AT_PX: Final = ((760.0, 440.0), (400.0, 545.0), (620.0, 650.0))
_PX_PER_MM: Final = (2.05, 1.5, 1.6)
_FADE_PX: Final = ((745.0, 868.0), (745.0, 868.0), (940.0, 1060.0))
"""Heights in the frame between which the body runs out."""
_DAYS_PX: Final = ((1595.0, 350.0, 430.0), (864.0, 320.0, 288.0), (540.0, 1370.0, 600.0))
_CLOCK_PX: Final = ((1440.0, 375.0, 235.0), (815.0, 420.0, 180.0), (540.0, 1285.0, 195.0))
_WEEKS_PX: Final = ((1440.0, 715.0, 440.0), (815.0, 700.0, 230.0), (540.0, 1525.0, 560.0))
"""Middle of what stands beside the body, and the length or radius of each."""
_TITLE_AT_PX: Final = ((1400.0, 440.0), (560.0, 690.0), (560.0, 1220.0))
_TITLE_ZOOM: Final = (1.0, 1.0, 1.5)
_CUTS_SHOT: Final = ((715.0, 435.0, 1.45), (530.0, 630.0, 0.95), (585.0, 745.0, 1.1))
"""Where the middle between the cuts stands in the near shot, and how near it is."""
_CUTS_UNDER_HEADING: Final = (775.0, 435.0, 1.35)
"""The same in a wide frame where the back, which is upright, stands beside the heading."""
_SPACING_PX: Final = 76.0
_DROP_PX: Final = 3.1
_BELLY_CUT_MM: Final = 24.0
"""Drawn length of the cut over the pump, which is seen edge-on."""


def _pose(parameters: Parameters, fmt: Format) -> Pose:
    """Return the pose; the body stands in the same place whichever side it is seen from."""
    alignment = parameters.anatomy.alignment
    return Pose(alignment, _FOCUS_MM, fmt.pick(*_AT_PX), fmt.pick(*_PX_PER_MM))


class HealedPlate(SidePlate):
    """Pump, catheter and both closed cuts in the standing body; room beside it.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.

    Attributes
    ----------
    front_cut, back
        The closed cuts.
    sore
        Warm light on both cuts and a little swelling.
    days
        How the soreness falls from day to day.
    clock
        A day's doses.
    drops
        Medicine on its way to the tip.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        super().__init__(parameters, theme, fmt, _pose(parameters, fmt))
        tunnel = hanging(self.route.between("tunnel", "tunnel"))
        self.route = replace(self.route, stretches={**self.route.stretches, "tunnel": tunnel})
        pose = self.route.pump
        keep_clear(self.body.bones, sagittal(self.stage, pose.silhouette_lateral()), self.stage)
        all_run_out(self.body, fmt, *fmt.pick(*_FADE_PX))
        scale = self.stage.units_per_mm
        self.pump = PumpTilted(pose, self.seen.view, theme, scale, self.pixels_per_unit)
        self.pump.shift(self.stage.point(pose.centre) - self.pump.place("centre"))
        outer = self._tube(self.route.between("coil", "loop"), lumen=True)
        self.section.put_between(
            self._tube(self.route.between("entry", "intrathecal"), lumen=True, shadow=0.0)
        )
        way = self.stage(self.route.whole())
        count = max(int(np.linalg.norm(np.diff(way, axis=0), axis=1).sum() / px(_SPACING_PX)), 2)
        self.drops = Drops(way, theme, count=count, radius=px(_DROP_PX), glow=False)
        glow = TipGlow(self.stage.point(self.route.tip), px(26), theme)
        flank = FlankSkin(self.body.skin, self.stage(tunnel), self.stage, theme)
        _, _, entering = self._entering(flank)
        self._close_cuts()
        self.add(flank.sheet, entering, outer, flank.veil, self.anchor, self.drops)
        self.add(self.sore, self.back, self.pump, self.front_cut, glow)

    def _torso(self) -> Torso:
        """Skin of the body, lifted by the pump."""
        rest = neutral_torso()
        trunk = lifted_lateral_trunk(rest, self.plan.pump)
        return replace(rest, lateral={**rest.lateral, "trunk": trunk})

    def _close_cuts(self) -> None:
        """Close both cuts, with what the first days bring there."""
        self.back.closed(1.0)
        middle = self.stage(self.route.abdominal_incision).mean(axis=0)
        line = self._on_skin(middle, self.stage.length(_BELLY_CUT_MM), behind=False)
        self.front_cut = BackIncision(
            line, self.theme, scale=0.75, inward=(self.seen.sign, 0.0, 0.0)
        )
        self.front_cut.closed(1.0)
        out = self.seen.sign  # from the left the back's skin is on the right of the picture
        self.spots = (
            SoreSpot(self.front_cut.course, -out, self.theme),
            SoreSpot(self.back.course, out, self.theme),
        )
        skin = Shape(np.vstack([self.body.trunk_outline]))
        self.sore = Part(*self.spots, opacity=0.0)
        for spot in self.spots:
            spot.light.clipped_to(skin.copy())

    def _beside(self, place_px: tuple[float, float, float]) -> tuple[Point, float]:
        """Scene point (3,) and length of something that stands beside the body."""
        x_px, y_px, long_px = place_px
        return self.fmt.point(x_px, y_px), px(long_px)

    def count_days(self, ends: tuple[str, str], title: str) -> SoreDays:
        """Make the falling line of the days, with its words."""
        middle, long = self._beside(self.fmt.pick(*_DAYS_PX))
        self.days = SoreDays(self.theme, title, ends, long)
        self.days.shift(middle - self.days.get_center())
        self.days.fixed_in_frame = True
        return self.days

    def count_hours(self, words: str, weeks: tuple[str, str]) -> tuple[DayClock, YearsLine]:
        """Make the dial of a day's doses, and the line of weeks over which they are adjusted."""
        middle, radius = self._beside(self.fmt.pick(*_CLOCK_PX))
        self.clock = DayClock(self.theme, radius, words).shift(middle)
        middle, long = self._beside(self.fmt.pick(*_WEEKS_PX))
        self.weeks = YearsLine(self.theme, list(weeks), long).shift(middle)
        self.clock.opacity = self.weeks.opacity = 0.0
        return self.clock, self.weeks

    def adjust_dose(self, share: float) -> None:
        """Let the weeks pass, in which the dose is adjusted."""
        self.clock.adjust(share)
        self.weeks.at(share)

    def dose_naming(self) -> Naming:
        """Return what the label of the dial names: a dose."""
        sides: tuple[Side, ...] = self.fmt.pick(("right",), ("below", "left"), ("right", "left"))
        dial = circle(self.clock.dial_centre, self.clock.radius)
        return Naming({"dose": Callout(self.clock.dose_points(), sides)}, figure=[dial])

    def heal(self, share: float) -> None:
        """Let the soreness and the swelling fade, and the days pass."""
        for spot in self.spots:
            spot.ease_off(share)
        self.days.at(share)

    @property
    def healing(self) -> tuple[Part, ...]:
        """What changes with the days."""
        return self.sore, self.days

    @property
    def cuts_shot(self) -> Shot:
        """Both cuts, close."""
        wide, square, tall = _CUTS_SHOT
        if self.seen.sign < 0:
            wide = _CUTS_UNDER_HEADING
        x_px, y_px, zoom = self.fmt.pick(wide, square, tall)
        middle = (self.back.get_center() + self.front_cut.get_center()) / 2
        centre = middle - self.fmt.point(x_px, y_px) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    @property
    def title_shot(self) -> Shot:
        """The body beside or under the film's title."""
        zoom = self.fmt.pick(*_TITLE_ZOOM)
        centre = self.stage.point(_FOCUS_MM) - self.fmt.point(*self.fmt.pick(*_TITLE_AT_PX)) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    def cuts_naming(self) -> Naming:
        """Return what labels of the first days name: the two cuts."""
        callouts = {
            "belly_cut": Callout(self.front_cut.course[[16, 24, 32]], (self.seen.belly,)),
            "back_cut": Callout(self.back.course[[8, 16, 24]], (self.seen.back,)),
        }
        body = [self.body.trunk_outline, self.body.thigh_outline()]
        return Naming(callouts, figure=body)
