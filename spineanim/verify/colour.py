"""Colours as they are decoded, beside those that were drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from spineanim.upload import Box, Patch
from spineanim.verify.film_files import AGAIN, clock
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.frames import Picture

CLOSE: Final = 2.0
"""Levels of 255 that a channel may be off."""
FEWEST: Final = 3
"""Colours that can tell one matrix from another."""
_EDGE_PX: Final = 4
"""Chroma is shared and filtered across an edge, so what is near one is not measured."""


class ColourWatcher:
    """Measures the patches of even colour that the manifest names.

    Parameters
    ----------
    film, file
        Film and the rendition that is decoded.
    wide_px
        Width of the largest rendition, in whose pixels the places are given.
    """

    def __init__(self, film: PublishedFilm, file: Path, wide_px: int) -> None:
        self._name, self._wide_px = film.name_of(file), wide_px
        self._fps = film.facts.fps
        self._patches: dict[int, list[Patch]] = {}
        for patch in film.facts.patches:
            self._patches.setdefault(patch.frame, []).append(patch)
        self._findings: list[Finding] = []

    def see(self, picture: Picture) -> None:
        """Measure the patches of a picture."""
        for patch in self._patches.pop(picture.number, ()):
            box = scaled(patch.box, picture.width_px / self._wide_px, _EDGE_PX)
            found = picture.mean_rgb(box)
            if not np.all(np.abs(found - np.asarray(patch.rgb)) <= CLOSE):
                shown = ", ".join(f"{value:.1f}" for value in found)
                drawn = ", ".join(map(str, patch.rgb))
                at = clock(patch.frame / self._fps)
                what = f"shows ({shown}) at {at} where ({drawn}) was drawn"
                self._findings.append(Finding("colour", self._name, what, AGAIN))

    def findings(self) -> Iterator[Finding]:
        """Say which colours are not those that were drawn."""
        yield from self._findings
        for frame in self._patches:
            what = f"has no picture {frame}, in which a colour was to be measured"
            yield Finding("colour", self._name, what, AGAIN)


def scaled(box: Box, scale: float, inset_px: int = 0) -> Box:
    """Return a box in a picture that is `scale` times as large, less its edges.

    Of a small one, half of its sides are left.
    """
    left, width = _span(box.left_px * scale, box.width_px * scale, inset_px)
    top, height = _span(box.top_px * scale, box.height_px * scale, inset_px)
    return Box(left, top, width, height)


def _span(first: float, length: float, inset_px: int) -> tuple[int, int]:
    inset = min(float(inset_px), length / 4)
    low = round(first + inset)
    return low, max(round(first + length - inset) - low, 1)
