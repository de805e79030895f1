"""The preview's page: what it says of mistakes and of work in hand, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, ViewportSize, WebSocketRoute, expect

from spineanim.content.project import Project
from tests.browser.visitor import Visitor
from tests.preview.desk import Desk

pytestmark = [pytest.mark.render, pytest.mark.slow]

NAMED = 70
SCREENS: Final[list[ViewportSize]] = [
    {"width": 1280, "height": 800},
    {"width": 1440, "height": 900},
]
LOOK = {"scene": "demo", "language": "en", "aspect": "16:9", "height_px": 540}
OTHER = {**LOOK, "scene": "other"}
MISTAKE: Final[dict[str, Any]] = {
    "message": "assets/script/en/demo.toml:9: a list is not closed here",
    "hint": "write ] at its end",
    "file": "assets/script/en/demo.toml",
    "line": 9,
}
SAID = """
    window.said = [];
    const box = document.querySelector("#working");
    new MutationObserver(() => window.said.push(box.textContent)).observe(box, { childList: true });
"""


class Told:
    """A window whose server also says what the test wants."""

    def __init__(self, desks: Visitor) -> None:
        lines: list[WebSocketRoute] = []

        def through(line: WebSocketRoute) -> None:
            line.connect_to_server()
            lines.append(line)

        page = desks.open("about:blank", viewport={"width": 1280, "height": 800})
        page.route_web_socket("**/socket", through)
        page.goto(desks.address)
        self.desk = Desk(page)
        self.desk.stands_at(0)
        expect(page.locator("#working")).to_be_empty()
        self._line = lines[-1]

    def say(self, what: str, look: dict[str, Any] = LOOK, **facts: Any) -> None:
        self._line.send(json.dumps({"is": what, "look": look, **facts}))

    def progress(
        self, playing: bool, baked: int = 0, bakes: int = 0, rough: bool = False, of: int = 150
    ) -> None:
        facts: dict[str, Any] = {"baked": baked, "bakes": bakes, "rough": rough}
        self.say("progress", playing=playing, reached=of // 2, of=of, **facts)


@pytest.fixture
def told(desks: Visitor) -> Iterator[Told]:
    yield Told(desks)


def box_of(desk: Desk, of: str) -> FloatRect:
    box = desk.page.locator(of).bounding_box()
    assert box is not None, of
    return box


def resize(desk: Desk, screen: ViewportSize) -> None:
    """Make a window as large as a screen, and wait until all in it has its place."""
    desk.page.set_viewport_size(screen)
    desk.page.evaluate(
        "() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 50))"
    )


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_a_mistake_is_told_beside_the_picture(desks: Visitor, shown: Project, aspect: str) -> None:
    desk = Desk.opened(desks, f"aspect={aspect}&frame={NAMED}")
    before = {}
    for screen in SCREENS:
        resize(desk, screen)
        before[screen["width"]] = box_of(desk, "#frame")
    script = shown.script_file("demo")
    script.write_text(script.read_text().replace("[named.steps_s]", "[named.steps_s"))
    expect(desk.page.locator("#trouble strong")).to_have_text("this heading has no ] at its end")
    for screen in SCREENS:
        resize(desk, screen)
        picture, trouble = box_of(desk, "#frame"), box_of(desk, "#trouble")
        bottom = picture["y"] + picture["height"]
        assert bottom <= trouble["y"], "captions stand at the bottom of the picture"
        assert trouble["y"] + trouble["height"] <= box_of(desk, "#transport")["y"] + 1
        if aspect == "16:9":
            assert picture == before[screen["width"]], "there is room enough, so nothing moves"
        else:
            assert picture["height"] > 0.85 * before[screen["width"]]["height"]
    found = Axe().run(desk.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_trouble_of_another_film_is_not_told_of_this_one(told: Told) -> None:
    trouble = told.desk.page.locator("#trouble")
    told.say("trouble", OTHER, **MISTAKE)
    told.say("progress", OTHER, playing=True, reached=1, of=9, baked=1, bakes=9)
    told.desk.page.wait_for_timeout(1300)
    expect(trouble).to_be_hidden()
    expect(told.desk.page.locator("#frame")).not_to_have_class("old")
    expect(told.desk.page.locator("#working")).to_be_empty()
    told.say("trouble", **MISTAKE)
    expect(trouble).to_contain_text("a list is not closed here")
    expect(told.desk.page.locator("#frame")).to_have_class("old")
    told.say("well", OTHER)
    told.desk.page.wait_for_timeout(200)
    expect(trouble).to_be_visible()
    told.say("well")
    expect(trouble).to_be_hidden()


def test_a_mistake_in_another_film_leaves_this_one_as_it_is(desk: Desk, shown: Project) -> None:
    other = shown.scenes / "other.py"
    try:
        other.write_text("class Other(SpineScene\n")
        shown.script_file("other").write_text("title = \n")
        expect(desk.page.locator("#trouble code")).to_have_text("scenes/other.py:1")
        expect(desk.page.locator("#trouble")).to_contain_text("that you see is not affected")
        expect(desk.page.locator("#frame")).not_to_have_class("old")
    finally:
        other.unlink()
        shown.script_file("other").unlink()
    expect(desk.page.locator("#trouble")).to_be_hidden()


def test_a_mistake_and_what_to_do_are_said_once(told: Told) -> None:
    trouble = told.desk.page.locator("#trouble")
    for message in ("x.svg:3: it is no SVG", "x.svg:3 cannot be drawn: it is no SVG"):
        told.say("trouble", message=message, hint="save it again", file="x.svg", line=3)
        expect(trouble.locator("strong")).to_have_text(message.removeprefix("x.svg:3").lstrip(": "))
        expect(trouble.locator("code")).to_have_text("x.svg:3")


def test_it_is_said_all_the_time_that_a_film_is_rough(told: Told) -> None:
    page, working = told.desk.page, told.desk.page.locator("#working")
    told.progress(True)
    told.progress(True, 1, 3)
    page.wait_for_timeout(200)
    expect(working).to_be_empty()  # what is seen yet is the film before
    told.progress(False, 3, 3, True)
    expect(working).to_have_text("Rough for now. Drawing it finely …")
    page.evaluate(SAID)
    for baked, bakes in ((0, 2), (1, 2), (2, 2), (0, 4), (4, 4)):
        told.progress(False, baked, bakes, True)
    expect(working).to_have_text("Rough for now. Drawing it finely …")
    told.progress(True, rough=True)
    page.wait_for_timeout(1300)
    expect(working).to_have_text("Rough for now. Drawing the film anew … 50 %")
    told.progress(True, 0, 0, True)
    said = page.evaluate("window.said")
    assert "Rough for now. Drawing it finely … 1 of 2" in said
    assert all(each.startswith("Rough for now.") for each in said), said
    told.progress(False)
    expect(working).to_be_empty()
    assert not working.evaluate("each => each.classList.contains('seen')")


def test_the_first_pictures_of_a_film_are_told_to_be_rough(told: Told) -> None:
    film = told.desk.page.evaluate("document.querySelector('#picture').dataset.generation")
    facts: dict[str, Any] = {**LOOK, "width_px": 960, "fps": 30, "frame_count": 150}
    chapters = [{"name": "named", "title": "It is named", "start": 0, "end": 150, "part": ""}]
    told.progress(True, 1, 3)
    facts |= {"chapters": chapters, "captions": [], "burned": True, "poster": 0}
    told.say("film", generation=int(film) + 1, **facts)
    told.progress(True, 1, 3, True)
    expect(told.desk.page.locator("#working")).to_have_text("Rough for now. Drawing it finely …")
