"""The preview's page: going through a film and looking at it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.visitor import Visitor
from tests.preview.desk import FRAMES, Desk

pytestmark = [pytest.mark.render, pytest.mark.slow]

SLOW = """
    const decode = createImageBitmap;
    window.createImageBitmap = async (file) => {
        await new Promise((done) => setTimeout(done, 250));
        return decode(file);
    };
"""
"""A machine that takes a quarter of a second for a picture."""
SEEN = """
    window.seen = [];
    new MutationObserver(() => {
        const { frame, order } = document.querySelector("#picture").dataset;
        window.seen.push([Number(order), Number(frame)]);
    }).observe(document.querySelector("#picture"), { attributeFilter: ["data-order"] });
"""


def test_a_frame_is_shown_where_the_timeline_is_pointed_at(desk: Desk) -> None:
    first = desk.pixels()
    desk.go(75)
    expect(desk.page.locator("#time")).to_have_text("00:02.15")
    expect(desk.page.locator("#frame-number")).to_have_text("frame 75 / 149")
    expect(desk.page.locator("#beat-now")).to_have_text("It is named")
    assert desk.pixels() != first


def test_dragging_along_the_timeline_shows_ever_newer_pictures(desk: Desk) -> None:
    desk.page.evaluate(SEEN)
    mouse = desk.page.mouse
    mouse.move(*desk.point(20))
    mouse.down()
    for frame in range(22, 82, 2):
        mouse.move(*desk.point(frame))
        desk.page.wait_for_timeout(30)
    mouse.up()
    desk.stands_at(80)
    seen = desk.page.evaluate("window.seen")
    assert len({frame for _, frame in seen}) >= 5, "pictures are seen while it is dragged"
    assert [order for order, _ in seen] == sorted(order for order, _ in seen)


def test_keys_step_through_the_film(desk: Desk) -> None:
    press = desk.page.keyboard.press
    desk.go(20)
    for key, frame in (
        ("ArrowRight", 21),
        ("Shift+ArrowRight", 31),
        ("ArrowLeft", 30),
        ("PageDown", 90),
        ("[", 15),
        ("PageUp", 0),
        ("]", 15),
        ("End", FRAMES - 1),
        ("Home", 0),
    ):
        press(key)
        assert desk.at == frame, key
    desk.stands_at(0)


def test_keys_are_those_of_a_field_while_one_writes(desk: Desk) -> None:
    desk.go(20)
    box = desk.field("named.title")
    box.click()
    for key in ("Home", "Space", "l", "ArrowRight"):
        box.press(key)
    assert desk.at == 20
    assert box.input_value() == " lIt is named"
    box.press("Escape")
    assert box.input_value() == "It is named"


def test_it_plays_in_time_to_the_end(desk: Desk) -> None:
    desk.go(100)
    desk.page.keyboard.press("Space")
    expect(desk.page.locator("#play")).to_have_attribute("aria-label", "Pause")
    began = desk.page.evaluate("performance.now()")
    desk.wait(lambda: desk.at >= 130)
    took_s = (desk.page.evaluate("performance.now()") - began) / 1000
    assert took_s == pytest.approx(1.0, abs=0.3)
    desk.stands_at(FRAMES - 1)
    expect(desk.page.locator("#play")).to_have_attribute("aria-label", "Play")


def test_a_beat_repeats(desk: Desk) -> None:
    desk.go(140)
    desk.page.locator("#loop").click()
    desk.page.keyboard.press("Space")
    desk.wait(lambda: 90 <= desk.at < 130)
    expect(desk.page.locator("#play")).to_have_attribute("data-playing", "true")
    desk.page.keyboard.press("Space")


def test_what_comes_too_late_is_left_out(desks: Visitor) -> None:
    desk = Desk.opened(desks, script=SLOW)
    desk.page.evaluate(SEEN)
    desk.page.keyboard.press("Space")
    desk.wait(lambda: desk.at >= 75)
    speed = desk.page.locator("#speed")
    assert int(speed.get_attribute("data-dropped") or 0) > 10
    seen = [frame for _, frame in desk.page.evaluate("window.seen")]
    assert len(seen) >= 5
    assert seen == sorted(seen)
    assert desk.at - desk.shows < 15, "what is seen is not far behind"


def test_the_picture_is_zoomed_and_shifted(desk: Desk) -> None:
    frame = desk.page.locator("#frame")

    def box() -> dict[str, float]:
        found = frame.bounding_box()
        assert found is not None
        return {"x": found["x"], "y": found["y"], "width": found["width"]}

    desk.page.locator("[data-zoom='2']").click()
    assert box()["width"] == 2 * 960
    before = box()
    desk.page.mouse.move(600, 400)
    desk.page.mouse.down()
    desk.page.mouse.move(640, 430)
    desk.page.mouse.up()
    assert (box()["x"] - before["x"], box()["y"] - before["y"]) == (40, 30)
    share = (600 - box()["x"]) / box()["width"]
    desk.page.mouse.move(600, 400)
    desk.page.mouse.wheel(0, -200)
    desk.wait(lambda: box()["width"] > 2 * 960)
    assert (600 - box()["x"]) / box()["width"] == pytest.approx(share, abs=0.01)
    desk.page.keyboard.press("0")
    view = desk.page.locator("#view").bounding_box()
    assert view is not None and box()["width"] < view["width"]
    fit = desk.page.locator("[data-zoom=fit]")
    expect(fit).to_have_attribute("aria-pressed", "true")

    fitted, share = box(), (600 - box()["x"]) / box()["width"]
    desk.page.mouse.dblclick(600, 400)
    assert box()["width"] == pytest.approx(2 * fitted["width"], abs=2)
    assert (600 - box()["x"]) / box()["width"] == pytest.approx(share, abs=0.01)
    expect(fit).to_have_attribute("aria-pressed", "false")
    desk.page.mouse.dblclick(500, 300)
    assert box() == fitted


def test_safe_areas_lie_over_the_picture(desk: Desk) -> None:
    safe = desk.page.locator(".safe.action")
    expect(safe).to_be_hidden()
    desk.page.locator("#safe-areas").click()
    expect(safe).to_be_visible()
    whole, action, title = (
        desk.page.locator(each).bounding_box() for each in ("#frame", ".safe.action", ".safe.title")
    )
    assert whole and action and title
    assert action["width"] / whole["width"] == pytest.approx(0.93, abs=0.005)
    assert title["height"] / whole["height"] == pytest.approx(0.9, abs=0.01)


def test_the_contact_sheet_goes_to_its_frames(desk: Desk) -> None:
    desk.page.locator("#sheet-switch").click()
    thumbs = desk.page.locator("#sheet img")
    assert thumbs.count() == 3 * 3
    loaded = "list => list.every((each) => each.naturalWidth === 240)"
    desk.wait(lambda: thumbs.evaluate_all(loaded))
    desk.page.locator("#sheet [data-frame='149']").click()
    expect(desk.page.locator("#sheet")).to_be_hidden()
    desk.stands_at(149)


def test_a_reload_comes_back_to_the_same_place(desk: Desk) -> None:
    desk.page.locator("#aspect label").filter(has_text="1:1").click()
    desk.wait(lambda: desk.picture.evaluate("each => each.width === each.height"))
    desk.go(100)
    desk.page.wait_for_timeout(400)
    desk.page.reload()
    desk.stands_at(100)
    assert desk.picture.evaluate("each => [each.width, each.height]") == [540, 540]


def test_another_shape_keeps_the_moment(desk: Desk) -> None:
    desk.go(100)
    desk.page.locator("#aspect label").filter(has_text="9:16").click()
    desk.wait(lambda: desk.picture.evaluate("each => each.height > each.width"))
    desk.stands_at(100)


def test_a_lost_connection_is_said_and_comes_back(desks: Visitor) -> None:
    page = desks.open("about:blank", viewport={"width": 1440, "height": 900})
    lines: list[WebSocketRoute] = []

    def through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/socket", through)
    page.goto(desks.address)
    desk = Desk(page)
    desk.stands_at(0)
    desk.go(60)
    lines[-1].close()
    said = page.locator("#connection")
    expect(said).to_have_attribute("data-state", "lost")
    expect(said).to_contain_text("Connection lost")
    expect(said).to_have_attribute("data-state", "connected")
    desk.wait(lambda: len(lines) == 2)
    desk.stands_at(60)
    desk.go(61)


@pytest.mark.parametrize("width_px", [840, 1000, 1440])
def test_the_page_is_fit_for_everybody(desk: Desk, width_px: int) -> None:
    desk.page.set_viewport_size({"width": width_px, "height": 700})
    for panel in ("words", "parameters", "colors"):
        desk.tab(panel)
        found = Axe().run(desk.page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    desk.page.locator("#sheet-switch").click()
    found = Axe().run(desk.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.page.evaluate(sideways) == 0
