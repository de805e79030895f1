"""Writers at once, and writers that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from spineanim.vault.damage import Damage, damage_watched
from spineanim.vault.entry import PARTIAL
from spineanim.vault.kinds import SEGMENTS
from spineanim.vault.vault import Vault

KEYS = tuple(f"{index:032x}" for index in range(3))
_WRITER = f"""
import sys, pathlib
from spineanim.vault.kinds import SEGMENTS
from spineanim.vault.vault import Vault
vault = Vault(pathlib.Path(sys.argv[1]), SEGMENTS, 10**9)
print("ready", flush=True)
for turn in range(int(sys.argv[2])):
    for key in {KEYS!r}:
        assert vault.put(key, key.encode() * 20_000)
        assert vault.get(key) in (None, key.encode() * 20_000)
"""


def writer(folder: Path, turns: int) -> subprocess.Popen[str]:
    """Start a process that writes the same entries over and over."""
    started = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(turns)], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None and started.stdout.readline() == "ready\n"
    return started


def test_several_may_write_the_same_entry_at_once(tmp_path: Path) -> None:
    told: list[Damage] = []
    writers = [writer(tmp_path, 20) for _ in range(3)]
    vault = Vault(tmp_path, SEGMENTS, 10**9)
    with damage_watched(told.append):
        while any(each.poll() is None for each in writers):
            for key in KEYS:
                assert vault.get(key) in (None, key.encode() * 20_000)
    for each in writers:
        each.communicate()
    assert [each.returncode for each in writers] == [0, 0, 0]
    assert told == [] and not list(tmp_path.rglob(f"*{PARTIAL}"))
    assert sorted(vault.keys()) == sorted(KEYS)


def test_a_killed_writer_leaves_whole_entries_or_none(tmp_path: Path) -> None:
    chance = random.Random(1)
    told: list[Damage] = []
    vault = Vault(tmp_path, SEGMENTS, 10**9)
    for _ in range(12):
        started = writer(tmp_path, 10**6)
        time.sleep(chance.uniform(0.0, 0.05))
        os.kill(started.pid, signal.SIGKILL)
        started.communicate()
        with damage_watched(told.append):
            for key in KEYS:
                assert vault.get(key) in (None, key.encode() * 20_000)
    assert told == []
    long_ago = time.time() - 100.0
    for left in tmp_path.rglob(f"*{PARTIAL}"):
        os.utime(left, (long_ago, long_ago))
    vault.trim()
    assert not list(tmp_path.rglob(f"*{PARTIAL}"))
