"""What any server of ours is made of: a socket on this machine, a guard, a run until Ctrl-C."""

from __future__ import annotations

import errno
import logging
import socket
from contextlib import suppress
from types import FrameType
from typing import Final

import uvicorn
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from spineanim.errors import ServingError

ADDRESS: Final = "127.0.0.1"
FIRST_PORT: Final = 8000
_TRIED: Final = 20
_HTTP_PORT: Final = 80
"""The one port that a browser leaves out of the Host header."""


def bound_socket(port: int | None = None) -> socket.socket:
    """Return a socket that listens on 127.0.0.1, so that no other machine reaches it.

    Parameters
    ----------
    port
        Which one; 0 for any that is free. Without it: the first free one from 8000 on.

    Raises
    ------
    ServingError
        The port is taken or may not be used.
    """
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else (port,)
    for wanted in ports:
        try:
            return socket.create_server((ADDRESS, wanted))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = error.strerror or str(error)
                raise ServingError(
                    f"port {wanted} cannot be used ({reason})", "give another one with --port"
                ) from None
    taken = f"port {port} is" if port is not None else f"ports {ports[0]} to {ports[-1]} are all"
    raise ServingError(
        f"{taken} taken by another program", "end that one, or give another port with --port"
    )


def url_of(listening: socket.socket) -> str:
    """Return the address of a bound socket as one types it into a browser."""
    return f"http://{ADDRESS}:{listening.getsockname()[1]}/"


class OwnHostOnly:
    """Answers only who asked for this machine by name.

    Any web page may point a name of its own at 127.0.0.1 and read what is served there as if it
    were its own; its requests carry that name in `Host`, so they are turned away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away with 421."""
        if scope["type"] in ("http", "websocket") and not _is_own(scope):
            refusal = PlainTextResponse("This server answers only to its own address.\n", 421)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    server = scope.get("server")
    if server is None:
        return False
    port = server[1]
    own = {f"{name}:{port}" for name in (ADDRESS, "localhost")}
    if port == _HTTP_PORT:
        own |= {ADDRESS, "localhost"}
    asked = Headers(scope=scope).getlist("host")
    return len(asked) == 1 and asked[0].lower() in own


class _Server(uvicorn.Server):
    """Ends at the first Ctrl-C, even while a film is being watched."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Wait for nobody: whoever stops it here has no visitors to be kind to."""
        self.force_exit = True
        # An answer that is torn off now is logged as an error of the application.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        super().handle_exit(sig, frame)


def _is_trouble(record: logging.LogRecord) -> bool:
    """Whether a line of uvicorn's log tells of trouble: who is refused a web socket makes none."""
    return "without completing handshake" not in record.getMessage()


def server_of(app: ASGIApp, most_bytes: int = 0) -> uvicorn.Server:
    """Return a server of an application that answers only to its own address and logs errors.

    Parameters
    ----------
    app
        The application.
    most_bytes
        Longest message that a web socket may send; 0 for no web sockets.
    """
    logging.getLogger("uvicorn.error").addFilter(_is_trouble)
    return _Server(
        uvicorn.Config(
            OwnHostOnly(app),
            log_level="error",
            access_log=False,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="websockets-sansio" if most_bytes else "none",
            ws_max_size=most_bytes,
            ws_per_message_deflate=False,  # pictures are small already, and never leave the machine
            server_header=False,
            # No proxy stands before it; who claims to be one is not believed.
            proxy_headers=False,
        )
    )


def run_until_interrupted(app: ASGIApp, listening: socket.socket) -> None:
    """Serve an application until Ctrl-C, then end without a word."""
    with listening, suppress(KeyboardInterrupt):
        server_of(app).run(sockets=[listening])
