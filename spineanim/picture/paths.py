"""Cairo paths of Manim's Bézier points, kept from one frame to the next.

A path is known by its points, so nothing need tell that a shape has changed: other points, other
path. What two frames on end did not use is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
    left, bottom, _ = points.min(axis=0).tolist()
    right, top, _ = points.max(axis=0).tolist()
    return left, bottom, right, top


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


def corners_of(points: NDArray[np.float64]) -> list[NDArray[np.float64]] | None:
    """Corners (N, 2) of every line that Manim's points (4 K, 3) consist of, or None if one bends.

    Drawings are laid out as dense lines, and a stroke costs as much as it has corners: where
    many say what few could, every other one is left out, some times over.
    """
    if len(points) < 4 or len(points) % 4:
        return None
    curves = points[:, :2].reshape(-1, 4, 2)
    start, end = curves[:, 0], curves[:, 3]
    bend = np.abs(curves[:, 1:3] - start[:, None] - (end - start)[:, None] * _THIRDS)
    if bend.max() > _OFF / 100.0:
        return None
    gap = np.abs(start[1:] - end[:-1]).max(axis=1)
    breaks = np.flatnonzero(gap)
    if not len(breaks):
        return [sparse(np.vstack([start, end[-1:]]))]
    if gap[breaks].min() < _JOINED:
        return None
    corners = np.insert(start, breaks + 1, end[breaks], axis=0)
    corners = np.vstack([corners, end[-1:]])
    ends = breaks + 1 + np.arange(1, len(breaks) + 1)
    return _sparse_pieces(corners, ends)


def sparse(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out the corners of a line (N, 2) or (N, 3) that no eye would miss; ends stay."""
    for _ in range(_PASSES):
        spare = _spare(line[:, :2])
        if not spare.any():
            break
        line = np.delete(line, 1 + 2 * np.flatnonzero(spare), axis=0)
    return line


def _sparse_pieces(
    corners: NDArray[np.float64], breaks: NDArray[np.int64]
) -> list[NDArray[np.float64]]:
    """Do as `sparse` with lines laid end to end in (N, 2); each but the first starts at a break."""
    is_end = np.zeros(len(corners), dtype=np.bool_)
    is_end[breaks] = is_end[breaks - 1] = True
    starts = np.zeros(len(corners), dtype=np.bool_)
    starts[breaks] = True
    for _ in range(_PASSES):
        spare = _spare(corners) & ~is_end[1:-1:2]
        if not spare.any():
            break
        kept = np.ones(len(corners), dtype=np.bool_)
        kept[1:-1:2] = ~spare
        corners, is_end, starts = corners[kept], is_end[kept], starts[kept]
    return np.split(corners, np.flatnonzero(starts))


def _spare(corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each second corner of a line (N, 2) lies on the straight way past it."""
    before, here, after = corners[0:-2:2], corners[1:-1:2], corners[2::2]
    way, off = after - before, here - before
    length = np.hypot(way[:, 0], way[:, 1])
    beside = np.abs(way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0])
    along = (way * off).sum(axis=1)
    on_way = (along >= 0.0) & (along <= length * length)
    return np.asarray((beside <= _OFF * length) & on_way & (length > 0.0))


def follow_line(ctx: cairo.Context[Any], corners: NDArray[np.float64]) -> None:
    """Append a line through corners (N, 2) to the path; it is closed if it ends where it starts."""
    first, *others = corners.tolist()
    ctx.move_to(*first)
    line_to = ctx.line_to
    for x, y in others:
        line_to(x, y)
    if others and first == others[-1]:
        ctx.close_path()


def _meet(one: float, other: float, tolerance: float) -> bool:
    """Whether two coordinates are one to Manim; a missing one meets nothing."""
    return abs(one - other) <= tolerance + _CLOSE * abs(other)
