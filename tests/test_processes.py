"""Workers end with the process that started them, even if that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent"),
]

SLEEPER = (
    "import os, subprocess, sys, time\n"
    "child = 'import sys, time; from spineanim.processes import end_with; '\n"
    "child += 'end_with(int(sys.argv[1])); print(1, flush=True); time.sleep(60)'\n"
    "started = subprocess.Popen([sys.executable, '-c', child, str(os.getpid())])\n"
    "time.sleep(60)\n"
)
BAKER = (
    "import sys\n"
    "from pathlib import Path\n"
    "from spineanim.geometry.axes import LATERAL_LEFT\n"
    "from spineanim.geometry.parts import Part, Tissue\n"
    "from spineanim.geometry.solids.combine import Pose\n"
    "from spineanim.geometry.solids.primitives import Ellipsoid\n"
    "from spineanim.picture.kiln import Kiln, Recipe\n"
    "from spineanim.store import Store\n"
    "if __name__ == '__main__':\n"
    "    pose = Pose.tilted(10.0, (0.0, 0.0, 0.0))\n"
    "    balls = [Ellipsoid((0, 0, 0), (40.0 + i, 30.0, 20.0)) for i in range(12)]\n"
    "    parts = [Part('ball', Tissue.BONE, each, pose) for each in balls]\n"
    "    view = LATERAL_LEFT.at_scale(20.0)\n"
    "    Kiln(Store(Path(sys.argv[1])), workers=2).fire([Recipe(p, view) for p in parts])\n"
)


def children_of(process: int) -> set[int]:
    found = set[int]()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        found |= {int(each) for each in task.read_text().split()}
    return found


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize(("code", "workers"), [(SLEEPER, 1), (BAKER, 2)])
def test_a_worker_ends_with_its_killed_parent(tmp_path: Path, code: str, workers: int) -> None:
    script = tmp_path / "parent.py"
    script.write_text(code, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "bakes")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    found = set[int]()
    while len(found) < workers:
        assert time.monotonic() < deadline and parent.poll() is None
        time.sleep(0.05)
        found = children_of(parent.pid)
    time.sleep(2.0)  # until they have said with whom they end
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(map(is_running, found)):
        assert time.monotonic() < deadline, "a worker goes on"
        time.sleep(0.05)
