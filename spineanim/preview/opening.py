"""Run a preview from its first line to Ctrl-C."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode

from spineanim.content.project import Project
from spineanim.editing.shelter import clear_leftovers
from spineanim.preview.app import preview_app
from spineanim.preview.bench import Bench
from spineanim.preview.looks import Look
from spineanim.preview.messages import MOST_BYTES
from spineanim.serving.loopback import server_of, url_of

_TOKEN_BYTES: Final = 24


def run_preview(
    project: Project, look: Look, listening: socket.socket, opened: Callable[[str], None]
) -> None:
    """Serve a preview until Ctrl-C, then end all its processes.

    Parameters
    ----------
    project
        What is shown.
    look
        What the page shows first.
    listening
        Where it is served.
    opened
        Told the address, which nobody else knows.
    """
    clear_leftovers()  # of previews that were killed
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    place = {"scene": look.scene, "language": look.language, "aspect": look.aspect}

    async def serve() -> None:
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # its terminal is closed
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, signal.raise_signal, signal.SIGTERM)
        async with Bench(project) as bench:
            bench.theatre.stage(look)  # it begins while the browser is still on its way
            server = server_of(preview_app(bench, token), most_bytes=MOST_BYTES)
            opened(f"{url_of(listening)}{token}/#{urlencode(place, safe=':')}")
            await server.serve(sockets=[listening])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)  # else the rest would not be ended in order
    with listening, suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(serve())
