"""Who speaks in a film."""

from __future__ import annotations

from enum import StrEnum


class Narration(StrEnum):
    """Recordings of the practice, they or else a synthesised voice, or nobody."""

    FILES = "files"
    ESPEAK = "espeak"
    NONE = "none"
