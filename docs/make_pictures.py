"""Make the pictures of docs/illustrators.md: `python -m docs.make_pictures`.

The preview is started on a copy of the project, used as the guide tells, and photographed.
"""

from __future__ import annotations

import io
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
            _colors(page)
            _sheet(page)
            _mistake(page, project)
            browser.close()


def _ready(page: Page) -> None:
    """Wait until the exact picture is there and the whole film stands."""
    expect(page.locator("#picture")).to_have_attribute("data-kind", "png", timeout=_READY_MS)
    expect(page.locator("#working")).to_be_empty(timeout=_READY_MS)
    page.wait_for_timeout(1500)


def _shoot(page: Page, name: str, of: str = "") -> None:
    PICTURES.mkdir(exist_ok=True)
    seen = page.locator(of) if of else page
    picture = Image.open(io.BytesIO(seen.screenshot())).convert("RGB")
    picture.quantize(256).save(PICTURES / f"{name}.png", optimize=True)


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


def _colors(page: Page) -> None:
    page.locator("#tab-colors").click()
    page.locator('[data-hex="ink.label"]').scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    _shoot(page, "colours", "#panels")
    page.locator("#tab-parameters").click()
    page.wait_for_timeout(500)
    _shoot(page, "parameters", "#panels")
    page.locator("#tab-words").click()


def _sheet(page: Page) -> None:
    page.locator("#sheet-switch").click()
    page.wait_for_timeout(8000)
    _shoot(page, "sheet")
    page.locator("#sheet-switch").click()


def _mistake(page: Page, project: Project) -> None:
    """Show what a faulty file looks like: the picture stays, and the place is named."""
    script = project.script_file("pump")
    right = script.read_text()
    script.write_text(right.replace('title = "', "title = ", 1))
    expect(page.locator("#trouble")).to_be_visible(timeout=_READY_MS)
    page.wait_for_timeout(500)
    _shoot(page, "mistake")
    script.write_text(right)
    expect(page.locator("#trouble")).to_be_hidden(timeout=_READY_MS)


if __name__ == "__main__":
    main()
