"""Sound as numbers: one channel at 48 kHz.

A narrator speaks from the middle, so everything is one channel until it is written to a film. A
recording whose voice is in one channel alone, as lapel microphones make them, comes out right too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

RATE_HZ: Final = 48_000
LONGEST_S: Final = 600.0
"""No beat takes longer; a file that does is not what it is taken for."""

Samples = NDArray[np.float32]
"""Shape (N,): one channel at 48 kHz, full scale 1."""


class UnheardError(Exception):
    """A file is no sound that can be used: carries what is wrong with it."""


def read_samples(raw: bytes) -> Samples:
    """Read any sound that PyAV knows (WAV, FLAC and MP3 among them) as one channel at 48 kHz.

    Parameters
    ----------
    raw
        What stands in a file; several channels become their mean.

    Raises
    ------
    UnheardError
        It is damaged, holds no sound, or lasts longer than ten minutes.
    """
    try:
        pieces = list(_pieces(raw)) if raw else []
    except av.FFmpegError as error:
        raise UnheardError(f"is no sound file, or a damaged one ({error.strerror})") from None
    if not pieces:
        raise UnheardError("is empty")
    samples: Samples = np.concatenate(pieces)
    if not np.isfinite(samples).all():
        raise UnheardError("is damaged: it holds values that are no numbers")
    return samples


def _pieces(raw: bytes) -> Iterator[Samples]:
    """Decode a file stretch by stretch, until it turns out too long."""
    with av.open(io.BytesIO(raw), "r") as container:
        if not container.streams.audio:
            raise UnheardError("holds no sound")
        resampler = av.AudioResampler(format="fltp", rate=RATE_HZ)
        count = 0
        frames = container.decode(container.streams.audio[0])
        for frame in chain(frames, (None,)):  # nothing: give what is held back
            for made in resampler.resample(frame):
                count += made.samples
                if count > LONGEST_S * RATE_HZ:
                    raise UnheardError(f"lasts longer than {LONGEST_S / 60:g} minutes")
                yield made.to_ndarray().mean(axis=0)
