"""Kinds of parameter: what a value may be, how it is read from a command line, how to say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.errors import ParameterError
from spineanim.geometry.params import Limits

ANY_LANGUAGE = ""
"""Key of words that stand in every language."""
_CODE = re.compile(r"[a-z]{2,3}")
_PICTURES = (".svg", ".png")


class Kind(Protocol):
    """What a parameter's value may be."""

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the value as it is kept.

        Raises
        ------
        ParameterError
            It is not allowed; what is wrong, and what would be right.
        """

    def parse(self, text: str) -> object:
        """Read a value from the command line; it is checked afterwards."""

    def allowed(self, project: Project) -> str:
        """Say what is allowed."""


@dataclass(frozen=True)
class Choice:
    """One of several values.

    Attributes
    ----------
    values
        The values, or what gives a project's own.
    """

    values: Sequence[str | int] | Callable[[Project], Sequence[str]]

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the value if it is among them."""
        known = self.options(project)
        if isinstance(value, bool) or value not in known:
            close = get_close_matches(str(value), [str(each) for each in known], 1)
            guess = f"; did you mean {close[0]}?" if close else ""
            raise ParameterError(
                f"{name} is {value!r}", f"use one of {', '.join(map(str, known))}{guess}"
            )
        return value

    def parse(self, text: str) -> object:
        """Read a word, or a whole number where the values are such."""
        return int(text) if text.isascii() and text.isdigit() else text

    def allowed(self, project: Project) -> str:
        """List the values."""
        return ", ".join(map(str, self.options(project)))

    def options(self, project: Project) -> Sequence[str | int]:
        """Give the values."""
        return self.values(project) if callable(self.values) else self.values


@dataclass(frozen=True)
class Number:
    """A number within limits.

    Attributes
    ----------
    limits
        Ends, unit and source.
    whole
        Whether it has to be a whole number.
    """

    limits: Limits
    whole: bool = False

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the number if it lies within the limits."""
        good = int if self.whole else (int, float)
        if not isinstance(value, good) or isinstance(value, bool) or not _fits(value):
            what = "a whole number" if self.whole else "a number"
            raise ParameterError(f"{name} is {value!r}", f"write {what}, {self.allowed(project)}")
        self.limits.check(name, value)
        return value if self.whole else float(value)

    def parse(self, text: str) -> object:
        """Read a number; a text that is none is left for the check to refuse."""
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text

    def allowed(self, project: Project) -> str:
        """Name both ends and the unit."""
        return f"{self.limits.low:g} to {self.limits.high:g} {self.limits.unit}"


def _fits(value: float) -> bool:
    """Whether a whole number is not too long to be compared with one that has a point."""
    try:
        float(value)
    except OverflowError:
        return False
    return True


@dataclass(frozen=True)
class Words:
    """A statement in each language: a table by language code; a single text is English."""

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the statement by language."""
        given = {MASTER_LANGUAGE: value} if isinstance(value, str) else value
        if (
            not isinstance(given, Mapping)
            or not given
            or not all(isinstance(text, str) and text.strip() for text in given.values())
        ):
            raise ParameterError(f"{name} is {value!r}", f"write {self.allowed(project)}")
        for code in given:
            if code != ANY_LANGUAGE and not _CODE.fullmatch(code):
                raise ParameterError(f"{name} has words in {code!r}", "name languages as en or es")
        return dict(given)

    def parse(self, text: str) -> object:
        """Take the text for the language of this time, whichever it is."""
        return {ANY_LANGUAGE: text}

    def allowed(self, project: Project) -> str:
        """Show the form."""
        return 'words, or { en = "...", es = "..." }'


@dataclass(frozen=True)
class Text:
    """One line that is the same in all languages; may be empty.

    Attributes
    ----------
    longest
        Most letters.
    """

    longest: int

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the text if it is one short line."""
        if not isinstance(value, str) or "\n" in value or len(value) > self.longest:
            raise ParameterError(f"{name} is {value!r}", f"write {self.allowed(project)}")
        return value.strip()

    def parse(self, text: str) -> object:
        """Take the text."""
        return text

    def allowed(self, project: Project) -> str:
        """Name the length."""
        return f"one line of at most {self.longest} letters"


@dataclass(frozen=True)
class Picture:
    """A file in `assets/artwork`; may be empty."""

    def check(self, name: str, value: object, project: Project) -> object:
        """Return the file's name if it is there."""
        if not isinstance(value, str):
            raise ParameterError(f"{name} is {value!r}", f"write {self.allowed(project)}")
        if value and not _is_picture(project.artwork / value, project.artwork):
            raise ParameterError(
                f"{name} is {value!r}, but there is no such picture",
                f"write {self.allowed(project)}",
            )
        return value

    def parse(self, text: str) -> object:
        """Take the name."""
        return text

    def allowed(self, project: Project) -> str:
        """Name the folder and the formats."""
        return f"name of a file in assets/artwork ({', '.join(each[1:] for each in _PICTURES)})"


def _is_picture(file: Path, folder: Path) -> bool:
    """Whether a file is a picture in a folder; a name that no file can have is none."""
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
        return inside and file.suffix.lower() in _PICTURES and file.is_file()
    except (OSError, ValueError):
        return False
