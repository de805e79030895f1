"""Without JavaScript, without motion, without a server, anywhere in a website: films still work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.staticfiles import StaticFiles

from spineanim.serving.folder import folder_app
from tests.browser.film import Film
from tests.browser.sites import PAGES, TURNS_FRAME
from tests.browser.visitor import SMALL_PHONE, Visitor
from tests.servers import running

PAGE = "en/pump/index.html"
TURN_S = TURNS_FRAME["en"] / 30


# --- Without JavaScript ----------------------------------------------------------------------


@pytest.fixture
def plain(visitor: Visitor) -> Page:
    page = visitor.open(PAGE, java_script_enabled=False)
    assert page.locator("[data-player] button:visible").count() == 0  # they would do nothing
    return page


def test_a_film_plays_by_its_own_controls(plain: Page) -> None:
    film = Film(plain)
    assert film.element.get_attribute("controls") is not None
    film.element.focus()
    plain.keyboard.press(" ")
    film.runs_to(0.3)
    film.says("This is the first part.")


def test_parts_lead_into_the_file(plain: Page) -> None:
    plain.locator(".chapters a").nth(1).click()
    expect(plain).to_have_url(re.compile(r"/en/pump/pump-1080p\.mp4#t=4$"))
    film = Film(plain)
    film.runs_to(TURN_S)
    assert film.now_s < TURN_S + 2


def test_the_text_of_the_film_is_there(plain: Page) -> None:
    for words in ("This is the first part. The disc moves.", "A disc moves to the right"):
        expect(plain.locator(".parts").get_by_text(words).first).to_be_visible()
    plain.get_by_role("link", name="This text on a page of its own").click()
    expect(plain).to_have_url(re.compile(r"/en/pump/transcript\.html$"))
    expect(plain.get_by_text("This is the second part.")).to_be_visible()


def test_the_pictures_can_be_opened(plain: Page) -> None:
    plain.locator("summary").click()
    for picture in plain.locator("details img").all():
        expect(picture).to_be_visible()
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("each => each.naturalWidth") > 0


def test_the_other_language_is_found(plain: Page) -> None:
    plain.get_by_role("link", name="Español").click()
    expect(plain).to_have_url(re.compile(r"/es/pump/index\.html$"))


# --- Without motion --------------------------------------------------------------------------


def test_who_wants_no_motion_gets_none_unasked(visitor: Visitor) -> None:
    page = visitor.open(PAGE, reduced_motion="reduce")
    page.locator(".chapters a").nth(1).click()
    film = Film(page)
    film.stands_at(TURN_S)
    page.wait_for_timeout(200)
    assert not film.is_playing
    moving = page.evaluate(
        """Array.from(document.querySelectorAll("*")).filter(each => {
            if (!each.checkVisibility()) return false;
            const style = getComputedStyle(each);
            return style.animationName !== "none" || style.scrollBehavior === "smooth" ||
                   parseFloat(style.transitionDuration) > 0;
        }).map(each => each.outerHTML.slice(0, 80))"""
    )
    assert moving == []
    film.play()  # asked for, it plays
    film.runs_to(TURN_S + 0.2)


def test_nothing_plays_by_itself(visitor: Visitor) -> None:
    for path in (PAGE, "en/pain-pump.html"):
        page = visitor.open(path)
        page.wait_for_timeout(200)
        films = page.locator("video")
        assert films.evaluate_all("all => all.every(each => each.paused && !each.autoplay)")


# --- Anywhere --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deep(upload: Path) -> Iterator[str]:
    """Serve the website that the upload is a part of, some folders down."""
    with running(folder_app(upload.parents[1])) as url:
        yield f"{url}{upload.parent.name}/{upload.name}/"


def test_it_works_some_folders_down(chromium: Browser, deep: str) -> None:
    visitor = Visitor(chromium, deep)  # a request above its folder is a trouble
    page = visitor.open("en/index.html")
    page.locator(".feature a").click()
    expect(page).to_have_url(f"{deep}en/pain-pump.html")
    Film(page).play()
    Film(page).runs_to(0.2)
    page.get_by_role("link", name="Español").click()
    page.locator(".steps a").first.click()
    expect(page).to_have_url(f"{deep}es/trial/index.html")
    Film(page).play()
    Film(page).runs_to(0.2)
    Film(page).says("This is the first part.")
    visitor.leave()
    assert visitor.troubles == []


def test_every_link_leads_to_a_file_of_the_folder(visitor: Visitor, upload: Path) -> None:
    for path in PAGES:
        page = visitor.open(path)
        links = page.locator("a[href]").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        assert len(links) > 3
        for href in links:
            assert re.match(r"[a-z]+:|/", href) is None, href
            target = ((upload / path).parent / href.partition("#")[0]).resolve()
            assert href.startswith("#") or (target.is_file() and upload in target.parents), href


def test_a_film_is_embedded_in_a_page_of_the_website(chromium: Browser, upload: Path) -> None:
    """The practice's own page, with its own rules, above the uploaded folder."""
    website = upload.parents[1]
    snippet = (upload / "en" / "pump" / "embed.txt").read_text(encoding="utf-8")
    with running(StaticFiles(directory=website)) as url:
        place = f"{url}{upload.parent.name}/{upload.name}/"
        assert "https://www.example.org/animations/" in snippet
        embedded = snippet.replace("https://www.example.org/animations/", place)
        text = f"<!doctype html><html lang=en><title>Our practice</title>{embedded}"
        (website / "ours.html").write_text(text, encoding="utf-8")
        visitor = Visitor(chromium, url)
        page = visitor.open("ours.html", viewport=SMALL_PHONE)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        Film(page).play()
        Film(page).runs_to(0.2)
        Film(page).says("This is the first part.")
        page.get_by_role("link").click()
        expect(page).to_have_url(f"{place}en/pump/index.html")
        visitor.leave()
    assert visitor.troubles == []


@pytest.mark.parametrize("path", ["en/index.html", PAGE, "en/pain-pump.html"])
def test_pages_open_as_files(chromium: Browser, upload: Path, path: str) -> None:
    """Without captions, which browsers keep from pages that are files."""
    visitor = Visitor(chromium, f"{upload.as_uri()}/")
    page = visitor.open(path)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")  # the style is there
    for film in [Film(page)] if page.locator("video").count() else []:
        film.play()
        film.runs_to(0.2)
    visitor.leave()
    assert [each for each in visitor.troubles if ".vtt" not in each] == []
