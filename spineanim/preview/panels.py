"""What the panels of a page show: parameters, colours and words, as the files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from spineanim.content.project import Project
from spineanim.editing.editable import colors, parameters
from spineanim.editing.words import words
from spineanim.errors import SpineanimError
from spineanim.preview.looks import Look
from spineanim.render.catalog import find_scenes, listing_of


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


def scenes_of(
    project: Project, known: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], SpineanimError | None]:
    """Return all scenes of a project, and what is wrong with the first that cannot be read.

    Parameters
    ----------
    project
        The project.
    known
        The scenes as they were; while a file is wrong, what is known of its scene stays.
    """
    try:
        entries = find_scenes(project)
    except SpineanimError as error:
        return list(known), error
    before = {each["name"]: each for each in known}
    listed, wrong = [], None
    for name, entry in entries.items():
        facts = before.get(name, {"name": name, "title": name, "length_s": 0.0, "beats": 0})
        try:
            facts = asdict(listing_of(project, entry))
        except SpineanimError as error:
            wrong = wrong or error
        listed.append({**facts, "parts": list(entry.parts)})
    return listed, wrong
