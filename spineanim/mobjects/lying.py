"""Lying on the side, knees drawn up: the lower back opens, and the needle's place is marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.canal import CONUS_STATION, Canal, station
from spineanim.geometry.curves import resample, smooth
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.figure import placed
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.table import OperatingTable
from spineanim.picture.lying_light import outlines
from spineanim.picture.other_side import lying_from
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Format, Shot, Stage, px

Point = NDArray[np.float64]

_FOCUS_YZ: Final = (10.0, 95.0)
_AT_PX: Final = ((1010.0, 380.0), (520.0, 400.0), (520.0, 700.0))
_PX_PER_MM: Final = (1.08, 0.62, 0.62)
"""Where the loin stands in a wide, a square and a tall frame, and the scale."""
_NEAR_ZOOM: Final = (1.75, 2.5, 2.5)
_LYING_STRAIGHT: Final = replace(SIDE_LYING_FLEXED, sacral_slope_deg=25.0, lumbar_lordosis_deg=36.8)
"""On the side with straight legs: lordosis 36.8 degrees lying [31], slope D."""
_LOWEST, _HIGHEST = "L5", "T10"
_CORD_FROM: Final = "T6"
_RING_PX: Final = 20.0
_CURVE_PX: Final = 7.0
_SAMPLES: Final = 60
_CORD_FADE: Final = 0.45
"""The cord fades in over this share of its drawn length, from the head's end."""


