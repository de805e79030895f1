"""Pixel grids laid over a view, and outlines turned into coverage masks.

A :class:`Grid` says which millimetres of a view's plane each pixel shows. Everything that is
baked (:mod:`spineanim.picture.relief`, :mod:`spineanim.picture.skeleton`,
:mod:`spineanim.picture.body`) is computed on such a grid, so all lengths can stay in millimetres
and a sprite looks alike at every scale.

View axes: the first coordinate runs to the screen's right, the second up, both in millimetres.
Images: row 0 is the top row, arrays are ``(height, width)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import cairo
import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.curves import signed_area

Float32 = NDArray[np.float32]
"""Image-sized working array."""

Points = NDArray[np.float64]
"""``(N, 2)`` points of a view's plane, millimetres (right, up)."""

Box = tuple[float, float, float, float]
"""``(left, bottom, right, top)`` in the view's plane, millimetres."""

Region = tuple[slice, slice]
"""Rows and columns of a part of an image."""


@dataclass(frozen=True)
class Grid:
    """Which millimetres of a view's plane the pixels of an image show.

    Attributes
    ----------
    left_mm, top_mm
        Outer corner of the top left pixel.
    width_px, height_px
        Size of the image.
    px_per_mm
        Scale; pixels are square.
    """

    left_mm: float
    top_mm: float
    width_px: int
    height_px: int
    px_per_mm: float

    @classmethod
    def covering(cls, window_mm: Box, px_per_mm: float, *, multiple: int = 2) -> Grid:
        """Return the smallest grid over ``window_mm`` with whole pixels.

        Parameters
        ----------
        window_mm
            ``(left, bottom, right, top)``.
        px_per_mm
            Scale, greater than 0.
        multiple
            Width and height become multiples of this, so that a coarser grid fits exactly.

        Raises
        ------
        ValueError
            If the window is empty or the scale is not positive.
        """
        left, bottom, right, top = window_mm
        if right <= left or top <= bottom:
            raise ValueError(f"the window {window_mm} is empty: give (left, bottom, right, top)")
        if px_per_mm <= 0:
            raise ValueError(f"the scale must be above 0 px/mm, not {px_per_mm}")
        # A hair is taken off first, so that 100.0000001 pixels do not become 101.
        columns = ceil((right - left) * px_per_mm / multiple - 1e-6) * multiple
        rows = ceil((top - bottom) * px_per_mm / multiple - 1e-6) * multiple
        return cls(left, top, columns, rows, px_per_mm)

    @property
    def shape(self) -> tuple[int, int]:
        """Image shape ``(height, width)`` in pixels."""
        return self.height_px, self.width_px

    @property
    def box_mm(self) -> Box:
        """Exact area of the image, ``(left, bottom, right, top)`` in millimetres."""
        right = self.left_mm + self.width_px / self.px_per_mm
        bottom = self.top_mm - self.height_px / self.px_per_mm
        return self.left_mm, bottom, right, self.top_mm

    @property
    def across_mm(self) -> Float32:
        """Pixel centres along a row as ``(1, width)``, millimetres to the right."""
        columns = np.arange(self.width_px) + 0.5
        return (self.left_mm + columns / self.px_per_mm).astype(np.float32)[None, :]

    @property
    def up_mm(self) -> Float32:
        """Pixel centres along a column as ``(height, 1)``, millimetres up."""
        rows = np.arange(self.height_px) + 0.5
        return (self.top_mm - rows / self.px_per_mm).astype(np.float32)[:, None]

    def to_px(self, points: Points) -> Points:
        """Turn view points ``(N, 2)`` in millimetres into pixels (right, down)."""
        points = np.asarray(points, dtype=np.float64)
        return np.column_stack(
            [
                (points[:, 0] - self.left_mm) * self.px_per_mm,
                (self.top_mm - points[:, 1]) * self.px_per_mm,
            ]
        )

    def coarser(self, factor: int) -> Grid:
        """Return the grid with ``factor`` times larger pixels over the same area."""
        return Grid(
            self.left_mm,
            self.top_mm,
            self.width_px // factor,
            self.height_px // factor,
            self.px_per_mm / factor,
        )

    def around(self, lines: Iterable[Points], margin_mm: float) -> Patch:
        """Return the pixels round some lines, even where they lie outside the image.

        Parameters
        ----------
        lines
            ``(N, 2)`` lines or outlines in millimetres.
        margin_mm
            Room on every side.
        """
        stacked = self.to_px(np.vstack([np.asarray(line, dtype=np.float64) for line in lines]))
        margin = margin_mm * self.px_per_mm + 2.0
        left, top = np.floor(stacked.min(axis=0) - margin).astype(int)
        right, bottom = np.ceil(stacked.max(axis=0) + margin).astype(int)
        return self._patch(int(left), int(top), int(right), int(bottom))

    def grown_to(self, box_mm: Box) -> Patch:
        """Return the pixels over this grid and ``box_mm`` together."""
        corners = self.to_px(np.array([(box_mm[0], box_mm[3]), (box_mm[2], box_mm[1])]))
        left, top = np.floor(np.minimum(corners[0], 0.0)).astype(int)
        far = np.maximum(corners[1], (self.width_px, self.height_px))
        right, bottom = np.ceil(far).astype(int)
        return self._patch(int(left), int(top), int(right), int(bottom))

    def _patch(self, left: int, top: int, right: int, bottom: int) -> Patch:
        """Return the patch between pixel columns and rows of this grid."""
        grid = Grid(
            self.left_mm + left / self.px_per_mm,
            self.top_mm - top / self.px_per_mm,
            right - left,
            bottom - top,
            self.px_per_mm,
        )
        rows = slice(max(top, 0), min(bottom, self.height_px))
        columns = slice(max(left, 0), min(right, self.width_px))
        if rows.stop <= rows.start or columns.stop <= columns.start:
            rows, columns = slice(0, 0), slice(0, 0)
            return Patch(grid, (rows, columns), (rows, columns))
        inner = (
            slice(rows.start - top, rows.stop - top),
            slice(columns.start - left, columns.stop - left),
        )
        return Patch(grid, (rows, columns), inner)


