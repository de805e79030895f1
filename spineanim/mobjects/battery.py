"""How long a battery lasts: a gauge that empties, and a line of years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

SEGMENTS = 5
LOW_SHARE = 0.2
"""At and below this the gauge is amber: the last of its segments."""
_TURNS_OVER = 0.05
"""Charge over which it turns amber, a few frames while the years pass."""

Points = NDArray[np.float64]


def rounded_box(left: float, bottom: float, right: float, top: float, radius: float) -> Points:
    """Return the closed outline (N, 3) of a box with rounded corners."""
    radius = min(radius, (right - left) / 2, (top - bottom) / 2)
    turn = np.linspace(0.0, np.pi / 2, 9)
    corners = (
        (right - radius, top - radius, 0.0),
        (left + radius, top - radius, np.pi / 2),
        (left + radius, bottom + radius, np.pi),
        (right - radius, bottom + radius, 1.5 * np.pi),
    )
    arcs = [
        np.column_stack([x + radius * np.cos(turn + at), y + radius * np.sin(turn + at), 0 * turn])
        for x, y, at in corners
    ]
    return np.vstack(arcs)


class BatteryGauge(Part):
    """Battery symbol lying on its side, centred on the origin, full when made.

    Parameters
    ----------
    theme
        Colours: roles `panel`, `ink`, `accent` (charge) and `nerve` (low).
    height_units
        Height of the case in scene units; it is 2.1 times as long.

    Attributes
    ----------
    charge
        Level it shows, 0 to 1.
    """

    def __init__(self, theme: Theme, height_units: float) -> None:
        super().__init__()
        self.charge = 1.0
        high, wide = height_units, 2.1 * height_units
        line_px = max(0.055 * high / px(1), 2.0)
        ink = theme.color("ink.label")
        case = rounded_box(-wide / 2, -high / 2, wide / 2, high / 2, 0.24 * high)
        knob = rounded_box(
            wide / 2 + 0.07 * high, -0.2 * high, wide / 2 + 0.2 * high, 0.2 * high, 0.07 * high
        )
        self._case = Shape(case, fill=theme.color("panel.fill"), stroke=ink, stroke_px=line_px)
        self.add(Shape(knob, fill=ink), self._case)
        focus = theme.color("accent.focus")
        self._tones = (focus, mix(focus, ink, 0.5))
        self._low_tones = (theme.color("nerve.base"), theme.color("nerve.dark"))
        self._empty = mix(theme.color("panel.fill"), theme.color("panel.stroke"), 0.55)
        inset, gap = 0.15 * high, 0.06 * high
        self._slot = (wide - 2 * inset - gap * (SEGMENTS - 1)) / SEGMENTS
        self._high, self._gap, self._left = high - 2 * inset, gap, -wide / 2 + inset
        self._wells = [self._cell(index, 1.0, self._empty) for index in range(SEGMENTS)]
        self._cells = [self._cell(index, 1.0, self._empty) for index in range(SEGMENTS)]
        self.add(*self._wells, *self._cells)
        self.level(1.0)

    def _outline(self, index: int, share: float) -> Points:
        """Outline of the filled share of a segment, as if the gauge stood at the origin."""
        left = self._left + index * (self._slot + self._gap)
        radius = 0.13 * self._high
        return rounded_box(left, -self._high / 2, left + share * self._slot, self._high / 2, radius)

    def _cell(self, index: int, share: float, color: str) -> Shape:
        return Shape(self._outline(index, share), fill=color)

    def segment_shares(self, charge: float) -> tuple[float, ...]:
        """How full each segment is, 0 to 1, from the first to empty last to the first to go."""
        return tuple(float(np.clip(charge * SEGMENTS - index, 0, 1)) for index in range(SEGMENTS))

    def level(self, share: float) -> None:
        """Show a charge of 0 to 1: fewer segments, and amber for the last."""
        self.charge = float(np.clip(share, 0.0, 1.0))
        base, line = self._tone(0), self._tone(1)
        for index, filled in enumerate(self.segment_shares(self.charge)):
            cell = self._cells[index]
            if filled < 0.02:
                cell.clear_points()
                continue
            rest = self._outline(index, filled)
            cell.set_points(path_points(self._placed(rest, index), closed=True))
            cell.set_fill(base, opacity=1.0).set_stroke(line, width=px(1.4) / 0.01, opacity=0.9)

    @property
    def _warning(self) -> float:
        """How far it has turned amber, 0 to 1: wholly when only the last segment is left."""
        return float(np.clip(1.0 - (self.charge - LOW_SHARE) / _TURNS_OVER, 0.0, 1.0))

    def charge_color(self) -> str:
        """`#rrggbb` of the charge as it is shown now."""
        return self._tone(0)

    def _tone(self, index: int) -> str:
        """`#rrggbb` of the charge, 0, or its edge, 1."""
        full, low = self._tones[index], self._low_tones[index]
        return low if self._warning == 1.0 else mix(full, low, self._warning)

    def _placed(self, rest: Points, index: int) -> Points:
        """Carry an outline from the origin to where the gauge stands and as large as it is now."""
        well = self._wells[index].points
        low, high = well.min(axis=0), well.max(axis=0)
        home = self._outline(index, 1.0)
        start, end = home.min(axis=0), home.max(axis=0)
        scale = (high[0] - low[0]) / (end[0] - start[0])
        return np.asarray(low + (rest - start) * scale)


class YearsLine(Part):
    """Line of years with a tick for each label and a runner, centred on the origin.

    Parameters
    ----------
    theme
        Colours and the type style `label`.
    labels
        Words under the ticks, evenly spaced from the start to the end.
    length
        Length of the line in scene units.

    Raises
    ------
    ValueError
        There are fewer than two labels.
    """

    def __init__(self, theme: Theme, labels: Sequence[str], length: float) -> None:
        super().__init__()
        if len(labels) < 2:
            raise ValueError("a line of years needs at least two labels")
        ends = np.array([[-length / 2, 0.0, 0.0], [length / 2, 0.0, 0.0]])
        rail, done = theme.color("ink.hairline"), theme.color("accent.focus")
        self._rail = Shape(ends, closed=False, stroke=rail, stroke_px=5.0)
        self._done = Shape(closed=False, stroke=done, stroke_px=5.0)
        self.add(self._rail, self._done)
        style = theme.style("label")
        places = np.linspace(ends[0], ends[1], len(labels))
        self._ticks = [Shape(_ring(place, px(9)), fill=rail) for place in places]
        self._reached = [Part(Shape(_ring(place, px(9)), fill=done)) for place in places]
        for place, words in zip(places, labels, strict=True):
            block = TextBlock([words], style, theme.color("ink.label"), "center")
            self.add(block.shift(place - [0.0, px(26) + 0.66 * px(style.size_px), 0.0]))
        self._runner = Part(
            Shape(_ring(ends[0], px(17)), fill="#FFFFFF", stroke=done, stroke_px=5.0),
            Shape(_ring(ends[0], px(8)), fill=done),
        )
        self._runs = AtRest(self._runner, ends[0])
        self.add(*self._ticks, *self._reached, self._runner)
        self.at(0.0)

    def point_at(self, share: float) -> Points:
        """Scene point (3,) at a share 0 to 1 of the line."""
        start, end = self._rail.points[0], self._rail.points[-1]
        return np.asarray(start + (end - start) * float(np.clip(share, 0.0, 1.0)))

    @property
    def runner_point(self) -> Points:
        """Scene point (3,) of the runner's middle."""
        return np.asarray(self._runner.get_center())

    def at(self, share: float) -> None:
        """Put the runner at a share 0 to 1 of the line; what it has passed is coloured."""
        start, here = self.point_at(0.0), self.point_at(share)
        if share > 0.0:
            self._done.set_points(path_points(np.array([start, here]), closed=False))
        else:
            self._done.clear_points()
        for tick, place in zip(self._reached, np.linspace(0, 1, len(self._reached)), strict=True):
            tick.opacity = float(np.clip((share - place) * 40 + 1, 0.0, 1.0))
        self._runs.put(here)


def _ring(centre: Points, radius: float) -> Points:
    turn = np.linspace(0.0, 2 * np.pi, 33)[:-1]
    return np.asarray(centre + radius * np.column_stack([np.cos(turn), np.sin(turn), np.zeros(32)]))
