"""Two plain Manim stages, without anything that stock Manim could not draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import DOWN, UP, Mobject, VGroup, VMobject
from numpy.typing import NDArray

Points = NDArray[np.float64]

FRAMES: Final = 90
_LEVELS: Final = 24
_ROWS: Final = 10
_COLUMNS: Final = 20
_NEARER: Final = 0.2
"""Height of the frame at the end of the zoom, in its first height."""
_TURN: Final = 2.0 * np.pi / FRAMES


@dataclass(frozen=True)
class Stage:
    """Things to draw, and what happens from frame to frame.

    Attributes
    ----------
    title
        What it shows.
    mobjects
        Top-level mobjects.
    advance
        Moves them, and the camera's frame, on to the next frame.
    """

    title: str
    mobjects: list[Mobject]
    advance: Callable[[Mobject], None]


def spine() -> Stage:
    """Return a spine of 219 paths, filled, stroked and with gradients; the camera glides past."""
    column = VGroup(*(_segment(level) for level in range(_LEVELS)))
    column.add(*_long_parts())

    def glide(frame: Mobject) -> None:
        frame.shift(np.array([0.004, 0.001, 0.0]))

    return Stage("219-path spine, camera glides", [column], glide)


def shapes() -> Stage:
    """Return 200 shapes of 24 curves, each turning while the camera zooms in on one."""
    places = [
        np.array([0.68 * (column - 9.5), 0.76 * (row - 4.5), 0.0])
        for row in range(_ROWS)
        for column in range(_COLUMNS)
    ]
    cast = [_star(place, index) for index, place in enumerate(places)]
    goal = places[_COLUMNS * _ROWS // 2 + _COLUMNS // 2]

    def turn(frame: Mobject) -> None:
        for shape in cast:
            shape.rotate(_TURN)
        frame.scale(_NEARER ** (1.0 / FRAMES))
        frame.shift((goal - frame.get_center()) * 0.05)

    return Stage("200 turning shapes of 24 curves, camera zooms", list(cast), turn)


def _smooth(corners: Iterable[Iterable[float]], *, closed: bool = True) -> VMobject:
    """Return a smooth path through corners (N, 2)."""
    points = np.array([[x, y, 0.0] for x, y in corners])
    path = VMobject()
    path.set_points_smoothly([*points, points[0]] if closed else [*points])
    return path


def _paint(path: VMobject, fill: str, line: str, width: float, *, shaded: bool = True) -> VMobject:
    path.set_fill(fill, opacity=1.0).set_stroke(line, width=width)
    if shaded:
        blend = [line, fill, "#FFFFFF"]
        path.set_fill(blend, opacity=1.0)  # type: ignore[arg-type]  # Manim takes several colours
        path.set_sheen_direction(UP + DOWN * 0.2)
    return path


def _segment(level: int) -> VGroup:
    """Nine paths of one level: body, rims, disc, arch, process, facets, canal and a nerve."""
    at = np.array([0.55 * np.sin(level / 4.0), 3.6 - 0.31 * level])
    wide, high = 0.40 + 0.012 * level, 0.115

    def ring(x: float, y: float, half: float, tall: float, waist: float = 0.0) -> VMobject:
        turns = np.linspace(0.0, 2.0 * np.pi, 13)[:-1]
        across = half * np.cos(turns) * (1.0 - waist * np.cos(2 * turns) ** 2)
        middle = at + np.array([x, y])
        return _smooth(middle + np.column_stack([across, tall * np.sin(turns)]))

    bone, edge = "#E8D8B4", "#8A7448"
    return VGroup(
        _paint(ring(0.0, 0.0, wide, high, 0.12), bone, edge, 1.6),
        _paint(ring(0.0, high, 0.9 * wide, 0.02), bone, edge, 0.8, shaded=False),
        _paint(ring(0.0, -high, 0.9 * wide, 0.02), bone, edge, 0.8, shaded=False),
        _paint(ring(0.0, -0.155, 0.95 * wide, 0.04), "#9CC3CF", "#44707E", 1.2),
        _paint(ring(wide + 0.10, 0.0, 0.09, 0.06), bone, edge, 1.2),
        _paint(ring(wide + 0.42, -0.10, 0.26, 0.05), bone, edge, 1.4),
        _paint(ring(wide + 0.20, 0.09, 0.06, 0.05), "#F1E6CC", edge, 1.0, shaded=False),
        _paint(ring(wide + 0.20, -0.09, 0.06, 0.05), "#F1E6CC", edge, 1.0, shaded=False),
        _paint(ring(wide + 0.05, -0.15, 0.05, 0.03), "#F2C94C", "#A87F12", 1.0, shaded=False),
    )


def _long_parts() -> list[VMobject]:
    """Three paths along the column: cord, and the ligaments before and behind the bodies."""
    heights = np.linspace(3.75, -3.7, 30)
    sway = 0.55 * np.sin((3.6 - heights) / 0.31 / 4.0)
    lines = []
    for aside, color, width in (
        (0.62, "#F2C94C", 7.0),
        (-0.45, "#D6CDB8", 3.0),
        (0.5, "#B9C7C9", 3.0),
    ):
        line = _smooth(np.column_stack([sway + aside, heights]), closed=False)
        lines.append(line.set_stroke(color, width=width))
    return lines


def _star(place: Points, index: int) -> VMobject:
    """Return a wavy disc of 24 curves."""
    turns = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
    reach = 0.30 * (1.0 + 0.06 * (-1.0) ** np.arange(24))
    star = _smooth(place[:2] + reach[:, None] * np.column_stack([np.cos(turns), np.sin(turns)]))
    hues = ("#2F7F8C", "#C9663D", "#5B8C3E", "#7A5CA8", "#C0A030")
    return star.set_fill(hues[index % 5], opacity=1.0).set_stroke("#20303A", width=2.0)
