"""Files of a project read and written so that nobody's work is lost."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.editing.trouble import EditError
from spineanim.errors import OutputError


class ChangedMeanwhileError(EditError):
    """A file was changed by somebody else between being read and being written."""


@dataclass(frozen=True)
class Source:
    """A file as it was when it was read.

    Attributes
    ----------
    file
        Its name from the project's folder.
    path
        Where it really is: what a link in the project leads to.
    data
        Its bytes; None if it is not there.
    """

    file: str
    path: Path
    data: bytes | None

    @property
    def digest(self) -> str:
        """Name of its bytes; nothing if it is not there."""
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()

    @property
    def text(self) -> str:
        """Its text with plain line ends, empty if it is not there.

        Raises
        ------
        EditError
            It is not UTF-8.
        """
        try:
            text = (self.data or b"").decode("utf-8")
        except UnicodeDecodeError:
            raise EditError(f"{self.path}: not UTF-8 text", "save the file as UTF-8") from None
        return text.replace("\r\n", "\n") if self._has_windows_ends(text) else text

    def encoded(self, text: str) -> bytes:
        """Encode a new text with the line ends that the file has."""
        old = (self.data or b"").decode("utf-8")
        return (text.replace("\n", "\r\n") if self._has_windows_ends(old) else text).encode()

    @staticmethod
    def _has_windows_ends(text: str) -> bool:
        return "\n" in text and text.count("\n") == text.count("\r\n")


def editable_files(project: Project) -> tuple[str, ...]:
    """Files that may be changed: parameters, theme, and each script in each language."""
    masters = (project.assets / "script" / MASTER_LANGUAGE).glob("*.toml")
    scenes = sorted(each.stem for each in masters)
    scripts = (
        project.script_file(scene, language) for language in project.languages for scene in scenes
    )
    files = (project.parameters_file, project.theme_file, *scripts)
    return tuple(each.relative_to(project.root).as_posix() for each in files)


def read_source(project: Project, file: str) -> Source:
    """Read a file that may be changed.

    Raises
    ------
    EditError
        It is none of those, leads out of the project, or cannot be read.
    """
    if file not in editable_files(project):
        raise EditError(
            f"{file!r} cannot be edited here", "parameters, theme and scripts of scenes can"
        )
    path = (project.root / file).resolve()
    if not path.is_relative_to(project.root.resolve()):
        raise EditError(
            f"{project.root / file} is a link that leads out of the project",
            "put the file itself there",
        )
    try:
        return Source(file, path, path.read_bytes())
    except FileNotFoundError:
        return Source(file, path, None)
    except OSError as error:
        raise EditError(f"{path}: cannot be read ({error.strerror})") from None


def write_all(texts: Sequence[tuple[Source, str | None]]) -> list[Source]:
    """Write several files, or none of them.

    Each is written aside, keeps its mode and line ends, and is moved into place at one stroke.

    Parameters
    ----------
    texts
        A file as it was read, and what it shall hold; None takes it away.

    Returns
    -------
    The files as they are now.

    Raises
    ------
    ChangedMeanwhileError
        One of them is no longer as it was read.
    OutputError
        One cannot be written.
    """
    new = [
        Source(source.file, source.path, None if text is None else source.encoded(text))
        for source, text in texts
    ]
    done: list[tuple[Source, Source]] = []
    asides: list[Path] = []
    path = Path()
    try:
        for source in new:
            path = source.path
            asides.append(_written_aside(source))
        for (old, _), source, aside in zip(texts, new, asides, strict=True):
            path = source.path
            _refuse_if_changed(old)
            _move(source, aside)
            done.append((old, source))
    except BaseException as error:
        for old, source in done:
            _put_back(old, source)
        if isinstance(error, OSError):
            raise _output_error(path, error) from None
        raise
    finally:
        for aside in asides:
            aside.unlink(missing_ok=True)
    return new


def _written_aside(source: Source) -> Path:
    aside = source.path.with_name(f".{source.path.name}.partial-{os.getpid()}")
    if source.data is None:
        return aside
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            if source.path.exists():
                os.fchmod(handle, stat.S_IMODE(source.path.stat().st_mode))
            stream.write(source.data)
            stream.flush()
            os.fsync(handle)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _move(source: Source, aside: Path) -> None:
    if source.data is None:
        source.path.unlink(missing_ok=True)
    else:
        aside.replace(source.path)


def _refuse_if_changed(source: Source) -> None:
    now = source.path.read_bytes() if source.path.exists() else None
    if now != source.data:
        raise ChangedMeanwhileError(
            f"{source.path} was changed by somebody else just now", "try again"
        )


def _put_back(old: Source, new: Source) -> None:
    """Give back what a file held, unless somebody else has written it since."""
    now = Source(old.file, old.path, old.path.read_bytes() if old.path.exists() else None)
    if now.data == new.data:
        _move(old, _written_aside(old))


def _output_error(path: Path, error: OSError) -> OutputError:
    if error.errno == errno.ENOSPC:
        return OutputError(f"the disk is full; {path} keeps what it had", "free some space")
    reason = error.strerror or str(error)
    return OutputError(f"cannot write to {path} ({reason})", "see that you may write there")
