"""How much memory the processes below this one take, looked at again and again (Linux)."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_PROC: Final = Path("/proc")
_KILOBYTE: Final = 1024


class Watch:
    """Notes the most that any one process below this one takes, while the block runs.

    Attributes
    ----------
    peak_bytes
        Most of one process, what it shares with others counted in full (RSS).
    peak_share_bytes
        Most of one process, what it shares counted in equal parts (PSS).
    """

    def __init__(self, every_s: float = 0.25) -> None:
        self.peak_bytes = self.peak_share_bytes = 0
        self._every_s, self._over = every_s, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._every_s):
            for process in _below(os.getpid()):
                with suppress(OSError, ValueError):  # it may have ended meanwhile
                    lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
                    sizes = {each.split(":")[0]: each.split()[1] for each in lines[1:]}
                    rss, pss = int(sizes["Rss"]) * _KILOBYTE, int(sizes["Pss"]) * _KILOBYTE
                    self.peak_bytes = max(self.peak_bytes, rss)
                    self.peak_share_bytes = max(self.peak_share_bytes, pss)


def _below(top: int) -> set[int]:
    """Find the processes that descend from one."""
    parents: dict[int, int] = {}
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(")")[2].split()[1]
            )
    found: set[int] = set()
    waiting = [top]
    while waiting:
        here = waiting.pop()
        children = {child for child, parent in parents.items() if parent == here} - found
        found |= children
        waiting += children
    return found
