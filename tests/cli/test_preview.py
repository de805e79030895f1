"""`spineanim preview` says in a line what is wrong, and ends quietly with all it has started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from spineanim.cli import preview
from spineanim.serving.loopback import bound_socket
from tests.cli.conftest import Run
from tests.conftest import demo_project
from tests.preview.running import page_at


def test_an_unknown_scene_is_one_line(run: Run) -> None:
    result = run("preview", "pmup", "--no-open")
    assert result.returncode == 1
    assert "no scene 'pmup'" in result.stderr and "did you mean pump?" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_unknown_language_is_one_line(run: Run) -> None:
    result = run("preview", "pump", "--language", "xx", "--no-open")
    assert result.returncode == 1
    assert result.stderr.startswith("spineanim: there are no words in language 'xx'; there are en")
    assert result.stderr.count("\n") == 1


def test_a_taken_port_is_one_line(run: Run) -> None:
    with bound_socket(0) as taken:
        port = taken.getsockname()[1]
        result = run("preview", "pump", "--no-open", "--port", str(port))
    assert result.returncode == 1
    assert result.stderr.startswith(f"spineanim: port {port} is taken by another program; ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("system", "screen", "opens"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
    ],
)
def test_a_browser_is_opened_on_a_desktop_only(
    monkeypatch: pytest.MonkeyPatch, system: str, screen: dict[str, str], opens: bool
) -> None:
    """Elsewhere a browser in the terminal may come up, and nothing is served until it ends."""
    monkeypatch.setattr(sys, "platform", system)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    assert preview.has_desktop() is opens


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_quietly_with_all_it_has_started(tmp_path: Path, ending: signal.Signals) -> None:
    demo_project(tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = "from spineanim.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "preview", "demo", "--no-open", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://[^#]+", process.stdout.readline())
            assert found is not None
            with page_at(found.group()) as page:
                film = page.open()
                for frame in range(30):
                    page.say("show", frame=frame, generation=film["generation"], why="play")
                process.send_signal(ending)
                rest, errors = process.communicate(timeout=10)
            assert (process.returncode, rest, errors) == (0, "", "")
            assert list(scratch.iterdir()) == []
            with pytest.raises(ProcessLookupError):
                os.killpg(process.pid, 0)
        finally:
            process.kill()
