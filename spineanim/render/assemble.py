"""Join encoded segments to a film, without encoding anything again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import av

from spineanim.render.encode import EncodedSegment, configure
from spineanim.render.encoding import Encoding
from spineanim.render.sound_stream import SoundStream


def assemble(
    file: Path,
    encoding: Encoding,
    segments: Iterable[EncodedSegment],
    tags: Mapping[str, str],
    language: str,
    sound: bytes | None = None,
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
        ISO 639-2 code of what is written in the picture, and spoken.
    sound
        What `soundtrack` made; a silent film has none.

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
        voices = SoundStream(container, sound, language) if sound else None
        for segment in segments:
            for each in segment.packets:
                packet = av.Packet(each.data)
                packet.pts, packet.dts = first + each.pts, first + each.dts
                packet.time_base, packet.stream = time_base, stream
                packet.is_keyframe = each.is_key
                container.mux(packet)
            first += segment.frame_count
            if voices:
                voices.write(until_s=first / encoding.fps)
        if voices:
            voices.write()
    return first
