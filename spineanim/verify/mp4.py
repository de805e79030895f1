"""The boxes of an MP4 file (ISO 14496-12), read with care: a file may be cut, or made to harm."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MOST_INDEX_BYTES: Final = 8_000_000
"""The index of an hour takes about one; a larger one is not read."""
_MOST_BOXES: Final = 10_000
_SAMPLE_ENTRY: Final = {"vide": 78, "soun": 28}
"""Bytes of a sample entry before the boxes in it."""


class Mp4Error(ValueError):
    """A file is no MP4, or is damaged; the message says how."""


@dataclass(frozen=True)
class TopBox:
    """A box that stands in no other: what it is, where it begins and how many bytes it takes."""

    kind: str
    start: int
    size: int


@dataclass(frozen=True)
class Edit:
    """A line of an edit list, its length in units of the film, its start in those of the track."""

    length: int
    start: int
    rate: float


@dataclass(frozen=True)
class Track:
    """What the index says of a track.

    Attributes
    ----------
    handler
        `vide`, `soun` or another.
    coding
        Kind of its sample entry, such as `avc1`.
    entry
        The boxes in that by their kind; the first of each.
    timescale, length
        Units a second, and how many of them it lasts.
    edits
        Its edit list, if any.
    first_offset
        From decoding to showing the first sample, in its units.
    keys
        Numbers, from 0 in the order of decoding, of the samples that players may begin with; None
        where they may with any.
    """

    handler: str
    coding: str
    entry: dict[str, bytes]
    timescale: int
    length: int
    edits: tuple[Edit, ...]
    first_offset: int
    keys: frozenset[int] | None


@dataclass(frozen=True)
class Mp4:
    """What the boxes of a file say.

    Attributes
    ----------
    brands
        The major one first.
    order
        Kinds of the boxes that stand in no other, in order.
    timescale, length
        Units a second, and how many of them the film lasts.
    tracks
        In order.
    """

    brands: tuple[str, ...]
    order: tuple[str, ...]
    timescale: int
    length: int
    tracks: tuple[Track, ...]


def top_boxes(file: Path) -> tuple[TopBox, ...]:
    """Return the boxes that stand in no other.

    Raises
    ------
    Mp4Error
        One reaches past the end of the file, has no possible size, or there are too many.
    OSError
        The file cannot be read.
    """
    whole, found, at = file.stat().st_size, [], 0
    with file.open("rb") as stream:
        while at < whole:
            stream.seek(at)
            head = stream.read(16)
            kind, size = _head(head, whole - at)
            if size > whole - at:
                lack = size - (whole - at)
                raise Mp4Error(f"cut off: {lack} bytes of its box `{kind}` are not there")
            found.append(TopBox(kind, at, size))
            at += size
            if len(found) > _MOST_BOXES:
                raise Mp4Error(f"more than {_MOST_BOXES} boxes")
    return tuple(found)


def read_mp4(file: Path) -> Mp4:
    """Return what the boxes of a file say.

    Raises
    ------
    Mp4Error
        They are damaged, or of a kind that films do not have.
    OSError
        The file cannot be read.
    """
    boxes = top_boxes(file)
    with file.open("rb") as stream:
        brands = _payload(stream, boxes, "ftyp")
        index = _payload(stream, boxes, "moov")
    try:
        return Mp4(
            tuple(_text(brands[i : i + 4]) for i in (0, *range(8, len(brands) - 3, 4))),
            tuple(box.kind for box in boxes),
            *_times(_first(index, "mvhd")),
            tuple(_track(trak) for kind, trak in inside(index) if kind == "trak"),
        )
    except struct.error:
        raise Mp4Error("a box of its index is cut off") from None


def inside(payload: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield kind and payload of each box in one.

    Raises
    ------
    Mp4Error
        They do not fit into it, or are too many.
    """
    at = count = 0
    while at + 8 <= len(payload):  # fewer bytes are padding
        kind, size = _head(payload[at : at + 16], 0)
        if size > len(payload) - at:
            raise Mp4Error(f"its box `{kind}` is larger than the one it stands in")
        long = payload[at : at + 4] == b"\0\0\0\1"
        yield kind, payload[at + (16 if long else 8) : at + size]
        at, count = at + size, count + 1
        if count > _MOST_BOXES:
            raise Mp4Error(f"more than {_MOST_BOXES} boxes")


