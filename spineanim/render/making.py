"""How a film is made, whatever it shows: by whom, with what was kept, and who is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all."""


def say_nothing(done: int, total: int) -> None:
    """Take progress and do nothing with it."""


def say_no_line(line: str) -> None:
    """Take a line and do nothing with it."""


Say = Callable[[str], None]
"""Takes a line that the user should read."""


def usual_start_method() -> str:
    """Return how workers come to their place: by a fork where that is safe."""
    return "fork" if sys.platform == "linux" else "replay"


@dataclass
class Way:
    """How segments are got.

    Attributes
    ----------
    jobs
        How many segments are drawn at once.
    start_method
        `fork` or `replay`.
    scheduler
        Address of a cluster that draws instead of this machine.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    start_method: str = field(default_factory=usual_start_method)
    scheduler: str | None = None


@dataclass(frozen=True)
class Making:
    """How a film is made, whatever it shows.

    Attributes
    ----------
    way
        How workers are used.
    cached
        Whether what was kept is used, and what is drawn is kept.
    progress
        Told of frames.
    baking
        Told of the pictures that have to be baked before.
    say
        Told of what went wrong and was mended.
    """

    way: Way = field(default_factory=Way)
    cached: bool = True
    progress: Progress = say_nothing
    baking: Progress = say_nothing
    say: Say = say_no_line
