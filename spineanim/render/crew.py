"""Processes that draw segments, whichever way they come to the place in the film."""

from __future__ import annotations

import signal
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import ClassVar

from spineanim.errors import OutputError, SpineanimError
from spineanim.processes import end_with
from spineanim.render.drawing import Drawn
from spineanim.render.segments import Segment

Keep = Callable[[str, bytes], bool]
"""Keeps a segment's bytes under the name of its content; False if there is no room for them."""


@dataclass(frozen=True)
class Finished:
    """What a worker says of a segment it has drawn.

    Attributes
    ----------
    segment, key, cost_s
        See `Drawn`.
    """

    segment: Segment
    key: str
    cost_s: float


class Crew(ABC):
    """Workers that draw segments of one film.

    Leaving the `with` block ends all of them at once.

    Attributes
    ----------
    needs_to_stand
        Whether they start where this process stands; others find their way to any segment.
    """

    needs_to_stand: ClassVar[bool] = False

    def __init__(self) -> None:
        self._lost: list[Segment] = []

    @abstractmethod
    def stands_at(self, segment: Segment) -> None:
        """Hear that this process stands at the play in which a segment begins."""

    @abstractmethod
    def draw(self, segment: Segment) -> None:
        """Have a segment drawn; it has been stood at."""

    @abstractmethod
    def drop(self, segment: Segment) -> None:
        """Forget a segment that need not be drawn."""

    @property
    @abstractmethod
    def load(self) -> int:
        """How many segments are waiting or being drawn."""

    @abstractmethod
    def finished(self, timeout_s: float) -> list[Finished]:
        """Return what has been drawn meanwhile; waits so long for the first."""

    def lost(self) -> list[Segment]:
        """Return segments whose worker died, and forget them."""
        lost, self._lost = self._lost, []
        return lost

    @abstractmethod
    def close(self) -> None:
        """End all workers."""


def leave_to_parent(parent: int) -> None:
    """Leave interruptions to the parent, which ends its workers; end when it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)


def report(pipe: Connection, drawn: Drawn, keep: Keep) -> None:
    """Keep a finished segment, and say so to the parent."""
    if not keep(drawn.key, drawn.packed):
        raise OutputError(
            "cannot write to the folder of the film's segments",
            "free some space, or set SPINEANIM_CACHE to a folder with room",
        )
    pipe.send(Finished(drawn.segment, drawn.key, drawn.cost_s))


def complain(pipe: Connection, error: BaseException) -> None:
    """Tell the parent why a worker gives up."""
    if not isinstance(error, SpineanimError):
        error = SpineanimError(f"unexpected {type(error).__name__}: {error}")
    with suppress(OSError):
        pipe.send((type(error), error.message, error.hint))


def heard(pipe: Connection) -> Finished | None:
    """Read what a worker says; None if it is gone.

    Raises
    ------
    SpineanimError
        What it complains of.
    """
    try:
        said = pipe.recv()
    except (EOFError, OSError):
        return None
    if isinstance(said, Finished):
        return said
    kind, message, hint = said
    raise kind(message, hint)


def ready(pipes: list[Connection], timeout_s: float) -> list[Connection]:
    """Return the pipes in which something can be read, or whose worker is gone."""
    return [pipe for pipe in wait(pipes, timeout_s) if isinstance(pipe, Connection)]
