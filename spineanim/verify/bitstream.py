"""What H.264 and AV1 say of themselves in their own bits: profile, level, whole pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_IDR, _SPS = 5, 7
_SEQUENCE, _FRAME_HEADER, _FRAME = 1, 3, 6


@dataclass(frozen=True)
class Config:
    """What the settings of a decoder say.

    Attributes
    ----------
    profile
        100 is High of H.264, 0 is Main of AV1.
    level
        Ten times the level of H.264 (40 is 4.0); the index of AV1's (8 is 4.0).
    name
        As pages name it, such as `avc1.640028`.
    agrees
        Whether the stream itself, in its first header, says the same.
    nal_bytes
        Bytes that tell how long a unit of H.264 is; 0 for AV1.
    """

    profile: int
    level: int
    name: str
    agrees: bool
    nal_bytes: int = 0


def h264_config(raw: bytes) -> Config:
    """Read an `avcC` box.

    Raises
    ------
    ValueError
        It is none.
    """
    if len(raw) < 12 or raw[0] != 1 or raw[8] & 31 != _SPS:
        raise ValueError("its settings for H.264 are damaged")
    profile, flags, level = raw[1:4]
    name = f"avc1.{profile:02x}{flags:02x}{level:02x}"
    return Config(profile, level, name, raw[9:12] == raw[1:4], (raw[4] & 3) + 1)


def av1_config(raw: bytes) -> Config:
    """Read an `av1C` box.

    Raises
    ------
    ValueError
        It is none.
    """
    if len(raw) < 4 or raw[0] != 0x81:
        raise ValueError("its settings for AV1 are damaged")
    profile, level, kind = raw[1] >> 5, raw[1] & 31, raw[2]
    depth = 8 + 2 * (kind >> 6 & 1) + 2 * (kind >> 5 & 1)
    name = f"av01.{profile}.{level:02}{'H' if kind & 128 else 'M'}.{depth:02}"
    headers = [payload for kind, payload in _units(raw[4:]) if kind == _SEQUENCE]
    agrees = all(_said(header) in (None, (profile, level)) for header in headers)
    return Config(profile, level, name, agrees)


def is_whole_h264(packet: bytes, nal_bytes: int) -> bool:
    """Whether decoding can begin with a packet, all before it forgotten (IDR)."""
    at = 0
    while at + nal_bytes < len(packet):
        size = int.from_bytes(packet[at : at + nal_bytes], "big")
        if packet[at + nal_bytes] & 31 == _IDR:
            return True
        at += nal_bytes + size
    return False


def is_whole_av1(packet: bytes) -> bool:
    """Whether a packet begins with a key frame that is shown, and carries the sequence's header."""
    has_header = False
    for kind, payload in _units(packet):
        has_header = has_header or kind == _SEQUENCE
        if kind in (_FRAME_HEADER, _FRAME) and payload:
            # Not one shown again, of type 0 (key), shown.
            return has_header and payload[0] >> 4 == 1
    return False


def _units(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and payload of each unit (OBU) of AV1, as far as they are whole."""
    at = 0
    while at < len(raw):
        head = raw[at]
        at += 2 if head & 4 else 1
        size, shift = len(raw) - at, 0
        if head & 2:
            size = 0
            while at < len(raw) and shift < 56:
                size |= (raw[at] & 127) << shift
                at, shift = at + 1, shift + 7
                if not raw[at - 1] & 128:
                    break
        yield head >> 3 & 15, raw[at : at + size]
        at += size


def _said(header: bytes) -> tuple[int, int] | None:
    """Profile and level by a sequence's header; None where they stand behind what is rare."""
    bits = int.from_bytes(header[:8].ljust(8, b"\0"), "big")

    def field(first: int, count: int) -> int:
        return bits >> (64 - first - count) & ((1 << count) - 1)

    if field(4, 1):  # a header for single pictures
        return field(0, 3), field(5, 5)
    return None if field(5, 1) else (field(0, 3), field(24, 5))


LEVELS: Final = {"1080p": 40, "720p": 31, "av1": 8}
"""Highest level of each rendition, 4.0, 3.1 and 4.0: what cheap phones decode in hardware."""
