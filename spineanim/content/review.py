"""Is a script fit for patients: easy, slow, short, explained, described, borne by sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.claims import Claims
from spineanim.content.descriptions import faults_of_descriptions, reading_of_descriptions
from spineanim.content.glossary import Glossary, unexplained
from spineanim.content.pace import WORDS_A_MINUTE, reading_s, spans_s
from spineanim.content.readability import reading_of
from spineanim.content.script import LINE_LETTERS, BeatScript, Script
from spineanim.content.translation import EVERY_WORD
from spineanim.content.words import named_in
from spineanim.errors import ContentError

Wrap = Callable[[str], list[str]]
"""Breaks a caption into lines as the film does; ContentError if it does not fit."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    where
        File, and beat if there is one.
    what
        What is wrong.
    broken
        Whether it must be put right; otherwise it is worth knowing.
    """

    where: str
    what: str
    broken: bool = True


@dataclass(frozen=True)
class Review:
    """What a look through a script gave.

    Attributes
    ----------
    figures
        Its measures in a few words each.
    findings
        What is wrong with it.
    """

    figures: tuple[str, ...]
    findings: tuple[Finding, ...]


def review(
    raw: Script, words: Mapping[str, str], glossary: Glossary, claims: Claims, wrap: Wrap
) -> Review:
    """Look through a script.

    Parameters
    ----------
    raw
        As it is written: nothing filled in, nothing stretched.
    words
        Parameters as they are said in its language.
    glossary
        Terms of its language that need explaining.
    claims
        The claims that it may cite.
    wrap
        How captions are broken into lines.
    """
    if EVERY_WORD in raw.missing:
        return Review((), (Finding(str(raw.words_path), "there are no words; all stay English"),))
    script = raw.filled(words)
    captions = [caption.text for beat in script.beats for caption in beat.captions]
    findings: list[Finding] = []
    figures: list[str] = []
    file = script.words_path or script.path
    reading = reading_of(" ".join(captions), script.language)
    if reading is not None:
        figures.append(str(reading))
        if not reading.easy:
            findings.append(Finding(str(file), f"too hard to read: {reading}"))
    described = reading_of_descriptions(script)
    if described is not None:
        figures.append(f"descriptions {described.value:.1f}")
        if not described.easy:
            findings.append(Finding(str(file), f"descriptions are too hard to read: {described}"))
    if captions:
        figures += [_fastest(script), f"longest line {_longest(captions, wrap)} letters"]
        cited = sum(bool(each.claims) for beat in script.beats for each in beat.captions)
        figures.append(f"{cited} of {len(captions)} captions make claims")
    findings += _slow_down(script, file)
    findings += _too_long(script, file, wrap)
    for term, caption in unexplained(captions, glossary):
        findings.append(Finding(str(file), f"{term!r} is not explained in {caption!r}"))
    findings += [
        Finding(_where(file, beat), what) for beat, what in faults_of_descriptions(script, glossary)
    ]
    findings += [Finding(str(file), f"lacks {key}; it stays English") for key in script.missing]
    findings += _claims_cited(script, claims)
    return Review(tuple(figures), tuple(findings))


def _where(file: Path, beat: BeatScript) -> str:
    return f"{file} [{beat.name}]"


def _words_a_minute(text: str, span_s: float) -> float:
    return len(text.split()) * 60.0 / span_s


def _fastest(script: Script) -> str:
    """Speed of the fastest caption."""
    speeds = [
        _words_a_minute(caption.text, span_s)
        for beat in script.beats
        for caption, span_s in zip(beat.captions, spans_s(beat), strict=True)
    ]
    return f"fastest caption {max(speeds):.0f} words a minute (at most {WORDS_A_MINUTE:.0f})"


def _slow_down(script: Script, file: Path) -> Iterator[Finding]:
    """Captions that stand too short a time; in another language the film waits for them."""
    waits = script.words_path is not None
    for beat in script.beats:
        for caption, span_s in zip(beat.captions, spans_s(beat), strict=True):
            need_s = reading_s(caption.text)
            if span_s < need_s - 1e-6:
                what = (
                    f"{caption.text!r} stands {span_s:.1f} s and needs {need_s:.1f} s"
                    f"{'; the film waits for it' if waits else ''}"
                )
                yield Finding(_where(file, beat), what, broken=not waits)


def _longest(captions: list[str], wrap: Wrap) -> int:
    """Letters of the longest line that fits."""
    lengths = [0]
    for text in captions:
        try:
            lengths += [len(line) for line in wrap(text)]
        except ContentError:
            continue
    return max(lengths)


def _too_long(script: Script, file: Path, wrap: Wrap) -> Iterator[Finding]:
    """Captions that do not fit, or fit only because their letters are narrow."""
    for beat in script.beats:
        for caption in beat.captions:
            try:
                long = [line for line in wrap(caption.text) if len(line) > LINE_LETTERS]
            except ContentError as error:
                yield Finding(_where(file, beat), str(error))
                continue
            for line in long:
                what = f"a line of {len(line)} letters, {line!r}; {LINE_LETTERS} are the aim"
                yield Finding(_where(file, beat), what, broken=False)


def _claims_cited(script: Script, claims: Claims) -> Iterator[Finding]:
    for beat in script.beats:
        for text, keys in beat.claims:
            for key in keys:
                if key not in claims.claims:
                    what = f"{text!r} cites claim {key!r}, which {claims.path} lacks"
                    yield Finding(_where(script.path, beat), what)


def strayed(english: Script, other: Script) -> Iterator[Finding]:
    """Find texts of another language that name other parameters than the English ones.

    Parameters
    ----------
    english, other
        Both as they are written.
    """
    file = other.words_path or other.path
    for own, beat in zip(english.beats, other.beats, strict=True):
        pairs = [
            *zip(
                (each.text for each in own.captions),
                (each.text for each in beat.captions),
                strict=True,
            ),
            (own.description, beat.description),
            *((own.labels[name].text, beat.labels[name].text) for name in own.labels),
            *((own.labels[name].detail, beat.labels[name].detail) for name in own.labels),
        ]
        for there, here in pairs:
            if named_in(there) != named_in(here):
                wanted = ", ".join(sorted(named_in(there))) or "none"
                yield Finding(_where(file, beat), f"{here!r} should name {wanted} in braces")


def cited_claims(script: Script) -> set[str]:
    """Keys of all claims that a script cites."""
    return {key for beat in script.beats for _, keys in beat.claims for key in keys}
