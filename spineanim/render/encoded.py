"""Encoded pictures of a segment, as they are kept, sent and joined."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Final, Self

_HEAD: Final = struct.Struct(">I")


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
    beside
        What Matroska puts beside its bytes: the alpha channel of VP9; often nothing.
    """

    data: bytes
    pts: int
    dts: int
    is_key: bool
    beside: bytes = b""


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
        """Everything as bytes, to be kept or sent; a picture that stands still is there once."""
        rows: list[list[int]] = []
        parts: list[bytes] = []
        last = b"", b""
        for packet in self.packets:
            now = packet.data, packet.beside
            sizes = [0, 0] if now == last else [len(packet.data), len(packet.beside)]
            parts += [] if now == last else now
            rows.append([*sizes, packet.pts, packet.dts, int(packet.is_key)])
            last = now
        head = {"frames": self.frame_count, "extradata": self.extradata.hex(), "packets": rows}
        raw = json.dumps(head, sort_keys=True).encode()
        return b"".join([_HEAD.pack(len(raw)), raw, *parts])

    @classmethod
    def unpacked(cls, raw: bytes) -> Self:
        """Put back what `packed` gave.

        Raises
        ------
        ValueError
            These are not such bytes.
        """
        try:
            (size,) = _HEAD.unpack_from(raw)
            at = _HEAD.size + size
            head = json.loads(raw[_HEAD.size : at])
            packets = []
            data = beside = b""
            for length, more, pts, dts, is_key in head["packets"]:
                if length:
                    data, beside = raw[at : at + length], raw[at + length : at + length + more]
                packets.append(Packet(data, pts, dts, bool(is_key), beside))
                at += length + more
            segment = cls(head["frames"], bytes.fromhex(head["extradata"]), tuple(packets))
        except (struct.error, KeyError, TypeError, UnicodeError) as error:
            raise ValueError("not an encoded segment") from error
        if at != len(raw) or segment.frame_count != len(packets):
            raise ValueError("not an encoded segment")
        return segment
