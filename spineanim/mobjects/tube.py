"""Catheter, its hidden stretches, and the passer, along paths.

A round tube is a stack of strokes along one path, each narrower and pushed a little towards the
light. Where a path crosses itself it is drawn in pieces, so that the later stretch lies on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import CapStyleType, LineJointType
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import distances, part, resample
from spineanim.mobjects.course import TINY, Course, Points, aligned, lay, role_tones
from spineanim.picture.paths import sparse
from spineanim.picture.shape import Part, Shape, Tones, mix, path_points
from spineanim.stage import px

_LIGHT = np.array([-0.62, 0.78, 0.0])
_SHIFT = 0.27  # of the width, for the topmost stroke; more would leave the tube
_PASS_PX = 2.4  # strokes of a stack differ by about this, fine enough to show no bands


@dataclass(frozen=True)
class Layer:
    """One stroke of a stack.

    Attributes
    ----------
    width, shift
        Width, and distance towards the light, in widths of the tube.
    color, opacity
        Its paint.
    extra_px
        Added to its width, in pixels at 1080 lines.
    """

    width: float
    shift: float
    color: str
    opacity: float = 1.0
    extra_px: float = 0.0


def tube_layers(tones: Tones, width_px: float, core: Tones | None = None) -> list[Layer]:
    """Stack of strokes that makes a round tube, from the contour up to the highlight.

    Parameters
    ----------
    tones
        Colours of the wall.
    width_px
        Width at 1080 lines; wide tubes get more strokes, so that no bands show.
    core
        Colours of what flows inside a clear tube, or None.
    """
    count = int(np.clip(width_px / _PASS_PX, 3, 12))
    layers = [Layer(1.0, 0.0, tones.line, 0.80, extra_px=1.7), Layer(1.0, 0.0, tones.dark)]
    for index in range(1, count + 1):
        share = index / count
        color = mix(tones.dark, tones.base, min(1.0, 0.55 + 0.45 * share))
        layers.append(Layer(1.0 - 0.42 * share, 0.16 * share, color))
    if core is not None:
        layers.append(Layer(0.44, 0.0, mix(core.base, core.line, 0.25), 0.55))
        layers.append(Layer(0.33, 0.0, core.base))
        if width_px > 9.0:
            layers.append(Layer(0.20, 0.03, mix(core.base, core.light, 0.35)))
    for index in range(1, max(count // 2, 1) + 1):
        share = index / max(count // 2, 1)
        layers.append(Layer(0.26 - 0.12 * share, _SHIFT, tones.light, 0.55 + 0.4 * share))
    return layers


def crossings(path: Points) -> list[float]:
    """Shares of a plane path's length to cut it at, so that no piece crosses itself.

    Parameters
    ----------
    path
        Scene points (N, 3).
    """
    line = resample(path[:, :2], 240)
    start, step = line[:-1], np.diff(line, axis=0)
    first, second = _near(line)
    gap = start[second] - start[first]
    turn = step[first, 0] * step[second, 1] - step[first, 1] * step[second, 0]
    parallel = np.abs(turn) < 1e-12
    turn = np.where(parallel, 1.0, turn)
    along = (gap[:, 0] * step[second, 1] - gap[:, 1] * step[second, 0]) / turn
    across = (gap[:, 0] * step[first, 1] - gap[:, 1] * step[first, 0]) / turn
    meets = ~parallel & (along >= 0) & (along < 1) & (across >= 0) & (across < 1)
    first, second = first[meets], second[meets]
    cuts: list[float] = []
    for begin, end in sorted(zip(first, second, strict=True), key=lambda pair: int(pair[1])):
        if not any(begin / 239 < cut < end / 239 for cut in cuts):
            cuts.append(float(begin + end) / 2 / 239)
    return cuts


def _near(line: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of pieces of a line (N, 2), three apart or more, whose boxes meet; few do."""
    low = np.minimum(line[:-1], line[1:]).T - TINY
    high = np.maximum(line[:-1], line[1:]).T + TINY
    apart = low[0][:, None] > high[0][None]
    apart |= low[1][:, None] > high[1][None]
    meets = ~(apart | apart.T)
    first, second = np.nonzero(meets)
    later = second >= first + 3
    return first[later], second[later]


