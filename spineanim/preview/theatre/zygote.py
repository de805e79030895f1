"""The process that the first play of every film is a copy of: it has loaded everything.

It leads a group of its own, to which all copies belong. When the server goes, however it goes,
so does the whole group.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from typing import Final

from spineanim.preview.theatre.keeper import keep
from spineanim.preview.theatre.line import Line

_ADOPT_ORPHANS: Final = 36  # PR_SET_CHILD_SUBREAPER of Linux


def main() -> None:
    """Serve the line whose number is the first argument."""
    own = os.getpid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1)
    gc.collect()
    gc.freeze()  # what is there now is left alone, so copies share its memory
    server = Line(socket.socket(fileno=int(sys.argv[1])))
    server.say({"ready": True})
    keep(server)
    if os.getpid() == own:
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()
