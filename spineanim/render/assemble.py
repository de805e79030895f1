"""Join encoded segments to a film, without encoding anything again."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.packet import PacketSideData, packet_sidedata_type_from_literal

from spineanim.errors import OutputError
from spineanim.render.codecs import FORMATS
from spineanim.render.encode import BESIDE, EncodedSegment, Packet, configure
from spineanim.render.encoding import Encoding
from spineanim.render.gif import write_gif
from spineanim.render.scheduling import scheduling_kept

Track = Callable[[OutputContainer], "Iterable[av.Packet[Any]]"]
"""Adds a stream to a file that is not begun yet, and gives its packets in the order of decoding,
each with its stream and time base."""


def assemble(
    file: Path,
    encoding: Encoding,
    segments: Iterable[EncodedSegment],
    tags: Mapping[str, str],
    language: str,
    sound: Track | None = None,
) -> int:
    """Write a film.

    Parameters
    ----------
    file
        File to write, or folder to make and fill with pictures; the caller moves it into place
        when all is well.
    encoding
        How its segments were made.
    segments
        All of them, in order; they are asked for one by one, and for a GIF twice.
    tags
        Tags of the file, such as `title`.
    language
        ISO 639-2 code of what is written in the picture.
    sound
        Sound track; GIF and pictures have none.

    Returns
    -------
    Frames written.

    Raises
    ------
    OutputError
        Segments come from another version of an encoder.
    TypeError
        Segments of a GIF can be asked for only once.
    """
    if encoding.format == "png":
        return write_pictures(file, segments)
    if encoding.format == "gif":
        if isinstance(segments, Iterator):
            raise TypeError("segments of a GIF are asked for twice")
        return write_gif(file, encoding, segments)
    return _write_film(file, encoding, segments, tags, language, sound)


def write_pictures(folder: Path, segments: Iterable[EncodedSegment]) -> int:
    """Write every frame as a PNG file, numbered from 0, such as `pump-00000.png`; return how many.

    Parameters
    ----------
    folder
        Made; its name, without an ending, is what the names of the files begin with.
    segments
        Segments of PNG pictures.
    """
    folder.mkdir()
    count = 0
    for segment in segments:
        for packet in segment.packets:
            (folder / f"{folder.stem}-{count:05d}.png").write_bytes(packet.data)
            count += 1
    return count


def _write_film(
    file: Path,
    encoding: Encoding,
    segments: Iterable[EncodedSegment],
    tags: Mapping[str, str],
    language: str,
    sound: Track | None,
) -> int:
    """Write a file of a picture stream and perhaps a sound track."""
    # Without "bitexact" Matroska takes its identifiers from a random number.
    options = {"fflags": "+bitexact", **FORMATS[encoding.format].options}
    with av.open(str(file), "w", format=encoding.format, options=options) as container:
        container.metadata.update(tags)
        # An encoder set up alike, that encodes nothing, writes the header its segments need.
        stream = container.add_stream(encoding.traits.encoder, rate=encoding.fps)
        assert isinstance(stream, av.VideoStream)
        configure(stream.codec_context, encoding)
        stream.metadata["language"] = language
        tracks = [sound(container)] if sound else []
        with scheduling_kept():
            container.start_encoding()
        count = 0

        def pictures() -> Iterator[av.Packet[Any]]:
            nonlocal count
            for segment in segments:
                _check(segment, stream)
                for each in segment.packets:
                    yield _placed(each, count, stream, encoding.fps)
                count += segment.frame_count

        for packet in heapq.merge(pictures(), *tracks, key=_decoding_time):
            container.mux(packet)
    return count


def _check(segment: EncodedSegment, stream: av.VideoStream) -> None:
    """Refuse a segment that the file's header does not fit."""
    if segment.extradata != bytes(stream.codec_context.extradata or b""):
        raise OutputError(
            "a kept segment comes from another version of the encoder",
            "render again with --no-cache",
        )


def _placed(each: Packet, first: int, stream: av.VideoStream, fps: int) -> av.Packet[Any]:
    """Return a packet of a segment that begins with frame `first`."""
    packet: av.Packet[Any] = av.Packet(each.data)
    packet.pts, packet.dts, packet.duration = first + each.pts, first + each.dts, 1
    packet.time_base, packet.stream = Fraction(1, fps), stream
    packet.is_keyframe = each.is_key
    if each.beside:
        kind = packet_sidedata_type_from_literal(BESIDE)
        beside = PacketSideData(kind, len(each.beside))  # type: ignore[call-arg]  # not in its stub
        beside.update(each.beside)
        packet.set_sidedata(beside)
    return packet


def _decoding_time(packet: av.Packet[Any]) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base
