"""Workers on other machines: segments are handed to a Dask cluster in tasks of several each.

No disk is shared. What a film is drawn from goes out as one parcel, and drawn segments come back
as bytes, task by task. A task whose worker is lost is run again by the cluster; one that it gives
up is drawn on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

from spineanim.errors import FarmError, OutputError
from spineanim.render.cluster import PATIENCE_S, connected
from spineanim.render.crew import Crew, Finished, Keep
from spineanim.render.drawing_code import whole_code_key
from spineanim.render.encode import EncodedSegment
from spineanim.render.farm_answer import pieces_in
from spineanim.render.order import Order
from spineanim.render.parcel import packed
from spineanim.render.segments import Segment
from spineanim.render.shares import most_frames, shared_out

if TYPE_CHECKING:
    from distributed import Future

_ALONE_S: Final = 60
"""So long a cluster may be without any worker; one that starts again takes some seconds."""
_TRIES: Final = 3


@dataclass
class _Task:
    """Segments that are drawn in one go.

    Attributes
    ----------
    undecided
        Those that may yet be found to be there.
    wanted
        Those that are to be drawn.
    """

    undecided: set[Segment]
    wanted: list[Segment] = field(default_factory=list)


class Farm(Crew):
    """Workers of a Dask cluster.

    Parameters
    ----------
    order
        The film.
    missing
        Segments of which each will be drawn or dropped.
    keep
        Where what they draw is put, on this machine.
    costs
        Expected cost of a segment, to share them out evenly.
    address
        Of the cluster's scheduler, such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    FarmError
        The package `distributed` is missing, or nobody answers at the address.
    """

    def __init__(
        self,
        order: Order,
        missing: Iterable[Segment],
        keep: Keep,
        costs: Callable[[Segment], float],
        address: str,
    ) -> None:
        super().__init__()
        self.keep, self.address = keep, address
        self._client = connected(address)
        slots = sum(self._client.nthreads().values())
        groups = shared_out(sorted(missing), slots, costs, most_frames(order.encoding))
        self._tasks = [_Task(set(group)) for group in groups]
        self._sent: dict[Future[bytes], list[Segment]] = {}
        self._done: SimpleQueue[Future[bytes]] = SimpleQueue()
        self._seen_s = time.monotonic()
        self._looks_again_s = self._seen_s + PATIENCE_S
        # A task like the others: when the worker that holds its result is lost, it is run again.
        self._parcel = self._client.submit(bytes, packed(order), pure=False)

    def stands_at(self, segment: Segment) -> None:
        """Nothing to do: workers find their way."""

    def draw(self, segment: Segment) -> None:
        """Have a segment drawn; its task leaves when nothing in it is undecided."""
        self._decide(segment, is_wanted=True)

    def drop(self, segment: Segment) -> None:
        """Take a segment out of its task."""
        self._decide(segment, is_wanted=False)

    def _decide(self, segment: Segment, *, is_wanted: bool) -> None:
        task = next(each for each in self._tasks if segment in each.undecided)
        task.undecided.remove(segment)
        if is_wanted:
            task.wanted.append(segment)
        if not task.undecided:
            self._tasks.remove(task)
            if task.wanted:
                self._send(task.wanted)

    def _send(self, segments: list[Segment]) -> None:
        from spineanim.render.farm_task import draw

        edges = [(each.start, each.end) for each in segments]
        future = self._client.submit(
            draw, self._parcel, whole_code_key(), edges, pure=False, retries=_TRIES
        )
        self._sent[future] = segments
        future.add_done_callback(self._done.put)

    @property
    def load(self) -> int:
        """How many segments wait or are being drawn."""
        waiting = sum(len(each.wanted) for each in self._tasks)
        return waiting + sum(map(len, self._sent.values()))

    def finished(self, timeout_s: float) -> list[Finished]:
        """Return what workers have drawn.

        Raises
        ------
        FarmError
            The scheduler or all workers are gone, or a worker cannot draw.
        """
        found: list[Finished] = []
        try:
            future = self._done.get(timeout=timeout_s) if timeout_s else self._done.get_nowait()
            while True:
                found += self._collected(future)
                future = self._done.get_nowait()
        except Empty:
            self._look_for_workers()
        return found

    def _look_for_workers(self) -> None:
        """See now and then whether any worker is left.

        Raises
        ------
        FarmError
            There has been none for long.
        """
        now_s = time.monotonic()
        if now_s < self._looks_again_s or self._client.status != "running":
            return
        self._looks_again_s = now_s + PATIENCE_S
        if self._client.nthreads():
            self._seen_s = now_s
        elif now_s > self._seen_s + _ALONE_S:
            raise FarmError(
                f"no worker is left at {self.address}",
                "start some and render again: what has been drawn is kept",
            )

    def _collected(self, future: Future[bytes]) -> Iterator[Finished]:
        """Keep what a task has drawn."""
        segments = self._sent.pop(future)
        answer = self._answer(future)
        if answer is None:
            self._lost += segments
            return
        future.release()
        try:
            for facts, found in pieces_in(answer):
                segment = Segment(facts["start"], facts["end"])
                if EncodedSegment.unpacked(found).frame_count != len(segment):
                    raise ValueError("frames are missing")
                if not self.keep(facts["key"], found):
                    raise OutputError(
                        "the folder of kept segments is full or cannot be written to",
                        "free some space, or set SPINEANIM_CACHE to a folder with room",
                    )
                segments.remove(segment)
                yield Finished(segment, facts["key"], facts["cost_s"])
        except (ValueError, KeyError, TypeError) as error:
            raise FarmError(
                f"a worker at {self.address} answers what is no segment ({error})",
                "look at its log",
            ) from None
        self._lost += segments

    def _answer(self, future: Future[bytes]) -> bytes | None:
        """Return what a task gave; None if the cluster has given it up."""
        from distributed import KilledWorker

        from spineanim.render.farm_task import DrawerLostError

        try:
            return bytes(future.result())
        except (KilledWorker, DrawerLostError):
            return None
        except Exception as error:
            if self._client.status == "running" and not future.cancelled():
                raise FarmError(
                    f"a worker at {self.address} cannot draw ({type(error).__name__}: {error})",
                    "install there what is installed here, or leave that worker out",
                ) from error
            raise FarmError(
                f"the scheduler at {self.address} is gone",
                "start it and render again: what has been drawn is kept",
            ) from error

    def close(self) -> None:
        """Cancel all tasks; their workers stop drawing within a second."""
        with suppress(Exception):
            if self._client.status == "running":
                self._client.cancel(list(self._sent))
        with suppress(Exception):
            self._client.close(timeout=PATIENCE_S)
