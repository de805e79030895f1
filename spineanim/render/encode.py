"""Encode a stretch of frames by itself: what is joined later needs nothing of its neighbours."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np
from av.codec.context import Flags
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

from spineanim.render.conversion import Conversion
from spineanim.render.encoded import EncodedSegment, Packet
from spineanim.render.encoding import KEYFRAME_EVERY_S, Encoding
from spineanim.render.scheduling import scheduling_kept

__all__ = ["KEYFRAME_EVERY_S", "EncodedSegment", "Packet", "SegmentEncoder", "configure"]

BESIDE: Final = "matroska_block_additional"
"""Where VP9 has its alpha channel."""


def configure(context: av.VideoCodecContext, encoding: Encoding) -> None:
    """Set an encoder up; equal settings give equal bytes."""
    os.environ.setdefault("SVT_LOG", "1")  # or its AV1 encoder writes a page to standard error
    context.width, context.height = encoding.width_px, encoding.height_px
    context.pix_fmt = encoding.pixels
    context.framerate = Fraction(encoding.fps)
    context.time_base = Fraction(1, encoding.fps)
    context.options = encoding.options
    context.color_primaries = ColorPrimaries.BT709
    if encoding.codec == "png":
        context.color_trc = ColorTrc.IEC61966_2_1
        return
    context.color_trc = ColorTrc.BT709
    context.colorspace = Colorspace.ITU709
    context.color_range = ColorRange.MPEG


class SegmentEncoder:
    """Encodes the frames of one segment in this thread.

    Every segment is a closed group of pictures from a new encoder with one thread, so its bytes
    depend on its frames alone, whoever makes it and with how many others.

    Parameters
    ----------
    encoding
        How.
    """

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        context = av.CodecContext.create(encoding.traits.encoder, "w")
        assert isinstance(context, av.VideoCodecContext)
        configure(context, encoding)
        # A film keeps what a decoder needs once, not in every segment.
        context.flags |= Flags.global_header
        with scheduling_kept():
            context.open()
        self.context = context
        self._convert = Conversion(encoding.pixels, encoding.alpha)
        self.frame: av.VideoFrame | None = None
        self._packets: list[Packet] = []
        self._count = 0

    def put(self, pixels: NDArray[np.uint8]) -> None:
        """Append a frame (H, W, 4) RGBA, premultiplied; it may be reused after the call."""
        self.frame = self._convert(pixels)
        self._encode(self.frame)

    def again(self) -> None:
        """Append the frame put last once more, at little cost.

        Raises
        ------
        ValueError
            There is none yet.
        """
        if self.frame is None:
            raise ValueError("no frame to repeat")
        if self.encoding.traits.alone:
            last = self._packets[-1]
            self._packets.append(Packet(last.data, self._count, self._count, True, last.beside))
            self._count += 1
        else:
            self._encode(self.frame)

    def _encode(self, frame: av.VideoFrame) -> None:
        frame.pts, frame.time_base = self._count, Fraction(1, self.encoding.fps)
        self._count += 1
        self._take(self.context.encode(frame))

    def finish(self) -> EncodedSegment:
        """End the segment and return it."""
        self._take(self.context.encode(None))
        assert len(self._packets) == self._count
        extradata = bytes(self.context.extradata or b"")
        return EncodedSegment(self._count, extradata, tuple(self._packets))

    def _take(self, packets: Iterable[av.Packet[Any]]) -> None:
        for packet in packets:
            assert packet.pts is not None
            beside = b""
            if packet.has_sidedata(BESIDE):
                beside = bytes(packet.get_sidedata(BESIDE))
            # An encoder that ends before it has filled its delay gives other times for decoding
            # than one that goes on, so that short segments would overlap with those before them.
            dts = len(self._packets) - self.context.reorder_depth
            assert dts <= packet.pts
            self._packets.append(Packet(bytes(packet), packet.pts, dts, packet.is_keyframe, beside))
