"""TOML files read so that every complaint names the file and, where it can, the line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spineanim.content.toml_mistakes import mistake_in
from spineanim.errors import ContentError


@dataclass(frozen=True)
class TomlFile:
    """A parsed file that still knows where it came from.

    Attributes
    ----------
    path
        The file, for messages.
    text
        Its source, searched for line numbers.
    data
        The parsed tables.
    """

    path: Path
    text: str
    data: dict[str, Any]

    def line_of(self, *keys: str) -> int | None:
        """Line (from 1) on which a dotted key or table is written, or None if it is not there.

        Parameters
        ----------
        keys
            Path to the entry, outermost first.
        """
        table: tuple[str, ...] = ()
        best: tuple[int, int] | None = None
        for number, line in enumerate(self.text.splitlines(), start=1):
            header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
            entry = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
            if header:
                here = table = _split(header.group(1))
            elif entry:
                here = table + _split(entry.group(1))
            else:
                continue
            if here == keys[: len(here)] and (best is None or len(here) > best[0]):
                best = (len(here), number)
        return best[1] if best else None

    def fail(self, *keys: str, what: str, hint: str = "") -> ContentError:
        """Make the error for an entry; raise what it returns.

        Parameters
        ----------
        keys
            Path to the entry the complaint is about.
        what
            What is wrong with it.
        hint
            What to do about it.
        """
        line = self.line_of(*keys) if keys else None
        where = f"{self.path}:{line}" if line else str(self.path)
        return ContentError(f"{where}: {what}", hint)


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def read_toml(path: Path, *, missing_hint: str = "") -> TomlFile:
    """Read and parse a TOML file.

    Parameters
    ----------
    path
        The file.
    missing_hint
        What to do if there is none.

    Raises
    ------
    ContentError
        The file is missing, unreadable, not UTF-8 or malformed (with its line).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(f"{path}: no such file", missing_hint) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(f"{path}:{line}: not UTF-8 text", "save the file as UTF-8") from None
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = mistake_in(text, str(error))
        raise ContentError(f"{path}:{found.line}: {found.what}", found.hint) from None
