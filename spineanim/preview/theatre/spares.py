"""Plates that are made ahead, for the next play of a film.

A plate is a function of what it is given. Most changes of a film leave most of its plates as they
were, and to make them is most of the work of a play. So a process that waits for orders makes what
its film has asked for once more; its copies take them, each its own. One that has been made with
other colours or parameters serves as well if it never asked for those that differ.

A plate that is not seen from the moment looked at on may even be of another body, or in other
colours: the film is played once more for what comes before that moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import PurePath
from typing import Any, Final, TypeVar, cast

from manim import Mobject

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.params import Anatomy
from spineanim.geometry.solids.base import digest_of
from spineanim.picture.haste import roughened, roughness
from spineanim.preview.theatre.memory import Memory
from spineanim.preview.theatre.noted import Told
from spineanim.preview.theatre.presence import Presence

PlateT = TypeVar("PlateT")

_LONGEST_S: Final = 5.0
"""What takes longer is not made ahead again: an order has to wait for it."""


@dataclass(frozen=True)
class Order:
    """A plate that a film has asked for.

    Attributes
    ----------
    plate
        What makes it.
    given
        What it is told.
    shape
        The same for orders that are equal but for colours of the theme and parameters.
    """

    plate: Callable[..., object]
    given: tuple[Any, ...]
    shape: str

    @property
    def parameters(self) -> list[Parameters]:
        """The parameters it is told."""
        return [each for each in self.given if isinstance(each, Parameters)]


@dataclass(frozen=True, eq=False)
class Spare:
    """A plate that is ready.

    Attributes
    ----------
    order
        What it was made for.
    told
        What it was told, and what it asked.
    plate
        The plate.
    is_rough
        Whether anything in it was made roughly.
    """

    order: Order
    told: Told
    plate: object
    is_rough: bool

    def fits(self, order: Order) -> bool:
        """Whether it is just what another order asks for."""
        return self.order.shape == order.shape and self.told.fits(order.given)


class Spares:
    """Makes the plates of a film, and makes them ahead.

    Attributes
    ----------
    memory
        What plates are made of.
    patients
        Whose bodies are cut somewhere in the film.
    has_old
        Whether a plate of another body has been taken in this play: it may not fit to the others.
    are_ready
        Whether all that the film has asked for has been made ahead.
    knows_sizes
        Whether plates have been made with the other size of the pump, see `other_size`.
    """

    def __init__(self) -> None:
        self.memory = Memory()
        self.patients: set[Anatomy] = set()
        self.are_ready = self.knows_sizes = False
        self.has_old = False
        self._ready: list[Spare] = []
        self._asked: list[Order] = []
        self._slow: set[str] = set()
        self._film: object = None
        self._over_from: list[int | None] = []
        self._presence = Presence()
        self._start = self._count = self._rough = 0

    def begin(self, film: object = None, start: int = 0) -> None:
        """Hear that a film begins.

        Parameters
        ----------
        film
            All that decides which plates are seen when; equal for equal films.
        start
            The first frame that anybody will see.
        """
        is_known = film is not None and film == self._film
        self._over_from = self._presence.over_from() if is_known else []
        self._presence = Presence()
        self._film, self._start, self._count = film, start, 0
        self._asked, self.has_old, self.are_ready, self._rough = [], False, False, 0

    def play_begins(self, stage: Iterable[Mobject], end: int) -> None:
        """Hear what is on the stage in the next play, and the frame after its last."""
        self._presence.play_begins(stage, end)

    @property
    def shows_rough(self) -> bool:
        """Whether anything rough may be seen in the last play: what is of no plate stays."""
        return roughness() > self._rough or self._presence.shows_rough

    def make(self, plate: Callable[..., PlateT], *given: Any) -> PlateT:
        """Take a plate that is ready, else make it."""
        order, before = _order(plate, given), roughness()
        of_none = before - self._rough
        ready = self._taken(order) if order is not None else None
        made = cast(PlateT, ready) if ready is not None else plate(*given)
        if order is not None and order.shape not in self._slow:
            self._asked.append(order)
        # without an order it has been told something living, such as a part of another plate
        self._presence.made(made, order is not None, roughness() > before)
        self._rough = roughness() - of_none
        self._count += 1
        return made

    def _taken(self, order: Order) -> object:
        """Take a plate that is ready, an old one if nobody will see it; None without one."""
        fitting = next((each for each in self._ready if each.fits(order)), None)
        if fitting is not None:
            fitting.told.become(order.given)
        elif self._is_over:
            alike = [each for each in self._ready if each.order.shape == order.shape]
            fitting = next(iter(alike), None)
            if fitting is not None and fitting.order.parameters != order.parameters:
                self.has_old = True
                roughened()
        if fitting is None:
            return None
        if fitting.is_rough:
            roughened()
        self._ready = [each for each in self._ready if each is not fitting]
        return fitting.plate

    @property
    def _is_over(self) -> bool:
        """Whether nobody will see the next plate."""
        over_from = self._over_from[self._count] if self._count < len(self._over_from) else None
        return over_from is not None and over_from <= self._start

    def make_ahead(self) -> bool:
        """Make one plate of those that the last film asked for; False if all are ready."""
        idle, missing = list(self._ready), list[Order]()
        for order in self._asked:
            spare = next((each for each in idle if each.fits(order)), None)
            if spare is None:
                missing.append(order)
            else:
                idle.remove(spare)
        self._ready = [each for each in self._ready if each not in idle]
        if missing:
            self._make_one_ahead(missing[0])
        return bool(missing)

    def told_otherwise(self, change: Callable[[Parameters], Parameters]) -> Iterator[Order]:
        """Yield orders with other parameters, of plates that ask for what is other in them."""
        for spare in self._ready:
            given = tuple(
                change(each) if isinstance(each, Parameters) else each for each in spare.order.given
            )
            if not spare.told.fits(given):
                yield replace(spare.order, given=given)

    def _make_one_ahead(self, order: Order) -> None:
        began_s = time.monotonic()
        told, before = Told(order.given), roughness()
        try:
            plate = order.plate(*told.given)
            self._ready.append(Spare(order, told, plate, roughness() > before))
        except Exception:  # the next play meets it again, and says where
            self._asked.remove(order)
        if time.monotonic() - began_s > _LONGEST_S:
            self._slow.add(order.shape)


def _order(plate: Callable[..., object], given: tuple[Any, ...]) -> Order | None:
    """Return an order; None if its plate may depend on more than what it is given.

    A scene's own file may change while the process stands; the package's may not.
    """
    module = getattr(plate, "__module__", "")
    if not module.startswith("spineanim."):
        return None
    try:
        plain = [_spelled(_but_for_notes(each)) for each in given]
        shape = digest_of((module, getattr(plate, "__qualname__", ""), plain))
    except TypeError:
        return None
    return Order(plate, deepcopy(given), shape)


def _but_for_notes(value: object) -> object:
    """Return what stands for a value when only what is asked of it counts."""
    if isinstance(value, Parameters):
        return "parameters"
    return replace(value, colors={}) if isinstance(value, Theme) else value


def _spelled(value: object) -> object:
    """Return a value with the names of files as text: a drawing knows where it came from."""
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_spelled(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _spelled(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(each.name, _spelled(getattr(value, each.name))) for each in fields(value)]
        return [type(value).__qualname__, parts]
    return value
