"""Small films of every kind, probed as a stranger would."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from numpy.typing import NDArray
from PIL import Image

from spineanim.errors import OutputError
from spineanim.render.assemble import assemble
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoded import EncodedSegment
from spineanim.render.encoding import Encoding, chosen_encoding
from spineanim.render.quality import Quality

pytestmark = pytest.mark.render

SMALL = Quality("small", 192, 64, 30, 19)
LENGTHS = (20, 1, 2, 9)
"""Segments shorter than the delay of H.264 are among them."""
STARTS = [0, 20, 21, 23]
COUNT = sum(LENGTHS)
RED = (0xC0, 0x39, 0x2B)
STILL = range(4, 14)
"""Frames in which nothing moves."""

Pixels = NDArray[np.uint8]

KINDS = [
    ("mp4", "h264", False, ("h264", "High", "yuv420p")),
    ("mp4", "av1", False, ("libdav1d", "Main", "yuv420p")),
    ("webm", "vp9", False, ("vp9", "Profile 0", "yuv420p")),
    ("webm", "av1", False, ("libdav1d", "Main", "yuv420p")),
    ("webm", "vp9", True, ("vp9", "Profile 0", "yuv420p")),
    ("mov", "prores", False, ("prores", "HQ", "yuv422p10le")),
    ("mov", "prores", True, ("prores", "4444", "yuva444p12le")),
    ("mov", "h264", False, ("h264", "High", "yuv420p")),
]
films = pytest.mark.parametrize(("format_", "codec", "alpha", "probed"), KINDS)


def drawn(number: int, alpha: bool) -> Pixels:
    """Red with a square that moves; with alpha, half clear and quite clear on the right."""
    pixels = np.zeros((64, 192, 4), np.uint8)
    pixels[:] = (*RED, 255)
    place = min(number, STILL.start) + max(number - STILL.stop + 1, 0)
    pixels[44:60, place : place + 16] = (20, 90, 200, 255)
    if alpha:
        pixels[:, 136:152] = np.round(np.multiply((*RED, 255), 128 / 255))
        pixels[:, 152:] = 0
    return pixels


def encoded(encoding: Encoding, lengths: tuple[int, ...] = LENGTHS) -> list[EncodedSegment]:
    """Encode frames segment by segment, and pack and unpack them."""
    result, number = [], 0
    for length in lengths:
        encoder = SegmentEncoder(encoding)
        for _ in range(length):
            pixels = drawn(number, encoding.alpha)
            encoder.put(pixels)
            pixels[:] = 99  # may be used again at once
            number += 1
        result.append(EncodedSegment.unpacked(encoder.finish().packed()))
    return result


def written(folder: Path, encoding: Encoding) -> Path:
    file = folder / f"film.{encoding.format}"
    tags = {"title": "A film", "comment": "Words"}
    assert assemble(file, encoding, encoded(encoding), tags, "eng") == COUNT
    return file


def shown(frame: av.VideoFrame) -> NDArray[np.int64]:
    """Pixels (H, W, 4) of a frame as a player shows them that believes the file's tags."""
    assert frame.colorspace == 1 and frame.color_range == 1
    rgba = frame.reformat(
        format="rgba",
        src_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.JPEG,
        interpolation=Interpolation.BILINEAR
        | Interpolation.ACCURATE_RND
        | Interpolation.FULL_CHR_H_INT,
    )
    return rgba.to_ndarray().astype(np.int64)


@films
def test_a_film_is_what_players_want(
    tmp_path: Path, format_: str, codec: str, alpha: bool, probed: tuple[str, str, str]
) -> None:
    file = written(tmp_path, chosen_encoding(SMALL, format_, codec, alpha=alpha))
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.profile, context.pix_fmt) == probed
        assert (context.width, context.height) == (192, 64)
        assert stream.average_rate == 30
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1  # limited
        assert container.metadata["title"] == "A film"
        assert stream.metadata["language"] == "eng"
        packets = [packet for packet in container.demux(stream) if packet.size]
    keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == (list(range(COUNT)) if codec == "prores" else STARTS)
    decoded = [packet.dts for packet in packets if packet.dts is not None]
    assert len(decoded) == COUNT and min(np.diff(decoded)) > 0
    with av.open(str(file)) as container:
        assert container.duration == pytest.approx(COUNT / 30 * 1e6, abs=1000)
        frames = list(container.decode(video=0))
    times = [float(frame.time or 0.0) for frame in frames]
    assert times == pytest.approx([number / 30 for number in range(COUNT)], abs=0.0006)
    assert np.abs(shown(frames[30])[20, 120, :3] - RED).max() <= 2
    assert np.abs(shown(frames[30])[52, 28, :3] - [20, 90, 200]).max() <= 12


