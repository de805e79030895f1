"""Are descriptions fit to be spoken: what is to be seen in a beat, for who cannot see it.

A description may be heard before the captions of its beat, so a term must have been explained in
an earlier beat, or is explained in the description itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from spineanim.content.glossary import Glossary, unexplained
from spineanim.content.pace import SPOKEN_WORDS_A_MINUTE, speaking_s
from spineanim.content.readability import Reading, reading_of
from spineanim.content.script import BeatScript, Script


def reading_of_descriptions(script: Script) -> Reading | None:
    """Measure all descriptions together; None if there are none, or no measure.

    They are measured apart from the captions, so that easy ones hide no hard ones of the others.
    """
    said = " ".join(beat.description for beat in script.beats)
    return reading_of(said, script.language)


def faults_of_descriptions(script: Script, glossary: Glossary) -> Iterator[tuple[BeatScript, str]]:
    """Find descriptions that are missing, too long for their beat, or use a term unexplained.

    Parameters
    ----------
    script
        With all words filled in. What another language lacks is not reported here: its English
        stands in and is named as for all words.
    glossary
        Terms of its language that need explaining.

    Yields
    ------
    The beat, and what is wrong.
    """
    for beat in script.beats:
        if not beat.description:
            if script.words_path is None:
                yield beat, "has no description; write what is to be seen, for who cannot see it"
            continue
        need_s = speaking_s(beat.description)
        if need_s > beat.lasts_s + 1e-6:
            yield (
                beat,
                f"the description takes {need_s:.1f} s to say at {SPOKEN_WORDS_A_MINUTE:.0f} words "
                f"a minute and the beat lasts {beat.lasts_s:.1f} s; leave words out",
            )
    heard = {
        text: beat
        for beat in reversed(script.beats)
        for text in (beat.description, *(caption.text for caption in beat.captions))
    }
    in_order = [
        text
        for beat in script.beats
        for text in (beat.description, *(caption.text for caption in beat.captions))
    ]
    for term, text in unexplained(in_order, glossary):
        if text and text == heard[text].description:
            yield heard[text], f"{term!r} is not explained in the description {text!r}"
