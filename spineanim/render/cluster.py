"""Find a Dask cluster; its package is optional, and imported only when a cluster is asked for."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from spineanim.errors import FarmError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE_S: Final = 10
"""So long a scheduler, and a first worker, may take to answer."""


def connected(address: str) -> Client:
    """Speak to a scheduler that has workers.

    Raises
    ------
    FarmError
        The package `distributed` is missing, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise FarmError(
            "--scheduler needs the package distributed", "type: pip install 'spineanim[farm]'"
        ) from None
    log = logging.getLogger("distributed")  # what matters of it is told as errors of our own
    log.handlers, log.propagate = [logging.NullHandler()], False
    try:
        asyncio.run(_greet(address))  # a client that nobody answers takes long to end
        client = Client(address, timeout=PATIENCE_S, set_as_default=False)
    except Exception as error:
        raise FarmError(
            f"no Dask scheduler answers at {address} ({_reason(error)})",
            "start one with: dask scheduler",
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE_S)
    except Exception:
        client.close(timeout=PATIENCE_S)
        raise FarmError(
            f"the scheduler at {address} has no workers",
            f"start some with: dask worker {address}",
        ) from None
    return client


async def _greet(address: str) -> None:
    """Speak to what is at an address, and see whether it speaks as Dask does."""
    from distributed.comm.core import connect
    from distributed.security import Security

    options = Security().get_connection_args("client")
    greeting = connect(address, timeout=PATIENCE_S, **options)
    comm = await asyncio.wait_for(greeting, PATIENCE_S + 1)
    comm.abort()


def _reason(error: BaseException | None) -> str:
    """Give the first line of why, without what it was wrapped in."""
    reason = type(error).__name__
    while error is not None:
        reason = (str(error).strip().splitlines() or [reason])[0]
        error = error.__cause__
    return reason
