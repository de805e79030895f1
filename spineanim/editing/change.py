"""One change to one entry of one file, and how it is applied to the file's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from spineanim.editing.document import with_value, written_at
from spineanim.editing.keys import KeyPath, Plain, value_at
from spineanim.editing.layout import Layout
from spineanim.editing.trouble import ConflictError, EditError

_DEEPEST: Final = 8
_DIGITS: Final = 10
"""A slider's 0.1 + 0.2 is written as 0.3."""


@dataclass(frozen=True)
class Change:
    """An entry that shall hold another value.

    Attributes
    ----------
    file
        The file, from the project's folder, such as `assets/theme.toml`.
    path
        Keys and places in lists down to the entry: `("battery", "captions", 1, "text")`.
    value
        What it shall hold; None takes it out.
    before
        What it is believed to hold; None if it is not there. If it holds neither this nor the
        new value, somebody else has changed it.
    written
        How the value is spelled in the file, if that matters: an undo gives back `52.0` or `0x34`
        as it was.
    """

    file: str
    path: KeyPath
    value: Plain | None
    before: Plain | None
    written: str | None = None

    @property
    def entry(self) -> tuple[str, KeyPath]:
        """What it changes."""
        return self.file, self.path


def change_from(raw: object) -> Change:
    """Read a change that came as JSON: `file`, `path`, `value`, `before`.

    Raises
    ------
    EditError
        It has not this form. Whether the file may be edited, and whether the value is possible,
        is seen when it is applied.
    """
    if isinstance(raw, Mapping):
        file, path = raw.get("file"), raw.get("path")
        if (
            isinstance(file, str)
            and isinstance(path, list)
            and 0 < len(path) <= _DEEPEST
            and all(isinstance(key, str | int) and not isinstance(key, bool) for key in path)
        ):
            _refuse_odd([file, path, raw.get("value"), raw.get("before")])
            value, before = (cast(Plain | None, raw.get(name)) for name in ("value", "before"))
            return Change(file, tuple(path), value, before)
    raise EditError("this is no change", "give file, path, value and before")


def _refuse_odd(value: object, depth: int = -1) -> None:
    """Refuse what is deeper than any entry, or no text, before anything walks through it."""
    if depth > _DEEPEST:
        raise EditError("this value is too deep", "give a text, a number, a list or a table")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise EditError(f"{value!r} is no text", "write it anew") from None
    parts = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        parts = [*value, *value.values()]
    for each in parts:
        _refuse_odd(each, depth + 1)


def applied(
    text: str, data: Mapping[str, Any], change: Change, layout: Layout
) -> tuple[str, Change]:
    """Apply a change to the text of its file.

    Parameters
    ----------
    text
        The file as it is, with plain line ends.
    data
        The same, parsed.
    change
        What to change.
    layout
        Where a new entry belongs.

    Returns
    -------
    The new text, and the change that takes it back.

    Raises
    ------
    ConflictError
        Somebody else has changed the entry.
    EditError
        It cannot be written there.
    """
    there = value_at(data, change.path)
    if _same(there, change.value):
        return text, Change(change.file, change.path, change.before, change.value)
    if not _same(there, change.before):
        raise ConflictError(change.file, change.path, there, change.value, change.before)
    value = _tidy(change.value, there)
    back = Change(change.file, change.path, there, value, written_at(text, change.path))
    return with_value(text, change.path, value, layout, change.written), back


def _tidy(value: Plain | None, there: Plain | None) -> Plain | None:
    """Round what a slider gives, and keep a number with a point one with a point."""
    if isinstance(value, list):
        return [cast(Plain, _tidy(each, None)) for each in value]
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, float) or (whole and isinstance(there, float)):
        try:
            return float(f"{float(cast(float, value)):.{_DIGITS}g}")
        except OverflowError:
            raise EditError(f"{value!r} is too large", "write a smaller number") from None
    return value


def _same(one: object, two: object) -> bool:
    """Equal, and of one kind: 1 is 1.0, but not true."""
    return one == two and isinstance(one, bool) == isinstance(two, bool)
