"""Small signs for a card: fever, redness of a wound, headache, a beeping pump, a talk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.artwork import in_place_of
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.magnifier import circle
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import px

Point = NDArray[np.float64]
Sign = Callable[[Theme, Point, float], Part]
"""Makes a sign at a scene point (3,), of a size in scene units."""

_LINE: Final = 0.055
"""Width of lines in the size of a sign."""


def _replaceable(part: str) -> Callable[[Sign], Sign]:
    """Have a sign replaced by the artwork for a part, if a project has any."""

    def with_artwork(sign: Sign) -> Sign:
        @wraps(sign)
        def drawn(theme: Theme, at: Point, size: float) -> Part:
            return in_place_of(part, theme, sign(theme, at, size), (at, size, size))

        return drawn

    return with_artwork


def _line(spots: list[tuple[float, float]], at: Point, size: float, color: str) -> Shape:
    points = at + size * np.array([(x, y, 0.0) for x, y in spots])
    return Shape(points, closed=False, stroke=color, stroke_px=_LINE * size / px(1))


def _disc(x: float, y: float, radius: float, at: Point, size: float, fill: str) -> Shape:
    return Shape(circle(at + size * np.array([x, y, 0.0]), radius * size), fill=fill)


@_replaceable("icon.fever")
def fever(theme: Theme, at: Point, size: float) -> Part:
    """Draw a thermometer that stands high."""
    ink, warm = theme.color("ink.label"), theme.color("incision.base")
    width = _LINE * size / px(1)
    stem = at + size * rounded_box(-0.13, -0.25, 0.13, 0.5, 0.13)
    column = at + size * rounded_box(-0.05, -0.3, 0.05, 0.34, 0.05)
    marks = [_line([(0.24, y), (0.36, y)], at, size, ink) for y in (0.0, 0.16, 0.32)]
    return Part(
        Shape(stem, fill="#FFFFFF", stroke=ink, stroke_px=width),
        Shape(
            circle(at - [0.0, 0.3 * size, 0.0], 0.21 * size), fill=warm, stroke=ink, stroke_px=width
        ),
        Shape(column, fill=warm),
        *marks,
    )


@_replaceable("icon.redness")
def red_wound(theme: Theme, at: Point, size: float) -> Part:
    """Draw a closed cut on skin, with redness round it."""
    skin, red = theme.color("skin.base"), theme.color("incision.base")
    reach = np.array([0.42 * size, 0.0, 0.0])
    stops = ((0.0, red, 0.85), (0.4, red, 0.5), (1.0, red, 0.0))
    glow = Shape(circle(at, 0.42 * size)).with_gradient("radial", at, at + reach, stops)
    thread = theme.color("incision.line")
    stitches = [_line([(x, -0.12), (x, 0.12)], at, size, thread) for x in (-0.2, 0.0, 0.2)]
    ground = Shape(
        circle(at, 0.48 * size), fill=skin, stroke=theme.color("skin.line"), stroke_px=2.0
    )
    return Part(ground, glow, _line([(-0.3, 0.0), (0.3, 0.0)], at, size, red), *stitches)


@_replaceable("icon.headache")
def headache(theme: Theme, at: Point, size: float) -> Part:
    """Draw a head and shoulders with sharp strokes at the brow."""
    focus, pain = theme.color("accent.focus"), theme.color("pain.base")
    shoulders = at + size * np.array(
        [(0.40 * np.cos(t), -0.50 + 0.34 * np.sin(t), 0.0) for t in np.linspace(0.0, np.pi, 40)]
    )
    strokes = []
    for turn in np.radians((35.0, 90.0, 145.0)):
        way = np.array([np.cos(turn), np.sin(turn)])
        side = np.array([-way[1], way[0]])
        spots = [way * 0.34, way * 0.42 + side * 0.05, way * 0.45 - side * 0.04, way * 0.55]
        strokes.append(_line([(float(x), float(y) + 0.09) for x, y in spots], at, size, pain))
    return Part(Shape(shoulders, fill=focus), _disc(0.0, 0.09, 0.23, at, size, focus), *strokes)


@_replaceable("icon.beeps")
def beeps(theme: Theme, at: Point, size: float) -> Part:
    """Draw the pump from in front, and sound from it."""
    tone = theme.color
    centre = at + size * np.array([-0.12, 0.0, 0.0])
    line = tone("metal.line")
    case = Shape(circle(centre, 0.34 * size), stroke=line, stroke_px=2.4).with_gradient(
        "linear",
        centre + 0.3 * size * np.array([-1.0, 1.0, 0.0]),
        centre + 0.3 * size * np.array([1.0, -1.0, 0.0]),
        (
            (0.0, tone("metal.light"), 1.0),
            (1.0, mix(tone("metal.base"), tone("metal.dark"), 0.4), 1.0),
        ),
    )
    port = Shape(circle(centre, 0.10 * size), fill=tone("septum.base"), stroke=line, stroke_px=2.0)
    arcs = []
    for reach in (0.46, 0.60):
        turn = np.radians(np.linspace(-34.0, 34.0, 24))
        spots = [(-0.12 + reach * float(np.cos(t)), reach * float(np.sin(t))) for t in turn]
        arcs.append(_line(spots, at, size, tone("accent.focus")))
    return Part(case, port, *arcs)


@_replaceable("icon.talk")
def talk(theme: Theme, at: Point, size: float) -> Part:
    """Two bubbles of a talk."""
    focus, soft = theme.color("accent.focus"), theme.color("accent.focus_soft")
    first = at + size * rounded_box(-0.5, -0.06, 0.22, 0.42, 0.14)
    tail = at + size * np.array([(-0.36, 0.0, 0.0), (-0.14, 0.0, 0.0), (-0.38, -0.22, 0.0)])
    second = at + size * rounded_box(-0.12, -0.40, 0.5, 0.04, 0.14)
    other = at + size * np.array([(0.14, -0.34, 0.0), (0.36, -0.34, 0.0), (0.40, -0.54, 0.0)])
    dots = [_disc(x, 0.18, 0.045, at, size, "#FFFFFF") for x in (-0.30, -0.14, 0.02)]
    return Part(
        Shape(tail, fill=focus),
        Shape(first, fill=focus),
        *dots,
        Shape(other, fill=soft),
        Shape(second, fill=soft, stroke="#FFFFFF", stroke_px=4.0),
    )


CALL_FOR: Final[dict[str, Sign]] = {
    "fever": fever,
    "redness": red_wound,
    "headache": headache,
    "beeps": beeps,
}
"""What to call for, by the labels' names in the script."""
