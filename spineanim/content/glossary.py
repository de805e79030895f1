"""Medical terms and the plain words that must stand beside them: `assets/glossary.toml`.

The rule is simple: where a term is first used in the captions of a film, one of the words that
explain it must stand in the same caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spineanim.content.toml import read_toml

Glossary = Mapping[str, tuple[str, ...]]
"""Term to the words, or beginnings of words, of which one must stand beside it."""


def load_glossary(path: Path, language: str) -> Glossary:
    """Read the terms of a language; none if the file has none.

    Raises
    ------
    ContentError
        The file is missing or malformed, or an entry is no list of words (with its line).
    """
    file = read_toml(path, missing_hint="restore assets/glossary.toml from the repository")
    terms = file.data.get(language, {})
    if not isinstance(terms, dict):
        raise file.fail(language, what=f"{language} is no table", hint=f"write [{language}]")
    for term, words in terms.items():
        good = isinstance(words, list) and words and all(isinstance(each, str) for each in words)
        if not good:
            raise file.fail(
                language,
                term,
                what=f"the words for {term} are {words!r}",
                hint=f'write {term} = ["...", "..."]',
            )
    return {term: tuple(words) for term, words in terms.items()}


def unexplained(captions: Sequence[str], glossary: Glossary) -> Iterator[tuple[str, str]]:
    """Find terms whose first caption does not explain them.

    Parameters
    ----------
    captions
        All captions of a film, in order.
    glossary
        The terms of their language.

    Yields
    ------
    The term, and the caption it is first used in.
    """
    for term, words in glossary.items():
        first = next((each for each in captions if _has(each, term, whole=True)), None)
        if first is not None and not any(_has(first, word, whole=False) for word in words):
            yield term, first


def _has(text: str, word: str, *, whole: bool) -> bool:
    """Whether a text has a word, with a plural's ending, or at least its beginning."""
    ending = r"(?:e?s)?\b" if whole else ""
    return re.search(rf"\b{re.escape(word)}{ending}", text, re.IGNORECASE) is not None
