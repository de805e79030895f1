"""The parent's play: it draws nothing, looks ahead, and sends workers to where segments begin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from spineanim.render.drawing import ContentKey
from spineanim.render.encoding import Encoding
from spineanim.render.renderer import FilmRenderer, Frame, FrameSink
from spineanim.render.segments import Segment
from spineanim.scene import SpineScene


class Foreman(Protocol):
    """Who is told what the scout finds."""

    def reached(self, segment: Segment) -> bool:
        """Hear that the play stands where a segment begins; True in a copy that draws it."""

    def named(self, segment: Segment, key: str) -> None:
        """Hear the name of the content of a segment that was drawn in another version before."""


class Scout(FrameSink):
    """Plays a film up to its last missing segment.

    Parameters
    ----------
    encoding
        How segments are encoded.
    missing
        Segments that are not known by their recipes.
    familiar
        Those of them that may be known by their content, for they were drawn before.
    poster
        Beat whose end state is the poster; None if the poster is known.
    foreman
        Told of what is found.
    """

    def __init__(
        self,
        encoding: Encoding,
        missing: Iterable[Segment],
        familiar: Collection[Segment],
        poster: str | None,
        foreman: Foreman,
    ) -> None:
        self.encoding, self.foreman, self.poster = encoding, foreman, poster
        self.missing, self.familiar = sorted(missing), familiar
        self.poster_pixels: Frame | None = None
        self.renderer: FilmRenderer | None = None
        self._keys: dict[Segment, ContentKey] = {}

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        """Look at what the segments of a play are drawn from."""
        after = first + count
        for segment in [each for each in self.missing if each.start < after]:
            if segment.start >= first:
                if self.foreman.reached(segment):
                    return  # this is a copy now: it draws
                if segment in self.familiar:
                    self._keys[segment] = ContentKey(self.encoding)
            if segment in self._keys:
                self._look_at(
                    scene, first, range(max(segment.start, first), min(segment.end, after)), segment
                )
            if segment.end <= after:
                self.missing.remove(segment)
                if segment in self._keys:
                    self.foreman.named(segment, self._keys.pop(segment).hex)

    def _look_at(self, scene: SpineScene, first: int, frames: range, segment: Segment) -> None:
        assert self.renderer is not None
        for frame in frames:
            self._keys[segment].add(self.renderer.look_at(scene, frame - first))

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        """Draw the poster."""
        if self.poster in scene.moments(name):
            scene.overlay.show_settled(name)
            scene.overlay.hide_captions()
            self.poster_pixels, self.poster = draw(), None

    def done(self) -> bool:
        """Whether nothing is missing any more."""
        return not self.missing and self.poster is None
