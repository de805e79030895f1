"""Sizes and rates that films are rendered at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """How large and how often.

    Attributes
    ----------
    name
        Name on the command line and of the output folder.
    width_px, height_px
        Even numbers, 16:9.
    fps
        Frames a second.
    level
        Lowest H.264 level that allows this size and rate.
    crf
        Constant rate factor of x264; lower is finer.
    """

    name: str
    width_px: int
    height_px: int
    fps: int
    level: str
    crf: int


QUALITIES = {
    quality.name: quality
    for quality in (
        Quality("draft", 854, 480, 15, "3.0", 23),
        Quality("medium", 1280, 720, 30, "3.1", 20),
        Quality("high", 1920, 1080, 30, "4.0", 21),
        Quality("4k", 3840, 2160, 30, "5.1", 21),
    )
}
