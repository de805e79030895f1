"""The calm light ground behind every picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.image import dither
from spineanim.stage import SHORT_SIDE_PX

_GLOW_PX = 900.0
_GLOW = ((0.0, 0.85), (0.55, 0.25), (1.0, 0.0))
_CORNER_PX = 1250.0
_FINE = 8192
_CORNERS = ((0.62, 0.0), (1.0, 0.75))


def backdrop(theme: Theme, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Pixels (H, W, 4) RGBA: top to bottom gradient, light in the middle, darker corners.

    The gradients are so slow that rounding alone would show as rings; a fixed dither hides them.
    """
    up = (np.arange(height_px, dtype=np.float32) + 0.5) / height_px
    down = np.broadcast_to(up[:, None], (height_px, width_px))[..., None]
    radius_px = _from_the_middle(width_px, height_px) * (SHORT_SIDE_PX / min(width_px, height_px))
    top, bottom = (theme.rgb(f"background.{end}").astype(np.float32) for end in ("top", "bottom"))
    rgb = top + (bottom - top) * down
    for colour, reach_px, stops in (
        (np.ones(3), _GLOW_PX, _GLOW),
        (theme.rgb("background.vignette"), _CORNER_PX, _CORNERS),
    ):
        share = _share(radius_px, reach_px, stops)[..., None]
        rgb += (colour.astype(np.float32) - rgb) * share
    pixels = np.full((height_px, width_px, 4), 255, dtype=np.uint8)
    rgb *= np.float32(255.0)
    pixels[..., :3] = rgb + dither((height_px, width_px))[..., None]
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
