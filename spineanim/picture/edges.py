"""What parts do to one another where they meet in a picture, from depth alone.

Parts are baked alone. Once merged, a nearer one drops a soft contact shadow on the next and
darkens it along its edge; a contour in the darker tone of the same hue runs along silhouettes
and borders; and a tissue may pass softly into its host.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, gaussian_filter, minimum_filter, zoom

from spineanim.picture.bake import LIGHT, turned

Float32 = NDArray[np.float32]
Mask = NDArray[np.bool_]

_FAR: Final = np.float32(-1e4)
_SHADOW_MM: Final = (0.35, 0.7, 1.2, 1.9, 2.9, 4.3, 6.2, 8.8, 12.0)
_REACH_MM: Final = 9.0
_APART_MM: Final = 22.0
"""What lies this far behind gets no contact shadow: it would fall elsewhere."""


def shifted(picture: Float32, down: int, right: int, empty: float) -> Float32:
    """Return the picture moved so that each pixel shows what lies down and right of it."""
    found = np.full_like(picture, empty)
    height, width = picture.shape
    if abs(down) >= height or abs(right) >= width:
        return found
    rows, from_rows = _spans(down, height)
    columns, from_columns = _spans(right, width)
    found[rows, columns] = picture[from_rows, from_columns]
    return found


def _spans(step: int, size: int) -> tuple[slice, slice]:
    """Where pixels go, and where they come from."""
    return slice(max(-step, 0), size - max(step, 0)), slice(max(step, 0), size - max(-step, 0))


def contact_shadow(depth_mm: Float32, hit: Mask, px_per_mm: float, lamp_deg: float) -> Float32:
    """Share of the key light that nearer pixels take away, 0 to 1.

    A ray from each pixel toward the light climbs over the depth of the picture; it is blocked
    where the picture stands higher, the more softly the further away that is.

    Parameters
    ----------
    depth_mm : ndarray float32, shape (H, W)
        Larger is nearer.
    hit : ndarray bool, shape (H, W)
        Where something is.
    px_per_mm : float
    lamp_deg : float
        How far the light is turned counter-clockwise.
    """
    way = turned(np.array(LIGHT, dtype=np.float32), lamp_deg)
    flat = float(np.hypot(way[0], way[1]))
    slope = float(way[2]) / flat
    depth = np.where(hit, depth_mm, _FAR).astype(np.float32)
    blocked = np.zeros_like(depth)
    for reach in _SHADOW_MM:
        step = reach * px_per_mm / flat
        down, right = round(-float(way[1]) * step), round(float(way[0]) * step)
        if down == 0 and right == 0:
            continue
        over = shifted(depth, down, right, float(_FAR)) - depth
        block = np.clip((over - slope * reach - 0.15) / (0.25 + 0.30 * reach), 0, 1)
        block *= np.clip(1.6 - over / _APART_MM, 0, 1) * np.float32(np.exp(-reach / _REACH_MM))
        np.maximum(blocked, block, out=blocked)
    return np.asarray(gaussian_filter(blocked, 0.20 * px_per_mm**0.5 + 0.5) * hit, dtype=np.float32)


def behind(depth_mm: Float32, hit: Mask, finer: int) -> Float32:
    """How deep in the shade of a nearer edge each pixel lies, 0 to 1.

    Parameters
    ----------
    depth_mm, hit : ndarray, shape (H, W)
    finer : int
        Pixels a pixel of the finished picture.
    """
    low = float(depth_mm[hit].min()) if hit.any() else 0.0
    depth = np.where(hit, depth_mm - low, 0).astype(np.float32)
    weight = hit.astype(np.float32)
    shade = np.zeros_like(depth)
    for sigma, strength, reach_mm in ((1.2, 0.40, 4.0), (4.0, 0.30, 9.0)):
        around = _blurred(depth, sigma * finer) / np.maximum(_blurred(weight, sigma * finer), 1e-3)
        share = np.clip((around - depth) / reach_mm, 0, 1) * strength
        shade += (1 - shade) * share
    return np.asarray(shade * weight, dtype=np.float32)


def _blurred(picture: Float32, sigma: float) -> Float32:
    """Blur; wide blurs at a coarser scale, where they cost little."""
    if sigma < 5:
        return np.asarray(gaussian_filter(picture, sigma, truncate=3.0), dtype=np.float32)
    times = 2 if sigma < 10 else 4
    height, width = picture.shape
    padded = np.pad(picture, ((0, -height % times), (0, -width % times)), mode="edge")
    tall, wide = padded.shape[0] // times, padded.shape[1] // times
    small = padded.reshape(tall, times, wide, times).mean(axis=(1, 3))
    small = gaussian_filter(small, sigma / times, truncate=3.0)
    large = zoom(small, times, order=1, grid_mode=True, mode="nearest")
    return np.asarray(large[:height, :width], dtype=np.float32)


def steps(depth_mm: Float32, hit: Mask, px_per_mm: float) -> Float32:
    """Where the picture falls away: on the nearer side of each step of depth, 0 to 1."""
    depth = np.where(hit, depth_mm, _FAR).astype(np.float32)
    fall = depth - minimum_filter(depth, size=3, mode="nearest")
    least = 0.4 + 2.5 / px_per_mm
    return np.asarray(np.clip(fall / least - 1, 0, 1) * hit, dtype=np.float32)


def contour(edge: Float32, normal: Float32, finer: int) -> Float32:
    """Strength of the line along edges, 0 to 1: thin toward the light, stronger away from it.

    Parameters
    ----------
    edge : ndarray float32, shape (H, W)
        Pixels at an edge.
    normal : ndarray float32, shape (H, W, 3)
        To the right, up and toward the viewer, of an upright picture.
    finer : int
        Pixels a pixel of the finished picture.
    """
    line = np.clip(_blurred(edge, 0.42 * finer) * 1.5, 0, 1)
    toward = normal[..., 0] * np.float32(LIGHT[0]) + normal[..., 1] * np.float32(LIGHT[1])
    weight = np.clip(0.62 - 0.62 * toward, 0.30, 1.0)
    return np.asarray(line * weight, dtype=np.float32)


def passing(soft: Mask, joined: tuple[Mask, Mask], sigma_px: float) -> Float32:
    """How far a tissue reaches into its host, 0 to 1: its mask, spread along the surface.

    Parameters
    ----------
    soft : ndarray bool, shape (H, W)
        Where the tissue is.
    joined : tuple of ndarray bool
        Where a pixel and the next one down, shape (H - 1, W), or to the right,
        shape (H, W - 1), lie on one surface.
    sigma_px : float
    """
    share = soft.astype(np.float32)
    down, right = (item.astype(np.float32) * np.float32(0.2) for item in joined)
    for _ in range(max(1, round(sigma_px**2 / 0.4))):
        fall, drift = np.diff(share, axis=0) * down, np.diff(share, axis=1) * right
        share[:-1] += fall
        share[1:] -= fall
        share[:, :-1] += drift
        share[:, 1:] -= drift
    return share


def coverage(hit: Mask) -> Float32:
    """How much of each pixel is covered: the stairs of a mask, smoothed to a clean edge."""
    soft = gaussian_filter(hit.astype(np.float32), 1.0, truncate=3.0, mode="constant")
    return np.asarray(np.clip((soft - 0.5) * 1.55 + 0.5, 0, 1), dtype=np.float32)


def neighbours(hit: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pixels just outside a mask, and for each one of the mask beside it (flat indices)."""
    rim = np.flatnonzero(binary_dilation(hit, np.ones((3, 3), bool)) & ~hit)
    height, width = hit.shape
    rows, columns = np.divmod(rim, width)
    source = np.full(len(rim), -1, dtype=np.int64)
    for dy, dx in ((0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)):
        row, column = np.clip(rows + dy, 0, height - 1), np.clip(columns + dx, 0, width - 1)
        place = row * width + column
        source = np.where((source < 0) & hit.ravel()[place], place, source)
    return rim, source
