"""A beat takes the time of its voice; picture, captions and voice keep step."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from spineanim.content import voices as module
from spineanim.content.narration import Narration
from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import ProgrammeTimeline
from spineanim.content.voices import BREATH_S
from spineanim.errors import ContentError
from spineanim.sound.pauses import heard
from spineanim.sound.program import PROGRAM
from spineanim.sound.recording import Recording
from spineanim.sound.samples import RATE_HZ, Samples
from spineanim.sound.speech import Speech, speech
from tests.conftest import DEMO
from tests.sounds import sentences, silence, tone, write_sound

FPS = 30
NAMED_FIRST_S, NAMED_SECOND_S = 0.2, 1.4
"""When the captions of the demonstration's first beat come by its script."""


def put(project: Project, samples: Samples, name: str = "en/demo/named.wav") -> Path:
    return write_sound(project.voices / name, samples)


def captions_s(settings: Settings, beat: str = "named") -> list[float]:
    return [caption.at_s for caption in settings.script.beat(beat).captions]


def test_no_file_changes_nothing(demo: Project) -> None:
    silent = load_settings("demo", demo, narration=Narration.NONE)
    assert load_settings("demo", demo) == silent
    assert silent.voices == ()


def test_a_recording_can_be_left_unheard(demo: Project) -> None:
    silent = load_settings("demo", demo)
    put(demo, sentences([3.0, 3.0], 0.6))
    assert load_settings("demo", demo, narration=Narration.NONE) == silent
    assert load_settings("demo", demo) != silent


def test_a_recording_is_taken_apart_where_it_pauses(demo: Project) -> None:
    put(demo, sentences([3.0, 4.8], 0.6))
    spoken = load_settings("demo", demo)
    first, second = spoken.voices
    assert (first.beat, first.caption, second.beat, second.caption) == ("named", 0, "named", 1)
    assert first.source == second.source
    assert first.end_s == second.start_s == pytest.approx(4.1, abs=0.1)
    begins_s, changes_s = captions_s(spoken)
    assert begins_s == NAMED_FIRST_S
    assert changes_s - begins_s == pytest.approx(first.end_s - first.start_s + BREATH_S, abs=0.002)
    rest_s = spoken.script.beat("named").lasts_s - changes_s
    assert rest_s == pytest.approx(second.end_s - second.start_s + BREATH_S, abs=0.002)


def test_steps_wait_with_the_words(demo: Project) -> None:
    before = load_settings("demo", demo).script.beat("named")
    put(demo, sentences([3.0, 4.8], 0.6))
    after = load_settings("demo", demo).script.beat("named")
    (start_s, end_s), (old_start_s, old_end_s) = (
        beat.steps_s["square_appears"] for beat in (after, before)
    )
    slower = (after.captions[1].at_s - NAMED_FIRST_S) / (NAMED_SECOND_S - NAMED_FIRST_S)
    assert slower > 2.0
    assert (end_s - start_s) == pytest.approx((old_end_s - old_start_s) * slower, abs=0.002)
    assert load_settings("demo", demo).script.beat("nearer").lasts_s == 2.0


def test_where_a_voice_does_not_pause_its_captions_follow_it(demo: Project) -> None:
    put(demo, tone(8.0))
    spoken = load_settings("demo", demo)
    (only,) = spoken.voices
    letters = [sum(map(str.isalnum, each.text)) for each in spoken.script.beat("named").captions]
    begins_s, changes_s = captions_s(spoken)
    share_s = (only.end_s - only.start_s) * letters[0] / sum(letters)
    assert changes_s - begins_s == pytest.approx(share_s, abs=0.01)


def test_a_short_voice_without_pauses_calls_its_captions_early(demo: Project) -> None:
    put(demo, tone(1.0))
    spoken = load_settings("demo", demo)
    assert captions_s(spoken)[1] < NAMED_SECOND_S
    assert spoken.script.beat("named").lasts_s == 2.5


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_a_voice_starts_on_the_frame_of_its_caption(demo: Project, fps: int) -> None:
    put(demo, sentences([3.0, 4.8], 0.6))
    spoken = load_settings("demo", demo)
    spans = spoken.timeline(fps).captions
    assert [frame for frame, _ in spoken.voices_at(fps)] == [spans[0].start, spans[1].start]
    lasts_s = [voice.end_s - voice.start_s for voice in spoken.voices]
    for span, voice_s in zip(spans, lasts_s, strict=True):
        assert (span.end - span.start) / fps > voice_s


