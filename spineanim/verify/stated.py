"""Whether a film's manifest can be believed enough to know what to look for.

What follows may then rely on types, on spans within the film and on names within its folder.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Final

from spineanim.upload import Box, FilmFacts

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_INK: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_MOST_FPS, _MOST_S, _MOST_PX, _MOST_ENTRIES = 240, 3600, 8192, 100_000
_SHOWN: Final = 3
"""So many faults of one manifest are enough to tell."""


def is_plain(path: str) -> bool:
    """Whether a path leads below its folder and is written so that any server finds it."""
    return len(path) <= 200 and _PLAIN.fullmatch(path) is not None


def faults(facts: FilmFacts) -> list[str]:
    """Say what is impossible in the facts of a film, the first few things of it."""
    found = [*_of_type(facts, FilmFacts, "")][:_SHOWN]
    return found or [*_impossible(facts)][:_SHOWN]


def _of_type(value: object, hint: object, where: str) -> Iterator[str]:
    """Say what is not of the type that the dataclass asks for."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        for field in fields(hint):
            inner = f"{where}.{field.name}".lstrip(".")
            yield from _of_type(getattr(value, field.name), hints[field.name], inner)
    elif origin is tuple:
        several = arguments[-1] is Ellipsis
        if not isinstance(value, tuple) or len(value) > _MOST_ENTRIES:
            yield f"{where} is no list, or too long"
        elif not several and len(value) != len(arguments):
            yield f"{where} has {len(value)} entries instead of {len(arguments)}"
        else:
            for index, each in enumerate(value):
                kind = arguments[0] if several else arguments[index]
                yield from _of_type(each, kind, f"{where}[{index}]")
    elif origin in (typing.Union, types.UnionType):
        if value is not None:
            yield from _of_type(value, arguments[0], where)
    elif hint is float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not -_MOST_PX <= value <= _MOST_PX:  # type: ignore[operator]
            yield f"{where} is no number"
    elif isinstance(hint, type) and (type(value) is not hint):
        yield f"{where} is no {hint.__name__}"


def _impossible(facts: FilmFacts) -> Iterator[str]:
    if not 1 <= facts.fps <= _MOST_FPS or not 1 <= facts.frame_count <= facts.fps * _MOST_S:
        yield f"{facts.frame_count} frames at {facts.fps} a second are no film"
    if not facts.renditions or not facts.beats:
        yield "there are no renditions or no beats"
        return
    try:
        date.fromisoformat(facts.uploaded)
    except ValueError:
        yield f"uploaded is {facts.uploaded!r}, which is no day"
    yield from _impossible_files(facts)
    yield from _impossible_beats(facts)
    width = max(each.width_px for each in facts.renditions)
    height = max(each.height_px for each in facts.renditions)
    names = {beat.name for beat in facts.beats}
    for words in facts.words:
        if words.beat not in names or not 0 <= words.frame < facts.frame_count:
            yield f"words {words.text[:30]!r} stand in no frame of a beat"
        elif not _is_within(words.box, width, height) or not 0 < words.type_px <= height:
            yield f"words {words.text[:30]!r} stand outside of the frame"
        elif not _INK.fullmatch(words.ink):
            yield f"{words.ink[:30]!r} is no colour"
    for patch in facts.patches:
        is_colour = all(0 <= channel <= 255 for channel in patch.rgb)
        in_film = 0 <= patch.frame < facts.frame_count
        if not (is_colour and in_film and _is_within(patch.box, width, height)):
            yield f"a patch in frame {patch.frame} is outside of the film"


def _impossible_files(facts: FilmFacts) -> Iterator[str]:
    for each in facts.renditions:
        if not is_plain(each.file) or "/" in each.file:
            yield f"{each.file[:60]!r} is no name of a film"
        if not (16 <= each.width_px <= _MOST_PX and 16 <= each.height_px <= _MOST_PX):
            yield f"{each.file} of {each.width_px} x {each.height_px} pixels is no film"
    for beat in facts.beats:
        if not is_plain(beat.still):
            yield f"{beat.still[:60]!r} is no name of a still"
    names = [each.file for each in facts.renditions]
    if len(set(names)) != len(names):
        yield "two renditions are one file"


def _impossible_beats(facts: FilmFacts) -> Iterator[str]:
    reached = 0  # titles may stand before, between and behind beats
    for beat in facts.beats:
        if not reached <= beat.start_frame < beat.end_frame <= facts.frame_count:
            yield f"beat {beat.name!r} begins before the one before ends, or ends after the film"
            return
        reached = beat.end_frame
    if len({beat.name for beat in facts.beats}) != len(facts.beats):
        yield "two beats have one name"


def _is_within(box: Box, width_px: int, height_px: int) -> bool:
    return (
        box.left_px >= 0
        and box.top_px >= 0
        and box.width_px > 0
        and box.height_px > 0
        and box.left_px + box.width_px <= width_px
        and box.top_px + box.height_px <= height_px
    )
