"""A segment's encoder: pixels become the film's values, once for frames that are alike."""

from __future__ import annotations

from dataclasses import replace

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from spineanim.render.encode import EncodedSegment, SegmentEncoder
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.quality import QUALITIES

TINY = replace(QUALITIES["draft"], width_px=96, height_px=64)


def _noise(seed: int) -> NDArray[np.uint8]:
    pixels = np.random.default_rng(seed).integers(0, 256, (64, 96, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    return pixels


def _encoding() -> Encoding:
    return web_film(TINY)


def _decoded(segment: EncodedSegment) -> list[NDArray[np.uint8]]:
    context = av.CodecContext.create("h264", "r")
    assert isinstance(context, av.VideoCodecContext)
    context.extradata = segment.extradata
    frames = [frame for each in segment.packets for frame in context.decode(av.Packet(each.data))]
    return [np.asarray(frame.to_ndarray(), np.uint8) for frame in [*frames, *context.decode(None)]]


def test_rgba_gives_the_values_that_rgb_gives() -> None:
    """The encoder is handed pixels as the camera holds them, with their opacity."""
    encoder = SegmentEncoder(_encoding())
    pixels = _noise(1)
    encoder.put(pixels)
    assert encoder.frame is not None
    rgb = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[..., :3]), format="rgb24")
    plain = rgb.reformat(
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    assert np.array_equal(encoder.frame.to_ndarray(), plain.to_ndarray())


def test_a_frame_again_is_as_if_its_pixels_were_again() -> None:
    one, other = SegmentEncoder(_encoding()), SegmentEncoder(_encoding())
    for seed in (1, 2):
        one.put(_noise(seed))
        other.put(_noise(seed))
        one.again()
        other.put(_noise(seed))
    assert one.finish() == other.finish()


def test_pixels_may_be_reused_after_the_call() -> None:
    kept, reused, buffer = SegmentEncoder(_encoding()), SegmentEncoder(_encoding()), _noise(0)
    for seed in range(4):
        kept.put(_noise(seed))
        buffer[:] = _noise(seed)
        reused.put(buffer)
    one, other = kept.finish(), reused.finish()
    assert one == other
    assert len(_decoded(one)) == 4
