"""One browser and one site for all tests of this folder; a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from spineanim.content.project import Project
from spineanim.serving.folder import folder_app
from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium
from tests.browser.sites import make_upload
from tests.browser.visitor import Visitor
from tests.conftest import ROOT
from tests.servers import running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here, so that `-m "not browser"` leaves it out; skip it where there is none."""
    try:
        there = find_chromium() is not None
    except FileNotFoundError as error:
        raise pytest.UsageError(str(error)) from None
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if not there and "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(MISSING))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    program = find_chromium()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=ARGUMENTS) as chromium,
    ):
        yield chromium


@pytest.fixture(scope="package")
def upload(reel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the site, below some folders of the website that it is uploaded to."""
    folder = tmp_path_factory.mktemp("web") / "patients" / "films"
    make_upload(reel, folder, Project(ROOT))
    return folder


@pytest.fixture(scope="package")
def address(upload: Path) -> Iterator[str]:
    """Serve the site."""
    with running(folder_app(upload)) as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody new to the site; the test fails if anything goes wrong for them."""
    visitor = Visitor(browser, address)
    yield visitor
    visitor.leave()
    assert visitor.troubles == []
