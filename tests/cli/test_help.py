"""Help is a promise: it is compared to the letter and answers at once.

To renew the snapshots after a deliberate change: `python tests/cli/renew_help.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.renew_help import COMMANDS, SNAPSHOTS, help_of, snapshot_of


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_as_promised(command: str) -> None:
    assert help_of(command) == snapshot_of(command).read_text(encoding="utf-8")


def test_no_snapshot_is_left_over() -> None:
    assert set(SNAPSHOTS.iterdir()) == {snapshot_of(command) for command in COMMANDS}


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS[1:]:
        assert f"spineanim {command}" in readme


def test_help_answers_at_once() -> None:
    """Less than 0.2 s of work more than Python itself takes to start, best of five."""
    import resource
    import subprocess

    def worked_s() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    def seconds(code: str) -> float:
        start = worked_s()
        subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        return worked_s() - start

    show = "from spineanim.cli.main import main; main(['render', '--help'])"
    ours = min(seconds(show) for _ in range(5))
    bare = min(seconds("pass") for _ in range(5))
    assert ours - bare < 0.2


@pytest.mark.parametrize("command", COMMANDS)
def test_help_does_not_import_manim(command: str, run: Run) -> None:
    result = run("--help") if not command else run(*command.split(), "--help")
    assert result.returncode == 0
    assert "manim" not in result.stderr.lower()
