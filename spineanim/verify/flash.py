"""Flashes that may harm, and films that stand dead, looked for in every picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.verify.bt709 import bytes_of, rgb_of
from spineanim.verify.film_files import clock
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.flash_meter import MOST, FlashMeter
from spineanim.verify.frames import Picture

LONGEST_STILL_S: Final = 8.0
"""After so long without any motion people think that the film has stopped."""
_SEEN: Final = 8
"""Levels that the mean of some cell must change by, until when nothing moves: an edge by one pixel.
Coding the same picture again, or better, changes it by less."""
_FASTEST_FPS: Final = 120
_LEVELS: Final = np.arange(256) / 255.0
_LINEAR: Final = np.where(
    _LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4
).astype(np.float32)


class FlashWatcher:
    """Counts flashes.

    Cells of a 192nd of the film's longer side are looked at: a sixth of a degree where WCAG
    measures, near the tenth below which a fine pattern may flash, and a fiftieth of the field's
    height, so that areas are right to a percent.
    """

    def __init__(self, film: PublishedFilm, file: Path) -> None:
        self._name, self._fps = film.name_of(file), film.facts.fps
        if not 1 <= self._fps <= _FASTEST_FPS:
            raise ValueError(f"the manifest says {self._fps} pictures a second")
        self._meter: FlashMeter | None = None
        self._before: NDArray[np.uint8] | None = None

    def see(self, picture: Picture) -> None:
        """Count on."""
        small = picture.small
        if self._meter is None:
            self._meter = FlashMeter(self._fps, small.shape[:2])
        if self._before is not None and np.array_equal(small, self._before):
            self._meter.see_same()
            return
        self._before = small
        self._meter.see(_LINEAR[bytes_of(rgb_of(small))])

    def findings(self) -> Iterator[Finding]:
        """Tell the worst second of each kind."""
        for worst in self._meter.worst.values() if self._meter else ():
            if worst.flashes > MOST:
                kind = "" if worst.kind == "general" else "red "
                start_s = max(worst.end / self._fps - 1.0, 0.0)
                what = (
                    f"flashes {kind}{worst.flashes} times in the second from {clock(start_s)}, "
                    f"more than {MOST} (WCAG 2.3.1)"
                )
                yield Finding("flash", self._name, what, "let it change there more slowly or less")


class StillWatcher:
    """Finds stretches in which nothing moves."""

    def __init__(self, film: PublishedFilm, file: Path) -> None:
        self._name, self._fps = film.name_of(file), film.facts.fps
        self._since, self._end = 0, 0
        self._first: NDArray[np.int16] | None = None
        self._stretches: list[tuple[int, int]] = []

    def see(self, picture: Picture) -> None:
        """Compare a picture with the one since which nothing has moved."""
        small = picture.small.astype(np.int16)
        if self._first is None or np.abs(small - self._first).max() >= _SEEN:
            self._close(picture.number)
            self._first, self._since = small, picture.number
        self._end = picture.number + 1

    def _close(self, end: int) -> None:
        if end - self._since > LONGEST_STILL_S * self._fps:
            self._stretches.append((self._since, end))

    def findings(self) -> Iterator[Finding]:
        """Tell every stretch that is too long."""
        self._close(self._end)
        for start, end in self._stretches:
            lasts_s, at = (end - start) / self._fps, clock(start / self._fps)
            what = f"stands still for {lasts_s:.1f} s from {at}, more than {LONGEST_STILL_S:g} s"
            remedy = "let something move there, or shorten the beat"
            yield Finding("frozen", self._name, what, remedy, is_failure=False)