@films
def test_films_are_the_same_bytes_on_every_run(
    tmp_path: Path, format_: str, codec: str, alpha: bool, probed: tuple[str, str, str]
) -> None:
    del probed
    encoding = chosen_encoding(SMALL, format_, codec, alpha=alpha)
    files = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        files.append(written(tmp_path / name, encoding).read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize(("format_", "decoder"), [("webm", "libvpx-vp9"), ("mov", "prores")])
def test_what_is_clear_stays_clear(tmp_path: Path, format_: str, decoder: str) -> None:
    file = written(tmp_path, chosen_encoding(SMALL, format_, alpha=True))
    context = av.CodecContext.create(decoder, "r")
    assert isinstance(context, av.VideoCodecContext)
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        if decoder == "prores":
            context = stream.codec_context
        frames = [frame for packet in container.demux(stream) for frame in context.decode(packet)]
    assert len(frames) == COUNT
    for number in (0, 20, 31):  # in each, colours are not multiplied by alpha
        pixels = shown(frames[number])
        assert np.abs(pixels[20, 120] - (*RED, 255)).max() <= 3
        assert np.abs(pixels[20, 144] - (*RED, 128)).max() <= 4
        assert pixels[20, 185, 3] <= 1
        assert np.abs(pixels[20, 152, :3] - RED).max() <= 12, "no black beside what is seen"


def boxes(file: Path) -> Iterator[str]:
    data = file.read_bytes()
    at = 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name.decode()
        at += size


@pytest.mark.parametrize(("format_", "codec"), [("mp4", "h264"), ("mp4", "av1"), ("mov", "prores")])
def test_a_film_starts_before_it_is_all_there(tmp_path: Path, format_: str, codec: str) -> None:
    order = list(boxes(written(tmp_path, chosen_encoding(SMALL, format_, codec))))
    assert order.index("moov") < order.index("mdat")


def test_matroska_tells_where_to_seek_before_the_pictures(tmp_path: Path) -> None:
    data = written(tmp_path, chosen_encoding(SMALL, "webm")).read_bytes()
    cues, cluster = bytes.fromhex("1C53BB6B"), bytes.fromhex("1F43B675")
    assert 0 < data.rindex(cues, 0, data.index(cluster)) < data.index(cluster)


@pytest.mark.parametrize("alpha", [False, True])
def test_pictures_are_exact(tmp_path: Path, alpha: bool) -> None:
    folder = written(tmp_path, chosen_encoding(SMALL, "png", alpha=alpha))
    files = sorted(each.name for each in folder.iterdir())
    assert files == [f"film-{number:05d}.png" for number in range(COUNT)]
    for number in (0, 19, 20, 31):
        with Image.open(folder / files[number]) as picture:
            assert picture.mode == ("RGBA" if alpha else "RGB")
            pixels = np.asarray(picture)
        expected = drawn(number, alpha)
        if alpha:
            expected[:, 136:152] = (*RED, 128)
        assert np.abs(pixels.astype(int) - expected[..., : pixels.shape[2]]).max() <= alpha
        assert tuple(pixels[20, 120, :3]) == RED


@pytest.mark.parametrize("fps", [7, 30, 50])
def test_a_gif_keeps_time(tmp_path: Path, fps: int) -> None:
    file = written(tmp_path, chosen_encoding(SMALL.at_fps(fps), "gif"))
    with Image.open(file) as picture:
        assert picture.info["loop"] == 0  # for ever
        starts, at = [], 0
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            starts.append(at)
            at += picture.info["duration"]
    numbers = [n for n in range(COUNT) if n - 1 not in STILL or n not in STILL]
    moments = [10 * int(100 * n / fps + 0.5) for n in numbers]
    assert starts == moments, "no drift, and what stands still is there once"
    assert at == 10 * int(100 * COUNT / fps + 0.5)


def local_palettes(data: bytes) -> int:
    """Count pictures of a GIF that bring colours of their own; follows GIF89a's blocks."""
    at, count = 13 + 3 * 2 ** ((data[10] & 7) + 1) * (data[10] >> 7), 0
    while data[at] != 0x3B:
        if data[at] == 0x21:
            at += 2
        else:
            packed = data[at + 9]
            count += packed >> 7
            at += 11 + (3 * 2 ** ((packed & 7) + 1) if packed >> 7 else 0)
        while data[at]:
            at += data[at] + 1
        at += 1
    return count


@pytest.mark.parametrize("alpha", [False, True])
def test_a_gif_has_one_palette(tmp_path: Path, alpha: bool) -> None:
    encoding = chosen_encoding(SMALL, "gif", alpha=alpha)
    file = written(tmp_path, encoding)
    data = file.read_bytes()
    assert data[10] >> 7 == 1 and local_palettes(data) == 0
    with Image.open(file) as picture:
        picture.seek(10)
        pixels = np.asarray(picture.convert("RGBA"), dtype=np.int64)
    assert np.abs(pixels[20, 120] - (*RED, 255)).max() <= 3
    assert np.abs(pixels[52, 20, :3] - [20, 90, 200]).max() <= 12
    assert pixels[20, 185, 3] == (0 if alpha else 255)
    assert data == (tmp_path / written(tmp_path, encoding)).read_bytes()


def test_a_gif_needs_its_segments_twice(tmp_path: Path) -> None:
    encoding = chosen_encoding(SMALL, "gif")
    with pytest.raises(TypeError, match="twice"):
        assemble(tmp_path / "film.gif", encoding, iter(encoded(encoding)), {}, "eng")


@pytest.mark.parametrize("kind", [("mp4", "h264"), ("mov", "prores"), ("webm", "vp9")])
def test_a_frame_again_is_the_frame_put_once_more(kind: tuple[str, str]) -> None:
    encoding = chosen_encoding(SMALL, *kind)
    drawing, repeating = SegmentEncoder(encoding), SegmentEncoder(encoding)
    with pytest.raises(ValueError, match="no frame"):
        repeating.again()
    for number in (3, 3, 4, 4, 4):
        drawing.put(drawn(number, alpha=False))
    for number in (3, 4):
        repeating.put(drawn(number, alpha=False))
        repeating.again()
    repeating.again()
    assert drawing.finish() == repeating.finish()


def test_packing_keeps_everything_and_a_standing_picture_once() -> None:
    encoding = chosen_encoding(SMALL, "webm", alpha=True)
    encoder = SegmentEncoder(encoding)
    encoder.put(drawn(0, alpha=True))
    encoder.put(drawn(1, alpha=True))
    segment = encoder.finish()
    assert all(packet.beside for packet in segment.packets)
    assert EncodedSegment.unpacked(segment.packed()) == segment
    still = SegmentEncoder(chosen_encoding(SMALL, "png"))
    still.put(drawn(0, alpha=False))
    short = len(still.finish().packed())
    still = SegmentEncoder(chosen_encoding(SMALL, "png"))
    for _ in range(50):
        still.put(drawn(0, alpha=False))
    long = still.finish()
    assert len(long.packed()) < short + 50 * 24
    assert EncodedSegment.unpacked(long.packed()) == long


def test_damaged_segments_are_no_segments() -> None:
    raw = encoded(chosen_encoding(SMALL), (3,))[0].packed()
    for damaged in (b"", raw[:3], raw[:40], raw[:-1], raw + b"x", b"\0\0\0\2{}", b"\0\0\0\2[]"):
        with pytest.raises(ValueError):
            EncodedSegment.unpacked(damaged)


def test_a_segment_of_another_encoder_is_refused(tmp_path: Path) -> None:
    encoding = chosen_encoding(SMALL)
    (segment,) = encoded(encoding, (3,))
    other = EncodedSegment(3, segment.extradata[:-1] + b"?", segment.packets)
    with pytest.raises(OutputError, match="another version of the encoder"):
        assemble(tmp_path / "film.mp4", encoding, [other], {}, "eng")


def _hum(container: OutputContainer) -> Iterator[av.Packet[Any]]:
    """Add a track of silence, ten seconds of it, and give its packets."""
    stream = container.add_stream("aac", rate=48000)

    def packets() -> Iterator[av.Packet[Any]]:
        for block in range(50):
            samples = np.zeros((2, 1024), np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48000, block * 1024
            frame.time_base = Fraction(1, 48000)
            yield from stream.encode(frame)
        yield from stream.encode(None)

    return packets()


def test_sound_is_laid_between_the_pictures(tmp_path: Path) -> None:
    encoding = chosen_encoding(SMALL)
    file = tmp_path / "film.mp4"
    assemble(file, encoding, iter(encoded(encoding)), {}, "eng", _hum)
    with av.open(str(file)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        kinds = [packet.stream.type for packet in container.demux() if packet.size]
    assert kinds.count("video") == COUNT
    assert "audio" in kinds[:8] and "video" in kinds[-20:]


def test_help_and_choice_need_no_encoder() -> None:
    code = (
        "import sys, spineanim.cli.output_options, spineanim.render.encoding;"
        "sys.exit('av' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
