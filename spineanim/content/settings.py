"""Everything a scene is told from outside: theme, words and the body it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project, find_project
from spineanim.content.scene_file import read_scene_file
from spineanim.content.script import Script
from spineanim.content.script_file import load_script
from spineanim.content.theme import Theme, load_theme
from spineanim.content.timeline import ProgrammeTimeline, Timeline


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
    parts
        The same for each scene of a programme, by name, in order; nothing for a scene.
    """

    theme: Theme
    script: Script
    parameters: Parameters
    parts: Mapping[str, Settings] = field(default_factory=dict)

    def timeline(self, fps: int) -> Timeline:
        """Return where every beat, or every scene of a programme, lies."""
        if not self.parts:
            return Timeline(self.script, fps)
        return ProgrammeTimeline(
            self.script, fps, {name: each.timeline(fps) for name, each in self.parts.items()}
        )


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
    file = home.scenes / f"{scene}.py"
    found = read_scene_file(file) if file.is_file() else None
    parts = {part: load_settings(part, home, language) for part in found.parts} if found else {}
    return Settings(theme, script, parameters, parts)
