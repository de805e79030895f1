"""A window of the preview alone: pictures do not wait for edits, and edits keep their order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest

from spineanim.content.project import Project
from spineanim.editing.change import Change
from spineanim.editing.history import Done
from spineanim.editing.trouble import EditError
from spineanim.preview.bench import Bench
from spineanim.preview.looks import Film, Form, Look, Picture
from spineanim.preview.window import Window
from tests.preview.running import Said

LOOK = {"scene": "demo", "language": "en", "aspect": "16:9", "height_px": 540}
CHANGE = {"file": "a.toml", "path": ["title"], "value": "x", "before": "y"}


class Line:
    """A socket whose other end is the test."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[Said] = asyncio.Queue()
        self.heard: asyncio.Queue[Said] = asyncio.Queue()
        self.is_gone = False

    def say(self, do: str, **facts: Any) -> None:
        text = json.dumps({"do": do, **facts})
        self.said.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self) -> None:
        self.is_gone = True
        self.said.put_nowait({"type": "websocket.disconnect"})

    async def wait(self, what: str) -> Said:
        """Wait for a message; `picture` is one with bytes."""
        while True:
            found = await asyncio.wait_for(self.heard.get(), 5)
            if found["is"] == what:
                return found

    async def close(self, code: int) -> None:
        self.heard.put_nowait({"is": "closed", "code": code})
        self.leave()

    async def receive(self) -> Said:
        return await self.said.get()

    async def send_text(self, text: str) -> None:
        if self.is_gone:
            raise RuntimeError("the page has gone")
        self.heard.put_nowait(json.loads(text))

    async def send_bytes(self, data: bytes) -> None:
        length = int.from_bytes(data[:4], "big")
        self.heard.put_nowait({"is": "picture", **json.loads(data[4 : 4 + length])})


class Stage:
    """A film that stands."""

    film = Film(1, "demo", "en", "16:9", 960, 540, 30, 150, (), (), False, 0)
    trouble, reached, of, baking = None, 150, 150, (0, 0)
    is_playing = False

    def listen(self, heard: Callable[[], None]) -> Callable[[], None]:
        heard()
        return lambda: None

    async def picture(self, frame: int, form: Form, urgency: float = 0.0) -> Picture:
        return Picture(frame, 1, "jpeg", b"")


class SlowBench:
    """A bench whose edits take until the test lets them go on."""

    def __init__(self, project: Project) -> None:
        self.project, self.theatre = project, self
        self.turns: Said = {"can_undo": False, "can_redo": False}
        self.began: list[str] = []
        self.may_end = asyncio.Semaphore(0)

    def enter(self, changed: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    def stage(self, look: Look) -> Stage:
        return Stage()

    def tidy(self) -> None:
        pass

    async def facts(self) -> Said:
        return {"problem": None}

    async def panels(self, look: Look) -> Said:
        return {}

    async def attempt(self, changes: Sequence[Change], by: object) -> None:
        await self._work(f"try {changes[0].value}")

    async def keep(self, changes: Sequence[Change], group: str) -> Done:
        await self._work(f"keep {group}")
        return Done(())

    async def turn(self, way: str) -> Done:
        await self._work(way)
        raise EditError("nothing to undo")

    async def drop(self, by: object) -> None:
        self.began.append("drop")

    async def _work(self, what: str) -> None:
        self.began.append(what)
        await asyncio.wait_for(self.may_end.acquire(), 5)


@pytest.fixture
def bench(demo: Project) -> SlowBench:
    return SlowBench(demo)


async def open_window(bench: SlowBench) -> tuple[Line, asyncio.Task[None]]:
    line = Line()
    living = asyncio.create_task(Window(cast(Any, line), cast(Bench, bench)).live())
    line.say("open", **LOOK)
    await line.wait("film")
    return line, living


def tried(value: str) -> Said:
    return {"changes": [{**CHANGE, "value": value}]}


def test_a_picture_is_shown_while_an_edit_is_made(bench: SlowBench) -> None:
    async def use() -> None:
        line, living = await open_window(bench)
        line.say("keep", changes=[CHANGE], group="a", id=1)
        line.say("show", frame=12, generation=1, why="scrub")
        assert (await line.wait("picture"))["frame"] == 12
        assert bench.began == ["keep a"]
        bench.may_end.release()
        assert (await line.wait("kept"))["id"] == 1
        line.leave()
        await living

    asyncio.run(use())


def test_edits_are_made_in_order_and_only_the_newest_is_tried(bench: SlowBench) -> None:
    async def use() -> None:
        line, living = await open_window(bench)
        line.say("try", **tried("1"), id=1)
        line.say("try", **tried("2"), id=2)
        line.say("keep", changes=[CHANGE], group="a", id=3)
        line.say("undo", id=4)
        line.say("try", **tried("3"), id=5)
        line.say("try", **tried("4"), id=6)
        for _ in range(4):
            await asyncio.sleep(0)
            bench.may_end.release()
        assert (await line.wait("kept"))["id"] == 3
        assert (await line.wait("refused"))["id"] == 4
        line.leave()
        await living
        assert bench.began == ["keep a", "undo", "try 4", "drop"]

    asyncio.run(use())


def test_a_page_that_cannot_be_told_is_sent_away_and_comes_back(
    bench: SlowBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def panels(_: Look) -> Said:
        raise SystemError("a fault of our own")

    async def use() -> None:
        line, living = await open_window(bench)
        assert (await line.wait("closed"))["code"] == 1011
        with pytest.raises(SystemError):
            await living
        assert bench.began == ["drop"]

    monkeypatch.setattr(bench, "panels", panels)
    asyncio.run(use())


def test_what_was_asked_for_is_written_though_the_page_has_gone(bench: SlowBench) -> None:
    async def use() -> None:
        line, living = await open_window(bench)
        for group in ("a", "b"):
            line.say("keep", changes=[CHANGE], group=group)
        line.leave()
        while not bench.began:
            await asyncio.sleep(0)
        bench.may_end.release()
        bench.may_end.release()
        await asyncio.wait_for(living, 5)
        assert bench.began == ["keep a", "keep b", "drop"]

    asyncio.run(use())


def test_a_page_that_asks_for_very_much_is_made_to_wait(bench: SlowBench) -> None:
    async def use() -> None:
        line, living = await open_window(bench)
        for number in range(200):
            line.say("keep", changes=[CHANGE], group=str(number))
        while not bench.began:
            await asyncio.sleep(0)
        for _ in range(50):
            await asyncio.sleep(0)
        assert line.said.qsize() > 100
        for _ in range(200):
            bench.may_end.release()
        line.leave()
        await asyncio.wait_for(living, 5)
        assert bench.began[:-1] == [f"keep {number}" for number in range(200)]

    asyncio.run(use())
