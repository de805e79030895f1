"""Names for all that decides how a segment looks, found without drawing or playing anything.

Equal recipes give equal segments, so what is kept under one is used again at once. Captions stand
in the recipes of those segments alone that show them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from spineanim.content.script import Script
from spineanim.content.settings import Settings
from spineanim.render.drawing_code import whole_code_key
from spineanim.render.order import Order
from spineanim.render.segments import Segment

_KEY_BYTES: Final = 16


class RecipeNames:
    """Names of the segments of a film.

    Parameters
    ----------
    order
        The film.
    """

    def __init__(self, order: Order) -> None:
        self.order = order

    @cached_property
    def _film(self) -> str:
        """Digest of all but captions."""
        order = self.order
        scenes = sorted(order.entry.file.parent.glob("*.py"))
        quality = order.quality
        return _digest(
            whole_code_key(),
            [(file.name, file.read_bytes()) for file in scenes],
            (order.entry.name, order.entry.class_name, order.entry.parts),
            (quality.width_px, quality.height_px, quality.fps),
            order.encoding.key,
            _facts(order.settings),
        )

    @cached_property
    def _captions(self) -> tuple[tuple[int, int, str], ...]:
        """First frame, frame after the last, and words of every caption in the picture."""
        if self.order.settings.parameters.captions != "burned":
            return ()
        return tuple((each.start, each.end, each.text) for each in self.order.timeline.captions)

    def of(self, segment: Segment) -> str:
        """Name of all that decides how a segment looks."""
        shown = [
            each for each in self._captions if each[0] < segment.end and each[1] > segment.start
        ]
        return _digest(self._film, segment, shown)

    def of_film(self, start: int, end: int) -> str:
        """Name of all that decides what a film's folder holds: pictures, words and voices.

        Parameters
        ----------
        start, end
            First frame of what is rendered, and the frame after the last.
        """
        order = self.order
        return _digest(self._film, order.settings, order.encoding.format, (start, end))

    def of_poster(self, poster: str) -> str:
        """Name of all that decides how the poster looks."""
        return _digest(self._film, "poster", poster)

    def place_of(self, segment: Segment) -> str:
        """Name of a segment's place in the film, whatever it shows."""
        quality = self.order.quality
        size = (quality.width_px, quality.height_px, quality.fps)
        return _digest("place", self.order.entry.name, size, segment)


def _facts(settings: Settings) -> list[object]:
    """Everything a scene is told that may be seen, but the words of captions."""
    parts = [(name, _facts(part)) for name, part in settings.parts.items()]
    return [settings.theme, _seen_in_all(settings.script), settings.parameters, parts]


def _seen_in_all(script: Script) -> Script:
    """Return a script without words of captions, and of descriptions, which are never drawn.

    Where its files lie does not matter either.
    """
    beats = tuple(
        replace(
            beat,
            captions=tuple(replace(each, text="", claims=()) for each in beat.captions),
            description="",
        )
        for beat in script.beats
    )
    return replace(script, path=Path(), words_path=None, missing=(), beats=beats)


def _digest(*facts: object) -> str:
    """Digest of facts: plain values, collections, dataclasses and files, by what they hold."""
    found = hashlib.blake2b(digest_size=_KEY_BYTES)
    for fact in facts:
        for piece in _pieces(fact):
            found.update(f"{len(piece)}:".encode())
            found.update(piece)
    return found.hexdigest()


def _pieces(fact: object) -> Iterable[bytes]:
    """Yield what tells a fact from others.

    Raises
    ------
    TypeError
        It is of a kind that cannot be told.
    """
    if isinstance(fact, bytes):
        yield b"bytes"
        yield fact
    elif fact is None or isinstance(fact, (str, int, float, bool, Enum)):
        yield f"{type(fact).__name__} {fact!r}".encode()
    elif isinstance(fact, Path):
        yield f"file {fact.name}".encode()
        yield fact.read_bytes() if fact.is_file() else b""
    elif isinstance(fact, np.ndarray):
        yield f"array {fact.dtype} {fact.shape}".encode()
        yield np.ascontiguousarray(fact).tobytes()
    elif is_dataclass(fact):
        yield f"record {type(fact).__name__}".encode()
        for field in fields(fact):
            yield field.name.encode()
            yield from _pieces(getattr(fact, field.name))
    elif isinstance(fact, Mapping):
        yield f"mapping {len(fact)}".encode()
        for key in sorted(fact, key=repr):
            yield from _pieces(key)
            yield from _pieces(fact[key])
    elif isinstance(fact, (list, tuple)):
        yield f"row {len(fact)}".encode()
        for each in fact:
            yield from _pieces(each)
    elif isinstance(fact, (set, frozenset)):
        yield from _pieces(sorted(fact, key=repr))
    else:
        raise TypeError(f"no digest of a {type(fact).__name__}")
