"""What the stage camera can draw beyond Manim's own shapes.

A `Part` is a group that fades, clips and stands still as one; a `Shape` is a path whose paint
(gradient, dashes) follows it when it moves; a `Volume` is a path shaded as a rounded body; a
`Sprite` is a baked picture placed by its corners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import cairo
import numpy as np
from manim import CapStyleType, LineJointType, VGroup, VMobject
from manim.utils.color import ManimColor
from numpy.typing import ArrayLike, NDArray

from spineanim.stage import px

Stops = tuple[tuple[float, str, float], ...]
"""Gradient stops: offset 0 to 1, `#rrggbb`, opacity."""


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


class Part(VGroup):
    """A group drawn as one: it fades without showing its layers, and may be clipped.

    Attributes
    ----------
    opacity
        Opacity of the whole, 0 to 1.
    clip
        Path outside which nothing of the part is drawn, or None.
    fixed_in_frame
        Whether it ignores the camera, as captions and labels' texts do.
    """

    def __init__(
        self, *members: VMobject, opacity: float = 1.0, fixed_in_frame: bool = False
    ) -> None:
        super().__init__(*members)
        self.opacity = opacity
        self.clip: VMobject | None = None
        self.fixed_in_frame = fixed_in_frame

    def clipped_to(self, path: VMobject) -> Self:
        """Draw the part only inside a path; the path moves with it and is not drawn."""
        path.set_fill(opacity=0).set_stroke(width=0)
        self.add(path)
        self.clip = path
        return self

    @property
    def can_be_split(self) -> bool:
        """Whether its members may be drawn one by one, some of them long before the others."""
        return (
            self.opacity == 1.0
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


class Handle(VMobject):
    """Points that carry a gradient along with its shape; never drawn."""


class Shape(VMobject):
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
        handle = Handle()
        handle.set_points(path_points(np.array([start, end], dtype=np.float64), closed=False))
        self.gradient, self.gradient_handle = Gradient(kind, stops), handle
        self.add(handle)
        self.set_fill(opacity=1.0, family=False)
        return self

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


class Picture:
    """Premultiplied RGBA pixels shared by every copy of a sprite.

    Parameters
    ----------
    rgba
        (H, W, 4) uint8, premultiplied, first row at the top.
    """

    def __init__(self, rgba: NDArray[np.uint8]) -> None:
        self.rgba = np.array(rgba, order="C")  # a copy, for Cairo wants to be able to write
        height, width = self.rgba.shape[:2]
        self.surface = cairo.ImageSurface.create_for_data(
            self.rgba.data, cairo.FORMAT_ARGB32, width, height
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> Picture:
        """Pixels never change, so copies of a mobject share them."""
        return self


class Sprite(VMobject):
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
