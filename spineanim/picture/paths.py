"""Cairo paths of Manim's Bézier points, kept from one frame to the next.

A path is known by its points, so nothing need tell that a shape has changed: other points, other
path. What two frames on end did not use is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import cairo
import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from spineanim.picture.shape import Shape
from spineanim.stage import px

_CLOSE: Final = 1.0e-5
"""Points whose coordinates differ by less than this share of their value are one to Manim."""
_FINE: Final = 65536.0
"""Paths are kept at this many units of Cairo's to a scene unit, each of 256 steps: far finer
than any frame, so that a path is the same wherever the camera stood when it was made."""
_FAR: Final = 100.0
"""Scene units from the origin beyond which Cairo could not hold a path so finely."""

_OFF: Final = px(0.04)
"""Corners of a dense line may be left out where it then moves by less than this."""
_PASSES: Final = 5
_JOINED: Final = 2.0e-3
"""Ends that lie no further apart may be one to Manim; lines with such are drawn its way."""
_THIRDS: Final = np.array([[1.0], [2.0]]) / 3.0
"""Where the handles of a straight curve lie."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in scene units."""


@dataclass
class Traced:
    """A path that was met, and how far it reaches.

    Attributes
    ----------
    box
        Box of all its points, which the path never leaves.
    path
        Cairo's copy of it in scene units, once it was drawn.
    sheens
        Manim's gradients of colours that were laid on it, by what makes them.
    """

    box: Box
    path: cairo.Path | None = None
    sheens: dict[bytes, cairo.LinearGradient] = field(default_factory=dict)


class Paths:
    """Paths of this frame and the one before, by their points."""

    def __init__(self) -> None:
        self._now: dict[bytes, Traced] = {}
        self._before: dict[bytes, Traced] = {}
        self._desk = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
        self._desk.scale(_FINE, _FINE)

    def next_frame(self) -> None:
        """Forget what neither of the last two frames used."""
        self._before, self._now = self._now, {}

    def of(self, shape: VMobject) -> Traced:
        """Box of a shape that has points, and its path if it was drawn before."""
        key = shape.points.tobytes()
        traced = self._now.get(key)
        if traced is None:
            traced = self._before.get(key) or Traced(box_of(shape.points))
            self._now[key] = traced
        return traced

    def set(self, ctx: cairo.Context[Any], shape: VMobject, traced: Traced | None = None) -> None:
        """Make a shape's path the current path of a context in scene units.

        Parameters
        ----------
        ctx
            The context.
        shape
            A shape that has points.
        traced
            What `of` gave for the shape, if it was asked already.
        """
        traced = traced or self.of(shape)
        ctx.new_path()
        if max(map(abs, traced.box)) > _FAR:
            follow(ctx, shape.points, shape.tolerance_for_point_equality)
            return
        if traced.path is None:
            traced.path = self._copied(shape)
        ctx.append_path(traced.path)

    def _copied(self, shape: VMobject) -> cairo.Path:
        self._desk.new_path()
        lines = corners_of(shape.points) if isinstance(shape, Shape) else None
        if lines is not None:
            for line in lines:
                follow_line(self._desk, line)
        else:
            follow(self._desk, shape.points, shape.tolerance_for_point_equality)
        return self._desk.copy_path()


def box_of(points: NDArray[np.float64]) -> Box:
    """Box of points (N, 3)."""
    # column by column: numpy is slow to reduce along rows this short
    across, up = points[:, 0], points[:, 1]
    return float(across.min()), float(up.min()), float(across.max()), float(up.max())


