"""Results appear whole or not at all: everything is written aside and then moved into place."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from spineanim.errors import OutputError

_ASIDE = ".partial-"


@contextmanager
def written_aside(folder: Path, option: str = "--output") -> Iterator[Path]:
    """Give a folder to write into; what it holds is moved to `folder` when the block ends well.

    An error or a kill leaves `folder` as it was. What an earlier, killed process left aside is
    cleared away. Files are moved in the order of their modification, so a manifest written last
    also arrives last.

    Parameters
    ----------
    folder
        Made if it is not there.
    option
        Option of the command line that chooses another folder, for the complaint.

    Raises
    ------
    OutputError
        The folder cannot be made or written to, or the disk is full.
    """
    aside = folder / f"{_ASIDE}{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(folder)
        aside.mkdir()
    except OSError as error:
        raise output_error(folder, error, option) from None
    try:
        yield aside
        for file in sorted(aside.iterdir(), key=lambda each: each.stat().st_mtime_ns):
            _replace(folder / file.name, file)
    except OSError as error:
        raise output_error(folder, error, option) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replace(old: Path, new: Path) -> None:
    """Put a file or a folder in another's place."""
    if old.is_dir():
        old.replace(new.parent / f"{new.name}.old")  # goes with the rest of what lies aside
    new.replace(old)


def size_of(result: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = result.iterdir() if result.is_dir() else [result]
    return sum(file.stat().st_size for file in files)


def output_error(where: Path, error: OSError, option: str = "--output") -> OutputError:
    """Say in one line why nothing could be written."""
    if error.errno == errno.ENOSPC:
        return OutputError(
            f"the disk is full; {where} keeps what it had",
            f"free some space or choose another folder with {option}",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputError(
            f"cannot write to {where} ({os.strerror(error.errno)})",
            f"choose a folder you may write to with {option}",
        )
    reason = error.strerror or str(error)
    return OutputError(
        f"cannot write to {where} ({reason})", f"choose another folder with {option}"
    )


def _clear_leftovers(folder: Path) -> None:
    for left in folder.glob(f"{_ASIDE}*"):
        owner = left.name.removeprefix(_ASIDE)
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sha256_of(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def png_bytes(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels (H, W, 4) RGBA as the file of an opaque PNG."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., :3])).save(file, format="PNG", optimize=True)
    return file.getvalue()


def save_png(pixels: NDArray[np.uint8], file: Path) -> None:
    """Write pixels (H, W, 4) RGBA as an opaque PNG."""
    file.write_bytes(png_bytes(pixels))
