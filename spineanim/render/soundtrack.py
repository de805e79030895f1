"""The sound of a film: voices laid at the frames of their captions, as loud as the web expects.

Every recording is levelled by itself, as they differ, with one gain so that nothing pumps. Loudness
leaves out silence, so a film of voices at -16 LUFS is at -16 LUFS.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

import av
import numpy as np

from spineanim.code import digest_behind
from spineanim.content.voices import Voice
from spineanim.sound.loudness import levelled
from spineanim.sound.samples import RATE_HZ, Samples

Placed = Sequence[tuple[int, Voice]]
"""Voices and the frames they start at, in order: `Settings.voices_at`."""

_FADE_IN_S, _FADE_OUT_S = 0.02, 0.1
"""Where a voice is cut out of a recording, so that the room's noise does not click."""
_CODECS: Final = {
    # The fast search is the better one at this rate, and the other takes three times as long.
    "aac": ("mp4", "fltp", 128_000, {"aac_coder": "fast"}),
    "libopus": ("webm", "flt", 96_000, {}),
}


def sample_at(frame: int, fps: int) -> int:
    """Sample that a frame begins with; counted anew for each, so that nothing drifts."""
    return (2 * frame * RATE_HZ + fps) // (2 * fps)


def sound_codec(format_: str) -> str | None:
    """Codec of the sound in films of a format (`mp4`, `webm`, ...); None where there is none."""
    return {"mp4": "aac", "mov": "aac", "webm": "libopus"}.get(format_)


def soundtrack_key(voices: Placed, fps: int, start: int, end: int, codec: str) -> str:
    """Digest of all that decides the bytes of `soundtrack`, without reading any sound."""
    facts = [
        [[frame, voice.source.digest, voice.start_s, voice.end_s] for frame, voice in voices],
        [fps, start, end, codec],
        [av.library_versions, digest_behind("spineanim.render.soundtrack")],
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def soundtrack(voices: Placed, fps: int, start: int, end: int, codec: str) -> bytes:
    """Make the sound of a film, or of a part of it, as exactly long as its frames.

    Parameters
    ----------
    voices
        Who speaks, from which frame of the whole film on.
    fps
        Frames a second.
    start, end
        First frame, and the frame after the last.
    codec
        `aac` or `libopus`.

    Returns
    -------
    A file with one stream in stereo at 48 kHz, for `sound_track`.

    Raises
    ------
    ContentError
        A recording is gone or was changed, or espeak-ng is gone.
    """
    return encoded(mixed(voices, fps, start, end), codec)


def mixed(voices: Placed, fps: int, start: int, end: int) -> Samples:
    """Lay voices over silence; arguments are those of `soundtrack`."""
    first = sample_at(start, fps)
    track = np.zeros(sample_at(end, fps) - first, np.float32)
    for source, group in groupby(voices, lambda each: each[1].source):
        here = [
            (sample_at(frame, fps) - first, voice)
            for frame, voice in group
            if frame < end and sample_at(frame, fps) + _length(voice) > first
        ]
        if here:
            whole = levelled(source.samples())
        for at, voice in here:
            begin = round(voice.start_s * RATE_HZ)
            piece = _faded(whole[begin : begin + _length(voice)])
            piece = piece[max(-at, 0) :][: len(track) - max(at, 0)]
            track[max(at, 0) :][: len(piece)] += piece
    return track


def _length(voice: Voice) -> int:
    """Count the samples of a voice."""
    return round(voice.end_s * RATE_HZ) - round(voice.start_s * RATE_HZ)


def _faded(piece: Samples) -> Samples:
    """Let a stretch of sound come and go softly."""
    gain = np.ones(len(piece), np.float32)
    for lasts_s, ramp in ((_FADE_IN_S, gain), (_FADE_OUT_S, gain[::-1])):
        count = min(round(lasts_s * RATE_HZ), len(piece))
        ramp[:count] *= np.linspace(0.0, 1.0, count, dtype=np.float32)
    return piece * gain


def encoded(samples: Samples, codec: str) -> bytes:
    """Encode one channel as a file in stereo."""
    container_format, sample_format, bit_rate, options = _CODECS[codec]
    file = io.BytesIO()
    with av.open(file, "w", format=container_format, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="stereo", options=options)
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = bit_rate
        for first in range(0, len(samples), RATE_HZ):
            piece = samples[first : first + RATE_HZ]
            both = np.stack([piece, piece])
            planes = both if sample_format == "fltp" else both.T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(planes), format=sample_format, layout="stereo"
            )
            frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, first, Fraction(1, RATE_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
