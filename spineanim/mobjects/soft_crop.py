"""A cut body that runs out softly, with an uneven edge, before it meets the frame or captions."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2
from spineanim.picture.image import smoothstep
from spineanim.picture.noise import waves
from spineanim.picture.shape import Part, Picture, Sprite
from spineanim.stage import Stage

_FADE_MM: Final = 26.0
_ROUGH_MM: Final = 3.0
_WAVE_MM: Final = 11.0
_COARSE: Final = 4


def crop_softly(
    part: Part,
    stage: Stage,
    front_yz: Points2,
    low_mm: float,
    keep_mm: float,
    high_mm: float = np.inf,
) -> None:
    """Fade every upright sprite of a part out in front of a line, below a height and above one.

    Parameters
    ----------
    part
        Changed in place.
    stage
        A side view, turned or not, that the sprites are placed by.
    front_yz
        Line (N, 2) of the body, millimetres, cranial first, such as the fronts of the vertebrae.
    low_mm
        Below this height nothing is left.
    keep_mm
        Ground in front of the line that is kept before the fade begins.
    high_mm
        Above this height nothing is left.
    """
    rise = front_yz[np.argsort(front_yz[:, 1])]
    for each in part.get_family():
        if not isinstance(each, Sprite):
            continue
        y, z = _millimetres(each, stage)
        flat = (y.ravel(), z.ravel())
        rough = _ROUGH_MM * waves(flat, _WAVE_MM, 17).reshape(y.shape)
        front = np.interp(z, rise[:, 1], rise[:, 0]) - keep_mm
        cover = smoothstep(y - front + rough, -_FADE_MM, 0.0)
        cover = cover * smoothstep(z - low_mm + rough, 0.0, 2.0 * _FADE_MM)
        if np.isfinite(high_mm):
            cover = cover * smoothstep(high_mm - z + rough, _ROUGH_MM, _ROUGH_MM + _FADE_MM)
        rgba = each.picture.rgba
        rows, columns = rgba.shape[:2]
        alpha = np.repeat(np.repeat(cover, _COARSE, axis=0), _COARSE, axis=1)[:rows, :columns]
        each.picture = Picture(np.rint(rgba * alpha[..., None]).astype(np.uint8))


def _millimetres(sprite: Sprite, stage: Stage) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Patient y and z (H, W) of every fourth row and column of an upright sprite."""
    upper_left, upper_right, lower_left = sprite.corner_points()
    rows, columns = sprite.picture.rgba.shape[:2]
    down = (np.arange(0, rows, _COARSE) + 0.5 * _COARSE) / rows
    across = (np.arange(0, columns, _COARSE) + 0.5 * _COARSE) / columns
    x = (upper_left[0] + across * (upper_right - upper_left)[0])[None]
    up = (upper_left[1] + down * (lower_left - upper_left)[1])[:, None]
    origin, one_y, one_z = (stage.point((0.0, *each))[:2] for each in ((0, 0), (1, 0), (0, 1)))
    to_mm = np.linalg.inv(np.column_stack([one_y - origin, one_z - origin]))
    x, up = np.broadcast_arrays(x - origin[0], up - origin[1])
    y, z = (to_mm[row, 0] * x + to_mm[row, 1] * up for row in (0, 1))
    return y.astype(np.float32), z.astype(np.float32)
