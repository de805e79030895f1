"""How far a film is: a bar with the time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

import click


class FrameProgress(AbstractContextManager["FrameProgress"]):
    """Shows frames done and time left on standard error.

    Parameters
    ----------
    name
        What is being made.
    counted
        What is counted.
    announced
        Whether to say at once that work begins.
    """

    def __init__(self, name: str, counted: str = "frames", *, announced: bool = True) -> None:
        self.name = name
        self.counted = counted
        self.announced = announced
        self.on_terminal = sys.stderr.isatty()
        self._bar: Any = None
        self._tenth = -1
        self._doing = counted

    def __enter__(self) -> Self:
        """Say that work has begun; the first frame takes a few seconds."""
        if self.announced:
            click.echo(f"{self.name}: preparing the pictures", err=True)
        return self

    def update(self, done: int, total: int) -> None:
        """Tell how many frames are done."""
        self._show(self.counted, done, total)

    def bake(self, done: int, total: int) -> None:
        """Tell how many pictures of parts are baked; they are kept for the next time."""
        self._show("pictures of parts baked", done, total)

    def say(self, line: str) -> None:
        """Put a line that the user should read on standard error."""
        self._end_bar()
        click.echo(f"spineanim: {line}", err=True)

    def _show(self, doing: str, done: int, total: int) -> None:
        """Go on with a bar or a line, or begin a new one for something else or another round."""
        if doing != self._doing or (self._bar is not None and total != self._bar.length):
            self._end_bar()
            self._doing, self._tenth = doing, -1
        if self.on_terminal:
            if self._bar is None:
                label = self.name if doing == self.counted else f"{self.name}: {doing}"
                self._bar = click.progressbar(
                    length=total, label=label, show_pos=True, show_eta=True, file=sys.stderr
                )
                self._bar.__enter__()
            self._bar.update(done - self._bar.pos)
        elif done * 10 // total != self._tenth:
            self._tenth = done * 10 // total
            click.echo(f"{self.name}: {done} of {total} {doing}", err=True)

    def _end_bar(self) -> None:
        """End the bar's line."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the bar's line."""
        self._end_bar()
