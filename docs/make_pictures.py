"""Make the pictures of docs/illustrators.md: `python -m docs.make_pictures`.

The preview is started on a copy of the project, used as the guide tells, and photographed.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from spineanim.content.project import Project
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.preview.running import preview_of

_ROOT = Path(__file__).resolve().parents[1]
PICTURES = Path(__file__).resolve().parent / "pictures"
_SCREEN: ViewportSize = {"width": 1280, "height": 800}
_FRAME = 1500
_READY_MS = 90_000
_GAP_PX = 12
_ANY = re.compile(".")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder).resolve() / "spineanim")
        for each in ("scenes", "assets"):
            shutil.copytree(_ROOT / each, project.root / each)
        with preview_of(project, "pump") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            page = browser.new_page(viewport=_SCREEN)
            page.goto(f"{address}#scene=pump&language=en&aspect=16:9&frame={_FRAME}")
            _ready(page)
            _shoot(page, "page")
            _words(page)
            _settings(page)
            _sheet(page)
            _conflict(page, project)
            _mistake(page, project)
            browser.close()


def _ready(page: Page) -> None:
    """Wait until the exact picture is there and the whole film stands."""
    expect(page.locator("#picture")).to_have_attribute("data-kind", "png", timeout=_READY_MS)
    expect(page.locator("#working")).to_be_empty(timeout=_READY_MS)
    page.wait_for_timeout(1500)


def _seen(page: Page, of: str = "") -> Image.Image:
    seen = page.locator(of) if of else page
    return Image.open(io.BytesIO(seen.screenshot())).convert("RGB")


def _save(picture: Image.Image, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    # the usual way of choosing colours would drop those of a few words
    few = picture.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1)
    few.save(PICTURES / f"{name}.png", optimize=True)


def _shoot(page: Page, name: str, of: str = "") -> None:
    _save(_seen(page, of), name)


def _words(page: Page) -> None:
    """Show a word being changed, and the picture with it."""
    box = page.locator('[data-field="pump_is_connected.title"]')
    before = page.locator("#picture").get_attribute("data-generation")
    box.fill("The pump is joined")
    expect(page.locator("#picture")).not_to_have_attribute(
        "data-generation", str(before), timeout=_READY_MS
    )
    _ready(page)
    _shoot(page, "words")
    page.keyboard.press("Escape")
    _ready(page)


def _settings(page: Page) -> None:
    """Show the panels of parameters and of colours side by side."""
    page.locator("#tab-parameters").click()
    page.wait_for_timeout(500)
    left = _seen(page, "#panels")
    page.locator("#tab-colors").click()
    page.locator('[data-hex="ink.label"]').scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    right = _seen(page, "#panels")
    page.locator("#tab-words").click()
    both = Image.new("RGB", (left.width + _GAP_PX + right.width, left.height), "white")
    both.paste(left)
    both.paste(right, (left.width + _GAP_PX, 0))
    _save(both, "settings")


def _sheet(page: Page) -> None:
    page.locator("#sheet-switch").click()
    images = page.locator("#sheet img")
    expect(images.last).to_have_attribute("src", _ANY, timeout=_READY_MS)
    for image in images.all():
        expect(image).to_have_attribute("src", _ANY, timeout=_READY_MS)
    page.wait_for_timeout(500)
    _shoot(page, "sheet")
    page.locator("#sheet-switch").click()


def _conflict(page: Page, project: Project) -> None:
    """Show what comes of a word that an editor has changed while it was being changed here."""
    script = project.script_file("pump")
    right = script.read_text()
    box = page.locator('[data-field="pump_is_connected.labels.coil.text"]')
    box.fill("Spare tube")
    script.write_text(right.replace('"Spare length"', '"Reserve"'))
    _ready(page)
    box.press("Enter")
    theirs = page.get_by_role("button", name="Take theirs")
    expect(theirs).to_be_visible(timeout=_READY_MS)
    part = page.locator("#words-list .words-group", has=theirs)
    part.scroll_into_view_if_needed()
    box_px, panel = part.bounding_box(), _seen(page)
    assert box_px is not None
    left, top = box_px["x"] - _GAP_PX, box_px["y"]
    _save(
        panel.crop((round(left), round(top), _SCREEN["width"], round(top + box_px["height"]))),
        "conflict",
    )
    theirs.click()
    script.write_text(right)
    expect(box).to_have_value("Spare length", timeout=_READY_MS)
    box.blur()
    page.locator("#panel-words").evaluate("panel => panel.scrollTo(0, 0)")
    _ready(page)


def _mistake(page: Page, project: Project) -> None:
    """Show what a faulty file looks like: the picture stays, and the place is named."""
    script = project.script_file("pump")
    right = script.read_text()
    script.write_text(right.replace('title = "', "title = ", 1))
    expect(page.locator("#trouble .wrong .note")).to_be_visible(timeout=_READY_MS)
    expect(page.locator("#frame")).to_have_class("old", timeout=_READY_MS)
    page.wait_for_timeout(500)
    _shoot(page, "mistake")
    script.write_text(right)
    expect(page.locator("#trouble")).to_be_hidden(timeout=_READY_MS)


if __name__ == "__main__":
    main()
