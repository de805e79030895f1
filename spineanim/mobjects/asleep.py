"""Asleep on the table: the patient on the side, knees drawn up, under a light sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.monitor import Monitor
from spineanim.mobjects.persons import person
from spineanim.mobjects.table import OperatingTable
from spineanim.picture.lying_light import outlines
from spineanim.picture.other_side import sleeper_from
from spineanim.picture.shape import Part
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_FOCUS_YZ: Final = (-60.0, 120.0)
"""Patient point that stands at a fixed place of the frame."""
_UNDER_HEADING_PX: Final = (105.0, 125.0, 70.0)
"""How much lower the monitor stands on the left, under the heading: wide, square, tall."""


class AsleepPlate(Part):
    """Lying on the side, the side of the pump up, with a calm monitor beside.

    Parameters
    ----------
    parameters
        Side and alignment of the body.
    theme, fmt
        As for every plate.
    words
        What stands on the monitor.

    Attributes
    ----------
    person, sheet
        The patient, and the sheet that is drawn up; the sheet is unseen at first.
    monitor
        The card with the line; unseen at first.
    loin
        Scene point (3,) of the lower back, where the operation is.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, words: str) -> None:
        self.sign, self.fmt = parameters.anatomy.sign, fmt
        lying = replace(parameters.anatomy, alignment=SIDE_LYING_FLEXED)
        body = person(lying, parameters.pump, implanted=False)
        spine = body.spine
        # the head lies on the left of the picture, or on the right for a pump on the right
        view = View("side_lying", (0.0, 0.0, -self.sign), (0.0, 1.0, 0.0))
        scale = fmt.pick(1.09, 0.72, 0.78)
        at = fmt.point(*self._mirrored(fmt.pick((850.0, 405.0), (500.0, 470.0), (500.0, 760.0))))
        focus = (0.0, *_FOCUS_YZ)
        self.stage = Stage(view, focus, px(scale), (float(at[0]), float(at[1])), fmt=fmt)
        window, fine = self.stage.frame_box_mm(), self.stage.pixels_per_mm
        skin, cloth = sleeper_from(spine, theme, fine, window_mm=window, view=view)
        self.outlines = [self.stage.plane(each) for each in outlines(spine, view)]
        self.person = Part(placed(skin, self.stage))
        self.sheet = Part(placed(cloth, self.stage), opacity=0.0)
        self.flank = self.stage.point(np.array([0.0, *body.route.pump.centre[1:]]))
        self.loin = self.stage.point(np.array([0.0, *body.route.anchor[1:]]))
        wide, tall = fmt.pick((430.0, 232.0), (360.0, 200.0), (430.0, 232.0))
        x_px, y_px = fmt.pick((1600.0, 236.0), (830.0, 170.0), (770.0, 330.0))
        lower_px = fmt.pick(*_UNDER_HEADING_PX) if self.sign < 0 else 0.0
        centre = fmt.point(*self._mirrored((x_px, y_px + lower_px)))
        self.monitor = Monitor(centre, (px(wide), px(tall)), words, theme)
        self.monitor.opacity = 0.0
        super().__init__(self._table(theme), self.person, self.sheet, self.monitor)

    @property
    def towards_head_deg(self) -> float:
        """Direction in the picture from the feet to the head: the sheet is drawn up that way."""
        return 180.0 if self.sign > 0 else 0.0

    def _table(self, theme: Theme) -> OperatingTable:
        """Table and pillow, with the shadow of the body."""
        trunk = self.outlines[0]
        end = trunk[np.argmin(self.sign * trunk[:, 0]), 0]
        head = trunk[np.abs(trunk[:, 0] - end) < self.stage.length(205.0)]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        size = (self.stage.length(290.0), self.stage.length(300.0))
        return OperatingTable(self.outlines, middle, size, theme, self.fmt)

    def _mirrored(self, place_px: tuple[float, float]) -> tuple[float, float]:
        """Place in the frame, mirrored for a pump on the right."""
        middle = self.fmt.width_px / 2
        return (middle + self.sign * (place_px[0] - middle), place_px[1])

    def naming(self) -> Naming:
        """Return what labels name: the side that lies up, and the knees."""
        knee = self.outlines[1]
        # the foremost point of the leg that lies towards the head: not the foot
        front = knee[np.argmin(knee[:, 1] + self.sign * knee[:, 0])]
        near: Side = "left" if self.sign > 0 else "right"
        far: Side = "right" if self.sign > 0 else "left"
        callouts = {
            "pump_side": Callout(self.flank, ("below", far)),
            "knees": Callout(self._knee(front), (near, far)),
        }
        card = self.monitor.panel.corners()
        return Naming(callouts, figure=[*self.outlines], focus=[card])

    def _knee(self, front: Point) -> Point:
        """Scene point (3,) a little inside the foremost point of the drawn-up leg."""
        inward = np.array([self.sign * px(30), px(48), 0.0])
        return np.asarray(front + inward)
