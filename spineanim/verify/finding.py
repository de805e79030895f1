"""What a check says is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spineanim.upload import FilmFacts


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    Attributes
    ----------
    check
        Name of the check, such as `flash` or `keyframes`.
    file
        Path below the upload folder, with `/` between its parts.
    what
        What is wrong, in a clause with the measured value and the limit.
    remedy
        What to do about it.
    is_failure
        Whether the folder must not be uploaded as it is; otherwise it is worth a look.
    """

    check: str
    file: str
    what: str
    remedy: str
    is_failure: bool = True

    def __str__(self) -> str:
        """One line: file, what, remedy."""
        return f"{self.file}: {self.what}; {self.remedy}"


@dataclass(frozen=True)
class PublishedFilm:
    """The folder of a film, as it lies in an upload.

    Attributes
    ----------
    root
        The upload folder.
    folder
        The film's folder.
    facts
        What its manifest states: where to look, never what is found.
    """

    root: Path
    folder: Path
    facts: FilmFacts

    def name_of(self, file: Path) -> str:
        """Path of a file below the upload folder, as findings give it."""
        return file.relative_to(self.root).as_posix()


FilmCheck = Callable[[PublishedFilm], Iterator[Finding]]
"""Looks through the folder of a film."""
