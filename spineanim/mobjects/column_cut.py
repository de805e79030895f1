"""The column cut along its middle: canal, fluid, cord and its end, with what marks them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.canal import SAC_END_STATION, Canal, station
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.canal_marks import canal_walls, lit_fluid
from spineanim.mobjects.framing import BoxPx, shot_on
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.needle_way import NeedleWay
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_names import LevelNames
from spineanim.picture.shape import Part
from spineanim.stage import Stage

Point = NDArray[np.float64]

LEVEL: Final = "T11"
"""Level of the section across: the cord is still whole there, and fluid lies all round it."""
_DRAWN: Final = ("T5", "sacrum")
_NAMED: Final = (("T12", "L1", "L2", "L3"), ("L4", "L5"))
"""Levels that are named about the end of the cord, and below it."""
_NAME: Final = 0.92
"""Size of the names of levels in the last shot, as a share of that of labels."""
_NEAREST: Final = 1.45
"""How much nearer than the whole stage the camera comes at the most."""

# Parts of the composed frame that a shot fills: wide, square, tall
_OPEN_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (640.0, 60.0, 1280.0, 850.0), (220.0, 230.0, 860.0, 852.0), (140.0, 360.0, 940.0, 1540.0),
)  # fmt: skip
_LEVEL_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (500.0, 230.0, 940.0, 850.0), (40.0, 300.0, 400.0, 852.0), (150.0, 250.0, 930.0, 770.0),
)  # fmt: skip
_CONUS_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (600.0, 60.0, 1320.0, 850.0), (220.0, 230.0, 860.0, 852.0), (140.0, 420.0, 940.0, 1500.0),
)  # fmt: skip
_END_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (640.0, 66.0, 1280.0, 844.0), (220.0, 230.0, 860.0, 852.0), (160.0, 360.0, 920.0, 1540.0),
)  # fmt: skip


class CutColumn(Part):
    """The cut column with its marks; the spine is unseen at first.

    Parameters
    ----------
    parameters
        Where needles enter.
    spine
        Its curves and size.
    theme
        Colours.
    stage
        A view from the patient's left.

    Attributes
    ----------
    section
        The cut spine.
    opened, across, conus, end
        Shots: the canal, the level of the section across, the end of the cord, and all below it.
    walls, fluid, names, names_below, needle
        Walls of the canal, light in the fluid, names of levels, the way of a needle.
    """

    def __init__(self, parameters: Parameters, spine: Spine, theme: Theme, stage: Stage) -> None:
        fmt = stage.fmt
        self.spine, self.canal, self.stage, self.fmt = spine, Canal(spine), stage, fmt
        self.opened = shot_on(self._bodies("T11", "L4"), fmt.pick(*_OPEN_PX), fmt)
        self.across = shot_on(self._bodies("T10", "T12"), fmt.pick(*_LEVEL_PX), fmt)
        self.end = shot_on(self._down_to_s2("T12"), fmt.pick(*_END_PX), fmt)
        self.conus = shot_on(self._bodies("T11", "L3"), fmt.pick(*_CONUS_PX), fmt)
        near = fmt.pixels_per_unit * _NEAREST
        self.section = SpineSection(spine, self.canal, theme, stage, near, _DRAWN)
        self.section.opacity = 0.0
        cut = self.section.cut
        span = station("T6"), SAC_END_STATION
        self.walls = canal_walls(cut, *span, theme, self.opened.zoom)
        self.fluid = lit_fluid(cut, *span, theme, self.across.zoom)
        self.names, self.names_below = (
            LevelNames(self.section, levels, theme, side="on") for levels in _NAMED
        )
        for names in (self.names, self.names_below):
            names.opacity = 0.0
            for name in names.by_name.values():
                name.scale(_NAME / self.end.zoom)
        entry = parameters.anatomy.entry_level
        self.needle = NeedleWay(self.canal, entry, theme, stage, 1.0 / self.end.zoom)
        self.section.put_between(self.fluid)
        super().__init__(self.section, self.walls, self.names, self.names_below, self.needle)

    def _bodies(self, first: str, last: str) -> Point:
        """Corners (N, 3) of bodies from a level to another, with the tips behind them."""
        levels = LEVELS[LEVELS.index(first) : LEVELS.index(last) + 1]
        corners = [self.stage.plane(self.spine.frame(each).corners) for each in levels]
        tips = self.stage.plane([self.spine.spinous_tip(each) for each in levels])
        return np.vstack([*corners, tips])

    def _down_to_s2(self, first: str) -> Point:
        """Bodies from a level down, and the end of the dural sac."""
        sac_end = self.canal.curve(
            self.canal.sac_offsets[1], SAC_END_STATION - 0.4, SAC_END_STATION
        )
        return np.vstack([self._bodies(first, "L5"), self.stage.plane(sac_end)])

    # -- what labels name -------------------------------------------------------------------------

    def naming_canal(self) -> Naming:
        """Return cord and roots in the opened canal."""
        place = self.section.in_canal
        callouts = {
            "cord": Callout(place("T12", "cord_front", "cord_back"), ("right",)),
            "roots": Callout(place("L3", "sac_front", "sac_back", 0.5), ("right",)),
            "canal": Callout(place("L1_L2", "sac_back", "back_wall", 0.5), ("left",)),
        }
        return Naming(callouts, focus=self._bones())

    def naming_end(self) -> Naming:
        """Return the end of the cord."""
        return Naming({"end": Callout(self.section.conus, ("left",))}, focus=self._bones())

    def naming_below(self) -> Naming:
        """Return the end of the cord, loose roots below it, and where needles enter."""
        section = self.section
        callouts = {
            "end": Callout(section.conus, ("left",)),
            "roots": Callout(section.in_canal("L5", "sac_front", "sac_back", 0.5), ("left",)),
            "needle": Callout(self.needle.middle, ("right", "below")),
        }
        return Naming(callouts, focus=self._bones())

    def _bones(self) -> list[Point]:
        """Outlines (N, 3) that leaders keep off."""
        levels = LEVELS[LEVELS.index("T9") : LEVELS.index("L5") + 1]
        return [self.stage.plane(self.spine.body(each)) for each in levels]
