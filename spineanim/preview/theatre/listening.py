"""The server's end of a line: it never waits, and hears in the event loop."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress

from spineanim.preview.theatre.line import LENGTHS, Head, Message, packed

_AT_ONCE_BYTES = 1 << 18


class Listening:
    """A line whose messages are told as they come.

    Parameters
    ----------
    end
        The socket; it is closed with the line.
    heard
        Told each message; None once, when the other end is gone.
    """

    def __init__(self, end: socket.socket, heard: Callable[[Message | None], None]) -> None:
        self._end, self._heard = end, heard
        self._bytes = bytearray()
        self._handed: list[int] = []
        self._loop = asyncio.get_running_loop()
        self._is_open = True
        end.setblocking(False)
        self._loop.add_reader(end, self._read)

    @property
    def is_open(self) -> bool:
        """Whether the other end is there, as far as is known."""
        return self._is_open

    def say(self, head: Head, hand: socket.socket) -> None:
        """Hand over an end of another line, which is closed here."""
        try:
            with hand:
                socket.send_fds(self._end, [packed(head)], [hand.fileno()])
        except OSError:
            self._gone()

    def _read(self) -> None:
        try:
            # Not more than one is handed over with what comes at once: a read ends there.
            found, handed, *_ = socket.recv_fds(self._end, _AT_ONCE_BYTES, 4)
        except BlockingIOError:
            return
        except OSError:
            found, handed = b"", []
        if not found:
            self._gone()
            return
        self._bytes += found
        self._handed += handed
        while self._is_open and (message := self._next()) is not None:
            self._heard(message)

    def _next(self) -> Message | None:
        if len(self._bytes) < LENGTHS.size:
            return None
        said, data = LENGTHS.unpack_from(self._bytes)
        start, end = LENGTHS.size + said, LENGTHS.size + said + data
        if len(self._bytes) < end:
            return None
        head = json.loads(self._bytes[LENGTHS.size : start])
        content = bytes(self._bytes[start:end])
        del self._bytes[:end]
        line = socket.socket(fileno=self._handed.pop(0)) if "start" in head else None
        return Message(head, content, line)

    def _gone(self) -> None:
        if self._is_open:
            self.close()
            self._heard(None)

    def close(self) -> None:
        """Close this end; nothing more is heard."""
        if self._is_open:
            self._is_open = False
            self._loop.remove_reader(self._end)
            self._end.close()
            for each in self._handed:
                os.close(each)


class Asking:
    """A line on which one asks and waits for the answer.

    Parameters
    ----------
    end
        The socket; it is closed with the line.
    """

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._loop = asyncio.get_running_loop()
        self._is_asking = self._is_closed = False

    async def ask(self, head: Head) -> Message:
        """Ask and return the answer.

        Raises
        ------
        OSError
            Nobody answers.
        """
        self._is_asking = True
        try:
            await self._loop.sock_sendall(self._end, packed(head))
            said, data = LENGTHS.unpack(await self._exactly(LENGTHS.size))
            answer: Head = json.loads(await self._exactly(said))
            return Message(answer, await self._exactly(data))
        finally:
            self._is_asking = False
            if self._is_closed:
                self._end.close()

    async def _exactly(self, size: int) -> bytes:
        found = bytearray(size)
        at = 0
        while at < size:
            count = await self._loop.sock_recv_into(self._end, memoryview(found)[at:])
            if not count:
                raise ConnectionResetError
            at += count
        return bytes(found)

    def close(self) -> None:
        """Close this end: the other ends with it, and so does whoever waits for its answer."""
        self._is_closed = True
        with suppress(OSError):  # the other end may be gone
            self._end.shutdown(socket.SHUT_RDWR)
        if not self._is_asking:  # closed now, the loop would wait for its number for ever
            self._end.close()
