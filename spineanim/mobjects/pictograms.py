"""Small round signs: a plain drawing in one ink on a white disc, with words beside or under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.artwork import in_place_of
from spineanim.mobjects.battery import rounded_box
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Points = NDArray[np.float64]
Draw = Callable[["Pen"], list[VMobject]]


class Pen:
    """Draws in a square from -1 to 1 with one ink and one colour that stands out.

    Parameters
    ----------
    scale
        Half the square's side in scene units.
    ink, accent, paper
        `#rrggbb`.
    """

    def __init__(self, scale: float, ink: str, accent: str, paper: str) -> None:
        self.scale, self.ink, self.accent, self.paper = scale, ink, accent, paper
        self.wide_px = 0.085 * scale / px(1)

    def line(
        self, *knots: tuple[float, float], color: str | None = None, soft: bool = True
    ) -> Shape:
        """Return a line through places, smooth or with corners."""
        points = np.array(knots)
        if soft and len(points) > 2:
            points = smooth(points, samples=12)
        return self._stroked(points, closed=False, color=color)

    def loop(self, *knots: tuple[float, float], fill: str | None = None) -> Shape:
        """Return a closed smooth line through places."""
        return self._stroked(smooth(np.array(knots), closed=True, samples=12), True, fill=fill)

    def oval(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: str | None = None,
        color: str | None = None,
    ) -> Shape:
        """Return an oval about a place."""
        turn = np.linspace(0.0, 2 * np.pi, 49)[:-1]
        points = np.column_stack([x + wide * np.cos(turn), y + high * np.sin(turn)])
        return self._stroked(points, True, fill=fill, color=color)

    def arc(self, x: float, y: float, radius: float, start: float, end: float) -> Shape:
        """Return a piece of a circle between two angles (degrees)."""
        turn = np.radians(np.linspace(start, end, 24))
        points = np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])
        return self._stroked(points, False)

    def box(self, left: float, low: float, right: float, high: float, round_: float) -> Shape:
        """Return a box with rounded corners."""
        return self._stroked(rounded_box(left, low, right, high, round_)[:, :2], True)

    def dot(self, x: float, y: float, radius: float, color: str | None = None) -> Shape:
        """Return a filled dot."""
        turn = np.linspace(0.0, 2 * np.pi, 33)[:-1]
        points = np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])
        return Shape(points * self.scale, fill=color or self.ink)

    def _stroked(
        self,
        points: Points,
        closed: bool,
        *,
        fill: str | None = None,
        color: str | None = None,
    ) -> Shape:
        return Shape(
            points * self.scale,
            closed=closed,
            fill=fill,
            stroke=color or self.ink,
            stroke_px=self.wide_px,
        )


def _drowsy(pen: Pen) -> list[VMobject]:
    """Draw a face with closed eyes, asleep."""
    return [
        pen.oval(-0.10, -0.12, 0.58, 0.58),
        pen.arc(-0.32, -0.08, 0.13, 200, 340),
        pen.arc(0.12, -0.08, 0.13, 200, 340),
        pen.arc(-0.10, -0.34, 0.12, 200, 340),
        pen.line(
            (0.40, 0.66), (0.72, 0.66), (0.40, 0.32), (0.72, 0.32), color=pen.accent, soft=False
        ),
    ]


def _sick(pen: Pen) -> list[VMobject]:
    """Draw a face with a wavy mouth."""
    return [
        pen.oval(0.0, 0.0, 0.64, 0.64),
        pen.line((-0.36, 0.22), (-0.24, 0.14), (-0.12, 0.22)),
        pen.line((0.12, 0.22), (0.24, 0.14), (0.36, 0.22)),
        pen.line((-0.34, -0.26), (-0.17, -0.14), (0.0, -0.26), (0.17, -0.38), (0.34, -0.26),
                 color=pen.accent),
    ]  # fmt: skip


def _bowel(pen: Pen) -> list[VMobject]:
    """Draw the large bowel, and a sign that all stands still in it."""
    return [
        pen.line(
            (-0.46, -0.30), (-0.56, 0.0), (-0.52, 0.40), (-0.25, 0.50), (0.0, 0.40), (0.25, 0.50),
            (0.52, 0.40), (0.56, 0.0), (0.48, -0.36), (0.22, -0.46), (0.06, -0.62),
        ),
        pen.line((-0.14, -0.16), (-0.14, 0.14), color=pen.accent, soft=False),
        pen.line((0.14, -0.16), (0.14, 0.14), color=pen.accent, soft=False),
    ]  # fmt: skip


def _calendar(pen: Pen) -> list[VMobject]:
    """Draw a calendar: something that lasts."""
    rows = [pen.dot(x, y, 0.065) for y in (0.05, -0.20, -0.45) for x in (-0.34, -0.11, 0.12, 0.35)]
    rows[-1].set_fill(pen.accent, opacity=1.0)
    return [
        pen.box(-0.58, -0.66, 0.58, 0.50, 0.12),
        pen.line((-0.58, 0.24), (0.58, 0.24), soft=False),
        pen.line((-0.28, 0.38), (-0.28, 0.64), soft=False),
        pen.line((0.28, 0.38), (0.28, 0.64), soft=False),
        *rows,
    ]


def _tried(pen: Pen) -> list[VMobject]:
    """Draw a tablet and a hand weight, and a cross: other treatments."""
    return [
        pen.loop(
            (-0.62, 0.30), (-0.46, 0.50), (0.06, 0.16), (0.10, -0.06), (-0.08, -0.14), (-0.60, 0.14)
        ),
        pen.line((-0.32, 0.06), (-0.14, 0.30), soft=False),
        pen.line((-0.30, -0.48), (0.40, -0.48), soft=False),
        pen.box(-0.48, -0.66, -0.30, -0.30, 0.05),
        pen.box(0.40, -0.66, 0.58, -0.30, 0.05),
        pen.line((0.28, 0.52), (0.60, 0.20), color=pen.accent, soft=False),
        pen.line((0.28, 0.20), (0.60, 0.52), color=pen.accent, soft=False),
    ]


def _column(pen: Pen) -> list[VMobject]:
    """Draw three bones of the column and a question."""
    bones = [pen.box(-0.56, y - 0.17, 0.02, y + 0.13, 0.09) for y in (0.44, 0.0, -0.44)]
    return [
        *bones,
        pen.line((0.26, 0.30), (0.38, 0.48), (0.56, 0.44), (0.60, 0.24), (0.42, 0.04),
            (0.41, -0.14),
                 color=pen.accent),
        pen.dot(0.41, -0.38, 0.075, pen.accent),
    ]  # fmt: skip


def _eased(pen: Pen) -> list[VMobject]:
    """Draw a wave of pain that grows small."""
    return [
        pen.line(
            (-0.70, 0.0), (-0.58, 0.46), (-0.42, -0.46), (-0.26, 0.34), (-0.10, -0.28),
            (0.05, 0.16), (0.18, -0.10), (0.30, 0.0), soft=False,
        ),
        pen.line((0.30, 0.0), (0.70, 0.0), color=pen.accent, soft=False),
    ]  # fmt: skip


def _taken_out(pen: Pen) -> list[VMobject]:
    """Draw the pump, and an arrow out."""
    return [
        pen.oval(-0.14, -0.16, 0.50, 0.46),
        pen.oval(-0.14, -0.16, 0.15, 0.14),
        pen.line((0.24, 0.26), (0.62, 0.64), color=pen.accent, soft=False),
        pen.line((0.34, 0.64), (0.62, 0.64), (0.62, 0.36), color=pen.accent, soft=False),
    ]


SIGNS: Final[Mapping[str, Draw]] = MappingProxyType(
    {
        "drowsy": _drowsy,
        "sick": _sick,
        "bowel": _bowel,
        "lasting": _calendar,
        "tried": _tried,
        "surgery": _column,
        "eased": _eased,
        "removable": _taken_out,
    }
)
"""Every sign by its name."""


class Pictogram(Part):
    """A sign on a white disc, centred on the origin.

    Parameters
    ----------
    name
        One of `SIGNS`.
    radius
        Of the disc, in scene units.
    theme
        Colours: `ink.label`, `accent.focus`, `panel`.
    """

    def __init__(self, name: str, radius: float, theme: Theme) -> None:
        paper = theme.color("panel.fill")
        turn = np.linspace(0.0, 2 * np.pi, 73)[:-1]
        disc = radius * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
        ground = Shape(disc, fill=paper, stroke=theme.color("panel.stroke"), stroke_px=2.0)
        pen = Pen(0.74 * radius, theme.color("ink.label"), theme.color("accent.focus"), paper)
        room = np.zeros(3), 2.0 * pen.scale, 2.0 * pen.scale
        sign = in_place_of(f"pictogram.{name}", theme, Part(*SIGNS[name](pen)), room)
        super().__init__(ground, *sign.submobjects)
