"""Washes: pictures that know how light falls but have no colour yet.

Baking a relief or a device is slow, colouring is quick. So what is baked and kept is a wash:
how bright each pixel is on its material's ramp, how much it shines, how much it covers. A theme
gives the ramps (`picture/ramp.py`), and a few look-ups make the picture (`picture/colouring.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.image import dither
from spineanim.picture.raster import Float32

Cover = NDArray[np.uint8]
"""Coverage ``(H, W)``, 0..255."""


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
