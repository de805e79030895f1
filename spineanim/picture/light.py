"""Small soft pictures that are drawn many times: glows, white-hot balls, drops, wisps of a cloud.

All are premultiplied RGBA, computed once and shared; colours come from the theme.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from spineanim.content.theme import Theme
from spineanim.picture.image import dither, over, premultiplied, smoothstep
from spineanim.picture.noise import fractal

Pixels = NDArray[np.uint8]
Float32 = NDArray[np.float32]

BALL_REACH: Final = 2.6
"""Half width of a ball's picture with its glow, in radii of the ball."""
_BALL_PX: Final = 160
_CLOUD_PX: Final = 256
_WISPS: Final = 0.42
"""Length of the largest wisps, as a share of the cloud's reach."""


def _bytes(rgba: Float32) -> Pixels:
    """Round to 8 bits with a fixed dither, so that slow gradients show no rings."""
    pattern = np.clip(dither(rgba.shape[:2]), 0.002, 0.998)[..., None]
    pixels: Pixels = np.floor(np.clip(rgba, 0, 1) * np.float32(255.0) + pattern).astype(np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    pixels[rgba[..., 3] <= 0] = 0
    return pixels


def _square(count: int, reach: float) -> tuple[Float32, Float32]:
    """Places to the right and up of the pixels of a square from -reach to reach."""
    axis = ((np.arange(count, dtype=np.float32) + 0.5) / count * 2 - 1) * np.float32(reach)
    right, down = np.meshgrid(axis, axis)
    return right.astype(np.float32), -down.astype(np.float32)


@lru_cache(maxsize=32)
def ball(base: str, light: str, line: str, glow: str, heat: float = 1.0) -> Pixels:
    """Ball with a dark rim and a soft glow, brightest at the upper left.

    Parameters
    ----------
    base, light, line, glow
        `#rrggbb` of its body, its lit side, its rim and its glow.
    heat
        How white its middle is, 0 to 1.

    Returns
    -------
    (160, 160, 4); the ball's radius is the picture's half width over `BALL_REACH`.
    """
    right, up = _square(_BALL_PX, BALL_REACH)
    away = np.hypot(right, up)
    pixel = 2 * BALL_REACH / _BALL_PX
    picture = premultiplied(
        _rgb(glow), np.float32(0.80) * (1 - smoothstep(away, 0.5, BALL_REACH)) ** np.float32(1.3)
    )
    rim = premultiplied(_rgb(line), 0.95 * smoothstep(away, 1.0 + pixel, 1.0 - pixel))
    lit = np.hypot(right + 0.24, up - 0.28) / np.float32(1.15)
    tone = smoothstep(lit, 0.05, 0.62)[..., None]
    white = np.ones(3, np.float32) * heat + _rgb(light) * (1 - heat)
    body = white * (1 - tone) + _rgb(light) * tone
    edge = smoothstep(lit, 0.45, 1.05)[..., None]
    body = body * (1 - edge) + _rgb(base) * edge
    inner = 0.86
    core = premultiplied(body, smoothstep(away, inner + pixel, inner - pixel))
    return _bytes(over(core, over(rim, picture)))


@lru_cache(maxsize=32)
def wisps(color: str, seed: int) -> Pixels:
    """One layer of a cloud: round, thickest in the middle, with wisps, clear at its edge.

    Parameters
    ----------
    color
        `#rrggbb`.
    seed
        Chooses the wisps.

    Returns
    -------
    (256, 256, 4).
    """
    right, up = _square(_CLOUD_PX, 1.0)
    bent = [fractal([right, up], _WISPS, seed + 10 * n, 3) for n in (1, 2)]
    away = np.hypot(right + 0.5 * bent[0], up + 0.5 * bent[1])
    thin = fractal([right + 0.4 * bent[1], up - 0.4 * bent[0]], _WISPS / 2, seed + 50, 3)
    body = np.clip(1.02 - 1.12 * away, 0, 1) ** np.float32(1.2)
    alpha = body * np.clip(0.74 + 1.1 * thin, 0.15, 1.0)
    # whatever the wisps do, nothing reaches the edge of the picture
    alpha *= smoothstep(np.hypot(right, up), 1.0, 0.72)
    return _bytes(premultiplied(_rgb(color), gaussian_filter(alpha, 2.0).astype(np.float32)))


def halo(alpha: NDArray[np.uint8], color: str, reach_px: float) -> Pixels:
    """Soft light round a silhouette, and a thin bright line along its edge; clear inside.

    Parameters
    ----------
    alpha
        (H, W) coverage of the silhouette with room round it.
    color
        `#rrggbb`.
    reach_px
        How far the light reaches.

    Returns
    -------
    (H, W, 4).
    """
    solid = alpha.astype(np.float32) / 255
    wide = np.clip(2.0 * gaussian_filter(solid, reach_px / 2.2), 0, 1)
    near = np.clip(2.0 * gaussian_filter(solid, reach_px / 7.0), 0, 1)
    outside = 1 - solid
    strength = (0.60 * wide**1.4 + 0.38 * near) * outside
    inner = 0.30 * (1 - gaussian_filter(solid, reach_px / 8.0)) * 2 * solid
    return _bytes(premultiplied(_rgb(color), (strength + inner).astype(np.float32)))


def _rgb(color: str) -> Float32:
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def role_ball(theme: Theme, role: str, heat: float = 1.0) -> Pixels:
    """Ball in the colours of a theme role that has a glow, such as `pain` or `medication`."""
    base, light, line, glow = (
        theme.color(f"{role}.{tone}") for tone in ("base", "light", "line", "glow")
    )
    return ball(base, light, line, glow, heat)
