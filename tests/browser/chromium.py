"""Where Chromium is, how it is started, and which tests need it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE: Final = "SPINEANIM_CHROMIUM"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING: Final = (
    f"no Chromium: install it (Debian: apt-get install chromium), or name one in {VARIABLE}"
)
ARGUMENTS: Final = (
    # Whatever a page asks for elsewhere, even what Playwright does not see, fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-gpu",
    "--mute-audio",
)


def find_chromium() -> str | None:
    """Return the program: the one that SPINEANIM_CHROMIUM names, else the first on PATH.

    Raises
    ------
    FileNotFoundError
        The variable names something that is no program; that is an error, not a reason to skip.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise FileNotFoundError(f"{VARIABLE} names {named}, which is no program")
        return found
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium; it ends with the block."""
    from playwright.sync_api import sync_playwright  # most tests need none of it

    program = find_chromium()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=ARGUMENTS) as browser,
    ):
        yield browser


def mark_browser_tests(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and all that is here; skip it where there is no browser.

    Raises
    ------
    pytest.UsageError
        The one that is named is none.
    """
    driving = [each for each in items if "chromium" in getattr(each, "fixturenames", ())]
    here = [each for each in items if Path(__file__).parent in each.path.parents]
    for item in here:
        item.add_marker(pytest.mark.slow)
    for item in {*here, *driving}:
        item.add_marker(pytest.mark.browser)
    try:
        is_there = not driving or find_chromium() is not None
    except FileNotFoundError as error:
        raise pytest.UsageError(str(error)) from None
    for item in () if is_there else driving:
        item.add_marker(pytest.mark.skip(MISSING))
