"""The whole system in the standing body: pump, catheter, and the tip through a lens."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.canal import CONUS_STATION
from spineanim.geometry.curves import length, point_at, points_at
from spineanim.geometry.pump import lifted_lateral_trunk
from spineanim.geometry.table import LEVELS
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.mobjects.back import BackIncision
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.flank_skin import FlankSkin, hanging
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.magnifier import Magnifier, circle
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.run_out import all_run_out
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_names import LevelNames
from spineanim.mobjects.side import UPRIGHT, SidePlate
from spineanim.mobjects.side_body import keep_clear
from spineanim.mobjects.sides import sagittal
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

_LENS_TUBE_MM: Final = 1.5
# Lens (middle, radius), body (place, scale) and near shot (place, zoom): wide, square, tall
_LENS_PX: Final = ((1290.0, 430.0, 215.0), (835.0, 420.0, 170.0), (835.0, 600.0, 185.0))
_RING_GAP_PX: Final = 14.0
"""The lens keeps so far off the ring round the tip."""
_LENS_PX_PER_MM: Final = (6.2, 4.7, 6.0)
_BODY_PX: Final = ((760.0, 440.0, 2.05), (490.0, 575.0, 1.3), (480.0, 930.0, 2.0))
_NEAR_PX: Final = ((1010.0, 400.0, 1.5), (560.0, 690.0, 1.45), (540.0, 1240.0, 1.55))
_FADE_PX: Final = (119.0, -4.0)
"""Heights over the captions' room between which the body runs out."""
_SPACING_PX: Final = 76.0
"""Distance of one drop from the next along the catheter."""
_DROP_PX: Final = 3.1
_LENS_DROP_PX: Final = 3.9
"""Radii of the drops, which stay within the tube."""
_BELLY_CUT_MM: Final = 24.0
"""Drawn length of the cut over the pump, which is seen edge-on."""
_NAMED_BELOW_TIP_MM: Final = 6.0
_NAMED: Final = (0.12, 0.20)
"""Share of the tunnel on which the catheter is named: on the flank, before the spine."""
_CORD: Final = (0.45, 0.25, 0.12)
"""Places across the cord at which it may be named, where words have room above the lens alone."""
_CYCLES: Final = 6.0
"""Drops that leave at the tip while the medicine flows."""


