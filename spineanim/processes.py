"""Processes that do not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Final

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends.

    Only Linux can do that; elsewhere a worker ends when it next speaks to its parent.

    Parameters
    ----------
    parent
        Process id of the parent; if it has gone already, this process ends now.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
