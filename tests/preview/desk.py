"""A window of the preview, as somebody sees and uses it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor

FRAMES: Final = 150
"""Of the demonstration film: a title card to 15, `named` to 90, `nearer`."""
SCREEN: Final = {"width": 1440, "height": 900}
_LIMIT_S: Final = 20.0


class Desk:
    """An open window.

    Parameters
    ----------
    page
        Where it is.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.picture = page.locator("#picture")
        self.timeline = page.locator("#timeline")

    @classmethod
    def opened(cls, visitor: Visitor, hash: str = "", script: str = "") -> Desk:
        """Open one and wait for its first picture; a script runs before those of the page."""
        page = visitor.open("about:blank", viewport=SCREEN)
        if script:
            page.add_init_script(script)
        page.goto(f"{visitor.address}#{hash}")
        found = cls(page)
        expect(found.picture).to_have_attribute("data-kind", "png", timeout=60_000)
        expect(page.locator("#undo")).to_be_visible()
        found.wait(lambda: page.locator("[data-parameter]").count() > 0)
        return found

    @property
    def at(self) -> int:
        """Frame that the playhead is at."""
        return int(self.timeline.get_attribute("aria-valuenow") or -1)

    @property
    def shows(self) -> int:
        """Frame of the picture that is seen."""
        return int(self.picture.get_attribute("data-frame") or -1)

    def pixels(self) -> str:
        """Return the picture, so that it can be told from another."""
        return str(self.picture.evaluate("picture => picture.toDataURL()"))

    def stands_at(self, frame: int) -> None:
        """Wait until a frame is shown exactly."""
        expect(self.timeline).to_have_attribute("aria-valuenow", str(frame))
        expect(self.picture).to_have_attribute("data-frame", str(frame))
        expect(self.picture).to_have_attribute("data-kind", "png")

    def point(self, frame: int) -> tuple[float, float]:
        """Return where a frame is on the timeline."""
        box = self.timeline.bounding_box()
        assert box is not None
        return box["x"] + box["width"] * (frame + 0.5) / FRAMES, box["y"] + box["height"] / 2

    def go(self, frame: int) -> None:
        """Point at a frame of the timeline, and wait for its picture."""
        self.page.mouse.click(*self.point(frame))
        self.stands_at(frame)

    def tab(self, name: str) -> None:
        """Open a panel."""
        self.page.locator(f"#tab-{name}").click()

    def field(self, path: str) -> Locator:
        """Return the box of a word or a time."""
        return self.page.locator(f'[data-field="{path}"]')

    def parameter(self, name: str, kind: str = "") -> Locator:
        """Return the box of a parameter."""
        return self.page.locator(f"{kind}[data-parameter={name}]")

    def changes_from(self, pixels: str) -> None:
        """Wait until the picture is another."""
        self.wait(lambda: self.pixels() != pixels)

    def saved(self, how: str = "Saved in") -> None:
        """Wait until the page says that something is saved, and let it go."""
        expect(self.page.locator("#saved[data-kind=good]")).to_contain_text(how)
        self.page.evaluate("document.querySelector('#saved').replaceChildren()")

    def wait(self, holds: Callable[[], Any]) -> None:
        """Wait until something is so."""
        limit_s = time.monotonic() + _LIMIT_S
        while not holds():
            assert time.monotonic() < limit_s, "waited in vain"
            self.page.wait_for_timeout(20)
