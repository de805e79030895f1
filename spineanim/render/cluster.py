"""Find a Dask cluster; its package is optional, and imported only when a cluster is asked for."""

from __future__ import annotations

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
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
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


def _reason(error: BaseException) -> str:
    """Give the first line of why, without what it was wrapped in."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
