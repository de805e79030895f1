"""How the frames of a film are written: file format, codec, size, rate, fineness."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from spineanim.errors import OutputError
from spineanim.render.codecs import CODECS, FORMATS, H264_EFFORT, REFERENCES, Codec
from spineanim.render.h264_level import h264_level
from spineanim.render.quality import Quality

KEYFRAME_EVERY_S: Final = 2
_PACKING: Final = 2
"""Raised when encoded segments are packed in another way."""


@dataclass(frozen=True)
class Encoding:
    """Everything besides the pixels that decides the bytes of a film.

    Attributes
    ----------
    format
        Ending of the file: `mp4`, `webm`, `mov`, `gif`, or `png` for a folder of pictures.
    codec
        `h264`, `av1`, `vp9`, `prores`, or `png` where frames are kept as they are.
    width_px, height_px, fps
        Size and rate.
    crf
        Constant rate factor of the codec, lower is finer; None where it has none.
    alpha
        Whether what is clear in a frame stays clear in the film.
    effort
        Preset of x264: how long it looks for a smaller file.
    """

    format: str
    codec: str
    width_px: int
    height_px: int
    fps: int
    crf: int | None
    alpha: bool = False
    effort: str = "fast"

    @property
    def traits(self) -> Codec:
        """What there is to know about the codec."""
        return CODECS[self.codec]

    @property
    def pixels(self) -> str:
        """Pixel format of what is encoded."""
        alpha = self.traits.alpha_pixels if self.alpha else None
        return alpha or self.traits.pixels

    @property
    def options(self) -> dict[str, str]:
        """Options of the encoder; one thread, so that bytes depend on frames alone."""
        options = {**self.traits.options, "threads": "1", "g": str(KEYFRAME_EVERY_S * self.fps)}
        if self.alpha:
            options |= self.traits.alpha_options
        if self.crf is not None:
            options["crf"] = str(self.crf)
        if self.codec == "h264":
            options["preset"] = self.effort
            more = H264_EFFORT[self.effort]
            options["x264-params"] += f":{more}" if more else ""
            options["level"] = h264_level(self.width_px, self.height_px, self.fps, REFERENCES)
        return options

    @property
    def key(self) -> str:
        """Digest of all that decides the bytes of an encoded segment; the format does not."""
        size = [self.width_px, self.height_px, self.fps]
        made = [self.traits.encoder, self.pixels, self.options, version("av"), _PACKING]
        return hashlib.sha256(json.dumps([size, made], sort_keys=True).encode()).hexdigest()

    @property
    def suffix(self) -> str:
        """What a folder's name takes for it: nothing for H.264 in MP4, else such as `-webm`."""
        kind = FORMATS[self.format]
        usual = (kind.alpha_codecs if self.alpha else kind.codecs)[0]
        format_ = "" if self.format == "mp4" else f"-{self.format}"
        codec = "" if self.codec == usual else f"-{self.codec}"
        return f"{format_}{codec}{'-transparent' if self.alpha else ''}"


def web_film(quality: Quality) -> Encoding:
    """H.264 in MP4, which plays everywhere."""
    return chosen_encoding(quality)


def chosen_encoding(
    quality: Quality,
    format: str | None = None,
    codec: str | None = None,
    crf: int | None = None,
    alpha: bool = False,
) -> Encoding:
    """Return the encoding that was asked for, completed with what is usual.

    Parameters
    ----------
    quality
        Size and rate, and how fine H.264 is.
    format
        Ending of the file; the one that the codec usually comes in when omitted.
    codec
        Name of a codec; the format's usual one when omitted.
    crf
        Rate factor; one that looks alike with every codec when omitted.
    alpha
        Whether what is clear stays clear.

    Raises
    ------
    OutputError
        These do not go together.
    """
    format = format or _usual_format(codec, alpha)
    kind = FORMATS[format]
    codecs = kind.alpha_codecs if alpha else kind.codecs
    if not codecs:
        able = ", ".join(name for name, each in FORMATS.items() if each.alpha_codecs)
        raise OutputError(f"{format} has no transparency", f"choose --format {_or(able)}")
    if codec is None:
        codec = codecs[0]
    elif codec not in codecs:
        raise _unfit(format, codec, codecs, alpha)
    if quality.fps > kind.fastest_fps:
        raise OutputError(
            f"{format} shows at most {kind.fastest_fps} frames a second, not {quality.fps}",
            f"choose --fps {kind.fastest_fps} or less, or another --format",
        )
    fineness = _fineness(CODECS[codec], codec, quality, crf)
    size = quality.width_px, quality.height_px
    return Encoding(format, codec, *size, quality.fps, fineness, alpha, quality.effort)


def _or(names: str) -> str:
    """Turn `a, b, c` into `a, b or c`."""
    return " or ".join(names.rsplit(", ", 1))


def _usual_format(codec: str | None, alpha: bool) -> str:
    if codec is None:
        return "webm" if alpha else "mp4"
    able = (name for name, kind in FORMATS.items() if codec in (*kind.codecs, *kind.alpha_codecs))
    return next(able)


def _unfit(format: str, codec: str, codecs: tuple[str, ...], alpha: bool) -> OutputError:
    """Say why a codec cannot be had in a format."""
    clear = " transparent" if alpha else ""
    if codecs == ("png",):
        return OutputError(f"{format} has no codec to choose", "leave out --codec")
    others = [
        name
        for name, kind in FORMATS.items()
        if codec in (kind.alpha_codecs if alpha else kind.codecs)
    ]
    elsewhere = f", or --format {_or(', '.join(others))}" if others else ""
    return OutputError(
        f"a{clear} {format} cannot hold {codec}",
        f"choose --codec {_or(', '.join(codecs))}{elsewhere}",
    )


def _fineness(traits: Codec, codec: str, quality: Quality, crf: int | None) -> int | None:
    """Rate factor of a codec: the one asked for, or one that looks like x264 at the quality's."""
    if traits.crf_more is None:
        if crf is not None:
            raise OutputError(f"{codec} has no rate factor", "leave out --crf")
        return None
    if crf is None:
        return min(quality.crf + traits.crf_more, traits.crf_most)
    if not 1 <= crf <= traits.crf_most:
        raise OutputError(
            f"{codec} has no rate factor {crf}",
            f"choose --crf 1 (finest) to {traits.crf_most} (smallest)",
        )
    return crf
