"""What has been read back from the store, for the next play of a film; old results go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from dataclasses import fields, is_dataclass
from typing import Final

import numpy as np

_MOST_BYTES: Final = 512 << 20
"""The largest film has some 200 MB; copies of a process share them."""


class Memory(MutableMapping[str, object]):
    """Results of baking functions by their keys.

    Parameters
    ----------
    most_bytes
        What goes beyond that pushes out what has not been used for longest.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._results: OrderedDict[str, tuple[object, int]] = OrderedDict()
        self._bytes = 0

    def __getitem__(self, key: str) -> object:
        """Return a result."""
        self._results.move_to_end(key)
        return self._results[key][0]

    def __setitem__(self, key: str, value: object) -> None:
        """Keep a result, if it is not too large."""
        self.pop(key, None)
        size = _size_bytes(value)
        if size > self._most:
            return
        self._results[key] = value, size
        self._bytes += size
        while self._bytes > self._most:
            self._bytes -= self._results.popitem(last=False)[1][1]

    def __delitem__(self, key: str) -> None:
        """Let a result go."""
        self._bytes -= self._results.pop(key)[1]

    def __iter__(self) -> Iterator[str]:
        """Go through the keys, longest unused first."""
        return iter(self._results)

    def __len__(self) -> int:
        """How many results there are."""
        return len(self._results)


def _size_bytes(value: object) -> int:
    """Size of the arrays in a tree of dataclasses and tuples."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, tuple):
        return sum(_size_bytes(each) for each in value)
    if is_dataclass(value):
        return sum(_size_bytes(getattr(value, each.name)) for each in fields(value))
    return 0
