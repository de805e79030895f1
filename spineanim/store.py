"""Arrays kept on disk under a name made from their content's recipe.

An entry is written aside and moved into place, so two processes may write the same one at
once. It carries a digest of its bytes: a truncated, altered or foreign file counts as
missing, is taken away, and is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"spineanim store 1\n"
_DIGEST_BYTES: Final = 16
_SUFFIX: Final = ".bake"
LIMIT_BYTES: Final = 3 * 1024**3
"""Size a store is trimmed to, oldest use first."""

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Store:
    """A folder of baked arrays.

    Parameters
    ----------
    folder : Path
        Made when first written to. A folder that cannot be written to keeps nothing, and
        everything is baked anew each time.
    """

    folder: Path

    def path(self, key: str) -> Path:
        """File of an entry."""
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def get(self, key: str) -> Arrays | None:
        """Arrays of an entry, or None if it is missing; a damaged one is taken away."""
        file = self.path(key)
        try:
            raw = file.read_bytes()
        except OSError:
            return None
        arrays = _unpacked(raw)
        if arrays is None:
            file.unlink(missing_ok=True)
            return None
        _mark_used(file)
        return arrays

    def put(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep arrays; False if the folder cannot be written to."""
        file = self.path(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(
                dir=file.parent, prefix=f".{key}-", suffix=".partial", delete=False
            ) as aside:
                aside.write(_packed(arrays))
            Path(aside.name).replace(file)
        except OSError:
            return False
        return True

    def size_bytes(self) -> int:
        """Size of all entries."""
        return sum(size for _, size, _ in self._entries())

    def trim(self, limit_bytes: int = LIMIT_BYTES) -> int:
        """Take entries away, longest unused first, until the store fits; return how many."""
        entries = sorted(self._entries())
        total, gone = sum(size for _, size, _ in entries), 0
        for _, size, file in entries:
            if total <= limit_bytes:
                break
            Path(file).unlink(missing_ok=True)
            total, gone = total - size, gone + 1
        return gone

    def _entries(self) -> list[tuple[float, int, str]]:
        """Last use, size and file of every entry."""
        found = []
        for folder in _within(self.folder):
            for entry in _within(folder.path):
                if not entry.name.endswith(_SUFFIX):
                    continue
                try:
                    facts = entry.stat()
                except OSError:
                    continue
                found.append((facts.st_mtime, facts.st_size, entry.path))
        return found


def _within(folder: Path | str) -> list[os.DirEntry[str]]:
    """List what lies in a folder; nothing if it is none. There are ten thousands of entries."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def default_store() -> Store:
    """Store of this user: SPINEANIM_CACHE, else the usual cache folder of the system."""
    asked = os.environ.get("SPINEANIM_CACHE")
    if asked:
        return Store(Path(asked).expanduser() / "bakes")
    base = os.environ.get("XDG_CACHE_HOME")
    root = Path(base) if base else Path.home() / ".cache"
    return Store(root / "spineanim" / "bakes")


def _mark_used(file: Path) -> None:
    """Note the use of an entry, if the folder lets us."""
    try:
        os.utime(file)
    except OSError:
        return


def _packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as bytes with a digest before them."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in sorted(arrays):
            piece = io.BytesIO()
            np.lib.format.write_array(piece, np.asarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(name), piece.getvalue(), zipfile.ZIP_DEFLATED, 1)
    payload = body.getvalue()
    digest = hashlib.blake2b(payload, digest_size=_DIGEST_BYTES).digest()
    return _MAGIC + digest + payload


def _unpacked(raw: bytes) -> Arrays | None:
    """Arrays of packed bytes, or None if they are not what was written."""
    head = len(_MAGIC) + _DIGEST_BYTES
    payload = raw[head:]
    digest = hashlib.blake2b(payload, digest_size=_DIGEST_BYTES).digest()
    if raw[:head] != _MAGIC + digest:
        return None
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return {
            name: np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)
            for name in archive.namelist()
        }
