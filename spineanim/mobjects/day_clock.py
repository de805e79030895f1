"""A day's doses on a dial of 24 hours: noon on top with a sun, midnight below with a moon."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Handle, Part, Shape, mix, path_points
from spineanim.stage import px

Point = NDArray[np.float64]

_HOURS: Final = 24
_EXTRA: Final = (8, 14, 20)
"""Hours whose programmed dose is a little larger, as an example of a schedule [D]."""
_BASE: Final = 0.11
_MORE: Final = 0.19
"""Length of a dose's bar in radii of the dial, by its size."""
_INNER: Final = 0.70
_HALF_DEG: Final = 4.6
_POINTER: Final = ((0.0, 0.675), (0.42, 0.59), (-0.42, 0.59))
"""Corners of the pointer: hours before and after the time, and reach in radii."""
_WEEKS: Final = (0.62, 1.22, 0.86, 1.0)
"""Doses as they are adjusted over days to weeks, against the last [D, drawn]."""


class DayClock(Part):
    """A dial with a bar for the dose of every hour, centred on the origin.

    Parameters
    ----------
    theme
        Colours.
    radius
        Of the dial, in scene units.

    words
        Stand in its middle.
    """

    def __init__(self, theme: Theme, radius: float, words: str) -> None:
        self.radius, self.theme = radius, theme
        style = theme.style("label")
        text = TextBlock([words], style, theme.color(style.color), "center")
        text.shift((0.0, -text.middle_units, 0.0))
        self._anchor = Handle()
        self._anchor.set_points(path_points(np.zeros((2, 3)), closed=False))
        self._way, self._dose = 0.0, _WEEKS[0]
        color = theme.color
        face = circle(np.zeros(3), radius)
        night = mix(color("ink.label"), color("panel.fill"), 0.72)
        shade = Shape(face).with_gradient(
            "linear",
            (0.0, radius, 0.0),
            (0.0, -radius, 0.0),
            ((0.0, "#FFFFFF", 1.0), (0.45, "#FFFFFF", 1.0), (1.0, night, 1.0)),
        )
        shadow = Part(
            *(
                Shape(
                    circle(np.array([px(3), -px(7), 0.0]), radius + px(reach)),
                    fill=color("panel.shadow"),
                    fill_opacity=0.028,
                )
                for reach in range(4, 26, 3)
            )
        )
        rim = Shape(face, stroke=color("panel.stroke"), stroke_px=3.0)
        ticks = [self._tick(hour) for hour in range(_HOURS)]
        wells = [self._bar_shape(color("panel.stroke"), 0.55) for _ in range(_HOURS)]
        self._wells = wells
        self._bars = [self._bar_shape(color("medication.base"), 1.0) for _ in range(_HOURS)]
        self._hand = Shape(fill=color("ink.label"))
        super().__init__(
            shadow,
            shade,
            rim,
            *ticks,
            *wells,
            *self._bars,
            _sun(theme, radius),
            _moon(theme, radius),
            text,
            self._anchor,
            self._hand,
        )
        self._lay()

    def turn(self, share: float) -> None:
        """Let a day pass, from midnight to midnight: the doses of the hours passed are given."""
        self._way = share
        self._lay()

    def adjust(self, share: float) -> None:
        """Let the dose be adjusted, more, less, until it suits."""
        self._dose = float(np.interp(share, np.linspace(0.0, 1.0, len(_WEEKS)), _WEEKS))
        self._lay()

    def _tick(self, hour: int) -> Shape:
        long = 0.055 if hour % 6 == 0 else 0.028
        ends = np.array([_on_dial(hour, 0.965), _on_dial(hour, 0.965 - long)]) * self.radius
        width = 4.0 if hour % 6 == 0 else 2.2
        return Shape(ends, closed=False, stroke=self.theme.color("ink.leader"), stroke_px=width)

    def _bar_shape(self, color: str, opacity: float) -> Shape:
        return Shape(fill=color, fill_opacity=opacity)

    def _lay(self) -> None:
        """Put bars and hand where they are now."""
        centre = self._anchor.points[0]
        given = self._way * _HOURS
        for hour in range(_HOURS):
            size = (_MORE if hour in _EXTRA else _BASE) * self._dose
            whole = centre + self.radius * _sector(hour, _INNER, size)
            self._wells[hour].set_points(path_points(whole, closed=True))
            grown = float(np.clip(given - hour, 0.0, 1.0))
            if grown > 0.0:
                part = centre + self.radius * _sector(hour, _INNER, size * grown)
                self._bars[hour].set_points(path_points(part, closed=True))
            else:
                self._bars[hour].clear_points()
        sides = [_on_dial(given + turn, reach) for turn, reach in _POINTER]
        self._hand.set_points(path_points(centre + self.radius * np.array(sides), closed=True))

    @property
    def dial_centre(self) -> Point:
        """Scene point (3,) of the dial's middle."""
        return np.asarray(self._anchor.points[0].copy())

    def dose_points(self) -> Point:
        """Scene points (N, 3) on the larger doses."""
        reach = _INNER + 0.5 * _MORE
        places = [_on_dial(hour + 0.5, reach) for hour in _EXTRA]
        return np.asarray(self._anchor.points[0] + self.radius * np.array(places))


def _on_dial(hour: float, reach: float) -> Point:
    """Point (3,) of the unit dial: midnight below, clockwise."""
    turn = 2.0 * np.pi * hour / _HOURS
    return reach * np.array([-np.sin(turn), -np.cos(turn), 0.0])


def _sector(hour: int, inner: float, long: float) -> Point:
    """Outline (N, 3) of an hour's bar, outwards from a ring."""
    middle = hour + 0.5
    half = _HALF_DEG / 360.0 * _HOURS
    steps = np.linspace(-half, half, 7)
    low = [_on_dial(middle + each, inner) for each in steps]
    high = [_on_dial(middle + each, inner + long) for each in steps[::-1]]
    return np.array([*low, *high])


def _sun(theme: Theme, radius: float) -> Part:
    """Draw a small sun under noon."""
    centre, size = np.array([0.0, 0.40 * radius, 0.0]), 0.085 * radius
    color = theme.color("nerve.base")
    rays = []
    for turn in np.linspace(0.0, 2.0 * np.pi, 9)[:-1]:
        way = np.array([np.cos(turn), np.sin(turn), 0.0])
        ends = centre + np.outer([1.45 * size, 2.0 * size], way)
        rays.append(Shape(ends, closed=False, stroke=color, stroke_px=4.5))
    return Part(Shape(circle(centre, size), fill=color), *rays)


def _moon(theme: Theme, radius: float) -> Shape:
    """Draw a small crescent over midnight."""
    centre, size = np.array([0.0, -0.36 * radius, 0.0]), 0.115 * radius
    outer = np.radians(np.linspace(60.0, 300.0, 40))
    line = np.column_stack([np.cos(outer), np.sin(outer), 0.0 * outer])
    inner = np.linspace(line[-1], line[0], 30)
    bow = np.sin(np.linspace(0.0, np.pi, 30))[:, None] * np.array([-0.62, 0.0, 0.0])
    return Shape(centre + size * np.vstack([line, inner + bow]), fill=theme.color("ink.secondary"))
