"""Keep what a library does to the scheduling of threads from reaching the rest of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def scheduling_kept() -> Iterator[None]:
    """Put this thread, and every one started meanwhile, back to how this thread is scheduled.

    SVT-AV1, opened by root, puts the calling thread and its own into the real-time class. All
    that such a thread starts later inherits that: one busy process on each core, and nothing
    else on the machine gets a turn. Only Linux is concerned.
    """
    if sys.platform != "linux":
        yield
        return
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    before = _threads()
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, parameters)
        for thread in _threads() - before:
            with suppress(OSError):  # it has ended
                os.sched_setscheduler(thread, policy, parameters)


def _threads() -> set[int]:
    return {int(task.name) for task in Path("/proc/self/task").iterdir()}
