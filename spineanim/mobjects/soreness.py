"""Soreness of the first days: warm light and a little swelling at a cut, and how both fade."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

Point = NDArray[np.float64]

_REACH: Final = 1.5
"""How far the warm light reaches, in half lengths of the cut."""
_LEAST_PX: Final = 74.0
_SWELLS_PX: Final = 14.0
"""Height of the swelling on the first day."""
_DAYS: Final = 7
_LEFT_OVER: Final = 0.06
"""Soreness of the last day of the line, as a share of the first day's."""


class SoreSpot(Part):
    """A cut that is sore: a soft warm light, and skin that is raised a little.

    Parameters
    ----------
    course
        Scene points (N, 3) of the cut along the edge of the skin.
    out
        Way out of the body: +1 to the right, -1 to the left.
    theme
        Colours: roles `pain` and `skin`.
    """

    def __init__(self, course: Point, out: float, theme: Theme) -> None:
        self._course, self._out = course, np.array([out, 0.0, 0.0])
        centre = course.mean(axis=0)
        half = float(np.ptp(course[:, 1])) / 2
        reach = max(_REACH * half, px(_LEAST_PX))
        glow = theme.color("pain.glow")
        stops = ((0.0, glow, 0.80), (0.35, glow, 0.52), (0.7, glow, 0.16), (1.0, glow, 0.0))
        light = Shape(circle(centre, reach)).with_gradient(
            "radial", centre, centre + np.array([reach, 0.0, 0.0]), stops
        )
        warm = mix(theme.color("skin.base"), glow, 0.22)
        self.light = Part(light)
        self.swelling = Shape(fill=warm, stroke=theme.color("skin.line"), stroke_px=1.6)
        self.swelling.set_stroke(opacity=0.75)
        super().__init__(self.swelling, self.light)
        self.ease_off(0.0)

    def ease_off(self, share: float) -> None:
        """Let light and swelling go: all there at 0, nothing at 1."""
        self.light.opacity = 1.0 - share
        way = np.linspace(0.0, 1.0, len(self._course))[:, None]
        rise = px(_SWELLS_PX) * (1.0 - share) * np.sin(np.pi * way) ** 1.5
        inner = self._course - self._out * px(5.0) * np.sin(np.pi * way) ** 0.5
        outline = np.vstack([self._course + self._out * rise, inner[::-1]])
        self.swelling.set_points(path_points(outline, closed=True))
        self.swelling.set_fill(opacity=1.0 - share**4).set_stroke(opacity=0.75 * (1.0 - share**4))


class SoreDays(Part):
    """Columns that get lower from day to day, centred on the origin.

    Parameters
    ----------
    theme
        Colours and type.
    title
        What gets less.
    ends
        Words under the first and the last day.
    length
        Width in scene units.
    """

    def __init__(self, theme: Theme, title: str, ends: tuple[str, str], length: float) -> None:
        self.theme = theme
        high, step = 0.46 * length, length / _DAYS
        left = -length / 2 + step * np.arange(_DAYS)
        share = np.linspace(0.0, 1.0, _DAYS)
        self._tall = high * (_LEFT_OVER + (1.0 - _LEFT_OVER) * (1.0 - share) ** 1.6)
        self._boxes = [(at + 0.16 * step, at + 0.84 * step) for at in left]
        warm, pale = theme.color("pain.light"), theme.color("panel.stroke")
        rail, ink = theme.color("ink.hairline"), theme.color("ink.label")
        self._columns = [
            Part(Shape(fill=mix(warm, pale, float(at) ** 0.7), stroke=rail, stroke_px=1.2))
            for at in share
        ]
        floor = np.array([[-length / 2, 0.0, 0.0], [length / 2, 0.0, 0.0]])
        name = TextBlock([title], theme.style("label"), ink)
        name.shift((-length / 2, high + px(34), 0.0))
        style = theme.style("detail")
        color = theme.color(style.color)
        drop = px(20) + 0.66 * px(style.size_px)
        first = TextBlock([ends[0]], style, color).shift((-length / 2, -drop, 0.0))
        last = TextBlock([ends[1]], style, color, "right").shift((length / 2, -drop, 0.0))
        line = Shape(floor, closed=False, stroke=rail, stroke_px=4.0)
        super().__init__(*self._columns, line, name, first, last, opacity=0.0)
        self._floor = line
        self.at(0.0)

    def at(self, share: float) -> None:
        """Show the days that have passed: the first at 0, all of them at 1."""
        origin = self._floor.points.mean(axis=0)
        passed = 1.0 + share * (_DAYS - 1)
        for number, (column, (left, right), tall) in enumerate(
            zip(self._columns, self._boxes, self._tall, strict=True)
        ):
            grown = float(np.clip(passed - number, 0.0, 1.0))
            column.opacity = grown
            top = max(tall * grown, px(2))
            box = rounded_box(left, 0.0, right, top, px(8))
            column.submobjects[0].set_points(path_points(origin + box, closed=True))
