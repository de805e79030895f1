"""Words in the decoded pictures: whether they are there, can be read, and are large enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spineanim.upload import Box, Words
from spineanim.verify.colour import scaled
from spineanim.verify.contrast import CODED, find_ink, needed
from spineanim.verify.film_files import AGAIN, clock
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.frames import Picture
from spineanim.verify.type_size import least_px, phone_px, size_wrong

_AROUND_PX: Final = 3
_LETTERS: Final = 40


class WordsWatcher:
    """Measures the words that the manifest names.

    Parameters
    ----------
    film, file
        Film and the rendition that is decoded.
    size_px
        Width and height of the largest rendition, in whose pixels the places are given.
    """

    def __init__(self, film: PublishedFilm, file: Path, size_px: tuple[int, int]) -> None:
        self._name, self._fps, self._size_px = film.name_of(file), film.facts.fps, size_px
        self._words: dict[int, list[Words]] = {}
        for words in film.facts.words:
            self._words.setdefault(words.frame, []).append(words)
        self._findings: list[Finding] = []

    def see(self, picture: Picture) -> None:
        """Measure the words of a picture."""
        for words in self._words.pop(picture.number, ()):
            self._measure(picture, words)

    def _measure(self, picture: Picture, words: Words) -> None:
        scale = picture.width_px / self._size_px[0]
        box = scaled(words.box, scale)
        around = Box(
            box.left_px - _AROUND_PX,
            box.top_px - _AROUND_PX,
            box.width_px + 2 * _AROUND_PX,
            box.height_px + 2 * _AROUND_PX,
        )
        least = least_px(*self._size_px)
        if words.type_px < least:
            phone = phone_px(words.type_px, *self._size_px)
            what = (
                f"are {words.type_px:.1f} px high, less than {least:.1f} px: "
                f"{phone:.1f} px on a phone"
            )
            self._tell("type", words, what, "set them larger in the theme")
        ink = find_ink(picture.rgb(around), words.ink, words.type_px * scale)
        if ink is None:
            self._tell("words", words, "are not to be seen where the manifest says", AGAIN)
            return
        if ink.contrast < needed(words.kind) - CODED:
            what = f"have a contrast of {ink.contrast:.1f}, less than {needed(words.kind):g}"
            self._tell("contrast", words, what, "choose a darker ink or a lighter ground")
            return  # what cannot be told from its ground cannot be measured either
        size = size_wrong(ink.mask, words.text, words.type_px * scale, box.height_px)
        if size is not None:
            self._tell("type", words, f"are {size}", AGAIN)

    def _tell(self, check: str, words: Words, what: str, remedy: str) -> None:
        text = words.text if len(words.text) <= _LETTERS else f"{words.text[:_LETTERS]}..."
        at = clock(words.frame / self._fps)
        self._findings.append(
            Finding(check, self._name, f"the words '{text}' at {at} {what}", remedy)
        )

    def findings(self) -> Iterator[Finding]:
        """Say which words cannot be read."""
        yield from self._findings
        for frame, listed in self._words.items():
            what = f"has no picture {frame}, in which the words '{listed[0].text[:_LETTERS]}' stand"
            yield Finding("words", self._name, what, AGAIN)
