"""How loud a sound is (ITU-R BS.1770), and making it as loud as films on the web are."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Final

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from spineanim.sound.samples import RATE_HZ, Samples

TARGET_LUFS: Final = -16.0
CEILING_DB: Final = -2.0
"""Highest true peak; a decibel below what players take, as coding to AAC adds to peaks."""
_LOOK_S: Final = 0.005
_FINER: Final = 4  # BS.1770 looks for peaks at four times 48 kHz
_SHORTEST_S: Final = 0.4
_CLOSE_DB: Final = 0.05
_PASSES: Final = 4
_SILENCE_LUFS: Final = -70.0


def loudness_lufs(samples: Samples) -> float:
    """Measure the integrated loudness of one channel that is played from both sides.

    Parameters
    ----------
    samples
        A sound; one shorter than the 0.4 s that loudness is defined over is repeated.

    Returns
    -------
    In LUFS; -70 for silence.
    """
    repeats = ceil(_SHORTEST_S * RATE_HZ / max(len(samples), 1))
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE_HZ, format="flt", layout="mono")
    # Two channels that are alike are twice as loud as the one that is measured.
    meter = graph.add("ebur128", "metadata=1:dualmono=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    found = _SILENCE_LUFS
    for first in range(0, len(samples) * repeats, RATE_HZ):
        piece = np.take(
            samples, np.arange(first, min(first + RATE_HZ, len(samples) * repeats)), mode="wrap"
        )
        source.push(_frame(piece, first))
        found = _read(sink, found)
    source.push(None)
    return _read(sink, found)


def _frame(samples: Samples, first: int) -> av.AudioFrame:
    """Put samples as PyAV passes them on; `first` is their place in the whole."""
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, first, Fraction(1, RATE_HZ)
    return frame


def _read(sink: FilterContext, before_lufs: float) -> float:
    """Take what the meter passes on, and return the last loudness that it has noted."""
    while True:
        try:
            noted = sink.pull().metadata.get("lavfi.r128.I")
        except (av.BlockingIOError, av.EOFError):
            return before_lufs
        before_lufs = before_lufs if noted is None else float(noted)


def levelled(samples: Samples) -> Samples:
    """Make a sound as loud as films on the web are: one gain for all of it, peaks held back.

    Parameters
    ----------
    samples
        A sound in which something is heard.

    Returns
    -------
    The same at -16 LUFS, or a little less if it is all peaks, no true peak above -2 dB.
    """
    gain_db = 0.0
    for _ in range(_PASSES):  # holding peaks back takes a little loudness away
        made = _held_back(samples * np.float32(10.0 ** (gain_db / 20.0)))
        lacking_db = TARGET_LUFS - loudness_lufs(made)
        if abs(lacking_db) < _CLOSE_DB:
            break
        gain_db += lacking_db
    return made


def _held_back(samples: Samples) -> Samples:
    """Lower a sound smoothly, from five milliseconds before, wherever its peaks are too high."""
    ceiling = 10.0 ** (CEILING_DB / 20.0)
    if (
        2.0 * np.abs(samples).max(initial=0.0) < ceiling
    ):  # between samples no peak is so much higher
        return samples
    finer = np.abs(resample_poly(samples, _FINER, 1)).reshape(-1, _FINER)
    needed = np.minimum(ceiling / np.maximum(finer.max(axis=1), ceiling), 1.0)
    around = 2 * round(_LOOK_S * RATE_HZ) + 1
    # The mean of minima over the same stretch is never above what is needed in its middle.
    gain = uniform_filter1d(minimum_filter1d(needed, around), around)
    held: Samples = (samples * gain).astype(np.float32)
    return held
