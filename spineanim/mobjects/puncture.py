"""The way of a needle into the fluid: the lower back cut along its middle, lying on the side.

The body lies as in the operation: head to the left for a left-sided implant (to the right for a
right-sided one), the back upwards. The needle comes from below the level, beside the midline,
oblique towards the head; it and the muscle it passes lie before the cut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.params import PROCEDURE, Procedure
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.needle import FINE, GUIDING, Needle, NeedleKind
from spineanim.mobjects.puncture_muscle import muscle_beside
from spineanim.mobjects.puncture_way import LAYERS, NeedleWay
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_back import BackLayers
from spineanim.mobjects.section_names import LevelNames
from spineanim.mobjects.soft_crop import crop_softly
from spineanim.mobjects.threaded import ThreadedCatheter
from spineanim.picture.shape import Part
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

_TOP, _BOTTOM = "T6", "sacrum"
_ABOVE_TIP: Final = 4
"""So many levels are drawn above the tip's at the least, or the spine would end in the frame."""
_BELOW_MM: Final = 124.0
"""The picture ends so far below the needle's way through the dura."""
_GROUND_MM: Final = 10.0
"""Ground that is kept before the vertebral bodies."""
_DEEP_MM: Final = 135.0
"""From the skin to where the picture runs out in front."""
_AWAY_MM: Final = 150.0
"""A needle that is drawn out goes so far beyond the skin."""


@dataclass(frozen=True)
class Look:
    """Where a puncture stands in the frame.

    Attributes
    ----------
    dura_px
        Place of the needle's way through the dura in the frame, for a left-sided implant.
    px_per_mm
        Scale.
    turned_deg
        Turn of the body counter-clockwise, for a left-sided implant.
    zoom
        Nearest shot the picture is baked for.
    """

    dura_px: tuple[float, float]
    px_per_mm: float
    turned_deg: float = 7.0
    zoom: float = 1.25


def look_for(fmt: Format) -> Look:
    """Return the look that suits a shape of the frame."""
    return fmt.pick(Look((880.0, 600.0), 5.2), Look((560.0, 640.0), 4.2), Look((600.0, 900.0), 4.6))


def top_level(tip_level: str) -> str:
    """Highest level that is drawn, for a catheter with its tip at a level."""
    return LEVELS[min(LEVELS.index(_TOP), LEVELS.index(tip_level) - _ABOVE_TIP)]


