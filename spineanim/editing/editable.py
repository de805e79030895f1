"""Parameters and colours that can be edited, as plain data: `asdict` makes JSON of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from spineanim.content.parameter_kinds import Choice, Kind, Number, Picture, Text, Words
from spineanim.content.parameters import DEFINITIONS, Definition, built, read_values
from spineanim.content.project import Project
from spineanim.content.theme import Theme, load_theme
from spineanim.content.toml import TomlFile, read_toml
from spineanim.editing.keys import KeyPath, Plain, value_at
from spineanim.picture.contrast import contrast, luminance

GROUNDS: Final = ("background.top", "background.bottom", "panel.fill")
"""What words of a film stand on, unless they stand on a picture."""
_STEPS_OF_A_SLIDER: Final = 40
_NAMES: Final = {Choice: "choice", Number: "number", Words: "words", Text: "text", Picture: "file"}


@dataclass(frozen=True)
class Entry:
    """A place in a file.

    Attributes
    ----------
    file
        The file, from the project's folder.
    path
        Keys and places in lists down to it.
    value
        What it holds; None if it is not there. It is the `before` of a change.
    """

    file: str
    path: KeyPath
    value: Plain | None


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Attributes
    ----------
    name, meaning
        See `content/parameters.py`.
    kind
        `choice`, `number`, `words` (one for each language), `text` or `file`.
    allowed
        What it may be, in words.
    options
        Values to choose from.
    low, high, unit, step, whole
        Range of a number, and the step of its slider; None and nothing for others.
    default
        Its value when it is not given; None if it follows from others.
    follows
        What a default of None follows from.
    now
        Its value, whichever way it came about.
    where
        File and line that it is set in; nothing if it is not given.
    entries
        Its place in the file; of words, one for each language.
    """

    name: str
    meaning: str
    kind: str
    allowed: str
    options: tuple[str | int, ...]
    low: float | None
    high: float | None
    unit: str
    step: float | None
    whole: bool
    default: Plain | None
    follows: str
    now: Plain | None
    where: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Color:
    """One colour of the theme.

    Attributes
    ----------
    token
        Its name, such as `ink.label`.
    value
        `#RRGGBB`.
    about
        What the file says of it or its role; may be empty.
    texts
        Kinds of text that are set in it, such as `label`.
    contrasts
        Of a colour of text: ground to the ratio it stands out from it by, 1 to 21; 4.5 is needed.
    skin_tone
        Skin tone whose colour it is, if skin tones differ in it; it is changed for this one.
    entry
        Its place in the file.
    """

    token: str
    value: str
    about: str
    texts: tuple[str, ...]
    contrasts: dict[str, float]
    skin_tone: str
    entry: Entry


def parameters(project: Project) -> tuple[Parameter, ...]:
    """Every parameter of a project.

    Raises
    ------
    ContentError
        The file is malformed, or a value in it is outside its range.
    """
    values = read_values(project)
    curves = built(values, project).anatomy.alignment
    file = read_toml(project.parameters_file)
    found = []
    for each in DEFINITIONS:
        now = values[each.name]
        if now is None:
            now = getattr(curves, each.name)
        found.append(_parameter(each, cast(Plain, now), file, project))
    return tuple(found)


def _parameter(each: Definition, now: Plain, file: TomlFile, project: Project) -> Parameter:
    kind = each.kind
    limits = kind.limits if isinstance(kind, Number) else None
    line = file.line_of(each.name) if each.name in file.data else None
    name = _file(project, file)
    return Parameter(
        each.name,
        each.meaning,
        _NAMES[type(kind)],
        kind.allowed(project),
        tuple(kind.options(project)) if isinstance(kind, Choice) else (),
        limits.low if limits else None,
        limits.high if limits else None,
        limits.unit if limits else "",
        _step(kind) if isinstance(kind, Number) else None,
        isinstance(kind, Number) and kind.whole,
        each.default,
        each.follows,
        now,
        f"{name}:{line}" if line else "",
        tuple(_entry(file, name, path) for path in _paths(each.name, kind, file, project)),
    )


def _paths(name: str, kind: Kind, file: TomlFile, project: Project) -> Sequence[KeyPath]:
    """Places of a parameter: words stand by language, unless the file has one text for all."""
    if isinstance(kind, Words) and not isinstance(file.data.get(name), str):
        return [(name, language) for language in project.languages]
    return [(name,)]


def _step(kind: Number) -> float:
    """Return 1 of whole numbers; else 1, 2 or 5 times a power of ten, 40 or more to the range."""
    if kind.whole:
        return 1.0
    rough = (kind.limits.high - kind.limits.low) / _STEPS_OF_A_SLIDER
    power = 10.0 ** math.floor(math.log10(rough))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= rough * (1 + 1e-9))


def colors(project: Project) -> tuple[Color, ...]:
    """Every colour of a project's theme, in the order of its file.

    Raises
    ------
    ContentError
        The theme or the parameters are malformed.
    """
    tone = str(read_values(project)["skin_tone"])
    theme = load_theme(project.theme_file).with_skin_tone(tone)
    file = read_toml(project.theme_file)
    remarks = _remarks(file.text)
    name = _file(project, file)
    return tuple(
        _color(token, theme, tone, remarks.get(token, ""), lambda path: _entry(file, name, path))
        for token in theme.colors
    )


def _color(
    token: str, theme: Theme, tone: str, about: str, entry: Callable[[KeyPath], Entry]
) -> Color:
    role, _, shade = token.partition(".")
    of_skin = token in theme.skin_tones[tone]
    path = ("skin_tones", tone, role, shade) if of_skin else ("color", role, shade)
    texts = tuple(name for name, style in theme.styles.items() if style.color == token)
    grounds = [each for each in GROUNDS if each in theme.colors] if texts else []
    ink = luminance(theme.rgb(token))
    return Color(
        token,
        theme.color(token),
        about,
        texts,
        {each: round(float(contrast(ink, luminance(theme.rgb(each)))), 2) for each in grounds},
        tone if of_skin else "",
        entry(path),
    )


def _remarks(text: str) -> dict[str, str]:
    """Give what a theme says right above a table `[color.ink]`, or behind a colour of it."""
    found: dict[str, str] = {}
    role, above, said = "", "", ""
    for line in text.splitlines():
        header = re.match(r"\s*\[color\.(.+?)\]", line)
        entry = re.match(r"\s*(\w+)\s*=\s*.#\w{6}.\s*(?:#\s*(.+))?$", line)
        if line.startswith("#"):
            said = f"{said} {line.lstrip('# ')}".strip()
            continue
        if header:
            role, above = header.group(1), said
        elif line.startswith("["):
            role = ""
        elif entry and role:
            found[f"{role}.{entry.group(1)}"] = entry.group(2) or above
        said = ""
    return found


def _entry(file: TomlFile, name: str, path: KeyPath) -> Entry:
    return Entry(name, path, value_at(file.data, path))


def _file(project: Project, file: TomlFile) -> str:
    return file.path.relative_to(project.root).as_posix()
