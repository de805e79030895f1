"""A new scene that works at once: its file and its words, from templates."""

from __future__ import annotations

import builtins
import importlib.util
import keyword
import os
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

from spineanim.content.project import Project
from spineanim.editing.judge import refuse_faulty
from spineanim.editing.trial import Trial
from spineanim.editing.written import toml_text
from spineanim.errors import OutputError, SceneError

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST_TITLE: Final = 60


def make_scene(project: Project, name: str, title: str = "") -> list[Path]:
    """Make a scene and its scripts, all of them or nothing; what is there is left alone.

    Languages that there is no template of get no script: English stands in until somebody
    translates it.

    Parameters
    ----------
    project
        The project.
    name
        Name of the scene: the stem of its file.
    title
        Title of the film, the same in all languages; made of the name if empty.

    Returns
    -------
    The files, the scene first.

    Raises
    ------
    SceneError
        The name cannot be a scene's, or something of that name is there.
    ContentError
        The title cannot be.
    OutputError
        A file cannot be written.
    """
    _refuse_name(name)
    scripts = {
        project.script_file(name, language): _template(f"{language}.toml.in")
        for language in project.languages
        if _templates().joinpath(f"{language}.toml.in").is_file()
    }
    scene = project.scenes / f"{name}.py"
    taken = (project.script_file(name, each) for each in project.languages)
    _refuse_taken(name, [scene, project.scenes / name, *taken])
    title = " ".join(title.split()) or name.replace("_", " ").strip().capitalize()
    if len(title) > _LONGEST_TITLE:
        raise SceneError(f"the title has {len(title)} letters", f"use at most {_LONGEST_TITLE}")
    texts = {
        file: template.substitute(name=name, title=_quoted(title))
        for file, template in scripts.items()
    }
    files = {file.relative_to(project.root).as_posix(): text for file, text in texts.items()}
    with Trial(project) as trial:
        trial.put(files)
        refuse_faulty(trial, project, files)
    template = _template("scene.py.in")
    docstring = re.sub(r'["\\]', "", title).rstrip(".!? ") or name
    source = template.substitute(
        docstring=f"{docstring}.", class_name=class_name(name, template.template)
    )
    # the scene comes last: it is listed once its words are there
    _write_all({**texts, scene: source})
    return [scene, *texts]


def class_name(name: str, template: str = "") -> str:
    """Name of a scene's class; `Film` is added if the template or Python use the name already."""
    camel = "".join(part.capitalize() for part in name.split("_"))
    taken = re.search(rf"\b{camel}\b", template) or hasattr(builtins, camel)
    return f"{camel}Film" if taken else camel


def _refuse_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise SceneError(
            f"{name!r} cannot be the name of a scene",
            "use small letters a to z, digits and _, a letter first: such as after_care",
        )
    if keyword.iskeyword(name):
        raise SceneError(f"{name!r} is a word of Python's own", f"call it {name}_film, for example")
    if name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None:
        raise SceneError(
            f"{name!r} is the name of a Python package, which the scene would hide",
            f"call it {name}_film, for example",
        )


def _refuse_taken(name: str, files: Iterable[Path]) -> None:
    for file in files:
        if os.path.lexists(file):
            raise SceneError(f"{file} is there already", f"choose another name than {name}")


def _quoted(title: str) -> str:
    try:
        title.encode()
    except UnicodeEncodeError:
        raise SceneError(f"{title!r} is no text", "write the title anew") from None
    return toml_text(title)


def _templates() -> resources.abc.Traversable:
    return resources.files("spineanim.editing") / "templates"


def _template(name: str) -> Template:
    return Template(_templates().joinpath(name).read_text(encoding="utf-8"))


def _write_all(texts: Mapping[Path, str]) -> None:
    """Write new files, each whole, or none; none is written over."""
    made: list[Path] = []
    file = Path()
    try:
        for file, text in texts.items():
            aside = file.with_name(f".{file.name}.partial-{os.getpid()}")
            try:
                aside.write_text(text, encoding="utf-8")
                os.link(aside, file)  # unlike a move, it refuses a name that is taken
                made.append(file)
            finally:
                aside.unlink(missing_ok=True)
    except BaseException as error:
        for each in made:
            each.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise SceneError(f"{file} is there already", "choose another name") from None
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise OutputError(
                f"cannot write {file} ({reason}); nothing was made", "see that you may write there"
            ) from None
        raise
