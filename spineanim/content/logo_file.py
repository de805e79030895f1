"""Whether a logo's file is a plain picture: it comes from outside, and is read by big libraries."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Final
from xml.parsers import expat

from PIL import Image

from spineanim.errors import ContentError

_MOST_SVG_BYTES: Final = 300_000
_MOST_WORK: Final = 20_000
_AN_ELEMENT, _A_NUMBER, _IN_ARCS = 40, 1, 10
"""What each costs to draw, in fifths of a millisecond; a number in a path with arcs takes more."""
_NUMBER: Final = re.compile(r"\d+")
_DEEPEST: Final = 40
_MOST_PNG_PX: Final = 25_000_000
_REFUSED: Final = frozenset(("script", "foreignobject", "image", "iframe", "use"))
"""Elements that no plain drawing has; `use` repeats others, and those that do so, without end."""


def refuse_unfit_logo(file: Path) -> None:
    """Refuse a logo that is not plainly a picture, before anything draws it.

    Nothing is expanded or fetched on the way, and it takes no time: an SVG may declare entities
    that grow without bound, name files and servers, hold scripts and pictures within pictures, or
    be too large to draw; a PNG may be another kind of file, or unfold to gigabytes.

    Parameters
    ----------
    file
        The logo, SVG or PNG by its ending.

    Raises
    ------
    ContentError
        It cannot be read, or is no plain picture.
    """
    try:
        reason = _svg(file) if file.suffix.lower() == ".svg" else _png(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
    except expat.ExpatError as error:
        reason = str(error)
    if reason:
        raise ContentError(
            f"the logo {file} cannot be drawn: {reason}", "save it as PNG, or as plain SVG of paths"
        )


def _png(file: Path) -> str:
    """Say what is wrong with a PNG."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # it is told here
        with Image.open(file, formats=["PNG"]) as picture:  # which reads its head alone
            wide, high = picture.size
    if wide * high > _MOST_PNG_PX:
        return f"it has {wide} x {high} pixels"
    return ""


def _svg(file: Path) -> str:
    """Say what is wrong with an SVG."""
    size = file.stat().st_size
    if size > _MOST_SVG_BYTES:
        return f"it takes {size / 1e3:.0f} kB, more than {_MOST_SVG_BYTES / 1e3:.0f}"
    reader = _Reader()
    try:
        reader.parser.Parse(file.read_bytes(), True)
    except _UnfitError as unfit:
        return str(unfit)
    return ""


class _UnfitError(Exception):
    """What is wrong with an SVG."""


class _Reader:
    """Reads an SVG and stops at the first thing that no plain drawing has."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = self._work = 0

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise _UnfitError("it declares entities of its own")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._work += _AN_ELEMENT + sum(map(_work, attributes.values()))
        plain = name.rpartition(":")[2].lower()
        if plain in _REFUSED:
            raise _UnfitError(f"it holds <{plain}>")
        if self._work > _MOST_WORK:
            raise _UnfitError("it has too many shapes, or shapes of too many points")
        if self._depth > _DEEPEST:
            raise _UnfitError("it has too many groups in groups")
        for key in attributes:
            if key.rpartition(":")[2].lower().startswith("on"):
                raise _UnfitError(f"it runs a script ({key})")

    def _end(self, name: str) -> None:
        self._depth -= 1


def _work(attribute: str) -> int:
    """Estimate what the shape that an attribute describes costs to draw."""
    a_number = _IN_ARCS if "a" in attribute.lower() else _A_NUMBER
    return a_number * len(_NUMBER.findall(attribute))
