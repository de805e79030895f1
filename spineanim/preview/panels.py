"""What the panels of a page show: parameters, colours and words, as the files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spineanim.content.parameters import load_parameters
from spineanim.content.project import Project
from spineanim.content.words import spoken
from spineanim.editing.editable import colors, parameters
from spineanim.editing.words import words
from spineanim.errors import SpineanimError
from spineanim.preview.looks import Look
from spineanim.render.catalog import listing_of, read_scenes


def panels_of(project: Project, look: Look) -> dict[str, Any]:
    """Return what can be edited of a film, and what its texts may name in braces.

    Raises
    ------
    SpineanimError
        A file is wrong.
    """
    scenes, faults = read_scenes(project)
    is_plain = look.scene in faults or (look.scene in scenes and not scenes[look.scene].parts)
    beats = words(project, look.scene, look.language) if is_plain else ()
    return {
        "parameters": [asdict(each) for each in parameters(project)],
        "colors": [asdict(each) for each in colors(project)],
        "beats": [asdict(each) for each in beats],
        "spoken": dict(spoken(load_parameters(project), project, look.language).words),
    }


def files_of(project: Project, look: Look) -> tuple[str, ...]:
    """Return the files that the panels of a film show, as far as they are there."""
    script = project.script_file(look.scene, look.language)
    found = (project.theme_file, project.parameters_file, script)
    return tuple(_told(project, each) for each in found if each.is_file())


def _told(project: Project, file: Path) -> str:
    return file.relative_to(project.root).as_posix()


def scenes_of(
    project: Project, known: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], SpineanimError | None]:
    """Return all scenes of a project with their files, and what is wrong with the first of them.

    A faulty file is a scene's if there is a script for it, or if the scene is known.

    Parameters
    ----------
    project
        The project.
    known
        The scenes as they were; while a file is wrong, what is known of its scene stays.
    """
    entries, faults = read_scenes(project)
    before = {each["name"]: each for each in known}
    wrong: SpineanimError | None = next(iter(faults.values()), None)
    listed, languages = [], project.languages
    for name in sorted({*entries, *faults}):
        entry = entries.get(name)
        if entry is None and name not in before and not project.script_file(name).is_file():
            continue
        unknown = {"name": name, "title": name, "length_s": 0.0, "beats": 0, "parts": []}
        facts = before.get(name, unknown)
        try:
            if entry is not None:
                facts = {**asdict(listing_of(project, entry)), "parts": list(entry.parts)}
        except SpineanimError as error:
            wrong = wrong or error
        words = {each: _told(project, project.script_file(name, each)) for each in languages}
        file = _told(project, project.scenes / f"{name}.py")
        listed.append({**facts, "file": file, "words": words})
    return listed, wrong
