"""The cord cut across, large: medicine reaches the back horn and pain no longer passes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import points_at
from spineanim.mobjects.axial import AxialSection
from spineanim.mobjects.axial_signals import HURTS, OTHER, AxialSignals
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.pain import (
    AXIAL_FADE_MM,
    AXIAL_PX_PER_MM,
    AXIAL_REACH_MM,
    FIGURE_PX,
    axial_stage,
    light,
    pain_signals,
)
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.persons import level_cut
from spineanim.mobjects.profile import Profile
from spineanim.mobjects.signals import Signals
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

Point = NDArray[np.float64]

# Middle of the canal; panel (middle, size), and figure in it (middle of the chest, size against
# that of `FIGURE_PX`): wide, square, tall
_CANAL_PX: Final = ((760.0, 462.0), (480.0, 470.0), (540.0, 640.0))
_PANEL_PX: Final = (
    (1660.0, 440.0, 360.0, 660.0),
    (934.0, 690.0, 212.0, 324.0),
    (540.0, 1290.0, 360.0, 540.0),
)
_FIGURE_PX: Final = ((1650.0, 448.0, 0.78), (929.0, 695.0, 0.46), (530.0, 1297.0, 0.46))


class CalmPlate(Part):
    """The cut with its signals, and the brain in a panel.

    Attributes
    ----------
    section, across
        The cut, and what runs on it.
    panel
        The card with the person.
    signals, felt
        Pain on its way to the brain, and its light there.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.fmt = fmt
        cut = level_cut(parameters, parameters.anatomy.tip_level)
        at = fmt.pick(*_CANAL_PX)
        stage = axial_stage(cut, fmt, at, fmt.pick(*AXIAL_PX_PER_MM))
        self.section = AxialSection(cut, theme, stage, AXIAL_REACH_MM, fade_mm=AXIAL_FADE_MM)
        self.across = AxialSignals(self.section, theme)
        self.panel = self._panel(parameters, theme)
        super().__init__(self.section, self.across, self.panel)
        self.across.tip.opacity = 1.0
        self.across.touch.opacity = self.across.movement.opacity = 0.0

    def _panel(self, parameters: Parameters, theme: Theme) -> Panel:
        """Return the card: the same person as before, smaller."""
        x_px, y_px, px_per_mm = self.fmt.pick(*FIGURE_PX)
        profile = Profile(parameters, theme, self.fmt, (x_px, y_px), px_per_mm)
        self.signals = pain_signals(profile, theme)
        self.felt = light(profile.felt, 1.5 * profile.felt_reach, theme.color("pain.glow"))
        person = Part(profile, self.felt, self.signals)
        to_x, to_y, size = self.fmt.pick(*_FIGURE_PX)
        start, goal = self.fmt.point(x_px, y_px), self.fmt.point(to_x, to_y)
        person.scale(size, about_point=start).shift(goal - start)
        self._brain = goal + size * (profile.felt - start)
        self._cord = goal + size * (points_at(profile.pain_way(), [0.66])[0] - start)
        x_px, y_px, wide_px, high_px = self.fmt.pick(*_PANEL_PX)
        panel = Panel(px(wide_px), px(high_px), theme)
        panel.shift(self.fmt.point(x_px, y_px))
        return panel.hold(person)

    def calm(self, share: float) -> None:
        """Stop a growing share of the pain: on the cut, on its way up, in the brain."""
        self.across.stop_pain(share)
        self.signals.block(share)
        self.felt.opacity = 1.0 - share

    @property
    def calmed(self) -> tuple[Part, ...]:
        """What `calm` changes."""
        across = self.across
        return across.climbs, across.pain, across.stop, self.signals, self.felt

    def _on_nerve(self, signals: Signals) -> NDArray[np.float64]:
        """Scene points (N, 3) of a way beyond the nerve's ganglion, well within the picture."""
        section = self.section
        middle = section.place(np.zeros((1, 2)))[0, 0]
        far = np.abs(signals.path[:, 0] - middle) / section.stage.length(section.shown_mm)
        return np.asarray(signals.path[(far > 0.62) & (far < 0.86)])

    def naming(self) -> Naming:
        """Return what labels name."""
        section = self.section
        out = section.place(section.cut.motor_way(HURTS))
        comes, touch = (self._on_nerve(each) for each in (self.across.pain, self.across.touch))
        callouts = {
            "tip": Callout(section.point("tip"), ("below", "right")),
            "pain": Callout(comes, ("above", "left", "below")),
            "horn": Callout(section.point("back_horn", HURTS), ("left", "below")),
            "cord": Callout(section.point("cord", OTHER), ("above", "right")),
            "touch": Callout(touch, ("above", "below", "right")),
            "movement": Callout(points_at(out, np.linspace(0.0, 0.03, 3)), ("above", "left")),
        }
        focus = [self.section.place(section.cut.sac_outline)]
        return Naming(callouts, figure=[self.panel.corners()], focus=focus)
