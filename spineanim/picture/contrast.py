"""How well ink stands out from the pixels behind it, as WCAG 2 measures it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEEDED: Final = 4.5
"""Least ratio for text that everybody can read (WCAG 2.2, 1.4.3)."""
WORST_SHARE: Final = 0.05
"""Share of the ground that may be worse: single pixels do not decide, dark streaks do."""
_WEIGHTS: Final = np.array([0.2126, 0.7152, 0.0722])


def luminance(rgb: ArrayLike) -> NDArray[np.float64]:
    """Relative luminance 0 to 1 of sRGB colours (..., 3), each channel 0 to 1."""
    values = np.asarray(rgb, dtype=np.float64)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ _WEIGHTS)


def contrast(one: ArrayLike, two: ArrayLike) -> NDArray[np.float64]:
    """Ratio 1 to 21 of relative luminances, whichever is the lighter."""
    first, second = np.asarray(one, dtype=np.float64), np.asarray(two, dtype=np.float64)
    lighter, darker = np.maximum(first, second), np.minimum(first, second)
    return np.asarray((lighter + 0.05) / (darker + 0.05))


def worst_contrast(ink: ArrayLike, ground: NDArray[np.uint8]) -> float:
    """Contrast of an ink with all but the worst twentieth of a ground.

    Parameters
    ----------
    ink
        sRGB (3,), each 0 to 1.
    ground
        Pixels (H, W, 3 or more) of 0 to 255.
    """
    ratios = contrast(luminance(ink), luminance(ground[..., :3] / 255.0))
    return float(np.quantile(ratios, WORST_SHARE))
