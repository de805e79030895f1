"""Draw a still part once and keep it as a sprite: many paths then cost one picture a frame."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Sprite

_MARGIN_PX = 4


def flatten(part: VMobject, pixels_per_unit: float, *, margin: float = 0.0) -> Sprite:
    """Draw a part into a sprite that stands where the part stood.

    Parameters
    ----------
    part
        What is drawn; it is left as it is.
    pixels_per_unit
        Resolution: pixels of the sprite for one scene unit. Use the largest scale it is seen at.
    margin
        Room left round the part's paths for wide strokes, in scene units.
    """
    points = np.concatenate([each.points for each in part.get_family() if len(each.points)])
    room = margin + _MARGIN_PX / pixels_per_unit
    low, high = points.min(axis=0)[:2] - room, points.max(axis=0)[:2] + room
    width_px, height_px = (max(int(np.ceil(size * pixels_per_unit)), 1) for size in high - low)
    camera = StageCamera(
        pixel_width=width_px,
        pixel_height=height_px,
        frame_width=width_px / pixels_per_unit,
        frame_height=height_px / pixels_per_unit,
        background_opacity=0.0,
        background_color="#000000",
    )
    upper_left = np.array([low[0], high[1], 0.0])
    size = np.array([width_px, height_px]) / pixels_per_unit
    camera.frame.stretch_to_fit_width(size[0]).stretch_to_fit_height(size[1])
    camera.frame.move_to(upper_left + np.array([size[0] / 2, -size[1] / 2, 0.0]))
    camera.capture_mobjects([part])
    upper_right = upper_left + np.array([size[0], 0.0, 0.0])
    lower_left = upper_left - np.array([0.0, size[1], 0.0])
    return Sprite(camera.pixels(), [upper_left, upper_right, lower_left])
