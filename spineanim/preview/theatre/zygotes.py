"""Start the process that plays are copies of, and end it with all its copies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Final

from spineanim.errors import ServingError
from spineanim.preview.looks import Trouble
from spineanim.preview.theatre.line import Message
from spineanim.preview.theatre.listening import Listening
from spineanim.preview.theatre.troubles import trouble_in

_ONE_THREAD: Final = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")
}
"""A process of several threads cannot be copied safely."""


class Zygote:
    """A process with everything loaded, whose copies play films.

    Parameters
    ----------
    gone
        Told when it ends by itself, and why.

    Attributes
    ----------
    line
        Where orders go; they wait there until it is ready.
    """

    def __init__(self, gone: Callable[[Trouble], None]) -> None:
        if not hasattr(os, "fork"):
            raise ServingError(
                "the preview needs Linux or macOS, where processes can be copied",
                "on Windows, use it in the Windows Subsystem for Linux",
            )
        here, there = socket.socketpair()
        self._gone = gone
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as it lives)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "spineanim.preview.theatre.zygote", str(there.fileno())],
                # Compiled files are told apart by whole seconds: too coarse for a file just saved.
                env={**os.environ, **_ONE_THREAD, "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                pass_fds=[there.fileno()],
                start_new_session=True,
            )
        self.line = Listening(here, self._hear)

    def _hear(self, message: Message | None) -> None:
        if message is None:
            self._process.wait()
            self._said.seek(0)
            said = self._said.read().decode(errors="replace").strip()
            self._gone(trouble_in(said or "the process that plays films has ended"))

    def close(self) -> None:
        """End it and all its copies at once."""
        self.line.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._said.close()
