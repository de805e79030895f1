"""Pixels of a sprite with smaller copies, so that it can shrink without shimmering."""

from __future__ import annotations

from typing import Any, Final

import cairo
import numpy as np
from numpy.typing import NDArray

_FEW_PX: Final = 2
"""A side this short is not halved again."""
_EARLY: Final = 0.25
"""A level is taken this share of a halving before its scale is reached: between sharp and calm."""


class Picture:
    """Premultiplied RGBA pixels shared by every copy of a sprite.

    Smaller copies are made when they are first asked for and then kept. Rows and columns are
    halved separately, so that a sprite seen edge-on stays sharp along its edge. A pixel of a
    copy is the mean of two premultiplied ones: films are composed in display values, and so
    is a sprite's edge, whatever its size.

    Parameters
    ----------
    rgba
        (H, W, 4) uint8, premultiplied, first row at the top.
    """

    def __init__(self, rgba: NDArray[np.uint8]) -> None:
        self.rgba = np.array(rgba, order="C")  # a copy, for Cairo wants to be able to write
        self.surface = _surface(self.rgba)
        self._levels: dict[tuple[int, int], tuple[NDArray[np.uint8], cairo.ImageSurface]] = {
            (0, 0): (self.rgba, self.surface)
        }

    def __deepcopy__(self, memo: dict[int, Any]) -> Picture:
        """Pixels never change, so copies of a mobject share them."""
        return self

    def level(self, across: float, down: float) -> tuple[cairo.ImageSurface, int, int]:
        """Pixels to draw from at a size.

        Parameters
        ----------
        across, down
            Pixels of the frame that one column, and one row, of the picture will cover.

        Returns
        -------
        The picture itself or a smaller copy, and how many columns and rows of the picture
        one of its columns and rows stands for.
        """
        height, width = self.rgba.shape[:2]
        columns, rows = _halvings(across, width), _halvings(down, height)
        return self._halved(columns, rows)[1], 2**columns, 2**rows

    def _halved(self, across: int, down: int) -> tuple[NDArray[np.uint8], cairo.ImageSurface]:
        found = self._levels.get((across, down))
        if found is None:
            if across:
                pixels = _half_columns(self._halved(across - 1, down)[0])
            else:
                pixels = _half_rows(self._halved(across, down - 1)[0])
            found = self._levels[(across, down)] = (pixels, _surface(pixels))
        return found


def _halvings(scale: float, length: int) -> int:
    """How often to halve a side of so many pixels that is drawn at a scale."""
    most = max(int(np.log2(length / _FEW_PX)), 0)
    wanted = int(np.floor(_EARLY - np.log2(max(scale, 1e-6))))
    return min(max(wanted, 0), most)


def _half_columns(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mean of neighbouring columns; an odd last one is joined by a clear one."""
    if pixels.shape[1] % 2:
        pixels = np.pad(pixels, ((0, 0), (0, 1), (0, 0)))
    return _mean(pixels[:, 0::2], pixels[:, 1::2])


def _half_rows(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mean of neighbouring rows; an odd last one is joined by a clear one."""
    if pixels.shape[0] % 2:
        pixels = np.pad(pixels, ((0, 1), (0, 0), (0, 0)))
    return _mean(pixels[0::2], pixels[1::2])


def _mean(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mean of two pictures, rounded up; colour stays below opacity, for both round alike."""
    total = one.astype(np.uint16)
    total += other
    total += 1
    total >>= 1
    return np.ascontiguousarray(total.astype(np.uint8))


def _surface(rgba: NDArray[np.uint8]) -> cairo.ImageSurface:
    height, width = rgba.shape[:2]
    return cairo.ImageSurface.create_for_data(rgba.data, cairo.FORMAT_ARGB32, width, height)
