"""What went wrong, and the place in the project that a message names."""

from __future__ import annotations

import re
from typing import Final

from spineanim.preview.looks import Trouble

_PLACE: Final = re.compile(r"((?:assets|scenes|spineanim)/[^\s:\"']+)(?:\"?(?::|, line )(\d+))?")


def trouble_in(said: str, hint: str = "", root: str = "") -> Trouble:
    """Return a trouble with the file and line that a message names.

    Parameters
    ----------
    said
        The message, or what a process printed before it ended: its last line is the message, and
        the last place in it is meant.
    hint
        What can be done.
    root
        Folder that is left out of file names.
    """
    if root:
        said, hint = (text.replace(f"{root}/", "") for text in (said, hint))
    places = _PLACE.findall(said)
    file, line = places[-1] if places else ("", "")
    message = said.strip().splitlines()[-1] if said.strip() else ""
    return Trouble(message, hint, file, int(line or 0))
