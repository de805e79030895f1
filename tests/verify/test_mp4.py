"""The reader of MP4 boxes comes to no harm, and says what is wrong."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from spineanim.verify.mp4 import Mp4Error, read_mp4, top_boxes
from tests.verify.films import encoded

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make the bytes of a film that is right."""
    file = tmp_path_factory.mktemp("mp4") / "film.mp4"
    encoded(file, [np.full((64, 96, 3), 8 * each, np.uint8) for each in range(10)])
    return file.read_bytes()


@pytest.fixture
def file(tmp_path: Path, whole: bytes) -> Path:
    made = tmp_path / "film.mp4"
    made.write_bytes(whole)
    return made


def test_a_film_is_read(file: Path) -> None:
    mp4 = read_mp4(file)
    assert mp4.brands[0] == "isom" and mp4.order == ("ftyp", "moov", "free", "mdat")
    (track,) = mp4.tracks
    assert (track.handler, track.coding, track.keys) == ("vide", "avc1", frozenset({0}))
    assert {"avcC", "colr"} <= set(track.entry)
    assert abs(track.length / track.timescale - 1 / 3) < 0.01
    assert [edit.start for edit in track.edits] == [track.first_offset]


def test_a_file_that_is_cut_anywhere_is_told(file: Path, whole: bytes) -> None:
    for length in range(0, len(whole) - 1, 13):
        file.write_bytes(whole[:length])
        with pytest.raises(Mp4Error):
            read_mp4(file)


@pytest.mark.parametrize("size", [0, 1, 7, 0x7FFFFFFF, 0xFFFFFFFF])
@pytest.mark.parametrize("kind", [b"moov", b"trak", b"stsd", b"avc1", b"stss", b"mvhd"])
def test_a_size_that_lies_is_told(file: Path, whole: bytes, kind: bytes, size: int) -> None:
    at = whole.rindex(kind) - 4
    file.write_bytes(whole[:at] + struct.pack(">I", size) + whole[at + 4 :])
    if (kind, size) == (b"moov", 0):  # the last box of a file may take all that is left
        assert [box.kind for box in top_boxes(file)] == ["ftyp", "moov"]
    else:
        with pytest.raises(Mp4Error):
            read_mp4(file)


def test_no_byte_of_the_index_breaks_the_reader(file: Path, whole: bytes) -> None:
    chance = np.random.default_rng(1)
    for _ in range(500):
        odd = bytearray(whole)
        for at in chance.integers(0, whole.index(b"mdat"), 3):
            odd[at] = chance.integers(256)
        file.write_bytes(bytes(odd))
        with suppress(Mp4Error):
            assert read_mp4(file).tracks is not None


def test_boxes_without_end_are_not_followed(file: Path) -> None:
    file.write_bytes(struct.pack(">I4s", 8, b"free") * 20_000)
    with pytest.raises(Mp4Error, match="more than"):
        read_mp4(file)
    deep = b""
    for _ in range(20_000):
        deep = struct.pack(">I4s", len(deep) + 8, b"moov") + deep[:100_000]
    file.write_bytes(struct.pack(">I4s", 8, b"ftyp") + deep)
    with pytest.raises(Mp4Error):
        read_mp4(file)


def test_an_index_larger_than_any_film_needs_is_not_read(file: Path) -> None:
    with file.open("wb") as stream:
        stream.write(struct.pack(">I4s", 8, b"ftyp") + struct.pack(">I4s", 10**9, b"moov"))
        stream.truncate(10**9 + 8)  # no room on the disk is taken
    with pytest.raises(Mp4Error, match="more than any film needs"):
        read_mp4(file)
