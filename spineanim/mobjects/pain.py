"""Pain on its way: from the leg to the cord, across it, and up to the brain."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import points_at
from spineanim.geometry.level_cut import LevelCut
from spineanim.mobjects.axial import AxialSection
from spineanim.mobjects.axial_signals import HURTS, AxialSignals
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.persons import level_cut
from spineanim.mobjects.profile import Profile
from spineanim.mobjects.signals import Signals
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

# Figure (place, scale) and panel (middle, size): wide, square, tall
FIGURE_PX: Final = ((775.0, 448.0, 0.80), (260.0, 570.0, 0.66), (300.0, 890.0, 1.15))
_PANEL_PX: Final = (
    (1455.0, 430.0, 730.0, 600.0),
    (760.0, 610.0, 540.0, 430.0),
    (745.0, 1010.0, 560.0, 440.0),
)
_PANEL_PX_PER_MM: Final = (19.0, 14.5, 14.5)
AXIAL_PX_PER_MM: Final = (29.0, 22.0, 25.0)
"""Scale at which the cut fills the frame; the panel's picture is made for it too."""
AXIAL_REACH_MM: Final = (24.0, 16.0)
AXIAL_FADE_MM: Final = 6.0
# The person beside the title (middle of the chest, size against that of `FIGURE_PX`)
_TITLE_PX: Final = ((1390.0, 500.0, 1.1), (560.0, 700.0, 0.92), (560.0, 1150.0, 1.0))
_BEHIND_MM: Final = 1.5
_RADIUS_PX: Final = 7.5
_SPACING_PX: Final = 84.0
_SORE_PX: Final = 74.0
_RING_PX: Final = 13.0


def axial_stage(cut: LevelCut, fmt: Format, at_px: tuple[float, float], px_per_mm: float) -> Stage:
    """Stage of a cut with the middle of the canal at a place of the frame."""
    deep = (cut.wall_mm("sac_front") + cut.wall_mm("sac_back")) / 2 - _BEHIND_MM
    y, z = cut.body.canal.place(cut.station, deep)
    at = fmt.point(*at_px)
    place = (float(at[0]), float(at[1]))
    return Stage(cut.view, (0.0, float(y), float(z)), px(px_per_mm), place, fmt=fmt)


def light(point: ArrayLike, reach: float, color: str, strength: float = 0.75) -> Part:
    """Return a soft round light about a scene point."""
    middle = np.asarray(point, dtype=np.float64)
    turn = np.linspace(0.0, 2 * np.pi, 65)[:-1]
    rim = middle + reach * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
    stops = (
        (0.0, color, strength),
        (0.4, color, 0.62 * strength),
        (0.75, color, 0.16 * strength),
        (1.0, color, 0.0),
    )
    edge = middle + np.array([reach, 0.0, 0.0])
    return Part(Shape(rim).with_gradient("radial", middle, edge, stops))


class PainPlate(Part):
    """The person from the side, and the cord cut across in a panel.

    Attributes
    ----------
    profile
        The person.
    signals
        Pain on its way from the leg to the brain.
    sore, felt
        Light where it hurts, and in the brain.
    panel, section, across
        The card with the cut, and the signals on it.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.profile, self.fmt = person_in_pain(parameters, theme, fmt), fmt
        self.signals = pain_signals(self.profile, theme)
        pain = theme.color("pain.glow")
        self.sore = light(self.profile.sore, px(_SORE_PX), pain)
        self.felt = light(self.profile.felt, 1.5 * self.profile.felt_reach, pain)
        self.sore.opacity = self.felt.opacity = self.signals.opacity = 0.0
        cut = level_cut(parameters, parameters.anatomy.tip_level)
        x_px, y_px, wide_px, high_px = fmt.pick(*_PANEL_PX)
        scale = fmt.pick(*_PANEL_PX_PER_MM)
        stage = axial_stage(cut, fmt, (x_px, y_px), scale)
        times = fmt.pick(*AXIAL_PX_PER_MM) / scale
        self.section = AxialSection(cut, theme, stage, AXIAL_REACH_MM, times=times, fade_mm=0.0)
        self.across = AxialSignals(self.section, theme)
        for part in (self.across.touch, self.across.movement, self.across.tip):
            part.opacity = 0.0
        self.across.pain.opacity = self.across.climbs.opacity = 0.0
        middle = fmt.point(x_px, y_px)
        self.panel = Panel(px(wide_px), px(high_px), theme)
        self.panel.shift(middle)
        self.panel.hold(Part(self.section, self.across))
        self.panel.tether(self.profile.tip, px(_RING_PX))
        self.panel.opacity = 0.0
        super().__init__(self.profile, self.sore, self.felt, self.signals, self.panel)

    def naming(self) -> Naming:
        """Return what labels name: the leg's nerve, the cord, the brain; horn and crossing."""
        way = self.profile.pain_way()
        enters = self.profile.entry_share()
        callouts = {
            "nerve": Callout(points_at(way, np.linspace(0.08, 0.25, 5)), ("left", "right")),
            "brain": Callout(self.profile.felt, ("left", "right")),
            "cord": Callout(points_at(way, np.linspace(enters + 0.1, 0.72, 5)), ("left",)),
        }
        return Naming(callouts, figure=[*self.profile.outlines(), self.panel.corners()])

    def crossing_naming(self) -> Naming:
        """Return what labels name in the panel."""
        section = self.section
        callouts = {
            "root": Callout(section.point("ganglion", HURTS), ("above", "left")),
            "other": Callout(section.place(section.cut.pain_way(HURTS)[-1:])[0], ("above",)),
        }
        return Naming(callouts, focus=[section.cord_shape().points])


def person_in_pain(parameters: Parameters, theme: Theme, fmt: Format) -> Profile:
    """Return the person of this film, where they stand in every plate of it that shows them."""
    x_px, y_px, px_per_mm = fmt.pick(*FIGURE_PX)
    return Profile(parameters, theme, fmt, (x_px, y_px), px_per_mm)


def pain_signals(profile: Profile, theme: Theme) -> Signals:
    """Return pain on its way through a person; its barrier is where it enters the cord."""
    way, scale = profile.pain_way(), profile.stage.composed_px_per_mm / 0.84
    return Signals(
        way,
        theme,
        radius=px(_RADIUS_PX * scale),
        spacing=px(_SPACING_PX * scale),
        barrier=profile.entry_share() + 0.02,
        fades=0.05,
    )


class PainTitle(Part):
    """The person beside, or below, the film's title."""

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        x_px, y_px, px_per_mm = fmt.pick(*FIGURE_PX)
        profile = Profile(parameters, theme, fmt, (x_px, y_px), px_per_mm)
        signals = pain_signals(profile, theme)
        glow = light(profile.felt, 1.5 * profile.felt_reach, theme.color("pain.glow"))
        super().__init__(profile, glow, signals)
        to_x, to_y, size = fmt.pick(*_TITLE_PX)
        start, goal = fmt.point(x_px, y_px), fmt.point(to_x, to_y)
        self.scale(size, about_point=start).shift(goal - start)
