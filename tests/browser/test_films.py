"""Films play, captions show, parts are found, one moment can be linked to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.film import FRAME_S, Film, current_part
from tests.browser.sites import TURNS_FRAME
from tests.browser.visitor import Visitor

PAGE = "en/pump/index.html"
TURN_S = {language: frame / 30 for language, frame in TURNS_FRAME.items()}
FIRST, SECOND = "The first part", "The second part"


def _part(page: Page, title: str) -> None:
    page.locator("[data-player] .chapters a").filter(has_text=title).click()


@pytest.mark.parametrize("number", range(3))
def test_every_file_plays(visitor: Visitor, number: int) -> None:
    """Each source by itself, as in a browser that plays no other."""
    page = visitor.open(PAGE)
    film = Film(page)
    source = page.locator("video source").nth(number)
    file, kind = source.get_attribute("src"), source.get_attribute("type")
    film.ask(
        f"""{{
            Array.from(film.querySelectorAll("source")).forEach((each, n) => {{
                if (n === {number}) each.removeAttribute("media"); else each.remove();
            }});
            film.load();
        }}"""
    )
    film.play()
    film.runs_to(0.5)
    assert file is not None and film.ask("film.currentSrc").endswith(f"/{file}")
    assert film.ask(f"film.canPlayType({kind!r})") == "probably"
    assert film.ask("film.duration") == pytest.approx(8.0, abs=FRAME_S)


def test_captions_are_shown_without_being_asked_for(visitor: Visitor) -> None:
    film = Film(visitor.open(PAGE))
    film.play()
    film.says("This is the first part.")
    film.says("The disc moves.")
    modes = film.ask("Array.from(film.textTracks, each => [each.kind, each.mode])")
    assert ["captions", "showing"] in modes
    assert [kind for kind, mode in modes if mode == "showing"] == ["captions"]


def test_captions_can_be_switched_off_and_on(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    film = Film(page)
    button = page.get_by_role("button", name="Captions")
    expect(button).to_have_attribute("aria-pressed", "true")
    film.play()
    film.says("This is the first part.")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert film.caption() is None
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert film.caption() is not None


def test_a_part_is_gone_to_and_marked(visitor: Visitor) -> None:
    page = visitor.open(PAGE, reduced_motion="reduce")  # so that it stands where it went
    film = Film(page)
    for title, start_s in ((SECOND, TURN_S["en"]), (FIRST, 0.0)):
        _part(page, title)
        film.stands_at(start_s)
        expect(page.locator("[aria-current=true] .name")).to_have_text(title)
        assert current_part(page) == title
    assert not film.is_playing


def test_a_part_begins_with_its_first_frame(visitor: Visitor) -> None:
    """What is drawn after going to a part is its own first picture, not the one before."""
    page = visitor.open(PAGE, reduced_motion="reduce")
    film = Film(page)
    film.ask("film.requestVideoFrameCallback((now, frame) => (window.first = frame.mediaTime))")
    page.wait_for_timeout(100)
    film.ask("film.requestVideoFrameCallback((now, frame) => (window.seen = frame.mediaTime))")
    _part(page, SECOND)
    film.stands_at(TURN_S["en"])
    page.wait_for_timeout(100)
    assert page.evaluate("window.seen") == pytest.approx(TURN_S["en"], abs=FRAME_S / 10)


def test_a_chosen_part_plays_on_into_the_next(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    film = Film(page)
    _part(page, FIRST)
    film.runs_to(0.2)
    assert film.is_playing
    assert current_part(page) == FIRST
    film.ask("film.playbackRate = 8")
    film.runs_to(TURN_S["en"] + 0.5)
    expect(page.locator("[aria-current=true] .name")).to_have_text(SECOND)


def test_the_address_names_the_part(visitor: Visitor) -> None:
    page = visitor.open(PAGE, reduced_motion="reduce")
    _part(page, SECOND)
    expect(page).to_have_url(re.compile(r"#t=4$"))


def test_a_moment_in_the_address_is_gone_to(visitor: Visitor) -> None:
    page = visitor.open(f"{PAGE}#t=4.5")
    film = Film(page)
    film.stands_at(4.5)
    assert not film.is_playing
    assert current_part(page) == SECOND
    page.evaluate("location.hash = '#t=1.5'")
    film.stands_at(1.5)
    assert current_part(page) == FIRST


def test_a_moment_that_is_none_does_no_harm(visitor: Visitor) -> None:
    page = visitor.open(f"{PAGE}#t=nothing")
    film = Film(page)
    for moment in ("-1", "1e9", "99999", "4;alert(1)", "%3Cb%3E", "4&t=2"):
        page.evaluate("moment => (location.hash = `#t=${moment}`)", moment)
    film.ask("(film.currentTime = 1)")
    film.stands_at(1.0)
    film.play()
    film.runs_to(1.1)


def test_the_other_language_keeps_the_moment(visitor: Visitor) -> None:
    """Halfway through a part is halfway through it, though it is longer there."""
    page = visitor.open(f"{PAGE}#t=2")
    Film(page).stands_at(2.0)
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(re.compile(r"/es/pump/index\.html#t=2\.5$"))
    Film(page).stands_at(2.5)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/pump/index\.html#t=2(\.0)?$"))
    Film(page).stands_at(2.0)


@pytest.mark.parametrize("language", ["en", "es"])
def test_films_of_both_languages_play(visitor: Visitor, language: str) -> None:
    page = visitor.open(f"{language}/pump/index.html")
    film = Film(page)
    _part(page, SECOND)
    film.runs_to(TURN_S[language] + 0.3)
    assert film.ask(f"film.currentSrc.includes('/{language}/pump/')")
    assert film.ask("film.textTracks[0].language") == language


def test_only_one_film_plays_at_a_time(visitor: Visitor) -> None:
    page = visitor.open("en/pain-pump.html")
    films = [Film(page, number) for number in range(page.locator("video").count())]
    assert len(films) == 6  # four steps, the whole film, the tip
    for film in films:
        film.ask("film.muted = true")
        film.play()
        film.runs_to(0.1)
        assert [each.is_playing for each in films].count(True) == 1
        assert film.is_playing


def test_the_root_leads_to_the_first_language(visitor: Visitor) -> None:
    page = visitor.open("")
    expect(page).to_have_url(re.compile(r"/en/index\.html$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_way_from_the_list_to_a_film(visitor: Visitor) -> None:
    page = visitor.open("en/index.html")
    page.get_by_role("link", name="The test film pump").click()
    expect(page).to_have_url(re.compile(r"/en/pump/index\.html$"))
    Film(page).play()
    Film(page).runs_to(0.1)
