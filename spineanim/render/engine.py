"""Get every segment of a film: from the shelf, or drawn by workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Final

from spineanim.errors import OutputError
from spineanim.picture.kiln import watched
from spineanim.render.crew import Crew
from spineanim.render.interruption import interruption_noted
from spineanim.render.making import Making
from spineanim.render.order import Order
from spineanim.render.renderer import FilmRenderer, Frame, FrameSink
from spineanim.render.replay import Players
from spineanim.render.scout import Scout
from spineanim.render.segments import Segment
from spineanim.render.shelf import Shelf
from spineanim.render.snapshots import Snapshots
from spineanim.render.stage_scene import play_scene

_PATIENCE_S: Final = 0.5
_AHEAD: Final = 4
"""So many segments wait for each that is drawn; each that waits holds some memory."""
_A_FRAME_S: Final = 0.05
"""Guess of what a frame costs, until one has been drawn."""


class Engine:
    """Makes the segments of a film.

    Parameters
    ----------
    order
        The film.
    shelf
        What is kept of it.
    making
        How workers are used, and who is told.
    keys
        Names of the contents of segments that are there.
    """

    def __init__(
        self, order: Order, shelf: Shelf, making: Making, keys: Mapping[Segment, str]
    ) -> None:
        self.order, self.shelf, self.making = order, shelf, making
        self.way, self.say = making.way, making.say
        self.keys = dict(keys)
        self._total = 0
        self._lost: list[Segment] = []
        self._scout: Scout | None = None
        self._drawn_s, self._drawn_frames = 0.0, 0

    def make(self, segments: Iterable[Segment], poster: str | None) -> Frame | None:
        """Get all segments; the names of their contents are then in `keys`.

        Parameters
        ----------
        segments
            What is wanted.
        poster
            Name of an end state to draw as well.

        Returns
        -------
        The picture of that end state.

        Raises
        ------
        SpineanimError
            The scene is wrong, or a worker cannot do its work.
        """
        wanted = sorted(segments)
        self._total = sum(map(len, wanted))
        missing = [each for each in wanted if each not in self.keys]
        familiar = {each for each in missing if self.shelf.cost_s(each) is not None}
        with interruption_noted() as self._stop_if_interrupted, watched(self.making.baking):
            with closing(self._hire(missing)) as self._crew:
                self._have_drawn(missing, familiar, poster)
            if self._lost:
                self._draw_lost()
        assert self._scout is not None
        return self._scout.poster_pixels

    def _have_drawn(
        self, missing: list[Segment], familiar: set[Segment], poster: str | None
    ) -> None:
        """Have missing segments drawn; play up to those that need it."""
        unseen = [] if self._crew.needs_to_stand else [e for e in missing if e not in familiar]
        looked_at = [each for each in missing if each not in unseen]
        self._scout = Scout(self.order.encoding, looked_at, familiar, poster, self)
        for segment in unseen:
            self._crew.draw(segment)
        if not self._scout.done():
            self._play()
        self._finish()

    def _hire(self, missing: list[Segment]) -> Crew:
        if self.way.scheduler and missing:
            from spineanim.render.farm import Farm

            keep, address = self.shelf.contents.put, self.way.scheduler
            return Farm(self.order, missing, keep, self._expected_s, address)
        if self.way.start_method == "replay":
            return Players(self.order, self.way.jobs, self.shelf.contents.put)
        return Snapshots(
            self.order.encoding,
            self.way.jobs,
            self.shelf.contents.put,
            self._become,
            self._expected_s,
        )

    def _play(self) -> None:
        """Play the film in this process; copies of it leave from within."""
        assert self._scout is not None
        order, error = self.order, None
        try:
            play_scene(
                order.entry,
                order.settings,
                order.quality,
                self._scout,
                order.encoding.alpha,
                self._on_stage,
            )
        except BaseException as caught:
            error = caught
            raise
        finally:
            if isinstance(self._crew, Snapshots):
                self._crew.leave(error)

    def _on_stage(self, renderer: FilmRenderer) -> None:
        assert self._scout is not None
        self._renderer = self._scout.renderer = renderer

    def _become(self, sink: FrameSink) -> None:
        """Draw from here on: this is a copy."""
        self._renderer.sink = sink

    # -- what the scout says -------------------------------------------------------------------

    def reached(self, segment: Segment) -> bool:
        """Have a worker ready for a segment; True in the copy that draws it."""
        assert self._scout is not None
        while self._crew.needs_to_stand and self._crew.load >= self.way.jobs * (1 + _AHEAD):
            self._collect(_PATIENCE_S)
        self._collect(0.0)
        self._crew.stands_at(segment)
        if self._renderer.sink is not self._scout:
            return True
        if segment not in self._scout.familiar:
            self._crew.draw(segment)
        return False

    def named(self, segment: Segment, key: str) -> None:
        """Take a segment from the shelf under its content's name, or have it drawn."""
        if self.shelf.has(key):
            self._crew.drop(segment)
            self._have(segment, key)
        else:
            self._crew.draw(segment)

    # -- what workers say ----------------------------------------------------------------------

    def _finish(self) -> None:
        """Wait until all is drawn."""
        while self._crew.load:
            self._collect(_PATIENCE_S)

    def _collect(self, timeout_s: float) -> None:
        self._stop_if_interrupted()
        for each in self._crew.finished(timeout_s):
            self._drawn_s += each.cost_s
            self._drawn_frames += len(each.segment)
            self._have(each.segment, each.key, each.cost_s)
        for segment in self._crew.lost():
            self.say(
                f"the worker that drew frames {segment.start} to {segment.end - 1} was lost; "
                "they are drawn again"
            )
            self._lost.append(segment)

    def _have(self, segment: Segment, key: str, cost_s: float | None = None) -> None:
        self.keys[segment] = key
        self.shelf.remember(segment, key, cost_s)
        self._tell()

    def _tell(self) -> None:
        self.making.progress(sum(map(len, self.keys)), self._total)

    def _expected_s(self, segment: Segment) -> float:
        """Cost of a segment: as measured when it was last drawn, else as of those drawn so far."""
        known = self.shelf.cost_s(segment)
        a_frame_s = self._drawn_s / self._drawn_frames if self._drawn_frames else _A_FRAME_S
        return known if known is not None else a_frame_s * len(segment)

    def _draw_lost(self) -> None:
        """Draw once more what workers left behind, in new ones."""
        lost, self._lost = sorted(self._lost), []
        players = Players(self.order, self.way.jobs, self.shelf.contents.put)
        with closing(players) as self._crew:
            for segment in lost:
                self._crew.draw(segment)
            self._finish()
        if self._lost:
            raise OutputError(
                "workers were lost twice at the same frames",
                "the machine may be short of memory: give --jobs 1 or a lower --quality",
            )
