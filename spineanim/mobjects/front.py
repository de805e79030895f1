"""The operation seen from the front: the place, the cut, the pump and its catheter."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.catheter import CatheterRoute, plan_route
from spineanim.geometry.curves import resample, smooth
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.figure import FrontBody
from spineanim.mobjects.label import Rack
from spineanim.mobjects.marks import Cut, Line, PlaceMark
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.tube import HiddenTube, Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import FRAME_HEIGHT, Shot, Stage, frame_point, px

SITE_ZOOM: Final = 1.45
NEAR_ZOOM: Final = 2.2
"""How much nearer than the whole trunk the close pictures are."""
_PX_PER_MM = 1.85
_TUBE_MM = 3.2
"""Drawn width of the catheter: about 2.7 times the true 1.2 mm, or it would not be seen."""
_LYING_MM = 24.0
"""How far below its place the pump lies on the skin before it is put in."""


class FrontPlate(Part):
    """The trunk from the front with all that the operation does there.

    Parameters
    ----------
    parameters
        Side and pump.
    theme
        Colours.
    frame_height_px
        Lines of the film; pictures are baked for the nearest shot.

    Attributes
    ----------
    body
        Skin, bones, veil.
    belt, mark, cut
        What is drawn on the skin.
    tunnel
        The catheter under the skin of the flank, dashed.
    catheter
        The catheter outside, from the cut to the pump.
    pump
        The pump, on the skin or under it.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        anatomy = parameters.anatomy
        self.theme, self.sign = theme, anatomy.sign
        self.torso = neutral_torso()
        self.route: CatheterRoute = plan_route(anatomy, parameters.pump, PROCEDURE)
        middle_px = 960 + 50 * self.sign
        at = frame_point(middle_px, 480)
        self.stage = Stage(ANTERIOR, (0.0, 0.0, 90.0), px(_PX_PER_MM), at=(at[0], at[1]))
        nearest = self.stage.pixels_per_mm(frame_height_px) * SITE_ZOOM
        spine = Spine(stature_factor=anatomy.stature_factor)
        self.body = FrontBody(self.torso, spine, theme, self.stage, nearest)
        pose = self.route.pump
        self.site = self.stage.point(pose.centre)
        self.pump_radius = self.stage.length(pose.size.radius_mm)
        self.mark = PlaceMark(self.site, self.pump_radius, theme)
        self.belt = Line(self.stage(self.torso.belt_line), theme.color("accent.focus"), 4.0)
        self.cut = Cut(self.stage(self.route.abdominal_incision), theme)
        width = self.stage.length(_TUBE_MM)
        self.tunnel = HiddenTube(self._flank(), width, theme)
        self.tunnel.reveal(0.0)
        per_unit = frame_height_px / FRAME_HEIGHT * NEAR_ZOOM
        self.pump = PumpTilted(pose, ANTERIOR, theme, self.stage.units_per_mm, per_unit)
        self.pump.shift(self.site + self._lying(1.0))
        self.pump.opacity = 0.0
        self.veil = self._pump_veil()
        self.catheter = SlackCatheter(self._courses(), width, theme)
        super().__init__(
            self.body,
            self.belt,
            self.mark,
            self.tunnel,
            self.catheter,
            self.pump,
            self.veil,
            self.cut,
        )

    # -- states ----------------------------------------------------------------------------------

    def _lying(self, share: float) -> NDArray[np.float64]:
        return np.array([0.0, -self.stage.length(_LYING_MM) * share, 0.0])

    def slide_in(self, share: float) -> None:
        """Move the pump from the skin (0) to its place under it (1)."""
        self.pump.shift(self.site + self._lying(1.0 - share) - self.pump.place("centre"))
        self.pump.opacity = 1.0
        self.veil.opacity = share
        self.catheter.opacity = 1.0 - share

    def _pump_veil(self) -> Part:
        """Skin over the implanted pump: it lets the pump shine through."""
        rim = self.pump_radius * 1.3
        turns = np.linspace(0.0, 2.0 * np.pi, 73)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        edge = self.site + np.array([rim, 0.0, 0.0])
        color = self.theme.color
        stops = (
            (0.0, color("skin.light"), 0.46),
            (0.62, color("skin.base"), 0.58),
            (0.78, color("skin.dark"), 0.46),
            (1.0, color("skin.base"), 0.0),
        )
        glow = Shape(self.site + rim * ring).with_gradient("radial", self.site, edge, stops)
        return Part(glow, opacity=0.0)

    # -- paths of the catheter outside -----------------------------------------------------------

    @property
    def _way_out(self) -> NDArray[np.float64]:
        """Scene point near the outer end of the cut, where the catheter comes out."""
        cut = self.stage(self.route.abdominal_incision)
        point: NDArray[np.float64] = cut[round(0.82 * (len(cut) - 1))]
        return point

    def _flank(self) -> NDArray[np.float64]:
        """Path (N, 3) under the skin of the flank, as far as it is seen from the front."""
        tunnel = self.route.between("tunnel", "tunnel")[::-1]
        outermost = int(np.argmax(np.abs(tunnel[:, 0])))
        seen = self.stage(tunnel[outermost:])
        start = seen[0] + self.sign * np.array([self.stage.length(6.0), 0.0, 0.0])
        middle = (seen[-1] + self._way_out) / 2 + np.array([self.sign * px(8), 0.0, 0.0])
        return smooth(np.array([start, seen[len(seen) // 2], middle, self._way_out]), samples=30)

    def _courses(self) -> list[NDArray[np.float64]]:
        """Free end near the pump, joined with slack, and coiled behind; from the cut, (N, 3)."""
        start = self._way_out
        lying = self._lying(1.0)
        plug = self.stage.point(self.route.pump.connector_end()) + lying
        centre, reach = self.site + lying, self.pump_radius
        out = np.array([self.sign, 0.0, 0.0])
        down = np.array([0.0, -1.0, 0.0])
        loop = [
            start,
            start + reach * (0.55 * out + 0.35 * down),
            centre + reach * (1.62 * out + 0.15 * down),
            centre + reach * (1.30 * out + 1.15 * down),
            centre + reach * (0.35 * out + 1.62 * down),
        ]
        away = plug - centre
        away = away / np.linalg.norm(away) * reach
        free = smooth(np.array([*loop, plug + 0.75 * away - 0.35 * reach * out]))
        joined = smooth(np.array([*loop, plug + 0.40 * away, plug]))
        coil = resample(self.stage(self.route.between("coil", "coil")[::-1]) + lying, 26)
        bend = start + reach * (0.30 * out + 0.45 * down)
        coiled = smooth(np.vstack([start, bend, coil[2:]]))
        return [resample(course, 260) for course in (free, joined, coiled)]

    # -- shots and labels ------------------------------------------------------------------------

    @property
    def site_shot(self) -> Shot:
        """The pump's place on its own half of the frame, room for a panel on the other."""
        wanted = frame_point(960 + 400 * self.sign, 500)
        centre = self.site - wanted / SITE_ZOOM
        return Shot((float(centre[0]), float(centre[1])), SITE_ZOOM)

    @property
    def near_shot(self) -> Shot:
        """The pump's place in the middle, close."""
        centre = self.site + self._lying(0.55) - frame_point(960, 440) / NEAR_ZOOM
        return Shot((float(centre[0]), float(centre[1])), NEAR_ZOOM)

    def racks(self) -> tuple[Rack, Rack]:
        """Label columns of the whole shot: on the pump's side, and on the other."""
        right = Rack(float(frame_point(1545, 0)[0]), 1, px(285))
        left = Rack(float(frame_point(375, 0)[0]), -1, px(285))
        return (right, left) if self.sign > 0 else (left, right)

    def near_racks(self) -> tuple[Rack, Rack]:
        """Label columns of the near shot: on the pump's outer side, and on the inner."""
        right = Rack(float(frame_point(1490, 0)[0]), 1, px(330), plated=True)
        left = Rack(float(frame_point(430, 0)[0]), -1, px(330), plated=True)
        return (right, left) if self.sign > 0 else (left, right)

    @property
    def connector(self) -> NDArray[np.float64]:
        """Scene point of the connector while the pump lies on the skin."""
        return self.catheter.courses[1][-1]

    @property
    def coil(self) -> NDArray[np.float64]:
        """Scene point on the coil behind the pump."""
        return self.catheter.coil_side()

    def landmark(self, name: str) -> NDArray[np.float64]:
        """Scene point of a landmark of the side away from the pump."""
        other = "right" if self.sign > 0 else "left"
        return self.stage.point(self.torso.landmarks[f"{name}_{other}"])

    @property
    def belt_end(self) -> NDArray[np.float64]:
        """Place on the belt line on the pump's side."""
        share = 0.86 if self.sign > 0 else 0.14
        point: NDArray[np.float64] = self.belt.course[round(share * (len(self.belt.course) - 1))]
        return point


class SlackCatheter(Part):
    """The catheter outside the body, as it is joined and coiled.

    Parameters
    ----------
    courses
        Paths (N, 3) with equally many points: free, joined, coiled.
    width_units
        Diameter.
    theme
        Colours.
    """

    def __init__(
        self, courses: list[NDArray[np.float64]], width_units: float, theme: Theme
    ) -> None:
        super().__init__(opacity=0.0)
        self.courses, self.width_units, self.theme = courses, width_units, theme
        self._lay(courses[0])

    def join(self, share: float) -> None:
        """Bring the free end to the connector."""
        self._lay(self._between(0, share))

    def coil(self, share: float) -> None:
        """Wind the slack behind the pump."""
        self._lay(self._between(1, share))

    def end(self) -> NDArray[np.float64]:
        """Scene point (3,) of the end at the pump, once joined."""
        point: NDArray[np.float64] = self.courses[1][-1]
        return point

    def coil_side(self) -> NDArray[np.float64]:
        """Scene point (3,) on the coil."""
        course = self.courses[2]
        lowest: NDArray[np.float64] = course[
            int(np.argmax(np.abs(course[:, 0] - course[:, 0].mean())))
        ]
        return lowest

    def _between(self, first: int, share: float) -> NDArray[np.float64]:
        one, two = self.courses[first], self.courses[first + 1]
        moved: NDArray[np.float64] = one + (two - one) * share
        return moved

    def _lay(self, course: NDArray[np.float64]) -> None:
        self.set_submobjects([Tube(course, self.width_units, self.theme, shadow=0.3)])
