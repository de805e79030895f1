"""One play of a film: the process that plays it, and the marks it has left so far."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from bisect import bisect_right, insort
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from spineanim.preview.looks import Caption, Chapter, Film, Look, Moment, Trouble
from spineanim.preview.theatre.line import Head, Message
from spineanim.preview.theatre.listening import Asking, Listening
from spineanim.preview.theatre.troubles import trouble_in
from spineanim.preview.theatre.zygotes import Zygote

_MOST_WARM = 96
"""So many copies draw before anybody asks; each then has some 20 MB of its own."""

_BREATH_S = 0.03
"""Between the ends of two copies; each gives back its memory, which takes a while."""


class Mark:
    """A waiting copy.

    Parameters
    ----------
    start, end
        The first frame of its play, and the frame after the last.
    line
        Where it is asked.
    is_rough
        Whether anything rough may be seen in it.

    Attributes
    ----------
    is_drawing
        Whether it has been asked and has not answered yet.
    is_warm
        Whether it has ever been asked: the first picture takes longest.
    """

    def __init__(self, start: int, end: int, line: socket.socket, is_rough: bool) -> None:
        self.start, self.end, self.is_rough = start, end, is_rough
        self.line = Asking(line)
        self.is_drawing = self.is_warm = False


@dataclass
class _Run:
    """A process that plays.

    Attributes
    ----------
    line
        Tells what it does; takes orders when it has come to its end.
    process
        Its id, once it has said it.
    is_over
        Whether it has come to its end.
    """

    line: Listening | None = None
    process: int = 0
    is_over: bool = False

    @property
    def keeper(self) -> Listening | None:
        """Its line while the process is there."""
        return self.line if self.line is not None and self.line.is_open else None

    def end(self) -> None:
        """End the process; while it plays it does not listen."""
        if self.keeper is None:
            return
        self.keeper.close()
        if self.process and not self.is_over:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)


class Generation:
    """One play of a film.

    Parameters
    ----------
    number
        What its pictures go by.
    look, root
        What is played, and the project's folder.
    zygote
        What its process is a copy of, at first or second hand.
    changed
        Told, without what, whenever there is more to know.

    Attributes
    ----------
    film, trouble, fault
        Its facts; what went wrong in playing it, and in its first plays or in drawing a frame.
    reached
        How many frames have been played so far.
    baking
        Pictures of anatomy that are made anew meanwhile: how many are done, and of how many.
    is_done, is_whole
        Whether it has come to the end; whether every play has its mark.
    is_rough
        Whether anything in it was made roughly, be it seen or not; known when it is done.
    is_ready
        Whether its keeper has made ahead what the next play needs.
    is_outdone
        Whether it has something rough in it that has been made finely since.
    """

    def __init__(
        self, number: int, look: Look, root: Path, zygote: Zygote, changed: Callable[[], None]
    ) -> None:
        self.number, self.look, self.root, self.zygote = number, look, root, zygote
        self.film: Film | None = None
        self.trouble: Trouble | None = None
        self.fault: Trouble | None = None
        self.reached = 0
        self.baking = (0, 0)
        self.is_done = self.is_whole = self.is_ready = self.is_outdone = False
        self.is_rough = self._is_held = False
        self._marks: list[Mark] = []
        self._changed = changed
        self._main, self._filler, self._finer = _Run(), _Run(), _Run()
        self._begins = 0

    def begin(self, keeper: Listening, moment: Moment | None) -> None:
        """Begin to play, in a copy of a process that waits for orders.

        Parameters
        ----------
        keeper
            Speaks to that process.
        moment
            The moment that is looked at. Plays before it are hurried through; they get their
            marks when the film has come to its end.
        """
        self._order(self._main, keeper, moment=None if moment is None else asdict(moment))

    def _order(self, run: _Run, keeper: Listening, **more: object) -> None:
        here, there = socket.socketpair()
        run.line = Listening(here, lambda message: self._hear(run, message))
        order = {"root": str(self.root), "look": asdict(self.look), "generation": self.number}
        keeper.say({**order, **more}, there)

    @property
    def keeper(self) -> Listening | None:
        """Where orders for the next generation go, once this one is done; None if it is gone."""
        return self._main.keeper

    def _hear(self, run: _Run, message: Message | None) -> None:
        if message is not None:
            self._take(run, message.head, message.line)
        elif run is self._main and not self.is_done and self.trouble is None:
            self.trouble = trouble_in(
                "the process that plays the film was ended from outside",
                "save the file again, or start the preview anew",
            )
        self._changed()

    def _take(self, run: _Run, head: Head, line: socket.socket | None) -> None:
        if line is not None:
            mark = Mark(head["start"], head["end"], line, head["rough"])
            insort(self._marks, mark, key=lambda each: each.start)
        if "end" in head:
            self.reached = max(self.reached, head["end"])
        elif "anew" in head:
            self._forget_marks()
        elif "process" in head:
            run.process = head["process"]
        elif "film" in head:
            self.film = _film(head["film"])
        elif "baked" in head:
            self.baking = (head["baked"], head["of"])
        elif "message" in head:
            self._failed(run, trouble_in(head["message"], head["hint"], str(self.root)))
        elif "done" in head:
            run.is_over = True
            self._done(run, head.get("rough", False))
        elif "ready" in head:
            self.is_ready = True
            if not self._is_held:
                self.go_on()

    def _failed(self, run: _Run, trouble: Trouble) -> None:
        """Hear what a play has failed of; what has been played before stands."""
        if run is self._main:
            self.trouble = trouble
        elif run is self._filler:
            self.fault, self.is_whole = trouble, True

    def _done(self, run: _Run, is_rough: bool) -> None:
        """Hear that a play has come to its end."""
        if run is self._finer:
            self.is_outdone = True
            return
        self.is_rough |= is_rough
        if run is self._main:
            self.is_done = True
            self._begins = self._marks[0].start if self._marks else 0
        self.is_whole = run is self._filler or self._begins == 0
        if not self._is_held:
            self.go_on()

    def go_on(self) -> None:
        """Do what is left when all is ready: first plays get marks, what is rough is made."""
        self._is_held = False
        if not self.is_ready:
            return
        self._fill()
        if self.is_whole and self.is_rough and self._finer.line is None:
            self._order(self._finer, self.zygote.line, finely=True)

    def _fill(self) -> None:
        """Play once more up to the first mark, unless that is done or begun."""
        if self.keeper is None or self.is_whole or self._filler.keeper:
            return
        self._filler = _Run()
        self._order(self._filler, self.keeper, until=self._begins)

    @property
    def is_filling(self) -> bool:
        """Whether plays that have no mark yet are going to get theirs."""
        return self.keeper is not None and self.is_done and not (self.is_whole or self._is_held)

    def mark_of(self, frame: int) -> Mark | None:
        """Find the mark whose play a frame belongs to, if it has been reached."""
        at = bisect_right(self._marks, frame, key=lambda each: each.start) - 1
        return self._marks[at] if at >= 0 and frame < self._marks[at].end else None

    def cold_mark(self, frame: int) -> Mark | None:
        """Find the mark nearest to a frame that has drawn nothing yet, unless enough have."""
        cold = [each for each in self._marks if not (each.is_warm or each.is_drawing)]
        if len(self._marks) - len(cold) >= _MOST_WARM:
            return None
        return min(cold, key=lambda each: abs(each.start + each.end - 2 * frame), default=None)

    def is_drawn(self, said: Message) -> bool:
        """Hear what a mark has answered; tell whether it could draw the frame."""
        fault = said.head.get("message")
        if fault is not None and self.fault is None:
            self.fault = trouble_in(fault, "", str(self.root))
            self._changed()
        return fault is None

    def stop(self) -> None:
        """End the processes that play, or that wait for orders; marks stay."""
        self._filler.end()
        self._finer.end()
        self._main.end()

    def stop_filling(self) -> None:
        """Leave plays without marks that have none yet; `go_on` begins anew."""
        self._is_held = True
        self._filler.end()
        self._finer.end()
        self._finer = _Run()
        if self.is_done and not self.is_whole:
            for mark in [each for each in self._marks if each.start < self._begins]:
                self._marks.remove(mark)
                mark.line.close()

    @property
    def is_there(self) -> bool:
        """Whether any play of it can be drawn yet."""
        return bool(self._marks)

    def retire(self, keep_ready: bool = False) -> None:
        """End its processes one after another: all at once would hold up the first new picture.

        Parameters
        ----------
        keep_ready
            Whether the one that has plates ready stays, until `stop`.
        """
        if keep_ready:
            self.stop_filling()
        else:
            self.stop()
        asyncio.get_running_loop().call_later(_BREATH_S, self._close_one)

    def _close_one(self) -> None:
        if self._marks:
            self._marks.pop().line.close()
            asyncio.get_running_loop().call_later(_BREATH_S, self._close_one)

    def close(self) -> None:
        """End all its processes."""
        self.stop()
        self._forget_marks()

    def _forget_marks(self) -> None:
        for mark in self._marks:
            mark.line.close()
        self._marks.clear()
        self.reached = 0


def _film(facts: dict[str, Any]) -> Film:
    chapters = tuple(Chapter(**each) for each in facts["chapters"])
    captions = tuple(Caption(**each) for each in facts["captions"])
    return Film(**{**facts, "chapters": chapters, "captions": captions})
