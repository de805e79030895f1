"""The preview's page: what it says of mistakes and of work in hand, and where."""

from __future__ import annotations

import json
import re
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

FIRST_IS_SLOW = """
    const decode = createImageBitmap;
    let delay_ms = 500;
    window.createImageBitmap = async (file) => {
        const wait_ms = delay_ms;
        delay_ms = 0;
        await new Promise((done) => setTimeout(done, wait_ms));
        return decode(file);
    };
"""


class Told:
    """A window whose server also says what the test wants."""

    def __init__(self, desks: Visitor) -> None:
        lines: list[WebSocketRoute] = []

        def through(line: WebSocketRoute) -> None:
            server = line.connect_to_server()
            server.on_message(lambda message: self._pass_on(line, message))
            lines.append(line)

        self._rough = -1
        self.held: list[bytes] | None = None

        page = desks.open("about:blank", viewport={"width": 1280, "height": 800})
        page.route_web_socket("**/socket", through)
        page.goto(desks.address)
        self.desk = Desk(page)
        self.desk.stands_at(0)
        expect(page.locator("#working")).to_be_empty()
        self._line = lines[-1]

    def roughly(self, frame: int) -> None:
        """Go to a frame whose pictures the server tells to be rough."""
        self._rough = frame
        self.desk.go(frame)

    def all_finely(self) -> None:
        """Let pictures be told as they are."""
        self._rough = -1

    def hold_pictures(self) -> None:
        """Let no picture come until they are let go."""
        self.held = []

    def let_go(self) -> None:
        held, self.held = self.held or [], None
        for each in held:
            self._line.send(each)

    def _pass_on(self, line: WebSocketRoute, message: str | bytes) -> None:
        told = self._roughened(message)
        if self.held is not None and isinstance(told, bytes):
            self.held.append(told)
        else:
            line.send(told)

    def _roughened(self, message: str | bytes) -> str | bytes:
        """Tell a picture to be rough if it is to be, whatever it is of."""
        if isinstance(message, str):
            return message
        length = int.from_bytes(message[:4], "big")
        head = json.loads(message[4 : 4 + length])
        assert head["rough"] is False, "the demonstration film is drawn in no time"
        line = json.dumps({**head, "rough": head["frame"] == self._rough}).encode()
        return len(line).to_bytes(4, "big") + line + message[4 + length :]

    def say(self, what: str, look: dict[str, Any] = LOOK, **facts: Any) -> None:
        self._line.send(json.dumps({"is": what, "look": look, **facts}))

    def progress(self, playing: bool, baked: int = 0, bakes: int = 0, of: int = 150) -> None:
        facts: dict[str, Any] = {"baked": baked, "bakes": bakes}
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


def test_what_was_wrong_is_told_as_past_while_the_newest_is_looked_at(
    told: Told, shown: Project
) -> None:
    trouble = told.desk.page.locator("#trouble")
    wrong, past = trouble.locator(".wrong"), trouble.locator(".past")
    told.say("trouble", **MISTAKE)
    told.progress(False)
    expect(wrong).to_have_text([re.compile("^a list is not closed"), re.compile("stays until")])
    expect(wrong.first).to_be_visible()
    expect(past.first).to_be_hidden()
    ground = "each => getComputedStyle(each).backgroundColor"
    red = trouble.evaluate(ground)
    told.progress(True)
    expect(past.first).to_have_text("The newest change is being looked at …")
    expect(past.last).to_have_text(
        "Before this change: a list is not closed here (assets/script/en/demo.toml:9)"
    )
    expect(past.last).to_be_visible()
    for each in wrong.all():
        expect(each).to_be_hidden()
    assert trouble.evaluate(ground) != red
    found = Axe().run(told.desk.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    told.progress(False)
    expect(wrong.first).to_be_visible()  # it still is
    told.say("well")

    other = shown.scenes / "other.py"
    try:
        other.write_text("class Other(SpineScene\n")
        shown.script_file("other").write_text("title = \n")
        expect(trouble.locator("code")).to_have_text("scenes/other.py:1")
        told.progress(True)
        told.desk.page.wait_for_timeout(200)
        expect(wrong.first).to_be_visible()  # this film being played anew mends no other one
        expect(past.first).to_be_hidden()
    finally:
        other.unlink()
        shown.script_file("other").unlink()


def test_it_is_said_all_the_time_that_what_is_seen_is_rough(told: Told) -> None:
    page, working = told.desk.page, told.desk.page.locator("#working")
    told.progress(True)
    told.progress(True, 1, 3)
    page.wait_for_timeout(200)
    expect(working).to_be_empty()  # what is seen yet is the film before
    told.progress(False, 3, 3)
    told.roughly(20)
    expect(working).to_have_text("Rough for now. Drawing it finely …")
    page.evaluate(SAID)
    for baked, bakes in ((0, 2), (1, 2), (2, 2), (0, 4), (4, 4)):
        told.progress(False, baked, bakes)
    expect(working).to_have_text("Rough for now. Drawing it finely …")
    told.progress(True)
    page.wait_for_timeout(1300)
    expect(working).to_have_text("Rough for now. Drawing the film anew … 50 %")
    told.progress(True, 0, 0)
    said = page.evaluate("window.said")
    assert "Rough for now. Drawing it finely … 1 of 2" in said
    assert all(each.startswith("Rough for now.") for each in said), said
    told.progress(False)
    expect(working).to_have_text("Rough for now. Drawing it finely …")
    told.desk.go(30)  # a picture that shows nothing rough
    expect(working).to_be_empty()
    assert not working.evaluate("each => each.classList.contains('seen')")
    told.desk.go(20)  # it is at hand still, and as rough as it was
    expect(working).to_have_text("Rough for now. Drawing it finely …")


def test_nothing_is_said_to_be_rough_while_another_film_is_got_ready(told: Told) -> None:
    working = told.desk.page.locator("#working")
    told.roughly(20)
    expect(working).to_contain_text("Rough for now.")
    told.all_finely()
    told.desk.page.locator("#aspect label").filter(has_text="1:1").click()
    expect(working).not_to_contain_text("Rough")
    told.desk.wait(lambda: told.desk.picture.evaluate("each => each.width === each.height"))
    expect(working).not_to_contain_text("Rough")


def test_a_picture_of_the_last_film_is_not_shown_as_one_of_this(told: Told) -> None:
    page, waiting = told.desk.page, told.desk.page.locator("#waiting")
    told.hold_pictures()
    generation = told.desk.picture.get_attribute("data-generation")
    page.locator("#aspect label").filter(has_text="1:1").click()
    told.desk.wait(lambda: told.desk.picture.get_attribute("data-generation") != generation)
    expect(waiting).to_be_visible()  # the film is there, but nothing of it is seen
    told.let_go()
    told.desk.wait(lambda: told.desk.picture.evaluate("each => each.width === each.height"))
    expect(waiting).to_be_hidden()


def test_an_exact_picture_stays_though_a_quick_one_is_decoded_after_it(told: Told) -> None:
    page, picture = told.desk.page, told.desk.picture
    told.hold_pictures()
    page.mouse.click(*told.desk.point(40))
    told.desk.wait(lambda: len(told.held or []) >= 2)  # by now both are asked for
    page.evaluate(f"() => {{ {FIRST_IS_SLOW} }}")
    told.let_go()
    told.desk.stands_at(40)
    page.wait_for_timeout(800)
    expect(picture).to_have_attribute("data-kind", "png")
