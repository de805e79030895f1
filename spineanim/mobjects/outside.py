"""The trial seen from behind: the catheter taped along the skin to a small pump at the belt."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.axes import POSTERIOR
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.back_body import BackBody
from spineanim.mobjects.dressings import Dressing, Tape
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.pouch import Pouch, belt
from spineanim.mobjects.tube import HiddenTube, Tube
from spineanim.picture.back_light import outlines
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

_BELT_AT_PX: Final = ((1000.0, 622.0), (620.0, 690.0), (540.0, 1190.0))
_PX_PER_MM: Final = (1.75, 1.2, 1.95)
"""Where the middle of the belt stands in a wide, a square and a tall frame, and the scale."""
_BELT_MM: Final = 44.0
_BELOW_EXIT_MM: Final = 36.0
"""The belt lies at this height (mm), but so far below the exit at least, so as not to press [D]."""
_SAG_MM: Final = 8.0
_POUCH_MM: Final = (104.0, -67.0)
"""Middle of the pouch: to the side of the midline, and from the middle of the belt."""
_TUBE_MM: Final = 4.6
_INSIDE_MM: Final = 3.2
_PORT_MM: Final = 3.0
"""Drawn widths: 1.2 mm in life, which would not be seen."""
# The line from the exit: a small loop under the dressing, then to the side and down (mm from
# the exit, side and up); the last stretch goes to the pouch [D, drawn]
_LOOP: Final = (
    (0.0, 0.0), (8.0, 7.0), (16.0, 4.0), (18.0, -7.0), (8.0, -10.0), (1.0, -3.0), (8.0, 12.0),
    (28.0, 22.0), (56.0, 20.0),
)  # fmt: skip
_DRESSING_MM: Final = ((7.0, 1.0), (28.0, 27.0))
_TAPES: Final = ((0.50, 13.0), (0.74, 13.0))
"""Shares of the line's length that strips of tape cross, and half their length (mm)."""
_DROPS: Final = 9


