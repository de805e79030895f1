"""What synthesised speech would read wrongly, and how to say it: `assets/pronunciation.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from spineanim.content.toml import read_toml


def load_pronunciation(path: Path, language: str) -> Mapping[str, str]:
    """Read what to say in a language, by what is written; nothing if there is no such file.

    Raises
    ------
    ContentError
        The file is malformed, or an entry is no text (with its line).
    """
    if not path.exists():
        return {}
    file = read_toml(path)
    said = file.data.get(language, {})
    if not isinstance(said, dict):
        raise file.fail(language, what=f"{language} is no table", hint=f"write [{language}]")
    for written, spoken in said.items():
        if not isinstance(spoken, str) or not written.strip():
            raise file.fail(
                language,
                written,
                what=f"how to say {written!r} is {spoken!r}",
                hint='write "cm" = "centimeters"',
            )
    return said


def said(text: str, pronunciation: Mapping[str, str]) -> str:
    """Return a text as it is to be read: whole words and signs of the table in other words."""
    if not pronunciation:
        return text
    longest_first = sorted(pronunciation, key=lambda written: (-len(written), written))
    pattern = "|".join(re.escape(written) for written in longest_first)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda at: pronunciation[at.group()], text)
