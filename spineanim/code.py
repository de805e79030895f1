"""A name for the state of the code, so that what it baked is not used by other code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

_PACKAGE: Final = "spineanim"


@lru_cache(maxsize=8)
def code_digest(places: tuple[str, ...]) -> str:
    """Digest of the package's source files at some places.

    Parameters
    ----------
    places : tuple of str
        Files, or folders with a slash at the end, from the package's folder on, such as
        ``"spineanim/picture/"``.

    Raises
    ------
    LookupError
        If nothing lies at a place.
    """
    found = hashlib.blake2b(digest_size=16)
    files = dict(_sources(resources.files(_PACKAGE), f"{_PACKAGE}/"))
    for place in places:
        here = [name for name in sorted(files) if name.startswith(place)]
        if not here:
            raise LookupError(f"there is no source at {place}")
        for name in here:
            found.update(name.encode())
            found.update(files[name].read_bytes())
    return found.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Walk through source and data files of a package."""
    items: Iterable[Traversable] = folder.iterdir()
    for item in items:
        if item.is_dir():
            yield from _sources(item, f"{path}{item.name}/")
        elif item.name.endswith((".py", ".csv")):
            yield f"{path}{item.name}", item
