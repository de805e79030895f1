"""Plates that are made ahead, for the next play of a film.

A plate is a function of what it is given. Most changes of a film leave most of its plates as they
were, and to make them is most of the work of a play. So a process that waits for orders makes what
its film has asked for once more; its copies take them, each its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from spineanim.geometry.solids.base import digest_of

PlateT = TypeVar("PlateT")

_LONGEST_S: Final = 2.0
"""What takes longer is not made ahead: an order would have to wait for it."""


@dataclass(frozen=True)
class Order:
    """A plate that a film has asked for.

    Attributes
    ----------
    plate
        What makes it.
    given
        What it is told.
    key
        The same for equal orders.
    """

    plate: Callable[..., object]
    given: tuple[Any, ...]
    key: str


class Spares:
    """Makes the plates of a film, and makes them ahead."""

    def __init__(self) -> None:
        self._ready: dict[str, list[Any]] = {}
        self._asked: list[Order] = []

    def begin(self) -> None:
        """Hear that a film begins."""
        self._asked = []

    def make(self, plate: Callable[..., PlateT], *given: Any) -> PlateT:
        """Take a plate that is ready, else make it."""
        order = _order(plate, given)
        ready = self._ready.get(order.key) if order is not None else None
        began_s = time.monotonic()
        made: PlateT = ready.pop() if ready else plate(*given)
        if order is not None and time.monotonic() - began_s < _LONGEST_S:
            self._asked.append(order)
        return made

    def make_ahead(self) -> bool:
        """Make one plate of those that the last film asked for; False if all are ready."""
        while self._asked:
            left = self._missing()
            if left is None:
                break
            try:
                self._ready.setdefault(left.key, []).append(left.plate(*left.given))
            except Exception:  # the next play meets it again, and says where
                self._asked.remove(left)
                continue
            return True
        return False

    def _missing(self) -> Order | None:
        """Return the first order that no plate is ready for; what nobody asked for goes."""
        keys = [each.key for each in self._asked]
        for key in self._ready.keys() - set(keys):
            del self._ready[key]
        short = (
            each
            for each in self._asked
            if len(self._ready.get(each.key, ())) < keys.count(each.key)
        )
        return next(short, None)


def _order(plate: Callable[..., object], given: tuple[Any, ...]) -> Order | None:
    """Return an order; None if its plate may depend on more than what it is given.

    A scene's own file may change while the process stands; the package's may not.
    """
    module = getattr(plate, "__module__", "")
    if not module.startswith("spineanim."):
        return None
    try:
        key = digest_of((module, getattr(plate, "__qualname__", ""), given))
    except TypeError:
        return None
    return Order(plate, deepcopy(given), key)
