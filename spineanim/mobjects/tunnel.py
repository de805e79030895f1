"""The tunnel: the catheter is led under the skin, from the cut on the back to the pocket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.curves import contains, distances, length, resample
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.back import BackIncision
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.loin import LoinCard
from spineanim.mobjects.persons import loin_cut
from spineanim.mobjects.table import OperatingTable
from spineanim.mobjects.tube import HiddenTube, Rod, Tube
from spineanim.mobjects.under_skin import UnderSkin
from spineanim.picture.across import outline_of_cut
from spineanim.picture.lying_light import outlines
from spineanim.picture.other_side import lying_from
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

# The stage: a patient point, its place in the frame from afar and from near, the scales
_FOCUS_YZ: Final = (10.0, 95.0)
_FAR_PX: Final = ((835.0, 345.0), (520.0, 420.0), (520.0, 620.0))
_NEAR_PX: Final = ((560.0, 467.0), (500.0, 355.0), (500.0, 590.0))
_FAR_PX_PER_MM: Final = (1.25, 0.8, 0.9)
_NEAR_PX_PER_MM: Final = (2.15, 1.25, 1.75)
_CARD_PX_PER_MM: Final = (2.15, 1.1, 1.9)

_ROD_MM: Final = 6.6
_TUBE_MM: Final = 6.2
_INSIDE_MM: Final = 2.8
_RIM_PX: Final = 2.6
"""Drawn widths: more than the true ones (3 to 4 mm, 1.2 mm), or they would not be seen."""
_POCKET_SHARE: Final = 0.86
"""Drawn size of the pocket: the empty place is a little smaller than the pump [D]."""
_ROUNDED_MM: Final = 24.0
"""How softly the hidden catheter turns from the needle's way up into the sac."""
_BONES_CALM: Final = 0.5
_GLOW_PX: Final = 72.0
_GLOW: Final = 0.85
"""Bones while the rod moves; light round the rod's head: reach in the near shot, strength."""
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

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.theme, self.fmt, self.sign = theme, fmt, parameters.anatomy.sign
        lying = replace(parameters.anatomy, alignment=SIDE_LYING_FLEXED)
        self.cut = loin_cut(lying, parameters.pump)
        self.body, self.route = self.cut.body, self.cut.route
        # the head lies on the left of the picture, or on the right for a pump on the right
        view = View("side_lying", (0.0, 0.0, -self.sign), (0.0, 1.0, 0.0))
        far = self._mirrored(fmt.pick(*_FAR_PX))
        focus = (0.0, *_FOCUS_YZ)
        place = (float(far[0]), float(far[1]))
        self.stage = Stage(view, focus, px(fmt.pick(*_FAR_PX_PER_MM)), place, fmt=fmt)
        near_px_per_mm = fmt.pick(*_NEAR_PX_PER_MM)
        zoom = near_px_per_mm / fmt.pick(*_FAR_PX_PER_MM)
        centre = far - self._mirrored(fmt.pick(*_NEAR_PX)) / zoom
        self.shot = Shot((float(centre[0]), float(centre[1])), zoom)
        near = near_px_per_mm * fmt.pixels_per_unit * px(1)
        self.outlines = [self.stage.plane(each) for each in outlines(self.body.spine, view)]
        window = self.stage.frame_box_mm()
        self.picture, calm = (
            placed(image, self.stage)
            for image in lying_from(
                self.body.spine, theme, near, window_mm=window, view=view, faint=_BONES_CALM
            )
        )
        self.calm = Part(calm, opacity=0.0)
        self._lay_tubes()
        self.pocket = self._pocket()
        self.back = BackIncision(
            self.stage(self.route.back_incision), theme, scale=0.8, inward=(0.0, -1.0, 0.0)
        )
        self.back.open(1.0)
        table = self._table(fmt)
        super().__init__(
            table,
            self.picture,
            self.calm,
            self.inner,
            self.pocket,
            self.catheter,
            self.glow,
            self.rod,
            self.back,
        )
        self.card = LoinCard(
            parameters,
            theme,
            fmt,
            self.cut,
            (0.0, *_FOCUS_YZ),
            fmt.pick(*_CARD_PX_PER_MM),
        )
        self.card.show_level(self._near(self._level()))
        self._keep_step()
        self.lead_catheter(0.0)
        self.push_rod(0.0)

    # -- states ----------------------------------------------------------------------------------

    @property
    def follows(self) -> tuple[Part, ...]:
        """All parts besides the passer that `push_rod` and `lead_catheter` change."""
        return (self.catheter, self.calm, self.glow, self.card.rod, self.card.catheter)

    def push_rod(self, share: float) -> None:
        """Push the passer so far, 0 to 1, along its true way; both pictures keep step."""
        for rod, keeps_step in self._rods:
            rod.reveal_between(0.0, keeps_step(share))
            rod.opacity = 1.0
        self.calm.opacity = min(5.0 * share, 1.0)
        self._glows.put(self.rod.front)
        self.glow.opacity = min(8.0 * share, 1.0)

    def lead_catheter(self, share: float) -> None:
        """Draw the passer out at the pocket; the catheter follows at its tail."""
        for rod, keeps_step in self._rods:
            rod.reveal_between(keeps_step(share), 1.0)
            rod.opacity = 1.0 - max(share - _ROD_LEAVES, 0.0) / (1.0 - _ROD_LEAVES)
        self._glows.put(self.rod.front)
        self.glow.opacity = 1.0 - min(5.0 * share, 1.0)
        self.calm.opacity = 1.0 - max(share - _ROD_LEAVES, 0.0) / (1.0 - _ROD_LEAVES)
        tail = max(share - self._taken_at, 0.0) / (1.0 - self._taken_at)
        for tube, there, keeps_step in self._tubes:
            tube.reveal_between(0.0, keeps_step(there + (1.0 - there) * tail))

    # -- parts -----------------------------------------------------------------------------------

    def _lay_tubes(self) -> None:
        """Make passer and catheter: within the spine, and under the skin."""
        route, stage, theme = self.route, self.stage, self.theme
        inside = _rounded(stage(route.between("entry", "intrathecal")), stage.length(_ROUNDED_MM))
        self.inner = Part(HiddenTube(inside, stage.length(_INSIDE_MM), theme), opacity=0.75)
        skin = self.outlines[0]
        way = route.between("tunnel", "loop")[::-1]
        rod = Rod(stage(route.passer), stage.length(_ROD_MM), theme)
        tube = Tube(stage(way), stage.length(_TUBE_MM), theme)
        self.rod, self.catheter = (
            UnderSkin(each, theme, skin, rim_px=_RIM_PX) for each in (rod, tube)
        )
        self.glow = self._glow()
        self._glows = AtRest(self.glow)

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
        way = route.between("tunnel", "loop")[::-1]
        for tube, place in ((self.catheter, self.stage), (card.catheter, card.laid)):
            there = 1.0 - length(route.between("tunnel", "tunnel")) / length(way)
            self._tubes.append((tube, there, _in_step(way, place(way))))

    def _glow(self) -> Part:
        """Soft light that goes with the passer's head."""
        color = mix(self.theme.color("accent.focus"), "#FFFFFF", 0.6)
        reach = px(_GLOW_PX) / self.shot.zoom
        turn = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        disc = reach * np.column_stack([np.cos(turn), np.sin(turn), 0.0 * turn])
        fall = [(at, color, _GLOW * (1.0 - at) ** 2) for at in (0.0, 0.25, 0.5, 0.75, 1.0)]
        edge = np.array([reach, 0.0, 0.0])
        return Part(Shape(disc).with_gradient("radial", np.zeros(3), edge, tuple(fall)))

    def _pocket(self) -> Part:
        """Soft dashed outline of the place that waits for the pump."""
        outline_yz = self.route.pump.silhouette_lateral()
        middle = outline_yz.mean(axis=0)
        outline_yz = middle + _POCKET_SHARE * (outline_yz - middle)
        outline = self.stage(np.column_stack([np.zeros(len(outline_yz)), outline_yz]))
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(outline, fill=self.theme.color("panel.fill"), fill_opacity=0.26),
            Shape(outline, stroke="#FFFFFF", stroke_px=4.4, stroke_opacity=0.8),
            Shape(outline, stroke=focus, stroke_px=2.3).dashed(7.5, 5.5),
        )

    def _table(self, fmt: Format) -> OperatingTable:
        """Table and pillow, with the shadow of the body."""
        trunk = self.outlines[0]
        end = trunk[np.argmin(self.sign * trunk[:, 0]), 0]
        reach = self.stage.length(205.0)
        head = trunk[np.abs(trunk[:, 0] - end) < reach]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        size = (self.stage.length(290.0), self.stage.length(300.0))
        return OperatingTable(self.outlines, middle, size, self.theme, fmt)

    def _mirrored(self, place_px: tuple[float, float]) -> Point:
        """Scene point (3,) of a place in the frame, mirrored for a pump on the right."""
        return self.fmt.point(*place_px) * (self.sign, 1.0, 1.0)

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
        flank = way[int(0.56 * len(way)) : int(0.64 * len(way)) : 3]
        callouts = {
            "spine_end": Callout(loop[::4], (cast(Side, near),)),
            "pocket": Callout(self.pocket.submobjects[0].get_center(), (cast(Side, far), "below")),
            "tunnel": Callout(flank, ("below",), fixed=True),
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


def _rounded(path: Point, soft: float) -> Point:
    """Round the corners of a path (N, 3) over a length in scene units; its ends stay."""
    count = max(int(12.0 * length(path) / soft), 2)
    even = resample(path, count)
    return np.asarray(ndimage.gaussian_filter1d(even, 6.0, axis=0, mode="nearest"))