@dataclass(frozen=True)
class Patch:
    """A grid of its own whose pixels coincide with those of a larger image.

    Attributes
    ----------
    grid
        The patch's own grid; it may reach beyond the image.
    region
        The rows and columns of the image that the patch covers (empty if it lies outside).
    inner
        The same pixels as rows and columns of the patch.
    """

    grid: Grid
    region: Region
    inner: Region

    @property
    def is_visible(self) -> bool:
        """Whether any pixel lies in the image."""
        return bool(self.region[0].stop > self.region[0].start)


def _trace(context: cairo.Context[cairo.ImageSurface], pixels: Points, closed: bool) -> None:
    """Add a polyline in pixels to the current path."""
    context.move_to(*pixels[0])
    for x, y in pixels[1:]:
        context.line_to(x, y)
    if closed:
        context.close_path()


class _Sheet:
    """An 8-bit coverage image that Cairo draws into."""

    def __init__(self, grid: Grid) -> None:
        stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, grid.width_px)
        self._data = np.zeros((grid.height_px, stride), np.uint8)
        self._width = grid.width_px
        self._surface = cairo.ImageSurface.create_for_data(
            self._data.data, cairo.FORMAT_A8, grid.width_px, grid.height_px, stride
        )
        self.context = cairo.Context(self._surface)
        self.context.set_antialias(cairo.ANTIALIAS_BEST)

    def coverage(self) -> Float32:
        """Return what was drawn, 0..1, shape ``(height, width)``."""
        self._surface.flush()
        return self._data[:, : self._width].astype(np.float32) / np.float32(255.0)


def fill_coverage(grid: Grid, outlines: Sequence[Points], holes: Sequence[Points] = ()) -> Float32:
    """Rasterise the union of closed outlines, minus holes.

    Parameters
    ----------
    grid
        Where the pixels lie.
    outlines, holes
        Closed ``(N, 2)`` outlines in millimetres, in any direction of travel.

    Returns
    -------
    Float32
        Antialiased coverage 0..1, ``(height, width)``.
    """
    sheet = _Sheet(grid)
    # One winding fill of equally directed outlines gives a true union, without a seam where
    # two antialiased edges would meet.
    for outline in outlines:
        pixels = grid.to_px(outline)
        _trace(sheet.context, pixels if signed_area(pixels) >= 0 else pixels[::-1], closed=True)
    sheet.context.fill()
    sheet.context.set_operator(cairo.OPERATOR_DEST_OUT)
    for hole in holes:
        _trace(sheet.context, grid.to_px(hole), closed=True)
        sheet.context.fill()
    return sheet.coverage()


def stroke_coverage(
    grid: Grid, lines: Sequence[Points], widths_mm: Sequence[float], *, closed: bool = False
) -> Float32:
    """Rasterise polylines with round ends and joins.

    Parameters
    ----------
    grid
        Where the pixels lie.
    lines
        ``(N, 2)`` polylines in millimetres.
    widths_mm
        Width of each line.
    closed
        Whether each line returns to its start.

    Returns
    -------
    Float32
        Antialiased coverage 0..1, ``(height, width)``.
    """
    sheet = _Sheet(grid)
    sheet.context.set_line_cap(cairo.LINE_CAP_ROUND)
    sheet.context.set_line_join(cairo.LINE_JOIN_ROUND)
    for line, width_mm in zip(lines, widths_mm, strict=True):
        sheet.context.set_line_width(width_mm * grid.px_per_mm)
        _trace(sheet.context, grid.to_px(line), closed=closed)
        sheet.context.stroke()
    return sheet.coverage()