class Tube(Course):
    """Round tube along a path.

    Parameters
    ----------
    path_points
        Scene points (N, 3) or (N, 2).
    width_units
        Diameter in scene units.
    theme
        Colours: role `catheter`, and `medication` inside.
    lumen
        Whether medicine is seen inside.
    shadow
        Strength 0 to 1 of the soft shadow on what lies behind.
    tones
        Colours of another material.
    """

    def __init__(
        self,
        path_points: ArrayLike,
        width_units: float,
        theme: Theme,
        lumen: bool = False,
        *,
        shadow: float = 0.0,
        tones: Tones | None = None,
    ) -> None:
        super().__init__(path_points)
        self.width_units = width_units
        core = role_tones(theme, "medication") if lumen else None
        wall = tones or role_tones(theme, "catheter")
        self.layers = tube_layers(wall, width_units / px(1), core)
        self._shadow = _shadow_strokes(theme, width_units, shadow)
        self._ends: list[float] = []
        self._cut(crossings(self.path))
        self._draw()

    def run_along(self, course: ArrayLike) -> None:
        """Lay the tube along another path, as if it had been made for it.

        Parameters
        ----------
        course
            Scene points (N, 3) or (N, 2).
        """
        self._path.set_points(path_points(course, closed=False))
        cuts = crossings(self.path)
        if len(cuts) == len(self._ends) - 2:
            self._ends = [0.0, *cuts, 1.0]
        else:
            self._cut(cuts)
        self._draw()

    def _cut(self, cuts: list[float]) -> None:
        """Make the strokes of a path that is cut at these shares of its length."""
        self._ends = [0.0, *cuts, 1.0]
        # A piece that lies over an earlier one starts flat; a short round one under it makes
        # the round end of the stretch.
        self._ends_round = [self._stack(round_ends=True) for _ in self._ends[1:]]
        self._bodies = [self._stack(round_ends=not index) for index in range(len(cuts) + 1)]
        self.submobjects = [self._path, *self._shadow]
        for index, (end, body) in enumerate(zip(self._ends_round, self._bodies, strict=True)):
            self.add(*(end if index else []), *body)

    def _stack(self, *, round_ends: bool) -> list[Shape]:
        strokes = []
        for layer in self.layers:
            width_px = layer.width * self.width_units / px(1) + layer.extra_px
            stroke = Shape(
                stroke=layer.color, stroke_px=width_px, stroke_opacity=layer.opacity, closed=False
            )
            stroke.cap_style = CapStyleType.ROUND if round_ends else CapStyleType.BUTT
            stroke.joint_type = LineJointType.BEVEL  # paths are dense; round joints cost much
            strokes.append(stroke)
        return strokes

    def _draw(self) -> None:
        path, (start, end) = self.path, self.shown
        whole = sparse(part(path, start, end)) if end - start > TINY else None
        drop = -_LIGHT * self.width_units * 0.55
        for stroke in self._shadow:
            lay(stroke, whole, drop)
        total = max(float(distances(path)[-1]), TINY)
        short = 1.2 * self.width_units / total
        for index, (low, high) in enumerate(pairwise(self._ends)):
            low, high = max(low, start), min(high, end)
            span = (low, high) if high - low > TINY else None
            ends_here = span is not None and high >= end - TINY
            flat = (low > start, bool(index) and ends_here)
            self._lay(self._bodies[index], path, total, span, flat)
            if index:
                tip = (max(high - short, low), high) if ends_here else None
                self._lay(self._ends_round[index], path, total, tip, (False, False))

    def _lay(
        self,
        stack: list[Shape],
        path: Points,
        total: float,
        span: tuple[float, float] | None,
        flat: tuple[bool, bool],
    ) -> None:
        """Lay a stack along a span of the path, whose length is `total`.

        A flat start or end lies on other strokes of the same tube: each stroke reaches a little
        further than the one below it, so that no edge shows.
        """
        line = sparse(part(path, *span)) if span is not None else None
        step, inset = px(0.7) / total, 0.6 * self.width_units / total
        for index, (stroke, layer) in enumerate(zip(stack, self.layers, strict=True)):
            if span is not None and any(flat):
                low = max(span[0] - step * (2 + index) * flat[0], 0.0)
                high = span[1] - max(inset - step * index, 0.0) * flat[1]
                line = sparse(part(path, low, high)) if high - low > TINY else None
            lay(stroke, line, _LIGHT * layer.shift * self.width_units)


