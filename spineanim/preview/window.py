"""One window of the preview: what it looks at, what it asks for and what it is told."""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from spineanim.editing.trouble import ConflictError, EditError
from spineanim.errors import SpineanimError
from spineanim.preview.bench import Bench
from spineanim.preview.looks import HEIGHTS_PX, Film, Form, Look, Trouble
from spineanim.preview.messages import (
    ASPECTS,
    Keep,
    Open,
    Sheet,
    Show,
    Try,
    Turn,
    message_from,
    number_in,
)
from spineanim.preview.theatre.theatre import Stage
from spineanim.preview.wishes import Wishes

_LENGTH: Final = struct.Struct(">I")
_MOST_EDITS: Final = 32
"""So many may wait for their turn; then the page is not listened to until one is done."""
_TOLD_S: Final = 0.1
"""So often a window is told how far a play has come."""
_INTERNAL_ERROR: Final = 1011


class Window:
    """A page's line to the bench.

    Parameters
    ----------
    socket
        The line, accepted.
    bench
        What all windows share.
    """

    def __init__(self, socket: WebSocket, bench: Bench) -> None:
        self._socket, self._bench = socket, bench
        self._look: Look | None = None
        self._stage: Stage | None = None
        self._leave_stage: Callable[[], None] = lambda: None
        self._news, self._files = asyncio.Event(), asyncio.Event()
        self._sending = asyncio.Lock()
        self._wishes = Wishes(self._show)
        self._told: tuple[Film | None, Trouble | None, tuple[int, ...]] = (None, None, ())
        self._told_at_s = 0.0
        self._edits: set[asyncio.Task[None]] = set()
        self._in_turn = asyncio.Lock()
        self._newest: Try | Keep | Turn | None = None

    async def live(self) -> None:
        """Answer what the page says until it goes.

        Raises
        ------
        Exception
            The page could not be told what it must know; it has been sent away, and comes back.
        """
        leave = self._bench.enter(self._files.set)
        tells = (self._tell_news(), self._tell_files())
        telling = [asyncio.create_task(self._or_part(each)) for each in tells]
        try:
            self._files.set()
            async with asyncio.TaskGroup() as edits:  # what was asked for is written in any case
                async for text in self._texts():
                    await self._hear(text, edits)
        finally:
            leave()
            self._leave_stage()
            self._wishes.close()
            for task in telling:
                task.cancel()
            ends = await asyncio.gather(*telling, return_exceptions=True)
            await self._bench.drop(self)
        for error in ends:
            if isinstance(error, Exception):
                raise error

    async def _or_part(self, tell: Coroutine[Any, Any, None]) -> None:
        """Tell the page; if that fails, part from it: what it shows would never be renewed."""
        try:
            await tell
        except Exception:
            with suppress(WebSocketDisconnect, RuntimeError, OSError):  # it has gone
                await self._socket.close(_INTERNAL_ERROR)
            raise

    async def _texts(self) -> AsyncIterator[str]:
        """Give what the page says until it goes; of bytes, which it never sends, nothing."""
        while (message := await self._socket.receive())["type"] == "websocket.receive":
            yield message.get("text") or ""

    async def _hear(self, text: str, edits: asyncio.TaskGroup) -> None:
        try:
            match message_from(text):
                case Open(look):
                    self._open(look)
                case Show() | Sheet() if self._stage is None or self._stage.film is None:
                    pass
                case Show() as said:
                    self._wishes.show(said)
                case Sheet(frames, generation):
                    self._wishes.sheet(frames, generation)
                case said:
                    await self._set_about(said, edits)
        except SpineanimError as error:
            await self._refuse(error, number_in(text))

    # -- edits -----------------------------------------------------------------------------------

    async def _set_about(self, said: Try | Keep | Turn, edits: asyncio.TaskGroup) -> None:
        """Have an edit made after those before it; pictures are shown meanwhile."""
        while len(self._edits) >= _MOST_EDITS:
            await asyncio.wait(self._edits, return_when=asyncio.FIRST_COMPLETED)
        self._newest = said
        task = edits.create_task(self._edit(said))
        self._edits.add(task)
        task.add_done_callback(self._edits.discard)

    async def _edit(self, said: Try | Keep | Turn) -> None:
        """Make an edit when it is its turn, and answer."""
        async with self._in_turn:
            if isinstance(said, Try) and said is not self._newest:
                return  # what comes after it ends it, or tries something newer
            try:
                await self._make(said)
            except ConflictError as error:
                names = ("file", "path", "there", "mine", "before")
                conflict = {name: _plain(getattr(error, name)) for name in names}
                await self._refuse(error, said.number, conflict)
            except SpineanimError as error:
                await self._refuse(error, said.number)
            except OSError as error:
                said_why = f"{error.filename}: {error.strerror or error}"
                await self._refuse(EditError(said_why, "see that it can be read"), said.number)

    async def _make(self, said: Try | Keep | Turn) -> None:
        match said:
            case Try(changes):
                await self._bench.attempt(changes, self)
                return
            case Turn("drop"):
                await self._bench.drop(self)
                return
            case Keep(changes, group):
                done = await self._bench.keep(changes, group)
            case Turn(way):
                done = await self._bench.turn(way)
        await self._say("kept", {**asdict(done), "id": said.number, **self._bench.turns})

    def _open(self, look: Look) -> None:
        languages = self._bench.project.languages
        known = look.language in languages and look.aspect in ASPECTS
        if not known or look.height_px not in HEIGHTS_PX or not look.scene.isidentifier():
            raise EditError("there is no such film", "choose one from the list")
        self._leave_stage()
        self._wishes.forget()
        self._look, self._told = look, (None, None, ())
        self._stage = self._bench.theatre.stage(look)
        self._leave_stage = self._stage.listen(self._news.set)
        self._bench.theatre.tidy()
        self._news.set()
        self._files.set()

    # -- pictures --------------------------------------------------------------------------------

    async def _show(self, said: Show | Sheet, frame: int, form: Form, urgency: float) -> None:
        """Draw a frame, and send it if the film is still the one that was asked for."""
        stage = self._stage
        if stage is None or stage.film is None or stage.film.generation != said.generation:
            return
        picture = await stage.picture(frame, form, urgency)
        if picture is None or stage is not self._stage:
            return
        head = {"frame": frame, "generation": picture.generation, "kind": picture.kind}
        head["rough"] = picture.is_rough
        if isinstance(said, Show):
            why = "play" if said.is_play else "scrub"
            head |= {"why": why, "exact": said.exact, "seq": said.seq}
        else:
            head |= {"why": "sheet", "exact": False}
        line = json.dumps(head).encode()
        async with self._sending:
            await self._socket.send_bytes(_LENGTH.pack(len(line)) + line + picture.data)

    # -- news ------------------------------------------------------------------------------------

    async def _tell_news(self) -> None:
        """Tell of a new film, of trouble, and how far a play has come."""
        while True:
            await self._news.wait()
            self._news.clear()
            stage, look = self._stage, self._look
            if stage is None or look is None:
                continue
            film, trouble, far = self._told
            way: tuple[int, ...] = (stage.reached, stage.of, *stage.baking, stage.is_playing)
            about = {"look": asdict(look)}  # the page may look at another film by now
            if stage.trouble != trouble:
                if stage.trouble is None:
                    await self._say("well", about)
                else:
                    await self._say("trouble", {**asdict(stage.trouble), **about})
            if stage.film is not None and stage.film != film:
                self._wishes.forget()
                await self._say("film", asdict(stage.film))
            now_s = time.monotonic()
            if way != far and (now_s - self._told_at_s > _TOLD_S or not stage.is_playing):
                self._told_at_s = now_s
                names = ("reached", "of", "baked", "bakes", "playing")
                await self._say("progress", {**dict(zip(names, way, strict=True)), **about})
            else:
                way = far
            if stage is self._stage:
                self._told = (stage.film, stage.trouble, way)

    async def _tell_files(self) -> None:
        """Tell what the project and the panels hold whenever files have changed."""
        before: dict[str, Any] = {}
        while True:
            await self._files.wait()
            self._files.clear()
            facts = await self._bench.facts()
            if facts != before:
                problem = facts["problem"]
                said = {**facts, "aspects": ASPECTS, "problem": problem and asdict(problem)}
                await self._say("project", said)
                before = facts
            look = self._look
            if look is not None:
                with suppress(SpineanimError):  # the stage says it; the panels stay as they are
                    found = await self._bench.panels(look)
                    await self._say("panels", {"look": asdict(look), **found})

    async def _refuse(
        self, error: SpineanimError, number: int, conflict: dict[str, Any] | None = None
    ) -> None:
        facts = {"message": error.message, "hint": error.hint, "conflict": conflict, "id": number}
        root = f"{self._bench.project.root}/"
        facts["message"] = error.message.replace(root, "")
        await self._say("refused", facts)

    async def _say(self, what: str, facts: dict[str, Any]) -> None:
        """Say something, unless the page has gone."""
        line = json.dumps({"is": what, **facts})
        async with self._sending:
            with suppress(WebSocketDisconnect, RuntimeError, OSError):
                await self._socket.send_text(line)


def _plain(value: object) -> object:
    """Return a value of a file as JSON can hold it: a date, or what is no number, as a text."""
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return str(value)
    return value
