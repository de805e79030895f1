"""Sounds that tests make themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from spineanim.sound.samples import RATE_HZ, Samples

_CODECS = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "libmp3lame", ".m4a": "aac"}


def tone(lasts_s: float, peak: float = 0.3, pitch_hz: float = 220.0) -> Samples:
    """Make a steady tone."""
    time_s = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    samples: Samples = (peak * np.sin(2 * np.pi * pitch_hz * time_s)).astype(np.float32)
    return samples


def silence(lasts_s: float) -> Samples:
    return np.zeros(round(lasts_s * RATE_HZ), np.float32)


def sentences(lengths_s: Sequence[float], pause_s: float, room: float = 0.0005) -> Samples:
    """Make what is shaped like sentences: loud for so long each, half a second of room around."""
    pieces = [silence(0.5)]
    for length_s in lengths_s:
        pieces += [tone(length_s), silence(pause_s)]
    whole = np.concatenate([*pieces[:-1], silence(0.5)])
    noise = np.random.default_rng(1).normal(0.0, room, len(whole))
    samples: Samples = (whole + noise).astype(np.float32)
    return samples


def write_sound(file: Path, channels: NDArray[np.float32], rate_hz: int = RATE_HZ) -> Path:
    """Write samples (N,) or channels (C, N) in the format that the file's ending names."""
    planes = np.atleast_2d(channels)
    layout = "mono" if len(planes) == 1 else "stereo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(file), "w") as container:
        stream = container.add_stream(_CODECS[file.suffix.lower()], rate=rate_hz, layout=layout)
        assert isinstance(stream, av.AudioStream)
        if not planes.size:
            container.mux(stream.encode(None))
            return file
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(planes), "fltp", layout)
        frame.sample_rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file
