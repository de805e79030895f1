"""Soft parts of a bending column, drawn as curves: discs, ligaments, fat, fluid, cord, roots.

What is round is a stack of filled paths, each lighter, narrower and nearer to the light, as a
tube is. A contour is a wider path below: strokes along so many points cost much more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from manim import LineJointType
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.bend import BentColumn
from spineanim.geometry.spine import DISCS
from spineanim.picture.shape import Shape, mix, path_points
from spineanim.stage import Stage, px

_CONTOUR: Final = 0.045
"""Width of a strip's contour as a share of the strip's."""
_STEP_PX: Final = 3.0
_LONG_STEP_PX: Final = 5.0
"""Points of a disc, and of all else, are about so far apart."""


@dataclass
class Soft:
    """One path of soft parts that look alike.

    Attributes
    ----------
    names
        Of outlines or lines of `BentColumn`.
    shape
        What is drawn: all of them as one path, for a path costs more than its points.
    across
        Which share of an outline is kept: for a strip, from its front to its back edge; for a
        disc, how far (mm) it is moved to the light, and how much of its size.
    strip
        Whether an outline is a strip: its first half runs along the front, the rest back.
    """

    names: tuple[str, ...]
    shape: Shape
    across: tuple[float, float] = (0.0, 1.0)
    strip: bool = False
    _strides: dict[str, int] = field(default_factory=dict)
    _kept: dict[str, slice] = field(default_factory=dict)

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: tuple[float, float]) -> None:
        """Choose, once for all bends, which points are drawn.

        Parameters
        ----------
        rest
            The column at rest; a bend moves points but leaves their number.
        stage
            Gives the scale: points that lie close are left out.
        reach_mm
            Lowest and highest z at rest that lines and strips are drawn at.
        """
        for name in self.names:
            points = self._points(rest, name)
            along = points[: len(points) // 2] if self.strip else points
            if self.strip or name in rest.lines:
                inside = (along[:, 1] >= reach_mm[0]) & (along[:, 1] <= reach_mm[1])
                found = np.flatnonzero(inside)
                self._kept[name] = slice(found[0], found[-1] + 1) if len(found) else slice(0, 0)
            step = float(np.mean(np.linalg.norm(np.diff(points, axis=0), axis=1)))
            wanted = px(_STEP_PX if name in DISCS else _LONG_STEP_PX)
            self._strides[name] = max(int(wanted / stage.length(max(step, 1e-3))), 1)

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the path where the column has it."""
        pieces = []
        for name in self.names:
            points = self._points(column, name)
            if len(points) > 1:
                pieces.append(points if name in column.lines else np.vstack([points, points[:1]]))
        self.shape.set_points(_in_pieces(pieces, stage))

    def _points(self, column: BentColumn, name: str) -> Points2:
        stride, kept = self._strides.get(name, 1), self._kept.get(name, slice(None))
        if name in column.lines:
            line = column.lines[name][kept]
            return np.vstack([line[:-1:stride], line[-1:]])
        outline, (low, high) = column.outlines[name], self.across
        if self.strip:
            half = len(outline) // 2
            front, back = outline[:half][kept], outline[half:][::-1][kept]
            front, back = (np.vstack([e[:-1:stride], e[-1:]]) for e in (front, back))
            edges = front + (back - front) * low, front + (back - front) * high
            return np.vstack([edges[0], edges[1][::-1]])
        middle = outline.mean(axis=0)
        shift = np.array([-0.6, 0.8]) * low
        return np.asarray(middle + shift + (outline[::stride] - middle) * high)


def _in_pieces(pieces: list[Points2], stage: Stage) -> NDArray[np.float64]:
    """Manim's points (4 N, 3) of several open lines, all worked out at once."""
    if not pieces:
        return np.zeros((0, 3))
    joined = path_points(stage.plane(np.vstack(pieces)), closed=False).reshape(-1, 4, 3)
    ends = np.cumsum([len(piece) for piece in pieces])[:-1]
    # what leads from the end of one piece to the start of the next is no part of either
    return np.delete(joined, ends - 1, axis=0).reshape(-1, 3)


