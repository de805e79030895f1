"""Themes and parameters that note what is asked of them.

A plate is told the whole theme and all parameters, and asks for few of them. Made with those that
note it, it can serve again when something else has changed: what it asks for later, it is told as
it is by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme

_FIELDS: Final = frozenset(each.name for each in fields(Parameters))


class NotedColors(Mapping[str, str]):
    """Colours of a theme by token; see `Theme.colors`."""

    def __init__(self, colors: Mapping[str, str]) -> None:
        self._colors = colors
        self._asked: set[str] = set()

    def __getitem__(self, token: str) -> str:
        """Return a colour."""
        self._asked.add(token)
        return self._colors[token]

    def __iter__(self) -> Iterator[str]:
        """Go through the tokens; what colours they have is not asked."""
        return iter(self._colors)

    def __len__(self) -> int:
        """How many colours there are."""
        return len(self._colors)

    def fits(self, theme: Theme) -> bool:
        """Whether all that was asked for is the same in a theme."""
        return all(self._colors.get(each) == theme.colors.get(each) for each in self._asked)

    def become(self, theme: Theme) -> None:
        """Answer as a theme does from now on."""
        self._colors = theme.colors


class NotedParameters(Parameters):
    """Parameters of a film."""

    def __getattribute__(self, name: str) -> object:
        """Return a field."""
        if name in _FIELDS:
            vars(self).setdefault("asked", set()).add(name)
        return super().__getattribute__(name)

    def fits(self, parameters: Parameters) -> bool:
        """Whether all that was asked for is the same in other parameters."""
        own = vars(self)
        return all(own[each] == getattr(parameters, each) for each in own.get("asked", ()))

    def become(self, parameters: Parameters) -> None:
        """Answer as other parameters do from now on."""
        vars(self).update(vars(parameters))


class Told:
    """What a plate is told, with what it asks of it.

    Parameters
    ----------
    given
        Its arguments.

    Attributes
    ----------
    given
        To be passed in their place.
    """

    def __init__(self, given: tuple[Any, ...]) -> None:
        self._notes = [_noting(each) for each in given]
        self.given = tuple(
            replace(each, colors=notes) if isinstance(notes, NotedColors) else notes or each
            for each, notes in zip(given, self._notes, strict=True)
        )

    def fits(self, given: tuple[Any, ...]) -> bool:
        """Whether themes and parameters say the same of all that was asked for."""
        pairs = zip(self._notes, given, strict=True)
        return all(notes is None or notes.fits(each) for notes, each in pairs)

    def become(self, given: tuple[Any, ...]) -> None:
        """Let what was told say from now on what other themes and parameters say."""
        for notes, each in zip(self._notes, given, strict=True):
            if notes is not None:
                notes.become(each)


def _noting(value: object) -> NotedColors | NotedParameters | None:
    if isinstance(value, Theme):
        return NotedColors(value.colors)
    if isinstance(value, Parameters):
        noted = object.__new__(NotedParameters)
        noted.become(value)
        return noted
    return None
