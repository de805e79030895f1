"""Washes: pictures that know how light falls but have no colour yet.

Baking a relief or a device is slow, colouring is quick. So what is baked and kept is a wash:
how bright each pixel is on its material's ramp, how much it shines, how much it covers. A theme
gives the ramps (`picture/ramp.py`), and a few look-ups make the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.image import BakedImage, dither, eight_bit
from spineanim.picture.ramp import Ramp
from spineanim.picture.raster import Float32, Grid

Cover = NDArray[np.uint8]
"""Coverage ``(H, W)``, 0..255."""

_BYTE: Final = np.float32(1 / 255)


@dataclass(frozen=True)
class Wash:
    """One layer of a picture before it has a colour; cut down to where it covers.

    Attributes
    ----------
    tone
        Place on the ramp, 0..65535, ``(H, W)``, or ``(1, 1)`` where it is the same all over.
    shine
        Strength of the highlight, 0..255, likewise.
    cover
        Coverage, 0..255, ``(H, W)``.
    row, column
        Where its first pixel lies in the whole picture.
    """

    tone: NDArray[np.uint16]
    shine: NDArray[np.uint8]
    cover: Cover
    row: int
    column: int

    @property
    def region(self) -> tuple[slice, slice]:
        """Rows and columns of the whole picture that it takes."""
        height, width = self.cover.shape
        return slice(self.row, self.row + height), slice(self.column, self.column + width)

    def covering(self, cover: Cover) -> Wash:
        """Return the same light with other coverage, given for the whole picture.

        Beyond the pixels of this wash nothing is covered.
        """
        return replace(self, cover=np.ascontiguousarray(cover[self.region]))


def wash(cover: Float32, tone: Float32 | float = 0.5, shine: Float32 | float = 0.0) -> Wash:
    """Make a wash of coverage, tone and shine.

    Parameters
    ----------
    cover
        0..1, ``(H, W)``.
    tone, shine
        0..1, ``(H, W)``, or one number for all pixels.
    """
    whole = rounded(cover)
    rows, columns = _filled(whole)
    tones, shines = (
        np.ascontiguousarray(
            np.broadcast_to(np.asarray(each, np.float32), cover.shape)[rows, columns]
        )
        if np.ndim(each)
        else np.full((1, 1), each, np.float32)
        for each in (tone, shine)
    )
    return Wash(
        (np.clip(tones, 0, 1) * np.float32(65535.0) + np.float32(0.5)).astype(np.uint16),
        (np.clip(shines, 0, 1) * np.float32(255.0) + np.float32(0.5)).astype(np.uint8),
        np.ascontiguousarray(whole[rows, columns]),
        rows.start,
        columns.start,
    )


def rounded(cover: Float32) -> Cover:
    """Round coverage 0..1 to 8 bits with a fixed dither; clear stays clear, full stays full."""
    values = np.clip(cover, 0, 1) * np.float32(255.0)
    return (values + dither((cover.shape[0], cover.shape[1]))).astype(np.uint8)


def _filled(cover: Cover) -> tuple[slice, slice]:
    """Rows and columns outside of which nothing is covered."""
    rows, columns = np.flatnonzero(cover.any(axis=1)), np.flatnonzero(cover.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


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
        strip *= 1 - hidden
    for layer, ramp, rows in here:
        tone = layer.tone if layer.tone.size == 1 else layer.tone[rows]
        shine = layer.shine if layer.shine.size == 1 else layer.shine[rows]
        part = _part(strip, layer, rows, band, left)
        part += _covering(ramp.colours(tone, shine), layer.cover[rows])


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
