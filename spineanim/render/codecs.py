"""The codecs and file formats that films come in, and how their encoders are set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Codec:
    """A way to encode pictures.

    Attributes
    ----------
    encoder
        Its name in FFmpeg.
    pixels
        Pixel format of opaque films; None where there are none.
    alpha_pixels
        Pixel format of films with clear parts; None where there are none.
    crf_more
        What is added to the rate factor of x264 for an equal look; None without such a factor.
    crf_most
        Coarsest rate factor.
    alone
        Whether every picture is encoded by itself.
    options
        Options of the encoder that are always the same.
    alpha_options
        Options besides when there are clear parts.
    """

    encoder: str
    pixels: str
    alpha_pixels: str | None = None
    crf_more: int | None = None
    crf_most: int = 0
    alone: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    alpha_options: Mapping[str, str] = field(default_factory=dict)


REFERENCES: Final = 3
"""Pictures that one of H.264 may be predicted from; four is the most of level 4.0 at 1080p."""

H264_EFFORT: Final = MappingProxyType({"veryfast": "aq-mode=2:aq-strength=1", "fast": ""})
"""Presets of x264 that are used, and what is better set otherwise in each."""

CODECS: Final = MappingProxyType(
    {
        "h264": Codec(
            encoder="libx264",
            pixels="yuv420p",
            crf_more=0,
            crf_most=51,
            options={
                "profile": "high",
                "tune": "animation",
                # Not independent of the processor, x264 3186 gives other bytes on every run where
                # that has AVX-512 and the width is no multiple of 64 (its macroblock tree reads
                # what nobody wrote).
                "x264-params": f"open-gop=0:ref={REFERENCES}:cpu-independent=1",
            },
        ),
        "av1": Codec(
            encoder="libsvtav1",
            pixels="yuv420p",
            crf_more=10,
            crf_most=63,
            options={"preset": "9", "svtav1-params": "lp=1"},
        ),
        "vp9": Codec(
            encoder="libvpx-vp9",
            pixels="yuv420p",
            alpha_pixels="yuva420p",
            crf_more=3,
            crf_most=63,
            options={"deadline": "good", "cpu-used": "5", "b": "0", "row-mt": "0"},
            alpha_options={"auto-alt-ref": "0"},  # libvpx cannot do both
        ),
        "prores": Codec(
            # The other one, prores_ks, takes five times as long for twice the bytes.
            encoder="prores_aw",
            pixels="yuv422p10le",
            alpha_pixels="yuva444p10le",
            alone=True,
            options={"profile": "3", "vendor": "apl0"},  # 422 HQ
            alpha_options={"profile": "4"},  # 4444
        ),
        "png": Codec(
            encoder="png",
            pixels="rgb24",
            alpha_pixels="rgba",
            alone=True,
            # A fifth larger than at the highest level, and made in a sixth of the time.
            options={"pred": "sub", "compression_level": "1"},
        ),
    }
)


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    codecs
        Codecs that it may hold, the usual one first.
    alpha_codecs
        Those for films with clear parts, the usual one first.
    fastest_fps
        Highest rate that players keep.
    options
        Options of FFmpeg's muxer.
    """

    codecs: tuple[str, ...]
    alpha_codecs: tuple[str, ...] = ()
    fastest_fps: int = 120
    options: Mapping[str, str] = field(default_factory=dict)


FORMATS: Final = MappingProxyType(
    {
        "mp4": Format(("h264", "av1"), options={"movflags": "+faststart"}),
        "webm": Format(("vp9", "av1"), ("vp9",), options={"cues_to_front": "1"}),
        "mov": Format(("prores", "h264"), ("prores",), options={"movflags": "+faststart"}),
        # Delays are hundredths of a second, and browsers take one of a single hundredth for ten.
        "gif": Format(("png",), ("png",), fastest_fps=50),
        "png": Format(("png",), ("png",)),
    }
)