def follow(ctx: cairo.Context[Any], points: NDArray[np.float64], tolerance: float) -> None:
    """Append the curves of Manim's points (4 N, 3) to the path, just as Manim's camera does.

    A subpath ends where a curve does not start at the end of the one before; it is closed if it
    ends where it started.
    """
    curves = points[: len(points) // 4 * 4, :2].reshape(-1, 8)
    move_to, curve_to = ctx.move_to, ctx.curve_to
    if len(curves) and np.array_equal(curves[1:, :2], curves[:-1, 6:]):  # one subpath, as most are
        (first_x, first_y), (last_x, last_y) = curves[0, :2].tolist(), curves[-1, 6:].tolist()
        move_to(first_x, first_y)
        for handles_and_end in curves[:, 2:].tolist():
            curve_to(*handles_and_end)
        if _meet(first_x, last_x, tolerance) and _meet(first_y, last_y, tolerance):
            ctx.close_path()
        return
    first_x = first_y = last_x = last_y = np.nan
    for x, y, x1, y1, x2, y2, end_x, end_y in curves.tolist():
        if (x != last_x or y != last_y) and not (
            _meet(last_x, x, tolerance) and _meet(last_y, y, tolerance)
        ):
            if _meet(first_x, last_x, tolerance) and _meet(first_y, last_y, tolerance):
                ctx.close_path()
            move_to(x, y)
            first_x, first_y = x, y
        curve_to(x1, y1, x2, y2, end_x, end_y)
        last_x, last_y = end_x, end_y
    if _meet(first_x, last_x, tolerance) and _meet(first_y, last_y, tolerance):
        ctx.close_path()


def corners_of(points: NDArray[np.float64]) -> list[list[list[float]]] | None:
    """Corners of every line that Manim's points (4 K, 3) consist of, or None if one bends.

    Drawings are laid out as dense lines, and a stroke costs as much as it has corners: where
    many of one line say what few could, every other one is left out, some times over.
    """
    if len(points) < 4 or len(points) % 4:
        return None
    curves = points[:, :2].reshape(-1, 4, 2)
    start, end = curves[:, 0], curves[:, 3]
    bend = np.abs(curves[:, 1:3] - start[:, None] - (end - start)[:, None] * _THIRDS)
    if bend.max() > _OFF / 100.0:
        return None
    if np.array_equal(start[1:], end[:-1]):
        return [sparse(np.vstack([start, end[-1:]])).tolist()]
    gap = np.abs(start[1:] - end[:-1]).sum(axis=1)
    last = np.flatnonzero(gap)
    if gap[last].min() < _JOINED:
        return None
    corners = np.vstack([np.insert(start, last + 1, end[last], axis=0), end[-1:]]).tolist()
    ends = [0, *(last + np.arange(2, len(last) + 2)).tolist(), len(corners)]
    return [corners[first:stop] for first, stop in pairwise(ends)]


def sparse(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out the corners of a line (N, 2) or (N, 3) that no eye would miss; ends stay."""
    across, up = line[:, 0].copy(), line[:, 1].copy()
    kept = np.arange(len(line))
    for _ in range(_PASSES):
        spare = 1 + 2 * np.flatnonzero(_spare(across, up))
        if not len(spare):
            break
        stays = np.ones(len(kept), dtype=np.bool_)
        stays[spare] = False
        across, up, kept = across[stays], up[stays], kept[stays]
    return line[kept]


def _spare(across: NDArray[np.float64], up: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each second corner of a line, (N,) and (N,), lies on the straight way past it."""
    x, y = across[0:-2:2], up[0:-2:2]
    way_x, way_y = across[2::2] - x, up[2::2] - y
    off_x, off_y = across[1:-1:2] - x, up[1:-1:2] - y
    length = np.hypot(way_x, way_y)
    beside = np.abs(way_x * off_y - way_y * off_x)
    along = way_x * off_x + way_y * off_y
    on_way = (along >= 0.0) & (along <= length * length)
    return np.asarray((beside <= _OFF * length) & on_way & (length > 0.0))


def follow_line(ctx: cairo.Context[Any], corners: list[list[float]]) -> None:
    """Append a line through corners to the path; it is closed if it ends where it starts."""
    first, *others = corners
    ctx.move_to(*first)
    line_to = ctx.line_to
    for x, y in others:
        line_to(x, y)
    if others and first == others[-1]:
        ctx.close_path()


def _meet(one: float, other: float, tolerance: float) -> bool:
    """Whether two coordinates are one to Manim; a missing one meets nothing."""
    return abs(one - other) <= tolerance + _CLOSE * abs(other)
