"""Single pictures out of one play of a scene: frames, and end states of beats."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spineanim.render.renderer import Frame, FrameSink
from spineanim.scene import SpineScene

Moment = int | str
"""A frame by its number, or an end state by its name."""


class PictureSink(FrameSink):
    """Keeps the pictures of some moments; the rest of the film is not played.

    Parameters
    ----------
    moments
        What is wanted.
    keep
        Makes of a frame's pixels what is kept of them; a copy when omitted.

    Attributes
    ----------
    pictures
        What has been kept, by moment.
    """

    def __init__(
        self, moments: Iterable[Moment], keep: Callable[[Frame], Frame] = lambda pixels: pixels
    ) -> None:
        self.moments: frozenset[Moment] = frozenset(moments)
        self.keep = keep
        self.pictures: dict[Moment, Frame] = {}

    def wants(self, frame: int) -> bool:
        """Whether a frame is one of the moments."""
        return frame in self.moments

    def put(self, frame: int, pixels: Frame) -> None:
        """Keep a frame."""
        self.pictures[frame] = self.keep(pixels.copy())

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        """Keep a beat's end state, with its heading and last caption."""
        for moment in self.moments & scene.moments(name):
            scene.overlay.show_settled(name)
            self.pictures[moment] = self.keep(draw())

    def done(self) -> bool:
        """Whether every moment has been seen."""
        return len(self.pictures) == len(self.moments)
