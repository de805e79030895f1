"""Entries of a parsed file, by the keys and places in lists that lead to them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, cast

Plain = str | int | float | list["Plain"] | dict[str, "Plain"]
"""What an entry may hold: what both TOML and JSON know."""
Key = str | int
"""Key of a table, or place in a list, from 0."""
KeyPath = tuple[Key, ...]
"""Keys from the outermost table down to an entry."""


def dotted(path: Sequence[Key]) -> str:
    """Name an entry for people: `battery.captions[1].text`."""
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return "".join(parts).lstrip(".")


def value_at(data: object, path: Sequence[Key]) -> Plain | None:
    """Value of an entry; None if it is not there."""
    node: Any = data
    for key in path:
        if not has(node, key):
            return None
        node = node[key]
    return cast(Plain, node)


def has(node: object, key: Key) -> bool:
    """Whether a table holds a key, or a list a place."""
    if isinstance(node, dict):
        return isinstance(key, str) and key in node
    return isinstance(node, list) and isinstance(key, int) and 0 <= key < len(node)


def with_entry(data: dict[str, Any], path: KeyPath, value: Plain | None) -> dict[str, Any]:
    """Return parsed data with one entry set, or taken out with all it leaves empty if None.

    Tables on the way are made; a place in a list has to be there.

    Raises
    ------
    LookupError
        The way to the entry leads through something else than tables and lists.
    """
    data = copy.deepcopy(data)
    nodes: list[Any] = [data]
    for key in path[:-1]:
        node = nodes[-1]
        if value is not None and isinstance(node, dict) and isinstance(key, str):
            node.setdefault(key, {})
        if not has(node, key):
            raise LookupError(dotted(path))
        nodes.append(node[key])
    if value is None:
        _take_out(nodes, path)
    elif has(nodes[-1], path[-1]) or (isinstance(nodes[-1], dict) and isinstance(path[-1], str)):
        nodes[-1][path[-1]] = value
    else:
        raise LookupError(dotted(path))
    return data


def _take_out(nodes: list[Any], path: KeyPath) -> None:
    for node, key in zip(reversed(nodes), reversed(path), strict=True):
        if not has(node, key):
            raise LookupError(dotted(path))
        del node[key]
        if node or isinstance(node, list):
            return
