"""Files looked at as the project's own loaders see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from spineanim.content.known_fit import refuse_misfits
from spineanim.content.parameters import load_parameters
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.settings import script_in
from spineanim.content.theme import load_theme
from spineanim.content.words import spoken
from spineanim.editing.trial import Trial
from spineanim.errors import SpineanimError


def refuse_faulty(trial: Trial, real: Project, files: Iterable[str]) -> None:
    """Let only files pass that can be loaded.

    Parameters
    ----------
    trial
        The project with the new texts.
    real
        The project as it is: what depends on a new file and is wrong there already is not blamed
        on it.
    files
        Which of them are new, from the project's folder.

    Raises
    ------
    SpineanimError
        What the loader says, of the project's own file.
    """
    with trial.complaints():
        for file in files:
            _look_at(trial.project, real, file)


def _look_at(project: Project, real: Project, file: str) -> None:
    path = project.root / file
    if path == project.theme_file:
        theme = load_theme(path)
        for tone in theme.skin_tones:
            theme.with_skin_tone(tone)
        if _loads(load_parameters, real):  # they choose one of its skin tones
            load_parameters(project)
    elif path == project.parameters_file:
        parameters = load_parameters(project)
        refuse_misfits(parameters.anatomy, parameters.pump, str(path))
        for language in project.languages:
            spoken(parameters, project, language)
    else:
        language, scene = PurePosixPath(file).parent.name, path.stem
        _read(project, scene, language)
        if language == MASTER_LANGUAGE:
            others = (each for each in project.languages if each != MASTER_LANGUAGE)
            for other in others:
                if _loads(_read, real, scene, other):
                    _read(project, scene, other)


def _read(project: Project, scene: str, language: str) -> None:
    script = script_in(language, scene, project)
    words = spoken(load_parameters(project), project, language).words
    script.filled(words)


def _loads(load: Callable[..., object], *what: object) -> bool:
    try:
        load(*what)
    except SpineanimError:
        return False
    return True
