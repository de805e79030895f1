"""Speech by espeak-ng: asked for in a safe way, and well timed where the program is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from spineanim.errors import ContentError
from spineanim.sound.pauses import heard
from spineanim.sound.program import PROGRAM
from spineanim.sound.speech import speech

needs_espeak = pytest.mark.skipif(shutil.which(PROGRAM) is None, reason=f"{PROGRAM} is missing")

TEXTS = {
    "en": "Your surgeon marks a place on your belly before the operation. The place lies between "
    "ribs and hip bone, away from the belt line. You are asleep. The surgeon makes a cut.",
    "es": "El cirujano marca un sitio en su vientre antes de la operación. El sitio queda entre "
    "las costillas y la cadera, lejos del cinturón. Usted duerme. El cirujano hace un corte.",
}


def test_a_missing_program_is_one_line_that_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ContentError) as error:
        speech("hello", "en")
    line = str(error.value)
    assert "apt-get install -y espeak-ng" in line and "brew install espeak-ng" in line
    assert "\n" not in line


def fake_program(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    program = folder / PROGRAM
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_failing_program_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_program(tmp_path, monkeypatch, "echo no such voice >&2; exit 1")
    with pytest.raises(ContentError, match=r"language 'xx': no such voice;.*by hand"):
        speech("hello", "xx")
    fake_program(tmp_path, monkeypatch, "echo not a sound")
    with pytest.raises(ContentError, match="is no sound file"):
        speech("hello", "en").samples()


def test_a_text_never_reaches_a_shell_or_the_options(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_program(tmp_path, monkeypatch, f'echo "$@" >{tmp_path}/options; cat >{tmp_path}/text')
    nasty = "--help; $(touch nothing) `ls` \"'"
    speech(nasty, "en")
    assert (tmp_path / "text").read_text() == nasty
    assert "help" not in (tmp_path / "options").read_text()


@needs_espeak
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_calm_pace(language: str) -> None:
    extent = heard(speech(TEXTS[language], language).samples())
    assert extent is not None
    words_a_minute = len(TEXTS[language].split()) / (extent.end_s - extent.start_s) * 60.0
    assert 135.0 <= words_a_minute <= 155.0


@needs_espeak
def test_the_same_text_gives_the_same_sound() -> None:
    one, two = speech("T10, L2-L3, MRI.", "en"), speech("T10, L2-L3, MRI.", "en")
    assert one == two
    assert (one.samples() == two.samples()).all()
