"""The film's clock: whole frames, derived from the script's seconds and nothing else.

A moment at `s` seconds is frame `floor(s * fps + 1/2)`, so a film is equally long at every rate
and no rounding error adds up; captions and chapters are read from the same frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import floor

from spineanim.content.script import Script

TITLE_CARD = "title_card"
"""Name of the span before the first beat."""


def frame_at(seconds: float, fps: int) -> int:
    """Whole frame that a moment falls on."""
    return floor(seconds * fps + 0.5)


@dataclass(frozen=True)
class Span:
    """A stretch of the film.

    Attributes
    ----------
    name
        Beat it belongs to, or `title_card`.
    text
        Chapter title or caption.
    start_s, end_s
        Moments by the script.
    start, end
        First frame, and the frame after the last.
    """

    name: str
    text: str
    start_s: float
    end_s: float
    start: int
    end: int


@dataclass(frozen=True)
class Timeline:
    """Where every beat and caption of a script lies, in frames.

    Attributes
    ----------
    script
        The words and times.
    fps
        Frames a second.
    """

    script: Script
    fps: int

    def _span(self, name: str, text: str, start_s: float, end_s: float) -> Span:
        start, end = (frame_at(moment_s, self.fps) for moment_s in (start_s, end_s))
        return Span(name, text, start_s, end_s, start, end)

    @cached_property
    def chapters(self) -> tuple[Span, ...]:
        """Title card and beats, without a gap from the first frame to the last."""
        spans = [self._span(TITLE_CARD, self.script.title, 0.0, self.script.title_card_s)]
        for beat in self.script.beats:
            start_s = spans[-1].end_s
            spans.append(self._span(beat.name, beat.title, start_s, start_s + beat.lasts_s))
        return tuple(spans)

    @cached_property
    def captions(self) -> tuple[Span, ...]:
        """Captions in order; each ends where the next of its beat begins, or with the beat."""
        spans = []
        for beat, chapter in zip(self.script.beats, self.chapters[1:], strict=True):
            moments_s = [chapter.start_s + caption.at_s for caption in beat.captions]
            moments_s.append(chapter.end_s)
            for caption, (start_s, end_s) in zip(beat.captions, pairwise(moments_s), strict=True):
                spans.append(self._span(beat.name, caption.text, start_s, end_s))
        return tuple(spans)

    @property
    def frame_count(self) -> int:
        """Frames of the whole film."""
        return self.chapters[-1].end

    @property
    def moments(self) -> tuple[str, ...]:
        """What the end states of beats are called."""
        return tuple(beat.name for beat in self.script.beats)

    def chapter(self, name: str) -> Span:
        """Span of a beat or of the title card; KeyError if there is none."""
        for span in self.chapters:
            if span.name == name:
                return span
        raise KeyError(name)


@dataclass(frozen=True)
class ProgrammeTimeline(Timeline):
    """Where the scenes of a programme lie: a title card, then each after a bridge.

    The bridge before a scene belongs to the chapter before, so that a chapter starts with its
    scene's own title card.

    Attributes
    ----------
    parts
        Timelines of the scenes by name, in order.
    """

    parts: Mapping[str, Timeline]

    @property
    def title_card_end(self) -> int:
        """The frame after the last of the programme's own title card."""
        return frame_at(self.script.title_card_s, self.fps)

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """The frame that each scene's first frame is."""
        starts, end = {}, self.title_card_end
        for name, part in self.parts.items():
            starts[name] = end + frame_at(self.script.bridge_s, self.fps)
            end = starts[name] + part.frame_count
        return starts

    @cached_property
    def chapters(self) -> tuple[Span, ...]:
        """Title card and scenes, without a gap from the first frame to the last."""
        last = list(self.parts)[-1]
        titles = [self.script.title, *(each.script.title for each in self.parts.values())]
        starts = [0, *self.starts.values(), self.starts[last] + self.parts[last].frame_count]
        return tuple(
            Span(name, title, start / self.fps, end / self.fps, start, end)
            for name, title, (start, end) in zip(
                (TITLE_CARD, *self.parts), titles, pairwise(starts), strict=True
            )
        )

    @cached_property
    def captions(self) -> tuple[Span, ...]:
        """Captions of all scenes."""
        return tuple(
            replace(
                span,
                start_s=span.start_s + start / self.fps,
                end_s=span.end_s + start / self.fps,
                start=span.start + start,
                end=span.end + start,
            )
            for name, start in self.starts.items()
            for span in self.parts[name].captions
        )

    @property
    def moments(self) -> tuple[str, ...]:
        """End states of scenes and of their beats."""
        ends = (f"{name}.{end}" for name, part in self.parts.items() for end in part.moments)
        return (*self.parts, *ends)
