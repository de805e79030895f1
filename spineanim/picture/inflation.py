"""Masks blown up into rounded heights, and values pushed past the edge of a mask."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from spineanim.picture.raster import Float32


def _relax(height: Float32, inside: Float32, sweeps: int) -> Float32:
    """Run Jacobi sweeps of ``lap(u) = -2`` with ``u = 0`` outside; ``(H, W)`` in pixels."""
    padded = np.pad(height, 1)
    centre = padded[1:-1, 1:-1]
    weight = inside * np.float32(0.25)
    total = np.empty_like(height)
    for _ in range(sweeps):
        np.add(padded[:-2, 1:-1], padded[2:, 1:-1], out=total)
        total += padded[1:-1, :-2]
        total += padded[1:-1, 2:]
        total += np.float32(2.0)
        np.multiply(total, weight, out=centre)
    return np.ascontiguousarray(centre)


def _double(coarse: Float32, shape: tuple[int, int]) -> Float32:
    """Enlarge a coarse solution to ``shape``; doubling the pixels makes ``u`` four times larger."""
    # Cubic: straight interpolation would leave creases along the coarse pixels.
    big = ndimage.zoom(coarse, 2, order=3, grid_mode=True, mode="nearest") * np.float32(4.0)
    out = np.zeros(shape, np.float32)
    rows, columns = min(big.shape[0], shape[0]), min(big.shape[1], shape[1])
    out[:rows, :columns] = big[:rows, :columns]
    return out


def inflate(mask: Float32, sweeps: int = 24) -> Float32:
    """Blow a mask up to a rounded height field.

    Solves ``lap(u) = -2`` inside the mask with ``u = 0`` outside, coarse to fine, and returns
    ``sqrt(u)``: a strip becomes a half cylinder with the strip's half width as its radius.

    Parameters
    ----------
    mask
        Coverage 0..1, ``(H, W)``.
    sweeps
        Sweeps on the finest level; coarser levels take more.

    Returns
    -------
    Float32
        Height in pixels, ``(H, W)``, 0 outside.
    """
    levels = [mask]
    while min(levels[-1].shape) > 24:
        fine = levels[-1]
        rows, columns = fine.shape[0] // 2, fine.shape[1] // 2
        blocks = fine[: rows * 2, : columns * 2].reshape(rows, 2, columns, 2)
        levels.append(np.ascontiguousarray(blocks.mean((1, 3))))
    height = np.zeros_like(levels[-1])
    for level in range(len(levels) - 1, -1, -1):
        # The finest level keeps its soft rim, which smooths the stairs of the pixel grid.
        fine = levels[level]
        inside = fine if level == 0 else (fine > 0.5).astype(np.float32)
        if height.shape != inside.shape:
            height = _double(height, (inside.shape[0], inside.shape[1]))
        rounds = 6 if level >= len(levels) - 2 else 3 if level >= 2 else 1
        height = _relax(height * inside, inside, sweeps * rounds)
    return np.sqrt(np.maximum(height, 0.0))


def bleed(values: Float32, mask: Float32, reach_px: int = 4) -> Float32:
    """Push the values just inside a mask outwards past its edge.

    A sharper mask can then cut the picture without a fringe of background. The rim itself,
    where the surface of a pixel grid is jagged, is replaced by a smooth continuation.

    Parameters
    ----------
    values
        ``(H, W)`` or ``(H, W, C)``.
    mask
        Coverage ``(H, W)``.
    reach_px
        How far the values are pushed.

    Returns
    -------
    Float32
        The new values, like ``values``.
    """
    inner = ndimage.binary_erosion(mask > 0.95, iterations=1)
    if not inner.any():
        inner = mask >= max(float(mask.max()) * 0.5, 1e-3)
    distance, (rows, columns) = ndimage.distance_transform_edt(~inner, return_indices=True)
    rim = (distance > 0) & (distance <= reach_px + 2)
    pushed = np.where(rim[..., None] if values.ndim == 3 else rim, values[rows, columns], values)
    spread = (1.6, 1.6, 0.0)[: values.ndim]
    smooth = ndimage.gaussian_filter(pushed, spread, truncate=3.0)
    out = pushed.copy()
    out[rim] = smooth[rim]
    return out
