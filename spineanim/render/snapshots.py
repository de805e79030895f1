"""Workers that are copies of this process, made where their segment begins.

The parent plays the film without drawing. Where a segment begins it forks: the copy has the scene
in place and waits. Told to draw, it goes on playing where it stands, draws the frames of its
segment, keeps them and ends. Never more than so many draw at once, for each takes a token first,
even while the parent is busy; of those that wait, the parent sends the costliest first.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from spineanim.render.crew import (
    Crew,
    Finished,
    Keep,
    complain,
    heard,
    leave_to_parent,
    ready,
    report,
)
from spineanim.render.drawing import Drawn, SegmentSink
from spineanim.render.encoding import Encoding
from spineanim.render.renderer import FrameSink
from spineanim.render.segments import Segment

_TOKEN = b"+"


@dataclass
class _Snapshot:
    """A copy of this process.

    Attributes
    ----------
    segment
        What it is there for.
    process
        Its id.
    pipe
        Where it is spoken to.
    sent
        Whether it has been told to draw.
    """

    segment: Segment
    process: int
    pipe: Connection
    sent: bool = False


class Snapshots(Crew):
    """Forked copies.

    Parameters
    ----------
    encoding
        How segments are encoded.
    jobs
        How many draw at once.
    keep
        Where copies put what they have drawn.
    become
        Called in a copy with the sink that draws; play then goes on there.
    costs
        Expected cost of a segment, to send the costliest first.
    """

    needs_to_stand = True

    def __init__(
        self,
        encoding: Encoding,
        jobs: int,
        keep: Keep,
        become: Callable[[FrameSink], None],
        costs: Callable[[Segment], float],
    ) -> None:
        super().__init__()
        self.encoding, self.jobs, self.keep = encoding, jobs, keep
        self.become, self.costs = become, costs
        self._copies: dict[Segment, _Snapshot] = {}
        self._waiting: set[Segment] = set()
        self._tokens = os.pipe()
        os.write(self._tokens[1], _TOKEN * jobs)
        self._parent = os.getpid()
        self._own: Connection | None = None
        gc.collect()
        gc.freeze()  # what is there now is left alone, so copies share its memory

    def stands_at(self, segment: Segment) -> None:
        """Make the copy of a segment; in it, play goes on from here once it is told to draw."""
        here, there = Pipe()
        # Python forgets an interruption that comes while it is forking: it has to wait.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        process = os.fork()
        if process == 0:
            here.close()
            leave_to_parent(self._parent)
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
            self._wake(segment, there)
            return
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        there.close()
        self._copies[segment] = _Snapshot(segment, process, here)

    def _wake(self, segment: Segment, pipe: Connection) -> None:
        """Go on as a copy: wait for the word to draw, and for a token."""
        self._own = pipe
        for other in self._copies.values():
            other.pipe.close()
        try:
            pipe.recv()
        except EOFError:
            os._exit(0)
        if not os.read(self._tokens[0], 1):
            os._exit(0)
        errands = iter([segment])
        self.become(SegmentSink(self.encoding, lambda: next(errands, None), self._finish))

    def _finish(self, drawn: Drawn) -> None:
        """End as a copy, with all done."""
        assert self._own is not None
        os.write(self._tokens[1], _TOKEN)
        report(self._own, drawn, self.keep)
        os._exit(0)

    def leave(self, error: BaseException | None) -> None:
        """End as a copy whose play came to an end or failed; does nothing in the parent."""
        if self._own is not None:
            os.write(self._tokens[1], _TOKEN)
            if error is not None:
                complain(self._own, error)
            os._exit(1)

    def draw(self, segment: Segment) -> None:
        """Have a segment drawn when its turn comes."""
        self._waiting.add(segment)
        self._send()

    def _send(self) -> None:
        """Tell the costliest that wait to draw; one more than can, so that none is idle."""
        while self._waiting and sum(each.sent for each in self._copies.values()) <= self.jobs:
            segment = max(self._waiting, key=lambda each: (self.costs(each), -each.start))
            self._waiting.remove(segment)
            copy = self._copies[segment]
            copy.sent = True
            with suppress(OSError):  # it has died: `finished` will see
                copy.pipe.send(None)

    def drop(self, segment: Segment) -> None:
        """End a copy that is not needed."""
        self._end(segment)

    @property
    def load(self) -> int:
        """How many copies there are."""
        return len(self._copies)

    def finished(self, timeout_s: float) -> list[Finished]:
        """Return what copies have drawn."""
        by_pipe = {copy.pipe: copy.segment for copy in self._copies.values()}
        found = []
        for pipe in ready(list(by_pipe), timeout_s):
            segment, said = by_pipe[pipe], heard(pipe)
            was_sent = self._copies[segment].sent
            self._end(segment)
            if said is not None:
                found.append(said)
            else:
                self._lost.append(segment)
                if was_sent:
                    os.write(self._tokens[1], _TOKEN)  # it may have died with one
        self._send()
        return found

    def close(self) -> None:
        """End all copies."""
        if self._own is None:
            for segment in list(self._copies):
                self._end(segment)
            for end in self._tokens:
                os.close(end)
            gc.unfreeze()

    def _end(self, segment: Segment) -> None:
        """End the copy of a segment, if it is still there, and wait until it is gone."""
        copy = self._copies.pop(segment)
        self._waiting.discard(segment)
        copy.pipe.close()
        with suppress(ProcessLookupError):
            os.kill(copy.process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(copy.process, 0)
