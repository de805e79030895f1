"""Captions and chapters as WebVTT, from the film's whole frames."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from spineanim.content.timeline import Span


def timestamp(frame: int, fps: int) -> str:
    """`hh:mm:ss.mmm` of a frame's start, rounded to the nearest millisecond."""
    milliseconds = (frame * 2000 + fps) // (2 * fps)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"


def webvtt(spans: Iterable[Span], fps: int) -> str:
    """Text of a WebVTT file with one cue a span.

    Parameters
    ----------
    spans
        In order of time; their text is escaped and put on one line.
    fps
        Frames a second.
    """
    blocks = ["WEBVTT"]
    for number, span in enumerate(spans, start=1):
        text = escape(" ".join(span.text.split()), quote=False)
        times = f"{timestamp(span.start, fps)} --> {timestamp(span.end, fps)}"
        blocks.append(f"{number}\n{times}\n{text}")
    return "\n\n".join(blocks) + "\n"
