"""What the panels of a page show: parameters, colours and words, as the files hold them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from spineanim.content.project import Project
from spineanim.editing.editable import colors, parameters
from spineanim.editing.words import words
from spineanim.preview.looks import Look
from spineanim.render.catalog import find_scenes, list_scenes


def panels_of(project: Project, look: Look) -> dict[str, Any]:
    """Return what can be edited of a film.

    Raises
    ------
    SpineanimError
        A file is wrong.
    """
    scenes = find_scenes(project)
    is_plain = look.scene in scenes and not scenes[look.scene].parts
    beats = words(project, look.scene, look.language) if is_plain else ()
    return {
        "parameters": [asdict(each) for each in parameters(project)],
        "colors": [asdict(each) for each in colors(project)],
        "beats": [asdict(each) for each in beats],
    }


def files_of(project: Project, look: Look) -> tuple[str, ...]:
    """Return the files that the panels of a film show, as far as they are there."""
    script = project.script_file(look.scene, look.language)
    found = (project.theme_file, project.parameters_file, script)
    return tuple(each.relative_to(project.root).as_posix() for each in found if each.is_file())


def scenes_of(project: Project) -> list[dict[str, Any]]:
    """Return all scenes of a project.

    Raises
    ------
    SpineanimError
        A file is wrong.
    """
    entries = find_scenes(project)
    return [
        {**asdict(each), "parts": list(entries[each.name].parts)} for each in list_scenes(project)
    ]
