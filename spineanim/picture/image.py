"""Baked pictures: premultiplied pixels with the place in the view where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.picture.raster import Box, Float32, Grid

_DITHER_STEP: Final = 512
"""Patterns are made in sizes of so many pixels, so that few have to be made."""


@dataclass(frozen=True)
class BakedImage:
    """A picture that is drawn as it is, at a fixed place of a view.

    Attributes
    ----------
    rgba
        Premultiplied red, green, blue, alpha, ``(H, W, 4)`` 8-bit; row 0 is the top.
    box_mm
        ``(left, bottom, right, top)`` of the picture's outer edges in the view's plane.
    """

    rgba: NDArray[np.uint8]
    box_mm: Box


def premultiplied(rgb: Float32 | NDArray[np.float64], alpha: Float32) -> Float32:
    """Join straight colour and alpha to a premultiplied picture ``(H, W, 4)``.

    Parameters
    ----------
    rgb
        ``(H, W, 3)``, or one colour ``(3,)``.
    alpha
        ``(H, W)``.
    """
    out = np.empty((*alpha.shape, 4), np.float32)
    out[..., :3] = np.asarray(np.clip(rgb, 0, 1), np.float32) * alpha[..., None]
    out[..., 3] = alpha
    return out


def over(top: Float32, below: Float32) -> Float32:
    """Draw a premultiplied picture over another, both ``(H, W, 4)``."""
    return top + below * (1 - top[..., 3:])


def dither(shape: tuple[int, int]) -> Float32:
    """Return a fixed, evenly spread pattern in 0.002..0.998 (interleaved gradient noise).

    It hangs on the pixels: that of a larger picture begins with that of a smaller one.
    """
    tall, wide = (-(-size // _DITHER_STEP) * _DITHER_STEP for size in shape)
    return _pattern(tall, wide)[: shape[0], : shape[1]]


@lru_cache(maxsize=4)
def _pattern(rows: int, columns: int) -> Float32:
    inner = 0.00583715 * np.arange(rows)[:, None] + 0.06711056 * np.arange(columns)
    inner -= np.floor(inner)
    inner *= 52.9829189
    inner -= np.floor(inner)
    found = np.clip(inner, 0.002, 0.998).astype(np.float32)
    found.setflags(write=False)
    return found


def baked(premultiplied_rgba: Float32, grid: Grid) -> BakedImage:
    """Round a premultiplied picture 0..1 to 8 bits; no colour ever exceeds its alpha.

    Several pictures are drawn over one another, and plain rounding would add up to visible
    bands in their slow gradients, so a fixed dither is used. Clear stays clear, solid solid.
    """
    pixels = eight_bit(np.clip(premultiplied_rgba, 0, 1), dither(grid.shape))
    pixels.setflags(write=False)
    return BakedImage(pixels, grid.box_mm)


def eight_bit(premultiplied_rgba: Float32, pattern: Float32) -> NDArray[np.uint8]:
    """Round a premultiplied picture 0..1 ``(H, W, 4)`` by a dither ``(H, W)``; it is used up."""
    premultiplied_rgba *= np.float32(255.0)
    premultiplied_rgba += pattern[..., None]
    pixels = premultiplied_rgba.astype(np.uint8)
    for channel in range(3):  # one by one, which is several times as fast
        np.minimum(pixels[..., channel], pixels[..., 3], out=pixels[..., channel])
    return pixels


def enlarged(values: Float32, factor: int, *, order: int = 1) -> Float32:
    """Enlarge values ``(H, W)`` by a whole factor.

    Parameters
    ----------
    values
        What is enlarged.
    factor
        How many times more pixels.
    order
        1 interpolates straight, which overshoots nowhere; 3 bends smoothly, where creases
        along the coarse pixels would be seen.
    """
    if factor == 1:
        return values
    return np.asarray(
        ndimage.zoom(values, factor, order=order, grid_mode=True, mode="nearest"), np.float32
    )


def smoothstep(values: Float32 | NDArray[np.float64], start: float, end: float) -> Float32:
    """Rise softly from 0 at ``start`` to 1 at ``end`` (or fall, if ``end`` is below ``start``)."""
    share = np.clip((np.asarray(values, np.float32) - start) / (end - start), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)
