"""How loud a sound is (ITU-R BS.1770), and making it as loud as films on the web are."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Final

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from spineanim.sound.samples import RATE_HZ, Samples

TARGET_LUFS: Final = -16.0
CEILING_DB: Final = -2.0
"""Highest true peak; a decibel below what players take, as coding to AAC adds to peaks."""
_STEP: Final = RATE_HZ // 1000
_LOOK: Final = 5  # steps of a millisecond
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
    peaks, gain_db, made = _peaks(samples), 0.0, samples
    for _ in range(_PASSES):  # holding peaks back takes a little loudness away
        lacking_db = TARGET_LUFS - loudness_lufs(made)
        if abs(lacking_db) < _CLOSE_DB:
            break
        gain_db += lacking_db
        factor = 10.0 ** (gain_db / 20.0)
        made = (samples * (factor * _held_back(peaks * factor, len(samples)))).astype(np.float32)
    return made


def _peaks(samples: Samples) -> NDArray[np.float64]:
    """Return the true peak of every millisecond."""
    padded = np.pad(samples, (0, -len(samples) % _STEP))
    peaks: NDArray[np.float64] = np.abs(_finer(padded)).reshape(-1, _FINER * _STEP).max(axis=1)
    return peaks


def _held_back(peaks: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return a gain for each of some samples that lowers peaks to the ceiling, softly.

    Parameters
    ----------
    peaks
        True peak of every millisecond.
    count
        How many samples there are.
    """
    ceiling = 10.0 ** (CEILING_DB / 20.0)
    needed = ceiling / np.maximum(peaks, ceiling)
    # A mean of minima, each of which covers the steps next to the middle one as well: so what is
    # drawn from one middle to the next is never above what any sample needs.
    least = sliding_window_view(np.pad(needed, _LOOK + 1, mode="edge"), 2 * _LOOK + 3).min(axis=1)
    gain = sliding_window_view(np.pad(least, _LOOK, mode="edge"), 2 * _LOOK + 1).mean(axis=1)
    middles = (np.arange(len(gain)) + 0.5) * _STEP
    smooth: NDArray[np.float64] = np.interp(np.arange(count) + 0.5, middles, gain)
    return smooth


def _finer(samples: Samples) -> Samples:
    """Give four samples for each, in which a peak between two is seen."""
    resampler = av.AudioResampler(format="flt", rate=_FINER * RATE_HZ)
    frames = [*resampler.resample(_frame(samples, 0)), *resampler.resample(None)]
    whole: Samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return whole[: _FINER * len(samples)]
