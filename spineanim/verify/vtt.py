"""Read WebVTT strictly, by the syntax that W3C asks of authors, and say what breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.verify.vtt_text import STAMP, payload_problems, plain, seconds

MOST_BYTES: Final = 1_000_000
"""The text of hours of talk; a larger file is no track of ours, and is not read."""
_ARROW: Final = "-->"
_TIMES: Final = re.compile(
    rf"({STAMP.pattern})[ \t]+-->[ \t]+({STAMP.pattern})(?:[ \t]+([^ \t].*))?"
)
_SHARE: Final = r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)%"
_SETTINGS: Final = {
    "vertical": r"rl|lr",
    "line": rf"(?:{_SHARE}|-?[0-9]+)(?:,(?:start|center|end))?",
    "position": rf"{_SHARE}(?:,(?:line-left|center|line-right))?",
    "size": _SHARE,
    "align": r"start|center|end|left|right",
    "region": r"\S+",
}
_REGION: Final = {
    "id": r"\S+",
    "width": _SHARE,
    "lines": r"[0-9]+",
    "regionanchor": rf"{_SHARE},{_SHARE}",
    "viewportanchor": rf"{_SHARE},{_SHARE}",
    "scroll": r"up",
}


@dataclass(frozen=True)
class Problem:
    """What breaks the syntax, and in which line, the first being 1."""

    line: int
    what: str

    def __str__(self) -> str:
        """`line 3: what is wrong`."""
        return f"line {self.line}: {self.what}"


@dataclass(frozen=True)
class Cue:
    """A cue as it stands in a file.

    Attributes
    ----------
    line
        Where its times stand; the first line is 1.
    identifier
        Its name, or nothing.
    start_s, end_s
        From when to when it is shown.
    settings
        Where it is shown, such as `line:80%`; nothing is the browser's choice.
    payload
        Its words as they stand there, with tags.
    """

    line: int
    identifier: str
    start_s: float
    end_s: float
    settings: str
    payload: str

    @property
    def text(self) -> str:
        """Its words as they are read."""
        return plain(self.payload)


@dataclass(frozen=True)
class Vtt:
    """What a file holds, as far as it can be understood, and what is wrong with it."""

    cues: tuple[Cue, ...]
    problems: tuple[Problem, ...]


def read_vtt(file: Path) -> Vtt:
    """Read a file; see `parse_vtt`.

    Raises
    ------
    OSError
        It cannot be read.
    """
    if file.stat().st_size > MOST_BYTES:
        return Vtt((), (Problem(1, f"more than {MOST_BYTES} bytes"),))
    raw = file.read_bytes()
    try:
        return parse_vtt(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Vtt((), (Problem(line, "not in UTF-8"),))


def parse_vtt(text: str) -> Vtt:
    """Read the text of a WebVTT file.

    Parameters
    ----------
    text
        All of it; a mark of byte order may lead.

    Returns
    -------
    Cues in the order they stand in, those with wrong words included, and the problems by line.
    """
    reader = _Reader()
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            reader.problem(number, "a character of code 0")
    reader.read(lines)
    return Vtt(tuple(reader.cues), tuple(sorted(reader.problems, key=lambda each: each.line)))


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line of each block, and its lines."""
    block: list[str] = []
    for number, line in enumerate([*lines[first - 1 :], ""], start=first):
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


class _Reader:
    """Gathers cues and problems."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.problems: list[Problem] = []
        self._names: set[str] = set()
        self._regions: set[str] = set()

    def problem(self, line: int, what: str) -> None:
        self.problems.append(Problem(line, what))

    def read(self, lines: list[str]) -> None:
        """Read all of a file."""
        if re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]) is None:
            self.problem(1, "the first line must be `WEBVTT`")
            if _ARROW in lines[0]:
                lines = ["", *lines]
        elif len(lines) < 2 or (len(lines) == 2 and not lines[1]):
            return
        if len(lines) > 1 and lines[1]:
            self.problem(2, "a blank line must follow `WEBVTT`")
        for first, block in _blocks(lines, 2):
            self._block(first, block)

    def _block(self, first: int, block: list[str]) -> None:
        """Read what stands between blank lines; `first` is the number of its first line."""
        arrows = [index for index, line in enumerate(block) if _ARROW in line]
        if arrows and arrows[0] <= 1:
            # Browsers begin another cue where there is another arrow, so we do.
            for index, end in zip(arrows, [*arrows[1:], len(block)], strict=True):
                if index != arrows[0]:
                    self.problem(first + index, "a blank line must stand before a cue")
                name = block[0] if index == 1 == arrows[0] else ""
                self._cue(first + index, name, block[index], block[index + 1 : end])
            return
        if arrows:
            self.problem(first + arrows[0], f"`{_ARROW}` may stand in the times of a cue alone")
        kind = re.match(r"(NOTE|STYLE|REGION)(?:[ \t]|$)", block[0])
        if kind is None:
            self.problem(first, "neither a cue, for it has no times, nor a `NOTE`")
        elif kind[1] != "NOTE":
            if self.cues:
                self.problem(first, f"`{kind[1]}` must stand before the cues")
            if block[0].strip(" \t") != kind[1]:
                self.problem(first, f"nothing may follow `{kind[1]}` in its line")
            if kind[1] == "REGION":
                self._region(first, block)

    def _region(self, first: int, block: list[str]) -> None:
        for index, line in enumerate(block[1:], start=1):
            self._settings(first + index, line, _REGION)
        named = re.search(r"(?:^|\s)id:(\S+)", "\n".join(block[1:]))
        if named is None or named[1] in self._regions:
            self.problem(first, "a region needs a name of its own, `id:...`")
        else:
            self._regions.add(named[1])

    def _cue(self, line: int, name: str, timing: str, payload: list[str]) -> None:
        """Read one cue; `line` is the number of the line with its times."""
        if name in self._names:
            self.problem(line - 1, f"`{name[:40]}` names another cue already")
        if name:
            self._names.add(name)
        times = _TIMES.fullmatch(timing.rstrip(" \t"))
        if times is None:
            self.problem(line, "times must be written `00:00:00.000 --> 00:00:00.000`")
            return
        stamps = [STAMP.fullmatch(times[group]) for group in (1, 6)]
        start_s, end_s = (seconds(each) for each in stamps if each is not None)
        if end_s <= start_s:
            self.problem(line, "ends before it begins" if end_s < start_s else "lasts no time")
        if self.cues and start_s < self.cues[-1].start_s:
            self.problem(line, "begins before the cue above it")
        settings = times[11] or ""
        self._settings(line, settings, _SETTINGS)
        words = "\n".join(payload)
        for below, what in payload_problems(words, start_s, end_s):
            self.problem(line + 1 + below, what)
        self.cues.append(Cue(line, name, start_s, end_s, settings, words))

    def _settings(self, line: int, settings: str, known: dict[str, str]) -> None:
        seen: set[str] = set()
        for setting in re.findall(r"[^ \t]+", settings):
            name, colon, value = setting.partition(":")
            if name not in known or not colon:
                self.problem(line, f"`{setting[:40]}` is no setting")
            elif name in seen:
                self.problem(line, f"`{name}` is set twice")
            elif re.fullmatch(known[name], value, re.ASCII) is None:
                self.problem(line, f"`{setting[:40]}` is no value of `{name}`")
            elif known is _SETTINGS and name == "region" and value not in self._regions:
                self.problem(line, f"there is no region `{value[:40]}`")
            seen.add(name)
