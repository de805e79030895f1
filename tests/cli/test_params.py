"""`spineanim params`, `--set` and `--language` as a person uses them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from spineanim.cli.main import cli
from spineanim.cli.options import settings_of
from spineanim.content.parameters import DEFINITIONS
from spineanim.content.project import Project
from spineanim.errors import SpineanimError
from spineanim.render.quality import QUALITIES, folder_name


@pytest.fixture(autouse=True)
def in_project(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo.root)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def test_params_is_a_table_of_all_with_range_and_default(demo: Project) -> None:
    text = demo.parameters_file.read_text(encoding="utf-8")
    demo.parameters_file.write_text(text.replace('"T10"', '"T8"'), encoding="utf-8")
    heading, *rows = call("params").output.splitlines()
    assert heading.split() == ["NAME", "NOW", "DEFAULT", "ALLOWED", "MEANING"]
    assert [row.split()[0] for row in rows] == [each.name for each in DEFINITIONS]
    tip = next(row for row in rows if row.startswith("tip_level"))
    assert tip.split()[1:3] == ["T8", "T10"]
    assert "T7, T8, T9, T10, T11, T12" in tip
    assert all(row.endswith(each.meaning) for row, each in zip(rows, DEFINITIONS, strict=True))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set", "tip_level=T1"], "--set tip_level=T1: tip_level is 'T1'; use one of T7"),
        (["--set", "tip=T8"], "did you mean"),
        (["--set", "tip_level"], "'tip_level' is not NAME=VALUE"),
        (["--language", "xx"], "there are no words in language 'xx'; there are en"),
    ],
)
@pytest.mark.parametrize("command", ["render", "still"])
def test_what_cannot_be_set_stops_before_anything_is_drawn(
    command: str, arguments: list[str], says: str
) -> None:
    result = call(command, "demo", *arguments)
    assert says in str(result.exception)


def test_one_line_names_all_words_that_a_language_lacks(
    demo: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo.assets / "script" / "es"
    folder.mkdir()
    (folder / "demo.toml").write_text('title = "Muestra"\n', encoding="utf-8")
    settings = settings_of(demo, ("demo",), "es", {"side": "right"})["demo"]
    assert settings.parameters.anatomy.side == "right"
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"spineanim: warning: {folder / 'demo.toml'} lacks kicker, summary, ")
    assert "named.labels.oval.text" in line
    assert line.endswith("these stay English")


def test_a_language_has_a_folder_of_its_own(demo: Project) -> None:
    wide, tall = QUALITIES["high"], QUALITIES["high"].shaped("9:16")
    for code, shape, folder in (("en", wide, "high"), ("es", tall, "high-es-9x16")):
        (demo.assets / "script" / code).mkdir(exist_ok=True)
        script = settings_of(demo, ("demo",), code, {})["demo"].script
        assert folder_name("high", script, shape) == folder


def test_a_set_that_does_not_fit_together_is_one_error() -> None:
    result = call(
        "still", "demo", "--set", "lumbar_lordosis_deg=30", "--set", "pelvic_incidence_deg=75"
    )
    assert isinstance(result.exception, SpineanimError)
    assert "nobody stands" in str(result.exception)
