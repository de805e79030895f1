"""Tell whoever wants to know that something kept was damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from spineanim.vault.kinds import Kind


@dataclass(frozen=True)
class Damage:
    """A file that is not what was kept.

    Attributes
    ----------
    kind
        What it should have been.
    file
        Where it lies, or lay.
    what
        What is wrong with it.
    is_gone
        Whether it could be taken away.
    """

    kind: Kind
    file: Path
    what: str
    is_gone: bool

    def __str__(self) -> str:
        """One line for people."""
        stays = "" if self.is_gone else "; it cannot be removed, do so by hand"
        again = f"was damaged ({self.what}) and is {self.kind.made} again"
        return f"a kept {self.kind.one} {again}: {self.file}{stays}"


OnDamage = Callable[[Damage], None]

_watcher: ContextVar[OnDamage | None] = ContextVar("damage_watcher", default=None)


@contextmanager
def damage_watched(on_damage: OnDamage) -> Iterator[None]:
    """Tell about all damage that is met within the block, whoever meets it."""
    token = _watcher.set(on_damage)
    try:
        yield
    finally:
        _watcher.reset(token)


def report(damage: Damage) -> None:
    """Pass damage on to whoever watches, if anyone does."""
    on_damage = _watcher.get()
    if on_damage is not None:
        on_damage(damage)
