"""Two ways to the cord: tablets go everywhere, the pump gives its drops where they act."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import length, point_at, resample, smooth
from spineanim.geometry.figure import rest_landmarks
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.dose import DoseBars
from spineanim.mobjects.implanted import Implanted
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.magnifier import Magnifier, circle
from spineanim.mobjects.pain import person_in_pain
from spineanim.mobjects.pictograms import Pictogram
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.spread import WholeBody
from spineanim.mobjects.tablet import Tablet
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_SIGNS_PX: Final = (
    (1190.0, 236.0, 80.0, 208.0),
    (632.0, 300.0, 66.0, 176.0),
    (610.0, 560.0, 76.0, 224.0),
)
"""First sign (middle, radius) and the step to the next: wide, square, tall."""
_LENS_PX: Final = ((1140.0, 400.0, 205.0), (740.0, 330.0, 150.0), (760.0, 600.0, 215.0))
_LENS_PX_PER_MM: Final = (8.4, 6.6, 8.4)
_DOSE_PX: Final = (
    (1395.0, 690.0, 12.0, 17.0),
    (560.0, 790.0, 20.0, 11.0),
    (560.0, 1440.0, 15.0, 15.0),
)
_LENS_TUBE_MM: Final = 1.6
_CLOUD_MM: Final = (3.6, 12.0)
_SIDE_EFFECTS: Final = ("drowsy", "sick", "bowel")
# From the lips over the tongue and down the gullet to the stomach, from the ear (posterior,
# cranial; mm) (M)
_GULLET: Final = (
    (-106.0, -44.0), (-70.0, -42.0), (-34.0, -56.0), (-26.0, -110.0), (-20.0, -190.0),
    (-16.0, -270.0), (-40.0, -350.0), (-62.0, -390.0),
)  # fmt: skip


class TwoWaysPlate(Part):
    """A person who takes a tablet; then the same person with a pump.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    effects
        Words beside the signs of side effects.
    doses
        Words under the two doses.

    Attributes
    ----------
    profile
        The person.
    tablet, everywhere, signs
        The tablet, the medicine it turns into, and signs of side effects.
    system, lens, doses
        Pump and catheter, the tip enlarged, and the two doses.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        effects: tuple[str, ...],
        doses: tuple[str, str],
    ) -> None:
        self.fmt, self.theme = fmt, theme
        # one of its own: a plate that leans on another can never be made ahead of it
        self.profile = profile = person_in_pain(parameters, theme, fmt)
        self.tip_level = parameters.anatomy.tip_level
        ear = rest_landmarks()["ear"]
        self.tablet = Tablet(profile.place(resample(smooth(ear + np.array(_GULLET)), 120)), theme)
        self.everywhere = WholeBody(profile.outlines(), self.tablet.end, theme, profile.lowest)
        self.signs = Part(*(self._sign(i, words) for i, words in enumerate(effects)))
        self.system = Implanted(parameters, theme, profile)
        self.route, self.drops = self.system.route, self.system.drops
        self.lens = self._lens()
        x_px, y_px, columns, pitch_px = fmt.pick(*_DOSE_PX)
        self.doses = DoseBars(
            fmt.point(x_px, y_px), doses, theme, columns=int(columns), pitch_px=pitch_px
        )
        for part in (*self.signs, self.system, self.lens, self.doses):
            part.opacity = 0.0
        super().__init__(
            profile, self.everywhere, self.tablet, self.signs, self.system, self.lens, self.doses
        )

    # ------------------------------------------------------------------------- by mouth
    def _sign(self, index: int, words: str) -> Part:
        x_px, y_px, radius_px, step_px = self.fmt.pick(*_SIGNS_PX)
        sign = Pictogram(_SIDE_EFFECTS[index], px(radius_px), self.theme)
        place = self.fmt.point(x_px, y_px + index * step_px)
        block = TextBlock([words], self.theme.style("caption"), self.theme.color("ink.label"))
        block.shift(place + np.array([px(radius_px + 26), -block.middle_units, 0.0]))
        return Part(sign.shift(place), block)

    # ------------------------------------------------------------------------ by the pump
    def _lens(self) -> Magnifier:
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        tip = self.route.tip
        middle = self.fmt.point(x_px, y_px)
        focus = (0.0, float(tip[1]) - 7.0, float(tip[2]) + 2.0)
        place = (float(middle[0]), float(middle[1]))
        scale = self.fmt.pick(*_LENS_PX_PER_MM)
        self.lens_stage = stage = Stage(
            self.profile.stage.view, focus, px(scale), place, fmt=self.fmt
        )
        index = LEVELS.index(self.tip_level)
        self.near = section = SpineSection(
            self.profile.spine,
            self.profile.canal,
            self.theme,
            stage,
            self.fmt.pixels_per_unit,
            (LEVELS[index - 3], LEVELS[index + 3]),
            tip_level=self.tip_level,
        )
        way = stage(self.route.between("intrathecal", "intrathecal"))
        tube = Tube(way, stage.length(_LENS_TUBE_MM), self.theme, lumen=True, shadow=0.2)
        reach = (stage.length(_CLOUD_MM[0]), stage.length(_CLOUD_MM[1]))
        self.cloud = Cloud(
            way[-1], reach, self.theme, within=fluid_behind(section), drop_radius=px(5), drops=30
        )
        section.put_between(tube, self.cloud)
        enlarged = stage.units_per_mm / self.profile.stage.units_per_mm
        return Magnifier(
            middle,
            px(radius_px),
            section,
            self.theme,
            site=self.profile.tip,
            site_radius=px(radius_px) / enlarged,
        )

    def naming(self) -> Naming:
        """Return what labels name: pump, tip and cord."""
        way = self.route.between("intrathecal", "intrathecal")
        below = self.lens_stage.point(point_at(way, 1.0 - 7.0 / length(way)))
        section, level = self.near, self.tip_level
        cord = section.in_canal(level, "cord_front", "cord_back", 0.5)
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        lens = circle(self.fmt.point(x_px, y_px), px(radius_px))
        callouts = {
            "pump": Callout(self.system.pump.place("centre"), (self.profile.seen.belly,)),
            "tip": Callout(below, ("below", "right")),
            "cord": Callout(cord, ("above", "left")),
        }
        return Naming(callouts, figure=[*self.profile.outlines(), lens], focus=[self._bars()])

    def _bars(self) -> NDArray[np.float64]:
        """Box (4, 3) round both doses."""
        left, low, _ = self.doses.foot
        right, high = left + self.doses.width_units, self.doses.top
        low -= px(90)
        return np.array([[left, high, 0], [right, high, 0], [right, low, 0], [left, low, 0]])


def fluid_behind(section: SpineSection) -> Shape:
    """Outline of the fluid between the cord and the back of the sac."""
    canal, (start, end) = section.cut.canal, section.cut.stations
    walls = canal.cord_offsets[1], canal.sac_offsets[1]
    cord, dura = (canal.curve(each, start, end) for each in walls)
    return Shape(section.cut.place(np.vstack([cord, dura[::-1]])))
