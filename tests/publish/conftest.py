"""The demonstration film, published once for all tests that only look at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from types import ModuleType

import pytest

from spineanim.content.project import Project
from spineanim.publish.upload_films import Row, Upload, upload_films
from spineanim.render.making import Making
from spineanim.upload import FilmFacts, film_facts, read_manifest
from tests.conftest import demo_project

DAY = "2026-01-31"


@contextmanager
def attended(_: str) -> Iterator[Making]:
    yield Making()


def publish(project: Project, folder: Path, today: str = DAY, **changes: str) -> list[Row]:
    """Publish the demonstration scene as a draft."""
    upload = Upload(project, folder, ["demo"], ["en"], changes, True, today)
    return list(upload_films(upload, attended))


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a few bytes in the place of the page to print, which has tests of its own."""
    _put_paper(monkeypatch)


def _put_paper(patch: pytest.MonkeyPatch) -> None:
    def draw(*arguments: object, **_: object) -> None:
        file = arguments[-1]
        assert isinstance(file, Path)
        file.write_bytes(b"%PDF-")

    module = ModuleType("film_handout")
    module.draw_film_handout = draw  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "spineanim.render.film_handout", module)


@dataclass(frozen=True)
class Published:
    """A film's folder in an upload folder, and what its manifest states."""

    project: Project
    upload: Path
    facts: FilmFacts

    @property
    def folder(self) -> Path:
        return self.upload / "en" / "demo"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Publish the film; it is looked at, and must not be changed."""
    root = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPINEANIM_CACHE", str(root / "cache"))
        _put_paper(patch)
        project = demo_project(root / "project")
        (row,) = publish(project, root / "up")
    assert (row.what, row.state, str(row.trouble)) == ("demo", "made", "None")
    raw = read_manifest(root / "up" / "en" / "demo")
    yield Published(project, root / "up", film_facts(raw))


@pytest.fixture
def again(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: None
) -> Published:
    """Give a copy of the folder that may be damaged, and the segments that were kept."""
    monkeypatch.setenv("SPINEANIM_CACHE", str(published.upload.parent / "cache"))
    copytree(published.upload, tmp_path / "up")
    copytree(published.project.root, tmp_path / "again")
    return Published(Project(tmp_path / "again"), tmp_path / "up", published.facts)
