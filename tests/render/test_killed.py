"""Kill a render for real, at any moment: the next one gives the same film, nothing is left over."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.render.job import render_film
from spineanim.render.making import Making
from spineanim.render.quality import QUALITIES

pytestmark = [
    pytest.mark.render,
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc"),
]

_RUN = "from spineanim.cli.main import main; main()"
_TIMES = 4


def start(project: Project) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, "render", "demo", "--quality", "draft", "--jobs", "2"],
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def in_session(session: int) -> list[int]:
    """Find processes of a session that are still running."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[3]) == session and after_name[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_until_gone(session: int) -> None:
    deadline = time.monotonic() + 10
    while in_session(session):
        assert time.monotonic() < deadline, f"left running: {in_session(session)}"
        time.sleep(0.05)


@pytest.fixture
def whole(demo: Project) -> bytes:
    """Make the film as it is when nobody disturbs."""
    made = render_film(demo, "demo", QUALITIES["draft"], demo.root / "whole", Making(cached=False))
    return made.video.read_bytes()


def test_a_killed_render_is_resumed_and_gives_the_same_film(
    demo: Project, own_segments: Path, whole: bytes
) -> None:
    chance = random.Random(20)
    output, store = demo.renders / "demo" / "draft", own_segments / "segments"
    for _ in range(_TIMES):
        wanted = chance.randint(1, 3)  # killed when so many segments are there, or a bit later
        process = start(demo)
        while process.poll() is None and len(list(store.rglob("*.segment"))) < wanted:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        process.kill()
        process.communicate()
        wait_until_gone(process.pid)
        assert not (output / "demo.mp4").exists() or process.returncode == 0
        done = start(demo)
        _, errors = done.communicate(timeout=300)
        assert done.returncode == 0, errors
        assert (output / "demo.mp4").read_bytes() == whole
        assert not [each for each in output.iterdir() if each.name.startswith(".")]
        wait_until_gone(done.pid)
        for each in (*store.rglob("*.segment"), output / "demo.mp4"):
            each.unlink()


def test_ctrl_c_ends_all_at_once_and_leaves_the_film_before(demo: Project, whole: bytes) -> None:
    output = demo.renders / "demo" / "draft"
    output.mkdir(parents=True)
    (output / "demo.mp4").write_bytes(b"the film before")
    process = start(demo)
    deadline = time.monotonic() + 120
    while len(in_session(process.pid)) < 3 and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert (
        errors.decode().splitlines()[-1]
        == "spineanim: interrupted; what is finished stays, nothing is half written"
    )
    assert "Traceback" not in errors.decode()
    wait_until_gone(process.pid)
    assert (output / "demo.mp4").read_bytes() == b"the film before"
    assert [each.name for each in output.iterdir()] == ["demo.mp4"]
    assert whole
