"""Voice files of a practice: `assets/voice/<language>/<scene>/<beat>.(wav|flac|mp3)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from spineanim.content.project import Project
from spineanim.content.script import Script
from spineanim.errors import ContentError
from spineanim.sound.recording import ENDINGS

_OTHER_SOUNDS: Final = (".aac", ".aif", ".aiff", ".caf", ".m4a", ".ogg", ".opus", ".wma")
_HOW: Final = "see assets/voice/README.md"


def find_recordings(project: Project, script: Script, scene: str) -> Mapping[str, Path]:
    """Find the voice file of each beat that has one.

    Parameters
    ----------
    project
        Where to look.
    script
        Of the scene, in the language that is spoken.
    scene
        Its name.

    Raises
    ------
    ContentError
        A file belongs to no beat, or to one without captions; a beat has two files; a sound file
        is of another kind; a folder belongs to no language or scene.
    """
    _known(project.voices, project.languages, "language")
    by_language = project.voices / script.language
    _known(by_language, [file.stem for file in project.scenes.glob("*.py")], "scene")
    beats = {beat.name: beat for beat in script.beats}
    found: dict[str, Path] = {}
    for file in _entries(by_language / scene):
        name, ending = file.stem, file.suffix.lower()
        if ending not in ENDINGS:
            if name in beats or ending in _OTHER_SOUNDS:
                kinds = ", ".join(each.removeprefix(".").upper() for each in ENDINGS)
                raise ContentError(f"{file}: a voice file is one of {kinds}", "convert it")
            continue
        if name not in beats:
            hint = _nearest(name, beats, f"{script.path} has no such beat; rename the file")
            raise ContentError(f"{file}: scene {scene} has no beat {name!r}", hint)
        if name in found:
            raise ContentError(f"{file}: beat {name} has {found[name].name} as well", "keep one")
        if not beats[name].captions:
            raise ContentError(
                f"{file}: beat {name} has no captions, and what is spoken must be captioned",
                f"give it captions in {script.path}, or take the file away",
            )
        found[name] = file
    return found


def _entries(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, if there is one, in order and without hidden files."""
    if folder.is_dir():
        yield from sorted(each for each in folder.iterdir() if not each.name.startswith("."))


def _known(folder: Path, names: Iterable[str], what: str) -> None:
    """Refuse a folder in another whose name means nothing: its recordings would not be heard."""
    names = list(names)
    for each in _entries(folder):
        if each.is_dir() and each.name not in names:
            hint = _nearest(each.name, names, _HOW)
            raise ContentError(f"{each}: there is no {what} {each.name!r}", hint)


def _nearest(name: str, names: Iterable[str], otherwise: str) -> str:
    close = get_close_matches(name, list(names), 2, 0.5)
    return f"did you mean {' or '.join(close)}?" if close else otherwise
