"""What is drawn on a standing figure: the plumb line, how far the head is forward, the strain."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.geometry.spine import Spine
from spineanim.mobjects.bent_figure import BentFigure
from spineanim.mobjects.label import ring
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

Points = NDArray[np.float64]

MARKED: Final = ("ear", "shoulder", "hip")
"""Landmarks that lie about above one another in a good stance."""
_ABOVE_MM: Final = 34.0
_BELOW_MM: Final = 76.0
"""How far the plumb line reaches over the head and under the hip."""
_STRAP: Final = ("C5", "C7", "T2", "T4", "T6", "T8", "T10", "T12", "L2", "L4")
"""Processes along which the muscles of the back run [M]."""
_FROM_MM: Final = 3.0
_THICK_MM: Final = (9.0, 16.0, 22.0, 24.0, 22.0, 20.0, 20.0, 24.0, 28.0, 24.0)
"""Where the muscles begin behind the tips, and how thick they are drawn, level by level [D]."""


class PlumbLine(Part):
    """A dashed upright line with a dot for each landmark that should lie on it.

    Parameters
    ----------
    figure
        Standing tall.
    theme
        Colours.

    Attributes
    ----------
    dots
        By landmark.
    """

    def __init__(self, figure: BentFigure, theme: Theme) -> None:
        marks = {name: figure.point(name) for name in MARKED}
        x = float(np.mean([marks[name][0] for name in MARKED]))
        stage = figure.stage
        top = figure.point("vertex")[1] + stage.length(_ABOVE_MM)
        bottom = marks["hip"][1] - stage.length(_BELOW_MM)
        self.line = np.array([[x, top, 0.0], [x, bottom, 0.0]])
        focus = theme.color("accent.focus")
        casing = Shape(self.line, closed=False, stroke="#FFFFFF", stroke_px=7.0, stroke_opacity=0.7)
        dashes = Shape(self.line, closed=False, stroke=focus, stroke_px=3.4).dashed(14, 10)
        self.places = {name: np.array([x, at[1], 0.0]) for name, at in marks.items()}
        self.dots = {
            name: Part(Shape(ring(at, 12.0), fill="#FFFFFF"), Shape(ring(at, 8.0), fill=focus))
            for name, at in self.places.items()
        }
        super().__init__(casing, dashes, *self.dots.values())


class ForwardGauge(Part):
    """How far the ear has come before the plumb line: an arrow that grows with the stance.

    Parameters
    ----------
    figure
        Whose ear it follows.
    x
        Where the plumb line stands.
    theme
        Colours.
    """

    def __init__(self, figure: BentFigure, x: float, theme: Theme) -> None:
        self.figure, self.x = figure, x
        color = theme.color("pain.base")
        self.shaft = Shape(closed=False, stroke=color, stroke_px=5.0)
        self.head = Shape(fill=color)
        self.casing = Shape(closed=False, stroke="#FFFFFF", stroke_px=9.0, stroke_opacity=0.75)
        super().__init__(self.casing, self.shaft, self.head)
        self.follow()

    def follow(self) -> None:
        """Point from the plumb line to the ear, as the figure stands now."""
        tip = self.figure.point("ear")
        start = np.array([self.x, tip[1], 0.0])
        self.opacity = float(np.clip((start[0] - tip[0]) / px(24), 0.0, 1.0))
        if self.opacity == 0.0:
            return
        barb = px(17)
        end = tip + np.array([barb * 0.7, 0.0, 0.0])
        for line in (self.casing, self.shaft):
            line.set_points(path_points(np.array([start, end]), closed=False))
        wing = np.array([[0.0, 0.0, 0.0], [barb, 0.55 * barb, 0.0], [barb, -0.55 * barb, 0.0]])
        self.head.set_points(path_points(tip + wing, closed=True))


class BackStrap(Part):
    """Muscles and ligaments behind the column; stretched, they glow.

    Parameters
    ----------
    figure
        Whose back they run along.
    theme
        Colours: `muscle` at rest, `pain` under strain.
    """

    def __init__(self, figure: BentFigure, theme: Theme) -> None:
        self.figure = figure
        hot, glow = theme.color("pain.base"), theme.color("pain.glow")
        calm = mix(theme.color("muscle.base"), theme.color("skin.base"), 0.35)
        self.calm = Shape(fill=calm, fill_opacity=0.55)
        self.light = Shape(closed=False, stroke=glow, stroke_px=46.0, soft_px=46.0)
        self.hot = Shape(fill=hot, fill_opacity=0.82)
        self.fibres = [
            Shape(closed=False, stroke=theme.color("pain.light"), stroke_px=1.8, stroke_opacity=0.8)
            for _ in range(3)
        ]
        self.strained = Part(Part(self.light, opacity=0.55), self.hot, *self.fibres, opacity=0.0)
        super().__init__(self.calm, self.strained)
        self.follow()

    def follow(self) -> None:
        """Lie along the back as the figure stands now."""
        inner, outer = self._edges(self.figure.figure.spine)
        band = np.vstack([inner, outer[::-1]])
        for shape in (self.calm, self.hot):
            shape.set_points(path_points(band, closed=True))
        for number, line in enumerate(self.fibres):
            share = (number + 1.0) / (len(self.fibres) + 1.0)
            line.set_points(path_points(inner + (outer - inner) * share, closed=False))
        self.light.set_points(path_points((inner + outer) / 2, closed=False))

    def strain(self, share: float) -> None:
        """Glow as far as they are strained, 0 to 1."""
        self.strained.opacity = share

    def middle(self) -> Points:
        """Scene points (N, 3) along the middle of the lower thoracic back, to be named."""
        inner, outer = self._edges(self.figure.figure.spine)
        mean: Points = (inner + outer) / 2
        return mean[int(0.60 * len(mean)) : int(0.76 * len(mean)) : 3]

    def _edges(self, spine: Spine) -> tuple[Points, Points]:
        tips = smooth(np.array([spine.spinous_tip(level) for level in _STRAP]), samples=8)
        along = np.gradient(tips, axis=0)
        out = np.column_stack([-along[:, 1], along[:, 0]]) / np.linalg.norm(along, axis=1)[:, None]
        out *= np.sign(out[:, :1])  # backwards
        at = np.linspace(0.0, len(_THICK_MM) - 1.0, len(tips))
        ends = np.sin(np.pi * np.clip(at / (len(_THICK_MM) - 1.0), 0.0, 1.0)) ** 0.35
        thick = np.interp(at, np.arange(len(_THICK_MM)), _THICK_MM) * ends
        near, far = tips + out * _FROM_MM, tips + out * (_FROM_MM + thick[:, None])
        return self.figure.places(near), self.figure.places(far)
