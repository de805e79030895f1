"""The harness itself: what a visitor must notice is noticed, and what films need is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from spineanim.serving.folder import folder_app
from tests.browser import chromium
from tests.browser.visitor import Visitor
from tests.servers import running

PAGES = {
    "good.html": "<p>Hello",
    "elsewhere.html": "<img src='http://example.org/pixel.gif' alt=''>",
    "number.html": "<img src='http://192.0.2.1/pixel.gif' alt=''>",
    "inline.html": "<script>alert(1)</script>",
    "missing.html": "<img src='nowhere.webp' alt=''>",
    "throws.html": "<script src='throws.js'></script>",
    "asks.html": "<script src='asks.js'></script>",
    "throws.js": "throw new Error('on purpose')",
    "asks.js": "alert('hello')",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(f"<!doctype html>{text}" if "html" in name else text)
    with running(folder_app(folder)) as url:
        yield url


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("good.html", None),
        ("elsewhere.html", "Content Security Policy"),
        ("number.html", "Content Security Policy"),
        ("inline.html", "Content Security Policy"),
        ("missing.html", "404"),
        ("throws.html", "script: on purpose"),
        ("asks.html", "dialog: hello"),
    ],
)
def test_a_visitor_notices_what_goes_wrong(
    chromium: Browser, address: str, page: str, said: str | None
) -> None:
    visitor = Visitor(chromium, address)
    visitor.open(page)
    visitor.leave()
    if said is None:
        assert visitor.troubles == []
    else:
        assert any(said in trouble for trouble in visitor.troubles), visitor.troubles


def test_a_request_elsewhere_is_noticed_and_fails(chromium: Browser, tmp_path: Path) -> None:
    """Without a policy that forbids it, as in a page of somebody else."""
    page = tmp_path / "page.html"
    page.write_text("<img src='http://example.org/a.gif'><img src='http://192.0.2.1/b.gif'>")
    visitor = Visitor(chromium, page.as_uri())
    visitor.open()
    visitor.leave()
    for url in ("http://example.org/a.gif", "http://192.0.2.1/b.gif"):
        assert f"asked elsewhere: {url}" in visitor.troubles
        assert f"not answered: {url} (net::ERR_NAME_NOT_RESOLVED)" in visitor.troubles


def test_a_browser_that_is_named_but_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(chromium.VARIABLE, "no-such-browser")
    with pytest.raises(FileNotFoundError, match="names no-such-browser"):
        chromium.find_chromium()


def test_without_a_browser_none_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    assert chromium.find_chromium() is None
