"""The voices of a film, and the time that speaking takes.

A voice is a stretch of sound that begins with a caption. Synthesised speech is made caption by
caption. A recording speaks all captions of its beat; it is taken apart at the pauses between them,
so that picture, captions and voice keep step. Beats are stretched to what is spoken in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from spineanim.content.narration import Narration
from spineanim.content.pace import stretched
from spineanim.content.project import Project
from spineanim.content.pronunciation import load_pronunciation, said
from spineanim.content.recordings import find_recordings
from spineanim.content.script import BeatScript, Caption, Script
from spineanim.content.timeline import Timeline
from spineanim.sound.pauses import heard
from spineanim.sound.recording import Recording, recording, refused
from spineanim.sound.speech import Speech, speech

BREATH_S: Final = 0.25
"""Silence after each voice."""
_DECIMALS: Final = 3


@dataclass(frozen=True)
class Voice:
    """A stretch of sound that begins with a caption.

    Attributes
    ----------
    beat
        Name of a beat.
    caption
        Which of its captions it begins with, counted from 0.
    source
        Where the sound comes from.
    start_s, end_s
        The stretch of it, in seconds of the source.
    """

    beat: str
    caption: int
    source: Recording | Speech
    start_s: float
    end_s: float


def narrated(
    script: Script, scene: str, project: Project, narration: Narration
) -> tuple[Script, tuple[Voice, ...]]:
    """Give a script the time that its voices take.

    Parameters
    ----------
    script
        With all words filled in.
    scene
        Name of the scene.
    project
        Where recordings are.
    narration
        Who speaks.

    Returns
    -------
    The script, its beats stretched, and the voices in order; each starts in the moment of its
    caption.

    Raises
    ------
    ContentError
        A recording cannot be used or belongs to no beat; synthesised speech is asked for and
        espeak-ng is missing.
    """
    if narration is Narration.NONE:
        return script, ()
    files = find_recordings(project, script, scene)
    table: Mapping[str, str] = {}
    if narration is Narration.ESPEAK:
        table = load_pronunciation(project.pronunciation_file, script.language)

    def spoken(beat: BeatScript) -> _Spoken:
        if beat.name in files:
            return _recorded(beat, files[beat.name])
        if narration is Narration.ESPEAK:
            return _synthesised(beat, script.language, table)
        return _Spoken(beat, [])

    with ThreadPoolExecutor() as pool:  # most of it waits for espeak-ng or for PyAV
        found = list(pool.map(spoken, script.beats))
    beats = tuple(each.beat for each in found)
    return replace(script, beats=beats), tuple(voice for each in found for voice in each.voices)


def placed(voices: Sequence[Voice], timeline: Timeline) -> Iterator[tuple[int, Voice]]:
    """Yield voices with the frames they start at: those of their captions."""
    starts: dict[str, list[int]] = {}
    for span in timeline.captions:
        starts.setdefault(span.name, []).append(span.start)
    return ((starts[voice.beat][voice.caption], voice) for voice in voices)


@dataclass(frozen=True)
class _Spoken:
    """A beat with time for its voices."""

    beat: BeatScript
    voices: list[Voice]


def _synthesised(beat: BeatScript, language: str, table: Mapping[str, str]) -> _Spoken:
    """Have each caption of a beat read aloud."""
    voices, needs_s = [], []
    for place, caption in enumerate(beat.captions):
        source = speech(said(caption.text, table), language)
        extent = heard(source.samples())
        if extent is None:  # a caption of signs alone
            needs_s.append(0.0)
            continue
        voices.append(Voice(beat.name, place, source, extent.start_s, extent.end_s))
        needs_s.append(extent.end_s - extent.start_s + BREATH_S)
    return _Spoken(stretched(beat, needs_s), voices)


def _recorded(beat: BeatScript, file: Path) -> _Spoken:
    """Share a recording out among the captions of a beat."""
    source = recording(file)
    extent = heard(source.samples())
    if extent is None:
        raise refused(file, "is silent")
    cuts = extent.cuts([_letters(caption) for caption in beat.captions])
    edges_s = [extent.start_s, *(cut.at_s for cut in cuts), extent.end_s]
    firsts = [0, *(place for place, cut in enumerate(cuts, start=1) if cut.clear)]
    voices = [
        Voice(beat.name, first, source, edges_s[first], edges_s[after])
        for first, after in pairwise([*firsts, len(beat.captions)])
    ]
    needs_s = [end_s - start_s for start_s, end_s in pairwise(edges_s)]
    for after in [*firsts[1:], len(beat.captions)]:
        needs_s[after - 1] += BREATH_S
    return _Spoken(_in_step(stretched(beat, needs_s), voices, edges_s), voices)


def _in_step(beat: BeatScript, voices: Sequence[Voice], edges_s: Sequence[float]) -> BeatScript:
    """Let captions that a voice does not begin with follow it, where it does not pause for them."""
    captions = list(beat.captions)
    for voice, after in zip(
        voices, [*(each.caption for each in voices[1:]), len(captions)], strict=True
    ):
        begins_s = captions[voice.caption].at_s - voice.start_s
        for place in range(voice.caption + 1, after):
            at_s = round(begins_s + edges_s[place], _DECIMALS)
            captions[place] = replace(captions[place], at_s=at_s)
    return replace(beat, captions=tuple(captions))


def _letters(caption: Caption) -> int:
    """How much there is to say in a caption."""
    return max(sum(letter.isalnum() for letter in caption.text), 1)
