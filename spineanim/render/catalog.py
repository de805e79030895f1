"""Find the scenes of a project without importing Manim or running their code."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.script_file import load_script
from spineanim.errors import SceneError

_BASE = "SpineScene"


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
    """

    name: str
    file: Path
    class_name: str


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
        A scene file cannot be parsed (with its line).
    """
    entries = {}
    for file in sorted(project.scenes.glob("*.py")):
        class_name = _scene_class(file)
        if class_name:
            entries[file.stem] = SceneEntry(file.stem, file, class_name)
    return entries


def find_scene(project: Project, name: str) -> SceneEntry:
    """Find the scene of that name.

    Raises
    ------
    SceneError
        There is none; close names are given.
    """
    scenes = find_scenes(project)
    if name in scenes:
        return scenes[name]
    close = get_close_matches(name, scenes, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(scenes)}"
    raise SceneError(f"no scene {name!r} in {project.scenes}", hint)


def list_scenes(project: Project) -> list[Listing]:
    """Title and length of every scene, from its English script."""
    listings = []
    for name in find_scenes(project):
        script = load_script(project.script_file(name))
        listings.append(Listing(name, script.title, script.length_s, len(script.beats)))
    return listings


def _scene_class(file: Path) -> str | None:
    """Name of the first class in a file that derives from the scene base."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    except SyntaxError as error:
        raise SceneError(
            f"{file}:{error.lineno}: {error.msg}", "correct the scene file and try again"
        ) from None
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = {
                base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
                for base in node.bases
            }
            if _BASE in bases:
                return node.name
    return None
