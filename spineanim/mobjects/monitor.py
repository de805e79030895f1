"""A monitor beside the table: one calm, steady line, as a pulse is drawn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

Floats = NDArray[np.float64]

BEATS_PER_S: Final = 1.0
"""Sixty beats a minute: calm [M]."""
_ACROSS_S: Final = 4.0
"""Seconds that the line shows."""
_SAMPLES: Final = 420
_GAP: Final = 0.10
"""Share of the line that is blank before the pen."""
_PAD_PX: Final = 30.0
_TRACE_PX: Final = 4.0
_PEN_PX: Final = 6.0

# Bumps of one beat: when (share of a beat), how high, how wide; the usual shape of a pulse [M]
_BUMPS: Final = (
    (0.18, 0.12, 0.030),
    (0.285, -0.10, 0.010),
    (0.31, 1.00, 0.013),
    (0.338, -0.22, 0.012),
    (0.54, 0.22, 0.045),
)


def pulse(beats: Floats) -> Floats:
    """Height of the line, -0.3 to 1, at times counted in beats, (N,)."""
    within = beats % 1.0
    return np.asarray(
        sum(high * np.exp(-0.5 * ((within - at) / wide) ** 2) for at, high, wide in _BUMPS)
    )


class Monitor(Part):
    """A card with a steady line that a pen draws from left to right, again and again.

    Parameters
    ----------
    centre
        Scene point (3,) of its middle.
    size
        Width and height in scene units.
    words
        What stands over the line.
    theme
        Colours: roles `ink`, `medication`.

    Attributes
    ----------
    panel
        The card.
    trace
        The line and its pen, which `at_s` draws.
    """

    def __init__(self, centre: Floats, size: tuple[float, float], words: str, theme: Theme) -> None:
        self.centre, self.size = np.asarray(centre, dtype=np.float64), size
        color = theme.color
        self.panel = Panel(*size, theme).shift(self.centre)
        screen = rounded_plate(size[0] - px(28), size[1] - px(28), px(16)).shift(self.centre)
        screen.set_fill(color("ink.title"), opacity=1.0)
        style = theme.style("detail")
        ink = mix(color("medication.light"), "#FFFFFF", 0.55)
        block = TextBlock([words], style, ink, "left")
        left, top = self.centre[0] - size[0] / 2, self.centre[1] + size[1] / 2
        block.shift((left + px(_PAD_PX + 8), top - px(_PAD_PX) - px(style.size_px) * 0.8, 0.0))
        glow = color("medication.glow")
        self._line = [
            Shape(closed=False, stroke=glow, stroke_px=2.6 * _TRACE_PX, stroke_opacity=0.16),
            Shape(closed=False, stroke=color("medication.light"), stroke_px=_TRACE_PX),
        ]
        self._fading = [
            Shape(closed=False, stroke=color("medication.light"), stroke_px=_TRACE_PX,
                  stroke_opacity=0.45)
        ]  # fmt: skip
        self._pen = Shape(fill="#FFFFFF")
        self.trace = Part(*self._fading, *self._line, self._pen)
        super().__init__(self.panel.hold(screen).hold(self._grid(theme)).hold(block), self.trace)
        self.at_s(0.0)

    def at_s(self, seconds: float) -> None:
        """Draw the line as it stands after so many seconds."""
        share = np.linspace(0.0, 1.0, _SAMPLES)
        pen = (seconds / _ACROSS_S) % 1.0
        # what lies before the pen was drawn the turn before
        age = (pen - share) % 1.0
        points = self._points(share, pulse((seconds - age * _ACROSS_S) * BEATS_PER_S))
        here = self._points(np.array([pen]), pulse(np.array([seconds * BEATS_PER_S])))
        new, old = np.vstack([points[share <= pen], here]), points[share > pen + _GAP]
        for stroke in self._line:
            _lay(stroke, new)
        for stroke in self._fading:
            _lay(stroke, old)
        turns = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
        dot = np.column_stack([np.cos(turns), np.sin(turns), 0.0 * turns])
        self._pen.set_points(path_points(here[0] + px(_PEN_PX) * dot, closed=True))

    def _points(self, share: Floats, high: Floats) -> Floats:
        """Scene points (N, 3) at shares of the width and heights of the pulse."""
        wide, tall = self.size[0] - 2 * px(_PAD_PX + 8), self.size[1]
        x = self.centre[0] + (share - 0.5) * wide
        y = self.centre[1] - 0.22 * tall + 0.42 * tall * high
        return np.column_stack([x, y, np.zeros(len(share))])

    def _grid(self, theme: Theme) -> Part:
        """Faint level lines of the screen."""
        x, y = self.centre[:2]
        wide, tall = self.size[0] / 2 - px(_PAD_PX), self.size[1]
        tone = mix(theme.color("ink.title"), theme.color("medication.light"), 0.28)
        rows = [y + tall * at for at in (-0.36, -0.22, -0.08, 0.06, 0.20)]
        return Part(
            *(
                Shape(
                    np.array([[x - wide, row, 0.0], [x + wide, row, 0.0]]),
                    closed=False,
                    stroke=tone,
                    stroke_px=1.2,
                    stroke_opacity=0.6,
                )
                for row in rows
            )
        )


def _lay(stroke: Shape, points: Floats) -> None:
    if len(points) > 1:
        stroke.set_points(path_points(points, closed=False))
    else:
        stroke.clear_points()
