"""The operation seen from the front: the place, the cut, the pump and its catheter."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.catheter import CatheterRoute, plan_route
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.drape import Drape, operation_window
from spineanim.mobjects.figure import FrontBody
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.marks import Cut, Line, PlaceMark
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.slack import SlackCatheter
from spineanim.picture.shape import Part, Shape
from spineanim.stage import FRAME_HEIGHT, Shot, Stage, frame_point, px

SITE_ZOOM: Final = 1.45
NEAR_ZOOM: Final = 2.2
"""How much nearer than the whole trunk the close pictures are."""
_PX_PER_MM = 1.85
_ONTO_BONE_MM = 8.0
"""How far below the crest's edge a label points, so that its dot lies on bone."""
_HEM: Final = 1.1
"""How much larger than the drape's window the window with its hem is."""
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
    drape
        The cloth of the operation, with a window over the place.
    catheter
        The catheter from the flank to the pump.
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
        whole = self.stage.pixels_per_mm(frame_height_px)  # bones are seen in no nearer shot
        self.body = FrontBody(self.torso, spine, theme, self.stage, nearest, whole)
        pose = self.route.pump
        self.site = self.stage.point(pose.centre)
        self.pump_radius = self.stage.length(pose.size.radius_mm)
        self.mark = PlaceMark(self.site, self.pump_radius, theme)
        self.belt = Line(self.stage(self.torso.belt_line), theme.color("accent.focus"), 4.0)
        self.cut = Cut(self.stage(self.route.abdominal_incision), theme)
        per_unit = frame_height_px / FRAME_HEIGHT * NEAR_ZOOM
        self.pump = PumpTilted(pose, ANTERIOR, theme, self.stage.units_per_mm, per_unit)
        self.pump.shift(self.site + self._lying(1.0))
        self.pump.opacity = 0.0
        self.veil = self._pump_veil()
        window = operation_window(pose, self.route.abdominal_incision)
        near = self.stage.pixels_per_mm(frame_height_px) * NEAR_ZOOM
        self.drape = Drape(window, self.stage, theme, near)
        self.drape.opacity = 0.0
        self.catheter = SlackCatheter(self.stage, self.route, self._lying(1.0), theme)
        super().__init__(
            self.body,
            self.belt,
            self.catheter.tunnel,
            self.drape,
            self.mark,
            self.cut,
            self.catheter,
            self.pump,
            self.catheter.hidden,
            self.catheter.click,
            self.veil,
        )

    # -- states ----------------------------------------------------------------------------------

    def _lying(self, share: float) -> NDArray[np.float64]:
        return np.array([0.0, -self.stage.length(_LYING_MM) * share, 0.0])

    def slide_in(self, share: float) -> None:
        """Move the pump from the skin (0) to its place under it (1)."""
        self.pump.shift(self.site + self._lying(1.0 - share) - self.pump.place("centre"))
        self.veil.opacity = share
        self.catheter.settle(share)

    def _pump_veil(self) -> Part:
        """Skin over the implanted pump: it lets the pump shine through."""
        rim = self.pump_radius * 1.62
        turns = np.linspace(0.0, 2.0 * np.pi, 73)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        edge = self.site + np.array([rim, 0.0, 0.0])
        color = self.theme.color
        stops = (
            (0.0, color("skin.light"), 0.46),
            (0.50, color("skin.base"), 0.58),
            (0.64, color("skin.dark"), 0.46),
            (1.0, color("skin.base"), 0.0),
        )
        glow = Shape(self.site + rim * ring).with_gradient("radial", self.site, edge, stops)
        return Part(glow, opacity=0.0)

    # -- shots and labels ------------------------------------------------------------------------

    @property
    def site_shot(self) -> Shot:
        """The pump's place on its own half of the frame, room for a panel on the other."""
        wanted = frame_point(960 + 465 * self.sign, 500)
        centre = self.site - wanted / SITE_ZOOM
        return Shot((float(centre[0]), float(centre[1])), SITE_ZOOM)

    @property
    def near_shot(self) -> Shot:
        """The pump's place in the middle, close."""
        centre = self.site + self._lying(0.55) - frame_point(960, 440) / NEAR_ZOOM
        return Shot((float(centre[0]), float(centre[1])), NEAR_ZOOM)

    @property
    def _outer(self) -> Side:
        """The pump's side of the frame."""
        return "right" if self.sign > 0 else "left"

    @property
    def _inner(self) -> Side:
        """The side of the frame away from the pump."""
        return "left" if self.sign > 0 else "right"

    @property
    def implanted(self) -> tuple[Part, ...]:
        """What changes as the pump is set in."""
        return self.pump, self.veil, self.catheter.hidden, self.catheter.tunnel

    @property
    def site_ring(self) -> float:
        """Radius of a ring round the pump's place as the site shot shows it."""
        return self.pump_radius * SITE_ZOOM * 1.08

    def naming(self) -> Naming:
        """Return what labels of the whole shot name: bones, the pump's place, the belt."""
        other = "right" if self.sign > 0 else "left"
        landmarks, point = self.torso.landmarks, self.stage.point
        inward = np.array([0.0, -self.stage.length(_ONTO_BONE_MM), 0.0])
        # the belt is named where it is well seen, on the pump's half
        course = self.belt.course if self.sign > 0 else self.belt.course[::-1]
        belt = course[[round(share * (len(course) - 1)) for share in (0.80, 0.86, 0.92)]]
        callouts = {
            "ribs": Callout(point(landmarks[f"costal_margin_lowest_{other}"]), (self._inner,)),
            "hip": Callout(point(landmarks[f"iliac_crest_{other}"]) + inward, (self._inner,)),
            "place": Callout(self._rim(self.site), (self._outer,)),
            "belt": Callout(belt, (self._outer,)),
        }
        skin = [self.stage.plane(each) for each in self.torso.anterior.values()]
        return Naming(callouts, figure=skin)

    def near_naming(self) -> Naming:
        """Return what labels name while the pump lies on the skin: connector and coil."""
        callouts = {
            "connector": Callout(self.catheter.connector, (self._outer,)),
            "coil": Callout(self.catheter.coil_side, (self._outer,)),
        }
        middle = self.drape.opening.mean(axis=0)
        return Naming(callouts, figure=[middle + _HEM * (self.drape.opening - middle)])

    def _rim(self, centre: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scene points (N, 3) of the outer edge of a pump that lies at a centre."""
        turns = np.radians(np.arange(-40.0, 41.0, 10.0))
        out = np.column_stack([self.sign * np.cos(turns), np.sin(turns), 0 * turns])
        return np.asarray(centre + self.pump_radius * out)
