"""What holds a catheter on the skin: a clear dressing over its exit, and strips of tape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.section_paint import LIGHT
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import px

Point = NDArray[np.float64]


class Dressing(Part):
    """Clear film with a rim, through which the exit is seen.

    Parameters
    ----------
    centre
        Scene point (3,).
    half
        Half its width and height, scene units.
    theme
        Colours: role `panel`.
    """

    def __init__(self, centre: Point, half: tuple[float, float], theme: Theme) -> None:
        wide, high = half
        radius = 0.36 * min(half)
        film = centre + rounded_box(-wide, -high, wide, high, radius)
        inset = px(8)
        rim = centre + rounded_box(-wide + inset, -high + inset, wide - inset, high - inset, radius)
        sheen = centre + np.array(
            [
                [-wide, -0.2 * high, 0.0], [-0.2 * wide, high, 0.0],
                [0.25 * wide, high, 0.0], [-wide, -0.7 * high, 0.0],
            ]
        )  # fmt: skip
        shadow = theme.color("panel.shadow")
        edge = [
            Shape(film - LIGHT * px(2), stroke=shadow, stroke_px=width, stroke_opacity=0.05)
            for width in (9.0, 6.5, 4.0)
        ]
        glass = Part(
            Shape(film, fill="#FFFFFF", fill_opacity=0.26),
            Shape(sheen, fill="#FFFFFF", fill_opacity=0.20),
            Shape(rim, stroke="#FFFFFF", stroke_px=6.0, stroke_opacity=0.45),
        ).clipped_to(Shape(film))
        super().__init__(*edge, glass, Shape(film, stroke="#FFFFFF", stroke_px=2.0))


class Tape(Part):
    """A strip of cloth tape.

    Parameters
    ----------
    centre
        Scene point (3,).
    half
        Half its length and width, scene units.
    turn_rad
        Direction of its length, counter-clockwise from the screen's right.
    theme
        Colours: roles `fascia` and `panel`.
    """

    def __init__(
        self, centre: Point, half: tuple[float, float], turn_rad: float, theme: Theme
    ) -> None:
        cos, sin = np.cos(turn_rad), np.sin(turn_rad)
        turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
        long, wide = half
        box = centre + rounded_box(-long, -wide, long, wide, px(5)) @ turn
        color = theme.color
        line = mix(color("fascia.dark"), color("fascia.base"), 0.3)
        paper = Shape(box, stroke=line, stroke_px=1.4, stroke_opacity=0.8)
        reach = np.array([0.0, wide, 0.0]) @ turn
        reach *= 1.0 if reach @ LIGHT > 0 else -1.0
        stops = (
            (0.0, "#FFFFFF", 0.97),
            (0.5, mix("#FFFFFF", color("fascia.light"), 0.7), 0.95),
            (1.0, mix(color("fascia.light"), color("fascia.base"), 0.7), 0.96),
        )
        paper.with_gradient("linear", centre + reach, centre - reach, stops)
        inner = long - px(4)
        weave = [
            Shape(
                centre + np.array([[-inner, at * wide, 0.0], [inner, at * wide, 0.0]]) @ turn,
                closed=False,
                stroke=color("fascia.base"),
                stroke_px=1.2,
                stroke_opacity=0.7,
            )
            for at in (-0.5, 0.0, 0.5)
        ]
        shadow = [
            Shape(box - LIGHT * px(3), fill=color("panel.shadow"), fill_opacity=0.06,
                  stroke=color("panel.shadow"), stroke_px=width, stroke_opacity=0.06)
            for width in (6.0, 3.0, 1.0)
        ]  # fmt: skip
        super().__init__(*shadow, paper, *weave)
