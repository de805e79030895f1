"""One entry of a TOML text set or taken out; every other byte stays.

tomlkit changes what is there. A new entry is set behind the neighbour that it belongs after, by
lengthening what ends that neighbour's line.
"""

from __future__ import annotations

import tomllib
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Item, Null, Table, Whitespace

from spineanim.editing.keys import KeyPath, Plain, dotted, has, value_at, with_entry
from spineanim.editing.layout import Layout
from spineanim.editing.trouble import EditError
from spineanim.editing.written import (
    entries_of,
    inline,
    item_of,
    toml_key,
    toml_value,
)


def with_value(
    text: str, path: KeyPath, value: Plain | None, layout: Layout, written: str | None = None
) -> str:
    """Return a TOML text with one entry changed.

    Parameters
    ----------
    text
        A well-formed text with plain line ends.
    path
        The entry.
    value
        What it shall hold; None takes it out, and what would be left empty.
    layout
        Where a new entry belongs.
    written
        How the value is spelled, if that matters.

    Raises
    ------
    EditError
        It cannot be set there without changing anything else.
    """
    before = tomllib.loads(text)
    refused = EditError(f"{dotted(path)} cannot be changed", "change it in the file by hand")
    try:
        wanted = with_entry(before, path, value)
        if value is None:
            result = _without(text, path)
        elif value_at(before, path) is not None:
            result = _replaced(text, path, written or toml_value(value))
        else:
            result = _added(text, path, value, layout)
        if tomllib.loads(result) != wanted:
            raise refused
    except (TOMLKitError, tomllib.TOMLDecodeError, LookupError, TypeError, ValueError):
        raise refused from None
    return result


def written_at(text: str, path: KeyPath) -> str | None:
    """How the value of an entry is spelled; None if it is not there or a table with a header."""
    nodes = _nodes(tomlkit.parse(text), path)
    found = nodes[-1]
    if len(nodes) <= len(path) or isinstance(found, Table | AoT):
        return None
    return found.as_string() if isinstance(found, Item) else toml_value(found)


def _nodes(document: TOMLDocument, path: KeyPath) -> list[Any]:
    """Document, and what each key leads to, as far as it is there."""
    nodes: list[Any] = [document]
    for key in path:
        if not has(nodes[-1], key):
            break
        nodes.append(nodes[-1][key])
    return nodes


def _replaced(text: str, path: KeyPath, written: str) -> str:
    document = tomlkit.parse(text)
    nodes = _nodes(document, path)
    if isinstance(nodes[-1], Table | AoT):
        raise LookupError(dotted(path))
    nodes[-2][path[-1]] = item_of(written)
    return tomlkit.dumps(document)


# -- taking out ---------------------------------------------------------------------------------


def _without(text: str, path: KeyPath) -> str:
    document = tomlkit.parse(text)
    nodes = _nodes(document, path)
    home, key = nodes[-2], path[-1]
    if isinstance(home, InlineTable):
        kept = {name: each for name, each in entries_of(home).items() if name != toml_key(str(key))}
        if not kept:
            return _without(text, path[:-1])
        nodes[-3][path[-2]] = item_of(inline(kept))
        return tomlkit.dumps(document)
    del home[key]
    left = tomlkit.dumps(document)
    if isinstance(home, Table) and not home:
        return _without_header(left, path[:-1])
    return left


def _without_header(text: str, path: KeyPath) -> str:
    """Take out the header of an empty table, and the blank line that parted it from the last."""
    lines = text.splitlines(keepends=True)
    header = f"[{_header(path)}]"
    places = [number for number, line in enumerate(lines) if line.strip() == header]
    if len(places) != 1:
        raise LookupError(dotted(path))
    (start,) = places
    following = lines[start + 1] if start + 1 < len(lines) else "\n"
    parted = start and not lines[start - 1].strip() and not following.strip()
    del lines[start - 1 if parted else start : start + 1]
    return "".join(lines)


# -- adding -------------------------------------------------------------------------------------


def _added(text: str, path: KeyPath, value: Plain, layout: Layout) -> str:
    document = tomlkit.parse(text)
    nodes = _nodes(document, path)
    home, depth = nodes[-1], len(nodes) - 1
    if isinstance(home, InlineTable):
        name = toml_key(str(path[depth]))
        entries = entries_of(home) | {name: _rest(path[depth + 1 :], value)}
        entries = _sorted(entries, name, layout.earlier(path[: depth + 1]))
        nodes[-2][path[depth - 1]] = item_of(inline(entries))
        return tomlkit.dumps(document)
    headers = layout.headers(path)
    bare = isinstance(home, Table) and home.is_super_table()
    if headers > depth or (bare and headers == depth):
        block = f"[{_header(path[:headers])}]\n{_line(path, headers, value)}"
        return _with_table(text, document, nodes, path[: depth + 1], block, layout)
    if bare:
        raise LookupError(dotted(path))
    return _with_line(document, home, path[: depth + 1], _line(path, depth, value), layout)


