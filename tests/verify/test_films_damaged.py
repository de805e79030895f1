"""Every damage to a film is found by the check that is for it; nothing is said of a whole one."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from av.video.reformatter import Colorspace

from spineanim.upload import Box
from spineanim.verify.budget import check_budget
from spineanim.verify.lines import check_lines
from spineanim.verify.streams import check_streams
from tests.verify.films import (
    AV1,
    LOOKING,
    MAIN,
    QUICK,
    SMALL,
    again,
    alone,
    copied,
    patched,
    published,
    remuxed,
    said,
    stated,
    told,
)

pytestmark = [pytest.mark.slow, pytest.mark.render]
Damage = Callable[[Path], object]


@pytest.fixture(scope="session")
def whole_film(reel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "en" / "pump"
    shutil.copytree(reel, folder)
    return folder


@pytest.fixture
def folder(whole_film: Path, tmp_path: Path) -> Path:
    return copied(whole_film, tmp_path)


def test_nothing_is_said_of_a_whole_film(whole_film: Path) -> None:
    assert said(published(whole_film)) == []


def test_a_film_with_fewer_lines_than_its_name_says_is_told(whole_film: Path) -> None:
    found = told(published(whole_film), [check_lines])
    assert [(each.file.rpartition("-")[2], each.what) for each in found] == [
        ("1080p.mp4", "has 360 lines, not 1080"),
        ("720p.mp4", "has 180 lines, not 720"),
        ("av1.mp4", "has 360 lines, not 1080"),
    ]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-900])


def _swapped(folder: Path) -> None:
    aside = folder / "aside"
    (folder / MAIN).rename(aside)
    (folder / SMALL).rename(folder / MAIN)
    aside.rename(folder / SMALL)


def _shifted(file: Path) -> None:
    """Let an edit list skip the first half second."""
    data = file.read_bytes()
    at = data.index(b"elst") + 16
    (start,) = struct.unpack_from(">i", data, at)
    file.write_bytes(data[:at] + struct.pack(">i", start + 7680) + data[at + 4 :])


def _lengthened(file: Path) -> None:
    data = file.read_bytes()
    at = data.index(b"mvhd") + 20
    file.write_bytes(data[:at] + struct.pack(">I", 9000) + data[at + 4 :])


def _level(file: Path, both: bool) -> None:
    """Raise the level to 5.1: in the file's settings, or in the stream's too."""
    patched(file, b"\x01\x64\x00\x1e\xff", b"\x01\x64\x00\x33\xff")
    if both:
        patched(file, b"\x67\x64\x00\x1e", b"\x67\x64\x00\x33")


def _holed(packets: list) -> list:  # type: ignore[type-arg]
    """Show the last pictures three frames later."""
    for packet in packets[-10:]:
        packet.pts += 3 * 512
        packet.dts += 3 * 512
    return packets


def _marked(file: Path) -> None:
    """Call the picture before the last keyframe one."""
    data = file.read_bytes()
    at = data.index(b"stss") + 8 + 4 * 4
    assert data[at : at + 4] == struct.pack(">I", 181)
    file.write_bytes(data[:at] + struct.pack(">I", 180) + data[at + 4 :])


DAMAGES: dict[str, tuple[Damage, list[str]]] = {
    "index last": (
        lambda folder: remuxed(folder / MAIN, movflags="disable_chpl"),
        [f"boxes en/pump/{MAIN}: its index (`moov`) stands behind the pictures"],
    ),
    "in fragments": (
        lambda folder: remuxed(folder / MAIN, movflags="frag_keyframe+empty_moov"),
        [
            f"boxes en/pump/{MAIN}: is in fragments",
            f"streams en/pump/{MAIN}: its pictures are not evenly spaced from 0 on",
            f"keyframes en/pump/{MAIN}: ",
            f"keyframes en/pump/{MAIN}: ",
        ],
    ),
    "tagged as BT.601": (
        lambda folder: patched(folder / MAIN, b"nclx\0\1\0\1\0\1\0", b"nclx\0\6\0\6\0\6\0"),
        [f"boxes en/pump/{MAIN}: its `colr` box says 6/6/6 limited"],
    ),
    "tagged as full range": (
        lambda folder: patched(folder / AV1, b"nclx\0\1\0\1\0\1\0", b"nclx\0\1\0\1\0\1\x80"),
        [f"boxes en/pump/{AV1}: its `colr` box says 1/1/1 full"],
    ),
    "without tags": (
        lambda folder: patched(folder / MAIN, b"\0\0\0\x13colr", b"\0\0\0\x13free"),
        [f"boxes en/pump/{MAIN}: has no `colr` box"],
    ),
    "of QuickTime": (
        lambda folder: patched(folder / MAIN, b"ftypisom", b"ftypqt  "),
        [f"boxes en/pump/{MAIN}: says first that it is `qt  `"],
    ),
    "of another length": (
        lambda folder: _lengthened(folder / MAIN),
        [f"boxes en/pump/{MAIN}: says that it lasts 9.00 s, but its longest track lasts 8.00 s"],
    ),
    "shifted": (
        lambda folder: _shifted(folder / MAIN),
        [
            f"boxes en/pump/{MAIN}: an edit list moves its pictures by -0.500 s",
            f"streams en/pump/{MAIN}: its pictures are not evenly spaced from 0 on: picture 0",
            f"keyframes en/pump/{MAIN}: has no keyframe where the chapter at 0:00.0 begins",
            f"keyframes en/pump/{MAIN}: has no keyframe where the chapter at 0:04.0 begins",
        ],
    ),
    "cut": (
        lambda folder: _cut(folder / SMALL),
        [
            f"boxes en/pump/{SMALL}: cut off: 900 bytes of its box `mdat` are not there",
            f"streams en/pump/{SMALL}: has ",
        ],
    ),
    "gone": (
        lambda folder: (folder / AV1).unlink(),
        [f"streams en/pump/{AV1}: is not there"],
    ),
    "no film": (
        lambda folder: (folder / AV1).write_bytes(b"<html>not found</html>"),
        [f"boxes en/pump/{AV1}: ", f"streams en/pump/{AV1}: it cannot be opened"],
    ),
    "swapped": (
        _swapped,
        [
            f"streams en/pump/{MAIN}: is `video/mp4",
            f"streams en/pump/{MAIN}: is 320 x 180 px, but the manifest says 640 x 360",
            f"streams en/pump/{SMALL}: is `video/mp4",
            f"streams en/pump/{SMALL}: is 640 x 360 px",
        ],
    ),
    "another codec": (
        lambda folder: (folder / MAIN).write_bytes((folder / AV1).read_bytes()),
        [f"streams en/pump/{MAIN}: is av1, where h264 is expected"],
    ),
    "level too high": (
        lambda folder: _level(folder / MAIN, True),
        [
            f"streams en/pump/{MAIN}: is of level 5.1; older phones play up to 4.0",
            f'streams en/pump/{MAIN}: is `video/mp4; codecs="avc1.640033"`',
        ],
    ),
    "of two levels": (
        lambda folder: _level(folder / MAIN, False),
        [
            f"streams en/pump/{MAIN}: is of level 5.1",
            f"streams en/pump/{MAIN}: its file and its stream name different",
            f"streams en/pump/{MAIN}: is `video/mp4",
        ],
    ),
    "AV1 of two levels": (
        lambda folder: patched(folder / AV1, b"av1C\x81\x01", b"av1C\x81\x0c"),
        [
            f"streams en/pump/{AV1}: is of level 5.0; older phones play up to 4.0",
            f"streams en/pump/{AV1}: its file and its stream name different profiles or levels",
            f'streams en/pump/{AV1}: is `video/mp4; codecs="av01.0.12M.08"`',
        ],
    ),
    "profile": (
        lambda folder: again(folder, options={"profile": "main"}),
        [
            f"streams en/pump/{MAIN}: is of profile 77, not High (100)",
            f"streams en/pump/{MAIN}: is `video/mp4",
        ],
    ),
    "pixel format": (
        lambda folder: again(folder, pixels="yuv444p", options={"profile": "high444"}),
        [
            f"streams en/pump/{MAIN}: is of profile 244",
            f"streams en/pump/{MAIN}: is `video/mp4",
            f"streams en/pump/{MAIN}: its pixels are yuv444p",
        ],
    ),
    "interlaced": (
        lambda folder: again(folder, params="open-gop=0:scenecut=0:tff=1"),
        [f"streams en/pump/{MAIN}: is interlaced"],
    ),
    "oblong pixels": (
        lambda folder: again(folder, aspect=Fraction(4, 3)),
        [f"streams en/pump/{MAIN}: its pixels are 4/3 times as wide as high"],
    ),
    "another rate": (
        lambda folder: again(folder, fps=25),
        [
            f"streams en/pump/{MAIN}: runs at 25 pictures a second",
            f"keyframes en/pump/{MAIN}: has no keyframe for 2.40 s after 0:00.0",
            f"keyframes en/pump/{MAIN}: has no keyframe where the chapter at 0:04.0",
            "chapters en/pump/chapters.vtt: no chapter covers 0:08.0 to 0:09.6",
        ],
    ),
    "uneven": (
        lambda folder: remuxed(folder / MAIN, change=_holed),
        [
            f"streams en/pump/{MAIN}: runs at 29.6",
            f"streams en/pump/{MAIN}: its pictures are not evenly spaced from 0 on: picture 1",
            f"keyframes en/pump/{MAIN}: has no keyframe for 2.10 s after 0:06.0",
            "chapters en/pump/chapters.vtt: no chapter covers 0:08.0 to 0:08.1",
        ],
    ),
    "a stream of BT.601": (
        lambda folder: remuxed(folder / MAIN, bitstream="h264_metadata=matrix_coefficients=6"),
        [f"streams en/pump/{MAIN}: its stream says that its colours are 1/1/6 limited"],
    ),
    "two pictures": (
        lambda folder: remuxed(folder / MAIN, streams=2),
        [f"streams en/pump/{MAIN}: holds the streams video, video"],
    ),
    "no title": (
        lambda folder: remuxed(folder / MAIN, tags={}),
        [f"streams en/pump/{MAIN}: has no title"],
    ),
    "another language": (
        lambda folder: remuxed(folder / MAIN, language="spa"),
        [f"streams en/pump/{MAIN}: says that its language is `spa`, not `eng`"],
    ),
    "few keyframes": (
        lambda folder: again(folder, options={"g": "120"}),
        [f"keyframes en/pump/{MAIN}: has no keyframe for 4.00 s after 0:00.0, more than 2 s"],
    ),
    "keyframes beside chapters": (
        lambda folder: again(folder, options={"g": "50"}),
        [f"keyframes en/pump/{MAIN}: has no keyframe where the chapter at 0:04.0 begins"],
    ),
    "open groups": (
        lambda folder: again(folder, params="open-gop=1:scenecut=0:bframes=3:b-adapt=0"),
        [f"keyframes en/pump/{MAIN}: its keyframe at 0:02.0 cannot be begun with"],
    ),
    "a keyframe that is none": (
        lambda folder: _marked(folder / MAIN),
        [
            f"keyframes en/pump/{MAIN}: has no keyframe for 2.07 s after 0:05.9",
            f"keyframes en/pump/{MAIN}: its keyframe at 0:05.9 cannot be begun with",
        ],
    ),
    "an AV1 keyframe that is none": (
        lambda folder: _marked(folder / AV1),
        [
            f"keyframes en/pump/{AV1}: has no keyframe for 2.03 s after 0:06.0",
            f"keyframes en/pump/{AV1}: its keyframe at 0:06.0 cannot be begun with",
        ],
    ),
    "too large": (
        lambda folder: (folder / SMALL).write_bytes(
            (folder / SMALL).read_bytes() + struct.pack(">I4s", 1_000_000, b"free").ljust(1_000_000)
        ),
        [f"budget en/pump/{SMALL}: takes 1,0"],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_by_its_check(folder: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    damage(folder)
    found = said(published(folder), QUICK)
    assert len(found) == len(expected), "\n".join(found)
    for text, begin in zip(found, expected, strict=True):
        assert text.startswith(begin), text


def test_what_pages_say_of_a_file_is_compared_with_it(folder: Path) -> None:
    film = published(folder)
    for wrong in ('video/mp4; codecs="avc1.640028"', "video/mp4", 'video/webm; codecs="vp9"'):
        found = said(published(folder, renditions=stated(film, type=wrong)), [check_streams])
        assert [f"`{wrong}`" in text for text in found] == [True] * 3, found


def test_a_film_that_is_too_long_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spineanim.verify.budget.LONGEST_S", 7.0)
    found = said(published(folder), [check_budget])
    assert [text.split(";")[0] for text in found] == [
        f"budget en/pump/{file}: lasts 0:08.0, longer than 0:07.0" for file in (MAIN, SMALL, AV1)
    ]


def test_a_rendition_that_is_left_out_is_told(folder: Path) -> None:
    film = published(folder)
    found = said(published(folder, renditions=film.facts.renditions[:2]))
    assert [text.split(";")[0] for text in found] == [
        "streams en/pump/manifest.json: names no film in av1"
    ]
    assert len(told(published(folder, renditions=()))) >= 3


@pytest.mark.parametrize(
    "change",
    [
        {"fps": 0},
        {"fps": "x"},
        {"fps": 10**9},
        {"frame_count": -1},
        {"patches": ({"frame": 1},)},
    ],
)
def test_facts_that_cannot_be_are_told(folder: Path, change: dict[str, object]) -> None:
    assert told(published(folder, **change))


def test_a_file_elsewhere_is_not_opened(folder: Path) -> None:
    film = published(folder)
    for name in ("../pump/pump-1080p.mp4", "/etc/hostname", "..", "", "a\0b"):
        found = told(published(folder, renditions=stated(film, file=name)))
        assert found and all(each.file == "en/pump/manifest.json" for each in found)


def test_wrong_colours_are_seen_whatever_the_tags(folder: Path) -> None:
    again(folder, matrix=Colorspace.ITU601)
    alone(folder)
    found = said(published(folder), LOOKING)
    assert len(found) >= 2
    assert all(text.startswith(f"colour en/pump/{MAIN}: shows (") for text in found), found


def test_a_wrong_range_is_seen_whatever_the_tags(folder: Path) -> None:
    again(folder, SMALL, full_range=True)
    alone(folder, SMALL)
    assert [each.check for each in told(published(folder), LOOKING)] == ["colour"] * 3


def test_too_few_colours_prove_nothing(folder: Path) -> None:
    patches = published(folder).facts.patches
    alone(folder, SMALL)
    found = said(published(folder, patches=patches[:2]), LOOKING)
    assert [text.split(";")[0] for text in found] == [
        "colour en/pump/manifest.json: names 2 places of even colour, less than 3"
    ]


def test_places_beyond_the_film_are_told(folder: Path) -> None:
    alone(folder, SMALL)
    late = tuple(replace(each, frame=999) for each in published(folder).facts.patches)
    found = said(published(folder, patches=late), LOOKING)
    assert [text.split(",")[0] for text in found] == [f"colour en/pump/{SMALL}: has no picture 999"]
    far = tuple(replace(each, box=Box(5000, 0, 9, 9)) for each in late)
    far = tuple(replace(each, frame=1) for each in far)
    assert "outside of the picture" in said(published(folder, patches=far), LOOKING)[0]


def test_pictures_that_nobody_sees_are_told(folder: Path) -> None:
    alone(folder)
    _shifted(folder / MAIN)
    found = said(published(folder), LOOKING)
    assert len(found) == 1
    assert found[0].startswith(f"pictures en/pump/{MAIN}: only 22")


def test_a_damaged_picture_is_told(folder: Path) -> None:
    alone(folder)
    data = bytearray((folder / MAIN).read_bytes())
    at = data.index(b"mdat") + 3000
    data[at : at + 600] = bytes(range(200)) * 3
    (folder / MAIN).write_bytes(bytes(data))
    assert "pictures" in {each.check for each in told(published(folder), LOOKING)}