def _head(head: bytes, room: int) -> tuple[str, int]:
    """Return kind and size of a box that begins with some bytes; one of size 0 takes all room.

    Only the last one of a file may; there is no such room within another box.
    """
    if len(head) < 8:
        raise Mp4Error("cut off: it ends within the head of a box")
    (size,) = struct.unpack_from(">I", head)
    kind, least = _text(head[4:8]), 8
    if size == 1:
        if len(head) < 16:
            raise Mp4Error(f"cut off: it ends within the head of its box `{kind}`")
        (size,), least = struct.unpack_from(">Q", head, 8), 16
    elif size == 0:
        size = room
    if size < least:
        raise Mp4Error(f"its box `{kind}` says that it takes {size} bytes, less than its head")
    return kind, size


def _text(raw: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 96 else "?" for byte in raw)


def _payload(stream: BinaryIO, boxes: tuple[TopBox, ...], kind: str) -> bytes:
    """Read what stands in the first box of a kind."""
    box = next((box for box in boxes if box.kind == kind), None)
    if box is None:
        raise Mp4Error(f"no MP4 that can be played: it has no box `{kind}`")
    if box.size > MOST_INDEX_BYTES:
        raise Mp4Error(f"its box `{kind}` takes {box.size} bytes, more than any film needs")
    stream.seek(box.start)
    _, payload = next(inside(stream.read(box.size)))
    return payload


def _first(payload: bytes, *path: str) -> bytes:
    """Return the payload of the first box at a path; empty if there is none."""
    for name in path:
        payload = next((each for kind, each in inside(payload) if kind == name), b"")
    return payload


def _times(head: bytes) -> tuple[int, int]:
    """Return units a second, and the length in them, of an `mvhd` or `mdhd`."""
    if not head:
        raise Mp4Error("its index does not say how long it is")
    timescale, length = struct.unpack_from(*((">IQ", head, 20) if head[0] else (">II", head, 12)))
    if not timescale:
        raise Mp4Error("its index counts no time")
    return timescale, length


def _track(trak: bytes) -> Track:
    handler = _text(_first(trak, "mdia", "hdlr")[8:12])
    table = _first(trak, "mdia", "minf", "stbl")
    coding, entry = next(inside(_first(table, "stsd")[8:]), ("", b""))
    boxes: dict[str, bytes] = {}
    for kind, payload in inside(entry[_SAMPLE_ENTRY.get(handler, len(entry)) :]):
        boxes.setdefault(kind, payload)
    offsets = _first(table, "ctts")
    first_offset = struct.unpack_from(">i", offsets, 12)[0] if len(offsets) > 8 else 0
    timescale, length = _times(_first(trak, "mdia", "mdhd"))
    edits = tuple(_edits(_first(trak, "edts", "elst")))
    listed = _first(table, "stss")
    keys = None if not listed else frozenset(_keys(listed))
    return Track(handler, coding, boxes, timescale, length, edits, first_offset, keys)


def _keys(listed: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", listed, 4)
    for number in range(min(count, (len(listed) - 8) // 4)):
        yield int(struct.unpack_from(">I", listed, 8 + 4 * number)[0]) - 1


def _edits(listed: bytes) -> Iterator[Edit]:
    if not listed:
        return
    form = ">QqhH" if listed[0] else ">IihH"
    (count,) = struct.unpack_from(">I", listed, 4)
    for number in range(min(count, _MOST_BOXES)):
        length, start, rate, part = struct.unpack_from(
            form, listed, 8 + number * struct.calcsize(form)
        )
        yield Edit(length, start, rate + part / 65536)
