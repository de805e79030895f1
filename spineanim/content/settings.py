"""Everything a scene is told from outside: theme, words and the body it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project, find_project
from spineanim.content.script import Script
from spineanim.content.script_file import load_script
from spineanim.content.theme import Theme, load_theme


@dataclass(frozen=True)
class Settings:
    """Content and parameters of one film.

    Attributes
    ----------
    theme
        Colours and type.
    script
        Words and cue times.
    parameters
        The body, the implant and the practice's statements.
    """

    theme: Theme
    script: Script
    parameters: Parameters


def load_settings(scene: str, project: Project | None = None, language: str = "en") -> Settings:
    """Load what a scene needs.

    Parameters
    ----------
    scene
        Name of the scene: the stem of its file.
    project
        Where to look; found from the current folder when omitted.
    language
        Folder of the script.

    Raises
    ------
    ContentError
        A file is missing or wrong.
    """
    home = project or find_project(Path.cwd())
    theme = load_theme(home.theme_file)
    parameters = load_parameters(home.parameters_file)
    script = load_script(home.script_file(scene, language)).filled(parameters.words())
    return Settings(theme, script, parameters)
