"""Why a change to a file could not be made."""

from __future__ import annotations

from spineanim.editing.keys import Key, dotted
from spineanim.errors import ContentError


class EditError(ContentError):
    """A change to a file that people edit cannot be made; nothing was written."""


class ConflictError(EditError):
    """Somebody else has changed the same entry meanwhile; nothing was written.

    Parameters
    ----------
    file
        The file, from the project's folder.
    path
        Keys and places in lists down to the entry.
    there
        What it says in the file now; None if it is not there.
    mine
        What was to be written; None to take it out.
    before
        What it was believed to say.
    """

    def __init__(
        self, file: str, path: tuple[Key, ...], there: object, mine: object, before: object
    ) -> None:
        super().__init__(
            f"{file}: {dotted(path)} was changed by somebody else: it is now {_said(there)}, "
            f"was {_said(before)}, and was to become {_said(mine)}",
            "look at it and change it again if it should be otherwise",
        )
        self.file = file
        self.path = path
        self.there = there
        self.mine = mine
        self.before = before


def _said(value: object) -> str:
    return "not there" if value is None else repr(value)
