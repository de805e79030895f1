"""Find the scenes of a project without importing Manim or running their code."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.scene_file import read_scene_file
from spineanim.content.script_file import load_script
from spineanim.errors import SceneError


@dataclass(frozen=True)
class SceneEntry:
    """One film of a project.

    Attributes
    ----------
    name
        Stem of its file; its name on the command line.
    file
        The scene file.
    class_name
        The scene's class in that file.
    parts
        Names of the scenes that a programme shows one after the other; nothing for a scene.
    poster
        Name of the end state that is the poster.
    """

    name: str
    file: Path
    class_name: str
    parts: tuple[str, ...] = ()
    poster: str = ""


@dataclass(frozen=True)
class Listing:
    """What `spineanim list` says of a scene."""

    name: str
    title: str
    length_s: float
    beats: int


def find_scenes(project: Project) -> dict[str, SceneEntry]:
    """All scenes by name, in alphabetical order.

    Raises
    ------
    SceneError
        A scene file cannot be parsed (with its line), or a programme has a part that is not there.
    """
    entries, faults = read_scenes(project)
    for fault in faults.values():
        raise fault
    return entries


def read_scenes(project: Project) -> tuple[dict[str, SceneEntry], dict[str, SceneError]]:
    """All scenes that can be read by name, and by name what is wrong with the others."""
    entries, faults = {}, {}
    for file in sorted(project.scenes.glob("*.py")):
        try:
            found = read_scene_file(file)
        except SceneError as error:
            faults[file.stem] = error
            continue
        if found:
            entries[file.stem] = SceneEntry(
                file.stem, file, found.class_name, found.parts, found.poster
            )
    plain = [each for each in entries if not entries[each].parts]
    for entry in [each for each in entries.values() if not {*each.parts} <= {*plain, *faults}]:
        part = next(each for each in entry.parts if each not in {*plain, *faults})
        faults[entry.name] = SceneError(
            f"{entry.file}: its part {part!r} is no scene of {project.scenes}",
            f"there are: {', '.join(plain)}",
        )
        del entries[entry.name]
    return entries, faults


def find_scene(project: Project, name: str) -> SceneEntry:
    """Find the scene of that name; what is wrong with others does not matter.

    Raises
    ------
    SceneError
        There is none (close names are given), or its file cannot be parsed (with its line).
    """
    scenes, faults = read_scenes(project)
    if name in faults:
        raise faults[name]
    if name in scenes:
        return scenes[name]
    close = get_close_matches(name, scenes, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(scenes)}"
    raise SceneError(f"no scene {name!r} in {project.scenes}", hint)


def list_scenes(project: Project) -> list[Listing]:
    """Title and length of every scene, from its English script."""
    return [listing_of(project, entry) for entry in find_scenes(project).values()]


def listing_of(project: Project, entry: SceneEntry) -> Listing:
    """Title and length of one scene.

    Raises
    ------
    ContentError
        Its English script, or one of a part, is missing or wrong.
    """
    script = load_script(project.script_file(entry.name))
    parts = [load_script(project.script_file(part)) for part in entry.parts]
    length_s = script.length_s + sum(script.bridge_s + part.length_s for part in parts)
    beats = len(script.beats) + sum(len(part.beats) for part in parts)
    return Listing(entry.name, script.title, length_s, beats)
