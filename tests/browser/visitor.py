"""Somebody who opens pages and notices whatever goes wrong with them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request
from playwright.sync_api import Error as PageError

DESKTOP: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 844}
SMALL_PHONE: Final = {"width": 320, "height": 568}

_STOPPED: Final = "net::ERR_ABORTED"
"""A film that is not read to its end, or a page that is left."""


class Visitor:
    """Opens pages, each in a browser of its own that knows nothing of the others.

    Parameters
    ----------
    browser
        To open them in.
    address
        Of the site, with a slash at the end; every request to another place is a trouble.

    Attributes
    ----------
    address
        As given.
    troubles
        What went wrong so far, a sentence each: errors in the console or in a script, requests
        elsewhere or without an answer, dialogs. A test that expects one takes it out.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self.address = address
        self._contexts: list[BrowserContext] = []
        self.troubles: list[str] = []
        self.requests: list[str] = []

    def open(self, path: str = "", **options: Any) -> Page:
        """Open a page of the site; options are those of Playwright's `new_context`."""
        context = self._browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._note(f"script: {_first_line(error.error)}"))
        context.on("dialog", self._spoke)
        page = context.new_page()
        page.goto(urljoin(self.address, path))
        return page

    def leave(self) -> None:
        """Close every page; what they still had to say is heard first."""
        while self._contexts:
            self._contexts.pop().close()

    def _note(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith(self.address) and urlsplit(request.url).scheme != "blob":
            self._note(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != _STOPPED:
            self._note(f"not answered: {request.url} ({request.failure})")

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type in ("error", "warning") and not where.endswith("/favicon.ico"):
            # The icon of a website is its owner's; a browser asks for it at the root.
            self._note(f"console: {message.text} ({where})")

    def _spoke(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()


def _first_line(error: PageError) -> str:
    return str(error).splitlines()[0]
