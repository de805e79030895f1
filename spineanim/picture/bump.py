"""The bump that something under the skin raises: light on one side of it, shade on the other."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.wall import swell
from spineanim.picture.image import BakedImage, premultiplied

_LIGHT: Final = np.array([-0.50, 0.62, 0.60])
_REACH: Final = 1.45
_STRENGTH: Final = 1.15


def bake_bump(radius_mm: float, lift_mm: float, theme: Theme, px_per_mm: float) -> BakedImage:
    """Light and shade of a round bump of the skin, to be laid over skin lit from the upper left.

    Parameters
    ----------
    radius_mm
        Radius of what raises it.
    lift_mm
        How high the skin rises in the middle.
    theme
        Colours: role `skin`.
    px_per_mm
        Resolution.

    Returns
    -------
    Picture with its box in mm about the middle of the bump.
    """
    half = _REACH * radius_mm
    count = max(round(2 * half * px_per_mm), 8)
    places = (np.arange(count) + 0.5) * (2 * half / count) - half
    x, y = np.meshgrid(places, places[::-1])
    height = lift_mm * swell(np.hypot(x, y), radius_mm, _REACH, 0.55)
    down, right = np.gradient(height, 2 * half / count)
    normal = np.stack([-right, down, np.ones_like(right)], axis=2)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    key = _LIGHT / np.linalg.norm(_LIGHT)
    change = _STRENGTH * (normal @ key - key[2])
    light = premultiplied(theme.rgb("skin.light"), np.clip(change, 0, 0.85).astype(np.float32))
    shade = premultiplied(theme.rgb("skin.dark"), np.clip(-change, 0, 0.85).astype(np.float32))
    pixels = np.floor((light + shade) * 255.0 + 0.5).astype(np.uint8)
    pixels.setflags(write=False)
    return BakedImage(pixels, (-half, -half, half, half))
