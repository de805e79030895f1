"""A label: a name beside what it names, with a thin leader and a dot that follow the camera."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme
from spineanim.mobjects.label_layout import Place
from spineanim.mobjects.label_places import NEAREST, alignment, words_room
from spineanim.mobjects.label_words import Words
from spineanim.mobjects.soft_plate import soft_plate
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Format, px

Floats = NDArray[np.float64]

LABEL_Z: Final = 1010
"""Over heading and captions, whose light and plates may reach below words but not over them."""
_CASING: Final = ("#FFFFFF", 6.2, 0.85)
_LINE_PX: Final = 2.4
_DOT_PX: Final = (8.4, 5.6)
"""Radii of the dot's white edge and of the dot."""
_LEAVES: Final = px(22)
"""A label fades over so much of its dot's way out of the frame, or under its own words."""
_SOFT: Final = px(60)
"""Over how much of a dot's way its words start to glide before it."""
_DOT_SHARE: Final = (0.0, 0.30)
_LEADER_SHARE: Final = (0.12, 0.66)
_WORDS_SHARE: Final = (0.55, 1.0)
"""When dot, leader and words come, as shares of a label's appearing."""


class Label(Part):
    """Words, leader and dot of one named thing; unseen until it is drawn.

    What it shows is a function of where the camera looks (`follow`) and of how much of it is
    drawn (`draw`), of nothing else.

    Parameters
    ----------
    text
        What it says.
    width
        Widest line of its words in scene units.
    place
        Where it stands.
    at
        Scene point (3,) that it names.
    theme
        Colours and type.
    fmt
        The frame.
    fixed
        Whether that point stands fixed in the frame.

    Attributes
    ----------
    words
        What it says, for tests.
    block, plate
        The words, and the soft plate behind them, which is clear until `back` makes it seen.
    drawn
        How much of it is drawn, 0 to 1.
    """

    def __init__(
        self,
        text: LabelText,
        width: float,
        place: Place,
        at: ArrayLike,
        theme: Theme,
        fmt: Format,
        fixed: bool = False,
    ) -> None:
        self.words, self.place, self.fmt = text, place, fmt
        self.at, self.fixed = np.asarray(at, dtype=np.float64), fixed
        self.block = Words(text, width, theme, alignment(place.side))
        left, _, right, top = place.box
        x = {-1: right, 0: (left + right) / 2, 1: left}[place.side]
        self.block.shift((x, top, 0.0))
        self.plate = Part(soft_plate(place.box, theme.rgb("panel.fill")), opacity=0.0)
        self.backing = 0.0
        white, casing_px, casing_opacity = _CASING
        ink = theme.color("ink.leader")
        self.lines = (
            Shape(closed=False, stroke=white, stroke_px=casing_px, stroke_opacity=casing_opacity),
            Shape(closed=False, stroke=ink, stroke_px=_LINE_PX),
        )
        self.dots = (Shape(fill=white), Shape(fill=theme.color("accent.focus")))
        super().__init__(
            self.plate, *self.lines, self.block, *self.dots, opacity=0.0, fixed_in_frame=True
        )
        self.set_z_index(LABEL_Z)
        self.drawn = 0.0
        self.dot_at = np.array([*place.course[2], 0.0])
        start, _, end = place.course
        self._out = np.array([place.side, 0.0 if place.side else np.sign(start[1] - end[1])])
        self._at_rest = [
            (each, each.points.copy())
            for each in (*self.block.get_family(), *self.plate.get_family())
            if len(each.points)
        ]

    # -- states ----------------------------------------------------------------------------------

    def draw(self, share: float) -> None:
        """Draw a share of it: the dot, then the leader from there, at last the words."""
        if share != self.drawn:
            self.drawn = share
            self._lay()

    def follow(self, centre: Floats, zoom: float) -> None:
        """Keep dot and leader on the thing; the words stay, and glide only before their dot.

        Parameters
        ----------
        centre
            Scene point (3,) in the middle of the frame.
        zoom
            How much nearer than the whole stage the camera is.
        """
        if not self.fixed:
            dot_at = (self.at - centre) * zoom
            if not np.array_equal(dot_at, self.dot_at):  # by however little: it may add up
                self.dot_at = dot_at
                self._lay()

    def back(self, opacity: float) -> None:
        """Put the soft plate behind the words, as solid as they need."""
        self.backing = opacity
        self._lay()

    @property
    def presence(self) -> float:
        """Share 0 to 1 left of a label whose target leaves the frame or goes under its words."""
        inside = float((self.fmt.half - np.abs(self.dot_at[:2])).min())
        away = self._reach() + self._glide() - px(24)
        return float(np.clip(min(inside, away) / _LEAVES, 0.0, 1.0))

    def _reach(self) -> float:
        """How far the dot lies before the start of the leader as it was laid out."""
        return float(self._out @ (self.place.course[0] - self.dot_at[:2]))

    def _glide(self) -> float:
        """How far the words have moved on, so as not to be overrun by their dot."""
        start, _, end = self.place.course
        slack = float(self._out @ (start - end)) - NEAREST
        over, soft = NEAREST - self._reach(), max(min(slack, _SOFT), 1e-9)
        push = over if over > soft else max(over + soft, 0.0) ** 2 / (4.0 * soft)
        room = np.array(words_room(self.fmt))
        low, high = room[:2] - self.place.box[:2], room[2:] - self.place.box[2:]
        free = float(self._out @ np.where(self._out > 0.0, high, low))
        return min(push, max(free, 0.0))

    # -- drawing ---------------------------------------------------------------------------------

    def _lay(self) -> None:
        """Lay dot, leader and words as the state wants them."""
        self.opacity = self.presence if self.drawn > 0.0 else 0.0
        if self.opacity == 0.0:
            return
        grown = _within(self.drawn, *_DOT_SHARE)
        for dot, radius_px in zip(self.dots, _DOT_PX, strict=True):
            dot.set_points(path_points(ring(self.dot_at, radius_px * grown), closed=True))
        shift = self._glide() * self._out
        course = self._course(_within(self.drawn, *_LEADER_SHARE), shift)
        for line in self.lines:
            line.set_points(path_points(course, closed=False))
        for each, points in self._at_rest:
            each.set_points(points + np.append(shift, 0.0))
        self.block.opacity = _within(self.drawn, *_WORDS_SHARE)
        self.plate.opacity = self.backing * self.block.opacity

    def _course(self, share: float, shift: Floats) -> Floats:
        """Leader from the dot as far as a share of its length (N, 2)."""
        start, bend = self.place.course[0] + shift, self._bend(shift)
        ends = np.array([self.dot_at[:2], bend, start])
        lengths = np.hypot(*np.diff(ends, axis=0).T)
        left = share * float(lengths.sum())
        if left <= lengths[0]:
            return np.array([ends[0], _towards(ends[0], ends[1], left, lengths[0])])
        return np.array([*ends[:2], _towards(ends[1], ends[2], left - lengths[0], lengths[1])])

    def _bend(self, shift: Floats) -> Floats:
        """Where the leader bends: it never runs back past its own dot."""
        start, bend = self.place.course[:2] + shift
        side = self.place.side
        if side == 0:
            return np.asarray((start + self.dot_at[:2]) / 2)
        x = side * max(side * bend[0], min(side * self.dot_at[0], side * start[0]))
        return np.array([x, bend[1]])


def _within(share: float, start: float, end: float) -> float:
    """Smooth step from 0 at `start` to 1 at `end`."""
    way = min(max((share - start) / (end - start), 0.0), 1.0)
    return way * way * (3.0 - 2.0 * way)


def _towards(start: Floats, end: Floats, far: float, whole: float) -> Floats:
    return np.asarray(start + (end - start) * min(far / max(whole, 1e-9), 1.0))


def ring(centre: Floats, radius_px: float) -> Floats:
    """Return the points (32, 3) of a circle, its radius in pixels at 1080 lines."""
    angles = np.linspace(0.0, 2.0 * np.pi, 33)[:-1]
    turn = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(len(angles))])
    return np.asarray(np.asarray(centre) + px(radius_px) * turn)
