"""The tunnel: the catheter is led under the skin, from the cut on the back to the pocket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.body import Body
from spineanim.geometry.curves import contains, distances, length
from spineanim.geometry.loin import LoinCut
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.mobjects.back import BackIncision
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.loin import LoinCard
from spineanim.mobjects.table import OperatingTable
from spineanim.mobjects.tube import HiddenTube, Rod, Tube
from spineanim.mobjects.under_skin import UnderSkin
from spineanim.picture.across import outline_of_cut
from spineanim.picture.lying import lying_person, outlines
from spineanim.picture.shape import Part, Shape
from spineanim.stage import FRAME_HEIGHT, Shot, Stage, frame_point, px

Point = NDArray[np.float64]

# The stage: a patient point, its place in the frame from afar and from near, the scales
_FOCUS_YZ: Final = (10.0, 95.0)
_FAR_PX: Final = (835.0, 405.0)
_NEAR_PX: Final = (560.0, 455.0)
_FAR_PX_PER_MM: Final = 1.25
_NEAR_PX_PER_MM: Final = 2.15

_ROD_MM: Final = 4.4
_TUBE_MM: Final = 4.0
_INSIDE_MM: Final = 2.2
"""Drawn widths: more than the true ones (3 to 4 mm, 1.2 mm), or they would not be seen."""
_ROD_LEAVES: Final = 0.85
"""Share of the catheter's way from which the passer, which leaves at the pocket, fades."""


