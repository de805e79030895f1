"""`spineanim artwork`: layers and what is not drawn as it looks; nothing is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from spineanim.cli.main import cli
from spineanim.content.project import Project
from spineanim.errors import ContentError
from tests.content.artwork.drawings import FILES, svg

TABLE = """[pump_face]
file = "inkscape.svg"
layer = "front"
anchor = { from = "port", to = "outlet", mm = 20 }
"""


@pytest.fixture
def own(demo: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    demo.artwork.mkdir()
    shutil.copy(FILES / "inkscape.svg", demo.artwork)
    (demo.artwork / "parts.toml").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(demo.root)
    return demo


def said(*arguments: object) -> Result:
    given = ["artwork", *(str(each) for each in arguments)]
    return CliRunner().invoke(cli, given, standalone_mode=False)


def test_layers_are_listed_with_their_sizes(own: Project) -> None:
    result = said("check", own.artwork / "inkscape.svg", "--part", "pump_face")
    assert result.return_value == 0, result.output
    rows = {line.split()[0]: line.split()[1:] for line in result.output.splitlines()[1:6]}
    assert rows["notes"] == ["40", "hidden"]
    assert [float(each) for each in rows["case"][1:]] == pytest.approx([80, 80], abs=1)
    assert [float(each) for each in rows["port"][1:]] == pytest.approx([17, 17], abs=1)
    assert "as pump_face it is 40.0 x 41.0 mm" in result.output
    assert "everything is drawn as it looks" in result.output
    assert "path1" not in result.output, "names that nobody gave are left out"


def test_what_is_not_drawn_is_told_with_layer_and_remedy(own: Project) -> None:
    file = own.artwork / "bad.svg"
    file.write_text(svg('\n<g id="front"><rect stroke-linejoin="arcs"/></g>'), encoding="utf-8")
    result = said("check", file)
    assert result.return_value == 1
    assert f"{file}:2: layer front: round outer corners" in result.output
    assert "choose miter" in result.output and "everything" not in result.output


def test_a_part_that_another_drawing_stands_for_is_told(own: Project) -> None:
    file = own.artwork / "other.svg"
    file.write_text(svg('<rect width="9" height="9"/>'), encoding="utf-8")
    result = said("check", file, "--part", "pump_face")
    assert "pump_face is not drawn by this file yet" in result.output
    assert " mm" not in result.output


@pytest.mark.parametrize(
    ("inner", "part", "message"),
    [
        ("<script/>", None, "runs a script"),
        ("<g/>", "pump_fase", "there is no part 'pump_fase'"),
        (
            '<pattern id="p" width="1e6" height="1e6" patternUnits="userSpaceOnUse"><path '
            'd="M0 0h9v9z"/></pattern><rect width="100" height="100" fill="url(#p)"/>',
            None,
            "breaks the renderer",
        ),
    ],
)
def test_what_cannot_be_checked_is_one_line(
    own: Project, inner: str, part: str | None, message: str
) -> None:
    file = own.artwork / "bad.svg"
    file.write_text(svg(inner), encoding="utf-8")
    result = said("check", file, *(("--part", part) if part else ()))
    assert isinstance(result.exception, ContentError) and message in str(result.exception)


def test_the_list_says_what_stands_for_what(own: Project) -> None:
    result = said("list")
    assert result.return_value in (0, None), result.output
    lines = {line.split()[0]: line for line in result.output.splitlines()}
    assert "87.5 mm" in lines["pump_face"]
    assert lines["pump_face"].endswith("inkscape.svg, layer front")
    assert lines["icon.fever"].endswith("as it comes")


@pytest.mark.slow
def test_processes_at_once_in_a_folder_that_cannot_be_written(own: Project) -> None:
    (own.artwork / "inkscape_.svg").write_text("mine", encoding="utf-8")
    before = sorted(each.name for each in own.artwork.iterdir())
    own.artwork.chmod(0o500)
    file = own.artwork / "inkscape.svg"
    code = f"from spineanim.cli.main import main; main(['artwork', 'check', {str(file)!r}])"
    paths = os.pathsep.join(each for each in sys.path if each)
    try:
        running = [
            subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=own.root,
                env={**os.environ, "PYTHONPATH": paths},
                stdout=subprocess.PIPE,
            )
            for _ in range(4)
        ]
        outputs = {each.communicate()[0] for each in running}
    finally:
        own.artwork.chmod(0o700)
    assert len(outputs) == 1 and b"everything is drawn" in outputs.pop()
    assert [each.returncode for each in running] == [0] * 4
    assert sorted(each.name for each in own.artwork.iterdir()) == before
    assert (own.artwork / "inkscape_.svg").read_text(encoding="utf-8") == "mine"
    assert Path.cwd() == own.root
