"""How high the letters of words are, by their ink, and what phones need."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import SMALLEST_PX

LINES: Final = 1080
"""Length of the shorter side at which type has the size that the theme gives it."""
PHONE_PX: Final = 640
"""CSS pixels across a small phone that is held so that the film is largest: `SMALLEST_PX` are 9.3
of them in a 16:9 film, which is what the theme was judged by."""
CLOSE: Final = 0.25
"""Share by which letters may be smaller or larger than is said."""
_SMALL, _CAPITAL, _TALL, _TAIL = 0.486, 0.66, 0.712, 0.205
"""Heights of x, of H, of l and depth of p in the typeface, as shares of its size."""
_ACCENT: Final = 0.2
_GAP: Final = 0.12
"""Rows without ink within a line, such as below the dot of an i, at most; as a share."""
_SINGLE: Final = 1.4
"""A box that is lower than so many times its type holds a single line."""


def least_px(width_px: int, height_px: int) -> float:
    """Smallest type that a film of a size may have, in its pixels."""
    return SMALLEST_PX * min(width_px, height_px) / LINES


def phone_px(type_px: float, width_px: int, height_px: int) -> float:
    """Size of type on a phone, in CSS pixels."""
    return type_px * PHONE_PX / max(width_px, height_px)


def expected(text: str) -> tuple[float, float] | None:
    """Return the least and the greatest height that a line of words may have.

    Returns
    -------
    Shares of the type's size; None for letters that are not Latin.
    """
    words = [word for word in (_extent(word) for word in text.split()) if word is not None]
    if not words or any(ord(letter) > 0x24F and letter.isalpha() for letter in text):
        return None
    tops, tails = zip(*words, strict=True)
    return max(map(sum, words)), max(tops) + max(tails)


def _extent(word: str) -> tuple[float, float] | None:
    """Height above and depth below the line of a word; None where it has no letters."""
    letters = [letter for letter in word if letter.isalnum()]
    if not letters:
        return None
    return max(map(_top, letters)), max(_TAIL if each in "gjpqyçQÇ" else 0.0 for each in letters)


def _top(letter: str) -> float:
    whole = unicodedata.normalize("NFD", letter)
    plain, marks = whole[0], whole[1:]
    if plain in "bdfhklij":  # the dots of i and j end a little lower
        return _CAPITAL if plain in "ij" else _TALL
    if plain.isupper() or plain.isdigit():
        return _CAPITAL + (_ACCENT if marks and plain not in "Cc" else 0.0)
    return _SMALL + (_ACCENT if plain == "t" or marks else 0.0) * (0.5 if plain == "t" else 1.0)


def measured_px(mask: NDArray[np.bool_], type_px: float) -> int:
    """Return the height of the highest line of ink.

    Parameters
    ----------
    mask
        Which pixels (H, W) are ink.
    type_px
        Size of the type, by which gaps within a line are told from those between two.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return 0
    breaks = np.flatnonzero(np.diff(rows) > max(_GAP * type_px, 1) + 1)
    lines = np.split(rows, breaks + 1)
    return int(max(line[-1] - line[0] + 1 for line in lines))


def size_wrong(mask: NDArray[np.bool_], text: str, type_px: float, high_px: float) -> str | None:
    """Say how letters differ from the size that is said of them; None if they do not.

    Parameters
    ----------
    mask
        Which pixels are ink.
    text, type_px
        What they say, and their size as it is said, in pixels of the mask.
    high_px
        Height of the words' box; a single line may also be too large for what is said, while
        several may run into one another.
    """
    heights = expected(text)
    found_px = measured_px(mask, type_px)
    if heights is None or not found_px:
        return None
    least_px, most_px = (height * type_px for height in heights)
    small = found_px + 1 < least_px * (1 - CLOSE)
    large = found_px - 1 > most_px * (1 + CLOSE) and high_px < _SINGLE * type_px
    if not small and not large:
        return None
    return f"{found_px} px high, where type of {type_px:.0f} px is {least_px:.0f} to {most_px:.0f}"
