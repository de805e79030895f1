"""Where a recording speaks and where it pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from spineanim.sound.samples import RATE_HZ, Samples

_WINDOW_S: Final = 0.01
_QUIET_DB: Final = 25.0
"""So far below the loud parts of a voice lie its pauses, even in a room that is not silent."""
_SILENT_DB: Final = -60.0
"""Of full scale: what is never louder has nothing in it."""
_SHORTEST_S: Final = 0.3
"""Sounds such as t and p are shorter gaps within a word."""
_BEFORE_S, _AFTER_S = 0.08, 0.25
"""Kept around what is heard, so that soft beginnings and ends are not lost."""
_NEAR_S: Final = 1.5
_NEAR_SHARE: Final = 0.4


@dataclass(frozen=True)
class Pause:
    """A gap between words, in seconds of the recording."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Cut:
    """Where one text of a recording ends and the next begins.

    Attributes
    ----------
    at_s
        Moment of the recording.
    clear
        Whether a pause is there, so that the recording may be taken apart.
    """

    at_s: float
    clear: bool


@dataclass(frozen=True)
class Heard:
    """What is heard in a recording.

    Attributes
    ----------
    start_s, end_s
        From shortly before the first sound until the last has died away.
    pauses
        Between them.
    """

    start_s: float
    end_s: float
    pauses: tuple[Pause, ...]

    def spoken_s(self, moment_s: float) -> float:
        """Seconds spoken up to a moment: what has passed, less the pauses."""
        silent_s = sum(
            min(max(moment_s - pause.start_s, 0.0), pause.end_s - pause.start_s)
            for pause in self.pauses
        )
        return moment_s - self.start_s - silent_s

    def cuts(self, shares: Sequence[float]) -> tuple[Cut, ...]:
        """Find where each of several texts, spoken one after the other, gives way to the next.

        Speaking time is shared out; where a pause lies near enough to a change, the change is at
        its end. Among several the nearest is taken, longer ones counting as nearer.

        Parameters
        ----------
        shares
            How much there is to speak in each text, in any unit.
        """
        edges_s = np.cumsum(shares) / np.sum(shares) * self.spoken_s(self.end_s)
        lengths_s = np.diff(edges_s, prepend=0.0)
        cuts: list[Cut] = []
        free = list(self.pauses)
        for edge_s, lasts_s in zip(edges_s, map(min, pairwise(lengths_s)), strict=False):
            off_s = {pause: abs(self.spoken_s(pause.end_s) - edge_s) for pause in free}
            reach_s = min(_NEAR_S, _NEAR_SHARE * lasts_s)
            near = [pause for pause in free if off_s[pause] <= reach_s]
            if near:
                best = min(near, key=lambda pause: off_s[pause] - (pause.end_s - pause.start_s))
                cuts.append(Cut(best.end_s, clear=True))
                free = free[free.index(best) + 1 :]
            else:
                cuts.append(Cut(self._moment_s(float(edge_s)), clear=False))
        return tuple(cuts)

    def _moment_s(self, spoken_s: float) -> float:
        """Moment by which so much has been spoken."""
        moment_s = self.start_s + spoken_s
        for pause in self.pauses:
            if pause.start_s < moment_s:
                moment_s += pause.end_s - pause.start_s
        return moment_s


def heard(samples: Samples) -> Heard | None:
    """Find out where a voice speaks; nothing if all is silent.

    Parameters
    ----------
    samples
        Of one channel.
    """
    window = round(_WINDOW_S * RATE_HZ)
    padded = np.pad(samples, (0, -len(samples) % window)).reshape(-1, window)
    power = np.mean(np.square(padded, dtype=np.float64), axis=1)
    level_db = 10.0 * np.log10(power + 1e-12)
    audible_db = level_db[level_db > _SILENT_DB]
    if not len(audible_db):
        return None
    quiet_db = max(float(np.quantile(audible_db, 0.9)) - _QUIET_DB, _SILENT_DB)
    sounds = np.flatnonzero(level_db > quiet_db)
    firsts_s, lasts_s = sounds * _WINDOW_S, (sounds + 1) * _WINDOW_S
    return Heard(
        max(float(firsts_s[0]) - _BEFORE_S, 0.0),
        min(float(lasts_s[-1]) + _AFTER_S, len(samples) / RATE_HZ),
        tuple(
            Pause(end_s + _AFTER_S / 2.0, start_s - _BEFORE_S)
            for end_s, start_s in zip(lasts_s[:-1].tolist(), firsts_s[1:].tolist(), strict=True)
            if start_s - end_s >= _SHORTEST_S
        ),
    )
