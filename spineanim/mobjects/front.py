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
from spineanim.mobjects.label import Rack
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

    def racks(self) -> tuple[Rack, Rack]:
        """Label columns of the whole shot: on the pump's side, and on the other."""
        right = Rack(float(frame_point(1545, 0)[0]), 1, px(285))
        left = Rack(float(frame_point(375, 0)[0]), -1, px(285))
        return (right, left) if self.sign > 0 else (left, right)

    @property
    def implanted(self) -> tuple[Part, ...]:
        """What changes as the pump is set in."""
        return self.pump, self.veil, self.catheter.hidden, self.catheter.tunnel

    def near_rack(self) -> Rack:
        """Label column of the near shot, on the pump's outer side."""
        sign = int(self.sign)
        return Rack(float(frame_point(960 + sign * 530, 0)[0]), sign, px(330), plated=True)

    @property
    def site_ring(self) -> float:
        """Radius of a ring round the pump's place as the site shot shows it."""
        return self.pump_radius * SITE_ZOOM * 1.08

    def bone_targets(self) -> dict[str, NDArray[np.float64]]:
        """Scene points of the bones labels name, on the side away from the pump."""
        other = "right" if self.sign > 0 else "left"
        marks = {"ribs": "costal_margin_lowest", "hip": "iliac_crest"}
        landmarks = self.torso.landmarks
        inward = np.array([0.0, -self.stage.length(_ONTO_BONE_MM), 0.0])
        points = {
            key: self.stage.point(landmarks[f"{name}_{other}"]) for key, name in marks.items()
        }
        return {"ribs": points["ribs"], "hip": points["hip"] + inward}

    def skin_targets(self) -> dict[str, NDArray[np.float64]]:
        """Scene points of the pump's place and of the belt line on the pump's side."""
        share = 0.86 if self.sign > 0 else 0.14
        belt = self.belt.course[round(share * (len(self.belt.course) - 1))]
        return {"place": self.site, "belt": belt}

    def near_targets(self) -> dict[str, NDArray[np.float64]]:
        """Scene points of connector and coil while the pump lies on the skin."""
        return {"connector": self.catheter.connector, "coil": self.catheter.coil_side}
