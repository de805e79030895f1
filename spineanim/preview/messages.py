"""What a page may say, read strictly: anything odd is refused in words, nothing is guessed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from spineanim.editing.change import Change, change_from
from spineanim.editing.trouble import EditError
from spineanim.preview.looks import HEIGHTS_PX, Look

MOST_BYTES: Final = 256 * 1024
"""Longest message: all words of a long film have a tenth of that."""
ASPECTS: Final = ("16:9", "1:1", "9:16")
_MOST_CHANGES: Final = 200
_MOST_THUMBS: Final = 600
_LONGEST_NAME: Final = 100
_LAST_FRAME: Final = 10_000_000


@dataclass(frozen=True)
class Open:
    """Look at this film from now on."""

    look: Look


@dataclass(frozen=True)
class Show:
    """Show a frame.

    Attributes
    ----------
    frame, generation
        Which, of which film.
    is_play
        Whether the film is running: frames that come next are asked for as well.
    exact
        Whether it is wanted without loss.
    seq
        Number that the page gave it.
    """

    frame: int
    generation: int
    is_play: bool
    exact: bool
    seq: int


@dataclass(frozen=True)
class Sheet:
    """Show small pictures of these frames, when there is time."""

    frames: tuple[int, ...]
    generation: int


@dataclass(frozen=True)
class Try:
    """Show these changes without writing them."""

    changes: tuple[Change, ...]
    number: int


@dataclass(frozen=True)
class Keep:
    """Write these changes; those of one group are taken back together."""

    changes: tuple[Change, ...]
    group: str
    number: int


@dataclass(frozen=True)
class Turn:
    """`undo`, `redo`, `give_up` the step that `undo` would take back, or `drop` what is tried."""

    way: str
    number: int


Said = Open | Show | Sheet | Try | Keep | Turn


def message_from(text: str) -> Said:
    """Read what a page says.

    Raises
    ------
    EditError
        It is not a message of ours.
    """
    raw = _read(text)
    match raw.get("do"):
        case "open":
            height_px = _number(raw, "height_px", max(HEIGHTS_PX))
            scene, language, aspect = (_word(raw, key) for key in ("scene", "language", "aspect"))
            return Open(Look(scene, language, aspect, height_px))
        case "show":
            is_play, exact = raw.get("why") == "play", raw.get("exact") is True
            frame, generation = _number(raw, "frame"), _number(raw, "generation")
            return Show(frame, generation, is_play, exact, _number(raw, "seq", default=0))
        case "sheet":
            frames = _items(raw, "frames", _MOST_THUMBS)
            numbers = tuple(_number({"frame": each}, "frame") for each in frames)
            return Sheet(numbers, _number(raw, "generation"))
        case "try":
            return Try(_changes(raw), _number_of(raw))
        case "keep":
            return Keep(_changes(raw), _word(raw, "group", default=""), _number_of(raw))
        case "undo" | "redo" | "give_up" | "drop" as way:
            return Turn(way, _number_of(raw))
    raise EditError("this is no message", "reload the page")


def number_in(text: str) -> int:
    """Return the number that the page gave a message, even one that makes no sense; else 0."""
    try:
        return _number_of(_read(text))
    except EditError:
        return 0


def _read(text: str) -> Mapping[str, Any]:
    """Read JSON as it is defined: Python's own reader also knows numbers that are none."""
    try:
        raw = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise EditError("this is no message", "reload the page") from None
    if not isinstance(raw, Mapping):
        raise EditError("this is no message", "reload the page")
    return raw


def _finite(number: str) -> float:
    if not math.isfinite(float(number)):
        raise ValueError(number)
    return float(number)


def _number_of(raw: Mapping[str, Any]) -> int:
    """Return the number that the page gave a message, to know the answer by; 0 without one."""
    return _number(raw, "id", default=0)


def _changes(raw: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(change_from(each) for each in _items(raw, "changes", _MOST_CHANGES))


def _items(raw: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = raw.get(name)
    if not isinstance(found, list) or len(found) > most:
        raise EditError(f"{name} is no list of at most {most}", "reload the page")
    return found


def _number(
    raw: Mapping[str, Any], name: str, most: int = _LAST_FRAME, default: int | None = None
) -> int:
    found = raw.get(name, default)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
        raise EditError(f"{name} is no whole number from 0 to {most}", "reload the page")
    return found


def _word(raw: Mapping[str, Any], name: str, default: str | None = None) -> str:
    found = raw.get(name, default)
    if not isinstance(found, str) or len(found) > _LONGEST_NAME:
        raise EditError(f"{name} is no word", "reload the page")
    return found
