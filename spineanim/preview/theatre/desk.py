"""Who is drawn next: never more at once than there are cores, the most urgent first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import os
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from spineanim.preview.looks import Form, Picture
from spineanim.preview.theatre.generation import Generation, Mark

_KEPT_BYTES: Final = 64 << 20
"""Pictures that were drawn lately; going back to them costs nothing."""
_IDLE_S: Final = 0.05
"""Between two looks whether anybody waits for a picture."""

Key = tuple[int, int, Form]


@dataclass(order=True)
class _Wish:
    urgency: float
    turn: int
    generation: Generation = field(compare=False)
    mark: Mark = field(compare=False)
    frame: int = field(compare=False)
    form: Form = field(compare=False)
    answer: asyncio.Future[Picture | None] = field(compare=False)

    @property
    def key(self) -> Key:
        return self.generation.number, self.frame, self.form


class Desk:
    """Takes wishes for pictures and has marks draw them.

    A wish whose task has been cancelled before it was its turn costs nothing.

    Attributes
    ----------
    drawn
        How many pictures have been drawn.
    """

    def __init__(self) -> None:
        self.drawn = 0
        self._at_once = max(1, os.cpu_count() or 1)
        self._turns = itertools.count()
        self._wishes: list[_Wish] = []
        self._drawing: set[asyncio.Task[None]] = set()
        self._kept: OrderedDict[Key, Picture] = OrderedDict()
        self._kept_bytes = 0

    async def picture(
        self, generation: Generation, mark: Mark, frame: int, form: Form, urgency: float
    ) -> Picture | None:
        """Return a frame's picture when its turn has come; None if its mark is gone."""
        kept = self._kept.get((generation.number, frame, form))
        if kept is not None:
            self._kept.move_to_end((generation.number, frame, form))
            return kept
        answer: asyncio.Future[Picture | None] = asyncio.get_running_loop().create_future()
        wish = _Wish(urgency, next(self._turns), generation, mark, frame, form, answer)
        heapq.heappush(self._wishes, wish)
        self._begin()
        return await answer

    async def warm(self, generation: Generation, mark: Mark) -> None:
        """Have a mark draw for nobody, so that it is fast when it is asked; only in idle hours."""
        while self._drawing or any(not each.answer.done() for each in self._wishes):
            await asyncio.sleep(_IDLE_S)
        if mark.is_drawing or mark.is_warm:
            return
        mark.is_drawing = mark.is_warm = True
        with suppress(OSError, ValueError):  # its process is gone
            generation.is_drawn(await mark.line.ask({"frame": mark.start}))
        mark.is_drawing = False
        self._begin()

    def _begin(self) -> None:
        """Have the most urgent drawn whose marks are free."""
        waiting = []
        while self._wishes and len(self._drawing) < self._at_once:
            wish = heapq.heappop(self._wishes)
            if wish.answer.done():
                continue
            kept = self._kept.get(wish.key)
            if kept is not None:
                wish.answer.set_result(kept)
            elif wish.mark.is_drawing:
                waiting.append(wish)
            else:
                wish.mark.is_drawing = wish.mark.is_warm = True
                task = asyncio.get_running_loop().create_task(self._draw(wish))
                self._drawing.add(task)
                task.add_done_callback(self._finished)
        for wish in waiting:
            heapq.heappush(self._wishes, wish)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._drawing.discard(task)
        self._begin()

    async def _draw(self, wish: _Wish) -> None:
        """Have one drawn; it is kept even if nobody wants it any more."""
        picture = None
        try:
            said = await wish.mark.line.ask({"frame": wish.frame, "form": wish.form.value})
            if wish.generation.is_drawn(said):
                picture = _picture(wish, said.data)
                self.drawn += 1
                self._keep(wish.key, picture)
        except (OSError, ValueError):  # its process is gone, or its line was closed meanwhile
            pass
        finally:
            wish.mark.is_drawing = False
            if not wish.answer.done():
                wish.answer.set_result(picture)

    def _keep(self, key: Key, picture: Picture) -> None:
        self._kept[key] = picture
        self._kept_bytes += len(picture.data)
        while self._kept_bytes > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.data)


def _picture(wish: _Wish, data: bytes) -> Picture:
    kind = "png" if wish.form is Form.EXACT else "jpeg"
    return Picture(wish.frame, wish.generation.number, kind, data, wish.mark.is_rough)
