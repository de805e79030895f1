"""Warped sheets of tissue and soft inner shadows, cut along vector edges."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from manim import LineJointType
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import Points2
from spineanim.mobjects.wall_texture import warp_columns
from spineanim.picture.raster import Grid
from spineanim.picture.shape import Part, Picture, Shape, Sprite, path_points, stroke_width
from spineanim.picture.wall_tissue import Texture

_ROOM_MM = 1.2
_SOFT_STEPS = 10


class Section(Protocol):
    """What turns section millimetres into scene points."""

    def to_scene(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Return scene points (N, 3) of section points (N, 2)."""
        ...


def lay_line(shape: Shape, points_mm: Points2, section: Section) -> None:
    """Lay an open line along section points (N, 2)."""
    shape.set_points(path_points(section.to_scene(points_mm), closed=False))


def lay_ring(shape: Shape, points_mm: Points2, section: Section) -> None:
    """Lay a closed path along section points (N, 2)."""
    shape.set_points(path_points(section.to_scene(points_mm), closed=True))


class Sheet(Part):
    """A baked tissue whose columns are moved up and down, cut by a crisp outline.

    Parameters
    ----------
    texture
        The tissue at rest.
    rest_mm
        Heights of its layers at rest (L,), falling.
    """

    def __init__(self, texture: Texture, rest_mm: NDArray[np.float64]) -> None:
        corner = [(0, 0, 0), (1, 0, 0), (0, -1, 0)]
        self.sprite = Sprite(np.zeros((2, 2, 4), np.uint8), corner)
        self.outline = Shape([(0, 0), (1, 0), (1, 1)])
        super().__init__(self.sprite)
        self.clipped_to(self.outline)
        self.texture, self.rest_mm = texture, rest_mm
        self.warped: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
        self.box_mm = (0.0, 0.0, 1.0, 1.0)

    def lay(
        self,
        along: NDArray[np.float64],
        heights: NDArray[np.float64],
        outline: Points2,
        section: Section,
        shift_mm: float = 0.0,
    ) -> None:
        """Bend the sheet and cut it.

        Parameters
        ----------
        along
            Evenly spread places (K,) in mm.
        heights
            Heights of its layers there (L, K).
        outline
            Section points (N, 2) outside which nothing is drawn.
        section
            Where it stands in the scene.
        shift_mm
            How far the whole sheet is drawn along the skin.
        """
        lay_ring(self.outline, outline, section)
        home = along - shift_mm
        if self.warped is None or not (
            np.array_equal(self.warped[0], home) and np.array_equal(self.warped[1], heights)
        ):
            self._warp(home, heights, outline)
            self.warped = (home, heights.copy())
        left, bottom, right, top = self.box_mm
        corners = np.array([(left, top), (right, top), (left, bottom)]) + np.array([shift_mm, 0.0])
        places = section.to_scene(corners)
        frame = [places[0], places[1], places[1] + places[2] - places[0], places[2]]
        self.sprite.set_points(path_points(np.array(frame), closed=True))

    def _warp(
        self, home: NDArray[np.float64], heights: NDArray[np.float64], outline: Points2
    ) -> None:
        """Redraw the pixels between the sheet's ends."""
        rest, scale = self.texture.grid, self.texture.grid.px_per_mm
        first = int(np.floor((home[0] - rest.left_mm) * scale))
        last = int(np.ceil((home[-1] - rest.left_mm) * scale))
        high = heights[0].max() + _ROOM_MM
        low = max(outline[:, 1].min(), heights.min() - 40.0) - _ROOM_MM
        rows_up = int(np.ceil((high - rest.top_mm) * scale))
        rows = int(np.ceil((rest.top_mm - low) * scale)) + rows_up
        grid = Grid(
            rest.left_mm + first / scale, rest.top_mm + rows_up / scale, last - first, rows, scale
        )
        places = np.linspace(grid.left_mm, grid.box_mm[2], len(home))
        now = np.stack([np.interp(places, home, row) for row in heights])
        self.sprite.picture = Picture(warp_columns(self.texture, grid, self.rest_mm, now))
        self.box_mm = grid.box_mm


class SoftEdge(Part):
    """A soft shade that reaches from a line into an outline.

    Parameters
    ----------
    color
        `#rrggbb`.
    reach_px
        How far it reaches, in pixels at 1080 lines.
    strength
        Opacity at the line itself.
    """

    def __init__(self, color: str, reach_px: float, strength: float) -> None:
        super().__init__()
        each = 1.0 - (1.0 - strength) ** (1.0 / _SOFT_STEPS)
        for step in range(_SOFT_STEPS):
            wide = 2.0 * reach_px * (1.0 - step / _SOFT_STEPS)
            line = Shape(closed=False, stroke=color, stroke_px=wide, stroke_opacity=each)
            line.set_stroke(width=stroke_width(wide))
            line.joint_type = LineJointType.BEVEL  # lines are dense; round joints cost much
            self.add(line)
        self.inside = Shape([(0, 0), (1, 0), (1, 1)])
        self.clipped_to(self.inside)

    def lay(self, line_mm: Points2, inside_mm: Points2, section: Section) -> None:
        """Shade along a line (N, 2), seen only inside an outline (M, 2)."""
        lay_ring(self.inside, inside_mm, section)
        points = path_points(section.to_scene(line_mm), closed=False)
        for shape in self.submobjects:
            if shape is not self.inside:
                shape.set_points(points)
