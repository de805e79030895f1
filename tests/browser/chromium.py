"""Where Chromium is, and how it is started."""

from __future__ import annotations

import os
import shutil
from typing import Final

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
