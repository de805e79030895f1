"""`spineanim new`: a scene that is whole, listed and drawn; or one line, and nothing made."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from spineanim.cli.main import cli
from spineanim.content.project import Project
from spineanim.editing.new_scene import class_name, make_scene
from spineanim.errors import OutputError, SpineanimError
from tests.conftest import ROOT, demo_project

BILINGUAL = ("words.toml", "claims.toml", "glossary.toml")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give a project in three languages: of French there is no template."""
    found = demo_project(tmp_path)
    for name in BILINGUAL:
        shutil.copy(ROOT / "assets" / name, found.assets / name)
    for language in ("es", "fr"):
        (found.assets / "script" / language).mkdir()
    monkeypatch.chdir(tmp_path)
    return found


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def _files(project: Project) -> set[str]:
    return {each.relative_to(project.root).as_posix() for each in project.root.rglob("*")}


def test_a_new_scene_is_listed_and_its_words_are_well(project: Project) -> None:
    before = _files(project)
    made = call("new", "after_care", "--title", 'Life "at home": what now?')
    assert made.exception is None
    scripts = (f"assets/script/{language}/after_care.toml" for language in ("en", "es"))
    files = ["scenes/after_care.py", *scripts]
    assert made.output.splitlines() == [
        *files,
        "next:",
        "  spineanim preview after_care",
        "  spineanim still after_care --quality draft",
        "  spineanim render after_care --quality draft",
    ]
    assert _files(project) - before == set(files)
    assert 'after_care  0:16  Life "at home": what now?' in call("list").output
    checked = call("check", "script", "after_care", "--language", "en", "--today", "2027-01-01")
    assert "after_care (en): Flesch-Kincaid" in checked.output
    assert checked.output.endswith("all is well\n")
    spanish = call("check", "script", "after_care", "--language", "es", "--today", "2027-01-01")
    assert spanish.output.endswith("all is well\n")


def test_its_scene_holds_no_sentence_second_or_colour(project: Project) -> None:
    scene, *_ = make_scene(project, "after_care")
    tree = ast.parse(scene.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, documented)
    }
    constants = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value not in docstrings
    ]
    assert constants and all(isinstance(each, str) and each.isidentifier() for each in constants)
    assert {node.name for node in tree.body if isinstance(node, ast.ClassDef)} == {"AfterCare"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "cannot be the name of a scene"),
        ("After", "cannot be the name of a scene"),
        ("../x", "cannot be the name of a scene"),
        ("a-b", "cannot be the name of a scene"),
        ("2nd", "cannot be the name of a scene"),
        ("é", "cannot be the name of a scene"),
        ("x\n", "cannot be the name of a scene"),
        ("x" * 41, "cannot be the name of a scene"),
        ("class", "a word of Python's own; call it class_film"),
        ("random", "a Python package, which the scene would hide"),
        ("numpy", "a Python package, which the scene would hide"),
        ("spineanim", "a Python package, which the scene would hide"),
        ("demo", "demo.py is there already; choose another name than demo"),
        ("words", "words.toml is there already"),
        ("folder", "folder is there already"),
        ("dangling", "dangling.py is there already"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_a_line(project: Project, name: str, says: str) -> None:
    (project.script_file("words", "fr")).write_text("", encoding="utf-8")
    (project.scenes / "folder").mkdir()
    (project.scenes / "dangling.py").symlink_to(project.root / "nowhere.py")
    before = _files(project)
    refused = call("new", name)
    assert isinstance(refused.exception, SpineanimError)
    assert says in str(refused.exception) and "\n" not in str(refused.exception)
    assert _files(project) == before


@pytest.mark.parametrize("title", ["{tip}", "x" * 61, "\ud800"])
def test_a_title_that_cannot_be_is_refused(project: Project, title: str) -> None:
    before = _files(project)
    with pytest.raises(SpineanimError):
        make_scene(project, "after_care", title)
    assert _files(project) == before


def test_all_of_it_or_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = _files(project), os.link

    def full(source: Path, target: Path) -> None:
        if Path(target).suffix == ".py":
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OutputError, match="nothing was made"):
        make_scene(project, "after_care")
    assert _files(project) == before


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("after_care", "AfterCare"),
        ("a1_2b_", "A12b"),
        ("spine_scene", "SpineSceneFilm"),
        ("move", "MoveFilm"),
        ("exception", "ExceptionFilm"),
    ],
)
def test_its_class_hides_no_other(name: str, expected: str) -> None:
    assert class_name(name, "import SpineScene, Move") == expected


@pytest.mark.render
@pytest.mark.slow
def test_a_new_scene_is_drawn(project: Project) -> None:
    assert call("new", "after_care").exception is None
    drawn = call("still", "after_care", "--quality", "draft", "--language", "es")
    assert drawn.exception is None, drawn.output
    (still,) = (project.renders / "after_care").rglob("*.png")
    with Image.open(still) as picture:
        shades = np.asarray(picture.convert("L"))
    assert shades.min() < 60 and shades.max() > 230
