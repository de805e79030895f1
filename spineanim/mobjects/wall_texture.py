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
_BLOCK_PX = 48
"""Rows are worked out so many at a time, which a processor's cache holds."""
_FAR_MM = 60.0
_THIN_MM = 1e-6


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
    bounds = np.vstack([heights[:1] + _FAR_MM, heights, heights[-1:] - _FAR_MM])[::-1]
    rest = np.concatenate([[rest_mm[0] + _FAR_MM], rest_mm, [rest_mm[-1] - _FAR_MM]])[::-1]
    rest_row = (texture.grid.top_mm - rest) * texture.grid.px_per_mm - 0.5
    coarse = _rows_at(grid.up_mm[:, :1].astype(np.float32), bounds, rest_row)
    shift = round((grid.left_mm - texture.grid.left_mm) * grid.px_per_mm)
    found = np.empty((grid.height_px, grid.width_px), np.uint32)
    for top in range(0, grid.height_px, _BLOCK_PX):
        rows = _spread(coarse[top : top + _BLOCK_PX], grid.width_px)
        np.clip(rows, 0, texture.packed.shape[0] - 1.001, out=rows)
        _gather(texture.packed, rows, shift, found[top : top + _BLOCK_PX])
    return found.view(np.uint8).reshape(*found.shape, 4)


def _rows_at(up_mm: Float32, bounds_mm: NDArray[np.float64], rows: NDArray[np.float64]) -> Float32:
    """Rows (H, K) at heights (H, 1), even between bounds (L, K) from below, which lie at rows (L,).

    Beyond the outermost bounds it is their row.
    """
    high = np.maximum(np.diff(bounds_mm, axis=0), _THIN_MM)
    steep = (np.diff(rows)[:, None] / high).astype(np.float32)
    found = np.full((len(up_mm), bounds_mm.shape[1]), rows[0], np.float32)
    for low, tall, slope in zip(bounds_mm.astype(np.float32), high, steep, strict=False):
        risen = up_mm - low
        np.clip(risen, np.float32(0.0), tall.astype(np.float32), out=risen)
        risen *= slope
        found += risen
    return found


def _spread(coarse: Float32, width: int) -> Float32:
    """Interpolate columns ``(H, K)`` evenly to ``(H, W)``."""
    at = np.linspace(0.0, coarse.shape[1] - 1.0, width, dtype=np.float32)
    low = np.minimum(at.astype(np.intp), coarse.shape[1] - 2)
    found: Float32 = np.take(np.diff(coarse, axis=1), low, axis=1)
    found *= at - low.astype(np.float32)
    found += np.take(coarse, low, axis=1)
    return found


def _gather(
    packed: NDArray[np.uint32], rows: Float32, shift: int, into: NDArray[np.uint32]
) -> None:
    """Read pixels between two rows of each column, blended in packed 8-bit channels."""
    width = packed.shape[1]
    columns = np.clip(np.arange(rows.shape[1]) + shift, 0, width - 1).astype(np.int32)
    low = rows.astype(np.int32)
    rows -= low
    rows *= np.float32(256.0)
    share = rows.astype(np.uint32)
    low *= np.int32(width)
    low += columns
    flat = packed.ravel()
    above = flat.take(low)
    low += np.int32(width)
    below = flat.take(low)
    odd = np.uint32(0x00FF00FF)
    keep = np.uint32(256) - share
    even_part = (above & odd) * keep
    even_part += (below & odd) * share
    even_part >>= np.uint32(8)
    even_part &= odd
    above >>= np.uint32(8)
    above &= odd
    above *= keep
    below >>= np.uint32(8)
    below &= odd
    below *= share
    above += below
    above &= ~odd
    np.bitwise_or(even_part, above, out=into)
