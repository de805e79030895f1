"""What a scene file says of itself, read without importing Manim or running its code."""

from __future__ import annotations

import ast
import threading
from dataclasses import dataclass
from pathlib import Path

from spineanim.errors import SceneError

_SCENE, _PROGRAMME = "SpineScene", "Programme"
_ONE_AT_A_TIME = threading.Lock()
"""To parse: Python 3.11 fails in threads that do it at once (`SystemError`)."""


@dataclass(frozen=True)
class SceneFile:
    """A file with a film in it.

    Attributes
    ----------
    path
        The file.
    class_name
        Its first class that derives from one of the bases of films.
    parts
        Names of the scenes that a programme shows one after the other; nothing for a scene.
    poster
        Name of the end state that is the film's poster; nothing if the class does not say it
        plainly.
    """

    path: Path
    class_name: str
    parts: tuple[str, ...] = ()
    poster: str = ""


def read_scene_file(path: Path) -> SceneFile | None:
    """Read which film a file holds; None if it holds none.

    Raises
    ------
    SceneError
        The file cannot be read or parsed, or a programme's parts are not plainly written (with its
        line).
    """
    try:
        text = _text(path)
        with _ONE_AT_A_TIME:
            tree = ast.parse(text, filename=str(path))
    except SyntaxError as error:
        raise SceneError(
            f"{path}:{error.lineno}: {error.msg}", "correct the scene file and try again"
        ) from None
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = {
                base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
                for base in node.bases
            }
            if _PROGRAMME in bases:
                return SceneFile(path, node.name, _parts(path, node), _poster(node))
            if _SCENE in bases:
                return SceneFile(path, node.name, poster=_poster(node))
    return None


def _text(path: Path) -> str:
    """Text of a file."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        what = f"{path}: cannot be read ({error.strerror})"
        raise SceneError(what, "see that it is a file that you may read") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SceneError(f"{path}:{line}: not UTF-8 text", "save the file as UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SceneError(f"{path}:{line}: not UTF-8 text", "save the file as UTF-8")
    return text


def _said(film: ast.ClassDef, name: str) -> ast.expr | None:
    """Return what a class sets a name to, if it is written plainly in it."""
    for node in film.body:
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == [name]:
            return node.value
    return None


def _poster(film: ast.ClassDef) -> str:
    """Name of a film's poster."""
    said = _said(film, "poster")
    return str(said.value) if isinstance(said, ast.Constant) else ""


def _parts(path: Path, programme: ast.ClassDef) -> tuple[str, ...]:
    """Names that a programme's class lists as its parts."""
    said = _said(programme, "parts")
    if isinstance(said, ast.Tuple) and said.elts:
        names = [each.value for each in said.elts if isinstance(each, ast.Constant)]
        if len(names) == len(said.elts):
            return tuple(map(str, names))
    raise SceneError(
        f"{path}:{programme.lineno}: {programme.name} does not say which scenes it shows",
        'write parts = ("first", "second") in it',
    )
