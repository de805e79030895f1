"""Join encoded segments to a film, without encoding anything again."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer

from spineanim.render.encode import EncodedSegment, configure
from spineanim.render.encoding import Encoding

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
        File to write; the caller moves it into place when all is well.
    encoding
        How its segments were made.
    segments
        All of them, in order; they are asked for one by one.
    tags
        Tags of the file, such as `title`.
    language
        ISO 639-2 code of what is written in the picture.
    sound
        Sound track; a silent film has none.

    Returns
    -------
    Frames written.
    """
    first = 0
    time_base = Fraction(1, encoding.fps)
    with av.open(str(file), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        container.metadata.update(tags)
        # An encoder set up alike, that encodes nothing, writes the header its segments need.
        stream = container.add_stream("libx264", rate=encoding.fps)
        configure(stream.codec_context, encoding)
        stream.metadata["language"] = language
        tracks = [sound(container)] if sound else []

        def pictures() -> Iterator[av.Packet[Any]]:
            nonlocal first
            for segment in segments:
                for each in segment.packets:
                    packet: av.Packet[Any] = av.Packet(each.data)
                    packet.pts, packet.dts = first + each.pts, first + each.dts
                    packet.time_base, packet.stream = time_base, stream
                    packet.is_keyframe = each.is_key
                    yield packet
                first += segment.frame_count

        for packet in heapq.merge(pictures(), *tracks, key=_decoding_time):
            container.mux(packet)
    return first


def _decoding_time(packet: av.Packet[Any]) -> Fraction:
    assert packet.dts is not None and packet.time_base is not None
    return packet.dts * packet.time_base
