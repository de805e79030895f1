"""A film on an open page, as somebody sees and uses it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Page

FRAME_S: Final = 1 / 30
_LIMIT_S: Final = 15.0


class Film:
    """One `video` of a page.

    Parameters
    ----------
    page
        Where it is.
    number
        Which one, from 0.
    """

    def __init__(self, page: Page, number: int = 0) -> None:
        self._page = page
        self.element = page.locator("video").nth(number)

    def ask(self, expression: str) -> Any:  # noqa: ANN401 (whatever the page says)
        """Return the value of an expression of JavaScript about `film`."""
        return self.element.evaluate(f"film => {expression}")

    @property
    def now_s(self) -> float:
        """Moment that it is at."""
        return float(self.ask("film.currentTime"))

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return bool(self.ask("!film.paused && !film.ended"))

    @property
    def fault(self) -> str | None:
        """Why it does not play."""
        said: str | None = self.ask("film.error && `${film.error.code} ${film.error.message}`")
        return said

    def play(self) -> None:
        """Start it, as its own button does."""
        self.ask("film.play()")

    def runs_to(self, seconds: float) -> None:
        """Wait until it has played past a moment."""
        self._until(lambda: self.now_s >= seconds or self.fault is not None)
        assert self.fault is None
        assert self.now_s >= seconds, f"it stands at {self.now_s} s"

    def stands_at(self, seconds: float) -> None:
        """Wait until it shows a moment, within half a frame."""

        def there() -> bool:
            shown = not self.ask("film.seeking") and self.ask("film.readyState") >= 2
            return bool(shown) and abs(self.now_s - seconds) < FRAME_S / 2

        self._until(there)
        assert abs(self.now_s - seconds) < FRAME_S / 2, f"{self.now_s} s, not {seconds} s"

    def caption(self) -> str | None:
        """Return what its captions say now; None if they are not shown."""
        said: str | None = self.ask(
            """{
                const track = Array.from(film.textTracks).find(each => each.mode === "showing");
                const cues = track && track.activeCues ? Array.from(track.activeCues) : [];
                const words = cues.map(cue => cue.getCueAsHTML().textContent);
                return words.length ? words.join(" ") : null;
            }"""
        )
        return said

    def says(self, words: str) -> None:
        """Wait until its captions say something."""
        self._until(lambda: self.caption() == words)
        assert self.caption() == words

    def _until(self, holds: Callable[[], bool]) -> None:
        limit_s = time.monotonic() + _LIMIT_S
        while not holds() and time.monotonic() < limit_s:
            self._page.wait_for_timeout(20)


def current_part(page: Page) -> str | None:
    """Title of the part that the chapter list marks."""
    marked = page.locator("[data-player] a[aria-current=true] .name")
    count = marked.count()
    assert count <= 1
    return marked.inner_text() if count else None
