"""The sound of a film: where it is, how loud, how long, and that it is the same each time."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from scipy.signal import resample_poly

from spineanim.content.voices import Voice
from spineanim.errors import ContentError
from spineanim.render.assemble import assemble
from spineanim.render.encode import EncodedSegment, SegmentEncoder
from spineanim.render.encoding import web_film
from spineanim.render.quality import QUALITIES
from spineanim.render.sound_track import sound_track
from spineanim.render.soundtrack import (
    encoded,
    mixed,
    sample_at,
    sound_codec,
    soundtrack,
    soundtrack_key,
)
from spineanim.sound.loudness import TARGET_LUFS, loudness_lufs
from spineanim.sound.recording import recording
from spineanim.sound.samples import RATE_HZ, Samples, read_samples
from tests.sounds import sentences, silence, tone, write_sound

FPS = 30
CLICK = (0.6 * np.hanning(49)).astype(np.float32)
CLICK_AT = 12_000  # of its recording

MakeVoice = Callable[[Samples], Voice]


@pytest.fixture
def make_voice(tmp_path: Path) -> MakeVoice:
    """Make a voice of all of a sound."""
    made: list[Voice] = []

    def make(samples: Samples) -> Voice:
        file = write_sound(tmp_path / f"voice{len(made)}.flac", samples)
        made.append(Voice("beat", len(made), recording(file), 0.0, len(samples) / RATE_HZ))
        return made[-1]

    return make


def click() -> Samples:
    sound = silence(0.5)
    sound[CLICK_AT : CLICK_AT + len(CLICK)] = CLICK
    return sound


def clicks_in(samples: Samples, expected: list[int]) -> list[int]:
    """Find clicks near places, to the sample: how far off each is."""
    reach = 2000
    off = []
    for place in expected:
        around = samples[place - reach : place + reach + len(CLICK)]
        off.append(int(np.argmax(np.correlate(around, CLICK, "valid"))) - reach)
    return off


@pytest.mark.slow
@pytest.mark.parametrize(("codec", "fps", "minutes"), [("aac", 30, 6), ("libopus", 24, 2)])
def test_nothing_drifts(make_voice: MakeVoice, codec: str, fps: int, minutes: int) -> None:
    frames = list(range(1, minutes * 60 * fps - fps, 7 * fps + 1))
    voice = make_voice(click())
    end = minutes * 60 * fps + 7
    made = read_samples(soundtrack([(frame, voice) for frame in frames], fps, 0, end, codec))
    expected = [round(frame * RATE_HZ / fps) + CLICK_AT for frame in frames]
    assert max(map(abs, clicks_in(made, expected))) <= 2
    longer = len(made) - sample_at(end, fps)
    assert 0 <= longer < 1024


@pytest.mark.parametrize("fps", [15, 24, 25, 30, 60])
def test_a_frame_begins_with_its_own_sample(fps: int) -> None:
    assert [sample_at(frame, fps) for frame in (0, fps, 360 * fps)] == [0, 48_000, 360 * 48_000]
    assert sample_at(fps // 3, fps) == round(fps // 3 * RATE_HZ / fps)


def test_the_first_sound_is_not_cut_off(make_voice: MakeVoice) -> None:
    voice = make_voice(click())
    made = read_samples(soundtrack([(0, voice)], FPS, 0, 2 * FPS, "aac"))
    assert clicks_in(made, [CLICK_AT]) == [0]


def test_voices_of_any_level_are_equally_loud(make_voice: MakeVoice) -> None:
    levels = (0.01, 0.1, 1.0)
    talk = sentences([1.5, 2.0], 0.4)
    talk[::9600] *= 3.0
    voices = [make_voice(np.clip(talk * level, -1.0, 1.0)) for level in levels]
    starts = [n * 6 * FPS for n in range(len(levels))]
    made = read_samples(soundtrack(list(zip(starts, voices, strict=True)), FPS, 0, 18 * FPS, "aac"))
    assert loudness_lufs(made) == pytest.approx(TARGET_LUFS, abs=0.5)
    for start in starts:
        alone = made[sample_at(start, FPS) : sample_at(start + 6 * FPS, FPS)]
        assert loudness_lufs(alone) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert 20 * np.log10(np.abs(resample_poly(made, 8, 1)).max()) <= -1.0


def test_peaks_stay_below_a_decibel_when_decoded(make_voice: MakeVoice) -> None:
    sharp = sentences([2.0], 0.4)
    sharp[24_000:120_000:4801] = 1.0
    for codec in ("aac", "libopus"):
        made = read_samples(soundtrack([(0, make_voice(sharp))], FPS, 0, 3 * FPS, codec))
        assert 20 * np.log10(np.abs(resample_poly(made, 8, 1)).max()) <= -1.0


def test_a_part_of_a_film_has_its_part_of_the_sound(make_voice: MakeVoice) -> None:
    voices = [
        (10, make_voice(tone(1.0))),
        (60, make_voice(tone(2.0))),
        (200, make_voice(tone(1.0))),
    ]
    whole = mixed(voices, FPS, 0, 240)
    part = mixed(voices, FPS, 75, 215)
    assert len(part) == sample_at(215, FPS) - sample_at(75, FPS)
    assert np.array_equal(part, whole[sample_at(75, FPS) : sample_at(215, FPS)])
    assert not mixed(voices, FPS, 130, 190).any()


def test_a_voice_cut_out_of_a_recording_does_not_click(make_voice: MakeVoice) -> None:
    whole = make_voice(tone(2.0))
    piece = Voice("beat", 0, whole.source, 0.5, 1.5)
    made = mixed([(0, piece)], FPS, 0, 2 * FPS)
    assert abs(made[0]) < 0.001 and abs(made[47_999]) < 0.001 and not made[48_000:].any()
    assert np.abs(np.diff(made)).max() < 0.02


def test_both_sides_hear_the_same(make_voice: MakeVoice) -> None:
    made = soundtrack([(0, make_voice(tone(1.0)))], FPS, 0, FPS, "aac")
    with av.open(io.BytesIO(made), "r") as file:
        sound = np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)
    assert sound.shape[0] == 2
    assert np.abs(sound[0] - sound[1]).max() < 0.001  # rounded by the codec


def test_the_key_names_the_sound_without_reading_it(make_voice: MakeVoice) -> None:
    voice, other = make_voice(tone(1.0)), make_voice(tone(1.1))
    keys = [
        soundtrack_key([(0, voice)], FPS, 0, 60, "aac"),
        soundtrack_key([(1, voice)], FPS, 0, 60, "aac"),
        soundtrack_key([(0, other)], FPS, 0, 60, "aac"),
        soundtrack_key([(0, voice)], FPS, 0, 61, "aac"),
        soundtrack_key([(0, voice)], FPS, 0, 60, "libopus"),
    ]
    assert len(set(keys)) == len(keys)
    voice.source.path.unlink()  # type: ignore[union-attr]
    assert soundtrack_key([(0, voice)], FPS, 0, 60, "aac") == keys[0]
    with pytest.raises(ContentError, match="cannot be read"):
        soundtrack([(0, voice)], FPS, 0, 60, "aac")


def test_formats_and_their_sound() -> None:
    kinds = ("mp4", "mov", "webm", "gif", "png")
    assert [sound_codec(kind) for kind in kinds] == ["aac", "aac", "libopus", None, None]


# --- In a film -------------------------------------------------------------------------------

SMALL = replace(web_film(QUALITIES["draft"]), width_px=64, height_px=48, fps=FPS)
SEGMENT_FRAMES, SEGMENTS = 45, 8


@cache
def segments() -> list[EncodedSegment]:
    made = []
    for number in range(SEGMENTS):
        encoder = SegmentEncoder(SMALL)
        noise = np.random.default_rng(number)
        for _ in range(SEGMENT_FRAMES):
            encoder.put(noise.integers(0, 255, (48, 64, 4), np.uint8))
        made.append(encoder.finish())
    return made


def film(file: Path, sound: bytes | None) -> bytes:
    track = sound_track(sound, "spa") if sound else None
    assert assemble(file, SMALL, segments(), {"title": "A"}, "spa", track) == 360
    return file.read_bytes()


@pytest.fixture
def sound(make_voice: MakeVoice) -> bytes:
    voice = make_voice(click())
    return soundtrack([(frame, voice) for frame in (0, 100, 201, 340)], FPS, 0, 360, "aac")


def test_a_film_with_sound(tmp_path: Path, sound: bytes) -> None:
    raw = film(tmp_path / "film.mp4", sound)
    with av.open(str(tmp_path / "film.mp4")) as container:
        (stream,) = container.streams.audio
        assert stream.codec_context.name == "aac" and stream.profile == "LC"
        assert (stream.rate, stream.layout.name) == (RATE_HZ, "stereo")
        assert stream.metadata["language"] == "spa"
        assert stream.start_time == 0
        assert stream.duration is not None and stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(12.0, abs=0.002)
        assert container.duration == pytest.approx(12_000_000, abs=2000)
    expected = [sample_at(frame, FPS) + CLICK_AT for frame in (0, 100, 201, 340)]
    assert clicks_in(read_samples(raw), expected) == [0, 0, 0, 0]


def test_sound_lies_near_its_pictures_in_the_file(tmp_path: Path, sound: bytes) -> None:
    film(tmp_path / "film.mp4", sound)
    with av.open(str(tmp_path / "film.mp4")) as container:
        packets = sorted(
            (packet.pos, packet.stream.type, float(packet.dts * packet.time_base))
            for packet in container.demux()
            if packet.dts is not None and packet.size
        )
    latest_s = {"audio": 0.0, "video": 0.0}
    for _, kind, moment_s in packets:
        latest_s[kind] = moment_s
        assert abs(latest_s["audio"] - latest_s["video"]) < 2.1


def test_a_film_has_the_same_bytes_again(tmp_path: Path, make_voice: MakeVoice) -> None:
    voices = [(5, make_voice(sentences([2.0, 1.0], 0.5)))]
    one, two = (
        film(tmp_path / f"{name}.mp4", soundtrack(voices, FPS, 0, 360, "aac")) for name in "ab"
    )
    assert one == two


def test_a_silent_film_has_no_sound(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", None)
    with av.open(str(tmp_path / "film.mp4")) as container:
        assert len(container.streams.video) == 1 and not container.streams.audio


@pytest.mark.parametrize(("kind", "codec"), [("webm", "libopus"), ("mov", "aac")])
def test_other_files_keep_places_and_length(make_voice: MakeVoice, kind: str, codec: str) -> None:
    voice = make_voice(click())
    made = soundtrack([(0, voice), (50, voice)], FPS, 0, 100, codec)
    file = io.BytesIO()
    with av.open(file, "w", format=kind, options={"fflags": "+bitexact"}) as container:
        for packet in sound_track(made, "eng")(container):
            container.mux(packet)
    read = read_samples(file.getvalue())
    assert clicks_in(read, [CLICK_AT, sample_at(50, FPS) + CLICK_AT]) == [0, 0]
    assert 0 <= len(read) - sample_at(100, FPS) < 1024


def test_encoding_is_the_same_each_time() -> None:
    samples = sentences([1.0], 0.3)
    for codec in ("aac", "libopus"):
        assert encoded(samples, codec) == encoded(samples, codec)
