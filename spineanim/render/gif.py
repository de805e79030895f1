"""Write a GIF: one palette over the whole film, chosen first, then every picture drawn with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.reformatter import VideoReformatter

from spineanim.render.encoded import EncodedSegment
from spineanim.render.encoding import Encoding

_TICKS: Final = 100
"""A GIF counts hundredths of a second."""

_PALETTE: Final = "stats_mode=full"
_DITHER: Final = "dither=bayer:bayer_scale=4:diff_mode=rectangle"
"""A fixed pattern; scattered errors would crawl over what stands still beside what moves."""


def write_gif(file: Path, encoding: Encoding, segments: Iterable[EncodedSegment]) -> int:
    """Write a GIF that repeats for ever; return the frames it shows.

    A picture that stands still is there once. One segment is in memory at a time.

    Parameters
    ----------
    file
        File to write.
    encoding
        How its segments, of PNG pictures, were made.
    segments
        They are asked for twice.
    """
    count = sum(segment.frame_count for segment in segments)
    chooser = _Chooser(encoding)
    last = 0
    for last, picture in _pictures(encoding, segments):  # noqa: B007  (it is used after the loop)
        chooser.look_at(picture)
    painter = _Painter(encoding, chooser.palette())
    # How long a picture stays is told by the next one; for the last there is this option.
    stays = _tick(count, encoding.fps) - _tick(last, encoding.fps)
    options = {"loop": "0", "final_delay": str(stays), "fflags": "+bitexact"}
    with av.open(str(file), "w", format="gif", options=options) as container:
        stream = container.add_stream("gif", rate=_TICKS)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = encoding.width_px, encoding.height_px, "pal8"
        stream.codec_context.time_base = Fraction(1, _TICKS)
        for number, picture in _pictures(encoding, segments):
            painted = painter.paint(picture)
            painted.pts, painted.time_base = _tick(number, encoding.fps), Fraction(1, _TICKS)
            container.mux(stream.encode(painted))
        container.mux(stream.encode(None))
    return count


def _tick(frame: int, fps: int) -> int:
    """Hundredth of a second in which a frame begins; roundings do not add up."""
    return (2 * frame * _TICKS + fps) // (2 * fps)


def _pictures(
    encoding: Encoding, segments: Iterable[EncodedSegment]
) -> Iterator[tuple[int, av.VideoFrame]]:
    """Decode every picture that differs from the one before, with the number of its frame."""
    decoder = av.CodecContext.create("png", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    decoder.thread_count = 1
    to_bgra = VideoReformatter()
    first, shown = 0, b""
    for segment in segments:
        for number, packet in enumerate(segment.packets, first):
            if packet.data != shown:
                picture = av.Packet(packet.data)
                picture.is_keyframe = True  # or it would be added to the one before
                (frame,) = decoder.decode(picture)
                frame = to_bgra.reformat(frame, format="bgra", threads=1)
                frame.pts, frame.time_base = number, Fraction(1, encoding.fps)
                yield number, frame
                shown = packet.data
        first += segment.frame_count


def _source(graph: Graph, width_px: int, height_px: int, fps: int) -> FilterContext:
    return graph.add_buffer(
        width=width_px,
        height=height_px,
        format=av.VideoFormat("bgra"),
        time_base=Fraction(1, fps),
    )


class _Chooser:
    """Looks at pictures and chooses 255 colours for them, and a clear one."""

    def __init__(self, encoding: Encoding) -> None:
        graph = Graph()
        self._in = _source(graph, encoding.width_px, encoding.height_px, encoding.fps)
        palettegen, self._out = graph.add("palettegen", _PALETTE), graph.add("buffersink")
        graph.link_nodes(self._in, palettegen, self._out).configure()
        self._graph = graph

    def look_at(self, picture: av.VideoFrame) -> None:
        """Count the colours of a picture."""
        self._in.push(picture)

    def palette(self) -> av.VideoFrame:
        """Return the colours, as a picture."""
        self._in.push(None)
        palette = self._out.pull()
        assert isinstance(palette, av.VideoFrame)
        return palette


class _Painter:
    """Draws pictures with the colours of a palette."""

    def __init__(self, encoding: Encoding, palette: av.VideoFrame) -> None:
        graph = Graph()
        self._in = _source(graph, encoding.width_px, encoding.height_px, encoding.fps)
        colours = _source(graph, palette.width, palette.height, encoding.fps)
        paletteuse, self._out = graph.add("paletteuse", _DITHER), graph.add("buffersink")
        self._in.link_to(paletteuse, 0, 0)
        colours.link_to(paletteuse, 0, 1)
        graph.link_nodes(paletteuse, self._out).configure()
        palette.pts = 0
        palette.time_base = Fraction(1, encoding.fps)
        colours.push(palette)
        colours.push(None)
        self._graph = graph

    def paint(self, picture: av.VideoFrame) -> av.VideoFrame:
        """Return the picture in colours of the palette."""
        self._in.push(picture)
        painted = self._out.pull()
        assert isinstance(painted, av.VideoFrame)
        return painted
