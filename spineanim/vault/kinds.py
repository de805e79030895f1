"""The kinds of things that are kept, and what tells their files apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """One kind of entries.

    Attributes
    ----------
    name
        Of their folder, in the plural.
    one
        What one is called.
    made
        What is done to replace a damaged one, such as "baked".
    magic
        First bytes of a file.
    share
        Its part of the space that all kinds may take.
    binds_key
        Whether the digest covers the key too, so that a file under another's name is noticed.
    is_synced
        Whether an entry waits for the disk before it counts. One that does not may be lost with
        the power; its digest tells.
    """

    name: str
    one: str
    made: str
    magic: bytes
    share: float
    binds_key: bool = True
    is_synced: bool = False

    @property
    def suffix(self) -> str:
        """End of its files' names."""
        return f".{self.one}"


BAKES: Final = Kind("bakes", "bake", "baked", b"spineanim store 1\n", 24 / 56, binds_key=False)
SEGMENTS: Final = Kind(
    "segments", "segment", "rendered", b"spineanim segment 1\n", 31 / 56, is_synced=True
)
RECIPES: Final = Kind("recipes", "recipe", "written", b"spineanim recipe 1\n", 1 / 56)
KINDS: Final = {kind.name: kind for kind in (BAKES, SEGMENTS, RECIPES)}
