"""A look that cannot wait: what is not kept yet is made roughly, and kept under another name.

A film never takes what was made roughly; a look that cannot wait takes what the film has kept
first. What was made of something rough is rough as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from spineanim.geometry.solids.base import digest_of
from spineanim.store import Arrays, Store

_TIMES: Final = 2.5
"""So many times coarser: seen to be coarse, and yet every part is told from the next."""


@dataclass
class _Haste:
    """How many rough things have been taken so far."""

    rough: int = 0


_haste: ContextVar[_Haste | None] = ContextVar("haste", default=None)


@contextmanager
def hurried() -> Iterator[None]:
    """Make what is not kept yet roughly within the block."""
    token = _haste.set(_Haste())
    try:
        yield
    finally:
        _haste.reset(token)


def in_haste() -> bool:
    """Tell whether a look waits for what is made."""
    return _haste.get() is not None


def roughness() -> int:
    """Count what has been taken roughly; if it grows over a piece of work, its result is rough."""
    haste = _haste.get()
    return haste.rough if haste else 0


def roughened(count: int = 1) -> None:
    """Note that something rough was taken."""
    haste = _haste.get()
    if haste:
        haste.rough += count


def coarser(px_per_mm: float) -> float:
    """Return the scale to make a picture at that knows its own: in haste a lower one.

    A function that keeps its results asks this only when there is none yet.
    """
    if not in_haste():
        return px_per_mm
    roughened()
    return px_per_mm / _TIMES


def rough_key(key: str) -> str:
    """Return the name under which a rough result is kept; never that of the film's own."""
    return digest_of(("rough", key))


def recalled(store: Store, key: str) -> Arrays | None:
    """Get what is kept; in haste what was made roughly does as well."""
    found = store.get(key)
    if found is None and in_haste():
        found = store.get(rough_key(key))
        if found is not None:
            roughened()
    return found


def keep(store: Store, key: str, arrays: Arrays, before: int) -> None:
    """Keep a result under the name it deserves.

    Parameters
    ----------
    store, key, arrays
        See `Store.put`.
    before
        What `roughness` was when the work on it began.
    """
    store.put(key if roughness() == before else rough_key(key), arrays)
