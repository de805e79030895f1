"""A real Dask cluster on the loopback address, for tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE_S = 60.0
"""Other tests may keep the machine busy."""


def until(is_so: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> None:
    """Wait for something; fail if it does not come."""
    end = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < end, f"waited {patience_s:g} s in vain until {what}"
        time.sleep(0.05)


@dataclass
class Cluster:
    """A scheduler and workers, each a process with a folder and a cache of its own.

    Attributes
    ----------
    home
        Folder of all.
    address
        Of the scheduler.
    workers
        Running workers by name.
    """

    home: Path
    address: str = ""
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the scheduler."""
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        process = self._run("scheduler", "dask_scheduler", options, {})
        self.address = self._said("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        return process

    def add(self, name: str, **variables: str) -> str:
        """Start a worker without a nanny; return its address."""
        options = [self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        options += ["--memory-limit", "0", "--local-directory", str(self.home / name)]
        self.workers[name] = self._run(name, "dask_worker", options, variables)
        self._said(name, "Starting established connection")
        return self._said(name, r"Start worker at:\s+(tcp://\S+)")

    def kill(self, name: str) -> None:
        """End a worker at once."""
        process = self.workers.pop(name)
        process.kill()
        process.wait()

    def drawers(self) -> list[int]:
        """Find the processes that draw for one of the workers, or bake for such."""
        here = str(self.home)
        return [
            int(folder.name)
            for folder in Path("/proc").iterdir()
            if folder.name.isdigit() and _works_in(folder, here)
        ]

    def _run(
        self, name: str, module: str, options: list[str], variables: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        folder = self.home / name
        folder.mkdir()
        with (folder / "log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *options],
                cwd=folder,
                env=os.environ | {"SPINEANIM_CACHE": str(folder / "cache")} | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _said(self, name: str, pattern: str) -> str:
        log = self.home / name / "log"
        until(lambda: re.search(pattern, log.read_text()) is not None, f"{name} says {pattern}")
        found = re.search(pattern, log.read_text())
        assert found is not None
        return found.group(found.lastindex or 0)


def _works_in(process: Path, home: str) -> bool:
    """Whether a process works in a parcel that was unpacked below a folder."""
    try:
        folder = str((process / "cwd").readlink())
    except OSError:
        return False
    return folder.startswith(home) and "/spineanim-" in folder


@contextmanager
def cluster_in(home: Path) -> Iterator[Cluster]:
    """Run a cluster; nothing of it is left afterwards."""
    cluster = Cluster(home)
    scheduler = cluster.start()
    try:
        yield cluster
    finally:
        for name in list(cluster.workers):
            cluster.kill(name)
        scheduler.kill()
        scheduler.wait()
