"""Time for words: a beat is stretched where a caption needs longer than the script gives it.

Another language, a practice's own words or a voice may take longer. Then the picture waits with
them: steps, captions and the beat's end are carried by one map of time, so they stay in step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from spineanim.content.script import BeatScript, Script

WORDS_A_MINUTE: Final = 150.0
"""Fastest that captions may ask to be read."""
SPOKEN_WORDS_A_MINUTE: Final = 180.0
"""Fastest that a description may ask to be spoken."""
SHORTEST_CAPTION_S: Final = 2.0
_DECIMALS: Final = 3  # of a second: finer than any frame


def reading_s(text: str) -> float:
    """Seconds that a caption needs at 150 words a minute, at least two."""
    return max(len(text.split()) * 60.0 / WORDS_A_MINUTE, SHORTEST_CAPTION_S)


def speaking_s(text: str) -> float:
    """Seconds that it takes to speak a description at 180 words a minute."""
    return len(text.split()) * 60.0 / SPOKEN_WORDS_A_MINUTE


def spans_s(beat: BeatScript) -> list[float]:
    """Seconds that each caption of a beat stands: until the next, or the beat's end."""
    moments_s = [*(caption.at_s for caption in beat.captions), beat.lasts_s]
    return [end_s - start_s for start_s, end_s in pairwise(moments_s)]


def stretched(beat: BeatScript, needs_s: Sequence[float]) -> BeatScript:
    """Give captions the time they need; what moves meanwhile moves as much slower.

    Parameters
    ----------
    beat
        A beat of the script.
    needs_s
        Seconds that each of its captions has to stand, in their order; a caption that stands
        longer already keeps its time.

    Returns
    -------
    The same beat if all have enough. Otherwise its seconds are carried by a map that is linear
    within each caption's span and before the first caption, and never runs backwards.

    Raises
    ------
    ValueError
        There are not as many needs as captions.
    """
    given_s = spans_s(beat)
    wanted_s = [max(pair) for pair in zip(given_s, needs_s, strict=True)]
    if wanted_s == given_s:
        return beat
    first_s = beat.captions[0].at_s
    before = np.array([0.0, first_s, *(first_s + np.cumsum(given_s))])
    after = np.array([0.0, first_s, *(first_s + np.cumsum(wanted_s))])

    def carried(moment_s: float) -> float:
        return round(float(np.interp(moment_s, before, after)), _DECIMALS)

    return replace(
        beat,
        lasts_s=carried(beat.lasts_s),
        captions=tuple(replace(each, at_s=carried(each.at_s)) for each in beat.captions),
        steps_s={
            name: (carried(start_s), carried(end_s))
            for name, (start_s, end_s) in beat.steps_s.items()
        },
    )


def paced(script: Script) -> Script:
    """Stretch every beat whose captions cannot be read in their time.

    Parameters
    ----------
    script
        With all words filled in.
    """
    beats = [
        stretched(beat, [reading_s(caption.text) for caption in beat.captions])
        for beat in script.beats
    ]
    return replace(script, beats=tuple(beats))
