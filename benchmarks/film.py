"""What the frames of a film cost to draw, beat by beat."""

from __future__ import annotations

import resource
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean, median, quantiles
from time import process_time
from typing import Final

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene

_MEGABYTE: Final = 2**20
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""Bytes in what the system counts memory in."""


@dataclass(frozen=True)
class Beat:
    """Processor time of a beat's frames, in milliseconds.

    Attributes
    ----------
    name
        The beat.
    frames_ms
        Every frame; one that repeats the frame before costs next to nothing.
    """

    name: str
    frames_ms: tuple[float, ...]

    def line(self) -> str:
        """Row of the table."""
        drawn = [each for each in self.frames_ms if each > 0.5]
        late = quantiles(self.frames_ms, n=20)[-1]
        return (
            f"{self.name:<26}{len(self.frames_ms):>7}{median(self.frames_ms):9.1f}"
            f"{mean(self.frames_ms):9.1f}{late:9.1f}{max(self.frames_ms):9.1f}"
            f"{len(drawn):>9}{median(drawn or [0.0]):9.1f}"
        )


class _Watch(FrameSink):
    """Notes the processor time from one frame to the next; what builds a scene is left out."""

    def __init__(self, timeline: Timeline, every: int) -> None:
        self.timeline, self.every = timeline, every
        self.times: dict[str, list[float]] = defaultdict(list)
        self.since = process_time()

    def wants(self, frame: int) -> bool:
        """Take every so many frames; asked before a play starts, so the clock starts here."""
        self.since = process_time()
        return frame % self.every == 0

    def put(self, frame: int, pixels: Frame) -> None:
        """Note what the frame has cost."""
        del pixels
        now = process_time()
        name = next(c.name for c in self.timeline.chapters if c.start <= frame < c.end)
        self.times[name].append((now - self.since) * 1000.0)
        self.since = process_time()

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        """Nothing to note."""


def measure(project: Project, name: str, *, quality: str = "high", every: int = 1) -> list[Beat]:
    """Play a film and time its frames.

    Parameters
    ----------
    project, name
        The scene.
    quality
        Name of the quality it is drawn at.
    every
        Only every so many frames are drawn; what stands still in a play is then shared by fewer.
    """
    settings, drawn_at = load_settings(name, project), QUALITIES[quality]
    watch = _Watch(Timeline(settings.script, drawn_at.fps), every)
    play_scene(find_scene(project, name), settings, drawn_at, watch)
    return [Beat(beat, tuple(times)) for beat, times in watch.times.items()]


def table(beats: list[Beat]) -> str:
    """Lines of a table of all beats, and the most memory this process has held."""
    head = f"{'beat, ms a frame':<26}{'frames':>7}{'median':>9}{'mean':>9}{'p95':>9}{'max':>9}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / _MEGABYTE
    lines = [f"{head}{'drawn':>9}{'median':>9}", *(beat.line() for beat in beats)]
    return "\n".join([*lines, f"peak memory {peak:.0f} MB"])