def skin_lines(theme: Theme) -> list[Soft]:
    """Trunk behind the column, in tones so pale that nothing competes with it."""
    fill = mix(theme.color("body.light"), theme.color("background.top"), 0.25)
    edge = mix(theme.color("body.dark"), theme.color("body.base"), 0.4)
    return [Soft(("skin",), Shape(fill=fill, stroke=edge, stroke_px=2.2))]


def behind_bones(theme: Theme, bones: Iterable[str], *, cut: bool) -> list[Soft]:
    """Discs, and on a cut ligaments, between bones that are shown; they reach a little under them.

    Ligaments are carried along in a bend, so what lies under the bones leaves no gap there.
    """
    light, base, dark, line = _tones(theme, "disc")
    interspinous = tuple(f"interspinous_{name}" for name in _between(bones)) if cut else ()
    return [
        *_plain(theme, interspinous, "ligament", 1.14),
        *(
            Soft(_between(bones), Shape(fill=color), (shift_mm, size))
            for size, shift_mm, color in (
                (1.04, 0.0, line),
                (1.0, 0.0, dark),
                (0.90, 0.15, mix(dark, base, 0.70)),
                (0.74, 0.40, mix(base, light, 0.25)),
                (0.48, 0.70, mix(base, light, 0.70)),
            )
        ),
    ]


def over_bones(theme: Theme, bones: Iterable[str]) -> list[Soft]:
    """Soft parts that a cut in the median plane shows between and behind the bodies."""
    flava = tuple(f"flavum_{name}" for name in _between(bones))
    found = [
        _line(theme, ("supraspinous",), "ligament", 4.0),
        *_strip(theme, "epidural_fat", "fat", ((0.0, 1.0, 0.55),)),
        *_plain(theme, flava, "ligamentum_flavum", 1.0),
        _line(theme, ("anterior_longitudinal", "posterior_longitudinal"), "ligament", 3.4),
    ]
    fluid = ((0.03, 0.97, 0.4), (0.10, 0.86, 0.62), (0.16, 0.62, 0.85))
    found += _strip(theme, "sac", "csf", fluid)
    roots = tuple(f"root_{number}" for number in range(1, 9))
    found.append(_line(theme, ("filum", *roots), "nerve", 1.6))
    cord = ((0.06, 0.92, 0.30), (0.12, 0.82, 0.62), (0.18, 0.66, 0.80), (0.26, 0.46, 0.95))
    return found + _strip(theme, "cord", "cord", cord)


def _between(bones: Iterable[str]) -> tuple[str, ...]:
    """Discs with a shown bone on both sides."""
    known = {"S1" if bone == "sacrum" else bone for bone in bones}
    return tuple(name for name in DISCS if set(name.split("_")) <= known)


def _tones(theme: Theme, role: str) -> tuple[str, ...]:
    return tuple(theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark", "line"))


def _plain(theme: Theme, names: tuple[str, ...], role: str, size: float) -> list[Soft]:
    """Flat outlines of a size, with a contour."""
    _, base, dark, line = _tones(theme, role)
    return [
        Soft(names, Shape(fill=mix(line, dark, 0.6)), (0.0, size)),
        Soft(names, Shape(fill=mix(base, dark, 0.15)), (0.0, 0.94 * size)),
    ]


def _line(theme: Theme, names: tuple[str, ...], role: str, width_px: float) -> Soft:
    _, base, dark, _ = _tones(theme, role)
    shape = Shape(stroke=mix(base, dark, 0.3), stroke_px=width_px)
    shape.joint_type = LineJointType.BEVEL  # lines are dense; round joints cost much
    return Soft(names, shape)


def _strip(
    theme: Theme, name: str, role: str, layers: tuple[tuple[float, float, float], ...]
) -> list[Soft]:
    """Round strip: its contour, then layers from edge to edge, each with its lightness 0..1."""
    light, base, dark, line = _tones(theme, role)
    edge = (-_CONTOUR, 1.0 + _CONTOUR)
    found = [Soft((name,), Shape(fill=line), edge, strip=True)]
    found.append(Soft((name,), Shape(fill=dark), (0.0, 1.0), strip=True))
    for low, high, tone in layers:
        color = mix(dark, base, tone / 0.6) if tone < 0.6 else mix(base, light, tone / 0.4 - 1.5)
        found.append(Soft((name,), Shape(fill=color), (low, high), strip=True))
    return found
