"""The calm light ground behind every picture."""

from __future__ import annotations

import cairo
import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme


def backdrop(theme: Theme, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Pixels (H, W, 4) RGBA: top to bottom gradient, light in the middle, darker corners."""
    rgba = np.zeros((height_px, width_px, 4), dtype=np.uint8)
    surface = cairo.ImageSurface.create_for_data(
        rgba.data, cairo.FORMAT_ARGB32, width_px, height_px
    )
    ctx = cairo.Context(surface)
    scale = height_px / 1080
    middle = (width_px / 2, height_px / 2)
    ground = cairo.LinearGradient(0, 0, 0, height_px)
    glow = cairo.RadialGradient(*middle, 0, *middle, 900 * scale)
    corners = cairo.RadialGradient(*middle, 0, *middle, 1250 * scale)
    white = np.ones(3)
    for gradient, stops in (
        (ground, [(0, theme.rgb("background.top"), 1), (1, theme.rgb("background.bottom"), 1)]),
        (glow, [(0, white, 0.85), (0.55, white, 0.25), (1, white, 0)]),
        (
            corners,
            [
                (0.62, theme.rgb("background.vignette"), 0),
                (1, theme.rgb("background.vignette"), 0.75),
            ],
        ),
    ):
        for offset, (red, green, blue), alpha in stops:
            gradient.add_color_stop_rgba(offset, blue, green, red, alpha)
        ctx.set_source(gradient)
        ctx.paint()
    surface.flush()
    return rgba
