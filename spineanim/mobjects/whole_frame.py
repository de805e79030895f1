"""A picture that fills the frame, such as the one a film comes from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.shape import Part, Sprite
from spineanim.stage import FRAME_HEIGHT, FRAME_WIDTH


def whole_frame(pixels: NDArray[np.uint8], z_index: int) -> Part:
    """Return a part that shows pixels (H, W, 4) over the whole frame, whatever the camera does."""
    half = np.array([FRAME_WIDTH / 2, FRAME_HEIGHT / 2, 0.0])
    corners = [half * (-1, 1, 0), half * (1, 1, 0), half * (-1, -1, 0)]
    picture = Part(Sprite(pixels, corners), fixed_in_frame=True)
    picture.set_z_index(z_index)
    return picture