class OutsidePlate(Part):
    """The back with the trial's catheter, dressing, belt, pouch and pump.

    The pump is worn outside; nothing is joined to an implanted pump.

    Parameters
    ----------
    parameters
        Side the line runs to, entry level, tip level.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.

    Attributes
    ----------
    body
        Skin and bones.
    hidden, line
        The catheter in the canal, dashed under the skin, and outside on the skin.
    dressing, tapes, belt, pouch
        What holds it, unseen at first but for belt and pouch.
    filled, drops, glow
        Medicine in the line and at the tip; unseen at first.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        anatomy = parameters.anatomy
        self.theme, self.fmt, self.sign = theme, fmt, anatomy.sign
        self.route = plan_route(anatomy, parameters.pump, PROCEDURE)
        spine = Spine(stature_factor=anatomy.stature_factor)
        self.exit_mm = np.array([self.route.needle_skin[0], self.route.needle_skin[2]])
        self.belt_mm = min(_BELT_MM, float(self.exit_mm[1]) - _BELOW_EXIT_MM)
        self.stage = self._stage()
        self.body = BackBody(neutral_torso(), spine, theme, self.stage)
        self.pouch = Pouch(self.stage, self._at(*self._pouch_mm()), theme)
        self._lay_line()
        self.dressing = Dressing(
            self._at(*self._beside(_DRESSING_MM[0])),
            (self.stage.length(_DRESSING_MM[1][0]), self.stage.length(_DRESSING_MM[1][1])),
            theme,
        )
        self.tapes = [self._tape(at, half) for at, half in _TAPES]
        self.belt = self._belt()
        self.glow = TipGlow(self.stage.point(self.route.tip), px(30), theme)
        self.body.inside.add(self.hidden, self.glow)
        spot = Shape(self._spot(), fill=theme.color("incision.base"))
        super().__init__(
            self.body, self.belt, spot, self.line, self.filled, self.drops,
            self.pouch, self.dressing, *self.tapes,
        )  # fmt: skip
        self.bring(0.0)
        self.flow(0.0)

    # -- states ----------------------------------------------------------------------------------

    @property
    def brought(self) -> tuple[Part, ...]:
        """All that `bring` changes."""
        return self.line, self.dressing, *self.tapes

    def bring(self, share: float) -> None:
        """Lay the line on the skin from its exit to the pouch; dressing and tape follow."""
        self.line.reveal(min(share / 0.85, 1.0))
        for at, part in zip(
            (0.30, *(each for each, _ in _TAPES)), (self.dressing, *self.tapes), strict=True
        ):
            part.opacity = float(np.clip((share / 0.85 - at) / 0.12, 0.0, 1.0))

    @property
    def medicine(self) -> tuple[Part, ...]:
        """All that `flow` changes."""
        return self.filled, self.drops, self.glow

    def flow(self, share: float) -> None:
        """Let medicine run from the pump to the tip; nothing is seen at 0."""
        self.filled.opacity = self.drops.opacity = min(6.0 * share, 1.0)
        self.drops.at(3.0 * share)
        self.glow.opacity = float(np.clip(4.0 * share - 1.0, 0.0, 1.0))
        self.glow.at(3.0 * share)

    # -- parts -----------------------------------------------------------------------------------

    def _stage(self) -> Stage:
        at = self.fmt.point(*self.fmt.pick(*_BELT_AT_PX))
        scale = px(self.fmt.pick(*_PX_PER_MM))
        focus = (0.0, 0.0, self.belt_mm)
        return Stage(POSTERIOR, focus, scale, (float(at[0]), float(at[1])), fmt=self.fmt)

    def _lay_line(self) -> None:
        """Make the catheter in the canal and on the skin."""
        stage, theme = self.stage, self.theme
        self.hidden = HiddenTube(
            stage(self.route.between("entry", "intrathecal")), stage.length(_INSIDE_MM), theme
        )
        x, z = self._pouch_mm()
        top = z + 60.0
        ends = [(0.93 * x, (self.exit_mm[1] + top) / 2 + 12.0), (x, top + 18.0), (x, top - 4.0)]
        knots = np.array([*(self._beside(each) for each in _LOOP), *ends])
        path = curves.smooth(np.array([self._at(*each)[:2] for each in knots]), samples=24)
        wide = stage.length(_TUBE_MM)
        self.line = Tube(path, wide, theme, shadow=0.35)
        self.filled = Tube(path, wide, theme, lumen=True)
        self.drops = Drops(path[::-1], theme, count=_DROPS, radius=px(3.2), glow=False)

    def _tape(self, share: float, half_mm: float) -> Tape:
        """Strip across the line."""
        along = self.line.direction_at(share)
        turn = float(np.arctan2(along[1], along[0])) + np.pi / 2
        half = (self.stage.length(half_mm), self.stage.length(0.5 * half_mm))
        return Tape(self.line.point_at(share), half, turn, self.theme)

    def _belt(self) -> Part:
        shapes = outlines(neutral_torso())
        trunk = self.stage.plane(shapes["trunk"])
        across = np.linspace(-1.0, 1.0, 41)
        low = self.belt_mm + _SAG_MM * across**2
        line = np.array([self._at(x, z) for x, z in zip(190.0 * across, low, strict=True)])
        return belt(self.stage, line, trunk, self.theme)

    def _spot(self) -> Point:
        turns = np.linspace(0.0, 2 * np.pi, 25)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        return np.asarray(self._at(*self.exit_mm) + self.stage.length(_PORT_MM) * ring)

    # -- points ----------------------------------------------------------------------------------

    def _pouch_mm(self) -> tuple[float, float]:
        return self.sign * _POUCH_MM[0], self.belt_mm + _POUCH_MM[1]

    def _beside(self, away_mm: tuple[float, float]) -> tuple[float, float]:
        """Patient x and z so far beside the exit, to the line's side."""
        return (
            float(self.exit_mm[0] + self.sign * away_mm[0]),
            float(self.exit_mm[1] + away_mm[1]),
        )

    def _at(self, x_mm: float, z_mm: float) -> Point:
        """Scene point (3,) of a place on the back."""
        return self.stage.point((x_mm, 0.0, z_mm))

    @property
    def exit(self) -> Point:
        """Scene point (3,) where the catheter leaves the skin."""
        return self._at(*self.exit_mm)

    @property
    def aside_shot(self) -> Shot:
        """The back on its half of the frame, with room for cards on the other."""
        x = px(self.fmt.pick(450.0, 0.0, 0.0))
        return Shot((-x, 0.0), 1.0)

    def naming(self) -> Naming:
        """Return what labels name: tip, dressing, tape, pump."""
        here: Side = "left" if self.sign > 0 else "right"
        there: Side = "right" if self.sign > 0 else "left"
        callouts = {
            "tip": Callout(self.stage.point(self.route.tip), (there,)),
            "dressing": Callout(self._at(*self._beside((-14.0, -12.0))), (there,)),
            "tape": Callout(self.line.point_at(_TAPES[1][0]), (here,)),
            "pump": Callout(self.pouch.centre, (here,)),
        }
        shapes = outlines(neutral_torso())
        return Naming(callouts, figure=[self.stage.plane(each) for each in shapes.values()])
