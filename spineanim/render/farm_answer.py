"""What a machine that draws for another says: drawn segments, or why it cannot draw them.

An answer is plain bytes of a form of our own. Each piece is a line of JSON with its length before
it, then the bytes of a segment if it tells of one. The last piece says that nothing is missing.
Manim is not imported here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from spineanim.errors import FarmError, SceneError, SpineanimError

if TYPE_CHECKING:
    from spineanim.render.drawing import Drawn

_HEAD: Final = struct.Struct(">I")
_SCENE: Final = "scene"

Piece = tuple[dict[str, Any], bytes]
"""Facts about a segment, and its bytes."""


def drawn_piece(drawn: Drawn) -> bytes:
    """Tell of a segment."""
    segment = drawn.segment
    facts = {"start": segment.start, "end": segment.end, "key": drawn.key, "cost_s": drawn.cost_s}
    return _piece({**facts, "size": len(drawn.packed)}) + drawn.packed


def last_piece() -> bytes:
    """Tell that all is drawn."""
    return _piece({"done": True})


def error_piece(error: BaseException) -> bytes:
    """Tell why nothing more comes."""
    if not isinstance(error, SpineanimError):
        error = FarmError(f"unexpected {type(error).__name__}: {error}")
    kind = _SCENE if isinstance(error, SceneError) else ""
    return _piece({"error": error.message, "hint": error.hint, "kind": kind})


def pieces_in(answer: bytes) -> Iterator[Piece]:
    """Read what an answer tells of segments.

    Raises
    ------
    SpineanimError
        What it complains of.
    ValueError
        These are not the bytes of an answer, or not all of them.
    """
    for facts, found in _walk(answer):
        if "error" in facts:
            kind = SceneError if facts["kind"] == _SCENE else FarmError
            raise kind(facts["error"], facts["hint"])
        yield facts, found


def is_whole(answer: bytes) -> bool:
    """Whether an answer has its last piece, or complains."""
    try:
        return all(True for _ in _walk(answer))
    except ValueError:
        return False


def _piece(facts: dict[str, Any]) -> bytes:
    line = json.dumps(facts).encode()
    return _HEAD.pack(len(line)) + line


def _walk(answer: bytes) -> Iterator[Piece]:
    """Read the pieces up to the last, or to a complaint, which ends an answer as well."""
    at, facts = 0, dict[str, Any]()
    while "error" not in facts:
        try:
            (size,) = _HEAD.unpack_from(answer, at)
        except struct.error:
            raise ValueError("the answer is cut off") from None
        start = at + _HEAD.size
        facts, at = json.loads(answer[start : start + size]), start + size
        if facts.get("done"):
            return
        found, at = answer[at : at + facts.get("size", 0)], at + facts.get("size", 0)
        yield facts, found
