"""Flashes in moving pictures, counted as WCAG 2.3.1 defines them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

MOST: Final = 3
"""Flashes in any second that do no harm."""
AREA: Final = 0.25
"""Share of a field of 10 degrees that may flash as it will."""
FIELD_PX: Final = (256, 341)
"""Height and width of that field where a page is seen at 768 x 1024."""
SCREEN_PX: Final = (768, 1024)
GENERAL_STEP: Final = 0.1
"""Change of relative luminance that counts, where the darker is below `DARK`."""
DARK: Final = 0.8
RED_STEP: Final = 20.0
"""Change of (R - G - B) x 320 that counts, where one of the two is a saturated red."""
RED_SHARE: Final = 0.8
_NOISE: Final = 1e-4


class Swings:
    """Finds where a quantity turns, in every cell of a picture by itself.

    A change counts once it is as large as `step` from the last extreme on, and one of its two ends
    is flagged. Changes that count alternate: up, down, up.

    Parameters
    ----------
    step
        Least change that counts.
    """

    def __init__(self, step: float) -> None:
        self._step = step
        self._high: Floats | None = None

    def __call__(self, values: Floats, flags: Bools) -> tuple[Bools, Bools]:
        """Take the cells (H, W) of the next picture; return which rose and which fell."""
        if self._high is None:
            self._high, self._low = values.copy(), values.copy()
            self._high_flag, self._low_flag = flags.copy(), flags.copy()
            self._last = np.zeros(values.shape, np.int8)
        rose = (values - self._low >= self._step) & (flags | self._low_flag) & (self._last <= 0)
        fell = (self._high - values >= self._step) & (flags | self._high_flag) & (self._last >= 0)
        turned = rose | fell
        higher = (values > self._high) | turned
        lower = (values < self._low) | turned
        np.copyto(self._high, values, where=higher)
        np.copyto(self._high_flag, flags, where=higher)
        np.copyto(self._low, values, where=lower)
        np.copyto(self._low_flag, flags, where=lower)
        self._last[rose], self._last[fell] = 1, -1
        return rose, fell


class Lately:
    """Counts, for every cell, how often something was so in the second that ends now.

    Both ends count: what happens at 0 s and at 1 s happens within one second, so a light of more
    than three flashes a second is told from one of three at any phase.
    """

    def __init__(self, fps: int, shape: tuple[int, ...]) -> None:
        self._kept = np.zeros((fps + 1, *shape), np.bool_)
        self._at, self.counts = 0, np.zeros(shape, np.uint8)

    def __call__(self, happened: Bools | None) -> NDArray[np.uint8]:
        """Take the next moment, None where nothing happened; return the counts (H, W)."""
        slot = self._kept[self._at % len(self._kept)]
        if self._at >= len(self._kept):
            self.counts -= slot
        slot[...] = False if happened is None else happened
        self.counts += slot
        self._at += 1
        return self.counts


@dataclass(frozen=True)
class Worst:
    """The second with the most flashes: how many, of which kind, and the frame it ends with."""

    flashes: int
    kind: str
    end: int


class FlashMeter:
    """Counts flashes of luminance and of saturated red.

    Two things are counted, and the worse one holds. Cells: how much of a field is of cells that
    each flash more than three times. Fields: how often more than a quarter of a field changes at
    once, whichever cells do, since one place may flash after another.

    Parameters
    ----------
    fps
        Pictures a second.
    shape
        Rows and columns of cells.
    """

    def __init__(self, fps: int, shape: tuple[int, int]) -> None:
        height, width = shape
        # A film as large as it can be shown on that screen.
        scale = min(SCREEN_PX[0] / height, SCREEN_PX[1] / width)
        self._field = tuple(
            min(max(round(px / scale), 1), cells) for px, cells in zip(FIELD_PX, shape, strict=True)
        )
        self._quarter = AREA * (FIELD_PX[0] / scale) * (FIELD_PX[1] / scale)
        fields = (height - self._field[0] + 1, width - self._field[1] + 1)
        self._kinds = {
            kind: (Swings(step), Lately(fps, shape), Lately(fps, fields), np.zeros(fields, np.int8))
            # Red has to change by more than its step, luminance by as much; rounding is forgiven.
            for kind, step in (("general", GENERAL_STEP - _NOISE), ("red", RED_STEP + _NOISE))
        }
        self.worst: dict[str, Worst] = {}
        self._frame = 0

    def see(self, linear: Floats) -> None:
        """Take the next picture, cells (H, W, 3) of linear light, 0 to 1."""
        red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        redness = np.maximum((red - green - blue) * 320.0, 0.0)
        saturated = (red > 0) & (red >= RED_SHARE * (red + green + blue))
        self._count("general", luminance, luminance < DARK)
        self._count("red", redness, saturated)
        self._frame += 1

    def see_same(self) -> None:
        """Take a picture that is the one before once more."""
        for _, cells, fields, _ in self._kinds.values():
            cells(None)
            fields(None)
        self._frame += 1

    def _count(self, kind: str, values: Floats, flags: Bools) -> None:
        swings, cells, fields, last = self._kinds[kind]
        rose, fell = swings(values, flags)
        turned = rose | fell
        counts = cells(turned)
        if not turned.any():
            fields(None)
            return
        up, down = (self._covered(each) & (last != way) for each, way in ((rose, 1), (fell, -1)))
        last[up], last[down] = 1, -1
        most = int(fields(up | down).max())
        enough = 2 * (MOST + 1)
        for count in range(max(most + 1, enough), int(counts.max()) + 1):
            if not self._covered(counts >= count).any():
                break
            most = count
        flashes = most // 2
        if kind not in self.worst or flashes > self.worst[kind].flashes:
            self.worst[kind] = Worst(flashes, kind, self._frame)

    def _covered(self, cells: Bools) -> Bools:
        """Which fields (by their upper left cell) are of such cells by more than a quarter."""
        high, wide = self._field
        if np.count_nonzero(cells) <= self._quarter:
            return np.zeros((cells.shape[0] - high + 1, cells.shape[1] - wide + 1), np.bool_)
        sums = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), np.int32)
        sums[1:, 1:] = cells.cumsum(axis=0, dtype=np.int32).cumsum(axis=1)
        columns = sums[:, wide:] - sums[:, :-wide]
        areas = columns[high:] - columns[:-high]
        return np.asarray(areas > self._quarter)
