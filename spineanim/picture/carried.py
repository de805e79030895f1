"""Pictures of the body from the side, carried along with its spine to where another has it.

Bones keep their shape to a fraction of a millimetre when the curves change by a few degrees, skin
follows just as it would if it were drawn anew.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.geometry.axes import Points2, View
from spineanim.geometry.spine import Spine
from spineanim.picture.image import BakedImage

_STEP_PX: Final = 12
"""Between the pixels whose way is worked out; it hardly bends from one to the next."""

Pixels = NDArray[np.uint8]


def carried_image(image: BakedImage, before: Spine, now: Spine, view: View) -> BakedImage:
    """Carry a picture of a body that has one spine to where another has it; see `carried`."""
    left, bottom, right, top = image.box_mm
    corners = np.array([(left, top), (right, top), (left, bottom)])
    rgba, (upper_left, upper_right, lower_left) = carried(image.rgba, corners, before, now, view)
    left, top, right = float(upper_left[0]), float(upper_left[1]), float(upper_right[0])
    return BakedImage(rgba, (left, float(lower_left[1]), right, top))


def carried(
    rgba: Pixels, corners_mm: Points2, before: Spine, now: Spine, view: View
) -> tuple[Pixels, Points2]:
    """Carry a picture in the median plane along with the spine.

    Parameters
    ----------
    rgba
        Premultiplied, (H, W, 4).
    corners_mm
        Its upper left, upper right and lower left corner (3, 2) in the view's plane.
    before, now
        The spine it was made with, and that of the picture that is wanted.
    view
        From the left or from the right.

    Returns
    -------
    The picture, its axes as they were, cut down to what is seen, and its corners.
    """
    seen = rgba[..., 3] > 0
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return rgba, corners_mm
    tall, wide = rgba.shape[:2]
    pixel = np.array([corners_mm[1] - corners_mm[0], corners_mm[2] - corners_mm[0]])
    pixel /= np.array([[wide], [tall]])
    to_pixel, sign = np.linalg.inv(pixel), np.array([np.sign(view.right[1]), 1.0])

    def way(points_px: Points2, rest: Spine, goal: Spine) -> Points2:
        points_mm = (points_px @ pixel + corners_mm[0]) * sign
        return np.asarray((goal.carry(points_mm, rest) * sign - corners_mm[0]) @ to_pixel)

    x, y = _lattice(columns[0], columns[-1] + 1), _lattice(rows[0], rows[-1] + 1)
    goal = way(_crossings(x, y), before, now)
    low, high = np.floor(goal.min(axis=0)).astype(int), np.ceil(goal.max(axis=0)).astype(int)
    x, y = _lattice(low[0], high[0]), _lattice(low[1], high[1])
    came = way(_crossings(x, y), now, before).reshape(len(y), len(x), 2)
    size = (int(high[1] - low[1]), int(high[0] - low[0]))
    column, row = (_between(came[..., axis], size) for axis in (0, 1))
    found = _taken(rgba, row, column)
    box = np.array([low, (high[0], low[1]), (low[0], high[1])], dtype=np.float64)
    return found, box @ pixel + corners_mm[0]


def _lattice(first: int, last: int) -> NDArray[np.float64]:
    """Evenly spaced places from one to at least another."""
    return first + np.arange((last - first) // _STEP_PX + 2, dtype=np.float64) * _STEP_PX


def _crossings(x: NDArray[np.float64], y: NDArray[np.float64]) -> Points2:
    """Points (N, 2) of a lattice, row by row."""
    across, down = np.meshgrid(x, y)
    return np.column_stack([across.ravel(), down.ravel()])


def _between(values: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float32]:
    """Values at the middles of all pixels of a lattice that has every so many."""
    found = values.astype(np.float32)
    for axis, count in enumerate(size):
        place = (np.arange(count, dtype=np.float32) + np.float32(0.5)) / np.float32(_STEP_PX)
        first = place.astype(np.intp)
        share = (place - first).reshape((-1, 1) if axis == 0 else (1, -1))
        start, end = found.take(first, axis=axis), found.take(first + 1, axis=axis)
        found = start + (end - start) * share
    return found


def _taken(rgba: Pixels, row: NDArray[np.float32], column: NDArray[np.float32]) -> Pixels:
    """Take pixels of a picture at places in it; clear beyond it."""
    planes = [
        ndimage.map_coordinates(
            rgba[..., channel], [row - 0.5, column - 0.5], order=1, mode="constant", cval=0
        )
        for channel in range(4)
    ]
    return np.stack(planes, axis=-1)
