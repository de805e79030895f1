"""Fixtures that many tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.content.theme import Theme, load_theme

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "demo_project"


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme(ROOT / "assets" / "theme.toml")


@pytest.fixture
def shipped() -> Project:
    return Project(ROOT)


@pytest.fixture
def demo(tmp_path: Path) -> Project:
    """Make a project of its own with the demonstration scene; tests may damage it."""
    scripts = tmp_path / "assets" / "script" / "en"
    shutil.copytree(DEMO / "scenes", tmp_path / "scenes")
    shutil.copytree(DEMO / "script", scripts)
    for name in ("theme.toml", "anatomy.toml", "words.toml"):
        shutil.copy(ROOT / "assets" / name, tmp_path / "assets" / name)
    return Project(tmp_path)
