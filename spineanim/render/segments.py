"""Cut a film into segments: what is drawn, encoded, kept and joined as one piece.

Where the cuts lie depends on the film's timeline alone, never on who renders it. Words come and go
at cuts, so that another caption changes only the segments that show it, and each chapter starts
with a key frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from spineanim.content.timeline import ProgrammeTimeline, Timeline
from spineanim.render.encoding import KEYFRAME_EVERY_S

_SHORTEST_S: Final = 0.5
"""A cut so near the one before is left out, or the film would be full of key frames."""


@dataclass(frozen=True, order=True)
class Segment:
    """A stretch of frames.

    Attributes
    ----------
    start, end
        First frame, and the frame after the last.
    """

    start: int
    end: int

    def __len__(self) -> int:
        """Count frames."""
        return self.end - self.start


def cut(timeline: Timeline, start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    """Cut a film, or what lies from `start` up to `end`, into segments of two seconds at most.

    Parameters
    ----------
    timeline
        Where chapters and captions lie.
    start, end
        First frame, and the frame after the last; the whole film when omitted.
    """
    last = timeline.frame_count if end is None else end
    firm, soft = _edges(timeline)
    kept = sorted({start, last, *(each for each in firm if start < each < last)})
    shortest = _SHORTEST_S * timeline.fps
    for place in sorted(soft):
        if start < place < last and all(abs(place - each) >= shortest for each in kept):
            kept.append(place)
    longest = KEYFRAME_EVERY_S * timeline.fps
    return tuple(
        piece for first, after in pairwise(sorted(kept)) for piece in even(first, after, longest)
    )


def _edges(timeline: Timeline, first: int = 0) -> tuple[set[int], set[int]]:
    """Frames at which beats begin or end, and at which captions do.

    Those of a programme's part are those of the scene alone, so both have the same segments.
    """
    firm = {first + edge for span in timeline.chapters for edge in (span.start, span.end)}
    if not isinstance(timeline, ProgrammeTimeline):
        return firm, {first + e for span in timeline.captions for e in (span.start, span.end)}
    firm.add(first + timeline.title_card_end)
    soft: set[int] = set()
    for name, start in timeline.starts.items():
        part = _edges(timeline.parts[name], first + start)
        firm, soft = firm | part[0], soft | part[1]
    return firm, soft


def even(first: int, after: int, longest: int) -> Iterable[Segment]:
    """Split a stretch into equal pieces that are no longer than allowed."""
    count = max(ceil((after - first) / longest), 1)
    edges = [first + (after - first) * piece // count for piece in range(count + 1)]
    return (Segment(start, end) for start, end in pairwise(edges))
