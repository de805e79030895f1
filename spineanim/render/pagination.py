"""Rows laid on pages: none is split, pages are few, and have about as many rows each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_STEP_PT: Final = 4.0
"""How finely the fullness of pages is evened out."""


@dataclass(frozen=True)
class Room:
    """How high rows may stand together on a page, points.

    Attributes
    ----------
    first_pt, later_pt
        On the first page, which has a head, and on the others.
    end_pt
        How much of it the last page needs for what follows the rows.
    gap_pt
        Least distance of one row from the next.
    """

    first_pt: float
    later_pt: float
    end_pt: float
    gap_pt: float


Pages = list[list[int]]
"""Numbers of the rows, from 0, of every page."""


def paginated(heights_pt: Sequence[float], room: Room) -> Pages | None:
    """Lay rows on as few pages as can be, about as many on each; rather more on the first ones.

    Parameters
    ----------
    heights_pt
        Height of each row.
    room
        What a page has room for.

    Returns
    -------
    The pages; None if a row is higher than a page.
    """
    best = pages = _filled(heights_pt, room, 0.0)
    spared = _STEP_PT
    while best and pages and len(pages) == len(best):
        if _spread(pages) < _spread(best):
            best = pages
        pages = _filled(heights_pt, room, spared)
        spared += _STEP_PT
    return best


def _spread(pages: Pages) -> int:
    """How many more rows the fullest page has than the emptiest."""
    counts = [len(rows) for rows in pages]
    return max(counts) - min(counts)


def _filled(heights: Sequence[float], room: Room, spared: float) -> Pages | None:
    """Fill one page after another, but for some room that is spared on each."""
    pages: Pages = [[]]
    left = room.first_pt - spared
    for number, height in enumerate(heights):
        needed = height + (room.end_pt if number == len(heights) - 1 else 0.0)
        if needed > left and (pages[-1] or len(pages) == 1):
            pages.append([])
            left = room.later_pt - spared
        if needed > left:
            return None
        pages[-1].append(number)
        left -= height + room.gap_pt
    return pages if pages[0] else None
