"""A small baked picture that is put down anew in every frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.shape import Sprite, path_points

Point = NDArray[np.float64]


def stamp(pixels: NDArray[np.uint8]) -> Sprite:
    """Return a picture to be put down with `put`; copies share its pixels."""
    return Sprite(pixels, [[-1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, -1.0, 0.0]])


def put(
    sprite: Sprite,
    centre: Point,
    half: float | tuple[float, float],
    *,
    turn_rad: float = 0.0,
    opacity: float = 1.0,
) -> None:
    """Put a picture down.

    Parameters
    ----------
    sprite
        The picture.
    centre
        Scene point (3,) of its middle.
    half
        Half its size, or half its width and height, in scene units.
    turn_rad
        Turn, counter-clockwise.
    opacity
        0 to 1.
    """
    wide, high = (half, half) if isinstance(half, float) else half
    cos, sin = np.cos(turn_rad), np.sin(turn_rad)
    across, up = np.array([cos, sin, 0.0]) * wide, np.array([-sin, cos, 0.0]) * high
    corners = np.array([up - across, up + across, across - up, -across - up]) + centre
    sprite.set_points(path_points(corners, closed=True))
    sprite.set_fill(opacity=opacity, family=False)
