"""A task of the cluster: unpack the parcel, and have a process of its own draw from it."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from distributed import get_worker

from spineanim.errors import FarmError
from spineanim.render.farm_answer import error_piece, is_whole

_LOOK_EVERY_S: Final = 0.5


class DrawerLostError(Exception):
    """The process that drew was ended by something else; the cluster tries again."""


def draw(parcel: bytes, code: str, segments: Sequence[tuple[int, int]]) -> bytes:
    """Draw segments of a film.

    Parameters
    ----------
    parcel
        Order and project.
    code
        Key of the code that has to be here.
    segments
        First frame, and the frame after the last, of each.

    Returns
    -------
    The answer, see `farm_answer`; nothing if nobody wants it any more.

    Raises
    ------
    DrawerLostError
        See there.
    """
    worker = get_worker()
    key = worker.get_current_task()

    def is_wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state == "executing"

    folder = unpacked(parcel, Path(worker.local_directory))
    stretches = [f"{start}-{end}" for start, end in segments]
    module = "spineanim.render.farm_worker"
    command = [sys.executable, "-P", "-m", module, str(os.getpid()), worker.address, code]
    return answer_of([*command, *stretches], folder, worker.address, is_wanted)


def unpacked(parcel: bytes, home: Path) -> Path:
    """Unpack a parcel, whole or not at all; return its folder, which may be there already."""
    folder = home / f"spineanim-{hashlib.blake2b(parcel, digest_size=16).hexdigest()}"
    if not folder.is_dir():
        aside = Path(tempfile.mkdtemp(prefix=".spineanim-", dir=home))
        try:
            with ZipFile(io.BytesIO(parcel)) as archive:
                archive.extractall(aside)
            aside.rename(folder)
        except OSError:
            if not folder.is_dir():  # no other task was faster
                raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return folder


def answer_of(
    command: list[str], folder: Path, machine: str, is_wanted: Callable[[], bool]
) -> bytes:
    """Run the process that draws; end it when its answer is not wanted any more."""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            while True:
                try:
                    answer, said = process.communicate(timeout=_LOOK_EVERY_S)
                    break
                except subprocess.TimeoutExpired:
                    if not is_wanted():
                        return b""
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # with those who bake for it
    sys.stderr.buffer.write(said)
    if is_whole(answer):
        return answer
    if process.returncode < 0:
        raise DrawerLostError(f"ended by signal {-process.returncode} on {machine}")
    lines = said.decode(errors="replace").strip().splitlines()
    return error_piece(
        FarmError(
            f"the worker {machine} cannot draw ({lines[-1] if lines else 'it says nothing'})",
            "install there what is installed here, or leave that worker out",
        )
    )
