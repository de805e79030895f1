"""Loudness by ITU-R BS.1770, and levelling to it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import resample_poly

from spineanim.sound.loudness import CEILING_DB, TARGET_LUFS, levelled, loudness_lufs
from spineanim.sound.samples import Samples
from tests.sounds import silence, tone


def true_peak_db(samples: Samples) -> float:
    return float(20 * np.log10(np.abs(resample_poly(samples, 8, 1)).max()))


def peaky(peak: float) -> Samples:
    """Make quiet sound with a spike every tenth of a second, as voices have them."""
    whole = np.tile(tone(0.1, 0.05), 100)
    whole[:: round(0.1 * 48_000)] = 1.0
    samples: Samples = (whole * peak).astype(np.float32)
    return samples


def test_the_reference_tone() -> None:
    # EBU Tech 3341, case 1: 1 kHz in both channels at -23 dBFS is -23 LUFS.
    assert loudness_lufs(tone(20.0, 10 ** (-23 / 20), 1000.0)) == pytest.approx(-23.0, abs=0.1)


def test_silence_does_not_count() -> None:
    voice = tone(5.0, 0.1, 1000.0)
    apart = np.concatenate([silence(20.0), voice, silence(20.0)])
    assert loudness_lufs(apart) == pytest.approx(loudness_lufs(voice), abs=0.3)


def test_nothing_is_silent() -> None:
    assert loudness_lufs(silence(1.0)) == loudness_lufs(silence(0.0)) == -70.0


@pytest.mark.parametrize("sound", [tone(3.0, 0.01), tone(3.0, 0.9), tone(0.2, 0.1)])
def test_levelling_changes_the_gain_alone(sound: Samples) -> None:
    made = levelled(sound)
    assert loudness_lufs(made) == pytest.approx(TARGET_LUFS, abs=0.1)
    gains = made[sound > 0.005] / sound[sound > 0.005]
    assert gains.min() == pytest.approx(gains.max(), rel=1e-3)


@pytest.mark.parametrize("peak", [0.05, 1.0])
def test_peaks_are_held_back(peak: float) -> None:
    made = levelled(peaky(peak))
    assert true_peak_db(made) <= CEILING_DB + 0.1
    assert loudness_lufs(made) == pytest.approx(TARGET_LUFS, abs=0.5)


def test_only_what_is_near_a_peak_is_lowered() -> None:
    sound = tone(4.0, 0.05, 1000.0)
    sound[96_012] = 1.0  # where the tone is loud enough to divide by
    made = levelled(sound)
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    gain = made[loud] / sound[loud]
    near = np.abs(loud - 96_012) < 0.013 * 48_000
    assert gain[near].min() < 0.7 * gain.max()
    assert gain[~near].min() == pytest.approx(gain.max(), rel=1e-3)
