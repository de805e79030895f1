"""The operation seen from the patient's left: the tunnel, and the whole system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import carried, plan_route, reference_spine
from spineanim.geometry.params import PROCEDURE, SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.back import Anchor, BackIncision
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.figure import SideBody
from spineanim.mobjects.label import Rack
from spineanim.mobjects.magnifier import Magnifier
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_names import LevelNames
from spineanim.mobjects.tube import Rod, Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import FRAME_HEIGHT, FRAME_WIDTH, Stage, frame_point, px

Point = NDArray[np.float64]

_TUBE_MM: Final = 2.6
"""Drawn width of the catheter in the figure: twice the true 1.2 mm, or it would not be seen."""
_LENS_TUBE_MM: Final = 1.5
_ROD_MM: Final = 3.4
_LENS_PX: Final = (1290.0, 430.0, 215.0)
_LENS_PX_PER_MM: Final = 6.2


@dataclass(frozen=True)
class Pose:
    """How the body lies in the picture.

    Attributes
    ----------
    alignment
        Curves of the spine.
    focus_mm, at_px, px_per_mm
        Patient point, the place in the frame it stands at, and the scale.
    turned_deg
        Turn of the picture, counter-clockwise.
    """

    alignment: Alignment
    focus_mm: tuple[float, float, float]
    at_px: tuple[float, float]
    px_per_mm: float
    turned_deg: float

    def stage(self) -> Stage:
        """Return the stage of this pose."""
        at = frame_point(*self.at_px)
        place = (float(at[0]), float(at[1]))
        return Stage(LATERAL_LEFT, self.focus_mm, px(self.px_per_mm), place, self.turned_deg)


UPRIGHT: Final = Pose(STANDING, (0.0, -15.0, 150.0), (760.0, 455.0), 2.05, 0.0)
LYING: Final = Pose(SIDE_LYING_FLEXED, (0.0, -20.0, 95.0), (890.0, 540.0), 2.3, 90.0)


class SidePlate(Part):
    """The trunk cut along its middle, with the catheter and what belongs to it.

    Parameters
    ----------
    parameters
        Side, levels, pump.
    theme
        Colours.
    frame_height_px
        Lines of the film.
    pose
        Standing, or lying on the side as in the operation.

    Attributes
    ----------
    body, section
        Trunk and spine.
    inner, outer
        The catheter in the spine, and from the spine round the flank to the pump.
    back
        The cut on the back.
    """

    def __init__(
        self, parameters: Parameters, theme: Theme, frame_height_px: int, pose: Pose
    ) -> None:
        anatomy = parameters.anatomy
        self.theme, self.tip_level = theme, anatomy.tip_level
        self.entry_level = anatomy.entry_level
        self.stage = pose.stage()
        self.spine = Spine(pose.alignment, anatomy.stature_factor)
        self.route = carried(plan_route(anatomy, parameters.pump, PROCEDURE), self.spine)
        self.pixels_per_unit = frame_height_px / FRAME_HEIGHT
        px_per_mm = self.stage.pixels_per_mm(frame_height_px)
        self.body = SideBody(neutral_torso(), self.spine, theme, self.stage, px_per_mm)
        self.section = self._section(self.stage, ("T4", "sacrum"))
        self.inner = self._tube(self.route.between("entry", "intrathecal"), _TUBE_MM)
        self.section.put_between(self.inner)
        self.body.inside.add(self.section)
        self.back = BackIncision(self.stage(self.route.back_incision), theme)
        self.anchor = self._anchor()
        super().__init__(self.body)

    def _section(self, stage: Stage, levels: tuple[str, str]) -> SpineSection:
        return SpineSection(
            self.spine,
            Canal(self.spine),
            self.theme,
            stage,
            self.pixels_per_unit,
            levels,
            tip_level=self.tip_level,
            entry_level=self.entry_level,
        )

    def _tube(self, path_mm: Point, width_mm: float, stage: Stage | None = None) -> Tube:
        where = stage or self.stage
        return Tube(where(path_mm), where.length(width_mm), self.theme, lumen=True, shadow=0.2)

    def _anchor(self) -> Anchor:
        entry = self.stage(self.route.between("entry", "entry"))
        along = entry[3] - entry[0]
        angle = float(np.degrees(np.arctan2(along[1], along[0])))
        scale = self.stage.units_per_mm
        return Anchor(self.stage.point(self.route.anchor), angle, self.theme, scale)


class TunnelPlate(SidePlate):
    """Lying on the side, as in the operation: the passer makes the tunnel, the catheter follows.

    Attributes
    ----------
    rod
        The tunnelling passer.
    catheter
        From the anchor on the back to the pocket.
    pocket
        Where the pump will lie.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        super().__init__(parameters, theme, frame_height_px, LYING)
        self.rod = Rod(self.stage(self.route.passer), self.stage.length(_ROD_MM), theme, shadow=0.3)
        self.rod.reveal(0.0)
        loop = self._tube(self.route.between("loop", "loop"), _TUBE_MM)
        self.catheter = self._tube(self.route.between("tunnel", "tunnel")[::-1], _TUBE_MM)
        self.catheter.reveal(0.0)
        self.pocket = self._pocket(parameters)
        self.back.open(1.0)
        self.submobjects.insert(0, self._table())
        self.add(self.pocket, loop, self.anchor, self.back, self.catheter, self.rod)

    def _pocket(self, parameters: Parameters) -> Part:
        """Soft dashed outline of the place that waits for the pump."""
        pose = plan_route(parameters.anatomy, parameters.pump, PROCEDURE).pump
        outline = self.spine.carry(pose.silhouette_lateral(), reference_spine())
        points = self.stage.plane(outline)
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(points, fill=self.theme.color("panel.fill"), fill_opacity=0.55),
            Shape(points, stroke="#FFFFFF", stroke_px=7.0, stroke_opacity=0.8),
            Shape(points, stroke=focus, stroke_px=3.6).dashed(12, 9),
        )

    def _table(self) -> Part:
        """Return the padded table the patient lies on, seen from above."""
        color = self.theme.color
        height = px(650)
        middle = (0.0, float(frame_point(960, 545)[1]), 0.0)
        pad = rounded_plate(FRAME_WIDTH + px(80), height, px(60))
        pad.set_fill(color("cloth.base"), opacity=0.30)
        pad.set_stroke(color("cloth.base"), width=2.0)
        seam = rounded_plate(FRAME_WIDTH + px(40), height - px(34), px(46))
        seam.set_stroke(color("cloth.base"), width=1.6, opacity=0.8)
        return Part(pad.shift(middle), seam.shift(middle))

    def targets(self) -> dict[str, Point]:
        """Scene points (3,) that labels name."""
        return {
            "spine_end": self.inner.point_at(0.08),
            "rod": self.catheter.point_at(0.5),
            "pocket": self.pocket.submobjects[0].get_center(),
        }

    def rack(self) -> Rack:
        """Label column beside the body's lower end."""
        return Rack(float(frame_point(1545, 0)[0]), 1, px(290), plated=True)


