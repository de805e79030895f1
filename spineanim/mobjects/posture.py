"""The tip of the week: one person standing tall, hunched, and tall again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DL, UR
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.stance import Stance
from spineanim.mobjects.bent_figure import BentFigure
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.lying_flat import LyingFlat
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.posture_lens import SQUEEZED, DiscLens
from spineanim.mobjects.posture_marks import MARKED, BackStrap, ForwardGauge, PlumbLine
from spineanim.mobjects.reminders import Reminders
from spineanim.mobjects.turning_leaves import TurningLeaves
from spineanim.picture.shape import Part
from spineanim.stage import Format, Shot, Stage, px

Points = NDArray[np.float64]

# Places in a wide, a square and a tall frame
_FIGURE_PX: Final = ((800.0, 525.0, 0.87), (250.0, 560.0, 0.64), (380.0, 850.0, 1.0))
"""Where the upper lumbar spine stands, and pixels for a millimetre."""
_FOCUS_MM: Final = (0.0, -20.0, 250.0)
_ALONE_PX: Final = (120.0, 230.0, 140.0)
"""How much further to the right it stands while nothing is beside it."""
_FAR: Final = ((960.0, 858.0, 0.5), (540.0, 858.0, 0.53), (540.0, 1560.0, 0.70))
"""Where the feet stand when all of the figure is shown, and how much further away that is."""
_LENS_PX: Final = ((1400.0, 305.0, 220.0), (760.0, 390.0, 165.0), (790.0, 640.0, 215.0))
_LENS_PX_PER_MM: Final = (4.0, 3.0, 3.9)
_LEAVES_PX: Final = ((1740.0, 300.0, 190.0), (972.0, 246.0, 120.0), (860.0, 1010.0, 230.0))
_LYING_PX: Final = ((1440.0, 758.0), (735.0, 780.0), (540.0, 1400.0))
_LYING_SIZE: Final = ((840.0, 214.0, 0.42), (600.0, 180.0, 0.30), (960.0, 300.0, 0.48))
_TILE_PX: Final = ((264.0, 430.0), (206.0, 380.0), (306.0, 440.0))
_TILES_PX: Final = (
    ((1130.0, 470.0), (1414.0, 470.0), (1698.0, 470.0)),
    ((479.0, 520.0), (703.0, 520.0), (927.0, 520.0)),
    ((213.0, 1330.0), (540.0, 1330.0), (867.0, 1330.0)),
)
_LIES: Final = 0.85
"""How much of the hunch is left when the figure lies down after a long time [D]."""


class PosturePlate(Part):
    """A figure with its plumb line, the strain on its back, a lens on one disc, and reminders.

    Parameters
    ----------
    parameters
        The person's own curves; the hunch starts from them.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.

    Attributes
    ----------
    figure, strap, plumb, gauge
        What bends, and what is drawn on it.
    lens, leaves, lying
        One disc and its bones; leaves of a calendar; the figure lying on its back.
    far, alone, near
        Shots of the whole figure, of all from head to hip, and of that with room beside it.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.theme, self.fmt = theme, fmt
        anatomy = parameters.anatomy
        self.stance = Stance(anatomy.alignment, anatomy.stature_factor)
        x_px, y_px, scale = fmt.pick(*_FIGURE_PX)
        at = fmt.point(x_px, y_px)
        place = (float(at[0]), float(at[1]))
        self.stage = Stage(LATERAL_LEFT, _FOCUS_MM, px(scale), place, fmt=fmt)
        self.figure = BentFigure(self.stance, theme, self.stage)
        self.plumb = PlumbLine(self.figure, theme)
        self.plumb.opacity = 0.0
        self.gauge = ForwardGauge(self.figure, float(self.plumb.line[0, 0]), theme)
        self.strap = BackStrap(self.figure, theme)
        self.figure.under_column.add(self.strap)
        self.figure.pose(1.0)
        self.hunched_disc = self._disc_at()
        self.figure.pose(0.0)
        self.lens = self._lens()
        self.lens.opacity = 0.0
        self.leaves = self._leaves()
        x_px, y_px = fmt.pick(*_LYING_PX)
        wide_px, high_px, small = fmt.pick(*_LYING_SIZE)
        middle = fmt.point(x_px, y_px)
        self.lying = LyingFlat(self.stance, theme, fmt, middle, (wide_px, high_px), small)
        super().__init__(self.figure, self.plumb, self.gauge, self.lens, self.lying, self.leaves)

    # -- states ----------------------------------------------------------------------------------

    def slump(self, share: float) -> None:
        """Stand tall (0) or hunched (1); what is drawn on the figure goes with it."""
        self.figure.pose(share)
        self.gauge.follow()
        self.strap.follow()

    @property
    def bends(self) -> tuple[Part, ...]:
        """What changes with `slump`."""
        return self.figure, self.gauge

    def strain(self, share: float) -> None:
        """Let muscles and ligaments behind the column glow."""
        self.strap.strain(share)

    def pass_years(self, share: float) -> None:
        """Turn the leaves; the bones become lower in front, and the lying back stays bent."""
        self.leaves.turn(share)
        self.lens.set_in(share)
        self.lying.pose(_LIES * share)

    def remind(self, words: Sequence[str]) -> Reminders:
        """Return the three reminders, in place but unseen."""
        middles = np.array([self.fmt.point(*spot) for spot in self.fmt.pick(*_TILES_PX)])
        wide, high = (px(each) for each in self.fmt.pick(*_TILE_PX))
        return Reminders(self.theme, middles, (wide, high), words)

    # -- parts -----------------------------------------------------------------------------------

    def _lens(self) -> DiscLens:
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        at, scale = self.fmt.point(x_px, y_px), px(self.fmt.pick(*_LENS_PX_PER_MM))
        place = (float(at[0]), float(at[1]))
        stage = Stage(LATERAL_LEFT, (0.0, 0.0, 0.0), scale, place, fmt=self.fmt)
        ring = px(radius_px) * self.stage.units_per_mm / scale
        return DiscLens(self.stance, self.theme, stage, px(radius_px), self.hunched_disc, ring)

    def _disc_at(self) -> Points:
        """Scene point (3,) of the enlarged disc as the figure stands now."""
        corners = self.figure.figure.spine.disc_corners(SQUEEZED)
        return np.asarray(self.figure.places(corners.mean(axis=0)[None])[0])

    def _leaves(self) -> TurningLeaves:
        x_px, y_px, wide_px = self.fmt.pick(*_LEAVES_PX)
        corner = self.fmt.point(x_px - wide_px / 2, y_px - 0.42 * wide_px)
        return TurningLeaves(self.theme, corner, px(wide_px))

    # -- shots and labels ------------------------------------------------------------------------

    @property
    def far(self) -> Shot:
        """All of the figure, on its feet."""
        x_px, y_px, zoom = self.fmt.pick(*_FAR)
        low = self.stance.figure(0.0).lowest_mm
        feet = self.stage.plane([[_FOCUS_MM[1], low]])[0]
        centre = feet - self.fmt.point(x_px, y_px) / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    @property
    def alone(self) -> Shot:
        """From head to hip, nearer to the middle of the frame."""
        return Shot((-px(self.fmt.pick(*_ALONE_PX)), 0.0))

    @property
    def near(self) -> Shot:
        """From head to hip, with room beside it."""
        return Shot()

    def naming_line(self) -> Naming:
        """Return what labels name on the plumb line."""
        callouts = {name: Callout(self.plumb.places[name], ("left",)) for name in MARKED}
        return Naming(callouts, figure=self.figure.outline)

    def naming_head(self) -> Naming:
        """Return what names how far the head has come forward."""
        start = np.array([self.plumb.line[0, 0], self.figure.point("ear")[1], 0.0])
        return Naming({"forward": Callout(start, ("right",))}, figure=self.figure.outline)

    def naming_strain(self) -> Naming:
        """Return what labels name of the strain: on the back, and in the lens."""
        callouts = {
            "muscles": Callout(self.strap.middle(), ("right",)),
            "disc": Callout(self.lens.point("front"), ("below", "left")),
            "ligament": Callout(self.lens.point("behind"), ("right",)),
        }
        # In a tall frame words have no other good place than across the lens's faint lines.
        lines = self.lens.lens.bands
        return Naming(callouts, figure=[*self._insets(), *self.fmt.pick(lines, lines, [])])

    def naming_set(self) -> Naming:
        """Return what labels name when the shape has set."""
        callouts = {"bone": Callout(self.lens.point("bone"), ("below", "left"))}
        focus = [self._box(self.leaves), self._box(self.lying), self._beam()]
        return Naming(callouts, figure=self._insets(), focus=focus)

    def _insets(self) -> list[Points]:
        """Return closed scene outlines (N, 3) of figure and lens, which words keep off."""
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        lens = circle(self.fmt.point(x_px, y_px), px(radius_px))
        return [*self.figure.outline, lens]

    def _beam(self) -> Points:
        """Corners (4, 3) of the room between the figure and the lens, where its lines run."""
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        edge = self.fmt.point(x_px - radius_px, y_px)
        up = np.array([0.0, 0.8 * px(radius_px), 0.0])
        return np.array([self.hunched_disc, edge - up, edge + up, self.hunched_disc])

    def _box(self, part: Part) -> Points:
        """Corners (4, 3) of the box round a part."""
        (left, bottom, _), (right, top, _) = part.get_corner(DL), part.get_corner(UR)
        return np.array([[left, top, 0], [right, top, 0], [right, bottom, 0], [left, bottom, 0]])


class PostureTitle(Part):
    """The figure beside the film's title.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    """

    _PX: Final = ((1430.0, 560.0, 0.86), (540.0, 780.0, 0.72), (540.0, 1180.0, 1.0))

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        anatomy = parameters.anatomy
        x_px, y_px, scale = fmt.pick(*self._PX)
        at = fmt.point(x_px, y_px)
        place = (float(at[0]), float(at[1]))
        stage = Stage(LATERAL_LEFT, _FOCUS_MM, px(scale), place, fmt=fmt)
        stance = Stance(anatomy.alignment, anatomy.stature_factor)
        super().__init__(BentFigure(stance, theme, stage))
