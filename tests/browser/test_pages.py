"""Every page, on a desktop and on phones: rules of accessibility, sizes, what is loaded.

With SPINEANIM_SCREENSHOTS naming a folder, a picture of each is left there to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.sites import PAGES
from tests.browser.visitor import DESKTOP, PHONE, SMALL_PHONE, Visitor

SCREENS: Final[dict[str, dict[str, Any]]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
    "small": {"viewport": SMALL_PHONE, "has_touch": True, "is_mobile": True},
}
TARGET_PX: Final = 44

WIDER: Final = """() => {
    const wide = document.documentElement.clientWidth;
    return Array.from(document.querySelectorAll("body *"))
        .filter(each => !each.closest(".unseen"))
        .filter(each => each.getBoundingClientRect().right > wide + 0.5 ||
                        each.getBoundingClientRect().left < -0.5)
        .map(each => each.outerHTML.slice(0, 120));
}"""
"""What reaches over the screen's edge; the page itself must not be wider either."""

SMALL: Final = """async size => {
    const small = [];
    for (const each of document.querySelectorAll("a, button, summary, input, select")) {
        if (each.matches(".skip") || !each.checkVisibility()) continue;
        each.scrollIntoView({ block: "center", behavior: "instant" });
        const box = each.getBoundingClientRect();
        const x = box.left + box.width / 2, y = box.top + box.height / 2, half = size / 2 - 0.5;
        const ends = [[0, -half], [0, half], [-half, 0], [half, 0]];
        const inside = ends.every(([right, down]) => {
            const there = document.elementFromPoint(x + right, y + down);
            return there && (each.contains(there) || there.contains(each) && there === each);
        });
        if (!inside) small.push(`${each.textContent.trim()} ${box.width} x ${box.height}`);
    }
    return small;
}"""
"""What a finger of that size, in the middle of it, would miss."""

UNSIZED: Final = """() => Array.from(document.querySelectorAll("img, video"))
    .filter(each => {
        const [wide, high] = [each.getAttribute("width"), each.getAttribute("height")];
        const own = each.naturalWidth ? each.naturalWidth / each.naturalHeight : wide / high;
        return !(wide > 0 && high > 0) || Math.abs(wide / high / own - 1) > 0.02;
    })
    .map(each => each.outerHTML.slice(0, 120))"""

SHIFT: Final = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => (sum += each.value)))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 200);
})"""

LOADED: Final = """() => [...performance.getEntriesByType("resource"),
    ...performance.getEntriesByType("navigation")]
    .map(each => [each.name, each.transferSize])"""


def _read_through(page: Page) -> None:
    """Scroll to the end, so that what is loaded late is there."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
                scrollTo({ top: y, behavior: "instant" });
                await new Promise(done => requestAnimationFrame(done));
            }
            const seen = Array.from(document.images).filter(each => each.checkVisibility());
            await Promise.all(seen.map(each => each.decode().catch(() => {})));
            scrollTo({ top: 0, behavior: "instant" });
        }"""
    )


def _keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get("SPINEANIM_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(2500)  # until Chromium's ring over films, as they are made, is gone
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _broken_rules(page: Page) -> list[Any]:
    found = Axe().run(page).response
    return [
        (each["id"], each["help"], [node["html"] for node in each["nodes"]])
        for each in found["violations"]
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_fit_for_everybody(visitor: Visitor, path: str, screen: str) -> None:
    page = visitor.open(path, **SCREENS[screen])
    _read_through(page)
    assert page.evaluate(SHIFT) < 0.01
    name = path.removesuffix(".html").removesuffix("/index").replace("/", "-")
    _keep_picture(page, f"{name}-{screen}")
    assert page.evaluate(UNSIZED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(WIDER) == []
    if screen != "desktop":
        assert page.evaluate(SMALL, TARGET_PX) == []
    page.locator("details").evaluate_all("all => all.forEach(each => (each.open = true))")
    assert _broken_rules(page) == []


@pytest.mark.parametrize("path", ["en/pain-pump.html", "en/index.html", "en/pump/transcript.html"])
def test_no_film_is_loaded_before_it_is_asked_for(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    _read_through(page)
    page.wait_for_timeout(200)
    assert [url for url in visitor.requests if ".mp4" in url] == []
    loaded = page.evaluate(LOADED)
    assert len(loaded) > 3
    assert sum(size for _, size in loaded) < 1_000_000


def test_a_film_s_page_loads_only_its_beginning(visitor: Visitor) -> None:
    page = visitor.open("en/pump/index.html")
    assert page.locator("video").get_attribute("preload") == "metadata"
    page.wait_for_timeout(300)
    assert page.locator("video").evaluate("film => film.paused && film.currentTime === 0")
    assert len({url for url in visitor.requests if ".mp4" in url}) <= 1


def test_nothing_reaches_over_the_edge_unnoticed(visitor: Visitor) -> None:
    """The tests above can fail."""
    page = visitor.open("en/pump/index.html", **SCREENS["phone"])
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
            '<img width="500" height="20"><a href="#x">x</a>')"""
    )
    page.evaluate("document.querySelector('main > img').style.maxWidth = 'none'")
    assert page.evaluate(WIDER) != []
    assert page.evaluate(SMALL, TARGET_PX) != []
    assert {rule for rule, _, _ in _broken_rules(page)} >= {"image-alt"}
