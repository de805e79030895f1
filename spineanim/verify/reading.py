"""Read files that anybody may have made: never more than a bound, never a surprise."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final, NoReturn

MANIFEST_BYTES: Final = 16_000_000
"""Many times what the manifest of a long film takes."""
TEXT_BYTES: Final = 500_000
"""Many times what a page, a style sheet or a text track takes."""


def read_bytes(file: Path, most_bytes: int) -> bytes:
    """Return what a file holds.

    Raises
    ------
    ValueError
        It holds more than that; it is not read then.
    OSError
        It cannot be read.
    """
    with file.open("rb") as stream:
        data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise ValueError(f"it is larger than {most_bytes / 1000:.0f} kB")
    return data


def read_text(file: Path, most_bytes: int = TEXT_BYTES) -> str:
    """Return the text of a file in UTF-8.

    Raises
    ------
    ValueError
        It holds more than that, or is not in UTF-8, or holds a zero byte.
    OSError
        It cannot be read.
    """
    try:
        text = read_bytes(file, most_bytes).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start})") from None
    if "\0" in text:
        raise ValueError("it holds a zero byte")
    return text


def parse_json(text: str) -> object:
    """Return what JSON says; numbers that JSON does not know are refused.

    Raises
    ------
    ValueError
        It is no JSON, or nested beyond reason.
    """

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no number of JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON (line {error.lineno}: {error.msg})") from None


def read_object(file: Path) -> dict[str, Any]:
    """Return the JSON object that a file holds.

    Raises
    ------
    ValueError
        It holds none, or is too large.
    OSError
        It cannot be read.
    """
    raw = parse_json(read_text(file, MANIFEST_BYTES))
    if not isinstance(raw, dict):
        raise ValueError("it is no JSON object")
    return raw


def said(error: Exception) -> str:
    """Say in a clause why something could not be read, without the machine's own paths."""
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno)
    return " ".join(str(error).split()) or type(error).__name__
