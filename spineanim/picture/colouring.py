"""Colour washes with ramps, and lay them over one another.

Apart from the washes, so that a change here lights nothing anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from spineanim.picture.image import BakedImage, dither, eight_bit
from spineanim.picture.ramp import Ramp
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.wash import Cover, Wash

_BYTE: Final = np.float32(1 / 255)


def painted(grid: Grid, layers: Sequence[tuple[Wash, Ramp]]) -> BakedImage:
    """Colour washes and lay them over one another, the lowest first.

    The picture is cut down to what is covered, with a clear pixel around where there is room.
    """
    return _in_strips(grid, [((layer, ramp),) for layer, ramp in layers])


def painted_beside(grid: Grid, below: Layer, parts: Sequence[Layer]) -> BakedImage:
    """Colour washes that share no ground, as the parts of a device, and lay them over another.

    Where parts meet their covers add up, so that no seam shows.
    """
    return _in_strips(grid, [(below,), tuple(parts)])


Layer = tuple[Wash, Ramp]
"""A wash and the ramp that colours it."""

_STRIP_PX: Final = 64
"""Pictures are coloured in strips of so many rows, which the processor holds at hand."""


def _in_strips(grid: Grid, sheets: Sequence[Sequence[Layer]]) -> BakedImage:
    """Lay sheets over one another; the layers of each lie side by side."""
    cut, rows, columns = _cut_down(grid, [layer for sheet in sheets for layer, _ in sheet])
    pixels = np.zeros((*cut.shape, 4), np.uint8)
    for start in range(rows.start, rows.stop, _STRIP_PX):
        band = slice(start, min(start + _STRIP_PX, rows.stop))
        strip = np.zeros((band.stop - band.start, cut.width_px, 4), np.float32)
        for number, sheet in enumerate(sheets):
            _lay(strip, sheet, band, columns.start, is_first=number == 0)
        pixels[band.start - rows.start : band.stop - rows.start] = eight_bit(
            strip, dither(grid.shape)[band, columns]
        )
    pixels.setflags(write=False)
    return BakedImage(pixels, cut.box_mm)


def lay_over(picture: Float32, layers: Sequence[Layer]) -> None:
    """Lay washes over a premultiplied picture ``(H, W, 4)`` of their whole grid, in place."""
    for start in range(0, picture.shape[0], _STRIP_PX):
        band = slice(start, min(start + _STRIP_PX, picture.shape[0]))
        for layer in layers:
            _lay(picture[band], (layer,), band, 0)


def _cut_down(grid: Grid, washes: Sequence[Wash]) -> tuple[Grid, slice, slice]:
    """Return the grid of what washes cover, and its rows and columns in the whole."""
    spots = [each.region for each in washes if each.cover.size]
    if not spots:
        return Grid(grid.left_mm, grid.top_mm, 1, 1, grid.px_per_mm), slice(0, 1), slice(0, 1)
    (top, bottom), (left, right) = (
        (min(spot[axis].start for spot in spots), max(spot[axis].stop for spot in spots))
        for axis in (0, 1)
    )
    rows = slice(max(top - 1, 0), min(bottom + 1, grid.height_px))
    columns = slice(max(left - 1, 0), min(right + 1, grid.width_px))
    cut = Grid(
        grid.left_mm + columns.start / grid.px_per_mm,
        grid.top_mm - rows.start / grid.px_per_mm,
        columns.stop - columns.start,
        rows.stop - rows.start,
        grid.px_per_mm,
    )
    return cut, rows, columns


def _lay(
    strip: Float32, sheet: Sequence[Layer], band: slice, left: int, *, is_first: bool = False
) -> None:
    """Lay the layers of a sheet over a strip ``(H, W, 4)`` that shows a band of rows."""
    seen = [(layer, ramp, _within(layer, band)) for layer, ramp in sheet]
    here = [(layer, ramp, rows) for layer, ramp, rows in seen if rows is not None]
    if len(here) == 1 and not is_first:
        layer, _, rows = here[0]
        part = _part(strip, layer, rows, band, left)
        part *= (1 - layer.cover[rows] * _BYTE)[..., None]
    elif not is_first:
        hidden = np.zeros((*strip.shape[:2], 1), np.float32)
        for layer, _, rows in here:
            _part(hidden, layer, rows, band, left)[..., 0] += layer.cover[rows] * _BYTE
        strip *= 1 - np.minimum(hidden, 1)
    for layer, ramp, rows in here:
        tone = layer.tone if layer.tone.size == 1 else layer.tone[rows]
        shine = layer.shine if layer.shine.size == 1 else layer.shine[rows]
        part = _part(strip, layer, rows, band, left)
        part += _covering(ramp.colours(tone, shine), layer.cover[rows])
    if len(here) > 1:  # rounded covers may add up to 256, which would wrap round to nothing
        np.minimum(strip, 1, out=strip)


def _covering(colours: Float32, cover: Cover) -> Float32:
    """Multiply colours ``(H, W, 4)``, or one of them, by a coverage."""
    if colours.size == 4:
        shares = np.arange(256, dtype=np.uint8) * _BYTE
        return (shares[:, None] * colours.reshape(4)).take(cover, axis=0)
    return colours * (cover * _BYTE)[..., None]


def _within(layer: Wash, band: slice) -> slice | None:
    """Rows of a wash that lie in a band of the picture's rows."""
    start, stop = band.start - layer.row, band.stop - layer.row
    found = slice(max(start, 0), min(stop, layer.cover.shape[0]))
    return found if found.stop > found.start else None


def _part(strip: Float32, layer: Wash, found: slice, band: slice, left: int) -> Float32:
    """Pixels of a strip that rows of a wash take."""
    down, across = layer.row - band.start, layer.column - left
    return strip[down + found.start : down + found.stop, across : across + layer.cover.shape[1]]
