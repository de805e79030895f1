"""A line between two processes: short messages, bytes with them, and open lines handed over.

A message is two lengths, a head as JSON, and bytes. Another socket may travel with it.
"""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

LENGTHS: Final = struct.Struct(">II")
Head = Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """What was said.

    Attributes
    ----------
    head
        Small facts.
    data
        Bytes, maybe none.
    line
        The line that was handed over, if any.
    """

    head: Head
    data: bytes = b""
    line: socket.socket | None = None


def packed(head: Head, data: bytes = b"") -> bytes:
    """Return a message as bytes."""
    said = json.dumps(head).encode()
    return LENGTHS.pack(len(said), len(data)) + said + data


class Line:
    """One end of a line, for a process that waits until it is spoken to.

    Parameters
    ----------
    end
        The socket; it is closed with the line.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    @classmethod
    def pair(cls) -> tuple[Self, Self]:
        """Return both ends of a new line."""
        one, other = socket.socketpair()
        return cls(one), cls(other)

    def say(self, head: Head, data: bytes = b"", hand: Line | None = None) -> None:
        """Send a message, and with it an end of another line, which is closed here.

        Raises
        ------
        OSError
            Nobody listens.
        """
        message = packed(head, data)
        if hand is None:
            self._end.sendall(message)
            return
        sent = socket.send_fds(self._end, [message], [hand._end.fileno()])
        self._end.sendall(message[sent:])
        hand.close()

    def hear(self) -> Message | None:
        """Wait for a message; None when the other end is closed."""
        try:
            start, handed, *_ = socket.recv_fds(self._end, LENGTHS.size, 1)
            line = socket.socket(fileno=handed[0]) if handed else None
            sizes = LENGTHS.unpack(start + self._exactly(LENGTHS.size - len(start)))
            said, data = (self._exactly(size) for size in sizes)
        except (EOFError, OSError):
            return None
        return Message(json.loads(said), data, line)

    @property
    def is_spoken_to(self) -> bool:
        """Whether `hear` would return at once."""
        return bool(select.select([self._end], [], [], 0.0)[0])

    def _exactly(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            part = self._end.recv(min(size - len(found), 1 << 20))
            if not part:
                raise EOFError
            found += part
        return bytes(found)

    def close(self) -> None:
        """Close this end."""
        self._end.close()
