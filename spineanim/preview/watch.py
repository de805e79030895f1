"""Hear of saved files, and tell whether anything has changed by what they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Final

from watchfiles import Change, awatch

from spineanim.content.project import Project

PACKAGE: Final = Path(__file__).resolve().parents[1]
_WAIT_MS: Final = 60
"""An editor writes a file in several steps; what comes so soon after belongs to it."""
_STEP_MS: Final = 20
_LARGE_BYTES: Final = 1 << 20
_CODE: Final = (".py", ".csv")


async def saved_files(project: Project) -> AsyncIterator[set[Path]]:
    """Give files as they are saved in the project's folders and in the package."""
    folders = [each for each in (project.assets, project.scenes, PACKAGE) if each.is_dir()]
    async for changes in awatch(
        *folders, watch_filter=_matters, debounce=_WAIT_MS, step=_STEP_MS, recursive=True
    ):
        yield {Path(path) for _, path in changes}


def _matters(change: Change, path: str) -> bool:
    """Whether a file is one that people save, and not what an editor puts beside it."""
    del change
    file = Path(path)
    hidden = any(part.startswith(".") or part == "__pycache__" for part in file.parts[-3:])
    return not hidden and not file.name.endswith(("~", ".pyc", ".tmp", ".swp"))


def content_digest(project: Project) -> str:
    """Return a digest of all that a project's films are made from, links followed."""
    return _digest(
        file
        for folder in (project.assets, project.scenes)
        for parent, _, names in os.walk(folder, followlinks=True)
        for file in (Path(parent, name) for name in names)
        if _matters(Change.modified, str(file.relative_to(project.root)))
    )


def code_digest() -> str:
    """Return a digest of the package's own code."""
    return _digest(file for file in PACKAGE.rglob("*") if file.suffix in _CODE)


def _digest(files: Iterable[Path]) -> str:
    found = hashlib.blake2b(digest_size=16)
    for file in sorted(files):
        found.update(f"{file.name}\0".encode())
        try:
            stat = file.stat()
            if stat.st_size > _LARGE_BYTES:  # recordings
                found.update(f"{stat.st_size} {stat.st_mtime_ns}".encode())
            else:
                found.update(hashlib.blake2b(file.read_bytes()).digest())
        except OSError:  # it has just gone
            continue
    return found.hexdigest()
