"""Fixtures that many tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spineanim.content.project import Project
from spineanim.content.theme import Theme, load_theme
from spineanim.store import default_store
from tests.browser.chromium import mark_browser_tests, started

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "demo_project"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser."""
    mark_browser_tests(items)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium; it ends with its module, as other tests run event loops themselves."""
    with started() as browser:
        yield browser


@pytest.fixture(autouse=True)
def own_segments(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a cache of its own for segments of films; bakes are shared, they are slow."""
    root = tmp_path_factory.mktemp("cache")
    bakes = default_store().folder
    bakes.mkdir(parents=True, exist_ok=True)
    (root / "bakes").symlink_to(bakes, target_is_directory=True)
    monkeypatch.setenv("SPINEANIM_CACHE", str(root))
    return root


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme(ROOT / "assets" / "theme.toml")


@pytest.fixture(scope="session")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of one small published film, `pump` in English; to be copied, not changed."""
    from tests.uploads import film_folder

    folder = tmp_path_factory.mktemp("reel") / "en" / "pump"
    film_folder(folder)
    return folder


@pytest.fixture
def shipped() -> Project:
    return Project(ROOT)


@pytest.fixture
def demo(tmp_path: Path) -> Project:
    """Make a project of its own with the demonstration scene; tests may damage it."""
    return demo_project(tmp_path)


def demo_project(root: Path) -> Project:
    """Put the demonstration project into a folder."""
    shutil.copytree(DEMO / "scenes", root / "scenes")
    shutil.copytree(DEMO / "script", root / "assets" / "script" / "en")
    for name in ("theme.toml", "anatomy.toml", "words.toml"):
        shutil.copy(ROOT / "assets" / name, root / "assets" / name)
    return Project(root)
