"""The calm light ground behind every picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.image import dither
from spineanim.stage import LINES_PX

_GLOW_PX = 900.0
_GLOW = ((0.0, 0.85), (0.55, 0.25), (1.0, 0.0))
_CORNER_PX = 1250.0
_CORNERS = ((0.62, 0.0), (1.0, 0.75))


def backdrop(theme: Theme, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Pixels (H, W, 4) RGBA: top to bottom gradient, light in the middle, darker corners.

    The gradients are so slow that rounding alone would show as rings; a fixed dither hides them.
    """
    rows, columns = np.indices((height_px, width_px), dtype=np.float32)
    down = ((rows + 0.5) / height_px)[..., None]
    middle = np.hypot(rows + 0.5 - height_px / 2, columns + 0.5 - width_px / 2)
    radius_px = middle * LINES_PX / height_px
    top, bottom = theme.rgb("background.top"), theme.rgb("background.bottom")
    rgb = top * (1 - down) + bottom * down
    for colour, reach_px, stops in (
        (np.ones(3), _GLOW_PX, _GLOW),
        (theme.rgb("background.vignette"), _CORNER_PX, _CORNERS),
    ):
        offsets, strengths = zip(*stops, strict=True)
        share = np.interp(radius_px / reach_px, offsets, strengths)[..., None]
        rgb = rgb * (1 - share) + colour * share
    pixels = np.full((height_px, width_px, 4), 255, dtype=np.uint8)
    pixels[..., :3] = np.floor(rgb * 255.0 + dither((height_px, width_px))[..., None])
    return pixels
