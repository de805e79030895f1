"""A narrator's own voice, in a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.errors import ContentError
from spineanim.sound.samples import Samples, UnheardError, read_samples

ENDINGS: Final = (".wav", ".flac", ".mp3")
"""Kinds of files that a practice may bring."""
_LARGEST_BYTES: Final = 500 * 10**6
"""Ten minutes of stereo at 96 kHz and 32 bits take less."""


@dataclass(frozen=True)
class Recording:
    """A file with a voice in it.

    Attributes
    ----------
    path
        The file.
    digest
        Of its bytes, when it was first read.
    """

    path: Path
    digest: str

    def samples(self) -> Samples:
        """Read it.

        Raises
        ------
        ContentError
            It cannot be used, or is no longer what it was.
        """
        raw = _bytes_of(self.path)
        if _digest(raw) != self.digest:
            raise ContentError(f"{self.path} changed while the film was made", "render again")
        try:
            return read_samples(raw)
        except UnheardError as error:
            raise refused(self.path, str(error)) from None


def recording(path: Path) -> Recording:
    """Take note of a file.

    Raises
    ------
    ContentError
        It cannot be read.
    """
    return Recording(path, _digest(_bytes_of(path)))


def refused(path: Path, what: str) -> ContentError:
    """Make the error for a recording that cannot be used."""
    return ContentError(f"{path} {what}", "record or export it again as WAV, or take the file away")


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _bytes_of(path: Path) -> bytes:
    """Read a file that is not absurdly large."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise refused(path, f"is larger than {_LARGEST_BYTES // 10**6} MB")
        return path.read_bytes()
    except OSError as error:
        raise refused(path, f"cannot be read ({error.strerror})") from None
