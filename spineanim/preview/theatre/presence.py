"""Which plates of a film are seen when: what is over by some moment needs no new colours for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from manim import Mobject

from spineanim.mobjects.label import Label
from spineanim.mobjects.overlay import Overlay
from spineanim.mobjects.whole_frame import FramePicture
from spineanim.picture.camera_frame import CameraFrame

_LINGERS: Final = 2
"""A picture of what has just left the stage is seen for so many plays: a hold, and a dissolve."""

_OF_NO_PLATE: Final = (CameraFrame, FramePicture, Label, Overlay)


class Presence:
    """Notes which plates are on the stage in each play of a film."""

    def __init__(self) -> None:
        # parts are held: one that a plate lets go would leave its identity to another
        self._known: dict[int, tuple[int, Mobject]] = {}
        self._plates: list[object] = []
        self._rough: set[int] = set()
        self._leaning: set[int] = set()
        self._plays: list[tuple[int, frozenset[int]]] = []
        self._parts = {"": 0}
        self._begun = 0

    def part_begins(self, name: str) -> None:
        """Hear that the next plates are those of a part of the film."""
        self._begun = self._parts[name] = len(self._plates)

    @property
    def count(self) -> int:
        """How many plates of this part have been made."""
        return len(self._plates) - self._begun

    def made(self, plate: object, alone: bool = True, is_rough: bool = False) -> None:
        """Hear that the next plate of the film has been made.

        Parameters
        ----------
        plate
            Which.
        alone
            Whether nothing of the plates before it can be seen in it.
        is_rough
            Whether anything in it was made roughly.
        """
        number = len(self._plates)
        if is_rough:
            self._rough.add(number)
        if not alone:
            self._leaning.add(number)
        self._plates.append(plate)
        self._note(number)

    def play_begins(self, stage: Iterable[Mobject], end: int) -> None:
        """Hear what is on the stage in the next play, and the frame after its last."""
        seen: set[int] = set()
        for top in stage:
            known = self._known.get(id(top))
            if known is not None:
                seen.add(known[0])
            elif not isinstance(top, _OF_NO_PLATE):
                seen |= self._plates_in(top)
        for number in self._leaning & seen:
            seen |= set(range(number))
        self._plays.append((end, frozenset(seen)))

    def _note(self, number: int) -> None:
        for each in _members(self._plates[number]):
            self._known.setdefault(id(each), (number, each))

    def _plates_in(self, top: Mobject) -> set[int]:
        """Return which plates a mobject holds parts of; all of them if that is not known."""
        for number in range(len(self._plates)):
            self._note(number)  # a plate may have got more parts
        family = [id(each) for each in top.get_family()]
        found = {self._known[each][0] for each in family if each in self._known}
        return found or set(range(len(self._plates)))

    @property
    def shows_rough(self) -> bool:
        """Whether anything rough may be seen in the last play, be it in a picture of what left."""
        return any(self._rough & seen for _, seen in self._plays[-1 - _LINGERS :])

    def over_from(self) -> dict[str, list[int | None]]:
        """Return for each plate of a part the frame from which it is not seen; None without one."""
        last: dict[int, int] = {
            number: play for play, (_, seen) in enumerate(self._plays) for number in seen
        }
        plays = [last.get(number, -1) + _LINGERS for number in range(len(self._plates))]
        ends = [self._plays[play][0] if play < len(self._plays) else None for play in plays]
        starts = [*self._parts.items(), ("", len(ends))]
        return {name: ends[start:end] for (name, start), (_, end) in pairwise(starts)}


def _members(plate: object) -> Iterator[Mobject]:
    """Yield a plate's family, and those of the parts it keeps at hand."""
    if isinstance(plate, Mobject):
        yield from plate.get_family()
    kept: list[Any] = [*vars(plate).values()]
    for value in kept:
        if isinstance(value, Mobject):
            yield from value.get_family()
        elif isinstance(value, (list, tuple)):
            kept += value
        elif isinstance(value, dict):
            kept += value.values()
