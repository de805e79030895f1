"""Pictures that run out softly at a height of the frame, above the captions."""

from __future__ import annotations

import numpy as np

from spineanim.picture.image import smoothstep
from spineanim.picture.shape import Part, Picture, Sprite
from spineanim.stage import Format


def run_out(sprite: Sprite, fmt: Format, high_px: float, low_px: float) -> Sprite:
    """Let an upright sprite fade from full at one height of the frame to nothing at a lower one.

    Parameters
    ----------
    sprite
        Changed in place, and returned.
    fmt
        The frame.
    high_px, low_px
        Heights in the composed frame, measured from its upper edge.
    """
    upper_left, upper_right, lower_left = sprite.corner_points()
    rows, columns = sprite.picture.rgba.shape[:2]
    down = (np.arange(rows) + 0.5)[:, None] / rows * (lower_left[1] - upper_left[1])
    across = (np.arange(columns) + 0.5)[None] / columns * (upper_right[1] - upper_left[1])
    high, low = (float(fmt.point(0, each)[1]) for each in (high_px, low_px))
    alpha = smoothstep(upper_left[1] + down + across, low, high)[..., None]
    sprite.picture = Picture(np.rint(sprite.picture.rgba * alpha).astype(np.uint8))
    return sprite


def all_run_out(part: Part, fmt: Format, high_px: float, low_px: float) -> None:
    """Let every sprite of a part fade; see `run_out`."""
    for each in part.get_family():
        if isinstance(each, Sprite):
            run_out(each, fmt, high_px, low_px)
