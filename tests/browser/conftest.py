"""One site for all tests of this folder; a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from spineanim.content.project import Project
from spineanim.serving.folder import folder_app
from tests.browser.sites import make_upload
from tests.browser.visitor import Visitor
from tests.conftest import ROOT
from tests.servers import running


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
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Somebody new to the site; the test fails if anything goes wrong for them."""
    visitor = Visitor(chromium, address)
    yield visitor
    visitor.leave()
    assert visitor.troubles == []
