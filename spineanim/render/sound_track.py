"""The sound of a film on its way into the file, beside the pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import av
from av.container import OutputContainer


def sound_track(
    sound: bytes, language: str
) -> Callable[[OutputContainer], Iterator[av.Packet[Any]]]:
    """Return what writes encoded sound to a film, without encoding it again.

    Parameters
    ----------
    sound
        What `soundtrack` made.
    language
        ISO 639-2 code of what is spoken.

    Returns
    -------
    A function that adds a stream to a file which is not begun yet, and gives its packets in order.
    """

    def track(container: OutputContainer) -> Iterator[av.Packet[Any]]:
        made = av.open(io.BytesIO(sound), "r")
        source = made.streams.audio[0]
        stream = container.add_stream_from_template(source)
        stream.metadata["language"] = language

        def packets() -> Iterator[av.Packet[Any]]:
            with made:
                for packet in made.demux(source):
                    if packet.size:  # the last one only says that there are no more
                        packet.stream = stream
                        yield packet

        return packets()

    return track
