"""The lasting catheter: cut, needle, the way up behind the cord, anchor and loop, in section."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import carried, plan_route
from spineanim.geometry.params import PROCEDURE, SIDE_LYING_FLEXED
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.along_skin import AlongSkin
from spineanim.mobjects.anchored_tail import AnchoredTail
from spineanim.mobjects.back import Anchor
from spineanim.mobjects.clear_drop import ClearDrop
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.level_tag import LevelTag
from spineanim.mobjects.needle import GUIDING
from spineanim.mobjects.puncture import Look, PuncturePlate
from spineanim.mobjects.section_wound import Dimension, SectionWound
from spineanim.picture.shape import Part
from spineanim.stage import Format, Shot, px

Point = NDArray[np.float64]

_ZOOM: Final = 2.1
"""Nearest shot."""
_HUB_MM: Final = GUIDING.length_mm + GUIDING.hub_mm
_PALE: Final = 0.6
"""How faint names of levels are that the tip is not at."""
_ABOVE_SKIN_MM: Final = 7.0
_NAMES_APART_PX: Final = 66.0
"""Names of levels stand no nearer to one another; where bodies look smaller, some are left out."""
_ANCHOR_FLAT: Final = 0.62
"""The anchor's wings are seen aslant [D]."""
_LOWER: Final = 0.06
"""Stations so little above the middle between two levels still count as the lower level."""
_OURS: Final = frozenset({"cut", "drop", "anchor", "loop", "end", "temporary", "fluid", "needle"})
"""What can be named besides the things of `PuncturePlate`."""


def look_for_climb(parameters: Parameters, fmt: Format) -> Look:
    """Return the look that holds needle and tip in the frame, whatever their levels."""
    spine = Spine(SIDE_LYING_FLEXED, parameters.anatomy.stature_factor)
    route = carried(plan_route(parameters.anatomy, parameters.pump, PROCEDURE), spine)
    span_mm = float(np.hypot(*(route.tip - route.dura)[1:]))
    dura_px, room_px, most = fmt.pick(
        ((815.0, 545.0), 655.0, 4.5), ((600.0, 415.0), 470.0, 3.3), ((650.0, 640.0), 470.0, 3.6)
    )
    return Look(dura_px, min(room_px / span_mm, most), turned_deg=6.0, zoom=_ZOOM)


