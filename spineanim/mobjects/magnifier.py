"""A round lens that shows a place enlarged, tied to it by two thin lines."""

from __future__ import annotations

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

_RING_PX = 7.0
_SITE_PX = 3.6
_SHADOW_PX = 46.0
_BAND_PX = 18.0
"""Width that words keep off the lines."""


class Magnifier(Part):
    """A lens with a white ring and a soft shadow; its content is clipped to it.

    Parameters
    ----------
    centre
        Scene point (3,) of the lens.
    radius
        Its radius in scene units.
    content
        What is seen in it, already at its place and scale in the scene.
    theme
        Colours.
    site
        Scene point (3,) of the place that is enlarged; without one there are no lines.
    site_radius
        Radius of the ring round the site: the lens's radius over its enlargement.
    ground
        Colour token behind the content.

    Attributes
    ----------
    tether
        Ring at the site and the two lines.
    lens
        Shadow, content and white ring.
    content
        Part inside the lens; more may be added to it.
    """

    def __init__(
        self,
        centre: ArrayLike,
        radius: float,
        content: VMobject,
        theme: Theme,
        *,
        site: ArrayLike | None = None,
        site_radius: float = px(60),
        ground: str = "background.top",
    ) -> None:
        middle = np.asarray(centre, dtype=np.float64)
        rim = circle(middle, radius)
        self.content = Part(Shape(rim, fill=theme.color(ground)), content)
        inside = Part(self.content, _glass(middle, radius, theme)).clipped_to(Shape(rim))
        self.lens = Part(
            _shadow(middle, radius, theme),
            inside,
            Shape(rim, stroke="#FFFFFF", stroke_px=_RING_PX),
            Shape(
                circle(middle, radius + px(_RING_PX / 2 + 0.8)),
                stroke=theme.color("panel.stroke"),
                stroke_px=1.6,
            ),
        )
        self.tether = Part()
        if site is not None:
            place = np.asarray(site, dtype=np.float64)
            self.tether.add(*_tether(place, site_radius, middle, radius, theme))
        super().__init__(self.tether, self.lens)

    @property
    def bands(self) -> list[NDArray[np.float64]]:
        """Closed scene outlines (4, 3) round the two lines, which words keep off."""
        return [_band(line.points[0], line.points[-1]) for line in self.tether.submobjects[:2]]


def _band(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    along = (end - start) / np.linalg.norm(end - start)
    aside = px(_BAND_PX / 2) * np.array([-along[1], along[0], 0.0])
    return np.array([start - aside, end - aside, end + aside, start + aside])


def circle(centre: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Scene points (N, 3) of a circle."""
    turns = np.linspace(0.0, 2.0 * np.pi, 181)[:-1]
    return centre + radius * np.column_stack([np.cos(turns), np.sin(turns), np.zeros(len(turns))])


def _shadow(centre: NDArray[np.float64], radius: float, theme: Theme) -> Shape:
    """Soft shadow, a little lower and to the right."""
    middle, reach = centre + np.array([px(5), -px(9), 0.0]), radius + px(_SHADOW_PX)
    edge = (radius - px(_SHADOW_PX)) / reach
    color = theme.color("panel.shadow")
    share = np.linspace(0.0, 1.0, 9)
    fall = 0.30 * (1.0 - share * share * (3.0 - 2.0 * share))
    soft = [
        (float(edge + (1.0 - edge) * at), color, float(alpha))
        for at, alpha in zip(share, fall, strict=True)
    ]
    stops = ((0.0, color, 0.30), *soft)
    return Shape(circle(middle, reach)).with_gradient(
        "radial", middle, middle + np.array([reach, 0.0, 0.0]), stops
    )


def _glass(centre: NDArray[np.float64], radius: float, theme: Theme) -> Shape:
    """Faint light at the upper left and shade at the lower right edge of the lens."""
    start = centre + np.array([-0.3, 0.4, 0.0]) * radius
    end = start + np.array([1.6, 0.0, 0.0]) * radius
    shade = theme.color("panel.shadow")
    stops = (
        (0.0, "#FFFFFF", 0.10),
        (0.6, "#FFFFFF", 0.0),
        (0.61, shade, 0.0),
        (1.0, shade, 0.15),
    )
    return Shape(circle(centre, radius)).with_gradient("radial", start, end, stops)


def _tether(
    site: NDArray[np.float64],
    site_radius: float,
    centre: NDArray[np.float64],
    radius: float,
    theme: Theme,
) -> list[Shape]:
    """Lines that touch both circles on their outer sides, and the ring at the site."""
    away = (centre - site)[:2]
    distance = float(np.hypot(*away))
    heading = float(np.arctan2(away[1], away[0]))
    swing = float(np.arccos(np.clip((site_radius - radius) / distance, -1.0, 1.0)))
    shapes = []
    for side in (1.0, -1.0):
        turn = heading + side * swing
        out = np.array([np.cos(turn), np.sin(turn), 0.0])
        ends = np.array([site + site_radius * out, centre + radius * out])
        hair = theme.color("ink.hairline")
        shapes.append(Shape(ends, closed=False, stroke=hair, stroke_px=1.8))
    ring, outer = circle(site, site_radius), circle(site, site_radius + px(2.4))
    leader = theme.color("ink.leader")
    shapes.append(Shape(outer, stroke=leader, stroke_px=1.5, stroke_opacity=0.8))
    shapes.append(Shape(ring, stroke="#FFFFFF", stroke_px=_SITE_PX, stroke_opacity=0.95))
    return shapes
