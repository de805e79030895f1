"""The words of a scene and when they come: `assets/script/en/<scene>.toml`.

A script is a title card and a list of beats in the order of the film. A beat has a title (its
chapter), a description of what is to be seen, a length, captions with the second they appear,
steps (what moves, from when to when) and labels. Every second is counted from the beat's start.
`script_file.py` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from spineanim.content.project import MASTER_LANGUAGE
from spineanim.content.words import fill

CAPTION_LINES = 2
LINE_LETTERS = 37
"""Longest caption line people can take in while watching (DCMP 32, common practice 37-42)."""


@dataclass(frozen=True)
class Caption:
    """A sentence or two under the picture.

    Attributes
    ----------
    at_s
        When it appears, counted from the beat's start.
    text
        Its words.
    claims
        Keys in `assets/claims.toml` of the medical claims it makes.
    """

    at_s: float
    text: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelText:
    """Words beside a thing: a plain name, a smaller line below it (may be empty), its claims."""

    text: str
    detail: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class BeatScript:
    """One idea of the film.

    Attributes
    ----------
    name
        Name of the beat in the scene.
    title
        Its chapter title.
    lasts_s
        Its length.
    captions
        In order of time; each stays until the next or the beat's end.
    steps_s
        Name of a step to its start and end.
    labels
        Name of a label to its words.
    description
        What is to be seen, for somebody who cannot see it; it is not drawn. May be empty.
    """

    name: str
    title: str
    lasts_s: float
    captions: tuple[Caption, ...]
    steps_s: Mapping[str, tuple[float, float]]
    labels: Mapping[str, LabelText]
    description: str = ""

    @property
    def claims(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Words of each caption and label, and the claims that they make."""
        for caption in self.captions:
            yield caption.text, caption.claims
        for label in self.labels.values():
            yield label.text, label.claims


@dataclass(frozen=True)
class Script:
    """All words and times of one scene in one language.

    Attributes
    ----------
    path
        The file with its beats and seconds: the master, which is English.
    language
        Language code of its words, from the folder's name.
    title, kicker, summary
        Title card, the small line above it, and one sentence for catalogues and file tags.
    title_card_s
        How long the title card stands.
    beats
        In the order of the film.
    bridge_s
        How long one scene of a programme takes to give way to the next; its own script has this
        instead of beats.
    step
        Which step of how many the scene is, such as (3, 4); nothing for most.
    words_path
        The file with its words, if they are in another language.
    missing
        Dotted keys of words that this file lacks, so that English stands in.
    """

    path: Path
    language: str
    title: str
    kicker: str
    summary: str
    title_card_s: float
    beats: tuple[BeatScript, ...]
    bridge_s: float = 0.0
    step: tuple[int, int] | None = None
    words_path: Path | None = None
    missing: tuple[str, ...] = ()

    @property
    def length_s(self) -> float:
        """Length of the film."""
        return self.title_card_s + sum(beat.lasts_s for beat in self.beats)

    @property
    def language_suffix(self) -> str:
        """What a folder's name takes for the language: nothing for English, else such as `-es`."""
        return "" if self.language == MASTER_LANGUAGE else f"-{self.language}"

    def filled(self, words: Mapping[str, str]) -> Script:
        """Return the same script with the parameters its texts name in braces put in.

        Raises
        ------
        ContentError
            A text names a parameter there is not.
        """

        def put(text: str) -> str:
            return fill(text, words, self.words_path or self.path)

        beats = [
            replace(
                beat,
                title=put(beat.title),
                description=put(beat.description),
                captions=tuple(replace(each, text=put(each.text)) for each in beat.captions),
                labels={
                    name: replace(
                        label,
                        text=put(label.text),
                        detail=put(label.detail),
                    )
                    for name, label in beat.labels.items()
                },
            )
            for beat in self.beats
        ]
        return replace(
            self,
            title=put(self.title),
            kicker=put(self.kicker),
            summary=put(self.summary),
            beats=tuple(beats),
        )

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the film."""
        yield from (self.title, self.kicker, self.summary)
        for beat in self.beats:
            yield from (beat.title, beat.description)
            yield from (caption.text for caption in beat.captions)
            for label in beat.labels.values():
                yield from (label.text, label.detail)

    def beat(self, name: str) -> BeatScript:
        """Return the beat of that name.

        Raises
        ------
        KeyError
            There is none.
        """
        return next(beat for beat in self.beats if beat.name == name)
