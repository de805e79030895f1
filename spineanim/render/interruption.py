"""An interruption that cannot be lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruption_noted() -> Iterator[Callable[[], None]]:
    """Give a function that raises KeyboardInterrupt if the user has interrupted in the block.

    An interruption raises it at once, as ever; but Python ignores what is raised while it forks or
    cleans up, so who works for long asks again now and then. Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    is_noted = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal is_noted
        is_noted = True
        signal.default_int_handler(number, frame)

    def ask() -> None:
        if is_noted:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield ask
    finally:
        signal.signal(signal.SIGINT, before)
