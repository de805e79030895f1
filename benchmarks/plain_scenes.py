"""Three ordinary Manim scenes, such as `manim render` takes: nothing of spineanim is in them.

They are what plain films consist of: many shapes that turn under a travelling camera, words that
are written and moved with pauses to read them, a graph that changes. None needs LaTeX.
"""

from __future__ import annotations

import numpy as np
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORANGE,
    ORIGIN,
    PI,
    RIGHT,
    TAU,
    TEAL,
    UP,
    WHITE,
    YELLOW,
    Axes,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    MoveAlongPath,
    MovingCamera,
    MovingCameraScene,
    ReplacementTransform,
    Rotate,
    Scene,
    Square,
    SurroundingRectangle,
    Text,
    Transform,
    VGroup,
    VMobject,
    Write,
    linear,
)
from numpy.typing import NDArray


class TurningShapes(MovingCameraScene):
    """200 shapes of 24 curves, each turning, while the camera zooms in on one: 8 s."""

    def construct(self) -> None:
        """Play it."""
        places = [
            np.array([0.68 * (column - 9.5), 0.76 * (row - 4.5), 0.0])
            for row in range(10)
            for column in range(20)
        ]
        shapes = [_star(place, index) for index, place in enumerate(places)]
        self.add(*shapes)
        turns = [Rotate(shape, TAU, rate_func=linear) for shape in shapes]
        assert isinstance(self.camera, MovingCamera)
        frame = self.camera.frame
        self.play(*turns, frame.animate.scale(0.2).move_to(places[110]), run_time=8)


class WrittenWords(Scene):
    """Lines of words are written, moved, framed, changed and faded, and stand to be read: 11 s."""

    def construct(self) -> None:
        """Play it."""
        title = Text("Why two halves make a whole", font_size=56)
        self.play(Write(title), run_time=1.5)
        self.wait(0.5)
        self.play(title.animate.scale(0.7).to_edge(UP), run_time=1)
        lines = VGroup(
            *(
                Text(words, font_size=40)
                for words in (
                    "a x² + b x + c = 0",
                    "x² + (b/a) x = − c/a",
                    "(x + b/2a)² = (b² − 4ac) / 4a²",
                    "x = (− b ± √(b² − 4ac)) / 2a",
                )
            )
        ).arrange(DOWN, buff=0.5)
        self.play(LaggedStart(*(Write(line) for line in lines), lag_ratio=0.6), run_time=3)
        self.wait(1)
        box = SurroundingRectangle(lines[3], color=YELLOW, buff=0.2)
        self.play(Create(box), lines[3].animate.set_color(YELLOW), run_time=0.8)
        self.wait(1.2)
        self.play(FadeOut(lines[:3], shift=UP), FadeOut(box), run_time=0.7)
        self.play(lines[3].animate.move_to(ORIGIN).scale(1.2), run_time=0.8)
        self.play(Indicate(lines[3]), run_time=0.5)
        self.play(FadeOut(title), FadeOut(lines[3]), run_time=0.5)


class ChangingGraph(Scene):
    """A graph is drawn, changes twice, and a dot runs along it, with pauses: 10 s."""

    def construct(self) -> None:
        """Play it."""
        axes = Axes(x_range=[-4, 4, 1], y_range=[-2, 2, 1], x_length=11, y_length=6)
        names = VGroup(
            Text("time", font_size=28).next_to(axes.x_axis, RIGHT, buff=0.1),
            Text("dose", font_size=28).next_to(axes.y_axis, UP, buff=0.1),
        )
        self.play(Create(axes), FadeIn(names), run_time=1.5)
        wave = axes.plot(np.sin, color=BLUE)
        self.play(Create(wave), run_time=1)
        self.wait(0.5)
        steeper = axes.plot(lambda x: 1.6 * np.sin(2 * x), color=TEAL)
        self.play(Transform(wave, steeper), run_time=1.2)
        self.wait(0.8)
        area = axes.get_area(steeper, x_range=(0.0, PI / 2), color=GREEN, opacity=0.4)
        self.play(FadeIn(area), run_time=0.6)
        self.wait(0.9)
        bell = axes.plot(lambda x: 1.8 * np.exp(-x * x), color=ORANGE)
        self.play(Transform(wave, bell), FadeOut(area), run_time=1.2)
        dot = Dot(color=YELLOW).move_to(bell.get_start())
        self.add(dot)
        self.play(MoveAlongPath(dot, bell), run_time=1.3)
        square = Square(1.2, color=WHITE, fill_opacity=0.5).next_to(axes, LEFT, buff=-2.0)
        self.play(ReplacementTransform(dot, square), run_time=0.6)
        self.wait(0.4)


def _star(place: NDArray[np.float64], index: int) -> VMobject:
    """Return a wavy disc of 24 curves."""
    turns = np.linspace(0.0, TAU, 25)[:-1]
    reach = 0.30 * (1.0 + 0.06 * (-1.0) ** np.arange(24))
    corners = place + np.column_stack([reach * np.cos(turns), reach * np.sin(turns), 0.0 * turns])
    hue = ("#2F7F8C", "#C9663D", "#5B8C3E", "#7A5CA8", "#C0A030")[index % 5]
    star = VMobject(fill_color=hue, fill_opacity=1.0, stroke_color="#20303A", stroke_width=2)
    star.set_points_smoothly([*corners, corners[0]])
    return star
