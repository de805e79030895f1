"""A picture that fills the frame, such as the one a film comes from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.shape import Part, Sprite
from spineanim.stage import format_of


class FramePicture(Part):
    """A picture of the whole frame, whatever the camera does."""


def whole_frame(pixels: NDArray[np.uint8], z_index: int, *, beyond: float = 0.0) -> FramePicture:
    """Return a part that shows pixels (H, W, 4) over the whole frame, whatever the camera does.

    Parameters
    ----------
    pixels
        Premultiplied.
    z_index
        Its depth.
    beyond
        Share of the frame by which the outermost pixels are drawn on to all sides, so that no
        edge shows when the picture moves a little.
    """
    rows, columns = (round(size * beyond) for size in pixels.shape[:2])
    high, wide = pixels.shape[:2]
    half = np.append(format_of(wide, high).half, 0.0)
    half *= np.array([1.0 + 2.0 * columns / wide, 1.0 + 2.0 * rows / high, 1.0])
    if beyond:
        pixels = np.pad(pixels, ((rows, rows), (columns, columns), (0, 0)), mode="edge")
    corners = [half * (-1, 1, 0), half * (1, 1, 0), half * (-1, -1, 0)]
    picture = FramePicture(Sprite(pixels, corners), fixed_in_frame=True)
    picture.set_z_index(z_index)
    return picture
