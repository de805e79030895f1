"""A section across the body beside the cut column, and the line that joins the two."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import resample
from spineanim.geometry.params import Side
from spineanim.mobjects.axial import AxialSection
from spineanim.mobjects.framing import seen_in
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.label_places import Side as LabelSide
from spineanim.mobjects.persons import level_cut
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

# Middle of the section in the frame, its scale, and how far it is drawn to the sides, up and down
_MIDDLE_PX: Final = ((1330.0, 452.0), (748.0, 525.0), (540.0, 1190.0))
_PX_PER_MM: Final = (11.4, 8.2, 12.4)
_REACH_MM: Final = ((25.0, 31.0), (33.0, 32.0), (33.0, 32.0))
_SIDES: Final[Mapping[str, tuple[tuple[LabelSide, ...], ...]]] = MappingProxyType(
    {
        "cord": (("right",), ("above",), ("above",)),
        "fluid": (("right",), ("below",), ("below",)),
        "dura": (("right",), ("below",), ("left", "right")),
    }
)
"""Where words stand: beside the section where there is room, else on bone and muscle."""
_NERVE_MM: Final = 2.2
_FOCUS_MM: Final = 9.0
"""The focus lies so far behind the front wall of the canal."""
_LIGHT: Final = 0.72
_BEYOND_MM: Final = (6.0, 46.0)
"""The line across the column reaches so far before the body and behind the canal."""
_FADED_PX: Final = 16.0
"""The line ends so far within the faded edge of the section."""
_LINE_PX: Final = 5.0
_CASING_PX: Final = 10.0
_WORD_PX: Final = 34.0
_GROUND_PX: Final = (720.0, 850.0)
_GROUND: Final = 1.0
"""Heights in a tall frame between which the calm ground grows, and its opacity."""


class AcrossLevel(Part):
    """The body cut across at a level, seen from above; stands fixed in the frame.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    side_stage
        Where the column stands, seen from the side.
    shot
        How the camera sees it.
    level
        Where the body is cut.
    words
        For the front and the back of the section.

    Attributes
    ----------
    axial, ends
        The section; the words at its front and back.
    ground
        Where the section stands below the column: calm ground over the rest of it.
    light
        Light in the intrathecal space; unseen at first.
    link
        Dashed line across the column, led on to the section.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        side_stage: Stage,
        shot: Shot,
        level: str,
        words: tuple[str, str],
    ) -> None:
        self.cut = cut = level_cut(parameters, level)
        focus = np.array([0.0, *cut.body.canal.place(cut.station, _FOCUS_MM)])
        at = fmt.point(*fmt.pick(*_MIDDLE_PX))
        stage = Stage(cut.view, tuple(focus), px(fmt.pick(*_PX_PER_MM)), tuple(at[:2]), fmt=fmt)
        self.reach_mm = fmt.pick(*_REACH_MM)
        self.axial = AxialSection(cut, theme, stage, self.reach_mm, fade_mm=5.0)
        fill = Shape(self.axial.fluid().points[::4], fill=theme.color("csf.light"))
        fill.set_fill(opacity=_LIGHT)
        rim = Shape(stage.plane(cut.sac_outline), stroke=theme.color("accent.focus"), stroke_px=4.0)
        self.light = Part(fill, rim, opacity=0.0)
        self.axial.put_in_fluid(self.light)
        self.link = self._link(seen_in(shot, self._across(side_stage)), stage, theme)
        self.ends = self._ends(words, stage, theme)
        self.axial.opacity = 0.0
        self.ground = self._ground(theme, fmt)
        super().__init__(self.ground, self.link, self.axial, self.ends, fixed_in_frame=True)

    def _ground(self, theme: Theme, fmt: Format) -> Part:
        """Calm ground over the lower part of a tall frame; nothing in the others."""
        found = Part(opacity=0.0)
        heights_px = fmt.pick(None, None, _GROUND_PX)
        if heights_px is None:
            return found
        top, full = (fmt.point(0.0, each) for each in heights_px)
        corner = fmt.point(fmt.width_px, fmt.height_px)
        ring = [top, [corner[0], top[1], 0.0], corner, [top[0], corner[1], 0.0]]
        ink = theme.color("background.bottom")
        stops = ((0.0, ink, 0.0), (1.0, ink, _GROUND))
        return found.add(Shape(np.array(ring)).with_gradient("linear", top, full, stops))

    def _across(self, side: Stage) -> Point:
        """Line (2, 3) across the column in the plane of the section."""
        back = -np.array(self.cut.view.up)
        here = np.array([0.0, *self.cut.body.canal.place(self.cut.station, 0.0)])
        deep = 2.0 * self.cut.body.spine.frame(self.cut.level).half_depth_mm
        before, behind = _BEYOND_MM
        return side(np.array([here - (deep + before) * back, here + behind * back]))

    def _link(self, across: Point, stage: Stage, theme: Theme) -> Part:
        """Line across the column, then on to the edge of the section."""
        middle = stage.plane(stage.view.project(np.array([stage.focus_mm])))[0]
        wide, high = (stage.length(each) - px(_FADED_PX) for each in self.reach_mm)
        bend = across[1]
        if bend[0] < middle[0] - wide:  # the section stands beside the column, else below it
            y = float(np.clip(bend[1], middle[1] - high, middle[1] + high))
            end = np.array([middle[0] - wide, y, 0.0])
        else:
            x = float(np.clip(bend[0], middle[0] - wide, middle[0] + wide))
            end = np.array([x, middle[1] + high, 0.0])
        self.course = resample(np.vstack([across, end[None]]), 90)
        focus = theme.color("accent.focus")
        self.lines = (
            Shape(closed=False, stroke="#FFFFFF", stroke_px=_CASING_PX, stroke_opacity=0.8),
            Shape(closed=False, stroke=focus, stroke_px=_LINE_PX).dashed(17, 11),
        )
        link = Part(*self.lines, opacity=0.0)
        return link

    def draw_link(self, share: float) -> None:
        """Draw the line from the front of the column to the section."""
        self.link.opacity = 1.0 if share > 0.0 else 0.0
        count = max(round(share * (len(self.course) - 1)) + 1, 2)
        for line in self.lines:
            line.set_points(path_points(self.course[:count], closed=False))

    def _ends(self, words: tuple[str, str], stage: Stage, theme: Theme) -> Part:
        """Words above the front and below the back of the section."""
        style = theme.style("detail")
        middle = stage.plane(stage.view.project(np.array([stage.focus_mm])))[0]
        reach = stage.length(self.reach_mm[1])
        found = Part(opacity=0.0)
        for text, way in zip(words, (1.0, -1.0), strict=True):
            block = TextBlock([text], style, theme.color(style.color), align="center")
            rise = way * (reach + px(_WORD_PX) * 0.3) - block.middle_units
            found.add(block.shift(middle + np.array([0.0, rise, 0.0])))
        return found

    def naming(self) -> Naming:
        """Return what labels name on the section."""
        sides: tuple[Side, ...] = ("left", "right")
        found = {
            name: np.array([self.axial.point(name, side) for side in sides])
            for name in ("fluid", "cord", "dura")
        }
        callouts = {
            name: Callout(at, self.axial.stage.fmt.pick(*_SIDES[name]), fixed=True)
            for name, at in found.items()
        }
        focus = [self.axial.fluid().points[::4], *(self._nerve(side) for side in sides)]
        # only a wide frame has room for words beside the section
        figure = self.axial.stage.fmt.pick([self._outline()], [], [])
        return Naming(callouts, figure=figure, focus=focus, fixed=True)

    def _nerve(self, side: Side) -> Point:
        """Outline (N, 3) of the nerve of a side, that words keep off."""
        way = self.cut.nerve_way(side)
        way = way[np.abs(way[:, 0]) < self.axial.shown_mm]
        up = np.array([0.0, _NERVE_MM])
        return self.axial.place(np.vstack([way + up, (way - up)[::-1]]))

    def _outline(self) -> Point:
        """Corners (4, 3) of the picture."""
        stage = self.axial.stage
        middle = stage.plane(stage.view.project(np.array([stage.focus_mm])))[0]
        wide, high = (stage.length(each) - px(_FADED_PX) for each in self.reach_mm)
        corners = [(-wide, high, 0.0), (wide, high, 0.0), (wide, -high, 0.0), (-wide, -high, 0.0)]
        return np.asarray(middle + np.array(corners))
