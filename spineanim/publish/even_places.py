"""Places of even colour in a drawn frame, to be compared with what a decoder makes of the film."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter

from spineanim.upload import Box, Patch

_CELL_PX: Final = 4
"""Places lie on this grid; around each is such a border of the same colour, and who measures leaves
as much of its edge, so that neither shared chroma nor the blur of a codec leaks in."""
_SIDES_PX: Final = (48, 32, 16)
_EVEN: Final = (1, 3, 6)
_WORTH_LESS: Final = np.array([0, 15, 40])
"""Greatest difference of levels within a place, and how much less its colour is then worth: what is
shaded has no flat colours, but a mean says nearly as much of a slope."""
_HUES: Final = 12
_GREY: Final = 12
"""Least difference between the channels of what has a hue."""
_FEWEST, _MOST = 4, 8
_LOST: Final = 1.0
"""So many levels are lost at most when the colour is rounded to bytes of BT.709."""
_TO_YUV: Final = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.114572, -0.385428, 0.5], [0.5, -0.454153, -0.045847]]
)
_SPANS: Final = np.array([219.0, 224.0, 224.0]) / 255.0


def even_places(pixels: NDArray[np.uint8], frame: int) -> list[Patch]:
    """Find the most colourful even place of each hue.

    Parameters
    ----------
    pixels
        The frame (H, W, 4) RGBA as it was drawn.
    frame
        Its number.
    """
    best: dict[int, tuple[float, Patch]] = {}
    lowest, highest = _cells(pixels)
    for side_px in _SIDES_PX:
        count = side_px // _CELL_PX + 2
        size, origin = (count, count, 1), (-(count // 2), -(count // 2), 0)
        if min(lowest.shape[:2]) < count:
            continue
        highs = maximum_filter(highest, size, origin=origin)
        lows = minimum_filter(lowest, size, origin=origin)
        # A filter that starts at a cell takes in those to its right and below.
        inside = (slice(0, lowest.shape[0] - count + 1), slice(0, lowest.shape[1] - count + 1))
        uneven = (highs - lows)[inside].max(axis=2)
        rows, columns = np.nonzero(uneven <= _EVEN[-1])
        colours = (highs[rows, columns] + lows[rows, columns]) / 2.0
        less = _WORTH_LESS[np.searchsorted(_EVEN, uneven[rows, columns])]
        for hue, at, worth in _one_a_hue(colours, less):
            left_px, top_px = (_CELL_PX * (int(each[at]) + 1) for each in (columns, rows))
            box = Box(left_px, top_px, side_px, side_px)
            patch = Patch(frame, box, _mean(pixels, box))
            if hue not in best or worth > best[hue][0] + _GREY:
                best[hue] = worth, patch
    return [patch for _, patch in best.values()]


def most_colourful(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Choose one place of each hue, the most colourful ones, in the order of the film.

    Where there are few hues, some have more than one, if they can of different colours.
    """
    known = sorted(patches, key=_chroma, reverse=True)
    best: dict[int, Patch] = {}
    for patch in known:
        best.setdefault(int(_hues(np.array([patch.rgb], dtype=float))[0]), patch)
    chosen = list(best.values())[:_MOST]
    others = [each for each in known if each not in chosen]
    while others and len(chosen) < _FEWEST:
        colours = {each.rgb for each in chosen}
        chosen.append(next((each for each in others if each.rgb not in colours), others[0]))
        others.remove(chosen[-1])
    return tuple(sorted(chosen, key=lambda each: (each.frame, each.box.top_px, each.box.left_px)))


def _chroma(patch: Patch) -> int:
    return max(patch.rgb) - min(patch.rgb)


def _cells(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Lowest and highest levels (h, w, 3) in each cell of the grid; a rest at the edge is left."""
    down, across = (each // _CELL_PX for each in pixels.shape[:2])
    whole = pixels[: down * _CELL_PX, : across * _CELL_PX, :3]
    cells = whole.reshape(down, _CELL_PX, across, _CELL_PX, 3)
    return cells.min(axis=(1, 3)).astype(np.int16), cells.max(axis=(1, 3)).astype(np.int16)


def _mean(pixels: NDArray[np.uint8], box: Box) -> tuple[int, int, int]:
    rows = slice(box.top_px, box.top_px + box.height_px)
    columns = slice(box.left_px, box.left_px + box.width_px)
    red, green, blue = pixels[rows, columns, :3].mean(axis=(0, 1)).round().astype(int).tolist()
    return red, green, blue


def _hues(colours: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which of the hues each colour (N, 3) is of; -1 for greys."""
    angles = np.arctan2(
        np.sqrt(3.0) * (colours[:, 1] - colours[:, 2]),
        2.0 * colours[:, 0] - colours[:, 1] - colours[:, 2],
    )
    hues = np.floor((angles / (2.0 * np.pi) % 1.0) * _HUES).astype(np.int64) % _HUES
    return np.where(np.ptp(colours, axis=1) < _GREY, -1, hues)


def _one_a_hue(
    colours: NDArray[np.float64], less: NDArray[np.int64]
) -> list[tuple[int, int, float]]:
    """Hues of colours (N, 3), the index of the best of each, and what it is worth.

    That is how colourful it is, less what its place takes from it (N,).
    """
    if not len(colours):
        return []
    kept = np.flatnonzero(_lost(colours) <= _LOST)
    hues, worth = _hues(colours[kept]), np.ptp(colours[kept], axis=1) - less[kept]
    order = np.lexsort((-worth, hues))  # stable: the first place of equal ones
    _, firsts = np.unique(hues[order], return_index=True)
    return [(int(hues[at]), int(kept[at]), float(worth[at])) for at in order[firsts]]


def _lost(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels (N,) that rounding to bytes of BT.709 takes from colours (N, 3)."""
    yuv = np.round(colours @ _TO_YUV.T * _SPANS) / _SPANS
    back = yuv @ np.linalg.inv(_TO_YUV).T
    return np.asarray(np.abs(back - colours).max(axis=1))
