"""A folder of checked entries, each named by a digest of what it was made from."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from spineanim.vault.damage import Damage, report
from spineanim.vault.entry import PARTIAL, DamageError, read_entry, write_entry, writer_of
from spineanim.vault.kinds import Kind

_KEY: Final = re.compile(r"[0-9a-f]{3,128}")
_SHELF: Final = re.compile(r"[0-9a-f]{2}")
_BLOCK_BYTES: Final = 4096
"""Room that even the smallest file takes."""
_GRACE_S: Final = 60.0
_PATIENCE_S: Final = 3600.0


@dataclass(frozen=True, order=True)
class Entry:
    """A kept file, seen from outside.

    Attributes
    ----------
    used_s
        When it was last used, in seconds since 1970.
    size_bytes
        Room it takes.
    key
        Its key.
    """

    used_s: float
    size_bytes: int
    key: str


@dataclass
class Vault:
    """Keeps bytes under a key; several processes may share it.

    What is read is checked. A file that is not what was kept is taken away, told to those who
    watch (`damage_watched`), and counts as missing.

    Parameters
    ----------
    folder : Path
        Made when first written to. One that cannot be written to keeps nothing.
    kind : Kind
    limit_bytes : int
        Room that `trim` leaves to it.
    """

    folder: Path
    kind: Kind
    limit_bytes: int
    trouble: OSError | None = field(default=None, init=False)
    """Why the last entry could not be kept; None if it was."""

    def path(self, key: str) -> Path:
        """File of an entry.

        Raises
        ------
        ValueError
            The key is not made of 3 to 128 hexadecimal digits in small letters.
        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key: keys are hexadecimal digits")
        return self.folder / key[:2] / f"{key}{self.kind.suffix}"

    def get(self, key: str) -> bytes | None:
        """Payload of an entry, or None if it is missing or damaged; notes its use."""
        file = self.path(key)
        try:
            payload = read_entry(self.kind, key, file)
        except DamageError as damage:
            self.reject(key, str(damage))
            return None
        if payload is not None:
            _note_use(file)
        return payload

    def put(self, key: str, payload: bytes) -> bool:
        """Keep a payload; False if that failed, and `trouble` says why."""
        file = self.path(key)
        try:
            write_entry(self.kind, key, file, payload)
        except OSError as error:
            self.trouble = error
            return False
        self.trouble = None
        return True

    def can_keep(self) -> bool:
        """Whether entries can be written now; if not, `trouble` says why."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self.folder) as probe:
                probe.write(bytes(_BLOCK_BYTES))
        except OSError as error:
            self.trouble = error
            return False
        self.trouble = None
        return True

    def has(self, key: str) -> bool:
        """Whether there is an entry, damaged or not; notes its use."""
        file = self.path(key)
        return file.is_file() and _note_use(file)

    def remove(self, key: str) -> bool:
        """Take an entry away; False if there was none or it cannot be removed."""
        return is_removed(self.path(key))

    def reject(self, key: str, what: str) -> None:
        """Take an entry away because something is wrong with it, and tell of that."""
        file = self.path(key)
        is_gone = is_removed(file) or not os.path.lexists(file)
        report(Damage(self.kind, file, what, is_gone))

    def keys(self) -> Iterator[str]:
        """Keys of all that lies in an entry's place."""
        return (key for key, _ in self._named())

    def entries(self) -> Iterator[Entry]:
        """All entries, in no order."""
        for key, found in self._named():
            try:
                if not found.is_file(follow_symlinks=False):
                    continue
                facts = found.stat(follow_symlinks=False)
            except OSError:  # another process has taken it away
                continue
            yield Entry(facts.st_mtime, max(facts.st_size, _BLOCK_BYTES), key)

    def shelves(self) -> Iterator[Path]:
        """Folders that entries are spread over."""
        for found in _listed(self.folder):
            if _SHELF.fullmatch(found.name) and found.is_dir(follow_symlinks=False):
                yield Path(found.path)

    def leftovers(self) -> Iterator[Path]:
        """Unfinished files of writers that were killed.

        A minute passes before a file counts as such if its process is gone, or one of another
        machine that shares the folder would be disturbed; an hour if that cannot be told.
        """
        now = time.time()
        for _, found in self._on_shelves():
            if not (found.name.startswith(".") and found.name.endswith(PARTIAL)):
                continue
            with suppress(OSError):
                age_s = now - found.stat(follow_symlinks=False).st_mtime
                writer = writer_of(found.name)
                is_gone = writer is not None and not _is_running(writer)
                if age_s > (_GRACE_S if is_gone else _PATIENCE_S):
                    yield Path(found.path)

    def trim(self, limit_bytes: int | None = None, spared: Collection[str] = ()) -> int:
        """Take entries away, longest unused first, until the rest fits; return how many.

        Looks at every entry, so it is done once a run, at its end.

        Parameters
        ----------
        limit_bytes
            Room to leave; that of the vault when omitted.
        spared
            Keys that are needed still and stay, come what may.
        """
        for left in self.leftovers():
            is_removed(left)
        limit = self.limit_bytes if limit_bytes is None else limit_bytes
        entries = sorted(self.entries())
        total, gone, needed = sum(entry.size_bytes for entry in entries), 0, frozenset(spared)
        for entry in entries:
            if total <= limit:
                break
            if entry.key not in needed and self.remove(entry.key):
                total, gone = total - entry.size_bytes, gone + 1
        return gone

    def _named(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Everything that is called as an entry would be, where it would be."""
        for shelf, found in self._on_shelves():
            key, dot, end = found.name.partition(".")
            if dot + end == self.kind.suffix and key[:2] == shelf and _KEY.fullmatch(key):
                yield key, found

    def _on_shelves(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Everything in the folders that entries are spread over, and the names of these."""
        for shelf in self.shelves():
            name = shelf.name
            for found in _listed(shelf):
                yield name, found


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """List a folder; one that cannot be read, or is none, is empty."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _note_use(file: Path) -> bool:
    """Note the use of an entry now, if the folder lets us; always true."""
    with suppress(OSError):
        os.utime(file)
    return True


def is_removed(file: Path) -> bool:
    """Remove a file, or an empty folder in its place; whether that worked."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        try:
            file.rmdir()
        except OSError:
            return False
    return True


def _is_running(process: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
