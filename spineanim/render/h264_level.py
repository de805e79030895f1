"""Which H.264 level a film needs: what a decoder must be able to do, from its size and rate."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Final

_BLOCK_PX: Final = 16

_LEVELS: Final = (
    ("1.0", 1_485, 99, 396),
    ("1.1", 3_000, 396, 900),
    ("1.2", 6_000, 396, 2_376),
    ("1.3", 11_880, 396, 2_376),
    ("2.1", 19_800, 792, 4_752),
    ("2.2", 20_250, 1_620, 8_100),
    ("3.0", 40_500, 1_620, 8_100),
    ("3.1", 108_000, 3_600, 18_000),
    ("3.2", 216_000, 5_120, 20_480),
    ("4.0", 245_760, 8_192, 32_768),
    ("4.2", 522_240, 8_704, 34_816),
    ("5.0", 589_824, 22_080, 110_400),
    ("5.1", 983_040, 36_864, 184_320),
    ("5.2", 2_073_600, 36_864, 184_320),
    ("6.0", 4_177_920, 139_264, 696_320),
    ("6.1", 8_355_840, 139_264, 696_320),
    ("6.2", 16_711_680, 139_264, 696_320),
)
"""ITU-T H.264 table A-1: level, macroblocks a second, in a frame, in the decoder's memory.

Levels 2.0 and 4.1 differ from 1.3 and 4.0 in the bit rate only.
"""


def h264_level(width_px: int, height_px: int, fps: int, references: int) -> str:
    """Return the lowest level for a film; the highest there is if none will do.

    Parameters
    ----------
    width_px, height_px, fps
        Size and rate.
    references
        Pictures that the decoder keeps to predict others from.
    """
    across, down = ceil(width_px / _BLOCK_PX), ceil(height_px / _BLOCK_PX)
    blocks = across * down
    for level, a_second, a_frame, memory in _LEVELS:
        fits = blocks <= a_frame and max(across, down) <= sqrt(8 * a_frame)
        if fits and blocks * fps <= a_second and blocks * references <= memory:
            return level
    return _LEVELS[-1][0]
