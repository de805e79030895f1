"""A film that is spoken: from a file in the project to sound in the MP4."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from spineanim.content.narration import Narration
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.render.job import render_film
from spineanim.render.quality import QUALITIES
from spineanim.sound.samples import RATE_HZ, read_samples
from tests.sounds import sentences, write_sound

DRAFT = QUALITIES["draft"]

pytestmark = [pytest.mark.render, pytest.mark.slow]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is made here apart."""
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path / "cache"))


def rendered(project: Project, folder: Path, narration: Narration = Narration.FILES) -> Path:
    settings = load_settings("demo", project, narration=narration)
    return render_film(project, "demo", DRAFT, folder, settings=settings).video


def test_a_voice_is_heard_with_its_captions_and_never_lost(demo: Project, tmp_path: Path) -> None:
    voice = write_sound(demo.voices / "en" / "demo" / "named.mp3", sentences([2.0, 3.0], 0.6))
    fresh = rendered(demo, tmp_path / "fresh").read_bytes()
    kept = rendered(demo, tmp_path / "kept").read_bytes()
    assert kept == fresh

    settings = load_settings("demo", demo)
    timeline = settings.timeline(DRAFT.fps)
    samples = read_samples(fresh)
    level = np.abs(samples[: len(samples) // 480 * 480]).reshape(-1, 480).max(axis=1)
    loud = np.flatnonzero(level > 0.05) / 100
    assert timeline.frame_count / DRAFT.fps == pytest.approx(len(samples) / RATE_HZ, abs=0.03)
    first, second = timeline.captions
    assert loud[0] == pytest.approx(first.start / DRAFT.fps + 0.08, abs=0.03)
    later = loud[np.flatnonzero(np.diff(loud) > 0.3) + 1]
    assert later == pytest.approx([second.start / DRAFT.fps + 0.08], abs=0.03)

    write_sound(voice, sentences([2.0, 3.0], 0.6)[::-1])  # as long, but another recording
    other = rendered(demo, tmp_path / "other").read_bytes()
    assert other != fresh
    silent = rendered(demo, tmp_path / "silent", Narration.NONE)
    with av.open(str(silent)) as container:
        assert not container.streams.audio
