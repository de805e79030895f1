"""A practice's logo on paper."""

from __future__ import annotations

from typing import Any, Final

import cairo
import numpy as np

from spineanim.content.artwork.art import Artwork

_PX_PER_PT: Final = 600 / 72
"""As fine as offices print."""


def draw_logo(
    ctx: cairo.Context[Any],
    logo: Artwork,
    right_pt: float,
    top_pt: float,
    within_pt: tuple[float, float],
) -> float:
    """Draw a logo with its upper right corner at a place; return its width in points.

    Parameters
    ----------
    ctx
        A page's context, in points.
    logo
        The logo.
    right_pt, top_pt
        Where its upper right corner stands.
    within_pt
        Widest and highest it may be.

    Raises
    ------
    ContentError
        It cannot be drawn.
    """
    drawn = logo.within(*(each * _PX_PER_PT for each in within_pt))
    pixels = np.ascontiguousarray(drawn.rgba[..., [2, 1, 0, 3]])
    high, wide = pixels.shape[:2]
    size = drawn.box.wide, drawn.box.high
    scale = min(room / each for room, each in zip(within_pt, size, strict=True))
    surface = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, wide, high)
    ctx.save()
    ctx.translate(right_pt - size[0] * scale, top_pt)
    ctx.scale(size[0] * scale / wide, size[1] * scale / high)
    ctx.set_source_surface(surface)
    ctx.paint()
    ctx.restore()
    return size[0] * scale
