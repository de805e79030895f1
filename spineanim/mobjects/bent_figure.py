"""A whole person from the side, whose column shows through and bends."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.geometry.figure import Figure
from spineanim.geometry.layout import rotation
from spineanim.geometry.spine import Spine
from spineanim.geometry.stance import Stance
from spineanim.mobjects.bending import BendingColumn
from spineanim.mobjects.rounded import Rounded
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Stage

Points = NDArray[np.float64]
Support = Literal["feet", "back"]

_ROWS: Final = {"trunk": 26, "lower_limb": 24, "arm": 16}
"""Level lines of the tones of each piece."""
_VEIL: Final = 0.34
_ARM: Final = 0.34
"""Opacity of the skin over the column, and of the arm before it."""
_WAIST_MM: Final = 92.0
_HEM_MM: Final = -205.0
_ASIDE_MM: Final = 260.0
"""Where the shorts begin and end, over and under the hip joint, and how wide they are cut [D]."""
_EAR_MM: Final = [
    (-11.0, 19.0), (2.0, 27.0), (14.0, 18.0), (12.0, 2.0), (3.0, -8.0), (-3.0, -22.0),
    (-10.0, -20.0),
]  # fmt: skip
_EYE_MM: Final = [(-9.0, 1.0), (0.0, -3.0), (8.0, 0.0)]
"""Ear and closed eye, drawn for this project, from their landmarks (back, up)."""
_SHADOW_MM: Final = (170.0, 15.0)


class BentFigure(Part):
    """A translucent person in profile; `pose` sets how far the stance is hunched.

    Parameters
    ----------
    stance
        The person, and the two postures.
    theme
        Colours: `skin`, `cloth`, `panel.shadow`.
    stage
        A view from the patient's left, turned or not.
    rests_on
        What stays where it is as the figure bends: its `feet`, on a floor with a shadow, or its
        `back`, when it lies on it.

    Attributes
    ----------
    column
        The column within.
    over_column, under_column
        Empty at first; things drawn here lie over the column or behind it, under the skin.
    share
        How far the stance is hunched now, 0 to 1.
    """

    def __init__(
        self, stance: Stance, theme: Theme, stage: Stage, *, rests_on: Support = "feet"
    ) -> None:
        self.stance, self.stage, self.rests_on = stance, stage, rests_on
        self.theme, self.share = theme, -1.0
        rest = stance.figure(0.0)
        skin = {name: self._piece(rest, name, "skin") for name in _ROWS}
        cloth = {name: self._piece(rest, name, "cloth") for name in ("lower_limb", "trunk")}
        cloth["trunk"].set_stroke(width=0.0)
        veil = Shape(self._at(rest.outlines["trunk"]), fill=theme.color("skin.light"))
        self._band = Shape(np.zeros((4, 3)))
        self._rounded = [*skin.items(), *cloth.items()]
        self._veil = veil
        self.column = BendingColumn(
            Spine(stance.standing, stance.stature_factor), theme, stage, cut=False
        )
        self.under_column, self.over_column = Part(), Part()
        line = theme.color("skin.line")
        self._features = {
            "ear": Shape(np.zeros((2, 3)), closed=False, stroke=line, stroke_px=2.2),
            "eye": Shape(np.zeros((2, 3)), closed=False, stroke=line, stroke_px=2.6),
        }
        shorts = Part(*cloth.values()).clipped_to(self._band)
        super().__init__(
            *((self._floor(),) if rests_on == "feet" else ()),
            skin["lower_limb"],
            skin["trunk"],
            self.under_column,
            self.column,
            self.over_column,
            Part(veil, opacity=_VEIL),
            shorts,
            *self._features.values(),
            Part(skin["arm"], opacity=_ARM),
        )
        self.pose(0.0)

    def pose(self, share: float) -> None:
        """Stand tall (0), hunched (1), or between; a pure function of the share."""
        if share == self.share:
            return
        self.share = share
        self.figure = self.stance.figure(share)
        self.offset_mm = self._supported()
        outlines = {name: self._at(self.figure.outlines[name]) for name in _ROWS}
        for name, piece in self._rounded:
            piece.lay(outlines[name])
        self._veil.set_points(path_points(outlines["trunk"], closed=True))
        self._band.set_points(path_points(self._at(self._shorts_mm()), closed=True))
        for name, spots in (("ear", _EAR_MM), ("eye", _EYE_MM)):
            lean = rotation(self.figure.spine.head.tilt_deg - self._head_tilt_deg)
            course = self.figure.landmarks[name] + smooth(np.array(spots), samples=8) @ lean
            self._features[name].set_points(path_points(self._at(course), closed=False))
        self.column.bend(self.stance.alignment(share))
        self.column.shift(self.stage.plane([self.offset_mm])[0] - self.stage.plane([[0.0, 0.0]])[0])

    def _supported(self) -> Points:
        """How far (2,) the figure is moved so that what it rests on stays in its place, mm."""
        if self.rests_on == "feet":
            return self.stance.planted(self.figure)
        return np.array(
            [self.hindmost_mm(self.stance.figure(0.0)) - self.hindmost_mm(self.figure), 0.0]
        )

    @staticmethod
    def hindmost_mm(figure: Figure) -> float:
        """How far back trunk and legs reach."""
        return float(max(figure.outlines[name][:, 0].max() for name in ("trunk", "lower_limb")))

    def point(self, name: str) -> Points:
        """Scene point (3,) of a landmark, such as `ear`, `shoulder`, `hip`."""
        at: Points = self._at(self.figure.landmarks[name][None])[0]
        return at

    def places(self, points_mm: Points) -> Points:
        """Scene points (N, 3) of points (N, 2) of this figure's body as it stands now."""
        return self._at(points_mm)

    @property
    def outline(self) -> list[Points]:
        """Closed scene outlines (N, 3) of trunk and limbs, which words keep off."""
        return [self._at(self.figure.outlines[name]) for name in _ROWS]

    @property
    def _head_tilt_deg(self) -> float:
        return self.stance.figure(0.0).spine.head.tilt_deg

    def _at(self, points_mm: Points) -> Points:
        offset = getattr(self, "offset_mm", np.zeros(2))
        return self.stage.plane(np.asarray(points_mm) + offset)

    def _piece(self, figure: Figure, name: str, role: str) -> Rounded:
        return Rounded(figure.outlines[name], self.theme, role, rows=_ROWS[name])

    def _shorts_mm(self) -> Points:
        """Corners (4, 2) of the cloth, which turns with the pelvis above and the thigh below."""
        hip, spine = self.figure.landmarks["hip"], self.figure.spine
        rest = self.stance.figure(0.0).spine
        pelvis = spine.frame("S1").tilt_deg - rest.frame("S1").tilt_deg
        above = np.array([[-_ASIDE_MM, _WAIST_MM - 22.0], [_ASIDE_MM, _WAIST_MM + 22.0]])
        below = np.array([[_ASIDE_MM, _HEM_MM], [-_ASIDE_MM, _HEM_MM]])
        turned = above @ rotation(pelvis), below @ rotation(-self.figure.limbs.thigh_deg)
        return np.asarray(hip + np.vstack(turned))

    def _floor(self) -> Shape:
        """Soft shadow on the floor."""
        figure = self.stance.figure(0.0)
        middle = self.stage.plane([figure.landmarks["ankle"] - (35.0, 0.0)])[0]
        middle[1] = self.stage.plane([[0.0, figure.lowest_mm]])[0][1]
        wide, high = (self.stage.length(each) for each in _SHADOW_MM)
        turns = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        oval = middle + np.column_stack([wide * np.cos(turns), high * np.sin(turns), 0.0 * turns])
        color = self.theme.color("panel.shadow")
        stops = ((0.0, color, 0.34), (0.55, color, 0.16), (1.0, color, 0.0))
        corner = middle + np.array([wide, high, 0.0])
        return Shape(oval).with_gradient("oval", middle, corner, stops)
