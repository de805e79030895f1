"""Parameters as patients read them, in their language, and how texts take them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from spineanim.content.parameter_kinds import ANY_LANGUAGE
from spineanim.content.parameters import Parameters
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.toml import TomlFile, read_toml
from spineanim.errors import ContentError
from spineanim.geometry.params import PROCEDURE


@dataclass(frozen=True)
class Spoken:
    """What texts may name in braces.

    Attributes
    ----------
    words
        Name to the words that stand in its place.
    missing
        Names whose words stay English.
    """

    words: Mapping[str, str]
    missing: tuple[str, ...] = ()


def spoken(parameters: Parameters, project: Project, language: str = MASTER_LANGUAGE) -> Spoken:
    """Say parameters in a language, with the words of `assets/words.toml`.

    Raises
    ------
    ContentError
        That file is missing or malformed, or lacks an English word.
    """
    say = _Vocabulary(
        read_toml(project.words_file, missing_hint="restore it from the repository"), language
    )
    anatomy = parameters.anatomy
    words = {
        "side": say.word("side", "side", anatomy.side),
        "tip_level": anatomy.tip_level,
        "entry_level": anatomy.entry_level.replace("_", "–"),
        "pump_ml": f"{parameters.pump.reservoir_ml:g}",
        "battery_years": say.statement("battery_years", parameters.battery_years),
        "trial_days": say.word("trial_days", "number", str(parameters.trial_days)),
        "pocket_depth_cm": f"{PROCEDURE.pocket_depth_mm / 10:g}",
    }
    return Spoken(words, tuple(say.missing))


@dataclass
class _Vocabulary:
    """Words of one language, and what they lack."""

    file: TomlFile
    language: str
    missing: list[str] = field(default_factory=list)

    def word(self, name: str, group: str, key: str) -> str:
        """Word for a key of a group; the English one, noted as missing, if there is none."""
        for language in (self.language, MASTER_LANGUAGE):
            found = self.file.data.get(language, {}).get(group, {}).get(key)
            if isinstance(found, str) and found.strip():
                return found
            self.missing.append(name)
        raise self.file.fail(
            MASTER_LANGUAGE,
            group,
            what=f"no word for {key!r} in [{MASTER_LANGUAGE}.{group}]",
            hint=f'add {key} = "..." there',
        )

    def statement(self, name: str, texts: Mapping[str, str]) -> str:
        """Return the practice's statement in this language, else in English, else in any."""
        for language in (ANY_LANGUAGE, self.language):
            if language in texts:
                return texts[language]
        self.missing.append(name)
        return texts.get(MASTER_LANGUAGE, next(iter(texts.values())))


def fill(text: str, words: Mapping[str, str], file: Path) -> str:
    """Put parameters into a text: `{tip_level}` becomes `T10`.

    Parameters
    ----------
    text, file
        The text, and where it was read.
    words
        Name to the words that stand in its place.

    Raises
    ------
    ContentError
        The text names a parameter there is not, or has a single brace.
    """
    try:
        return text.format_map(words)
    except (KeyError, ValueError, IndexError, AttributeError):
        unknown = min(named_in(text) - words.keys(), default="")
        what = f"there is no {{{unknown}}}" if unknown else "braces are only for names"
        known = ", ".join(f"{{{name}}}" for name in sorted(words))
        raise ContentError(f"{_place(text, file)}: {what}", f"use one of {known}") from None


def _place(text: str, file: Path) -> str:
    """Return a text's file and line; the file alone if the text is written otherwise there."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    found = next((at for at, line in enumerate(lines, start=1) if text in line), 0)
    return f"{file}:{found}" if found else str(file)


def named_in(text: str) -> set[str]:
    """Names that a text has in braces; none if it is malformed, which `fill` refuses."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return set()
