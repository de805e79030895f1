"""Encode a stretch of frames by itself: what is joined later needs nothing of its neighbours."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Self

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

from spineanim.render.encoding import Encoding

KEYFRAME_EVERY_S: Final = 2
_HEAD: Final = struct.Struct(">I")
_GLOBAL_HEADER: Final = 1 << 22
"""AV_CODEC_FLAG_GLOBAL_HEADER: a film keeps what a decoder needs once, not in every segment."""


@dataclass(frozen=True)
class Packet:
    """One encoded picture.

    Attributes
    ----------
    data
        Its bytes.
    pts, dts
        When it is shown and decoded, in frames from the start of its segment.
    is_key
        Whether decoding can start here.
    """

    data: bytes
    pts: int
    dts: int
    is_key: bool


@dataclass(frozen=True)
class EncodedSegment:
    """Encoded pictures of a stretch of frames, the first of them a key frame.

    Attributes
    ----------
    frame_count
        Frames in it.
    extradata
        What a decoder of its codec needs before the first packet.
    packets
        In the order of decoding.
    """

    frame_count: int
    extradata: bytes
    packets: tuple[Packet, ...]

    def packed(self) -> bytes:
        """Everything as bytes, to be kept or sent."""
        head = {
            "frames": self.frame_count,
            "extradata": self.extradata.hex(),
            "packets": [[len(p.data), p.pts, p.dts, int(p.is_key)] for p in self.packets],
        }
        raw = json.dumps(head, sort_keys=True).encode()
        return b"".join([_HEAD.pack(len(raw)), raw, *(p.data for p in self.packets)])

    @classmethod
    def unpacked(cls, raw: bytes) -> Self:
        """Put back what `packed` gave.

        Raises
        ------
        ValueError
            These are not such bytes.
        """
        (size,) = _HEAD.unpack_from(raw)
        at = _HEAD.size + size
        head = json.loads(raw[_HEAD.size : at])
        packets = []
        for length, pts, dts, is_key in head["packets"]:
            packets.append(Packet(raw[at : at + length], pts, dts, bool(is_key)))
            at += length
        if at != len(raw):
            raise ValueError("not an encoded segment")
        return cls(head["frames"], bytes.fromhex(head["extradata"]), tuple(packets))


def configure(context: av.VideoCodecContext, encoding: Encoding) -> None:
    """Set an encoder up; equal settings give equal bytes."""
    gop = KEYFRAME_EVERY_S * encoding.fps
    context.width, context.height = encoding.width_px, encoding.height_px
    context.pix_fmt = "yuv420p"
    context.framerate = Fraction(encoding.fps)
    context.time_base = Fraction(1, encoding.fps)
    context.options = {
        "profile": "high",
        "level": encoding.level,
        "preset": "medium",
        "crf": str(encoding.crf),
        "g": str(gop),
        "threads": "1",
        # Without it x264 3186 gives other bytes on every run where the processor has AVX-512 and
        # the width is no multiple of 64 (its macroblock tree reads what nobody wrote).
        "x264-params": f"open-gop=0:keyint={gop}:cpu-independent=1",
    }
    context.color_primaries = ColorPrimaries.BT709
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
        context = av.CodecContext.create("libx264", "w")
        assert isinstance(context, av.VideoCodecContext)
        configure(context, encoding)
        context.flags |= _GLOBAL_HEADER
        self.context = context
        self._reformatter = VideoReformatter()
        self.frame: av.VideoFrame | None = None
        self._packets: list[Packet] = []
        self._count = 0

    def put(self, pixels: NDArray[np.uint8]) -> None:
        """Append a frame (H, W, 4) RGBA, premultiplied; it may be reused after the call."""
        rgba = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="rgba")
        self.frame = self._reformatter.reformat(  # a copy; opacity is left out on the way
            rgba,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        self.again()

    def again(self) -> None:
        """Append the frame before once more; nothing is converted again."""
        assert self.frame is not None
        self.frame.pts, self.frame.time_base = self._count, Fraction(1, self.encoding.fps)
        self._count += 1
        self._take(self.context.encode(self.frame))

    def finish(self) -> EncodedSegment:
        """End the segment and return it."""
        self._take(self.context.encode(None))
        extradata = bytes(self.context.extradata or b"")
        return EncodedSegment(self._count, extradata, tuple(self._packets))

    def _take(self, packets: Iterable[av.Packet]) -> None:
        for packet in packets:
            assert packet.pts is not None
            # An encoder that ends before it has filled its delay gives other times for decoding
            # than one that goes on, so that short segments would overlap with those before them.
            dts = len(self._packets) - self.context.reorder_depth
            self._packets.append(Packet(bytes(packet), packet.pts, dts, packet.is_keyframe))
