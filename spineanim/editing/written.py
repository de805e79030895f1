"""Values as this project writes them in TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable, Item

from spineanim.editing.keys import Plain
from spineanim.editing.trouble import EditError

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def toml_key(name: str) -> str:
    """Write a key: bare if it can be."""
    return name if _BARE_KEY.fullmatch(name) else toml_text(name)


def toml_text(value: str) -> str:
    """Write a text in double quotes."""
    return tomlkit.string(value).as_string()


def toml_value(value: Plain) -> str:
    """Write a value: a table within its line, a list of texts or tables over several lines.

    Raises
    ------
    EditError
        It is nothing that TOML knows.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return toml_text(value)
        case int():
            return str(value)
        case float():
            return repr(value)
        case list():
            parts = [toml_value(each) for each in value]
            if any(isinstance(each, str | dict) for each in value):
                return "\n".join(["[", *(f"  {part}," for part in parts), "]"])
            return f"[{', '.join(parts)}]"
        case dict():
            return inline({toml_key(str(key)): toml_value(each) for key, each in value.items()})
    raise EditError(f"{value!r} cannot be written", "use a text, a number, a list or a table")


def inline(entries: Mapping[str, str]) -> str:
    """Put keys and values, both written already, into a table within a line."""
    inside = ", ".join(f"{key} = {value}" for key, value in entries.items())
    return f"{{ {inside} }}" if inside else "{}"


def entries_of(table: InlineTable) -> dict[str, str]:
    """Keys and values of a table within a line, as they are written there."""
    return {
        key.as_string().strip(): item.as_string()
        for key, item in table.value.body
        if key is not None
    }


def item_of(text: str) -> Item:
    """Make of a written value what can be put into a document.

    Raises
    ------
    EditError
        It is no value.
    """
    try:
        return tomlkit.value(text)
    except TOMLKitError as error:
        raise EditError(f"{text!r} cannot be written ({error})", "write it anew") from None
