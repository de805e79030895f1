"""A part of a film: from one beat or moment to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from spineanim.content.timeline import ProgrammeTimeline, Span, Timeline, frame_at
from spineanim.errors import SceneError


@dataclass(frozen=True)
class Stretch:
    """Frames of a film that are rendered.

    Attributes
    ----------
    start, end
        First frame, and the frame after the last.
    is_whole
        Whether that is the whole film.
    """

    start: int
    end: int
    is_whole: bool

    def __len__(self) -> int:
        """Count frames."""
        return self.end - self.start

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return what is seen of some spans, counted from the stretch's own first frame."""
        return tuple(
            replace(
                span,
                start=max(span.start, self.start) - self.start,
                end=min(span.end, self.end) - self.start,
            )
            for span in spans
            if span.start < self.end and span.end > self.start
        )


@dataclass(frozen=True)
class Clip:
    """Where a part of a film begins and ends, as people say it.

    Attributes
    ----------
    begin
        A beat, with which it begins, or seconds; the film's start when None.
    finish
        A beat, with which it ends, or seconds; the film's end when None.
    """

    begin: str | None = None
    finish: str | None = None

    @property
    def suffix(self) -> str:
        """What a folder's name takes for it: nothing for the whole film."""
        begin = f"-from-{self.begin}" if self.begin else ""
        return begin + (f"-to-{self.finish}" if self.finish else "")

    def of(self, timeline: Timeline) -> Stretch:
        """Return the frames of a film that it means.

        Raises
        ------
        SceneError
            There is no such beat or moment, or it ends before it begins.
        """
        count = timeline.frame_count
        start = 0 if self.begin is None else _edge(timeline, self.begin, 0)
        end = count if self.finish is None else _edge(timeline, self.finish, 1)
        if start >= end:
            raise SceneError(
                f"from {self.begin or 'the start'} to {self.finish or 'the end'} is no part of "
                f"{timeline.script.path.stem}",
                "--from must lie before --to",
            )
        return Stretch(start, end, (start, end) == (0, count))


def _edge(timeline: Timeline, said: str, side: int) -> int:
    """First frame of a beat (side 0), or the frame after its last (side 1); or of a moment."""
    length_s = timeline.frame_count / timeline.fps
    try:
        moment_s = float(said)
    except ValueError:
        pass
    else:
        if not 0 <= moment_s <= length_s:
            raise SceneError(
                f"there is no moment {said} s in a film of {length_s:g} s",
                f"choose 0 to {length_s:g}, or a beat",
            )
        return frame_at(moment_s, timeline.fps)
    beats = _beats(timeline)
    if said not in beats:
        close = get_close_matches(said, beats, 1)
        raise SceneError(
            f"no beat {said!r} in {timeline.script.path}",
            f"did you mean {close[0]}?" if close else f"beats: {', '.join(beats)}",
        )
    return beats[said][side]


def _beats(timeline: Timeline, first: int = 0, name: str = "") -> dict[str, tuple[int, int]]:
    """Frames of all beats by name; those of a programme's part are called `part.beat`."""
    found = {
        f"{name}{span.name}": (first + span.start, first + span.end) for span in timeline.chapters
    }
    if isinstance(timeline, ProgrammeTimeline):
        for part, start in timeline.starts.items():
            found |= _beats(timeline.parts[part], first + start, f"{name}{part}.")
    return found
