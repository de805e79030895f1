"""Pictures that a window waits for: what it has moved on from is dropped without a word."""

from __future__ import annotations

import asyncio
import gc

import pytest
from starlette.websockets import WebSocketDisconnect

from spineanim.preview.looks import Form
from spineanim.preview.messages import Sheet, Show
from spineanim.preview.wishes import Wishes


class Slow:
    """Draws nothing until it is told to, and counts."""

    def __init__(self, ending: Exception | None = None) -> None:
        self.begun: list[int] = []
        self.sent: list[int] = []
        self.may = asyncio.Event()
        self._ending = ending

    async def send(self, said: Show | Sheet, frame: int, form: Form, urgency: float) -> None:
        self.begun.append(frame)
        await self.may.wait()
        if self._ending is not None:
            raise self._ending
        self.sent.append(frame)


def wish(frame: int, is_play: bool = False) -> Show:
    return Show(frame, 1, is_play, exact=False, seq=0)


async def _a_while() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_of_a_scrub_the_newest_is_drawn_and_those_between_are_not() -> None:
    async def scrubbed() -> Slow:
        slow = Slow()
        wishes = Wishes(slow.send)
        for frame in range(100):
            wishes.show(wish(frame))
            await asyncio.sleep(0)
        slow.may.set()
        await _a_while()
        return slow

    slow = asyncio.run(scrubbed())
    assert slow.sent[-1] == 99
    assert len(slow.begun) <= 3


def test_of_a_film_that_runs_the_newest_three_are_drawn() -> None:
    async def played() -> Slow:
        slow = Slow()
        wishes = Wishes(slow.send)
        for frame in range(10):
            wishes.show(wish(frame, is_play=True))
            await asyncio.sleep(0)
        slow.may.set()
        await _a_while()
        return slow

    assert asyncio.run(played()).sent == [7, 8, 9]


def test_a_wish_dropped_before_it_was_begun_says_nothing() -> None:
    """It once left a coroutine behind that Python complained of on the user's screen."""

    async def dropped() -> Slow:
        slow = Slow()
        wishes = Wishes(slow.send)
        for frame in range(10):
            wishes.show(wish(frame, is_play=True))
        wishes.sheet((1, 2), 1)
        wishes.forget()
        await _a_while()
        return slow

    assert asyncio.run(dropped()).begun == []
    gc.collect()  # pytest makes an error of what is said then


def test_small_pictures_are_asked_for_nearest_first() -> None:
    async def asked() -> Slow:
        slow = Slow()
        wishes = Wishes(slow.send)
        wishes.show(wish(100))
        await _a_while()
        wishes.sheet((0, 149, 60, 90, 60), 1)
        await _a_while()
        slow.may.set()
        await _a_while()
        return slow

    assert asyncio.run(asked()).begun == [100, 90, 60, 149, 0]


@pytest.mark.parametrize("ending", [WebSocketDisconnect(1006), RuntimeError(), OSError()])
def test_a_page_that_goes_while_a_picture_is_sent_says_nothing(ending: Exception) -> None:
    heard: list[object] = []

    async def left() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, said: heard.append(said))
        slow = Slow(ending)
        wishes = Wishes(slow.send)
        wishes.show(wish(1))
        await _a_while()
        slow.may.set()
        await _a_while()
        del wishes
        gc.collect()

    asyncio.run(left())
    assert heard == []
