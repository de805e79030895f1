"""Where things of the site are: beside one another, and on the web."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Final

from spineanim.errors import ParameterError

PLACEHOLDER: Final = "https://www.example.org/animations/"
"""Stands for the site's address where none was given."""
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9._~:\[\]-]+(/[A-Za-z0-9._~/%@+-]*)?")


def checked_base(base_url: str) -> str:
    """Return the address of the site's folder with a slash at its end; nothing for nothing.

    Raises
    ------
    ParameterError
        It is no address of a folder.
    """
    if base_url and not _ADDRESS.fullmatch(base_url):
        raise ParameterError(
            f"{base_url!r} is no address of a folder on the web", f"write one like {PLACEHOLDER}"
        )
    return base_url.rstrip("/") + "/" if base_url else ""


@dataclass(frozen=True)
class Place:
    """A page of the site, and how others are reached from it.

    Attributes
    ----------
    path
        From the site's folder on.
    base_url
        Address of that folder, with a slash at its end; may be empty.
    """

    path: str
    base_url: str = ""

    def to(self, path: str) -> str:
        """Link to another file of the site, which works wherever the folder lies."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def address(self, path: str) -> str:
        """Whole address of a file; a link from here if the site's is not known."""
        return f"{self.base_url}{path}" if self.base_url else self.to(path)
