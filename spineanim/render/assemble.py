"""Join encoded segments to a film, without encoding anything again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import av

from spineanim.render.encode import EncodedSegment, configure
from spineanim.render.encoding import Encoding


def assemble(
    file: Path,
    encoding: Encoding,
    segments: Iterable[EncodedSegment],
    tags: Mapping[str, str],
    language: str,
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
        for segment in segments:
            for each in segment.packets:
                packet = av.Packet(each.data)
                packet.pts, packet.dts = first + each.pts, first + each.dts
                packet.time_base, packet.stream = time_base, stream
                packet.is_keyframe = each.is_key
                container.mux(packet)
            first += segment.frame_count
    return first
