"""Light round a part: a soft halo that may breathe."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.flatten import flatten
from spineanim.picture.light import halo
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import px

MOST_PER_S: Final = 1.0
"""Nothing breathes faster than this: it must calm, and never flash."""


def silhouette(
    part: Part, pixels_per_unit: float, margin: float
) -> tuple[NDArray[np.uint8], list[NDArray[np.float64]]]:
    """Coverage (H, W) of a part as if it were shown in full, and its corners as a sprite's.

    Parameters
    ----------
    part
        Any part, shown or not.
    pixels_per_unit
        Resolution.
    margin
        Room round it in scene units.
    """
    shown, part.opacity = part.opacity, 1.0
    try:
        picture = flatten(part, pixels_per_unit, margin=margin)
    finally:
        part.opacity = shown
    return picture.picture.rgba[..., 3], list(picture.corner_points())


class Halo(Part):
    """A soft halo round a part as it stands when the halo is made.

    Parameters
    ----------
    part
        What shines.
    color
        `#rrggbb`.
    pixels_per_unit
        Resolution: pixels for one scene unit.
    reach_px
        How far the light reaches, in pixels at 1080 lines.
    """

    def __init__(
        self, part: Part, color: str, pixels_per_unit: float, *, reach_px: float = 36.0
    ) -> None:
        # light has no fine detail: half the pixels do
        scale, reach = pixels_per_unit / 2, px(reach_px)
        alpha, corners = silhouette(part, scale, 1.5 * reach)
        self.light = Part(Sprite(halo(alpha, color, reach * scale), corners))
        super().__init__(self.light, opacity=0.0)

    def breathe(self, share: float) -> None:
        """Shine as at a share, 0 to 1, of a breath: 0 is the calm between two breaths."""
        self.light.opacity = 0.55 + 0.45 * share
