"""Where keys that are not there yet belong in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from spineanim.content.parameters import DEFINITIONS
from spineanim.content.project import Project
from spineanim.content.toml import read_toml
from spineanim.editing.keys import Key

_HEAD: Final = ("title", "kicker", "step", "summary", "title_card_s", "bridge_s")
_BEAT: Final = ("title", "description", "lasts_s", "captions", "steps_s", "labels")
_LABEL: Final = ("text", "detail", "claim")
_TABLES: Final = ("steps_s", "labels")


@dataclass(frozen=True)
class Layout:
    """Order of the keys of a file, and which of them have a `[header]`.

    Attributes
    ----------
    order
        Keys in the order they are written in, each with those of its own table.
    headed
        Paths of the tables that begin with a header; all others are written within a line.
    """

    order: Mapping[str, Any] = field(default_factory=dict)
    headed: frozenset[tuple[str, ...]] = frozenset()

    def headers(self, path: Sequence[Key]) -> int:
        """Count the keys of a path that are the name of its innermost table with a header."""
        tables = [count for count in range(1, len(path)) if tuple(path[:count]) in self.headed]
        return max(tables, default=0)

    def earlier(self, path: Sequence[Key]) -> list[str] | None:
        """Neighbours that an entry comes after, the nearest first; None if any place will do."""
        names: Mapping[str, Any] = self.order
        for key in path[:-1]:
            names = names.get(str(key)) or {}
        listed = list(names)
        if path[-1] not in listed:
            return None
        return listed[: listed.index(str(path[-1]))][::-1]


def layout_of(project: Project, file: str) -> Layout:
    """Say where what a file lacks belongs in it.

    Parameters
    ----------
    project
        The project.
    file
        The file, from the project's folder; a script has the order of the English one.

    Raises
    ------
    ContentError
        The English script is missing or malformed.
    """
    path = project.root / file
    if path == project.parameters_file:
        return Layout({each.name: None for each in DEFINITIONS})
    if "script" not in PurePosixPath(file).parts:
        return Layout()
    master = read_toml(project.script_file(path.stem)).data
    beats = {name: _beat(raw) for name, raw in master.items() if isinstance(raw, dict)}
    headed = {(name, *rest) for name in beats for rest in ((), *((key,) for key in _TABLES))}
    return Layout({**dict.fromkeys(_HEAD), **beats}, frozenset(headed))


def _beat(raw: Mapping[str, Any]) -> dict[str, Any]:
    order: dict[str, Any] = dict.fromkeys(_BEAT)
    for table in _TABLES:
        found = raw.get(table)
        if isinstance(found, dict):
            order[table] = {name: dict.fromkeys(_LABEL) for name in found}
    return order