class TunnelPlate(Part):
    """Lying on the side, as in the operation: the passer makes the tunnel, the catheter follows.

    Beside the body stands a card with the cut across it, in which the same happens.

    Attributes
    ----------
    shot
        Camera near the loin.
    card
        The section; stands fixed in the frame, unseen at first.
    rod, catheter
        The passer, and the tube: its loop on the back is there from the start.
    pocket
        Where the pump will lie.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        self.theme, self.sign = theme, parameters.anatomy.sign
        lying = replace(parameters.anatomy, alignment=SIDE_LYING_FLEXED)
        self.cut = LoinCut(Body(lying, parameters.pump, implanted=False))
        self.body, self.route = self.cut.body, self.cut.body.route
        # the head lies on the left of the picture, or on the right for a pump on the right
        view = View("side_lying", (0.0, 0.0, -self.sign), (0.0, 1.0, 0.0))
        far = frame_point(*self._mirrored(_FAR_PX))
        focus = (0.0, *_FOCUS_YZ)
        place = (float(far[0]), float(far[1]))
        self.stage = Stage(view, focus, px(_FAR_PX_PER_MM), place)
        zoom = _NEAR_PX_PER_MM / _FAR_PX_PER_MM
        centre = far - frame_point(*self._mirrored(_NEAR_PX)) / zoom
        self.shot = Shot((float(centre[0]), float(centre[1])), zoom)
        near = _NEAR_PX_PER_MM * frame_height_px / 1080.0
        self.outlines = [self.stage.plane(each) for each in outlines(self.body.spine, view)]
        person = lying_person(
            self.body.spine, theme, near, window_mm=self.stage.frame_box_mm(), view=view
        )
        self.picture = placed(person, self.stage)
        self._lay_tubes()
        self.pocket = self._pocket()
        self.back = BackIncision(
            self.stage(self.route.back_incision), theme, scale=0.8, inward=(0.0, -1.0, 0.0)
        )
        self.back.open(1.0)
        table = self._table(frame_height_px / FRAME_HEIGHT)
        super().__init__(
            table, self.picture, self.inner, self.pocket, self.catheter, self.rod, self.back
        )
        self.card = LoinCard(
            parameters,
            theme,
            frame_height_px,
            self.cut,
            (0.0, *_FOCUS_YZ),
            _NEAR_PX[1],
            _NEAR_PX_PER_MM,
        )
        self.card.show_level(self._near(self._level()))
        self._keep_step()
        self.lead_catheter(0.0)
        self.push_rod(0.0)

    # -- states ----------------------------------------------------------------------------------

    @property
    def follows(self) -> tuple[Part, ...]:
        """All parts besides the passer that `push_rod` and `lead_catheter` change."""
        return (self.catheter, self.card.rod, self.card.catheter)

    def push_rod(self, share: float) -> None:
        """Push the passer so far, 0 to 1, along its true way; both pictures keep step."""
        for rod, keeps_step in self._rods:
            rod.reveal_between(0.0, keeps_step(share))
            rod.opacity = 1.0

    def lead_catheter(self, share: float) -> None:
        """Draw the passer out at the pocket; the catheter follows at its tail."""
        for rod, keeps_step in self._rods:
            rod.reveal_between(keeps_step(share), 1.0)
            rod.opacity = 1.0 - max(share - _ROD_LEAVES, 0.0) / (1.0 - _ROD_LEAVES)
        tail = max(share - self._taken_at, 0.0) / (1.0 - self._taken_at)
        for tube, there, keeps_step in self._tubes:
            tube.reveal_between(0.0, keeps_step(there + (1.0 - there) * tail))

    # -- parts -----------------------------------------------------------------------------------

    def _lay_tubes(self) -> None:
        """Make passer and catheter: within the spine, and under the skin."""
        route, stage, theme = self.route, self.stage, self.theme
        inside = stage(route.between("entry", "intrathecal"))
        self.inner = Part(HiddenTube(inside, stage.length(_INSIDE_MM), theme), opacity=0.75)
        skin = self.outlines[0]
        way = route.between("tunnel", "loop")[::-1]
        rod = Rod(stage(route.passer), stage.length(_ROD_MM), theme)
        tube = Tube(stage(way), stage.length(_TUBE_MM), theme)
        self.rod, self.catheter = (UnderSkin(each, theme, skin) for each in (rod, tube))

    def _keep_step(self) -> None:
        """Work out how far each drawn tube has come when the true one has come so far."""
        route, card = self.route, self.card
        passer = route.passer
        self._rods = [
            (self.rod, _in_step(passer, self.stage(passer))),
            (card.rod, _in_step(passer, card.laid(passer))),
        ]
        start = route.between("tunnel", "tunnel")[-1]
        along = distances(passer) / length(passer)
        self._taken_at = float(along[np.argmin(np.linalg.norm(passer - start, axis=1))])
        self._tubes = []
        for tube, first, place in (
            (self.catheter, "loop", self.stage),
            (card.catheter, "entry", card.laid),
        ):
            way = route.between("tunnel", first)[::-1]
            there = 1.0 - length(route.between("tunnel", "tunnel")) / length(way)
            self._tubes.append((tube, there, _in_step(way, place(way))))

    def _pocket(self) -> Part:
        """Soft dashed outline of the place that waits for the pump."""
        outline_yz = self.route.pump.silhouette_lateral()
        outline = self.stage(np.column_stack([np.zeros(len(outline_yz)), outline_yz]))
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(outline, fill=self.theme.color("panel.fill"), fill_opacity=0.26),
            Shape(outline, stroke="#FFFFFF", stroke_px=4.4, stroke_opacity=0.8),
            Shape(outline, stroke=focus, stroke_px=2.3).dashed(7.5, 5.5),
        )

    def _table(self, pixels_per_unit: float) -> OperatingTable:
        """Table and pillow, with the shadow of the body."""
        trunk = self.outlines[0]
        end = trunk[np.argmin(self.sign * trunk[:, 0]), 0]
        reach = self.stage.length(205.0)
        head = trunk[np.abs(trunk[:, 0] - end) < reach]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        size = (self.stage.length(290.0), self.stage.length(300.0))
        return OperatingTable(self.outlines, middle, size, self.theme, pixels_per_unit)

    def _mirrored(self, place_px: tuple[float, float]) -> tuple[float, float]:
        """Place in the frame, mirrored for a pump on the right."""
        return (960.0 + self.sign * (place_px[0] - 960.0), place_px[1])

    # -- points ----------------------------------------------------------------------------------

    def _near(self, points: Point) -> Point:
        """Frame points (N, 3) of scene points as the near shot shows them."""
        centre = np.array([*self.shot.centre, 0.0])
        seen: Point = (points - centre) * self.shot.zoom
        return seen

    def _level(self) -> Point:
        """Scene points (2, 3) where the cut crosses the body's outline, back and belly."""
        cut = self.cut.view.cut
        assert cut is not None  # a loin cut has one
        y = np.linspace(140.0, -160.0, 601)
        slope = -cut.unit[1] / cut.unit[2]
        points = self.stage(np.column_stack([0.0 * y, y, cut.point_mm[2] + slope * y]))
        inside = np.flatnonzero(contains(self.outlines[0][:, :2], points[:, :2]))
        return points[[inside[0], inside[-1]]]

    def naming(self) -> Naming:
        """Return what labels name in the near shot: catheter and pocket, and the tunnel's cut."""
        near, far = ("right", "left") if self.sign > 0 else ("left", "right")
        loop = self.stage(self.route.between("loop", "loop"))
        way = self.card.laid(self.route.passer)
        callouts = {
            "spine_end": Callout(loop[::4], (cast(Side, near),)),
            "pocket": Callout(self.pocket.submobjects[0].get_center(), (cast(Side, far), "below")),
            "tunnel": Callout(way[-len(way) // 6 :: 4], ("below",), fixed=True),
        }
        card = self._afar(self.card.panel.corners())
        slice_ = self._afar(self.card.stage.plane(outline_of_cut(self.cut)))
        return Naming(callouts, figure=[*self.outlines, card], focus=[slice_])

    def _afar(self, points: Point) -> Point:
        """Scene points (N, 3) of frame points of the near shot."""
        seen: Point = points / self.shot.zoom + np.array([*self.shot.centre, 0.0])
        return seen


def _in_step(way_mm: Point, drawn: Point) -> Callable[[float], float]:
    """Return what gives the share of a drawn path for a share of the true one.

    In a picture, a way towards the viewer is short: without this the two pictures of one
    passer would run apart.
    """
    true, seen = (distances(each) / length(each) for each in (way_mm, drawn))

    def share(at: float) -> float:
        return float(np.interp(at, true, seen))

    return share