def test_voices_of_a_programme_lie_in_their_parts(demo: Project) -> None:
    here = DEMO.with_name("film_project")
    shutil.copytree(here / "scenes", demo.scenes, dirs_exist_ok=True)
    shutil.copytree(here / "script", demo.script_file("demo").parent, dirs_exist_ok=True)
    silent = load_settings("film", demo).timeline(FPS)
    put(demo, sentences([3.0, 4.8], 0.6))
    put(demo, tone(6.0), "en/other/gives_way.flac")
    film = load_settings("film", demo)
    timeline = film.timeline(FPS)
    assert isinstance(timeline, ProgrammeTimeline)
    alone = [load_settings(name, demo) for name in ("demo", "other")]
    assert film.voices_at(FPS) == tuple(
        (timeline.starts[name] + frame, voice)
        for name, each in zip(("demo", "other"), alone, strict=True)
        for frame, voice in each.voices_at(FPS)
    )
    assert len(film.voices_at(FPS)) == 3
    longer = sum(each.timeline(FPS).frame_count for each in alone)
    shorter = sum(part.frame_count for part in silent.parts.values())  # type: ignore[attr-defined]
    assert timeline.frame_count - silent.frame_count == longer - shorter > 0
    assert [span.start for span in timeline.captions] == [frame for frame, _ in film.voices_at(FPS)]


def test_words_in_another_language_have_their_own_voice(demo: Project) -> None:
    (demo.assets / "script" / "es").mkdir()
    put(demo, tone(9.0))
    assert load_settings("demo", demo, "es").voices == ()
    put(demo, tone(4.0), "es/demo/named.mp3")
    (only,) = load_settings("demo", demo, "es").voices
    assert isinstance(only.source, Recording)
    assert only.source.path == demo.voices / "es" / "demo" / "named.mp3"


@pytest.mark.parametrize(
    ("raw", "what"),
    [(b"", "is empty"), (b"no sound " * 99, "is no sound file"), (None, "is silent")],
)
def test_a_bad_file_is_one_line_with_a_remedy(demo: Project, raw: bytes | None, what: str) -> None:
    file = put(demo, silence(2.0))
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(ContentError, match=rf"named\.wav {what}.*again as WAV") as error:
        load_settings("demo", demo)
    assert "\n" not in str(error.value)


class FakeSpeech:
    """Stands in for espeak-ng: a tenth of a second a letter."""

    said: list[tuple[str, str]]

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said = []
        monkeypatch.setattr(module, "speech", self.speak)
        monkeypatch.setattr(Speech, "samples", lambda speech: tone(len(speech.text) / 10))

    def speak(self, text: str, language: str) -> Speech:
        self.said.append((text, language))
        return Speech(text, language, "digest")


def test_speech_is_made_caption_by_caption(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSpeech(monkeypatch)
    demo.pronunciation_file.write_text('[en]\nT10 = "tee ten"\n')
    spoken = load_settings("demo", demo, narration=Narration.ESPEAK)
    texts = [caption.text for caption in spoken.script.beat("named").captions]
    assert texts[1].endswith("at T10.")
    read = [texts[0], texts[1].replace("T10", "tee ten")]
    assert sorted(fake.said) == sorted((text, "en") for text in read)
    first_s, second_s = captions_s(spoken)
    assert second_s - first_s == pytest.approx(len(texts[0]) / 10 + BREATH_S, abs=0.01)
    assert [voice.caption for voice in spoken.voices] == [0, 1]


def test_a_recording_goes_before_speech(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSpeech(monkeypatch)
    put(demo, tone(3.0))
    spoken = load_settings("demo", demo, narration=Narration.ESPEAK)
    assert fake.said == []
    assert [type(voice.source) for voice in spoken.voices] == [Recording]


def test_speech_without_its_program_is_one_line(
    demo: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_settings("demo", demo).voices == ()
    with pytest.raises(ContentError, match="espeak-ng is not installed"):
        load_settings("demo", demo, narration=Narration.ESPEAK)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason=f"{PROGRAM} is missing")
def test_a_real_film_is_spoken_from_its_first_caption_to_its_last(
    shipped: Project, language: str
) -> None:
    spoken = load_settings("pump", shipped, language, narration=Narration.ESPEAK)
    timeline = spoken.timeline(FPS)
    assert len(spoken.voices) == len(timeline.captions)
    silent_s = load_settings("pump", shipped, language, narration=Narration.NONE).script.length_s
    assert silent_s <= spoken.script.length_s < 1.2 * silent_s
    for span, (frame, voice) in zip(timeline.captions, spoken.voices_at(FPS), strict=True):
        assert frame == span.start
        assert span.end - frame > (voice.end_s - voice.start_s) * FPS


@pytest.mark.slow
@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason=f"{PROGRAM} is missing")
def test_real_sentences_are_told_from_captions(shipped: Project) -> None:
    room = np.random.default_rng(1)
    for beat in load_settings("pump", shipped).script.beats:
        pieces, begins_s, texts = [silence(0.4)], [], [each.text for each in beat.captions]
        for text in texts:
            samples = speech(text, "en").samples()
            extent = heard(samples)
            assert extent is not None
            begins_s.append(sum(map(len, pieces)) / RATE_HZ)
            first, last = (round(s * RATE_HZ) for s in (extent.start_s, extent.end_s - 0.25))
            pieces += [samples[first:last], silence(0.5)]
        whole = np.concatenate(pieces)
        found = heard((whole + room.normal(0.0, 0.001, len(whole))).astype(np.float32))
        assert found is not None
        cuts = found.cuts([sum(map(str.isalnum, text)) for text in texts])
        assert all(cut.clear for cut in cuts)
        assert [cut.at_s for cut in cuts] == pytest.approx(begins_s[1:], abs=0.15)