class LastingPlate(PuncturePlate):
    """The lower back in section, from the trial's catheter to the lasting one with its anchor.

    Attributes
    ----------
    wound, dimension
        The cut, and the line that tells its length; unseen at first.
    drop
        Clear fluid at the hub; unseen at first.
    anchor
        What holds the catheter; unseen at first.
    tag
        Names the level of the tip as it climbs; unseen at first.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        super().__init__(parameters, theme, fmt, look_for_climb(parameters, fmt))
        way = self.way
        self.along = AlongSkin(way.skin_yz, way.at(way.layers_mm["fat"][1]))
        fascia_mm = float(way.fascia_mm[0])
        cut = way.route.back_incision[[0, -1], 1:]
        ends = (self.along.of(cut[0]), self.along.of(cut[1]))
        self.wound = SectionWound(self.along, ends, fascia_mm, self.stage, theme)
        self.dimension = Dimension(self.wound.dimension(_ABOVE_SKIN_MM), theme)
        self.dimension.opacity = 0.0
        self.tail = AnchoredTail(way, self.along, ends[1], fascia_mm)
        self.anchor = self._anchor()
        into = self.on_axis(way.stops_mm["fluid"] - _HUB_MM)
        self.drop = ClearDrop(into, self.guiding.back, theme, self.stage.units_per_mm)
        self._stations = self._stations_of(way.route.between("intrathecal", "intrathecal"))
        self.tag = LevelTag(self._passed(), self._outward(), theme)
        self.tag.opacity = 0.0
        self.submobjects = [
            self.back,
            self.wound,
            self.names,
            self.catheter.outside,
            self.fine,
            self.guiding,
            self.drop,
            self.anchor,
            self.dimension,
            self.tag,
        ]
        self.wear_trial_catheter()

    # -- states ----------------------------------------------------------------------------------

    def wear_trial_catheter(self) -> None:
        """Let the trial's catheter lie in place, its end on the skin."""
        self.catheter.thread(1.0)
        self.catheter.lie_down(1.0)

    def lift_tail(self, share: float) -> None:
        """Lift the trial's catheter off the skin."""
        self.catheter.lift(share)

    def draw_out(self, share: float) -> None:
        """Draw the lifted catheter out of the body, until it is gone; true to length."""
        self.catheter.draw_out(share)

    def enter_needle(self, share: float) -> None:
        """Lead the catheter from the hub to the needle's tip."""
        self._thread(share * self._at_dura)

    def climb(self, share: float) -> None:
        """Lead the catheter from the needle's tip up to its level; the tag keeps step."""
        self._thread(self._at_dura + (1.0 - self._at_dura) * share)

    def _thread(self, share: float) -> None:
        self.catheter.thread(share, hub_mm=_HUB_MM)
        inside = self.catheter.inside
        there = inside.shown[1]
        at = float(np.interp(there, self._stations[0], self._stations[1]))
        self.tag.stand(inside.point_at(there), LEVELS[_level_at(at)])
        for name, part in self.names.by_name.items():
            near = np.clip(1.5 - abs(LEVELS.index(name) - at), 0.0, 1.0)
            part.opacity = _PALE + (1.0 - _PALE) * float(near)

    @property
    def climbing(self) -> tuple[Part, ...]:
        """All that `enter_needle` and `climb` change besides the catheter outside."""
        return (*self.catheter.parts, self.tag, self.names)

    def _named_levels(self) -> tuple[str, ...]:
        """Levels from the tip's downwards whose names do not touch."""
        every = super()._named_levels()
        named = [every[0]]
        for level in every[1:]:
            away = self.section.level(level) - self.section.level(named[-1])
            if np.linalg.norm(away) >= px(_NAMES_APART_PX):
                named.append(level)
        return tuple(named)

    def lay_tail(self, share: float) -> None:
        """Lay the catheter onto the fascia once the needle is out, then make its loop."""
        laid, looped = (
            curves.ease(np.clip(np.array((share - start) / 0.6), 0.0, 1.0)) for start in (0.0, 0.4)
        )
        path = self.tail.path(float(laid), float(looped))
        self.catheter.outside.run_along(self._scene(path))
        self.catheter.outside.reveal(1.0)

    def set_anchor(self, share: float) -> None:
        """Let the anchor come down onto the catheter; its stitches are still missing."""
        self.anchor.opacity = float(min(share * 2.0, 1.0))
        lift = (1.0 - share) * px(46) * self._outward()
        for each, points in self._anchor_rest:
            each.set_points(points + lift)
        for tie in self.anchor.ties:
            tie.set_stroke(opacity=0.0)

    def stitch(self, share: float) -> None:
        """Sew the anchor's wings to the fascia, one after the other."""
        for number, tie in enumerate(self.anchor.ties):
            tie.set_stroke(opacity=float(np.clip(2.0 * share - number, 0.0, 1.0)))

    # -- parts -----------------------------------------------------------------------------------

    def _anchor(self) -> Anchor:
        middle, run = self.tail.at_anchor()
        ends = self._scene(np.array([middle, middle + run]))
        angle = float(np.degrees(np.arctan2(*(ends[1] - ends[0])[[1, 0]])))
        anchor = Anchor(ends[0], 0.0, self.theme, self.stage.units_per_mm)
        anchor.stretch(_ANCHOR_FLAT, 1, about_point=ends[0])
        anchor.rotate(np.radians(angle), about_point=ends[0])
        self._anchor_rest = [
            (each, each.points.copy()) for each in anchor.get_family() if len(each.points)
        ]
        anchor.opacity = 0.0
        return anchor

    # -- points ----------------------------------------------------------------------------------

    @property
    def _at_dura(self) -> float:
        """Share of the catheter's way from the hub at which its tip leaves the needle."""
        within = curves.length(self.way.route.between("intrathecal", "intrathecal"))
        return _HUB_MM / (_HUB_MM + within)

    def _stations_of(self, path_mm: Point) -> tuple[Point, Point]:
        """Shares of the way up the canal, and the station of the canal at each."""
        canal = Canal(self.way.spine)
        stations = np.array([canal.station_of(point)[0] for point in path_mm[:, 1:]])
        along = curves.distances(self.stage(path_mm))
        return along / along[-1], stations

    def _passed(self) -> list[str]:
        """Levels that the tip passes, from the entry's up to its own."""
        stations = self._stations[1]
        first, last = _level_at(float(stations.max())), _level_at(float(stations.min()))
        return [LEVELS[index] for index in range(last, first + 1)]

    def _outward(self) -> Point:
        """Return the unit vector (3,) from the spine to the skin of the back."""
        way = self._point((1.0, 0.0)) - self._point((0.0, 0.0))
        return np.asarray(way / np.linalg.norm(way))

    def _scene(self, points_yz: Point) -> Point:
        return self.stage(np.column_stack([np.zeros(len(points_yz)), points_yz]))

    @property
    def guides(self) -> tuple[Part, Part]:
        """What leads the eye as the catheter climbs: the tag, and the names of the levels."""
        return self.tag, self.names

    @property
    def entry(self) -> Point:
        """Scene point (3,) where the catheter passes the dura."""
        return self.on_axis(self.way.length_mm)

    @property
    def hold(self) -> Point:
        """Scene point (3,) in the middle of the anchor."""
        return np.asarray(self._scene(self.tail.at_anchor()[0][None])[0])

    @property
    def trial_shot(self) -> Shot:
        """Camera on all of the trial's catheter."""
        # from the right, the tail of the catheter rises beside the heading
        at_px, zoom = ((1080.0, 625.0), 1.12) if self.sign > 0 else ((875.0, 640.0), 0.96)
        return self.fmt.pick(
            self.shot("dura", at_px, zoom),
            self.shot("dura", (620.0, 480.0), 1.0),
            self.shot("dura", (640.0, 800.0), 1.0),
        )

    @property
    def cut_shot(self) -> Shot:
        """Camera near the cut, with room for the needle before it."""
        return self.fmt.pick(
            self.shot("dura", (760.0, 720.0), 1.35),
            self.shot("dura", (480.0, 620.0), 1.3),
            self.shot("dura", (420.0, 1050.0), 1.3),
        )

    @property
    def anchor_shot(self) -> Shot:
        """Camera near the anchor."""
        # from the right, the free end rises beside the heading
        aside_px = 480.0 if self.sign > 0 else 345.0
        return self.fmt.pick(
            self.shot("dura", (aside_px, 820.0), _ZOOM),
            self.shot("dura", (330.0, 640.0), 1.8),
            self.shot("dura", (330.0, 1050.0), _ZOOM),
        )

    def naming(self, *names: str) -> Naming:
        """Return what labels name; besides those of `PuncturePlate`: cut, drop, anchor, loop."""
        ours = [each for each in names if each in _OURS]
        found = super().naming(*(each for each in names if each not in ours))
        near: Side = "left" if self.sign > 0 else "right"
        far: Side = "right" if self.sign > 0 else "left"
        tail = self.catheter.outside
        callouts = {
            # above the tip, where no leader meets the catheter
            "fluid": Callout(self._fluid_over_tip(), ("above",)),
            # towards the head, where no leader crosses the hub
            "needle": Callout(
                np.array([self.on_axis(each) for each in (-20.0, -17.0, -14.0)]), (near,)
            ),
            "cut": Callout(self.dimension.middle, ("above", near)),
            "drop": Callout(self._drop_middle(), (far, near)),
            "anchor": Callout(self.hold, ("above", near)),
            "loop": Callout(self._scene(self.tail.loop_top()[None])[0], ("above", "below", far)),
            "end": Callout(
                np.array([tail.point_at(at) for at in np.linspace(0.40, 0.60, 13)]), (far, "below")
            ),
            "temporary": Callout(
                np.array([tail.point_at(at) for at in np.linspace(0.5, 0.68, 12)]), (far, "above")
            ),
        }
        chosen = {each: callouts[each] for each in ours}
        skin = self._scene(self.way.skin_yz)
        tubes = [_ribbon(tail.path)] if tail.opacity > 0.0 else []
        return Naming(
            {**found.callouts, **chosen},
            figure=found.figure,
            focus=[*found.focus, _ribbon(skin), *tubes],
        )

    def _fluid_over_tip(self) -> Point:
        """Scene point (3,) in the fluid behind the cord, a level above the catheter's tip."""
        above = LEVELS[LEVELS.index(self.anatomy.tip_level) - 1]
        return self.section.in_canal(above, "cord_back", "sac_back")

    def _drop_middle(self) -> Point:
        return np.asarray(self.drop.at_point + self.drop.out * self.stage.length(3.4))


def _level_at(at: float) -> int:
    """Return the number of the level at a station; between two at the entry, the lower one."""
    return round(at + _LOWER)


def _ribbon(line: Point) -> Point:
    """Narrow closed outline (N, 3) round a line."""
    half = np.array([0.0, px(5), 0.0])
    return np.vstack([line + half, (line - half)[::-1]])
