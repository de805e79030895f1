"""Every expected mistake: one line, what and where and what to do, the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spineanim.content.project import Project
from tests.cli.conftest import Run

pytestmark = pytest.mark.render


def complaint(result: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the one line of an error; check exit code and that nothing was traced."""
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if not line.startswith("demo ")]
    assert len(lines) == 1, lines
    assert lines[0].startswith("spineanim: ")
    return lines[0]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("command", ["render", "still"])
def test_unknown_scene(demo: Project, run: Run, command: str) -> None:
    line = complaint(run(command, "deemo", cwd=demo.root), 1)
    assert "no scene 'deemo'" in line
    assert "did you mean demo?" in line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["render", "demo", "--quality", "hihg"], "(did you mean high?)"),
        (["render"], "Missing argument 'SCENE...'"),
        (["rendr", "demo"], "(did you mean render?)"),
        (["render", "demo", "--colour"], "No such option"),
        (["still", "demo", "--beat", "named", "--at", "1"], "not both"),
        (["render", "demo", "--all"], "give scenes or --all, not both"),
        (["still", "demo", "--at", "soon"], "not a valid float"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(
    demo: Project, run: Run, arguments: list[str], says: str
) -> None:
    line = complaint(run(*arguments, cwd=demo.root), 2)
    assert says in line
    assert "--help" in line


def test_script_key_that_is_no_beat(demo: Project, run: Run) -> None:
    edit(demo.script_file("demo"), "[nearer]\n", "[neerer]\n")
    edit(demo.script_file("demo"), "[nearer.steps_s]", "[neerer.steps_s]")
    line = complaint(run("render", "demo", "--quality", "draft", cwd=demo.root), 1)
    assert "has a beat [neerer] that Demo does not play" in line
    assert "the scene has named, nearer" in line


def test_malformed_toml_names_file_and_line(demo: Project, run: Run) -> None:
    edit(demo.script_file("demo"), "lasts_s = 2.5", "lasts_s = ")
    line = complaint(run("render", "demo", cwd=demo.root), 1)
    assert f"{demo.script_file('demo')}:9: nothing stands after the = of lasts_s" in line


def test_colour_that_is_none(demo: Project, run: Run) -> None:
    edit(demo.theme_file, 'title = "#14303D"', 'title = "petrol"')
    line = complaint(run("still", "demo", cwd=demo.root), 1)
    assert "theme.toml:" in line
    assert "'petrol' is no colour" in line


def test_parameter_out_of_range(demo: Project, run: Run) -> None:
    edit(demo.parameters_file, 'tip_level = "T10"', 'tip_level = "L4"')
    line = complaint(run("still", "demo", cwd=demo.root), 1)
    assert "anatomy.toml:" in line
    assert "tip_level is 'L4'; use one of T7" in line


def test_unknown_beat_and_moment(demo: Project, run: Run) -> None:
    assert "beats: named, nearer" in complaint(
        run("still", "demo", "--beat", "x", cwd=demo.root), 1
    )
    assert "a film of 5 s" in complaint(run("still", "demo", "--at", "5", cwd=demo.root), 1)
    assert "no moment -1 s" in complaint(run("still", "demo", "--at=-1", cwd=demo.root), 1)


def test_output_folder_that_is_a_file(demo: Project, run: Run) -> None:
    (demo.root / "taken").write_text("")
    line = complaint(run("render", "demo", "--output", "taken/x", cwd=demo.root), 1)
    assert "--output" in line


def test_output_folder_not_writable(demo: Project, run: Run) -> None:
    """The kernel's own pseudo file system refuses new folders even to root."""
    if not Path("/proc/self").exists():
        pytest.skip("no /proc on this system")
    line = complaint(run("render", "demo", "--output", "/proc/films", cwd=demo.root), 1)
    assert "cannot write to /proc/films" in line


def test_disk_full(demo: Project) -> None:
    """A render whose files may not grow fails in one line and keeps the old film.

    The limit on file size stands in for a full disk: the write fails in the encoder's thread
    just so.
    """
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "from spineanim.cli.main import main\n"
        "main(['render', 'demo', '--quality', 'draft'])\n"
    )
    folder = demo.renders / "demo" / "draft"
    folder.mkdir(parents=True)
    (folder / "demo.mp4").write_text("old")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=demo.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot write to" in complaint(result, 1)
    assert [each.name for each in folder.iterdir()] == ["demo.mp4"]
    assert (folder / "demo.mp4").read_text() == "old"


def test_no_font(demo: Project) -> None:
    code = (
        "import spineanim.content.fonts as fonts\n"
        "fonts._PACKAGE = 'no_such_font_package'\n"
        "from spineanim.cli.main import main\n"
        "main(['still', 'demo', '--quality', 'draft'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=demo.root, capture_output=True, text=True, check=False
    )
    assert "the typeface Source Sans Pro is not installed" in complaint(result, 1)


def test_outside_any_project_the_checkout_is_used(run: Run, tmp_path: Path) -> None:
    result = run("list", cwd=tmp_path)
    assert result.returncode == 0
    assert "pump" in result.stdout


def test_debug_shows_the_traceback_wherever_it_stands(demo: Project, run: Run) -> None:
    for arguments in (["--debug", "still", "nope"], ["still", "nope", "--debug"]):
        result = run(*arguments, cwd=demo.root)
        assert result.returncode == 1
        assert "Traceback" in result.stderr


def test_render_prints_plain_lines_and_the_file(demo: Project, run: Run) -> None:
    result = run("render", "demo", "--quality", "draft", cwd=demo.root)
    assert result.returncode == 0, result.stderr
    assert "demo draft: 75 of 75 frames" in result.stderr
    assert "\r" not in result.stderr
    video = demo.renders / "demo" / "draft" / "demo.mp4"
    assert result.stdout.startswith(f"{video}: 75 frames, 5.0 s")
    assert video.is_file()


def test_doctor_is_content_here_and_names_what_is_missing(demo: Project, run: Run) -> None:
    healthy = run("doctor", cwd=demo.root)
    assert healthy.returncode == 0, healthy.stdout
    assert "all is well" in healthy.stdout
    code = (
        "import spineanim.content.fonts as fonts\n"
        "fonts._PACKAGE = 'no_such_font_package'\n"
        "from spineanim.cli.main import main\n"
        "main(['doctor'])\n"
    )
    ill = subprocess.run(
        [sys.executable, "-c", code], cwd=demo.root, capture_output=True, text=True, check=False
    )
    assert ill.returncode == 1
    assert "missing  Typeface" in ill.stdout
    assert "type: run 'make setup'" in ill.stdout or "make setup" in ill.stdout
