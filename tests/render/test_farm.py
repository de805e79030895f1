"""Films drawn by other machines: a real scheduler and real workers on the loopback address."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import spineanim
from spineanim.content.project import Project
from spineanim.errors import FarmError
from spineanim.render.cluster import connected
from tests.render.cluster import Cluster, cluster_in, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.render,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]

_SPY = """
import os, time
if "SPY" in os.environ:
    with open(os.environ["SPY"], "a") as spy:
        spy.write(__file__ + "\\n")
    while not os.path.exists(os.environ["SPY"] + ".go"):
        time.sleep(0.02)
"""
"""Notes which file of a scene a worker runs, and holds that worker until it may go on."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_in(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def rendering(project: Project, output: Path, *options: str) -> subprocess.Popen[str]:
    """Begin a render at draft quality, with a cache that is empty."""
    code = "from spineanim.cli.main import main; main()"
    command = ["render", "demo", "--quality", "draft", "--output", str(output), *options]
    return subprocess.Popen(
        [sys.executable, "-c", code, *command],
        cwd=project.root,
        env=os.environ | {"SPINEANIM_CACHE": str(output / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def test_the_film_is_the_same_though_a_worker_is_killed(
    demo: Project, cluster: Cluster, tmp_path: Path
) -> None:
    with (demo.scenes / "demo.py").open("a") as scene:
        scene.write(_SPY)
    spies = {name: cluster.home / f"{name}.spy" for name in ("one", "two")}
    for name, spy in spies.items():
        cluster.add(name, SPY=str(spy))
    far = rendering(demo, tmp_path / "far", "--scheduler", cluster.address)
    until(
        lambda: all(spy.exists() for spy in spies.values()) and len(cluster.drawers()) == 2,
        "both workers draw",
    )
    cluster.kill("one")
    Path(f"{spies['two']}.go").touch()
    until(lambda: len(cluster.drawers()) <= 1, "the drawer of the dead worker is gone", 5.0)
    code, errors = outcome(far)
    assert (code, "75 of 75 frames" in errors) == (0, True), errors
    assert outcome(rendering(demo, tmp_path / "near", "--jobs", "2"))[0] == 0
    film = "demo/draft/demo.mp4"
    assert (tmp_path / "far" / film).read_bytes() == (tmp_path / "near" / film).read_bytes()
    for name, spy in spies.items():
        for file in spy.read_text().split():
            assert Path(file).is_relative_to(cluster.home / name), "it ran the sender's own file"
    assert not (cluster.home / "two" / "cache" / "segments").exists()


def test_an_interrupt_leaves_nobody_drawing(
    demo: Project, cluster: Cluster, tmp_path: Path
) -> None:
    if not cluster.workers:
        cluster.add("three")
    far = rendering(demo, tmp_path / "far", "--scheduler", cluster.address)
    until(lambda: len(cluster.drawers()) > 0, "a worker draws")
    far.send_signal(signal.SIGINT)
    code, errors = outcome(far)
    assert (code, errors.splitlines()[-1]) == (
        130,
        "spineanim: interrupted; what is finished stays, nothing is half written",
    )
    until(lambda: not cluster.drawers(), "nobody draws", 5.0)


def test_a_worker_with_other_code_is_refused_by_name(
    demo: Project, cluster: Cluster, tmp_path: Path
) -> None:
    for name in list(cluster.workers):
        cluster.kill(name)
    other = tmp_path / "other"
    package = Path(spineanim.__file__).parent
    shutil.copytree(package, other / "spineanim", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "spineanim" / "stage.py").open("a") as module:
        module.write("\n")
    address = cluster.add("other", PYTHONPATH=str(other))
    code, errors = outcome(rendering(demo, tmp_path / "far", "--scheduler", cluster.address))
    assert code == 1
    assert errors.splitlines()[-1] == (
        f"spineanim: the worker {address} has another spineanim, or other versions of its "
        "libraries; install there what is installed here, or leave that worker out"
    )
    assert not (tmp_path / "far" / "demo" / "draft" / "demo.mp4").exists()


def test_a_scheduler_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spineanim.render.cluster.PATIENCE_S", 1)
    with pytest.raises(FarmError) as caught:
        connected("tcp://127.0.0.1:9")
    assert re.fullmatch(
        r"no Dask scheduler answers at tcp://127.0.0.1:9 \(.+\); "
        "start one with: dask scheduler",
        str(caught.value),
    )
