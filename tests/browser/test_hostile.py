"""Whatever words an upload is made of, they are words: nothing in them is run or becomes markup."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from spineanim.content.project import Project
from spineanim.content.timeline import Span
from spineanim.render.webvtt import webvtt
from spineanim.serving.folder import folder_app
from spineanim.upload import FilmFacts
from tests.browser.film import Film
from tests.browser.sites import PAGES, make_upload
from tests.browser.visitor import Visitor
from tests.conftest import ROOT
from tests.servers import running

ATTACKS: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)' x='",
    "</script><script>alert(4)</script><!--",
    "</title></p><iframe srcdoc='<script>alert(5)</script>'>",
    "{{ 7 * 7 }}{% raw %} javascript:alert(6) &lt;b&gt;",
    "<v Anna>--> <c.red>&amp; \u2028\u202e",
)
ALL: Final = " ".join(ATTACKS)
PRACTICE: Final = '</title><script>alert(7)</script>"><svg onload=alert(8)>'


def _hostile(facts: FilmFacts) -> FilmFacts:
    beats = tuple(
        replace(each, title=ALL, description=ALL, captions=(ALL, ALL), labels=(ALL,))
        for each in facts.beats
    )
    return replace(facts, title=ALL, summary=ALL, kicker=ALL, beats=beats)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a project of a practice with a very odd name."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "assets", root / "assets", ignore=shutil.ignore_patterns("voice"))
    (root / "scenes").mkdir()
    file = root / "assets" / "anatomy.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count('practice_name = ""') == 1
    named = text.replace('practice_name = ""', f"practice_name = {json.dumps(PRACTICE)}")
    file.write_text(named, encoding="utf-8")
    return Project(root)


@pytest.fixture(scope="module")
def attacked(
    reel: Path, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("attacked") / "site"
    make_upload(reel, folder, project, _hostile)
    captions = folder / "en" / "pump" / "captions.vtt"
    captions.unlink()  # a link to that of the reel
    captions.write_text(webvtt([Span("first", ALL, 0.0, 8.0, 0, 240)], 30), encoding="utf-8")
    with running(folder_app(folder)) as url:
        yield url


def _shape(page: Page) -> list[str]:
    """Elements of a page with the names of their attributes: what words must not change."""
    shape: list[str] = page.evaluate(
        """Array.from(document.querySelectorAll("*"), each =>
            [each.tagName, ...each.getAttributeNames().sort()].join(" "))"""
    )
    # A practice without a name has no element for it.
    return [each for each in shape if not re.fullmatch("SPAN class|P|META content name", each)]


def _poke(page: Page) -> None:
    """Move over, focus and open everything."""
    page.evaluate(
        """document.querySelectorAll("details").forEach(each => (each.open = true));
        for (const each of document.querySelectorAll("body *")) {
            for (const kind of ["mouseover", "mouseenter", "focus", "load", "error"]) {
                each.dispatchEvent(new Event(kind));
            }
        }"""
    )
    page.wait_for_timeout(50)


@pytest.mark.parametrize("path", PAGES)
def test_words_stay_words(chromium: Browser, attacked: str, visitor: Visitor, path: str) -> None:
    meant = _shape(visitor.open(path))
    victim = Visitor(chromium, attacked)
    page = victim.open(path)
    assert _shape(page) == meant
    _poke(page)
    shown = page.locator("body").inner_text()
    for attack in ATTACKS[:-1]:
        assert attack in shown
    assert PRACTICE in shown
    assert PRACTICE in page.title()
    assert "49" not in page.locator("h1").inner_text()
    for data in page.locator("script[type='application/ld+json']").all():
        assert "<script>alert(" in json.dumps(json.loads(data.inner_text()))
    victim.leave()
    assert victim.troubles == []


def test_captions_stay_words(chromium: Browser, attacked: str) -> None:
    victim = Visitor(chromium, attacked)
    film = Film(victim.open("en/pump/index.html"))
    film.play()
    film.runs_to(0.2)
    said = " ".join((film.caption() or "").split())
    assert said == " ".join(ALL.split())
    victim.leave()
    assert victim.troubles == []


PLANTED: Final = (
    "<script>document.title = 'run'</script>",
    "<img src='nowhere.webp' alt='' onerror=\"document.title = 'run'\">",
    "<svg onload=\"document.title = 'run'\"></svg>",
    "<script src='data:text/javascript,document.title=%22run%22'></script>",
    "<iframe srcdoc=\"<script>parent.document.title = 'run'</script>\"></iframe>",
    "<base href='http://example.org/'>",
    "<style>h1 { color: red !important }</style>",
    "<p style='position: fixed; inset: 0'>x</p>",
    "<object data='nowhere.swf'></object>",
    "<form action='http://example.org/'><button>x</button></form>",
)


def test_what_is_planted_in_a_page_does_not_run(
    chromium: Browser, upload: Path, tmp_path: Path
) -> None:
    """If somebody got markup into a page after all, its own policy keeps it from running.

    The page is opened as a file: no header of a server helps it.
    """
    page_file = upload / "en" / "pump" / "index.html"
    copy = page_file.with_name("planted.html")
    text = page_file.read_text(encoding="utf-8")
    copy.write_text(text.replace("</main>", "\n".join(PLANTED) + "</main>"), encoding="utf-8")
    try:
        victim = Visitor(chromium, f"{upload.as_uri()}/")
        page = victim.open("en/pump/planted.html")
        page.wait_for_timeout(200)
        assert page.title() != "run"
        assert page.evaluate("document.baseURI").startswith("file:")
        red = page.locator("h1").evaluate("each => getComputedStyle(each).color")
        assert red != "rgb(255, 0, 0)"
        assert page.locator("p[style]").evaluate("e => getComputedStyle(e).position") == "static"
        victim.leave()
    finally:
        copy.unlink()
    said = [each for each in victim.troubles if "Content Security Policy" in each]
    assert len(said) >= len(PLANTED) - 2
    assert not [each for each in victim.troubles if each.startswith("asked elsewhere: http")]
