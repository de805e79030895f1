"""Workers that play the film themselves, without drawing, up to their segments.

They take longer to come to their place than snapshots do, but work everywhere, and on other
machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import getpid

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
from spineanim.render.order import Order
from spineanim.render.segments import Segment
from spineanim.render.stage_scene import play_scene


def draw_segments(order: Order, segments: Iterable[Segment], take: Callable[[Drawn], None]) -> None:
    """Draw some segments of a film in this process, in one play.

    Parameters
    ----------
    order
        The film.
    segments
        Which; they are drawn in the order of the film.
    take
        Given each as soon as it is done.
    """
    waiting = iter(sorted(segments))
    sink = SegmentSink(order.encoding, lambda: next(waiting, None), take)
    play_scene(order.entry, order.settings, order.quality, sink, order.encoding.alpha)


def _work(pipe: Connection, order: Order, keep: Keep, parent: int) -> None:
    """Draw what the parent sends, until it sends None."""
    leave_to_parent(parent)
    try:
        sink = SegmentSink(order.encoding, pipe.recv, lambda drawn: report(pipe, drawn, keep))
        play_scene(order.entry, order.settings, order.quality, sink, order.encoding.alpha)
    except EOFError:
        return
    except BaseException as error:
        complain(pipe, error)


@dataclass
class _Player:
    """A process that plays.

    Attributes
    ----------
    process, pipe
        The process, and where it is spoken to.
    segment
        What it draws now.
    stands_at
        Frame before which nothing can be drawn by it any more.
    """

    process: BaseProcess
    pipe: Connection
    segment: Segment | None = None
    stands_at: int = 0


class Players(Crew):
    """Processes that play the film beside this one.

    Parameters
    ----------
    order
        The film.
    jobs
        How many there are.
    keep
        Where they put what they have drawn; can be pickled.
    """

    def __init__(self, order: Order, jobs: int, keep: Keep) -> None:
        super().__init__()
        self.order, self.jobs, self.keep = order, jobs, keep
        self._players: list[_Player] = []
        self._waiting: list[Segment] = []

    def stands_at(self, segment: Segment) -> None:
        """Nothing to do: players find their way."""

    def draw(self, segment: Segment) -> None:
        """Have a segment drawn when its turn comes."""
        self._waiting.append(segment)
        self._send()

    def _send(self) -> None:
        """Give the idle the next segment; one that lies behind all players needs a new one."""
        for segment in sorted(self._waiting):
            idle = [each for each in self._players if each.segment is None]
            able = [each for each in idle if each.stands_at <= segment.start]
            if not able and idle and len(self._players) >= self.jobs:
                self._dismiss(max(idle, key=lambda each: each.stands_at))
            if not able and len(self._players) < self.jobs:
                able = [self._hire()]
            if able:
                player = max(able, key=lambda each: each.stands_at)
                player.segment, player.stands_at = segment, segment.start
                player.pipe.send(segment)
                self._waiting.remove(segment)

    def _hire(self) -> _Player:
        here, there = Pipe()
        work = (there, self.order, self.keep, getpid())
        process = get_context("spawn").Process(target=_work, args=work, daemon=False)
        process.start()
        there.close()
        self._players.append(_Player(process, here))
        return self._players[-1]

    def _dismiss(self, player: _Player) -> None:
        self._players.remove(player)
        player.pipe.close()
        player.process.kill()
        player.process.join()
        player.process.close()

    def drop(self, segment: Segment) -> None:
        """Nothing to do: it was never begun."""

    @property
    def load(self) -> int:
        """How many segments wait or are being drawn."""
        return len(self._waiting) + sum(each.segment is not None for each in self._players)

    def finished(self, timeout_s: float) -> list[Finished]:
        """Return what players have drawn."""
        by_pipe = {each.pipe: each for each in self._players}
        found = []
        for pipe in ready(list(by_pipe), timeout_s):
            player, said = by_pipe[pipe], heard(pipe)
            if said is not None:
                found.append(said)
                player.stands_at, player.segment = said.segment.end, None
            else:
                if player.segment is not None:
                    self._lost.append(player.segment)
                self._dismiss(player)
        self._send()
        return found

    def close(self) -> None:
        """End all players."""
        for player in list(self._players):
            self._dismiss(player)
