"""A server of ours in a thread, for tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from spineanim.serving.loopback import bound_socket, server_of, url_of


@contextmanager
def running(app: ASGIApp, most_bytes: int = 0) -> Iterator[str]:
    """Serve an application while the block runs; gives its address, with a slash at the end."""
    with bound_socket(0) as listening:
        server = server_of(app, most_bytes)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        limit_s = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive() and time.monotonic() < limit_s, "the server did not start"
            time.sleep(0.01)
        yield url_of(listening)
        server.should_exit = server.force_exit = True
        thread.join(30)
        assert not thread.is_alive()