class PuncturePlate(Part):
    """The lower back in section with a needle before it, and the catheter it leads.

    Methods that take a share, 0 to 1, set a state and have no memory: give them to a `Move`,
    with `parts` of what they change in `also`.

    Parameters
    ----------
    parameters
        Side, entry level (L2-L3 or lower, below the end of the cord), tip level.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    look
        Where the body stands; `look_for(fmt)` if not given.
    procedure
        Angle of the needle to the skin (38-52 degrees) and its place beside the midline.

    Attributes
    ----------
    way
        Geometry of the needle's way: `way.stops_mm`, `way.layers_mm`, `way.route`.
    back, section
        Layers of the back, and the cut spine; `section.put_between` lays parts into the canal.
    fine, guiding
        Needle that numbs the skin, and needle that leads the catheter; unseen at first.
    catheter
        The catheter, a `ThreadedCatheter`; `catheter.parts` are what it draws; unseen at first.
    names
        Names on the vertebral bodies, by level in `names.by_name`; unseen at first.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        look: Look | None = None,
        procedure: Procedure = PROCEDURE,
    ) -> None:
        self.theme, self.fmt, self.look = theme, fmt, look or look_for(fmt)
        self.anatomy, self.sign = parameters.anatomy, parameters.anatomy.sign
        self.way = NeedleWay(parameters, procedure)
        self.stage = self._stage()
        self.pixels_per_unit = fmt.pixels_per_unit * self.look.zoom
        self.back, self.section = self._body()
        self.catheter = ThreadedCatheter(self.way, self.stage, theme)
        self.section.put_between(self.catheter.inside)
        self.fine, self.guiding = self._needle(FINE), self._needle(GUIDING)
        self.names = LevelNames(self.section, self._named_levels(), theme, side="on")
        self.names.opacity = 0.0
        super().__init__(self.back, self.names, self.catheter.outside, self.fine, self.guiding)

    # -- states ----------------------------------------------------------------------------------

    def pushes(self, needle: Needle, start: str, end: str) -> Callable[[float], None]:
        """Return what slides a needle between two stops of `way.stops_mm`."""
        here, there = self.way.stops_mm[start], self.way.stops_mm[end]

        def at(share: float) -> None:
            self._slide(needle, here + (there - here) * share)

        return at

    def draws_out(self, needle: Needle, start: str) -> Callable[[float], None]:
        """Return what draws a needle from a stop out of the body, until it is gone."""
        here = self.way.stops_mm[start]

        def at(share: float) -> None:
            self._slide(needle, here - (here + _AWAY_MM) * share)
            needle.opacity = float(np.clip((1.0 - share) / 0.1, 0.0, 1.0))

        return at

    def thread(self, share: float) -> None:
        """Advance the catheter from the hub through the needle up to its tip's level.

        Changes `catheter.parts`.
        """
        self.catheter.thread(share, hub_mm=GUIDING.length_mm + GUIDING.hub_mm)

    def _slide(self, needle: Needle, along_mm: float) -> None:
        needle.put_tip(self.on_axis(along_mm))

    # -- parts -----------------------------------------------------------------------------------

    def _stage(self) -> Stage:
        view = View("side_lying", (0.0, 0.0, -self.sign), (0.0, 1.0, 0.0))
        x_px, y_px = self.look.dura_px
        middle = self.fmt.width_px / 2
        x, y, _ = self.fmt.point(middle + self.sign * (x_px - middle), y_px)
        focus = (0.0, float(self.way.dura[0]), float(self.way.dura[1]))
        turned, scale = self.sign * self.look.turned_deg, px(self.look.px_per_mm)
        return Stage(view, focus, scale, (float(x), float(y)), turned, self.fmt)

    def _body(self) -> tuple[BackLayers, SpineSection]:
        """Make the layers of the back with the spine and the muscle beside it."""
        way = self.way
        back = BackLayers(way.skin_yz, self.theme, self.stage, self.pixels_per_unit)
        section = SpineSection(
            way.spine,
            way.canal,
            self.theme,
            self.stage,
            self.pixels_per_unit,
            (top_level(self.anatomy.tip_level), _BOTTOM),
            tip_level=self.anatomy.tip_level,
            entry_level=self.anatomy.entry_level,
        )
        back.inside.add(section, muscle_beside(section.cut, way.skin_yz, way.fascia_mm))
        frames = [way.spine.frame(each) for each in LEVELS[LEVELS.index("T3") :]]
        fronts = [each.place(np.array([[-each.half_depth_mm, 0.0]]))[0] for each in frames]
        low = float(way.dura[1]) - _BELOW_MM
        high = float(way.skin_yz[0, 1])
        crop_softly(back, self.stage, np.array(fronts), low, _GROUND_MM, high)
        return back, section

    def _needle(self, kind: NeedleKind) -> Needle:
        """Make a needle that waits, unseen, above the skin."""
        head = self._point((0.0, 1.0)) - self._point((0.0, 0.0))
        ends = self.on_axis(0.0), self.on_axis(1.0)
        skin = self.section.cut.place(self.way.skin_yz)
        deep = skin - 2.0 * (self.on_axis(0.0) - self.on_axis(self.way.length_mm))[None] * [0, 1, 0]
        ground = np.vstack([skin, deep[::-1]])
        needle = Needle(kind, *ends, head, self.theme, self.stage.units_per_mm, ground)
        self._slide(needle, self.way.stops_mm["outside"])
        needle.opacity = 0.0
        return needle

    def _named_levels(self) -> tuple[str, ...]:
        """Levels from the tip's to the one below the entry, every one."""
        low = LEVELS.index(self.anatomy.entry_level.split("_")[1])
        return LEVELS[LEVELS.index(self.anatomy.tip_level) : min(low + 2, LEVELS.index("S1"))]

    # -- points ----------------------------------------------------------------------------------

    def on_axis(self, along_mm: float) -> Point:
        """Scene point (3,) on the needle's way, so many millimetres beyond the skin."""
        return self._point(self.way.at(along_mm))

    def _point(self, point_yz: NDArray[np.float64] | tuple[float, float]) -> Point:
        return self.stage.point((0.0, float(point_yz[0]), float(point_yz[1])))

    def shot(self, stop: str, at_px: tuple[float, float], zoom: float) -> Shot:
        """Camera so near, with the needle's stop at a place of the frame (left-sided implant)."""
        middle = self.fmt.width_px / 2
        wanted = self.fmt.point(middle + self.sign * (at_px[0] - middle), at_px[1])
        centre = self.on_axis(self.way.stops_mm[stop]) - wanted / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    def naming(self, *names: str) -> Naming:
        """Return what labels name: layers beside the needle, needle, tip, cord and fluid.

        Names are those of `LAYERS`, `"entry"`, `"needle"`, `"catheter"`, `"tip"`, `"conus"`,
        `"cord"`, `"fluid"`, `"roots"`.
        """
        towards: Side = "right" if self.sign > 0 else "left"
        points = {name: self._point(self.way.beside(name)) for name in LAYERS}
        section = self.section
        points |= {
            "entry": self._point(self.way.dura),
            "needle": self.on_axis(-9.0),
            "catheter": self.on_axis(0.5 * self.way.length_mm),
            "tip": section.tip,
            "conus": section.conus,
            "cord": section.cord,
            "fluid": section.fluid,
            "roots": section.roots,
        }
        sides: dict[str, tuple[Side, ...]] = dict.fromkeys((*LAYERS, "needle"), (towards,))
        free: tuple[Side, ...] = ("above", "below", "left", "right")
        callouts = {name: Callout(points[name], sides.get(name, free)) for name in names}
        needle = np.array([self.on_axis(each) for each in (-40.0, self.way.length_mm)])
        half = np.array([0.0, px(8), 0.0])
        wide = np.vstack([needle - half, (needle + half)[::-1]])
        return Naming(callouts, figure=[self._outline()], focus=[wide])

    def _outline(self) -> Point:
        """Return the closed scene outline (N, 3) of the cut body as it is seen."""
        way, skin = self.way, self.way.skin_yz
        low = float(way.dura[1]) - _BELOW_MM
        back = skin[skin[:, 1] > low]
        deep = back - np.array([_DEEP_MM, 0.0])
        return self.section.cut.place(np.vstack([back, deep[::-1]]))