class SystemPlate(SidePlate):
    """Standing, with the whole system and a lens on the catheter's tip.

    Attributes
    ----------
    pump
        The implanted pump.
    flank
        The catheter from the pump's connector, behind the pump, round the flank to its anchor.
    sheet, entry
        Skin of the near flank; the catheter from its anchor into the canal, which lies over it.
    lens
        Enlarged view of the tip; unseen at first.
    near_shot
        Camera near the closed cuts, on belly and back.
    lens_names
        Names of levels in the lens.
    drops, lens_drops
        Medicine on its way.
    filled, lens_filled
        The catheter with medicine in it, over the plain one.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        x_px, y_px, px_per_mm = fmt.pick(*_BODY_PX)
        stands = replace(UPRIGHT, at_px=(x_px, y_px), px_per_mm=px_per_mm, mirrored=True)
        super().__init__(parameters, theme, fmt, stands)
        tunnel = hanging(self.route.between("tunnel", "tunnel"))
        self.route = replace(self.route, stretches={**self.route.stretches, "tunnel": tunnel})
        pose = self.route.pump
        keep_clear(self.body.bones, sagittal(self.stage, pose.silhouette_lateral()), self.stage)
        floor_px = fmt.height_px - fmt.caption_room_px
        all_run_out(self.body, fmt, *(floor_px - each for each in _FADE_PX))
        self.pump = PumpTilted(
            pose, self.seen.view, theme, self.stage.units_per_mm, self.pixels_per_unit
        )
        self.pump.shift(self.stage.point(pose.centre) - self.pump.place("centre"))
        outer = self.route.between("coil", "loop")
        self.flank = self._tube(outer)
        within = self._tube(self.route.between("entry", "intrathecal"), lumen=True, shadow=0.0)
        self.section.put_between(within)
        flank = FlankSkin(self.body.skin, self.stage(tunnel), self.stage, theme)
        # from its anchor into the canal the catheter comes towards us, over the flank's skin
        self.entry, filled_entry, entering = self._entering(flank)
        self.filled = (self._tube(outer, lumen=True, shadow=0.0), within, filled_entry)
        self.drops = _drops(self.stage(self.route.whole()), _DROP_PX, theme)
        self.glow = TipGlow(self.stage.point(self.route.tip), px(26), theme)
        glow_in_fluid = Part(self.glow).clipped_to(_fluid_behind(self.section))
        self.back.open(1.0)
        middle = self.stage(self.route.abdominal_incision).mean(axis=0)
        line = self._on_skin(middle, self.stage.length(_BELLY_CUT_MM), behind=False)
        inward = (self.seen.sign, 0.0, 0.0)
        self.front_cut = BackIncision(line, theme, scale=0.75, inward=inward)
        self.front_cut.closed(1.0)
        self.sheet = flank.sheet
        self.add(self.sheet, entering, self.flank, self.filled[0], flank.veil)
        # the pump comes after drops and tube: they pass behind it
        self.add(self.anchor, self.drops, self.back, self.pump, self.front_cut, glow_in_fluid)
        self.lens_stage = self._lens_stage()
        self.lens_section = self._section(self.lens_stage, self._levels_in_lens())
        self.lens = self._lens()
        self.lens.opacity = 0.0
        self.add(self.lens)
        self.flow_medicine(0.0)

    def _torso(self) -> Torso:
        """Skin of the body, lifted by the pump."""
        rest = neutral_torso()
        trunk = lifted_lateral_trunk(rest, self.plan.pump)
        return replace(rest, lateral={**rest.lateral, "trunk": trunk})

    def _lens_stage(self) -> Stage:
        at, tip = self._lens_place()[0], self.route.tip
        focus = (0.0, float(tip[1]) - 11.0, float(tip[2]) + 7.5)
        place = (float(at[0]), float(at[1]))
        scale = px(self.fmt.pick(*_LENS_PX_PER_MM))
        return Stage(self.seen.view, focus, scale, place, fmt=self.fmt)

    def _lens_tube(self, *, lumen: bool, shadow: float) -> Tube:
        path = self.lens_stage(self.route.between("intrathecal", "intrathecal"))
        wide = self.lens_stage.length(_LENS_TUBE_MM)
        return Tube(path, wide, self.theme, lumen=lumen, shadow=shadow)

    def _lens_place(self) -> tuple[Point, float]:
        """Scene point (3,) and radius of the lens, which keeps off the ring round the tip.

        It gives way upwards, but under the heading, where its own names have no room, downwards.
        """
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        at, tip = self.beside(x_px, y_px), self.stage.point(self.route.tip)
        ring = self.stage.length(radius_px / self.fmt.pick(*_LENS_PX_PER_MM))
        off = px(radius_px + _RING_GAP_PX) + ring
        up = float(np.sqrt(max(off**2 - (at[0] - tip[0]) ** 2, 0.0)))
        if abs(at[1] - tip[1]) < up:
            at[1] = tip[1] - up if at[0] < 0.0 else tip[1] + up
        return at, px(radius_px)

    def _lens(self) -> Magnifier:
        self.lens_filled = self._lens_tube(lumen=True, shadow=0.0)
        self.lens_section.put_between(self._lens_tube(lumen=False, shadow=0.2), self.lens_filled)
        path = self.route.between("intrathecal", "intrathecal")
        near = path[-len(path) // 3 :]
        self.lens_drops = _drops(self.lens_stage(near), _LENS_DROP_PX, self.theme)
        self.cloud = TipGlow(self.lens_stage.point(self.route.tip), px(66), self.theme)
        in_fluid = Part(self.cloud).clipped_to(_fluid_behind(self.lens_section))
        shown = [self._neighbours()[0], self.tip_level]
        lens = self._lens_place()
        self.lens_names = LevelNames(self.lens_section, shown, self.theme, side="on", lens=lens)
        content = Part(self.lens_section, self.lens_names, in_fluid, self.lens_drops)
        scale = self.lens_stage.units_per_mm / self.stage.units_per_mm
        return Magnifier(
            *lens,
            content,
            self.theme,
            site=self.stage.point(self.route.tip),
            site_radius=lens[1] / scale,
            ground="muscle.light",
        )

    @property
    def near_shot(self) -> Shot:
        """Both cuts with all that lies between them, close."""
        middle = (self.back.get_center() + self.front_cut.get_center()) / 2
        x_px, y_px, zoom = self.fmt.pick(*_NEAR_PX)
        centre = middle - self.beside(x_px, y_px) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    @property
    def medicine(self) -> tuple[Part, ...]:
        """All parts that show medicine, which `flow_medicine` changes."""
        return (
            *self.filled,
            self.lens_filled,
            self.drops,
            self.glow,
            self.lens_drops,
            self.cloud,
        )

    def _levels_in_lens(self) -> tuple[str, str]:
        """Highest and lowest level drawn in the lens, well beyond its rim."""
        index = LEVELS.index(self.tip_level)
        return LEVELS[index - 3], LEVELS[index + 3]

    def _neighbours(self) -> tuple[str, str]:
        """Levels above and below the tip's."""
        index = LEVELS.index(self.tip_level)
        return LEVELS[index - 1], LEVELS[index + 1]

    def flow_medicine(self, share: float) -> None:
        """Fill the catheter, let the medicine travel to the tip and spread there a little.

        A pure function of the share, 0 to 1; at 0 no medicine is seen anywhere.
        """
        seen = min(share * 8.0, 1.0)
        for part in (*self.filled, self.lens_filled, self.drops, self.lens_drops):
            part.opacity = seen
        self.drops.at(_CYCLES * share)
        self.lens_drops.at(_CYCLES * share)
        self.glow.opacity = self.cloud.opacity = min(max(share * 4.0 - 0.4, 0.0), 1.0)
        self.glow.at(4.0 * share)
        self.cloud.at(4.0 * share)

    def _below_the_tip(self) -> Point:
        """Scene point (3,) on the end of the catheter in the lens, clear of the medicine."""
        way = self.route.between("intrathecal", "intrathecal")
        back = 1.0 - _NAMED_BELOW_TIP_MM / length(way)
        named: Point = self.lens_stage.point(point_at(way, back))
        return named

    def naming(self) -> Naming:
        """Return what labels name: pump and catheter in the body, the tip in the lens.

        The catheter is named on the flank, in front, so that no leader crosses the spine.
        """
        section, level = self.lens_section, self.tip_level
        above, below = self._neighbours()
        flank = points_at(
            self.stage(self.route.between("tunnel", "tunnel")), np.linspace(*_NAMED, 6)
        )
        anywhere = tuple(product((f"{level}_{below}", f"{above}_{level}"), _CORD))
        cord = [
            section.in_canal(disc, "cord_front", "cord_back", share)
            for disc, share in self.fmt.pick(anywhere[:1], anywhere, anywhere)
        ]
        fluid = section.in_canal(f"{above}_{level}", "cord_back", "sac_back", 0.6)
        callouts = {
            "pump": Callout(self.pump.place("centre"), (self.seen.belly, "above")),
            "catheter": Callout(flank, (self.seen.belly, "below")),
            "tip": Callout(self._below_the_tip(), (self.seen.back,)),
            "cord": Callout(np.array(cord), (self.seen.back,)),
            "fluid": Callout(fluid, (self.seen.back,)),
        }
        lens = circle(*self._lens_place())
        top = self.stage.point((0.0, 0.0, self.pose.crop.top_mm))[1]  # no more of it is seen
        outlines = self.body.trunk_outline, self.body.thigh_outline()
        body = [np.minimum(each, [np.inf, top, np.inf]) for each in outlines]
        case = sagittal(self.stage, self.route.pump.silhouette_lateral())
        coil = self.stage(self.route.between("coil", "coil"))
        return Naming(callouts, figure=[*body, lens], focus=[self.column_outline(), case, coil])


def _drops(path: Point, radius_px: float, theme: Theme) -> Drops:
    """Return drops along a path, an even distance apart."""
    far = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    count = max(int(far / px(_SPACING_PX)), 2)
    return Drops(path, theme, count=count, radius=px(radius_px), glow=False)


def _fluid_behind(section: SpineSection) -> Shape:
    """Outline of the fluid between the cord and the back of the dural sac."""
    canal, (start, end) = section.cut.canal, section.cut.stations
    walls = canal.cord_offsets[1], canal.sac_offsets[1]
    cord, dura = (canal.curve(each, start, min(end, CONUS_STATION)) for each in walls)
    return Shape(section.cut.place(np.vstack([cord, dura[::-1]])))
