"""The calm light ground behind every picture."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.image import dither
from spineanim.stage import SHORT_SIDE_PX

_Rgb = tuple[float, ...]
_GLOW_PX = 900.0
_GLOW = ((0.0, 0.85), (0.55, 0.25), (1.0, 0.0))
_CORNER_PX = 1250.0
_FINE = 8192
_CORNERS = ((0.62, 0.0), (1.0, 0.75))


def backdrop(theme: Theme, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Pixels (H, W, 4) RGBA: top to bottom gradient, light in the middle, darker corners.

    The gradients are so slow that rounding alone would show as rings; a fixed dither hides them.
    The array is read-only.
    """
    top, bottom, vignette = (
        tuple(theme.rgb(f"background.{each}").tolist()) for each in ("top", "bottom", "vignette")
    )
    return _ground(top, bottom, vignette, width_px, height_px)


@lru_cache(maxsize=4)
def _ground(
    top: _Rgb, bottom: _Rgb, vignette: _Rgb, width_px: int, height_px: int
) -> NDArray[np.uint8]:
    """Paint the ground in three colours; a film is played many times in a preview."""
    up = (np.arange(height_px, dtype=np.float32) + 0.5) / height_px
    down = np.broadcast_to(up[:, None], (height_px, width_px))[..., None]
    radius_px = _from_the_middle(width_px, height_px) * (SHORT_SIDE_PX / min(width_px, height_px))
    low, high = (np.array(each, dtype=np.float32) for each in (top, bottom))
    rgb = low + (high - low) * down
    for colour, reach_px, stops in (
        (np.ones(3), _GLOW_PX, _GLOW),
        (np.array(vignette), _CORNER_PX, _CORNERS),
    ):
        share = _share(radius_px, reach_px, stops)[..., None]
        rgb += (colour.astype(np.float32) - rgb) * share
    pixels = np.full((height_px, width_px, 4), 255, dtype=np.uint8)
    rgb *= np.float32(255.0)
    pixels[..., :3] = rgb + dither((height_px, width_px))[..., None]
    pixels.setflags(write=False)
    return pixels


def _from_the_middle(width_px: int, height_px: int) -> NDArray[np.float32]:
    """Distance (H, W) of each pixel's centre from the middle of the frame."""
    across = np.arange(width_px, dtype=np.float32) + 0.5 - width_px / 2
    down = np.arange(height_px, dtype=np.float32) + 0.5 - height_px / 2
    away: NDArray[np.float32] = np.hypot(down[:, None], across)
    return away


def _share(
    radius_px: NDArray[np.float32], reach_px: float, stops: tuple[tuple[float, float], ...]
) -> NDArray[np.float32]:
    """Strength (H, W) at distances from the middle, looked up in a fine table of the stops."""
    offsets, strengths = zip(*stops, strict=True)
    fine = np.interp(np.linspace(0.0, 1.0, _FINE + 1), offsets, strengths).astype(np.float32)
    place = np.minimum(radius_px * np.float32(_FINE / reach_px), np.float32(_FINE))
    found: NDArray[np.float32] = fine[place.astype(np.int32)]
    return found
