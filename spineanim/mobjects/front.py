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
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.click import Click
from spineanim.mobjects.drape import Drape, operation_window
from spineanim.mobjects.entering import EnteringPump, sides_of
from spineanim.mobjects.figure import FrontBody
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.marks import Cut, Line, PlaceMark
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.sides import beside_panel
from spineanim.mobjects.slack import TUBE_MM, SlackPaths
from spineanim.mobjects.tube import Tube
from spineanim.picture.image import smoothstep
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Shot, Stage, px

_UNDER_SKIN: Final = 0.5
"""Opacity of a tube that shimmers through the skin."""
# In a wide, a square and a tall frame: the whole trunk, nearer shots; see `beside_panel`
_PX_PER_MM: Final = (1.85, 1.5, 1.95)
_MIDDLE_PX: Final = ((90.0, 480.0), (0.0, 554.0), (0.0, 1170.0))
"""The trunk's middle, aside of the frame's; in a wide frame no arm comes near the heading."""
_SITE_ZOOM: Final = (1.45, 1.05, 1.45)
_NEAR_ZOOM: Final = (2.2, 2.1, 2.0)
"""How much nearer than the whole trunk the close pictures are."""
_SITE_PX: Final = ((530.0, 525.0), (300.0, 738.0), (190.0, 1270.0))
"""Where the pump's place stands beside or below a panel, aside of the frame's middle."""
_NEAR_PX: Final = ((110.0, 440.0), (60.0, 555.0), (-50.0, 900.0))
"""The same close, aside to the pump's side; on the left it gives way less, for the heading."""
_LEFT_NEAR: Final = -30.0 / 110.0
_ONTO_BONE_MM = 8.0
"""How far below the crest's edge a label points, so that its dot lies on bone."""
_HEM: Final = 1.1
"""How much larger than the drape's window the window with its hem is."""
_LYING_MM = 15.0
"""How far below its place the pump lies on the skin before it is put in."""
_COMES_FROM = 0.45
"""How much further aside the pump comes from, in its distance from the coil."""
_SEEN_THROUGH = 0.40
"""Opacity with which the loops behind the pump are shown through it."""
_SNAP = 0.05
"""How far the end of the catheter goes beyond its place before it snaps back into it."""


