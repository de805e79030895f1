"""From drawn pixels to frames that encoders take."""

from __future__ import annotations

from typing import Final

import av
import numpy as np
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    VideoReformatter,
)
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_BLOCK_PX: Final = 16


class Conversion:
    """Converts frames to one pixel format: BT.709 of limited range, or RGB as it is.

    Parameters
    ----------
    pixels
        Pixel format.
    alpha
        Whether that has an alpha channel.
    """

    def __init__(self, pixels: str, alpha: bool) -> None:
        self.pixels, self.alpha = pixels, alpha
        self.is_rgb = not pixels.startswith("yuv")
        self._reformatter = VideoReformatter()

    def __call__(self, drawn: Pixels) -> av.VideoFrame:
        """Return a frame of its own; `drawn` (H, W, 4) RGBA, premultiplied, stays as it is."""
        if self.alpha:
            clear = straight(drawn)
            drawn = clear if self.is_rgb else spread(drawn, clear)
        # No copy is made: the frame looks at the rows where they are.
        frame = av.VideoFrame.from_numpy_buffer(drawn, format="rgba")
        if self.is_rgb:
            frame = self._reformatter.reformat(frame, format=self.pixels, threads=1)
            frame.color_primaries = ColorPrimaries.BT709
            frame.color_trc = ColorTrc.IEC61966_2_1
            return frame
        return self._reformatter.reformat(
            frame,
            format=self.pixels,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )


def straight(premultiplied: Pixels) -> Pixels:
    """Return pixels (H, W, 4) RGBA whose colours are not multiplied by alpha, as files want them.

    Clear pixels stay black.
    """
    result = premultiplied.copy()
    alpha = premultiplied[..., 3]
    rows, columns = np.nonzero((alpha > 0) & (alpha < 255))
    shares = alpha[rows, columns, None].astype(np.uint16)
    colours = premultiplied[rows, columns, :3].astype(np.uint16) * 255 + shares // 2
    result[rows, columns, :3] = np.minimum(colours // shares, 255)
    return result


def spread(premultiplied: Pixels, result: Pixels) -> Pixels:
    """Give clear pixels the mean colour of what is not clear in their block of 16 pixels.

    Without it the black of clear pixels would bleed into the edges of what is seen, since chroma
    is shared by neighbours and codecs blur. `result` holds the straight colours; it is changed.
    """
    height, width = result.shape[:2]
    down, across = -(-height // _BLOCK_PX), -(-width // _BLOCK_PX)
    whole = np.zeros((down * _BLOCK_PX, across * _BLOCK_PX, 4), np.uint8)
    whole[:height, :width] = premultiplied
    blocks = whole.reshape(down, _BLOCK_PX, across, _BLOCK_PX, 4)
    lowest, highest = (pick(blocks[..., 3], axis=(1, 3)) for pick in (np.min, np.max))
    for row, column in np.argwhere((lowest == 0) & (highest > 0)):
        block = blocks[row, :, column].reshape(-1, 4)
        red, green, blue, alpha = block.sum(axis=0, dtype=np.int64)
        rows, columns = (slice(each * _BLOCK_PX, (each + 1) * _BLOCK_PX) for each in (row, column))
        part = result[rows, columns]
        part[part[..., 3] == 0, :3] = np.minimum(np.array([red, green, blue]) * 255 // alpha, 255)
    return result
