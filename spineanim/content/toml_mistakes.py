"""What is wrong with a TOML file, in the words of somebody who writes texts and colours in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_IN_QUOTES: Final = "write a text between two straight quotes"
_MOST: Final = 24
"""So many letters of a line are shown."""
_PLACE: Final = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)
_TWICE: Final = (
    "Cannot overwrite a value",
    "Cannot declare",
    "Cannot redefine",
    "Cannot mutate",
    "Duplicate inline table key",
)
_CURLY: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\xab\xbb"
_HEADER: Final = re.compile(r"\s*\[\s*[\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*\s*\]\s*(?:#.*)?$")


@dataclass(frozen=True)
class Mistake:
    """A place that cannot be read.

    Attributes
    ----------
    line
        Its number, from 1.
    what
        What is wrong there.
    hint
        What to do about it.
    """

    line: int
    what: str
    hint: str


def mistake_in(text: str, complaint: str) -> Mistake:
    """Say plainly why a TOML text cannot be read.

    Parameters
    ----------
    text
        The whole text.
    complaint
        What the parser says, with its place at the end.
    """
    if text.startswith("\ufeff"):
        what = "the file begins with a mark that cannot be seen"
        return Mistake(1, what, "save it as UTF-8 without BOM")
    lines = text.rstrip().split("\n")
    found = _PLACE.match(complaint)
    said = found.group(1) if found else complaint
    if found and found.group(2):
        number, column = int(found.group(2)), int(found.group(3))
    else:  # it has looked for an end in vain, up to that of the file
        odd = [at for at, line in enumerate(lines, start=1) if _has_odd_quotes(line)]
        number = odd[-1] if odd else len(lines)
        column = len(lines[number - 1]) + 1
    line = lines[number - 1] if number <= len(lines) else ""
    what, hint = _of_line(said, line, line[column - 1 :].strip())
    return Mistake(number, what, hint)


def _of_line(said: str, line: str, rest: str) -> tuple[str, str]:
    """Say what is wrong with a line, and what to do.

    Parameters
    ----------
    said
        What the parser says, without the place.
    line, rest
        The line, and what of it the parser could not make sense of.
    """
    if said.startswith(_TWICE):
        return _twice(said, line)
    if "Unescaped" in said or "hex value" in said or "Escaped" in said:
        return "a backslash begins a special sign", r"write \\ for a backslash that is read as one"
    if rest[:1] in tuple(_CURLY):
        return "a curly quote stands where a text begins", 'write straight quotes: "…"'
    if _has_odd_quotes(line) or said.startswith(("Unterminated", 'Expected "')):
        return "a quote is missing on this line", f'{_IN_QUOTES}: "…"'
    if "character '" in said or 'character "' in said:
        return "there is a sign that cannot be seen", "write the line anew"
    if said.startswith(("Expected '='", "Invalid statement", "Invalid initial")):
        return _without_equals(line, rest)
    if said.startswith("Unclosed") or (said.startswith("Invalid value") and _HEADER.match(line)):
        return _unclosed("}" if "table" in said else "]", line, rest)
    if said.startswith("Invalid value"):
        return _no_value(line, rest)
    if said.startswith("Expected newline"):
        return _too_much(line, rest)
    if said.startswith("Expected ']"):
        return "this heading has no ] at its end", "write it like [name]"
    return "this cannot be read", "see whether a quote, an = or a comma is missing there"


def _twice(said: str, line: str) -> tuple[str, str]:
    name = line.strip() if line.lstrip().startswith("[") else _key(line)
    if "inline" in said:
        name = said.rpartition(" ")[2].strip("'\"")
    return f"{name} is there twice", "take one of the two out"


def _without_equals(line: str, rest: str) -> tuple[str, str]:
    if not rest:
        return _unclosed("}", line, rest)
    if rest.startswith("}"):
        return "there is a comma too many before the }", "take it out"
    if line.lstrip().startswith("="):
        return "there is no name before the =", "write it like name = value"
    return "there is no = between a name and its value", "write it like name = value"


def _no_value(line: str, rest: str) -> tuple[str, str]:
    """Say why what stands after an equals sign, or in a list, is no value."""
    color = re.match(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", rest)
    if color:
        return f"the colour {color.group()} has no quotes", f'write it like "{color.group()}"'
    named = re.search(r"([\w.\"'-]+)\s*=$", line.removesuffix(rest).rstrip())
    if named:
        name = named.group(1)
        if not rest or rest[0] in "#,}]":
            return f"nothing stands after the = of {name}", "write its value there"
    elif not rest:
        return _unclosed("]", line, rest)
    if rest.startswith(","):
        return "there is a comma too many", "take it out"
    word = re.split(r"[,\]}#]", rest)[0].strip()
    if re.match(r"[+-]?\.?\d", word):
        return f"{word} is no number", "write a number like 2.5"
    return f"{word} has no quotes", f'{_IN_QUOTES}: "{word}"'


def _unclosed(sign: str, line: str, rest: str) -> tuple[str, str]:
    """Say that a list, or what is in braces, goes on where it should not."""
    begins = re.match(r"[\w.\"'-]+\s*=", rest) and line.strip() == rest  # the next entry
    if not rest or begins or _HEADER.match(line):
        what = "a list" if sign == "]" else "a {"
        where = "before this" if rest else "here"
        return f"{what} is not closed {where}", f"write {sign} at its end"
    return (
        f"a comma is missing before {'this line' if line.strip() == rest else _short(rest)}",
        f"write a comma between two entries, and {sign} after the last",
    )


def _too_much(line: str, rest: str) -> tuple[str, str]:
    """Say what there is after a value that should be the last of its line."""
    number = re.search(r"=\s*([+-]?\d+),(\d+)\s*(?:#.*)?$", line)
    if number:
        whole, part = number.groups()
        return f"{whole},{part} has a comma", f"write {whole}.{part} with a point"
    if rest == ",":
        return "there is a comma at the end of the line", "take it out"
    if rest.startswith(",") and rest.endswith("]"):
        return f"the list of {_key(line)} has no [ before it", "write it like [0.5, 1.5]"
    if '"' in line:
        return (
            f"the text ends before {_short(rest)}",
            "write quotes within a text as “ and ”, or take out what comes after it",
        )
    return f"after the value there is more: {_short(rest)}", f"take it out, or {_IN_QUOTES}"


def _short(rest: str) -> str:
    return rest if len(rest) <= _MOST else f"{rest[:_MOST].rstrip()} …"


def _key(line: str) -> str:
    return line.partition("=")[0].strip() or "this line"


def _has_odd_quotes(line: str) -> bool:
    """Whether a line has a quote without its other one; those in a remark do not count."""
    bare = re.sub(r"\\.|\"\"\"|'''", "", line)
    bare = re.sub(r'"[^"]*"', "", bare).partition("#")[0]
    return '"' in bare or (bare.count("'") == 1 and bool(re.search(r"[=,\[]\s*'", bare)))
