"""What the stage camera can draw beyond Manim's own shapes.

A `Part` is a group that fades, clips and stands still as one; a `Shape` is a path whose paint
(gradient, dashes) follows it when it moves; a `Volume` is a path shaded as a rounded body; a
`Sprite` is a baked picture placed by its corners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np
from manim import CapStyleType, LineJointType, VGroup, VMobject
from manim.utils.color import ManimColor
from numpy.typing import ArrayLike, NDArray

from spineanim.picture.painted import Painted
from spineanim.picture.pyramid import Picture as Picture
from spineanim.stage import px

Stops = tuple[tuple[float, str, float], ...]
"""Gradient stops: offset 0 to 1, `#rrggbb`, opacity."""
Blend = Literal["over", "multiply", "screen"]
"""How a part meets what lies behind it: covers it, darkens it, or lightens it."""


def stroke_width(width_px: float) -> float:
    """Manim's stroke width for a line of so many pixels at 1080 lines."""
    return px(width_px) / 0.01


def path_points(points: ArrayLike, *, closed: bool) -> NDArray[np.float64]:
    """Manim's Bézier points for a polyline, straight from corner to corner.

    Parameters
    ----------
    points
        Scene points (N, 3) or (N, 2), dense enough to look smooth.
    closed
        Whether the last point is joined to the first.

    Returns
    -------
    (4 (N - 1), 3), or (4 N, 3) when closed.
    """
    corners = np.asarray(points, dtype=np.float64)
    if corners.shape[1] == 2:
        corners = np.column_stack([corners, np.zeros(len(corners))])
    if closed:
        corners = np.vstack([corners, corners[:1]])
    start, end = corners[:-1], corners[1:]
    thirds = [start, start + (end - start) / 3, start + (end - start) * 2 / 3, end]
    return np.stack(thirds, axis=1).reshape(-1, 3)


class Part(Painted, VGroup):
    """A group drawn as one: it fades without showing its layers, and may be clipped or masked.

    Attributes
    ----------
    opacity
        Opacity of the whole, 0 to 1.
    clip
        Path outside which nothing of the part is drawn, or None.
    mask
        What is drawn here lets the part be seen, as far as it is opaque; None shows all.
    blend
        How the part meets what lies behind it.
    fixed_in_frame
        Whether it ignores the camera, as captions and labels' texts do.
    """

    def __init__(
        self, *members: VMobject, opacity: float = 1.0, fixed_in_frame: bool = False
    ) -> None:
        super().__init__(*members)
        self.opacity = opacity
        self.clip: VMobject | None = None
        self.mask: VMobject | None = None
        self.blend: Blend = "over"
        self.fixed_in_frame = fixed_in_frame

    def clipped_to(self, path: VMobject) -> Self:
        """Draw the part only inside a path; the path moves with it and is not drawn."""
        path.set_fill(opacity=0).set_stroke(width=0)
        self.add(path)
        self.clip = path
        return self

    def masked_by(self, mask: VMobject) -> Self:
        """Show the part only where, and as far as, a mobject is opaque; it moves with the part."""
        self.add(mask)
        self.mask = mask
        return self

    def blended(self, blend: Blend) -> Self:
        """Let the part cover, darken (`multiply`) or lighten (`screen`) what lies behind it."""
        self.blend = blend
        return self

    @property
    def is_group(self) -> bool:
        """Whether its members must be drawn together before they meet what lies behind."""
        return self.opacity < 1.0 or self.mask is not None or self.blend != "over"

    @property
    def can_be_split(self) -> bool:
        """Whether its members may be drawn one by one, some of them long before the others."""
        return (
            not self.is_group
            and self.clip is None
            and not self.fixed_in_frame
            and self.z_index == 0
        )


@dataclass(frozen=True)
class Gradient:
    """Colours along a line or outwards from a point; its handle moves with the shape.

    Attributes
    ----------
    kind
        `linear`, `radial`, or `oval` (radial, its two radii along the frame's axes).
    stops
        Offsets, colours and opacities.
    """

    kind: str
    stops: Stops


@dataclass(frozen=True)
class Mesh:
    """Colours at the nodes of a lattice, blended smoothly between; its handle holds the nodes.

    Attributes
    ----------
    columns
        Nodes in a row.
    colors
        `#rrggbb` and opacity of every node, row by row.
    """

    columns: int
    colors: tuple[tuple[str, float], ...]


class Handle(Painted):
    """Points that carry paint along with its shape; never drawn."""

    def places(self) -> NDArray[np.float64]:
        """Points (N, 2) it was made of, where they stand now."""
        return np.vstack([self.points[0::4, :2], self.points[-1:, :2]])


class Grip(Handle):
    """Handle of a paint: it may reach beyond its shape and does not count for its size."""

    def get_anchors(self) -> list[NDArray[np.float64]]:
        """No ends of curves, so that no box of a shape holds the handle."""
        return []

    def reduce_across_dimension(
        self, reduce_func: Callable[[Iterable[float]], float], dim: int
    ) -> None:
        """Nothing to measure along an axis."""