def _shadow_strokes(theme: Theme, width_units: float, strength: float) -> list[Shape]:
    """Strokes that add up to a soft shadow; none if it has no strength."""
    if strength <= 0.0:
        return []
    width_px = width_units / px(1)
    count = int(np.clip(0.7 * width_px, 5, 14))
    each = 1.0 - (1.0 - min(strength, 0.95)) ** (1.0 / count)
    strokes = []
    for spread in np.linspace(2.3, 0.5, count):
        stroke = Shape(
            stroke=theme.color("panel.shadow"), stroke_px=spread * width_px, stroke_opacity=each
        )
        stroke.joint_type = LineJointType.BEVEL
        strokes.append(stroke)
    return strokes


class HiddenTube(Course):
    """A tube behind something: dashes on a pale halo.

    Parameters
    ----------
    path
        Scene points (N, 3) or (N, 2).
    width_units
        Width of the dashes in scene units.
    theme
        Colours: role `catheter`.
    """

    def __init__(self, path: ArrayLike, width_units: float, theme: Theme) -> None:
        super().__init__(path)
        width_px = width_units / px(1)
        self._halo = [
            Shape(stroke="#FFFFFF", stroke_px=width_px + extra, stroke_opacity=0.22)
            for extra in (6.0, 4.4, 2.8)
        ]
        self._dashes = Shape(
            stroke=theme.color("catheter.line"), stroke_px=width_px, stroke_opacity=0.95
        ).dashed(2.5 * width_px, 2.2 * width_px)
        self.add(*self._halo, self._dashes)
        self._draw()

    def _draw(self) -> None:
        start, end = self.shown
        line = part(self.path, start, end) if end - start > TINY else None
        for stroke in (*self._halo, self._dashes):
            lay(stroke, line, np.zeros(3))
        self._dashes.dash_phase = start * self.length  # dashes stay in place as the start moves


class Rod(Course):
    """Tunnelling passer: slim metal rod with a blunt olive at its front.

    Parameters
    ----------
    path
        Scene points (N, 3) or (N, 2) it is pushed along.
    width_units
        Thickness of the rod in scene units; the olive is 1.9 times as thick.
    theme
        Colours: role `metal`.
    shadow
        Strength 0 to 1 of its soft shadow.
    """

    def __init__(
        self, path: ArrayLike, width_units: float, theme: Theme, *, shadow: float = 0.0
    ) -> None:
        super().__init__(path)
        metal = role_tones(theme, "metal")
        self.width_units = width_units
        self.shaft = Tube(path, width_units, theme, shadow=shadow, tones=metal)
        self.head = Part(*_olive(metal, width_units))
        self._head_rest = [piece.points.copy() for piece in self.head.submobjects]
        self.add(self.shaft, self.head)
        self._draw()

    def _draw(self) -> None:
        start, end = self.shown
        self.shaft.reveal_between(start, end)
        self.head.opacity = float(end > start)
        along = self.direction_at(end)
        centre = self.point_at(end)
        for index, (piece, rest) in enumerate(
            zip(self.head.submobjects, self._head_rest, strict=True)
        ):
            lift = 0.030 * index * self.width_units
            piece.set_points(aligned(rest, centre, along) + _LIGHT * lift)


def _olive(metal: Tones, width_units: float, count: int = 11) -> list[Shape]:
    """Blunt head of the passer at the origin, pointing right: nested outlines, light upwards."""
    turn = np.linspace(0.0, 2 * np.pi, 49)[:-1]
    long, wide = 2.1 * width_units, 0.95 * width_units
    outline = np.column_stack(
        [long * np.cos(turn), wide * np.sin(turn) * (1 - 0.16 * np.cos(turn)), 0 * turn]
    )
    pieces = [Shape(outline, fill=metal.dark, stroke=metal.line, stroke_px=1.6)]
    for index in range(1, count):
        share = index / (count - 1)
        tone = (
            mix(metal.dark, metal.base, share / 0.45)
            if share < 0.45
            else mix(metal.base, "#FFFFFF", (share - 0.45) / 0.55)
        )
        pieces.append(Shape(outline * (1.0 - 0.80 * share), fill=tone))
    return pieces
