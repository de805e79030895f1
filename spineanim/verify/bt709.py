"""From decoded Y'CbCr to colours, by BT.709 with limited range, whatever tags say."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

_RED, _BLUE = 0.2126, 0.0722
"""Shares of red and blue in luma (BT.709, 3.2)."""
_GREEN: Final = 1.0 - _RED - _BLUE
_LUMA: Final = 255.0 / 219.0
"""Black is 16, white 235; chroma runs from 16 to 240 around 128."""
_CHROMA: Final = 255.0 / 112.0
_TO_RGB: Final = np.array(
    [
        [_LUMA, 0.0, _CHROMA * (1 - _RED)],
        [_LUMA, -_CHROMA * (1 - _BLUE) * _BLUE / _GREEN, -_CHROMA * (1 - _RED) * _RED / _GREEN],
        [_LUMA, _CHROMA * (1 - _BLUE), 0.0],
    ],
    np.float32,
)
_ZERO: Final = np.array([16.0, 128.0, 128.0], np.float32)


def rgb_of(planes: ArrayLike) -> NDArray[np.float32]:
    """Return R'G'B' (..., 3), 0 to 255 and not clipped, of Y'CbCr (..., 3) of 8 bits."""
    values = np.asarray(planes, np.float32) - _ZERO
    return np.asarray(values @ _TO_RGB.T, np.float32)


def bytes_of(rgb: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Round colours to bytes, clipped where a codec has overshot."""
    return np.asarray(np.clip(rgb + 0.5, 0, 255), np.uint8)
