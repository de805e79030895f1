"""The file of one entry: its kind, a digest, the payload."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from spineanim.vault.kinds import Kind

_DIGEST_BYTES: Final = 16
_PASSING: Final = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Troubles of this process, which say nothing about a file."""


class DamageError(Exception):
    """A file is not the entry it should be; the message says what is wrong."""


def sealed(kind: Kind, key: str, payload: bytes) -> bytes:
    """Give the bytes of the file that keeps a payload."""
    return b"".join([kind.magic, _digest(kind, key, payload), payload])


def read_entry(kind: Kind, key: str, file: Path) -> bytes | None:
    """Read the payload of an entry; None if there is none, or it cannot be opened just now.

    Raises
    ------
    DamageError
        What is there is not what was kept, or cannot be read.
    """
    try:
        with open(file, "rb", buffering=0, opener=_opened_at_once) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise DamageError("not a file")
            head = stream.read(len(kind.magic) + _DIGEST_BYTES)
            if not head.startswith(kind.magic):
                raise DamageError("not written by this program" if head else "empty")
            payload = stream.readall()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        raise DamageError("a folder") from None
    except OSError as error:
        if error.errno in _PASSING:
            return None
        raise DamageError(f"cannot be read: {error.strerror or error}") from None
    if head != kind.magic + _digest(kind, key, payload):
        raise DamageError("its digest is wrong")
    return payload


def write_entry(kind: Kind, key: str, file: Path, payload: bytes) -> None:
    """Write an entry aside, look whether it arrived, and move it into place.

    Raises
    ------
    OSError
        It could not be written, or is not what was written; nothing is left of it.
    """
    whole = sealed(kind, key, payload)
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        dir=file.parent, prefix=partial_prefix(key, os.getpid()), suffix=PARTIAL, delete=False
    ) as stream:
        aside = Path(stream.name)
        try:
            stream.write(whole)
            stream.flush()
            if kind.is_synced:
                os.fsync(stream.fileno())
            if aside.read_bytes() != whole:
                raise OSError(errno.EIO, "the disk gave back other bytes")
            aside.replace(file)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise


PARTIAL: Final = ".partial"
"""End of the name of a file that is being written."""


def partial_prefix(key: str, process: int) -> str:
    """Begin the name of a file that a process is writing; see `writer_of`."""
    return f".{key}-{process}-"


def writer_of(name: str) -> int | None:
    """Tell which process writes, or wrote, the file with such a name, if the name says so."""
    parts = name.removesuffix(PARTIAL).split("-")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else None


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file; a named pipe in its place would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _digest(kind: Kind, key: str, payload: bytes) -> bytes:
    """Digest of a payload, and of the key it is kept under."""
    found = hashlib.blake2b(key.encode() if kind.binds_key else b"", digest_size=_DIGEST_BYTES)
    found.update(payload)
    return found.digest()
