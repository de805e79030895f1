"""Words of a script in another language: `assets/script/<language>/<scene>.toml`.

The English script is the master: it alone has the beats, their order and the seconds. A file of
another language holds words only, in the master's shape; what it lacks stays English and is named
in `Script.missing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from spineanim.content.script import BeatScript, Caption, LabelText, Script
from spineanim.content.script_file import SCENE_TEXTS
from spineanim.content.toml import TomlFile, read_toml

EVERY_WORD = "every word"
"""What is missing where a language has no file for a scene."""
_BEAT_WORDS = ("title", "description", "captions", "labels")
_LABEL_WORDS = ("text", "detail")


def translated(master: Script, path: Path) -> Script:
    """Put the words of another language into the master's beats and seconds.

    Parameters
    ----------
    master
        The English script.
    path
        File of the other language; its folder's name is the language. Without the file every
        word stays English.

    Raises
    ------
    ContentError
        The file is malformed, has a key that the master has not, or another number of captions.
    """
    language = path.parent.name
    if not path.exists():
        return replace(master, language=language, words_path=path, missing=(EVERY_WORD,))
    words = _Words(read_toml(path))
    words.allow((*SCENE_TEXTS, *(beat.name for beat in master.beats)))
    title, kicker, summary = (words.text(getattr(master, key), key) for key in SCENE_TEXTS)
    beats = tuple(_beat(words, beat) for beat in master.beats)
    return replace(
        master,
        title=title,
        kicker=kicker,
        summary=summary,
        language=language,
        words_path=path,
        beats=beats,
        missing=tuple(words.missing),
    )


@dataclass
class _Words:
    """A file of words, and which of the master's it turned out to lack."""

    file: TomlFile
    missing: list[str] = field(default_factory=list)

    def table(self, *where: str) -> Mapping[str, Any]:
        """Table at a place; empty if there is none."""
        table: Any = self.file.data
        for key in where:
            table = table.get(key, {})
            if not isinstance(table, dict):
                raise self.file.fail(*where, what=f"{'.'.join(where)} is no table of words")
        found: dict[str, Any] = table
        return found

    def allow(self, known: Iterable[str], *where: str) -> None:
        """Refuse a key of a table that the master does not have."""
        known = list(known)
        for key in self.table(*where):
            if key in known:
                continue
            close = get_close_matches(key, known, 1, 0.6)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
            if key.endswith("_s"):
                hint = "seconds stand in the English script alone"
            inside = f" in {'.'.join(where)}" if where else ""
            raise self.file.fail(*where, key, what=f"unknown key {key!r}{inside}", hint=hint)

    def text(self, english: str, *where: str) -> str:
        """Text at a place; if there is none the English one, noted as missing unless empty."""
        value = self.table(*where[:-1]).get(where[-1])
        if value is None:
            if english:
                self.missing.append(".".join(where))
            return english
        return self.checked(value, *where)

    def checked(self, value: object, *where: str) -> str:
        """Refuse what is no text."""
        if not isinstance(value, str) or not value.strip():
            what = f"{'.'.join(where)} is no text"
            raise self.file.fail(*where, what=what, hint="write it in double quotes")
        return value


def _beat(words: _Words, english: BeatScript) -> BeatScript:
    name = english.name
    words.allow(_BEAT_WORDS, name)
    words.allow(english.labels, name, "labels")
    return replace(
        english,
        title=words.text(english.title, name, "title"),
        description=words.text(english.description, name, "description"),
        captions=_captions(words, english),
        labels={key: _label(words, label, name, key) for key, label in english.labels.items()},
    )


def _captions(words: _Words, english: BeatScript) -> tuple[Caption, ...]:
    where = (english.name, "captions")
    raw = words.table(english.name).get("captions")
    if raw is None:
        if english.captions:
            words.missing.append(".".join(where))
        return english.captions
    if not isinstance(raw, list):
        what = f"{'.'.join(where)} is no list of texts"
        raise words.file.fail(*where, what=what, hint='write ["...", "..."]')
    if len(raw) != len(english.captions):
        raise words.file.fail(
            *where,
            what=f"beat {english.name} has {len(raw)} captions, in English {len(english.captions)}",
            hint="write one for each of the English script, in the same order",
        )
    texts = [words.checked(text, *where) for text in raw]
    return tuple(
        replace(caption, text=text) for caption, text in zip(english.captions, texts, strict=True)
    )


def _label(words: _Words, english: LabelText, beat: str, key: str) -> LabelText:
    where = (beat, "labels", key)
    words.allow(_LABEL_WORDS, *where)
    detail = english.detail and words.text(english.detail, *where, "detail")
    return replace(english, text=words.text(english.text, *where, "text"), detail=detail)
