"""Look after a vault: what is in it, whether it is sound, and how to empty it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from spineanim.vault.entry import DamageError, read_entry
from spineanim.vault.vault import Vault, is_removed


@dataclass(frozen=True)
class Stock:
    """What a vault holds.

    Attributes
    ----------
    count
        Entries.
    size_bytes
        Room they take.
    oldest_use_s, newest_use_s
        When the longest and the least unused were used, in seconds since 1970; None if there is
        none.
    """

    count: int
    size_bytes: int
    oldest_use_s: float | None
    newest_use_s: float | None


@dataclass(frozen=True)
class Cleared:
    """What came of clearing a vault.

    Attributes
    ----------
    count
        Entries that are gone.
    freed_bytes
        Room they took.
    stuck
        Entries that could not be removed.
    """

    count: int
    freed_bytes: int
    stuck: int


def stock_of(vault: Vault) -> Stock:
    """Count what a vault holds; nothing is read."""
    entries = list(vault.entries())
    used = [entry.used_s for entry in entries]
    size = sum(entry.size_bytes for entry in entries)
    return Stock(len(entries), size, min(used, default=None), max(used, default=None))


def verify(vault: Vault, on_checked: Callable[[bool], None]) -> None:
    """Read every entry; what is damaged is taken away and told to those who watch.

    Parameters
    ----------
    on_checked
        Called for each entry with whether it is sound.
    """
    for key in sorted(vault.keys()):
        try:
            is_there = read_entry(vault.kind, key, vault.path(key)) is not None
        except DamageError as damage:
            vault.reject(key, str(damage))
            on_checked(False)
        else:
            if is_there:
                on_checked(True)


def clear(vault: Vault, unused_s: float = 0.0) -> Cleared:
    """Remove entries, and what killed writers left; never a file that is called otherwise.

    Parameters
    ----------
    unused_s
        Only entries that were not used for so long.
    """
    for left in list(vault.leftovers()):
        is_removed(left)
    before = time.time() - unused_s
    count = freed = stuck = 0
    for entry in list(vault.entries()):
        if unused_s and entry.used_s > before:
            continue
        if vault.remove(entry.key):
            count, freed = count + 1, freed + entry.size_bytes
        else:
            stuck += vault.path(entry.key).exists()
    _remove_empty(vault)
    return Cleared(count, freed, stuck)


def _remove_empty(vault: Vault) -> None:
    """Remove the folders of a vault that hold nothing."""
    for shelf in vault.shelves():
        with suppress(OSError):
            shelf.rmdir()
    with suppress(OSError):
        vault.folder.rmdir()