class FrontPlate(Part):
    """The trunk from the front with all that the operation does there.

    Parameters
    ----------
    parameters
        Side and pump.
    theme
        Colours.
    fmt
        Lines of the film; pictures are baked for the nearest shot.

    Attributes
    ----------
    body
        Skin, bones, veil.
    belt, mark, cut
        What is drawn on the skin.
    drape
        The cloth of the operation, with a window over the place.
    tunnel
        The stretch of the catheter that shimmers through the skin of the flank, up to the cut.
    slack
        The catheter from the cut to the pump, while it lies on the skin, and `skin`, which holds
        it at the cut.
    behind
        The loops as they shimmer through the pump.
    pump
        The pump, while it lies on the skin.
    entering
        Pump and catheter on their way under the skin, and there.
    click
        A ring that spreads when the connector clicks.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        anatomy = parameters.anatomy
        self.theme, self.fmt, self.sign = theme, fmt, anatomy.sign
        self.torso = neutral_torso()
        self.route: CatheterRoute = plan_route(anatomy, parameters.pump, PROCEDURE)
        self.site_zoom, near_zoom = fmt.pick(*_SITE_ZOOM), fmt.pick(*_NEAR_ZOOM)
        self.beside = beside_panel(fmt, self.sign)
        middle = self._aside(fmt.pick(*_MIDDLE_PX), self.beside)
        at, scale = (middle[0], middle[1]), px(fmt.pick(*_PX_PER_MM))
        self.stage = Stage(ANTERIOR, (0.0, 0.0, 90.0), scale, at=at, fmt=fmt)
        nearest = self.stage.pixels_per_mm * self.site_zoom
        spine = Spine(stature_factor=anatomy.stature_factor)
        whole = self.stage.pixels_per_mm  # bones are seen in no nearer shot
        self.body = FrontBody(self.torso, spine, theme, self.stage, nearest, whole)
        pose = self.route.pump
        self.site = self.stage.point(pose.centre)
        self.pump_radius = self.stage.length(pose.size.radius_mm)
        self.mark = PlaceMark(self.site, self.pump_radius, theme)
        self.belt = Line(self.stage(self.torso.belt_line), theme.color("accent.focus"), 4.0)
        self.cut = Cut(self.stage(self.route.abdominal_incision), theme)
        per_unit = fmt.pixels_per_unit * near_zoom
        self.pump = PumpTilted(pose, ANTERIOR, theme, self.stage.units_per_mm, per_unit)
        self.pump.shift(self.site + self._lying(1.0))
        self._pump_rests = AtRest(self.pump, self.pump.place("centre"))
        boot = self.pump.boot
        self._boot_rests = AtRest(boot, self.pump.place("connector_root"))
        self.pump.opacity = 0.0
        window = operation_window(pose, self.route.abdominal_incision)
        near = self.stage.pixels_per_mm * near_zoom
        self.drape = Drape(window, self.stage, theme, near)
        self.drape.opacity = 0.0
        self.paths = SlackPaths(self.stage, self.route, self._lying(1.0))
        tube = Tube(self.paths.flank(), self.stage.length(TUBE_MM), theme)
        self.tunnel = Part(tube, opacity=0.0)
        course, wide = self.paths.laid(0.0, 0.0), self.stage.length(TUBE_MM)
        self.slack = Tube(course, wide, theme, shadow=0.25)
        self.slack.reveal(0.0)
        self.skin = Part(self.slack).clipped_to(
            Shape(sides_of(self.cut.course, 2.0 * fmt.width)[1])
        )
        self.below_cut = self.skin.clip
        self.behind = self._behind()
        self.click = Click(self.paths.plug + self.paths.aside, self.stage.length(13.0), theme)
        self.entering = EnteringPump(self.pump, self.paths, self.cut.course, self.stage, theme)
        super().__init__(
            self.body,
            self.belt,
            self.tunnel,
            self.entering.inside,
            self.drape,
            self.mark,
            self.cut,
            self.skin,
            self.pump,
            self.behind,
            self.click,
            self.entering.outside,
        )

    # -- states ----------------------------------------------------------------------------------

    def _lying(self, share: float) -> NDArray[np.float64]:
        return np.array([0.0, -self.stage.length(_LYING_MM) * share, 0.0])

    def open_up(self) -> None:
        """Let the catheter in the flank shimmer through the skin, up to the cut."""
        self.tunnel.opacity = _UNDER_SKIN

    def arrive(self, share: float) -> None:
        """Feed the spare length out of the cut in loops, and bring the pump beside it."""
        away = self.paths.aside * (1.0 + _COMES_FROM * (1.0 - share))
        self._put_pump(away)
        self.pump.opacity = min(2.0 * share, 1.0)
        self._lay(self.paths.laid(0.0, 0.0), share)
        self._put_boot(0.0)
        self.pump.boot.opacity = float(np.clip((share - 0.9) / 0.1, 0.0, 1.0))

    def join(self, share: float) -> None:
        """Bring the free end to the connector; a ring tells of the click."""
        way, back = (float(np.clip(each, 0.0, 1.0)) for each in (share / 0.6, (share - 0.6) / 0.2))
        pushed = (1.0 + _SNAP) * way * way * (3.0 - 2.0 * way) - _SNAP * back
        self._lay(self.paths.laid(0.0, pushed))
        self._put_boot(pushed)
        self.click.spread(max(share - 0.6, 0.0) / 0.4)

    def cover(self, share: float) -> None:
        """Lay the pump over the loops; at last they shimmer through it."""
        self._put_pump(self.paths.aside * (1.0 - share))
        self._lay(self.paths.laid(share))
        late = np.array([share])
        self.behind.opacity = _SEEN_THROUGH * float(smoothstep(late, 0.75, 1.0)[0])

    def lift_over(self, share: float, along_mm: float) -> None:
        """Lift the pump from the skin to a place so many millimetres up, beyond the cut."""
        up = np.array([0.0, self.stage.length(along_mm), 0.0])
        way = (up - self._lying(1.0)) * share
        self._put_pump(way)
        self.behind.opacity = _SEEN_THROUGH * max(1.0 - 5.0 * share, 0.0)
        before, after = self.paths.laid(1.0), self.paths.outside(up)
        self._lay(before + (after - before) * share, held=share <= 0.0)

    def set_in(self, along_mm: float) -> None:
        """Put the pump so many millimetres up from its place: above the cut, or under the skin."""
        self.skin.opacity = self.pump.opacity = self.behind.opacity = 0.0
        self.entering.inside.opacity = 1.0
        self.tunnel.opacity = 0.0
        self.entering.at(along_mm)

    def _behind(self) -> Part:
        """Make the loops as they shimmer through the pump that lies over them."""
        centre = self.site + self._lying(1.0)
        turns = np.linspace(0.0, 2.0 * np.pi, 73)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        loops = Tube(self.paths.laid(1.0), self.stage.length(TUBE_MM), self.theme)
        shown = Part(loops).clipped_to(Shape(centre + 0.97 * self.pump_radius * ring))
        shown.opacity = 0.0
        return shown

    def _put_boot(self, joined: float) -> None:
        """Put the catheter's boot before the pump's nipple (0), on it (1), or between."""
        end = self.paths.laid(0.0, joined)[-1]
        before = end - self.paths.plug - self.paths.aside
        self._boot_rests.put(self.pump.place("connector_root") + before)

    def _put_pump(self, away: NDArray[np.float64]) -> None:
        self._pump_rests.put(self.site + self._lying(1.0) + away)

    def _lay(self, course: NDArray[np.float64], shown: float = 1.0, *, held: bool = True) -> None:
        """Lay the slack along a course; while it is held, it comes out of the cut."""
        self.skin.clip = self.below_cut if held else None
        self.slack.run_along(course)
        self.slack.reveal(shown)

    # -- shots and labels ------------------------------------------------------------------------

    @property
    def site_shot(self) -> Shot:
        """The pump's place on one half of the frame, room for a panel on the other."""
        wanted, zoom = self._aside(self.fmt.pick(*_SITE_PX), self.beside), self.site_zoom
        centre = self.site - wanted / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    @property
    def near_shot(self) -> Shot:
        """The pump's place in the middle, close."""
        (aside_px, down_px), zoom = self.fmt.pick(*_NEAR_PX), self.fmt.pick(*_NEAR_ZOOM)
        aside_px *= 1.0 if self.sign > 0 else _LEFT_NEAR
        centre = self.site + self._lying(0.55) - self._aside((aside_px, down_px), self.sign) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    def _aside(self, place_px: tuple[float, float], sign: float) -> NDArray[np.float64]:
        """Scene point (3,) so far right (sign +1) or left of the middle, at a height."""
        aside_px, down_px = place_px
        return self.fmt.point(self.fmt.width_px / 2 + sign * aside_px, down_px)

    @property
    def _outer(self) -> Side:
        """The pump's side of the frame."""
        return "right" if self.sign > 0 else "left"

    @property
    def _inner(self) -> Side:
        """The side of the frame away from the pump."""
        return "left" if self.sign > 0 else "right"

    @property
    def joining(self) -> tuple[Part, ...]:
        """What changes while the pump is joined and laid over the loops."""
        return self.skin, self.pump, self.behind, self.click

    @property
    def implanted(self) -> tuple[Part, ...]:
        """What changes as the pump is set in."""
        return self.entering.inside, self.entering.outside

    @property
    def site_ring(self) -> float:
        """Radius of a ring round the pump's place as the site shot shows it."""
        return self.pump_radius * self.site_zoom * 1.08

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

    def joining_naming(self) -> Naming:
        """Return what labels name while the pump lies beside the loops: the connector."""
        place = self.paths.connector + self.paths.aside
        return Naming({"connector": Callout(place, (self._inner,))}, figure=[self._window()])

    def covering_naming(self) -> Naming:
        """Return what labels name when the pump lies over the loops: the loops."""
        return Naming(
            {"coil": Callout(self.paths.coil_side, (self._outer,))}, figure=[self._window()]
        )

    def _window(self) -> NDArray[np.float64]:
        """Scene points (N, 3) of the drape's opening with its hem."""
        middle = self.drape.opening.mean(axis=0)
        return np.asarray(middle + _HEM * (self.drape.opening - middle))

    def _rim(self, centre: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scene points (N, 3) of the outer edge of a pump that lies at a centre."""
        turns = np.radians(np.arange(-40.0, 41.0, 10.0))
        out = np.column_stack([self.sign * np.cos(turns), np.sin(turns), 0 * turns])
        return np.asarray(centre + self.pump_radius * out)
