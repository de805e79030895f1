"""Share segments out among workers, in runs that cost about the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spineanim.render.encoding import Encoding
from spineanim.render.segments import Segment

_TASKS_A_WORKER: Final = 3
"""Several, so that none waits long for the last; few, for each task plays up to its segments."""
_WORTH_S: Final = 10.0
"""Drawing for which it pays to play up to it, which takes nearly as long."""
_LOSSLESS: Final = ("png", "prores")
_LOSSLESS_PX: Final = 5e8
"""Pixels of a task whose frames are kept as they are, or one answer would fill the memory."""


def most_frames(encoding: Encoding) -> float:
    """Frames that one task may draw."""
    if encoding.codec not in _LOSSLESS:
        return float("inf")
    return _LOSSLESS_PX / (encoding.width_px * encoding.height_px)


def shared_out(
    segments: list[Segment],
    slots: int,
    costs: Callable[[Segment], float],
    most_frames: float = float("inf"),
) -> list[list[Segment]]:
    """Share segments out in runs that cost about the same.

    Parameters
    ----------
    segments
        In the order of the film.
    slots
        How many runs can be drawn at once; there are at least so many if there can be.
    costs
        Expected cost of a segment in seconds.
    most_frames
        Frames of a run, unless a single segment has more.
    """
    prices = [costs(each) for each in segments]
    total_s = sum(prices)
    count = min(_TASKS_A_WORKER * slots, round(total_s / _WORTH_S))
    share_s = total_s / max(count, slots, 1)
    runs: list[list[Segment]] = []
    paid_s = frames = 0.0
    for segment, price_s in zip(segments, prices, strict=True):
        begins = paid_s + price_s / 2 >= share_s * len(runs)
        if not runs or begins or frames + len(segment) > most_frames:
            runs.append([])
            frames = 0.0
        runs[-1].append(segment)
        paid_s, frames = paid_s + price_s, frames + len(segment)
    return runs
