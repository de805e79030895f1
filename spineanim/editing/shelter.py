"""A temporary folder that is cleared away even if the process that made it was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # on Windows, where there is no preview whose process could be killed
    fcntl = None  # type: ignore[assignment]

_PREFIX: Final = "spineanim-trial-"
_LOCK: Final = "lock"


class Shelter:
    """A temporary folder; close it when it is not needed any more.

    As long as its process lives, the system holds a lock beside it. If that is free, the folder
    is a leftover: unlike a number of a process, a lock is never somebody else's.

    Attributes
    ----------
    folder
        The folder.
    """

    def __init__(self) -> None:
        self._around = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        self._lock = _held(self._around)
        self.folder = self._around / "project"
        self.folder.mkdir()

    def close(self) -> None:
        """Take the folder away with all that is in it; links are not followed."""
        shutil.rmtree(self._around, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1


def clear_leftovers() -> None:
    """Take away folders whose process is gone; those of other people and of the living stay."""
    if fcntl is None:
        return
    for around in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if around.is_symlink() or around.stat().st_uid != os.getuid():
                continue
            lock = os.open(around / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(around, ignore_errors=True)
            finally:
                os.close(lock)


def _held(folder: Path) -> int:
    """Lock a folder, and return what holds the lock as long as it is open."""
    if fcntl is None:
        return -1
    unnamed = folder / f"{_LOCK}.new"
    lock = os.open(unnamed, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / _LOCK)  # named only now: whoever finds it finds it held
    return lock