class LyingPlate(Part):
    """The patient on the side, seen from above; head to the left for a left-sided implant.

    Attributes
    ----------
    curve
        Line along the lower back; `flatten` opens it. Unseen at first.
    cord
        The end of the spinal cord under the skin; unseen at first.
    mark
        Ring at the needle's place; unseen at first.
    near_shot
        Camera near the lower back.
    site
        Scene point (3,) of the needle's place.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.theme, self.fmt, self.sign = theme, fmt, parameters.anatomy.sign
        self.entry_level = parameters.anatomy.entry_level
        factor = parameters.anatomy.stature_factor
        self.spine = Spine(SIDE_LYING_FLEXED, factor)
        self.canal = Canal(self.spine)
        view = View("side_lying", (0.0, 0.0, -self.sign), (0.0, 1.0, 0.0))
        x_px, y_px = fmt.pick(*_AT_PX)
        middle = fmt.width_px / 2
        at = fmt.point(middle + self.sign * (x_px - middle), y_px)
        scale = px(fmt.pick(*_PX_PER_MM))
        place = (float(at[0]), float(at[1]))
        self.stage = Stage(view, (0.0, *_FOCUS_YZ), scale, place, fmt=fmt)
        self.outlines = [self.stage.plane(each) for each in outlines(self.spine, view)]
        self.near_zoom = fmt.pick(*_NEAR_ZOOM)
        sharp = self.near_zoom * self.stage.pixels_per_mm
        window = self.stage.frame_box_mm()
        whole, _ = lying_from(self.spine, theme, sharp, window_mm=window, view=view)
        self.person = placed(whole, self.stage)
        self.cord = Part(self._cord(), opacity=0.0)
        self.lines = self._lines(factor)
        self.curve = self._curve()
        self.mark = self._mark()
        super().__init__(self._table(), self.person, self.cord, self.curve, self.mark)
        self.flatten(0.0)

    # -- states ----------------------------------------------------------------------------------

    def flatten(self, share: float) -> None:
        """Let the curve of the lower back open, from hollow to nearly flat."""
        hollow, flat = self.lines
        line = hollow + (flat - hollow) * share
        for stroke in self.curve.submobjects:
            stroke.set_points(path_points(line, closed=False))

    # -- parts -----------------------------------------------------------------------------------

    def _lines(self, factor: float) -> tuple[Point, Point]:
        """Line through the bodies (N, 3) with straight legs, and now; both pass the same sacrum."""
        found = []
        first, last = LEVELS.index(_HIGHEST), LEVELS.index(_LOWEST)
        for alignment in (_LYING_STRAIGHT, SIDE_LYING_FLEXED):
            spine = Spine(alignment, factor)
            middles = [spine.frame(each).centre for each in LEVELS[first : last + 2]]
            line = resample(smooth(np.array(middles), samples=12), _SAMPLES)
            found.append(self.stage(np.column_stack([np.zeros(len(line)), line])))
        hollow, flat = found
        return hollow + (flat[-1] - hollow[-1]), flat

    def _curve(self) -> Part:
        focus = self.theme.color("accent.focus")
        strokes = ((_CURVE_PX + 5.0, "#FFFFFF", 0.80), (_CURVE_PX, focus, 1.0))
        return Part(
            *(
                Shape(closed=False, stroke=color, stroke_px=width, stroke_opacity=opacity)
                for width, color, opacity in strokes
            ),
            opacity=0.0,
        )

    def _cord(self) -> Part:
        """Draw the cord down to its end, as it would shimmer through."""
        color = self.theme.color
        front, back = (
            self.stage(np.column_stack([np.zeros(len(edge)), edge]))
            for edge in (
                self.canal.curve(offsets, station(_CORD_FROM), CONUS_STATION)
                for offsets in self.canal.cord_offsets
            )
        )
        outline = np.vstack([front, back[::-1]])
        body = Shape(outline)
        tone = color("cord.base")
        stops = ((0.0, tone, 0.0), (_CORD_FADE, tone, 0.95), (1.0, tone, 1.0))
        body.with_gradient("linear", front[0], front[-1], stops)
        line = color("cord.line")
        grown = np.vstack([front + (front - back) * 0.14, (back + (back - front) * 0.14)[::-1]])
        edge = Shape(grown)
        edge.with_gradient(
            "linear",
            front[0],
            front[-1],
            ((0.0, line, 0.0), (_CORD_FADE, line, 0.7), (1.0, line, 0.8)),
        )
        late = int(_CORD_FADE * len(front))
        light = back[late:-4] + 0.3 * (front - back)[late:-4]
        shine = color("cord.light")
        return Part(edge, body, Shape(light, closed=False, stroke=shine, stroke_px=1.6))

    def _mark(self) -> Part:
        """Ring at the needle's place."""
        turns = np.linspace(0.0, 2 * np.pi, 49)[:-1]
        ring = self.site + px(_RING_PX) / self.near_zoom * np.column_stack(
            [np.cos(turns), np.sin(turns), 0 * turns]
        )
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(ring, fill="#FFFFFF", fill_opacity=0.35, stroke="#FFFFFF", stroke_px=7.0),
            Shape(ring, stroke=focus, stroke_px=4.0),
            opacity=0.0,
        )

    def _table(self) -> OperatingTable:
        """Pad and pillow under the body."""
        trunk = self.outlines[0]
        end = trunk[np.argmin(self.sign * trunk[:, 0]), 0]
        head = trunk[np.abs(trunk[:, 0] - end) < self.stage.length(205.0)]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        size = (self.stage.length(290.0), self.stage.length(300.0))
        return OperatingTable(self.outlines, middle, size, self.theme, self.fmt)

    # -- points ----------------------------------------------------------------------------------

    @property
    def site(self) -> Point:
        """Gap between the laminae that the needle goes through."""
        at = station(self.entry_level)
        y, z = self.canal.place(at, self.canal.offsets_at(at)["back_wall"] + 4.0)
        return self.stage.point((0.0, float(y), float(z)))

    @property
    def near_shot(self) -> Shot:
        """The lower back, close, a little above the middle of the frame."""
        x_px, y_px = self.fmt.pick((1010.0, 380.0), (560.0, 480.0), (560.0, 800.0))
        middle = self.fmt.width_px / 2
        wanted = self.fmt.point(middle + self.sign * (x_px - middle), y_px)
        centre = self.site - wanted / self.near_zoom
        return Shot((float(centre[0]), float(centre[1])), self.near_zoom)

    def naming(self) -> Naming:
        """Return what labels name: the needle's place, and the end of the cord."""
        conus = self.stage.point((0.0, *map(float, self.canal.conus_tip())))
        away: tuple[Side, ...] = ("above", "right") if self.sign > 0 else ("above", "left")
        callouts = {"site": Callout(self.site, away), "cord": Callout(conus, ("below", "above"))}
        return Naming(callouts, figure=self.outlines)
