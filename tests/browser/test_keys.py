"""Whoever has only a keyboard reaches everything, sees where they are, and can do everything."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.film import Film
from tests.browser.sites import PAGES, TURNS_FRAME
from tests.browser.visitor import Visitor

PAGE: Final = "en/pump/index.html"
TURN_S: Final = TURNS_FRAME["en"] / 30

FOCUSED: Final = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const name = at.tagName === "VIDEO" ? "film" : at.textContent.trim().replace(/\\s+/g, " ");
    const rings = [getComputedStyle(at), getComputedStyle(at, "::after")];
    const ringed = each => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2;
    // The controls within a film are the browser's, and so are the rings around them.
    const own = at.tagName === "VIDEO" && !at.matches(":focus-visible");
    const box = at.getBoundingClientRect();
    return {
        name,
        ring: own || rings.some(ringed),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def _walk(page: Page) -> list[dict[str, object]]:
    """Press Tab from the top to the end; what has had the focus, each once."""
    stops: list[dict[str, object]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        if not stops or stops[-1] != stop:  # a film has several controls of its own
            stops.append(stop)
    raise AssertionError("the focus does not come to the end of the page")


def test_the_order_of_stops_is_that_of_the_page(visitor: Visitor) -> None:
    names = [str(stop["name"]) for stop in _walk(visitor.open(PAGE))]
    wanted = ("Skip", "Español", "film", "part before", "Next part", "Captions", "The first part")
    places = [
        next((n for n, name in enumerate(names) if word.lower() in name.lower()), -1)
        for word in (*wanted, "The second part", "Save", "Large film")
    ]
    found = [place for place in places if place >= 0]
    assert found == sorted(found), names
    assert len(found) >= len(wanted) + 1, names


@pytest.mark.parametrize("path", PAGES)
def test_the_focus_is_always_seen(visitor: Visitor, path: str) -> None:
    # Without motion the page is at once where the focus is.
    stops = _walk(visitor.open(path, reduced_motion="reduce"))
    assert len(stops) >= 4
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


def test_the_first_stop_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "VIDEO"


def test_a_part_is_chosen_with_enter(visitor: Visitor) -> None:
    page = visitor.open(PAGE, reduced_motion="reduce")
    page.locator(".chapters a").nth(1).focus()
    page.keyboard.press("Enter")
    Film(page).stands_at(TURN_S)


def test_keys_act_on_the_film(visitor: Visitor) -> None:
    page = visitor.open(PAGE, reduced_motion="reduce")
    film = Film(page)
    page.locator(".chapters a").first.focus()
    for key, seconds in (("n", TURN_S), ("p", 0.0), ("ArrowRight", 5.0), ("ArrowLeft", 0.0)):
        page.keyboard.press(key)
        film.stands_at(seconds)
    for key in ("k", " "):
        page.keyboard.press(key)
        film.runs_to(film.now_s + 0.1)
        assert film.is_playing
        page.keyboard.press(key)
        assert not film.is_playing
    button = page.get_by_role("button", name="Captions")
    for state in ("false", "true"):
        page.keyboard.press("c")
        expect(button).to_have_attribute("aria-pressed", state)


def test_the_films_own_keys_act_once(visitor: Visitor) -> None:
    """Space on the film itself plays it; if the page did so too, it would stop again."""
    page = visitor.open(PAGE)
    film = Film(page)
    film.element.focus()
    page.keyboard.press(" ")
    film.runs_to(0.2)
    assert film.is_playing
    page.keyboard.press(" ")
    page.wait_for_timeout(100)
    assert not film.is_playing


def test_keys_outside_the_player_are_left_alone(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    page.locator("a.home").focus()
    for key in ("k", "n", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert Film(page).now_s == 0.0
    assert not Film(page).is_playing


def test_the_language_is_changed_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    page.get_by_role("link", name="Español").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/es/pump/index\.html$"))
