"""`spineanim publish`: what it refuses before anything is made, and how it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from spineanim.cli.publish import command
from spineanim.content.project import Project
from spineanim.errors import OutputError, SpineanimError
from spineanim.publish import upload_films
from spineanim.publish.upload_films import FAILED, MADE, Row, Upload


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "up"), "Missing argument 'SCENE...'"),
        (("demo",), "Missing option '--to'"),
        (("demo", "--all", "--to", "up"), "not both"),
        (("demo", "--to", "up", "--language", ","), "name at least one"),
        (("demo", "--to", "up", "--date", "31.1.2026"), "is no day"),
        (("demo", "--to", "up", "--base-url", "example.org"), "is no address"),
        (("demo", "--to", "up", "--quality", "medium"), "'medium' is not one of"),
    ],
)
def test_a_wrong_request_is_refused(
    demo: Project, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(demo.root)
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2 and says in result.output
    assert not (demo.root / "up").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("demo", "--to", "up", "--language", "en,fr"), "no words in language 'fr'"),
        (("damo", "--to", "up"), "did you mean demo"),
        (("demo", "--to", "up", "--set", "captions=under"), "captions is 'under'"),
    ],
)
def test_wrong_names_stop_before_anything_is_made(
    demo: Project, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(demo.root)
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, SpineanimError) and says in str(result.exception)
    assert not (demo.root / "up").exists()


def test_a_logo_that_is_no_picture_stops_before_anything_is_made(
    demo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo.root)
    demo.artwork.mkdir()
    (demo.artwork / "logo.svg").write_text("<svg><script/></svg>", encoding="utf-8")
    result = CliRunner().invoke(command, ["demo", "--to", "up", "--set", "logo=logo.svg"])
    assert isinstance(result.exception, SpineanimError)
    assert "it runs a script" in str(result.exception)
    assert not (demo.root / "up").exists()


@pytest.fixture
def made(demo: Project, monkeypatch: pytest.MonkeyPatch) -> list[Upload]:
    """Note what is to be uploaded instead of making it; Spanish films fail."""
    asked: list[Upload] = []

    def note(upload: Upload, attended: object) -> list[Row]:
        asked.append(upload)
        english = Row("demo", "en", MADE, 5.0, 1_234_567)
        trouble = OutputError("no ink", "buy some")
        spanish = Row("demo", "es", FAILED, trouble=trouble)
        return [english, spanish][: len(upload.languages)]

    monkeypatch.chdir(demo.root)
    (demo.root / "assets" / "script" / "es").mkdir()
    monkeypatch.setattr(upload_films, "upload_films", note)
    site = ModuleType("site")
    site.build_site = lambda project, folder, base_url, changes: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spineanim.publish.site", site)
    return asked


def test_it_ends_with_a_table_and_what_to_do_next(made: list[Upload]) -> None:
    arguments = ["--all", "--to", "up", "--date", "2026-01-31", "--set", "tip_level=T9"]
    result = CliRunner().invoke(command, arguments)
    assert result.output.splitlines() == [
        "FILM  LANGUAGE  WHAT  SECONDS   MB",
        "demo  en        made      5.0  1.2",
        "next: spineanim verify up",
    ]
    (upload,) = made
    assert (upload.folder, upload.scenes, upload.today) == (Path("up"), ("demo",), "2026-01-31")
    assert upload.parameters == {"captions": "beside", "tip_level": "T9"}


def test_what_fails_is_named_and_the_rest_is_shown(
    made: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["demo", "--to", "up", "--language", "en, es,en", "--set", "captions=burned"]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert result.return_value == 1
    assert "spineanim: demo es: no ink; buy some" in result.output
    assert "demo  es        failed        -    -" in result.output
    assert made[0].languages == ("en", "es") and made[0].parameters == {"captions": "burned"}
