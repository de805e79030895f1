"""How far things reach, in scene units and in pixels, and in which order they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import Any, Final

import cairo
from manim import Mobject, VMobject
from manim.constants import LineJointType

from spineanim.picture.paths import Box
from spineanim.picture.shape import Part, Shape

Pixels = tuple[float, float, float, float]
"""Left, top, right and bottom edge in pixels of the frame."""
_FEW_PATHS: Final = 4
_SHARP: Final = (LineJointType.AUTO, LineJointType.MITER)
_MITER: Final = 10.0
"""A mitred corner reaches at most this many half line widths out of its path."""


def in_order(mobjects: Iterable[Mobject]) -> list[Mobject]:
    """Order in which top-level mobjects are drawn: by `z_index`, else as they come.

    A part is drawn as one. Of Manim's own groups every member has a place of its own, as in Manim,
    and what comes twice is drawn where it comes last.
    """
    pieces = [piece for mobject in mobjects for piece in _pieces(mobject)]
    once = {id(piece): piece for piece in reversed(pieces)}
    ordered = list(once.values())
    ordered.reverse()
    return sorted(ordered, key=lambda each: each.z_index)


def _pieces(mobject: Mobject) -> Iterator[Mobject]:
    yield mobject
    if not isinstance(mobject, Part):
        for member in mobject.submobjects:
            yield from _pieces(member)


def holds_many(members: Iterable[Mobject]) -> bool:
    """Whether a clip is cheaper laid on once, on a group, than on every path by itself.

    Never so where a member must meet what lies behind the group.
    """
    count, waiting = 0, list(members)
    while waiting:
        each = waiting.pop()
        if isinstance(each, Part) and each.blend != "over":
            return False
        count += bool(len(each.points))
        waiting += each.submobjects
    return count > _FEW_PATHS


def line_reach(shape: VMobject) -> float:
    """How far a shape's lines reach out of its path, in scene units."""
    width = max(shape.stroke_width, shape.background_stroke_width)
    if width == 0:
        return 0.0
    sharp = shape.joint_type in _SHARP
    reach = 0.01 * float(width) / 2.0 * (_MITER if sharp else 1.5)
    return reach + shape.soft if isinstance(shape, Shape) else reach


def box_px(box: Box, reach: float, matrix: cairo.Matrix) -> Pixels:
    """Box in pixels of a box in scene units, widened by the reach of its lines."""
    left, bottom, right, top = box
    if matrix.xy == 0.0 and matrix.yx == 0.0:  # as when the camera is not turned
        ends_x = sorted(((left - reach) * matrix.xx, (right + reach) * matrix.xx))
        ends_y = sorted(((bottom - reach) * matrix.yy, (top + reach) * matrix.yy))
        return (
            ends_x[0] + matrix.x0,
            ends_y[0] + matrix.y0,
            ends_x[1] + matrix.x0,
            ends_y[1] + matrix.y0,
        )
    corners = [
        matrix.transform_point(x, y)
        for x in (left - reach, right + reach)
        for y in (bottom - reach, top + reach)
    ]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def shared_px(one: Pixels, other: Pixels) -> Pixels | None:
    """Whole pixels that two boxes share, and one more on each side of the first; or None."""
    left, top = max(floor(one[0]) - 1, floor(other[0])), max(floor(one[1]) - 1, floor(other[1]))
    right, bottom = min(ceil(one[2]) + 1, ceil(other[2])), min(ceil(one[3]) + 1, ceil(other[3]))
    return (left, top, right, bottom) if left < right and top < bottom else None


def clip_to(box: Pixels, ctx: cairo.Context[Any]) -> None:
    """Clip to a box of whole pixels."""
    matrix = ctx.get_matrix()
    ctx.identity_matrix()
    ctx.rectangle(box[0], box[1], box[2] - box[0], box[3] - box[1])
    ctx.clip()
    ctx.set_matrix(matrix)
