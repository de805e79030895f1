"""Cairo patterns of gradients and meshes, placed by handles that move with their shapes.

A gradient is made once in a frame of its own, `UNIT` long, and laid onto its handle by a matrix:
so it follows any turn, stretch or shear, and is kept while the handle moves.
"""

from __future__ import annotations

from typing import Any, Final

import cairo
import numpy as np
from manim import VMobject
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from spineanim.picture.paths import Traced
from spineanim.picture.shape import Gradient, Handle, Mesh, Shape

_UNIT: Final = 1000.0
"""Length of a gradient in its own frame: Cairo rounds matrices to 1/65536."""
_FLAT: Final = 1e-9
"""A handle of less area than this has no inside to paint."""


class Paints:
    """Patterns by their colours; they are kept as long as the camera that asks for them."""

    def __init__(self) -> None:
        self._gradients: dict[tuple[Gradient, float], cairo.Gradient] = {}

    def fill(self, shape: Shape) -> cairo.Pattern | None:
        """Pattern of a shape's gradient or mesh where it stands now; None if there is none."""
        opacity = float(shape.get_fill_opacity())
        if opacity <= 0.0:
            return None
        if shape.mesh is not None and shape.mesh_handle is not None:
            return mesh_pattern(shape.mesh, shape.mesh_handle, opacity)
        if shape.gradient is not None and shape.gradient_handle is not None:
            return self._laid(shape.gradient, shape.gradient_handle, opacity)
        return None

    def _laid(self, gradient: Gradient, handle: Handle, opacity: float) -> cairo.Gradient | None:
        """Gradient laid onto its handle, or None when the handle is flat."""
        places = handle.places()
        origin, first = places[0], places[1] - places[0]
        second = places[2] - origin if len(places) > 2 else np.array([-first[1], first[0]])
        if abs(first[0] * second[1] - first[1] * second[0]) < _FLAT:
            return None
        pattern = self._gradients.get((gradient, opacity))
        if pattern is None:
            pattern = self._gradients[(gradient, opacity)] = unit_gradient(gradient, opacity)
        frame = cairo.Matrix(*(first / _UNIT), *(second / _UNIT), *origin)
        frame.invert()
        pattern.set_matrix(frame)
        return pattern


def unit_gradient(gradient: Gradient, opacity: float) -> cairo.Gradient:
    """Gradient in its own frame: along x from 0, or outwards from 0, `_UNIT` long."""
    pattern: cairo.Gradient
    if gradient.kind == "linear":
        pattern = cairo.LinearGradient(0.0, 0.0, _UNIT, 0.0)
    else:
        pattern = cairo.RadialGradient(0.0, 0.0, 0.0, 0.0, 0.0, _UNIT)
    for offset, color, alpha in gradient.stops:
        add_stop(pattern, offset, color, alpha * opacity)
    return pattern


def mesh_pattern(mesh: Mesh, handle: Handle, opacity: float) -> cairo.MeshPattern:
    """Coons patches between the nodes of a lattice, their sides smooth through the nodes."""
    nodes = handle.places().reshape(-1, mesh.columns, 2)
    colors = [(*_reversed_rgb(color), alpha * opacity) for color, alpha in mesh.colors]
    down, across = _tangents(nodes, axis=0) / 3.0, _tangents(nodes, axis=1) / 3.0
    pattern = cairo.MeshPattern()
    for row in range(len(nodes) - 1):
        for column in range(mesh.columns - 1):
            here = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            pattern.begin_patch()
            pattern.move_to(*nodes[here[0]])
            for side, (start, end) in enumerate(zip(here, here[1:] + here[:1], strict=True)):
                lean = (across, down, -across, -down)[side]
                pattern.curve_to(
                    *(nodes[start] + lean[start]), *(nodes[end] - lean[end]), *nodes[end]
                )
            for corner, (line, place) in enumerate(here):
                pattern.set_corner_color_rgba(corner, *colors[line * mesh.columns + place])
            pattern.end_patch()
    return pattern


def _tangents(nodes: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Directions of smooth lines through a lattice (R, C, 2), a step long (Catmull-Rom)."""
    tangents: NDArray[np.float64] = np.gradient(nodes, axis=axis)
    return tangents


def add_stop(gradient: cairo.Gradient, offset: float, color: str, opacity: float) -> None:
    """Add a gradient stop in Manim's byte order."""
    gradient.add_color_stop_rgba(offset, *_reversed_rgb(color), opacity)


def set_color(ctx: cairo.Context[Any], color: str, opacity: float) -> None:
    """Paint with one colour from now on, in Manim's byte order."""
    ctx.set_source_rgba(*_reversed_rgb(color), opacity)


def _reversed_rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = ManimColor(color).to_rgb()
    return float(blue), float(green), float(red)


def set_shape_color(
    shape: VMobject, rgbas: NDArray[np.float64], traced: Traced, ctx: cairo.Context[Any]
) -> bool:
    """Set a shape's colour, or Manim's gradient of its colours; False when it is clear."""
    if len(rgbas) == 1:
        red, green, blue, alpha = rgbas[0].tolist()
        if alpha > 0.0:
            ctx.set_source_rgba(blue, green, red, alpha)
        return bool(alpha > 0.0)
    if not rgbas[:, 3].any():
        return False
    if shape.submobjects or shape.shade_in_3d or len(shape.points) % 4:
        start, end = shape.get_gradient_start_and_end_points()
        ctx.set_source(_sheen(start, end, rgbas))
        return True
    key = rgbas.tobytes() + np.asarray(shape.sheen_direction, dtype=np.float64).tobytes()
    pattern = traced.sheens.get(key)
    if pattern is None:
        pattern = traced.sheens[key] = _sheen(*_sheen_line(shape), rgbas)
    ctx.set_source(pattern)
    return True


def _sheen(
    start: NDArray[np.float64], end: NDArray[np.float64], rgbas: NDArray[np.float64]
) -> cairo.LinearGradient:
    """Manim's gradient: colours an even distance apart from start to end."""
    pattern = cairo.LinearGradient(start[0], start[1], end[0], end[1])
    for index, (red, green, blue, alpha) in enumerate(rgbas.tolist()):
        pattern.add_color_stop_rgba(index / (len(rgbas) - 1), blue, green, red, alpha)
    return pattern


def _sheen_line(shape: VMobject) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Start and end of Manim's gradient on a shape: across its box, in the sheen's direction."""
    anchors = shape.points.reshape(-1, 4, 3)[:, (0, 3)].reshape(-1, 3)  # ends of the curves
    low, high = anchors.min(axis=0), anchors.max(axis=0)
    middle, reach = (low + high) / 2.0, (high - low) / 2.0 * shape.sheen_direction
    return middle - reach, middle + reach