def _sorted(entries: dict[str, str], new: str, earlier: list[str] | None) -> dict[str, str]:
    """Move a new entry, which stands last, to behind those that it comes after."""
    names = [each for each in entries if each != new]
    places = [names.index(each) + 1 for each in map(toml_key, earlier or ()) if each in names]
    names.insert(len(names) if earlier is None else max(places, default=0), new)
    return {each: entries[each] for each in names}


def _rest(path: KeyPath, value: Plain) -> str:
    """Write a value within the tables, each within the last, that lead to it."""
    written = toml_value(value)
    for key in reversed(path):
        if not isinstance(key, str):
            raise LookupError(dotted(path))
        written = inline({toml_key(key): written})
    return written


def _line(path: KeyPath, depth: int, value: Plain) -> str:
    return f"{toml_key(str(path[depth]))} = {_rest(path[depth + 1 :], value)}\n"


def _header(path: KeyPath) -> str:
    return ".".join(toml_key(str(key)) for key in path)


def _body(home: Table | TOMLDocument) -> list[tuple[Any, Item]]:
    """Give what stands in a document or a table, without what is blank or gone."""
    body = home.value.body if isinstance(home, Table) else home.body
    return [entry for entry in body if not isinstance(entry[1], Whitespace | Null)]


def _with_line(
    document: TOMLDocument, home: Table | TOMLDocument, path: KeyPath, line: str, layout: Layout
) -> str:
    """Put the line of an entry into a table that has a header, or into the document."""
    named = {key.key: item for key, item in _body(home) if key}
    lines = {name: item for name, item in named.items() if not isinstance(item, Table | AoT)}
    earlier = layout.earlier(path)
    if earlier is None:
        earlier = list(reversed(lines))
    neighbour = next((lines[name] for name in earlier if name in lines), None)
    if neighbour is not None:
        _behind(neighbour, line)
    elif lines:
        _before(next(iter(lines.values())), line)
    elif isinstance(home, Table):
        _behind(home, line)
    else:
        if not named:
            return _at_end(tomlkit.dumps(document), line)
        _before(_first_header(next(iter(named.values()))), f"{line}\n")
    return tomlkit.dumps(document)


def _with_table(
    text: str, document: TOMLDocument, nodes: list[Any], path: KeyPath, block: str, layout: Layout
) -> str:
    """Put a table with a header, and its first line, behind the tables that it comes after."""
    home = nodes[-1]
    if (
        isinstance(home, Table)
        and home.is_super_table()
        and block.startswith(f"[{_header(path[:-1])}]")
    ):
        _before(_first_header(home), block)
        return tomlkit.dumps(document)
    tables = {key.key: item for key, item in _body(home) if key and isinstance(item, Table)}
    earlier = layout.earlier(path)
    if earlier is None:
        earlier = list(reversed(tables))
    neighbour = next((tables[name] for name in earlier if name in tables), None)
    gap = "" if isinstance(home, Table) else "\n"
    if neighbour is not None:
        _behind(_last(neighbour), gap + block)
    elif tables:
        first = _first_header(next(iter(tables.values())))
        _before(first, block + gap)
    elif isinstance(home, Table):
        _behind(_last(home), block)
    else:
        return _at_end(text, block, gap)
    return tomlkit.dumps(document)


def _last(table: Table) -> Item:
    """Give the item whose line is the last of a table and those in it."""
    body = _body(table)
    if not body:
        return table
    item = body[-1][1]
    return _last(item) if isinstance(item, Table) else item


def _first_header(item: Item) -> Item:
    """Give the first table with a header of its own, of a table and those in it."""
    while isinstance(item, Table) and item.is_super_table():
        item = _body(item)[0][1]
    return item


def _behind(item: Item, lines: str) -> None:
    end = item.trivia.trail
    item.trivia.trail = f"{end}{lines}" if "\n" in end else f"{end}\n{lines}"


def _before(item: Item, lines: str) -> None:
    item.trivia.indent = f"{lines}{item.trivia.indent}"


def _at_end(text: str, lines: str, gap: str = "") -> str:
    if text and not text.endswith("\n"):
        text += "\n"
    return f"{text}{gap if text else ''}{lines}"
