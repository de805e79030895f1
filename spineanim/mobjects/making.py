"""Who makes the plates of a scene: the scene itself, or somebody who has them ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

PlateT = TypeVar("PlateT")


class Maker(Protocol):
    """Makes plates in the place of a scene."""

    def part_begins(self, name: str) -> None:
        """Hear that the next plates are those of a part of a film; parts may be left out."""

    def make(self, plate: Callable[..., PlateT], *given: Any) -> PlateT:
        """Return what `plate(*given)` returns; nobody else may have it."""


_maker: ContextVar[Maker | None] = ContextVar("maker", default=None)


@contextmanager
def made_by(maker: Maker) -> Iterator[None]:
    """Let scenes have their plates from a maker within the block."""
    token = _maker.set(maker)
    try:
        yield
    finally:
        _maker.reset(token)


def made(plate: Callable[..., PlateT], *given: Any) -> PlateT:
    """Make a plate, or take it from the maker of the block around it."""
    maker = _maker.get()
    return plate(*given) if maker is None else maker.make(plate, *given)


def part_begins(name: str) -> None:
    """Say that the next plates are those of a part of a film, of a scene that it shows."""
    maker = _maker.get()
    if maker is not None:
        maker.part_begins(name)
