"""Pictures that a window waits for: what it has moved on from is not drawn for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from starlette.websockets import WebSocketDisconnect

from spineanim.preview.looks import Form
from spineanim.preview.messages import Sheet, Show

_AT_ONCE: Final = 2
"""Frames of a scrub that are drawn side by side; the newest waits its turn."""
_LONG_S: Final = 0.1
"""One that has taken so long gives way to the newest."""
_AHEAD: Final = 3
_LATER: Final = 10.0

Send = Callable[[Show | Sheet, int, Form, float], Awaitable[None]]


class Wishes:
    """Pictures that a window waits for.

    Parameters
    ----------
    send
        Draws a frame in a form, at an urgency, and sends it.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._scrub: dict[asyncio.Task[None], float] = {}
        self._newest: Show | None = None
        self._play: list[asyncio.Task[None]] = []
        self._thumbs: asyncio.Task[None] | None = None
        self._at = 0

    def show(self, said: Show) -> None:
        """Show a frame; while others are drawn, only the newest wish counts."""
        self._at = said.frame
        if said.is_play:
            self._play = [each for each in self._play if not each.done()]
            self._play.append(self._begun(said))
            while len(self._play) > _AHEAD:
                self._play.pop(0).cancel()
            return
        self._newest = said
        now_s = time.monotonic()
        for task, since_s in list(self._scrub.items()):
            if len(self._scrub) >= _AT_ONCE and now_s - since_s > _LONG_S:
                task.cancel()
                del self._scrub[task]
        self._next()

    def _next(self) -> None:
        if self._newest is not None and len(self._scrub) < _AT_ONCE:
            task = self._begun(self._newest)
            self._newest = None
            self._scrub[task] = time.monotonic()
            task.add_done_callback(self._scrubbed)

    def _scrubbed(self, task: asyncio.Task[None]) -> None:
        if self._scrub.pop(task, None) is not None:
            self._next()

    def _begun(self, said: Show) -> asyncio.Task[None]:
        form = Form.EXACT if said.exact else Form.MOVING
        return asyncio.create_task(self._sent(said, said.frame, form, 0.0))

    async def _sent(self, said: Show | Sheet, frame: int, form: Form, urgency: float) -> None:
        """Wait until a picture is sent; the page may be gone by then."""
        with suppress(WebSocketDisconnect, RuntimeError, OSError):
            await self._send(said, frame, form, urgency)

    def sheet(self, frames: tuple[int, ...], generation: int) -> None:
        """Show small pictures when nothing else is drawn, those nearest to the last frame first."""
        if self._thumbs is not None:
            self._thumbs.cancel()
        self._thumbs = asyncio.create_task(self._all(Sheet(frames, generation)))

    async def _all(self, said: Sheet) -> None:
        """Wait for all at once: one whose play has not been reached holds up no other."""
        nearest = sorted(set(said.frames), key=lambda each: (abs(each - self._at), each))
        async with asyncio.TaskGroup() as group:
            for place, frame in enumerate(nearest):
                group.create_task(self._sent(said, frame, Form.THUMB, _LATER + place))

    def forget(self) -> None:
        """Wait for nothing any more: another film is looked at."""
        self._newest = None
        tasks = [*self._scrub, *self._play, *([self._thumbs] if self._thumbs else [])]
        self._scrub.clear()
        self._play.clear()
        for task in tasks:
            task.cancel()

    close = forget
