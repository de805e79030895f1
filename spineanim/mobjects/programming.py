"""The pump is programmed: a plan goes from a tablet to the pump, through the skin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.curves import smooth
from spineanim.geometry.devices.handheld import (
    TABLET_HALF_MM,
    programmer_parts,
    telemetry_head_part,
)
from spineanim.geometry.devices.pump_case import from_above
from spineanim.geometry.parts import Part as SolidPart
from spineanim.geometry.wall import WallSection as WallNumbers
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.dose_plan import DosePlan, given_by
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.tube import Tube
from spineanim.mobjects.wall import WallSection
from spineanim.mobjects.wall_shape import WallState
from spineanim.mobjects.waves import Packets, Waves
from spineanim.picture.device_views import picture_of
from spineanim.picture.metal import cast_shadow
from spineanim.picture.shape import Part
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_HEAD_VIEW: Final = from_above("telemetry_head", 180.0, 5.0)
_TABLET_VIEW: Final = View("tablet_face", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
_SCREEN_MM: Final = (2 * (TABLET_HALF_MM[0] - 18.0), 2 * (TABLET_HALF_MM[1] - 16.0))
_HEAD_BAKED: Final = 4.9
_TABLET_BAKED: Final = 2.5
"""Scales of their pictures: the largest of all shapes of the frame, so that all share them."""
_COMES_FROM_MM: Final = 26.0
_HEAD_MM: Final = 22.0
_TUBE_MM: Final = 2.6
"""Drawn width of the catheter; in life 1.2 mm."""
_TUBE_FROM_MM: Final = 44.0
_PANEL_MIDDLE_MM: Final = 9.5
_DROPS_A_DAY: Final = 14.0


@dataclass(frozen=True)
class _Composed:
    """Where things stand in one shape of the frame (pixels), and how large (pixels a mm)."""

    panel_px: tuple[float, float]
    panel_size_px: tuple[float, float]
    section_px_per_mm: float
    tablet_px: tuple[float, float]
    tablet_px_per_mm: float
    way_px: tuple[tuple[float, float], ...]


_WIDE: Final = _Composed(
    (560, 560), (860, 500), 4.9, (1440, 420), 2.5,
    ((1050, 588), (1130, 650), (1260, 736), (1500, 745), (1720, 730), (1980, 740)),
)  # fmt: skip
_SQUARE: Final = _Composed(
    (540, 405), (940, 300), 3.9, (340, 712), 1.68,
    ((1035, 500), (1040, 560), (985, 620), (870, 655), (800, 720), (830, 800), (960, 835),
     (1120, 840)),
)  # fmt: skip
_TALL: Final = _Composed(
    (540, 720), (940, 500), 4.9, (540, 1196), 2.3,
    ((1030, 740), (1050, 850), (1020, 960), (1000, 1300), (900, 1500), (700, 1540), (-60, 1520)),
)  # fmt: skip


class ProgramPlate(Part):
    """Belly wall with the pump in it, the programmer's head on the skin, and its tablet.

    Parameters
    ----------
    parameters
        Size of the pump.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    title
        Words on the tablet's display.

    Attributes
    ----------
    head
        What is held over the pump.
    plan
        The display of the tablet.
    packets, waves
        The plan on its way to the head and through the skin.
    drops
        Medicine that leaves the pump.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, title: str) -> None:
        self.theme, self.fmt = theme, fmt
        self.composed = composed = fmt.pick(_WIDE, _SQUARE, _TALL)
        self.section = self._section(parameters)
        wide, high = (px(each) for each in composed.panel_size_px)
        self.panel = Panel(wide, high, theme)
        middle = fmt.point(*composed.panel_px)
        self.panel.shift(middle)
        self.panel.hold(self.section)
        self.per_mm = px(composed.section_px_per_mm)
        self.pump_at = self.section.pump.place("centre")
        self.rest = self._on_skin()
        self.head = self._device(
            [telemetry_head_part()], _HEAD_VIEW, self.rest, composed.section_px_per_mm, _HEAD_BAKED
        )
        at = fmt.point(*composed.tablet_px)
        self.tablet = self._device(
            programmer_parts(), _TABLET_VIEW, at, composed.tablet_px_per_mm, _TABLET_BAKED
        )
        wide, high = (px(each * composed.tablet_px_per_mm) for each in _SCREEN_MM)
        self.plan = DosePlan(wide, high, title, theme)
        self.plan.shift(at)
        source = self.rest + np.array([0.0, 0.3 * self.per_mm * _HEAD_MM, 0.0])
        far = float(source[1] - self.pump_at[1])
        self.waves = Waves(source, (0.45 * far, 1.0 * far), 42.0, theme)
        self.packets = Packets(self._air(at, wide), theme)
        self.catheter, self.drops = self._catheter()
        super().__init__(
            self.panel,
            self.catheter,
            self.drops,
            self.waves,
            self.head,
            self.tablet,
            self.plan,
            self.packets,
        )
        self._head_rests = AtRest(self.head, self.rest)
        self.hold_over(0.0)

    # -- states ----------------------------------------------------------------------------------

    def hold_over(self, share: float) -> None:
        """Bring the head down onto the skin over the pump."""
        away = (1.0 - share) * _COMES_FROM_MM * self.per_mm
        self._head_rests.put(self.rest + np.array([0.0, away, 0.0]))
        self.head.opacity = min(share * 2.5, 1.0)

    def pass_day(self, share: float) -> None:
        """Let a day pass: the display tells the hour, and the drops follow the plan."""
        self.plan.pass_day(share)
        self.drops.at(_DROPS_A_DAY * given_by(share))
        self.drops.opacity = min(6.0 * share, 1.0)

    # -- names -----------------------------------------------------------------------------------

    def naming(self) -> Naming:
        """Return what labels name: what is held over the skin, and the pump below it."""
        head = self.rest + np.array([0.30, 0.5, 0.0]) * self.per_mm * _HEAD_MM * 2.0
        callouts = {
            "programmer": Callout(head, ("right",)),
            "pump": Callout(self.pump_at - self.per_mm * np.array([22.0, 6.0, 0.0]), ("below",)),
            "catheter": Callout(
                np.array([self.catheter.point_at(each) for each in np.linspace(0.62, 0.8, 8)]),
                ("above", "below", "left"),
            ),
        }
        half = np.array([0.0, _TUBE_MM * self.per_mm, 0.0])
        course = self.catheter.path
        tube = np.vstack([course + half, (course - half)[::-1]])
        # where words stand beside the card, not on it
        card = self.fmt.pick([self.panel.corners()], [], [])
        return Naming(callouts, figure=[*card, self.tablet_outline(), tube])

    def tablet_outline(self) -> Point:
        """Corners (4, 3) of the tablet, words keep off it."""
        at = self.fmt.point(*self.composed.tablet_px)
        wide, high, _ = (px(each * self.composed.tablet_px_per_mm) for each in TABLET_HALF_MM)
        return np.array([at + np.array([x * wide, y * high, 0.0])
                         for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])  # fmt: skip

    # -- how it is built ---------------------------------------------------------------------

    def _section(self, parameters: Parameters) -> WallSection:
        size = tuple(px(each) for each in self.composed.panel_size_px)
        section = WallSection(
            WallNumbers(0.0, parameters.pump),
            parameters.pump,
            self.theme,
            self.fmt.pixels_per_unit,
            units_per_mm=px(self.composed.section_px_per_mm),
            size=(size[0], size[1]),
        )
        section.shift(self.fmt.point(*self.composed.panel_px))
        section.set_state(WallState(incision=1.0, pocket=1.0, pump_in=1.0, sutures=1.0, closed=1.0))
        return section

    def _on_skin(self) -> Point:
        """Scene point (3,) of the skin over the middle of the pump."""
        return self.section.point("surface", 0.0)

    def _device(
        self, parts: Sequence[SolidPart], view: View, at: Point, px_per_mm: float, baked: float
    ) -> Part:
        """Picture of a device with its origin at a scene point; baked at a scale of its own."""
        place = (float(at[0]), float(at[1]))
        stage = Stage(view, (0.0, 0.0, 0.0), px(px_per_mm), place, fmt=self.fmt)
        scale = px(baked) * self.fmt.pixels_per_unit
        picture = picture_of(parts, view, scale, self.theme)
        return Part(placed(cast_shadow(picture, self.theme, scale), stage), placed(picture, stage))

    def _air(self, tablet: Point, wide: float) -> Point:
        """Way (N, 3) of the plan from the tablet to the head."""
        start = tablet - np.array([0.56 * wide, 0.0, 0.0])
        end = self.rest + np.array([1.1, 0.7, 0.0]) * self.per_mm * _HEAD_MM
        middle = (start + end) / 2 + np.array([0.0, px(70), 0.0])
        return smooth(np.array([start, middle, end]), samples=24)

    def _catheter(self) -> tuple[Tube, Drops]:
        """Tube from the pump under the skin and on, out of the picture, and drops in it."""
        half_mm = self.composed.panel_size_px[0] / self.composed.section_px_per_mm / 2
        along = np.linspace(_TUBE_FROM_MM, _PANEL_MIDDLE_MM + half_mm, 6)
        # on the fascia, under all of the fat: it never enters the belly
        under = [self.section.point("pocket", float(each)) for each in along]
        way = [self.fmt.point(*place) for place in self.composed.way_px]
        course = smooth(np.array([*under, *way]), samples=24)
        wide = _TUBE_MM * self.per_mm
        drops = Drops(course, self.theme, count=9, radius=0.43 * wide, glow=False)
        drops.opacity = 0.0
        return Tube(course, wide, self.theme, shadow=0.25), drops
