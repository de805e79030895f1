"""What a film file is, found by opening it and reading its packets; one picture is decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av

from spineanim.verify.bitstream import (
    Config,
    av1_config,
    h264_config,
    is_whole_av1,
    is_whole_h264,
)
from spineanim.verify.film_files import MOST_PIXELS

_MOST_PACKETS: Final = 200_000
"""More than an hour of film: a file with more is not counted to its end."""


@dataclass(frozen=True)
class Shown:
    """How the first picture comes out of a decoder that knows the stream alone, not its file.

    Attributes
    ----------
    pixels
        Pixel format.
    colours
        Primaries, transfer, matrix by their numbers in H.273, and whether the range is limited.
    is_interlaced, rotation_deg
        As the decoder says.
    """

    pixels: str
    colours: tuple[int, int, int, bool]
    is_interlaced: bool
    rotation_deg: int


@dataclass(frozen=True)
class Packet:
    """When its picture is shown (None where nobody says), and whether decoding may begin with it.

    What the index of the file says of that is another matter.
    """

    at_s: Fraction | None
    is_whole: bool


@dataclass(frozen=True)
class Sound:
    """A sound stream: codec, its profile, rate, channels, language."""

    codec: str
    profile: str
    rate_hz: int
    channels: int
    language: str


@dataclass(frozen=True)
class Probe:
    """What a film file is.

    Attributes
    ----------
    kinds
        Kinds of its streams in order, such as `video`.
    tags, language
        Of the file, and of its picture stream.
    codec, config
        Of the picture stream; no config for codecs that are not ours, or a damaged one.
    width_px, height_px, rate
        Of it.
    aspect
        Width of a pixel by its height.
    packets
        Its packets in the order of decoding.
    shown
        Its first picture; None if it cannot be decoded.
    sounds
        Its sound streams.
    """

    kinds: tuple[str, ...]
    tags: Mapping[str, str]
    language: str
    codec: str
    config: Config | None
    width_px: int
    height_px: int
    rate: Fraction
    aspect: Fraction
    packets: tuple[Packet, ...]
    shown: Shown | None
    sounds: tuple[Sound, ...]


def probe(file: Path) -> Probe:
    """Open a film file and read its packets.

    Raises
    ------
    ValueError
        It cannot be opened, or has no pictures, or far too large ones.
    """
    try:
        with av.open(str(file), "r") as container:
            if not container.streams.video:
                raise ValueError("it has no pictures")
            return _probed(container, container.streams.video[0])
    except (av.FFmpegError, OSError) as error:
        raise ValueError(f"it cannot be opened ({_reason(error)})") from None


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or type(error).__name__).lower()


def _probed(container: av.container.InputContainer, stream: av.VideoStream) -> Probe:
    context = stream.codec_context
    if context is None:  # nobody here knows how to decode it
        raise ValueError("its pictures are in no known codec")
    if context.width * context.height > MOST_PIXELS:
        raise ValueError(f"its pictures are {context.width} x {context.height} px")
    codec = {"libdav1d": "av1", "libaom-av1": "av1"}.get(context.name, context.name)
    extradata = bytes(context.extradata or b"")
    config = _config(codec, extradata)
    alone = av.CodecContext.create(context.name, "r")
    assert isinstance(alone, av.VideoCodecContext)
    if codec != "av1":  # AV1 says it all in the stream itself
        alone.extradata = extradata
    packets: list[Packet] = []
    shown: Shown | None = None
    for packet in container.demux(stream):
        if packet.size == 0 or len(packets) == _MOST_PACKETS:
            break
        packets.append(_told(packet, codec, config))
        if shown is None:
            shown = _shown(alone, packet)
    return Probe(
        kinds=tuple(each.type for each in container.streams),
        tags=dict(container.metadata),
        language=stream.metadata.get("language", ""),
        codec=codec,
        config=config,
        width_px=context.width,
        height_px=context.height,
        rate=stream.average_rate or Fraction(0),
        aspect=Fraction(stream.sample_aspect_ratio or 1) or Fraction(1),
        packets=tuple(packets),
        shown=shown or _shown(alone, None),
        sounds=tuple(
            Sound(
                each.codec_context.name,
                str(each.codec_context.profile),
                each.codec_context.sample_rate,
                each.codec_context.layout.nb_channels,
                each.metadata.get("language", ""),
            )
            for each in container.streams.audio
        ),
    )


def _config(codec: str, extradata: bytes) -> Config | None:
    read = {"h264": h264_config, "av1": av1_config}.get(codec)
    try:
        return read(extradata) if read else None
    except ValueError:
        return None


def _told(packet: av.Packet[Any], codec: str, config: Config | None) -> Packet:
    at_s = None if packet.pts is None else packet.pts * Fraction(packet.time_base)
    if codec == "h264" and config is not None:
        return Packet(at_s, is_whole_h264(bytes(packet), config.nal_bytes))
    return Packet(at_s, codec == "av1" and is_whole_av1(bytes(packet)))


def _shown(decoder: av.VideoCodecContext, packet: av.Packet[Any] | None) -> Shown | None:
    """Decode on, and look at the first picture that comes."""
    try:
        frame = next(iter(decoder.decode(packet)), None)
    except av.FFmpegError:
        return None
    if frame is None:
        return None
    colours = (int(frame.color_primaries), int(frame.color_trc), int(frame.colorspace))
    limited = int(frame.color_range) == 1
    return Shown(frame.format.name, (*colours, limited), frame.interlaced_frame, frame.rotation)
