"""Everything a scene is told from outside: theme, words and the body it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from spineanim.content.artwork.parts import dressed, load_parts
from spineanim.content.known_fit import refuse_misfits
from spineanim.content.narration import Narration
from spineanim.content.pace import paced
from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import MASTER_LANGUAGE, Project, find_project
from spineanim.content.scene_file import read_scene_file
from spineanim.content.script import Script
from spineanim.content.script_file import load_script
from spineanim.content.theme import Theme, load_theme
from spineanim.content.timeline import ProgrammeTimeline, Timeline
from spineanim.content.translation import translated
from spineanim.content.voices import Voice, narrated, placed
from spineanim.content.words import named_in, spoken
from spineanim.errors import ContentError


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
    voices
        Who speaks, in order; nobody in a programme itself.
    """

    theme: Theme
    script: Script
    parameters: Parameters
    parts: Mapping[str, Settings] = field(default_factory=dict)
    voices: tuple[Voice, ...] = ()

    def timeline(self, fps: int) -> Timeline:
        """Return where every beat, or every scene of a programme, lies."""
        if not self.parts:
            return Timeline(self.script, fps)
        return ProgrammeTimeline(
            self.script, fps, {name: each.timeline(fps) for name, each in self.parts.items()}
        )

    def voices_at(self, fps: int) -> tuple[tuple[int, Voice], ...]:
        """Return every voice, those of parts too, and the frame it starts at, in order."""
        timeline = self.timeline(fps)
        if not isinstance(timeline, ProgrammeTimeline):
            return tuple(placed(self.voices, timeline))
        return tuple(
            (timeline.starts[name] + frame, voice)
            for name, part in self.parts.items()
            for frame, voice in part.voices_at(fps)
        )


def load_settings(
    scene: str,
    project: Project | None = None,
    language: str = MASTER_LANGUAGE,
    overrides: Mapping[str, str] | None = None,
    narration: Narration = Narration.FILES,
) -> Settings:
    """Load what a scene needs.

    Parameters
    ----------
    scene
        Name of the scene: the stem of its file.
    project
        Where to look; found from the current folder when omitted.
    language
        Code of the language of words, such as `es`.
    overrides
        Name of a parameter to its value as text, in place of the project's own.
    narration
        Who speaks; beats take the time of what is spoken in them.

    Raises
    ------
    ContentError
        A file or drawing is missing or wrong, or there is no such language; espeak-ng is asked
        for and missing.
    ParameterError
        An override is unknown or outside its range, or parameters do not fit together.
    """
    home = project or find_project(Path.cwd())
    parameters = load_parameters(home, overrides)
    changed = "".join(f" --set {name}={value}" for name, value in (overrides or {}).items())
    refuse_misfits(parameters.anatomy, parameters.pump, f"{home.parameters_file}{changed}")
    plain = load_theme(home.theme_file).with_skin_tone(parameters.skin_tone)
    theme = dressed(plain, load_parts(home))

    def whole(name: str) -> Settings:
        file = home.scenes / f"{name}.py"
        found = read_scene_file(file) if file.is_file() else None
        parts = {part: whole(part) for part in found.parts} if found else {}
        script = _spoken_script(name, home, language, parameters)
        script, voices = narrated(script, name, home, narration)
        return Settings(theme, script, parameters, parts, voices)

    return whole(scene)


def _spoken_script(scene: str, project: Project, language: str, parameters: Parameters) -> Script:
    """Return a script with parameters put in.

    English keeps the seconds of its file, which `check script` judges; another language gets the
    time it needs.
    """
    script = script_in(language, scene, project)
    say = spoken(parameters, project, language)
    used = {name for text in script.texts for name in named_in(text)}
    missing = (f"{{{name}}}" for name in say.missing if name in used)
    script = replace(script, missing=(*script.missing, *missing)).filled(say.words)
    return script if language == MASTER_LANGUAGE else paced(script)


def script_in(language: str, scene: str, project: Project) -> Script:
    """Read a scene's script in a language, as it is written: nothing filled in or stretched.

    Raises
    ------
    ContentError
        A file is missing or wrong, or there is no such language.
    """
    if language not in project.languages:
        close = get_close_matches(language, project.languages, 1)
        raise ContentError(
            f"there are no words in language {language!r}",
            f"did you mean {close[0]}?" if close else f"there are {', '.join(project.languages)}",
        )
    master = load_script(project.script_file(scene))
    if language == MASTER_LANGUAGE:
        return master
    return translated(master, project.script_file(scene, language))
