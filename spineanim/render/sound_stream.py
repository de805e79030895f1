"""The sound of a film on its way into the file, beside the pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain

import av
from av.container import OutputContainer


class SoundStream:
    """Writes encoded sound to a film, without encoding it again.

    Parameters
    ----------
    container
        The film's file, before anything is written to it.
    sound
        What `soundtrack` made.
    language
        ISO 639-2 code of what is spoken.
    """

    def __init__(self, container: OutputContainer, sound: bytes, language: str) -> None:
        self._container = container
        self._file = av.open(io.BytesIO(sound), "r")
        source = self._file.streams.audio[0]
        self._stream = container.add_stream_from_template(source)
        self._stream.metadata["language"] = language
        self._packets: Iterator[av.Packet[av.AudioStream]] = (
            packet for packet in self._file.demux(source) if packet.size
        )

    def write(self, until_s: float | None = None) -> None:
        """Write what begins before a moment, or all that is left.

        Called between pictures, it keeps sound near them in the file, where players look for it.
        """
        for packet in self._packets:
            assert packet.pts is not None and packet.time_base is not None
            if until_s is not None and packet.pts * packet.time_base >= until_s:
                self._packets = chain([packet], self._packets)
                return
            packet.stream = self._stream
            self._container.mux(packet)
        self._file.close()
