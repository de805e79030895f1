"""Compare pictures where they differ most: errors that mislead are small and local."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TILE_PX = 32


def worst_tile(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Root mean square difference of the worst 32-pixel tile, over red, green and blue.

    Raises
    ------
    AssertionError
        The pictures differ in size.
    """
    assert one.shape == two.shape, f"sizes differ: {one.shape} and {two.shape}"
    square = (one[..., :3].astype(float) - two[..., :3].astype(float)) ** 2
    height, width = square.shape[:2]
    tiles = [
        square[top : top + TILE_PX, left : left + TILE_PX].mean()
        for top in range(0, height, TILE_PX)
        for left in range(0, width, TILE_PX)
    ]
    return float(np.sqrt(max(tiles)))
