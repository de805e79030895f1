"""Films that are damaged on purpose, and what is said of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

from spineanim.sound.samples import RATE_HZ
from spineanim.upload import FilmFacts, Rendition, film_facts, read_manifest
from spineanim.verify.film_checks import FILM_CHECKS
from spineanim.verify.finding import FilmCheck, Finding, PublishedFilm

MAIN, SMALL, AV1 = "pump-1080p.mp4", "pump-720p.mp4", "pump-av1.mp4"
OF_SMALL = tuple(check for check in FILM_CHECKS if check.__name__ != "check_lines")
"""Checks that a film passes which is small, as films of tests are."""
QUICK = tuple(check for check in OF_SMALL if check.__name__ != "check_pictures")
"""Checks that decode no more than a picture, or the sound."""
LOOKING = tuple(check for check in OF_SMALL if check not in QUICK)
X264 = {"preset": "veryfast", "g": "60", "crf": "20", "profile": "high"}
PARAMS = "open-gop=0:scenecut=0"
Packets = Iterable["av.Packet[Any]"]


def published(folder: Path, **changes: Any) -> PublishedFilm:
    """Return a film as it lies in a folder.

    Parameters
    ----------
    folder
        The film's, two below the upload's.
    changes
        Facts that are changed.
    """
    facts: FilmFacts = replace(film_facts(read_manifest(folder)), **changes)
    return PublishedFilm(folder.parents[1], folder, facts)


def alone(folder: Path, name: str = MAIN) -> None:
    """Take all renditions away but one."""
    for file in folder.glob("*.mp4"):
        if file.name != name:
            file.unlink()


def stated(film: PublishedFilm, **changes: Any) -> tuple[Rendition, ...]:
    """Return the renditions of a film, with other facts."""
    return tuple(replace(each, **changes) for each in film.facts.renditions)


def told(film: PublishedFilm, checks: Iterable[FilmCheck] = OF_SMALL) -> list[Finding]:
    return [finding for check in checks for finding in check(film)]


def said(film: PublishedFilm, checks: Iterable[FilmCheck] = OF_SMALL) -> list[str]:
    """Return what is found, such as `boxes en/pump/pump-1080p.mp4: is cut; publish it again`."""
    return [f"{finding.check} {finding}" for finding in told(film, checks)]


def patched(file: Path, old: bytes, new: bytes, count: int = 1) -> None:
    """Replace bytes of a file by as many others."""
    data = file.read_bytes()
    assert old in data and len(old) == len(new)
    file.write_bytes(data.replace(old, new, count))


def remuxed(
    file: Path,
    movflags: str = "+faststart",
    tags: dict[str, str] | None = None,
    language: str = "eng",
    change: Callable[[list[av.Packet[Any]]], Packets] = lambda packets: packets,
    streams: int = 1,
    bitstream: str = "",
    form: str = "mp4",
) -> None:
    """Write the packets of a film once more, changed.

    Parameters
    ----------
    file
        The film; replaced.
    movflags, form
        Options of the muxer, and which.
    tags, language
        What is said of it.
    change
        Changes the packets.
    streams
        How often the picture stream is put in.
    bitstream
        A filter of FFmpeg that the packets go through.
    """
    aside = file.with_suffix(".aside")
    with ExitStack() as stack:
        source = stack.enter_context(av.open(str(file)))
        options = {"movflags": movflags, "fflags": "+bitexact"}
        made = stack.enter_context(av.open(str(aside), "w", format=form, options=options))
        made.metadata.update({"title": "A test"} if tags is None else tags)
        given = source.streams.video[0]
        added = [made.add_stream_from_template(given) for _ in range(streams)]
        for stream in added:
            stream.metadata["language"] = language
        packets = [packet for packet in source.demux(given) if packet.size]
        if bitstream:
            through = BitStreamFilterContext(bitstream, given, added[0])
            packets = [out for packet in packets for out in through.filter(packet)]
        for packet in change(packets):
            for stream in added:
                packet.stream = stream
                made.mux(packet)
    aside.replace(file)


def decoded(file: Path) -> Iterator[NDArray[np.uint8]]:
    """Yield the pictures (H, W, 3) of a film."""
    with av.open(str(file)) as container:
        for frame in container.decode(container.streams.video[0]):
            yield np.asarray(
                frame.to_ndarray(
                    format="rgb24", src_colorspace=Colorspace.ITU709, dst_color_range="JPEG"
                ),
                np.uint8,
            )


def encoded(
    file: Path,
    pictures: Iterable[NDArray[np.uint8]],
    codec: str = "libx264",
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    params: str = PARAMS,
    fps: int = 30,
    matrix: Colorspace = Colorspace.ITU709,
    full_range: bool = False,
    aspect: Fraction = Fraction(1),
    sound: NDArray[np.float32] | None = None,
    sound_codec: str = "aac",
    rate_hz: int = RATE_HZ,
    sound_language: str = "eng",
) -> None:
    """Encode pictures (H, W, 3); tags say BT.709 and limited range, whatever is really done.

    `sound` is (C, N); all other parameters are of the encoders.
    """
    aside = file.with_suffix(".aside")
    with av.open(str(aside), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        container.metadata["title"] = "A test"
        stream = container.add_stream(codec, rate=fps)
        heard: av.AudioStream | None = None
        assert isinstance(stream, av.VideoStream)
        stream.metadata["language"] = "eng"
        context = stream.codec_context
        context.options = {**X264, **(options or {}), "x264-params": params, "threads": "2"}
        if codec != "libx264":
            context.options = options or {}
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.sample_aspect_ratio = aspect
        context.pix_fmt = pixels
        if sound is not None:
            layout = "mono" if len(sound) == 1 else "stereo"
            added = container.add_stream(sound_codec, rate=rate_hz, layout=layout)
            assert isinstance(added, av.AudioStream)
            heard = added
            heard.metadata["language"] = sound_language
        for number, picture in enumerate(pictures):
            if not number:
                context.height, context.width = picture.shape[:2]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                format=pixels,
                dst_colorspace=matrix,
                dst_color_range=ColorRange.JPEG if full_range else ColorRange.MPEG,
            )
            frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if heard is not None and sound is not None:
            whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), "fltp", layout)
            whole.sample_rate = rate_hz
            container.mux(heard.encode(whole))
            container.mux(heard.encode(None))
    aside.replace(file)


def again(folder: Path, name: str = MAIN, **how: Any) -> None:
    """Encode a rendition of a folder once more, in another way."""
    encoded(folder / name, list(decoded(folder / name)), **how)


def copied(whole: Path, to: Path) -> Path:
    """Copy the folder of a film to where it may be damaged; two folders below `to`."""
    return shutil.copytree(whole, to / "en" / "pump")
