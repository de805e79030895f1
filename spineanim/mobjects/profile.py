"""The person from the side, from the head to the thigh: column, cord and brain shine through.

It knows the way of a pain signal from the leg to the brain along the body's own nerve, and where
medicine goes in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import Canal
from spineanim.geometry.curves import resample, smooth
from spineanim.geometry.figure import rest_landmarks, rest_outlines
from spineanim.geometry.soft.nerves import nerve_line
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.brain import brain_sprite
from spineanim.mobjects.persons import person
from spineanim.mobjects.run_out import all_run_out
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.side_body import SideBody
from spineanim.mobjects.sides import SeenFrom, sagittal
from spineanim.picture.figure import Crop
from spineanim.picture.shape import Part
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

FOCUS_MM: Final = (0.0, -10.0, 250.0)
"""Place in the chest that stands where a plate puts the figure."""
_CROP: Final = Crop(top_mm=900.0, bottom_mm=-240.0, top_soft_mm=10.0, bottom_soft_mm=120.0)
_NERVE: Final = "L5"
"""Nerve of the lower back's and the leg's pain: it leaves at L5 and its root enters at T12 [56]."""
# Way of the sciatic nerve behind the hip joint to where the leg hurts, from the joint
# (posterior, cranial; mm) (M)
_IN_LEG: Final = ((26.0, -150.0), (34.0, -96.0), (40.0, -40.0), (48.0, 12.0), (40.0, 46.0))
# From the brain's stem over its middle to the folds where pain is felt, from the ear (M)
_IN_BRAIN: Final = ((2.0, -30.0), (2.0, 0.0), (-2.0, 34.0), (6.0, 66.0), (14.0, 92.0))
_NECK: Final = ("C7", "chin")
_FELT: Final = (10.0, 68.0)
_FELT_MM: Final = 40.0
"""Where pain is felt in the brain, from the ear, and how far round it light is shown (M)."""


class Profile(Part):
    """The trunk and head from the side that has the pump, cut along the middle.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    at_px, px_per_mm
        Where `FOCUS_MM` stands in the frame, and the scale.

    Attributes
    ----------
    seen
        The side it is seen from.
    body
        Skin, and what shimmers through it.
    section
        Column, cord and fluid.
    brain
        The brain under the skin.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        at_px: tuple[float, float],
        px_per_mm: float,
    ) -> None:
        anatomy = parameters.anatomy
        at = fmt.point(*at_px)
        place = (float(at[0]), float(at[1]))
        self.seen = SeenFrom(anatomy.side)
        self.stage = Stage(self.seen.view, FOCUS_MM, px(px_per_mm), place, fmt=fmt)
        self.anatomy, self.fmt = anatomy, fmt
        self.person = person(anatomy, parameters.pump)
        self.spine = Spine(anatomy.alignment, anatomy.stature_factor)
        self.canal = Canal(self.spine)
        rest = neutral_torso()
        torso = replace(rest, lateral={**rest.lateral, "trunk": rest_outlines()["trunk"]})
        scale = self.stage.pixels_per_mm
        self.body = SideBody(torso, self.spine, theme, self.stage, scale, crop=_CROP)
        self.section = SpineSection(
            self.spine,
            self.canal,
            theme,
            self.stage,
            fmt.pixels_per_unit,
            ("C3", "sacrum"),
            tip_level=anatomy.tip_level,
            entry_level=anatomy.entry_level,
        )
        brain = self.person.part("brain")
        self.brain = Part(brain_sprite(brain, self.spine.head, theme, self.stage))
        self._clear_head()
        self.body.inside.add(self.section, self.brain)
        super().__init__(self.body)

    def _clear_head(self) -> None:
        """Let the cut edge of fat and fascia run out on the neck: the head has hardly any."""
        low, high = (self._px_down(mark) for mark in _NECK)
        all_run_out(self.body.edge, self.fmt, low, high)

    def _px_down(self, mark: str) -> float:
        """Height of a landmark in the composed frame, from its upper edge."""
        height = self.place(self._carried(rest_landmarks()[mark][None]))[0, 1]
        return float((self.fmt.half[1] - height) / px(1))

    # --------------------------------------------------------------------------- places
    def place(self, points_yz: Points2) -> NDArray[np.float64]:
        """Scene points (N, 3) of points (N, 2) of the midline (posterior, cranial)."""
        return sagittal(self.stage, points_yz)

    def _carried(self, points: Points2) -> Points2:
        """Carry points of the rest figure along with this column."""
        found: Points2 = self.spine.carry(points, Spine(stature_factor=self.spine.stature_factor))
        return found

    @property
    def felt(self) -> Point:
        """Scene point (3,) of the brain where pain is felt."""
        spot: Point = self.place(self._carried(rest_landmarks()["ear"][None] + _FELT))[0]
        return spot

    @property
    def felt_reach(self) -> float:
        """How far round it light is shown, in scene units."""
        return self.stage.length(_FELT_MM)

    @property
    def sore(self) -> Point:
        """Scene point (3,) where the leg begins to hurt."""
        start: Point = self.pain_way()[0]
        return start

    @property
    def tip(self) -> Point:
        """Scene point (3,) of the catheter's tip."""
        return self.section.tip

    def pain_way(self) -> NDArray[np.float64]:
        """Scene points (N, 3) from the leg along the nerve, into the cord and to the brain."""
        hip = neutral_torso().landmarks["hip_joint_left"][1:]
        leg = self._carried(hip + np.array(_IN_LEG))
        nerve = nerve_line(self.canal, _NERVE, self.seen.side)[:, 1:]
        front, back = self.canal.cord_offsets
        enters, _ = self.canal.station_of(nerve[-1])
        cord = self.canal.curve((front + back) / 2, -0.3, enters - 0.35)[::-1]
        brain = self._carried(rest_landmarks()["ear"] + np.array(_IN_BRAIN))
        # the nerve's outer end is left out: it runs down in the loin, not to the leg
        inner = nerve[len(nerve) // 5 :]
        knots = [leg, inner[:: max(len(inner) // 14, 1)], inner[-1:], cord[::22], cord[-1:], brain]
        return self.place(resample(smooth(np.vstack(knots), samples=12), 600))

    def entry_share(self) -> float:
        """Share of `pain_way` at which the signal enters the cord."""
        way = self.pain_way()
        nerve = nerve_line(self.canal, _NERVE, self.seen.side)[-1:, 1:]
        nearest = int(np.argmin(np.linalg.norm(way - self.place(nerve), axis=1)))
        steps = np.linalg.norm(np.diff(way, axis=0), axis=1)
        return float(steps[:nearest].sum() / steps.sum())

    @property
    def lowest(self) -> float:
        """Height in the frame down to which the body is seen well."""
        return float(
            self.place(np.array([[0.0, _CROP.bottom_mm + 0.75 * _CROP.bottom_soft_mm]]))[0, 1]
        )

    def outlines(self) -> list[NDArray[np.float64]]:
        """Return closed outlines (N, 3) of the body, which words keep off."""
        return [self.body.trunk_outline, self.body.thigh_outline()]
