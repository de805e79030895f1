"""The warp that lets the baked grounds of the abdominal wall swell.

A state of the wall moves the columns of its pictures up and down; edges are cut as vectors by
whoever draws them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.raster import Float32, Grid
from spineanim.picture.wall_tissue import Texture

_STEP_PX = 8


def warp_columns(
    texture: Texture, grid: Grid, rest_mm: NDArray[np.float64], now_mm: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Move the columns of a picture so that given heights come to lie elsewhere.

    Parameters
    ----------
    texture
        The picture at rest.
    grid
        Pixels to fill; same scale and column edges as the texture's.
    rest_mm
        Heights at rest ``(L,)``, falling.
    now_mm
        The same heights now ``(L, K)``, at K places evenly spread over the grid's width.

    Returns
    -------
    Pixels (H, W, 4). Beyond the outermost heights nothing is stretched.
    """
    knots = max(int(np.ceil(grid.width_px / _STEP_PX)), 2) + 1
    at = np.linspace(0.0, 1.0, knots)
    places = np.linspace(0.0, 1.0, now_mm.shape[1])
    heights = np.stack([np.interp(at, places, row) for row in now_mm])
    far = np.array([60.0, 0.0])
    rest = np.concatenate([[rest_mm[0] + far[0]], rest_mm, [rest_mm[-1] - far[0]]])
    rest_row = ((texture.grid.top_mm - rest) * texture.grid.px_per_mm - 0.5)[::-1]
    up = grid.up_mm[:, 0].astype(np.float64)
    coarse = np.empty((grid.height_px, knots), np.float32)
    for column in range(knots):
        now = heights[:, column]
        bounds = np.concatenate([[now[0] + far[0]], now, [now[-1] - far[0]]])[::-1]
        coarse[:, column] = np.interp(up, bounds, rest_row)
    rows = _spread(coarse, grid.width_px)
    np.clip(rows, 0, texture.packed.shape[0] - 1.001, out=rows)
    shift = round((grid.left_mm - texture.grid.left_mm) * grid.px_per_mm)
    return _gather(texture.packed, rows, shift)


def _spread(coarse: Float32, width: int) -> Float32:
    """Interpolate columns ``(H, K)`` evenly to ``(H, W)``."""
    at = np.linspace(0.0, coarse.shape[1] - 1.0, width, dtype=np.float32)
    low = np.minimum(at.astype(np.intp), coarse.shape[1] - 2)
    share = at - low.astype(np.float32)
    steps = np.diff(coarse, axis=1)
    return np.asarray(coarse[:, low] + steps[:, low] * share, np.float32)


def _gather(packed: NDArray[np.uint32], rows: Float32, shift: int) -> NDArray[np.uint8]:
    """Read pixels between two rows of each column, blended in packed 8-bit channels."""
    width = packed.shape[1]
    columns = np.clip(np.arange(rows.shape[1]) + shift, 0, width - 1)
    low = rows.astype(np.int32)
    share = ((rows - low) * 256.0).astype(np.uint32)
    index = low * np.int32(width) + columns.astype(np.int32)
    flat = packed.ravel()
    above, below = flat.take(index), flat.take(index + np.int32(width))
    odd = np.uint32(0x00FF00FF)
    keep = np.uint32(256) - share
    even_part = ((above & odd) * keep + (below & odd) * share) >> np.uint32(8)
    above >>= np.uint32(8)
    below >>= np.uint32(8)
    odd_part = (above & odd) * keep + (below & odd) * share
    mixed = (even_part & odd) | (odd_part & ~odd)
    return np.ascontiguousarray(mixed).view(np.uint8).reshape(*rows.shape, 4)
