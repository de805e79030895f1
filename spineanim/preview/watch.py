"""Hear of saved files, and tell whether anything has changed by what they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Final

from watchfiles import Change, awatch

from spineanim.content.project import Project

PACKAGE: Final = Path(__file__).resolve().parents[1]
_WAIT_MS: Final = 60
"""An editor writes a file in several steps; what comes so soon after belongs to it."""
_STEP_MS: Final = 20
_LARGE_BYTES: Final = 1 << 20
_ASIDE: Final = ("~", "#", ".bak", ".pyc", ".tmp", ".swp", ".swx", ".part", "___")
_CODE: Final = (".py", ".csv")


async def saved_files(project: Project) -> AsyncIterator[set[Path]]:
    """Give files as they are saved in the project's folders and in the package."""
    folders = [each for each in (project.assets, project.scenes, PACKAGE) if each.is_dir()]

    def matters(change: Change, path: str) -> bool:
        del change
        file = Path(path)
        inside = [file.relative_to(each) for each in folders if file.is_relative_to(each)]
        return all(_is_plain(part) for part in (inside or [Path(file.name)])[0].parts)

    async for changes in awatch(
        *folders, watch_filter=matters, debounce=_WAIT_MS, step=_STEP_MS, recursive=True
    ):
        yield {Path(path) for _, path in changes}


def _is_plain(name: str) -> bool:
    """Whether a file or folder is one that people save, and not what an editor puts beside it."""
    return not name.startswith((".", "#", "__pycache__")) and not name.endswith(_ASIDE)


def content_digest(project: Project) -> str:
    """Return a digest of all that a project's films are made from, links followed."""
    folders = (project.assets, project.scenes)
    return _digest(project.root, (file for folder in folders for file in _files_in(folder)))


def code_digest() -> str:
    """Return a digest of the package's own code."""
    return _digest(PACKAGE, (file for file in _files_in(PACKAGE) if file.suffix in _CODE))


def _files_in(folder: Path) -> Iterator[Path]:
    """Give all files in a folder that people save; a link back to a folder around it is passed."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        here = Path(os.path.realpath(parent))
        folders[:] = [
            each
            for each in folders
            if _is_plain(each) and not here.is_relative_to(os.path.realpath(Path(parent, each)))
        ]
        yield from (Path(parent, name) for name in names if _is_plain(name))


def _digest(root: Path, files: Iterable[Path]) -> str:
    found = hashlib.blake2b(digest_size=16)
    for file in sorted(files):
        found.update(os.fsencode(file.relative_to(root)) + b"\0")
        try:
            stat = file.stat()
            if stat.st_size > _LARGE_BYTES:  # recordings
                found.update(f"{stat.st_size} {stat.st_mtime_ns}".encode())
            else:
                found.update(hashlib.blake2b(file.read_bytes()).digest())
        except OSError:  # it has just gone
            continue
    return found.hexdigest()
