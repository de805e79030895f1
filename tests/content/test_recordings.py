"""Voice files belong to a beat, a scene and a language, or are refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.content.recordings import find_recordings
from spineanim.content.script_file import load_script
from spineanim.errors import ContentError


def found(project: Project, *files: str) -> dict[str, str]:
    for name in files:
        file = project.voices / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    script = load_script(project.script_file("demo"))
    return {beat: file.name for beat, file in find_recordings(project, script, "demo").items()}


def test_no_folder_is_no_voice(demo: Project) -> None:
    assert found(demo) == {}


def test_files_are_found_by_beat(demo: Project) -> None:
    others = ("README.md", "en/demo/.DS_Store", "en/demo/notes.txt", "en/film.txt")
    assert found(demo, "en/demo/named.WAV", *others) == {"named": "named.WAV"}


def test_another_language_is_not_heard(demo: Project) -> None:
    (demo.assets / "script" / "es").mkdir()
    assert found(demo, "es/demo/named.wav") == {}


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (["en/demo/nmed.wav"], r"nmed\.wav: scene demo has no beat 'nmed'; did you mean named\?"),
        (["en/demo/xyz.mp3"], r"no beat 'xyz'; .*demo\.toml has no such beat"),
        (["en/demo/Named.wav"], r"no beat 'Named'; did you mean named\?"),
        (["en/demo/named.m4a"], r"named\.m4a: a voice file is one of WAV, FLAC, MP3; convert it"),
        (["en/demo/named.wave"], r"named\.wave: a voice file is one of"),
        (["en/demo/named.wav", "en/demo/named.mp3"], r"named has named\.mp3 as well; keep one"),
        (["en/demo/nearer.wav"], r"nearer has no captions.*; give it captions in .*demo\.toml"),
        (["en/dmo/named.wav"], r"dmo: there is no scene 'dmo'; did you mean demo\?"),
        (["english/demo/named.wav"], r"there is no language 'english'; did you mean en\?|README"),
    ],
)
def test_what_would_not_be_heard_is_refused(demo: Project, files: list[str], line: str) -> None:
    with pytest.raises(ContentError, match=line) as error:
        found(demo, *files)
    assert "\n" not in str(error.value)
    assert Path(str(error.value).split(": ")[0]).exists()