class SystemPlate(SidePlate):
    """Standing, with the whole system and a lens on the catheter's tip.

    Attributes
    ----------
    pump
        The implanted pump.
    lens
        Enlarged view of the tip.
    drops, lens_drops
        Medicine on its way.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        super().__init__(parameters, theme, frame_height_px, UPRIGHT)
        pose = plan_route(parameters.anatomy, parameters.pump, PROCEDURE).pump
        self.pump = PumpTilted(
            pose, LATERAL_LEFT, theme, self.stage.units_per_mm, self.pixels_per_unit
        )
        self.pump.shift(self.stage.point(pose.centre) - self.pump.place("centre"))
        self.flank = self._tube(self.route.between("tunnel", "loop"), _TUBE_MM)
        whole = self.stage(self.route.between("tunnel", "intrathecal"))
        self.drops = Drops(whole, theme, count=16, radius=px(6.5), glow=True)
        self.drops.opacity = 0.0
        self.glow = TipGlow(self.stage.point(self.route.tip), px(34), theme)
        self.glow.opacity = 0.0
        self.back.open(1.0)
        self.add(self.pump, self.flank, self.anchor, self.back, self.drops, self.glow)
        self.lens_stage = self._lens_stage()
        self.lens_section = self._section(self.lens_stage, ("T7", "L1"))
        self.lens = self._lens()
        self.add(self.lens)

    def _lens_stage(self) -> Stage:
        x_px, y_px, _ = _LENS_PX
        at = frame_point(x_px, y_px)
        tip = self.route.tip
        focus = (0.0, float(tip[1]) - 11.0, float(tip[2]) + 3.0)
        return Stage(LATERAL_LEFT, focus, px(_LENS_PX_PER_MM), (float(at[0]), float(at[1])))

    def _lens(self) -> Magnifier:
        x_px, y_px, radius_px = _LENS_PX
        path = self.route.between("intrathecal", "intrathecal")
        tube = self._tube(path, _LENS_TUBE_MM, self.lens_stage)
        self.lens_section.put_between(tube)
        near = path[-len(path) // 3 :]
        self.lens_drops = Drops(self.lens_stage(near), self.theme, count=5, radius=px(8), glow=True)
        self.cloud = TipGlow(self.lens_stage.point(self.route.tip), px(64), self.theme)
        self.lens_drops.opacity = self.cloud.opacity = 0.0
        shown = [self._neighbours()[0], self.tip_level]
        names = LevelNames(self.lens_section, shown, self.theme, side="on")
        content = Part(self.lens_section, names, self.cloud, self.lens_drops)
        scale = self.lens_stage.units_per_mm / self.stage.units_per_mm
        return Magnifier(
            frame_point(x_px, y_px),
            px(radius_px),
            content,
            self.theme,
            site=self.stage.point(self.route.tip),
            site_radius=px(radius_px) / scale,
            ground="muscle.light",
        )

    @property
    def medicine(self) -> tuple[Part, ...]:
        """All parts that show medicine."""
        return self.drops, self.glow, self.lens_drops, self.cloud

    def _neighbours(self) -> tuple[str, str]:
        """Levels above and below the tip's."""
        index = LEVELS.index(self.tip_level)
        return LEVELS[index - 1], LEVELS[index + 1]

    def flow_medicine(self, share: float) -> None:
        """Let the medicine travel to the tip and spread there a little."""
        seen = min(share * 8.0, 1.0)
        for part in (self.drops, self.lens_drops):
            part.opacity = seen
        self.drops.at(9.0 * share)
        self.lens_drops.at(9.0 * share)
        self.glow.opacity = self.cloud.opacity = min(max(share * 4.0 - 0.4, 0.0), 1.0)
        self.glow.at(4.0 * share)
        self.cloud.at(4.0 * share)

    def racks(self) -> list[tuple[Rack, dict[str, Point]]]:
        """Label columns, each with the scene points (3,) its labels name."""
        section, level = self.lens_section, self.tip_level
        above, below = self._neighbours()
        left = Rack(float(frame_point(440, 0)[0]), -1, px(340))
        right = Rack(float(frame_point(1552, 0)[0]), 1, px(270))
        ceiling = float(frame_point(0, 700)[1])
        low = Rack(float(frame_point(1075, 0)[0]), 1, px(420), ceiling=ceiling)
        in_lens = {
            "tip": self.lens_stage.point(self.route.tip),
            "cord": section.in_canal(f"{level}_{below}", "cord_front", "cord_back", 0.45),
            "fluid": section.in_canal(f"{above}_{level}", "cord_back", "sac_back", 0.6),
        }
        return [
            (left, {"pump": self.pump.place("centre")}),
            (right, in_lens),
            (low, {"catheter": self.flank.point_at(0.47)}),
        ]
