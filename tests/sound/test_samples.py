"""Recordings of every kind are read alike; what is none is refused."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from spineanim.errors import ContentError
from spineanim.sound import samples as module
from spineanim.sound.recording import recording
from spineanim.sound.samples import RATE_HZ, UnheardError, read_samples
from tests.sounds import silence, tone, write_sound

CLICK_S = 1.25


def clicks() -> np.ndarray:
    """One short burst in two seconds of silence."""
    whole = silence(2.0)
    at = round(CLICK_S * RATE_HZ)
    whole[at : at + 480] = tone(0.01, 0.8, 1000.0)
    return whole


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3", ".WAV"])
@pytest.mark.parametrize("rate_hz", [48_000, 44_100])
@pytest.mark.parametrize("stereo", [False, True])
def test_any_kind_rate_and_number_of_channels(
    tmp_path: Path, ending: str, rate_hz: int, stereo: bool
) -> None:
    at_rate = np.interp(np.arange(2 * rate_hz) / rate_hz, np.arange(96_000) / RATE_HZ, clicks())
    channels = np.stack([at_rate, at_rate]) if stereo else at_rate
    file = write_sound(tmp_path / f"voice{ending}", channels.astype(np.float32), rate_hz)
    read = read_samples(file.read_bytes())
    assert len(read) == pytest.approx(2 * RATE_HZ, abs=1200 if ending == ".mp3" else 2)
    loud = np.flatnonzero(np.abs(read) > 0.2)
    assert loud[0] / RATE_HZ == pytest.approx(CLICK_S, abs=0.001)
    assert np.abs(read).max() == pytest.approx(0.8, abs=0.1)


def test_a_voice_in_one_channel_alone_is_heard(tmp_path: Path) -> None:
    channels = np.stack([tone(1.0, 0.5), silence(1.0)])
    read = read_samples(write_sound(tmp_path / "lapel.wav", channels).read_bytes())
    assert np.abs(read).max() == pytest.approx(0.25, abs=0.01)


def bare_wave(samples: bytes) -> bytes:
    """Make a WAV file of 32-bit floating point numbers."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 3, 1, RATE_HZ, 4 * RATE_HZ, 4, 32)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI", b"RIFF", len(body)) + body


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "is empty"),
        (bare_wave(b""), "is empty|no sound file"),
        (b"hello " * 400, "no sound file"),
        (bare_wave(struct.pack("<3f", 0.0, float("nan"), 0.0) * 500), "no numbers"),
    ],
)
def test_what_is_no_sound_is_refused(raw: bytes, what: str) -> None:
    with pytest.raises(UnheardError, match=what):
        read_samples(raw)


def test_a_picture_is_no_sound() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    with pytest.raises(UnheardError, match="holds no sound"):
        read_samples(picture.getvalue())


def test_what_never_ends_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 1.5)
    file = write_sound(tmp_path / "voice.wav", tone(2.0))
    with pytest.raises(UnheardError, match="longer than"):
        read_samples(file.read_bytes())


def test_a_recording_that_changed_meanwhile_is_not_used(tmp_path: Path) -> None:
    file = write_sound(tmp_path / "voice.wav", tone(0.5))
    noted = recording(file)
    assert len(noted.samples()) == RATE_HZ // 2
    write_sound(file, tone(0.6))
    with pytest.raises(ContentError, match=r"changed while.*render again"):
        noted.samples()
    file.unlink()
    with pytest.raises(ContentError, match=r"voice\.wav cannot be read"):
        noted.samples()
