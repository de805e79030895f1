"""One preview of the demonstration project for all tests of its page; a fresh window for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from spineanim.content.project import Project
from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium
from tests.browser.visitor import Visitor
from tests.conftest import demo_project
from tests.preview.desk import Desk
from tests.preview.running import preview_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser; skip it where there is none."""
    try:
        there = find_chromium() is not None
    except FileNotFoundError as error:
        raise pytest.UsageError(str(error)) from None
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not there:
                item.add_marker(pytest.mark.skip(MISSING))


@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a project that a page may change."""
    return demo_project(tmp_path_factory.mktemp("shown"))


@pytest.fixture(scope="package")
def shown_at(shown: Project) -> Iterator[str]:
    """Run the preview of it."""
    with preview_of(shown, "demo") as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium; it ends with its module, as other tests here run event loops themselves."""
    program = find_chromium()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=ARGUMENTS) as browser,
    ):
        yield browser


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
