"""The trunk from the side that has the pump, with the catheter: what the side pictures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import carried, plan_route
from spineanim.geometry.params import PROCEDURE, STANDING, Alignment
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.mobjects.back import Anchor, BackIncision
from spineanim.mobjects.flank_skin import FlankSkin
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.side_body import SideBody
from spineanim.mobjects.sides import SeenFrom
from spineanim.mobjects.tube import Tube
from spineanim.picture.body import SIDE_CROP
from spineanim.picture.figure import Crop
from spineanim.picture.shape import Part
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]


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
    crop
        Where the trunk fades out.
    tube_mm
        Drawn width of the catheter: more than the true 1.2 mm, or it would not be seen.
    mirrored
        Whether places are mirrored for a pump on the right; else the body turns where it stands.
    """

    alignment: Alignment
    focus_mm: tuple[float, float, float]
    at_px: tuple[float, float]
    px_per_mm: float
    turned_deg: float = 0.0
    crop: Crop = SIDE_CROP
    tube_mm: float = 3.4
    mirrored: bool = False

    def place(self, fmt: Format, seen: SeenFrom, x_px: float, y_px: float) -> Point:
        """Scene point (3,) of a place in the frame, composed for a pump on the left."""
        return seen.point(fmt, x_px, y_px) if self.mirrored else fmt.point(x_px, y_px)

    def stage(self, fmt: Format, seen: SeenFrom) -> Stage:
        """Return the stage of this pose in a frame, seen from a side."""
        at = self.place(fmt, seen, *self.at_px)
        place = (float(at[0]), float(at[1]))
        scale, turn = px(self.px_per_mm), seen.sign * self.turned_deg
        return Stage(seen.view, self.focus_mm, scale, place, turn, fmt)


UPRIGHT: Final = Pose(STANDING, (0.0, -15.0, 150.0), (760.0, 440.0), 2.05)


class SidePlate(Part):
    """The trunk cut along its middle, with the catheter and what belongs to it.

    A pump on the right is seen from the right: the body is then as in a mirror, under the same
    light. Plates place what stands beside it by `beside`, and words towards `seen.belly` or
    `seen.back`.

    Parameters
    ----------
    parameters
        Side, levels, pump.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    pose
        How the body stands in the picture.

    Attributes
    ----------
    seen, pose
        The side it is seen from, and how it stands.
    body, section
        Trunk and spine.
    inner
        The catheter from its anchor through the canal to its tip.
    back, anchor
        The cut on the back, and what holds the catheter there.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, pose: Pose) -> None:
        anatomy = parameters.anatomy
        self.theme, self.fmt, self.tip_level = theme, fmt, anatomy.tip_level
        self.entry_level = anatomy.entry_level
        self.seen, self.pose = SeenFrom(anatomy.side), pose
        self.stage, self.tube_mm = pose.stage(fmt, self.seen), pose.tube_mm
        self.spine = Spine(pose.alignment, anatomy.stature_factor)
        self.plan = plan_route(anatomy, parameters.pump, PROCEDURE)
        self.route = carried(self.plan, self.spine)
        self.pixels_per_unit = fmt.pixels_per_unit
        px_per_mm = self.stage.pixels_per_mm
        self.body = SideBody(
            self._torso(), self.spine, theme, self.stage, px_per_mm, crop=pose.crop
        )
        self.section = self._section(self.stage, ("T4", "sacrum"))
        self.inner = self._tube(self.route.between("entry", "intrathecal"))
        self.section.put_between(self.inner)
        self.body.inside.add(self.section)
        cut = self.stage(self.route.back_incision)
        line = self._on_skin(cut.mean(axis=0), float(np.ptp(cut[:, 1])), behind=True)
        self.back = BackIncision(line, theme, inward=(-self.seen.sign, 0.0, 0.0))
        self.anchor = self._anchor()
        super().__init__(self.body)

    def beside(self, x_px: float, y_px: float) -> Point:
        """Scene point (3,) of a place in the frame, mirrored for the right if the pose is."""
        return self.pose.place(self.fmt, self.seen, x_px, y_px)

    def column_outline(self) -> Point:
        """Return the closed outline (N, 3) of the spine's bones, which leaders keep off."""
        levels = [each for each in LEVELS[LEVELS.index("T6") :] if each[0] in "TL"]
        fronts = [self.section.front(each) for each in levels]
        backs = [self.section.back(each) for each in levels]
        return np.array([*fronts, *backs[::-1]])

    def _on_skin(self, middle: Point, long: float, *, behind: bool) -> Point:
        """Scene points (N, 3) on the drawn edge of the skin, downwards.

        Parameters
        ----------
        middle
            Scene point (3,) on it or near it.
        long
            Height that the line spans, in scene units.
        behind
            Whether it runs on the back; else on the belly.
        """
        skin = self.body.trunk_outline
        out = self.seen.sign if behind else -self.seen.sign
        beside = (skin[:, 0] - middle[0]) * out > -px(40)
        near = skin[beside & (np.abs(skin[:, 1] - middle[1]) < long / 2 + px(40))]
        down = near[np.argsort(-near[:, 1])]
        height = middle[1] + np.linspace(0.5, -0.5, 25) * long
        across = np.interp(-height, -down[:, 1], down[:, 0])
        return np.column_stack([across, height, np.zeros(25)])

    def _torso(self) -> Torso:
        """Skin of the body in this picture."""
        return neutral_torso()

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

    def _tube(self, path_mm: Point, *, lumen: bool = False, shadow: float = 0.2) -> Tube:
        """Tube of this picture along patient points (N, 3)."""
        return self._tube_along(self.stage(path_mm), lumen=lumen, shadow=shadow)

    def _tube_along(self, path: Point, *, lumen: bool = False, shadow: float = 0.2) -> Tube:
        """Tube of this picture along scene points (N, 3)."""
        wide = self.stage.length(self.tube_mm)
        return Tube(path, wide, self.theme, lumen=lumen, shadow=shadow)

    def _entering(self, flank: FlankSkin) -> tuple[Tube, Tube, Part]:
        """Catheter from its anchor into the canal, over the flank's skin.

        Returns
        -------
        The plain tube, the same with medicine in it, and both as one that runs out in the canal.
        """
        way = self.stage(self.route.between("entry", "intrathecal"))
        over, mask = flank.over(way, self.stage.point(self.route.dura))
        plain, filled = self._tube_along(over), self._tube_along(over, lumen=True, shadow=0.0)
        return plain, filled, Part(plain, filled).masked_by(mask)

    def _anchor(self) -> Anchor:
        entry = self.stage(self.route.between("entry", "entry"))
        along = entry[3] - entry[0]
        angle = float(np.degrees(np.arctan2(along[1], along[0])))
        scale = self.stage.units_per_mm
        return Anchor(self.stage.point(self.route.anchor), angle, self.theme, scale)
