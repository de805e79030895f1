"""The words of a film beside its pictures: beats with all they say, and descriptions in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spineanim.content.script import BeatScript, LabelText
from spineanim.content.settings import Settings
from spineanim.content.timeline import ProgrammeTimeline, Span, Timeline
from spineanim.upload import Beat


def beats_of(settings: Settings, fps: int) -> tuple[Beat, ...]:
    """Return the chapters of a film but its title card: beats, or the scenes of a programme."""
    timeline = settings.timeline(fps)
    return tuple(_beat(span, _beats_in(settings, span.name)) for span in timeline.chapters[1:])


def descriptions_of(settings: Settings, fps: int) -> list[Span]:
    """Return what is to be seen in each beat, for as long as it lasts; not all may say so.

    Those of a programme are its scenes' own, at their places in the whole film.
    """
    timeline = settings.timeline(fps)
    if not isinstance(timeline, ProgrammeTimeline):
        return list(_described(timeline))
    return [
        replace(
            span,
            start_s=span.start_s + start / fps,
            end_s=span.end_s + start / fps,
            start=span.start + start,
            end=span.end + start,
        )
        for name, start in timeline.starts.items()
        for span in _described(timeline.parts[name])
    ]


def _described(timeline: Timeline) -> Iterable[Span]:
    for beat in timeline.script.beats:
        if beat.description:
            yield replace(timeline.chapter(beat.name), text=beat.description)


def _beats_in(settings: Settings, chapter: str) -> tuple[BeatScript, ...]:
    """Beats that a chapter shows: itself, or those of a programme's scene."""
    if settings.parts:
        return settings.parts[chapter].script.beats
    return (settings.script.beat(chapter),)


def _beat(span: Span, shown: tuple[BeatScript, ...]) -> Beat:
    return Beat(
        name=span.name,
        title=_plain(span.text),
        start_frame=span.start,
        end_frame=span.end,
        description=" ".join(_plain(beat.description) for beat in shown if beat.description),
        captions=tuple(_plain(each.text) for beat in shown for each in beat.captions),
        labels=tuple(_label(each) for beat in shown for each in beat.labels.values()),
        still=f"stills/{span.name}.webp",
    )


def _label(words: LabelText) -> str:
    return f"{_plain(words.text)}: {_plain(words.detail)}" if words.detail else _plain(words.text)


def _plain(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
