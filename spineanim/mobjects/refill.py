"""A refill visit: needle through skin and port, old medicine out, new medicine in."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.pump import implanted_pump
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.geometry.wall import WallSection as WallNumbers
from spineanim.mobjects.figure import FrontBody
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.magnifier import Magnifier, circle
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.refill_parts import RefillNeedle, Reservoir, Template, old_medicine
from spineanim.mobjects.visits import Visits
from spineanim.mobjects.wall import PANEL_SIZE, SCALE, WallSection
from spineanim.mobjects.wall_shape import WallState
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Stage, px

_MIDDLE_PX: Final = ((560.0, 525.0), (390.0, 485.0), (415.0, 610.0))
_SIZE: Final = (1.0, 0.72, 0.82)
_VISITS_PX: Final = ((1450.0, 470.0, 600.0), (868.0, 440.0, 280.0), (540.0, 1160.0, 640.0))
"""Middle and size of the panel; middle and width of the calendar."""
_LOCATOR_PX: Final = ((1580.0, 470.0, 200.0), (880.0, 776.0, 100.0), (540.0, 1200.0, 250.0))
"""Middle and radius of the round picture of the belly."""
_LOCATOR_MM: Final = 430.0
"""How much of the body it shows."""
_LEFT: Final = 0.34
"""How full the reservoir is before the visit."""
_EMPTY: Final = 0.04
_CYCLES: Final = 6.0


class RefillPlate(Part):
    """The wall of the belly cut through the pump, and what a refill visit does there.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    words
        Stand under the calendar.

    Attributes
    ----------
    template, needle, reservoir
        What is laid on the skin, what goes through the port, and the cut-open reservoir.
    visits
        The calendar.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, words: str) -> None:
        self.theme = theme
        middle = fmt.point(*fmt.pick(*_MIDDLE_PX))
        wall = WallNumbers(0.0, parameters.pump)
        wide, high = (fmt.pick(*_SIZE) * each for each in PANEL_SIZE)
        self.section = WallSection(
            wall,
            parameters.pump,
            theme,
            fmt.pixels_per_unit,
            units_per_mm=SCALE * fmt.pick(*_SIZE),
            size=(wide, high),
        ).shift(middle)
        self.section.set_state(WallState(1.0, 1.0, 1.0, 1.0, 1.0))
        self.template = Template(self.section, theme)
        self.reservoir = Reservoir(self.section, parameters.pump, theme)
        self.needle = RefillNeedle(self.section, theme)
        self.panel = Panel(wide, high, theme).shift(middle)
        for each in (self.section, self.reservoir, self.template, self.needle):
            self.panel.hold(each)
        x_px, y_px, wide_px = fmt.pick(*_VISITS_PX)
        columns = fmt.pick(3, 2, 3)
        self.visits = Visits(theme, px(wide_px), words, columns=columns).shift(
            fmt.point(x_px, y_px)
        )
        self.old, self.new = old_medicine(theme), theme.color("medication.base")
        self.locator = self._locator(parameters, fmt)
        super().__init__(self.panel, self.locator, self.visits)
        self.needle.come(0.0)

    def _locator(self, parameters: Parameters, fmt: Format) -> Magnifier:
        """Make a round picture of the belly, with the pump's place and the guide plate on it."""
        x_px, y_px, radius_px = fmt.pick(*_LOCATOR_PX)
        middle, radius = fmt.point(x_px, y_px), px(radius_px)
        torso, pose = neutral_torso(), implanted_pump(parameters.pump, parameters.anatomy.side)
        navel = torso.landmarks["navel"]
        focus = (0.0, float(navel[1]), float(navel[2]) + 18.0)
        scale = 2.0 * radius / _LOCATOR_MM
        stage = Stage(ANTERIOR, focus, scale, (float(middle[0]), float(middle[1])), fmt=fmt)
        spine = Spine(stature_factor=parameters.anatomy.stature_factor)
        body = FrontBody(torso, spine, self.theme, stage, stage.pixels_per_mm)
        site, reach = stage.point(pose.centre), stage.length(pose.size.radius_mm)
        tone = self.theme.color
        ring = circle(site, reach)
        plate = circle(site, 0.8 * reach)
        hole = circle(site, 0.16 * reach)
        marks = Part(
            Shape(ring, fill=tone("panel.fill"), fill_opacity=0.22),
            Shape(ring, stroke=tone("skin.line"), stroke_px=2.4, stroke_opacity=0.7).dashed(9, 7),
            Shape(plate, fill=tone("septum.light"), fill_opacity=0.82),
            Shape(plate, stroke=tone("septum.line"), stroke_px=2.2),
            Shape(hole, fill=tone("skin.base"), stroke=tone("septum.line"), stroke_px=2.2),
        )
        return Magnifier(middle, radius, Part(body, marks), self.theme)

    def draw_off(self, share: float) -> None:
        """Draw the old medicine off: the reservoir folds up, the syringe fills."""
        self.reservoir.fill(_LEFT + (_EMPTY - _LEFT) * share, self.old)
        self.needle.hold(0.9 * share, self.old)
        self._flow(share, 1.0)

    def fill(self, share: float) -> None:
        """Fill new medicine in: the reservoir rises, the syringe empties."""
        self.reservoir.fill(_EMPTY + (1.0 - _EMPTY) * share, self.new)
        self.needle.hold(0.9 * (1.0 - share), self.new)
        self._flow(share, -1.0)

    def _flow(self, share: float, way: float) -> None:
        """Let drops run through the needle, up (+1) or down (-1)."""
        self.needle.drops.opacity = float(np.clip(8.0 * share * (1.0 - share), 0.0, 1.0))
        self.needle.drops.at(way * _CYCLES * share)

    def leave(self, share: float) -> None:
        """Take needle and template away."""
        self.needle.come(1.0 - share)
        self.template.opacity = 1.0 - share

    @property
    def changing(self) -> tuple[Part, ...]:
        """What changes as medicine is drawn off and filled in."""
        return self.reservoir, self.needle

    def naming(self) -> Naming:
        """Return what labels name, beside the panel."""
        callouts = {
            "template": Callout(self.template.rim, ("right",)),
            "port": Callout(self.section.pump.refill_port, ("right",)),
            "reservoir": Callout(self.reservoir.level_points(), ("right",)),
        }
        return Naming(callouts, figure=[self.panel.corners()])