class Shape(Painted):
    """A path with paint that follows it.

    Parameters
    ----------
    points
        Scene points (N, 2) or (N, 3) of a dense polyline; None for an empty path.
    closed
        Whether it is joined end to end.
    fill, fill_opacity
        `#rrggbb` or None.
    stroke, stroke_px, stroke_opacity
        Line colour or None, and width in pixels at 1080 lines.
    soft_px
        Width of the line's soft edge, half of it within and half without, at 1080 lines.
    """

    def __init__(
        self,
        points: ArrayLike | None = None,
        *,
        closed: bool = True,
        fill: str | None = None,
        fill_opacity: float = 1.0,
        stroke: str | None = None,
        stroke_px: float = 0.0,
        stroke_opacity: float = 1.0,
        soft_px: float = 0.0,
        **manim_options: Any,
    ) -> None:
        super().__init__(
            fill_color=fill or "#000000",
            fill_opacity=fill_opacity if fill else 0.0,
            stroke_color=stroke or "#000000",
            stroke_width=stroke_width(stroke_px) if stroke else 0.0,
            stroke_opacity=stroke_opacity,
            joint_type=LineJointType.ROUND,
            cap_style=CapStyleType.ROUND,
            **manim_options,
        )
        self.gradient: Gradient | None = None
        self.gradient_handle: Handle | None = None
        self.mesh: Mesh | None = None
        self.mesh_handle: Handle | None = None
        self.soft = px(soft_px)
        self.dash: tuple[float, ...] = ()
        self.dash_phase = 0.0
        if points is not None:
            self.set_points(path_points(points, closed=closed))

    def with_gradient(self, kind: str, start: ArrayLike, end: ArrayLike, stops: Stops) -> Self:
        """Fill with a gradient.

        Parameters
        ----------
        kind
            `linear` from start to end; `radial` from the centre `start` out to `end`; `oval`
            from the centre `start` to the corner `end` of the quarter it fills.
        start, end
            Scene points (3,).
        stops
            Offsets, colours and opacities.
        """
        origin, tip = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
        reach = tip - origin
        first, second = reach, np.array([-reach[1], reach[0], 0.0])
        if kind == "oval":
            first, second = reach * (1.0, 0.0, 0.0), reach * (0.0, 1.0, 0.0)
        frame = np.array([origin, origin + first, origin + second])
        self.gradient = Gradient(kind, stops)
        self.gradient_handle = self._handle(frame)
        self.set_fill(opacity=1.0, family=False)
        return self

    def with_mesh(self, nodes: ArrayLike, colors: Sequence[Sequence[tuple[str, float]]]) -> Self:
        """Fill with colours that blend smoothly between the nodes of a bent lattice.

        Parameters
        ----------
        nodes
            Scene points (R, C, 3) or (R, C, 2), at least two rows and columns; the lattice's
            lines pass through them as smooth curves.
        colors
            `#rrggbb` and opacity of each node, as R rows of C.
        """
        lattice = np.asarray(nodes, dtype=np.float64)
        rows, columns, axes = lattice.shape
        if len(colors) != rows or any(len(row) != columns for row in colors):
            raise ValueError(f"{rows} x {columns} nodes need as many colours")
        self.mesh = Mesh(columns, tuple(pair for row in colors for pair in row))
        self.mesh_handle = self._handle(lattice.reshape(-1, axes))
        self.set_fill(opacity=1.0, family=False)
        return self

    def _handle(self, places: NDArray[np.float64]) -> Handle:
        """Add points that move with the shape."""
        handle = Grip()
        handle.set_points(path_points(places, closed=False))
        self.add(handle)
        return handle

    def dashed(self, on_px: float, off_px: float) -> Self:
        """Break the line into dashes of these lengths at 1080 lines."""
        self.dash = (px(on_px), px(off_px))
        return self


@dataclass(frozen=True)
class Tones:
    """The four tones a volume is shaded with, each `#rrggbb`."""

    light: str
    base: str
    dark: str
    line: str


class Volume(Shape):
    """A closed path shaded as a rounded body lit from the upper left.

    Parameters
    ----------
    points
        Scene points of the outline.
    tones
        Light, base, dark and line colour.
    depth_px
        How far the shading reaches in from the edge, in pixels at 1080 lines.
    line_px
        Width of the contour.
    rim
        Strength of the cool bounce along the shadow edge, 0 to 1.
    """

    def __init__(
        self,
        points: ArrayLike,
        tones: Tones,
        *,
        depth_px: float,
        line_px: float = 1.4,
        rim: float = 0.35,
    ) -> None:
        super().__init__(points, fill=tones.base, stroke=tones.line, stroke_px=line_px)
        self.tones = tones
        self.shade_share = px(depth_px) / self._span()
        self.rim = rim

    def _span(self) -> float:
        """Diagonal of the outline's box, which scales with the shape."""
        corners = self.points.min(axis=0), self.points.max(axis=0)
        return float(np.linalg.norm(corners[1] - corners[0]))

    def shade_depth(self) -> float:
        """How far the shading reaches in from the edge, at the size the shape has now."""
        return self.shade_share * self._span()


class Sprite(Painted):
    """A baked picture that moves, turns, scales and fades like any shape.

    Parameters
    ----------
    rgba
        (H, W, 4) uint8, premultiplied.
    corners
        Scene points (3, 3): upper left, upper right, lower left.
    """

    def __init__(self, rgba: NDArray[np.uint8], corners: Sequence[ArrayLike]) -> None:
        super().__init__(fill_color="#FFFFFF", fill_opacity=1.0, stroke_width=0.0)
        self.picture = Picture(rgba)
        upper_left, upper_right, lower_left = (np.asarray(c, dtype=np.float64) for c in corners)
        lower_right = upper_right + lower_left - upper_left
        self.set_points(
            path_points([upper_left, upper_right, lower_right, lower_left], closed=True)
        )

    def corner_points(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Upper left, upper right and lower left corner as they stand now, (3,) each."""
        return self.points[0], self.points[4], self.points[12]


def mix(first: str, second: str, share: float) -> str:
    """Colour between two `#rrggbb`; share 0 gives the first, 1 the second."""
    blend: str = ManimColor(first).interpolate(ManimColor(second), share).to_hex()
    return blend
