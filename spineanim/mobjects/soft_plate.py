"""A plate with soft edges behind words, so that they stand out from any picture."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.picture.image import premultiplied
from spineanim.picture.shape import Sprite
from spineanim.stage import px

_BLUR: Final = px(7)
_ROOM: Final = np.array([px(20), px(14)])
"""How far the plate's half-way line lies outside the words, across and up."""
_CORNER: Final = px(16)
_PER_UNIT: Final = 60.0


def soft_plate(box: NDArray[np.float64], color: NDArray[np.float64]) -> Sprite:
    """Return a plate for the words in a box, solid behind them and fading out round them.

    Parameters
    ----------
    box
        Left, bottom, right, top of the words (4,), in scene units.
    color
        sRGB (3,), each 0 to 1.
    """
    low, high = box[:2] - _ROOM, box[2:] + _ROOM
    half, spare = (high - low) / 2, 3.0 * _BLUR
    columns, rows = np.ceil((half + spare) * 2 * _PER_UNIT).astype(int)
    x = np.abs((np.arange(columns) + 0.5) / _PER_UNIT - half[0] - spare)[None, :]
    y = np.abs((np.arange(rows) + 0.5) / _PER_UNIT - half[1] - spare)[:, None]
    inner = half - _CORNER
    past = np.hypot(np.clip(x - inner[0], 0, None), np.clip(y - inner[1], 0, None))
    card = np.clip((_CORNER - past) * _PER_UNIT + 0.5, 0, 1).astype(np.float32)
    soft = ndimage.gaussian_filter(card, _BLUR * _PER_UNIT, truncate=3.0)
    pixels = (premultiplied(color, soft) * 255.0 + 0.5).astype(np.uint8)
    corner = np.array([low[0] - spare, high[1] + spare, 0.0])
    across = np.array([columns / _PER_UNIT, 0.0, 0.0])
    down = np.array([0.0, -rows / _PER_UNIT, 0.0])
    return Sprite(pixels, [corner, corner + across, corner + down])
