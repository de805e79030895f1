"""Drawn frames as WebP."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from spineanim.upload import POSTER_BYTES

_QUALITY: Final = 88
_POSTER_QUALITIES: Final = (88, 78, 68, 56, 44)
STILL_PX: Final = 1280
"""Longer side of stills and posters."""


def webp(pixels: NDArray[np.uint8], longest_px: int = STILL_PX, quality: int = _QUALITY) -> bytes:
    """Return a frame (H, W, 4) as the file of an opaque WebP, shrunk to a longest side."""
    picture = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    scale = min(longest_px / max(picture.size), 1.0)
    if scale < 1.0:
        wide, high = (round(scale * each) for each in picture.size)
        picture = picture.resize((wide, high), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, format="WEBP", quality=quality, method=6)
    return file.getvalue()


def poster(pixels: NDArray[np.uint8], most_bytes: int = POSTER_BYTES) -> bytes:
    """Return a frame (H, W, 4) as WebP, as good as it can be in so many bytes."""
    longest_px = min(STILL_PX, max(pixels.shape[:2]))
    while True:
        for quality in _POSTER_QUALITIES:
            file = webp(pixels, longest_px, quality)
            if len(file) <= most_bytes:
                return file
        longest_px = longest_px * 3 // 4
