"""One preview of the demonstration project for all tests of its page; a fresh window for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from spineanim.content.project import Project
from tests.browser.visitor import Visitor
from tests.conftest import demo_project
from tests.preview.desk import Desk
from tests.preview.running import preview_of


@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a project that a page may change."""
    return demo_project(tmp_path_factory.mktemp("shown"))


@pytest.fixture(scope="package")
def shown_at(shown: Project) -> Iterator[str]:
    """Run the preview of it."""
    with preview_of(shown, "demo") as address:
        yield address


@pytest.fixture
def desks(chromium: Browser, shown: Project, shown_at: str) -> Iterator[Visitor]:
    """Open windows of the preview; fails if anything goes wrong in one. Files are put back."""
    files = {each: each.read_bytes() for each in shown.root.rglob("*.*") if each.is_file()}
    visitor = Visitor(chromium, shown_at)
    yield visitor
    visitor.leave()
    for file, data in files.items():
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)
    assert visitor.troubles == []


@pytest.fixture
def desk(desks: Visitor) -> Desk:
    """Open a window that shows the film."""
    return Desk.opened(desks)
