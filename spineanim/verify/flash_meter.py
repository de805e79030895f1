"""Flashes in moving pictures, counted as WCAG 2.3.1 defines them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

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
_SWELL_S: Final = 0.125
"""Half a flash of four a second lasts so long; cells that change within it change together."""
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


class Changes:
    """Counts how often fields change, up and down in turn, in the second that ends now.

    Both ends count: what happens at 0 s and at 1 s happens within one second, so a light of more
    than three flashes a second is told from one of three at any phase.

    Parameters
    ----------
    fps
        Pictures a second.
    shape
        Rows and columns of fields.
    """

    def __init__(self, fps: int, shape: tuple[int, int]) -> None:
        self._kept = np.zeros((fps + 1, *shape), np.bool_)
        self._at, self._counts = 0, np.zeros(shape, np.uint8)
        self._last = np.zeros(shape, np.int8)

    def __call__(self, up: Bools, down: Bools) -> int:
        """Take which fields change up and down now; return the most changes of any field."""
        up, down = up & (self._last <= 0), down & (self._last >= 0)
        self._last[down], self._last[up] = -1, 1
        slot = self._next()
        np.logical_or(up, down, out=slot)
        self._counts += slot
        return int(self._counts.max())

    def none(self) -> None:
        """Take that nothing changes now."""
        self._next()[...] = False

    def _next(self) -> Bools:
        slot: Bools = self._kept[self._at % len(self._kept)]
        if self._at >= len(self._kept):
            self._counts -= slot
        self._at += 1
        return slot


@dataclass(frozen=True)
class Worst:
    """The second with the most flashes: how many, of which kind, and the frame it ends with."""

    flashes: int
    kind: str
    end: int


class FlashMeter:
    """Counts flashes of luminance and of saturated red.

    A field changes when more than a quarter of it does. That is looked for in two ways, and the
    worse one holds: cells that change in the same picture, whichever do; and cells that change
    within an eighth of a second, so many more up than down or down than up, as light that swells
    reaches one cell sooner than another. A moving picture changes many cells too, but each at its
    own time, and as many up as down.

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
            kind: _Kind(Swings(step), shape, Changes(fps, fields), Changes(fps, fields))
            # Red has to change by more than its step, luminance by as much; rounding is forgiven.
            for kind, step in (("general", GENERAL_STEP - _NOISE), ("red", RED_STEP + _NOISE))
        }
        self.worst: dict[str, Worst] = {}
        self._frame, self._while = 0, max(round(fps * _SWELL_S), 1)

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
        for kind in self._kinds.values():
            kind.at_once.none()
            kind.swelling.none()
        self._frame += 1

    def _count(self, name: str, values: Floats, flags: Bools) -> None:
        kind = self._kinds[name]
        rose, fell = kind.swings(values, flags)
        kind.way[rose], kind.way[fell] = 1, -1
        kind.turned[rose | fell] = self._frame
        if not (rose.any() or fell.any()):
            kind.at_once.none()
            kind.swelling.none()
            return
        up, down = (self._sums(each) > self._quarter for each in (rose, fell))
        more = self._sums(np.where(self._frame - kind.turned < self._while, kind.way, 0))
        most = max(
            kind.at_once(up, down),
            kind.swelling(more > self._quarter, more < -self._quarter),
        )
        flashes = most // 2
        if name not in self.worst or flashes > self.worst[name].flashes:
            self.worst[name] = Worst(flashes, name, self._frame)

    def _sums(self, cells: NDArray[Any]) -> NDArray[np.int32]:
        """Add up the cells of every field; fields go by their upper left cell."""
        high, wide = self._field
        sums = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), np.int32)
        sums[1:, 1:] = cells.cumsum(axis=0, dtype=np.int32).cumsum(axis=1)
        columns = sums[:, wide:] - sums[:, :-wide]
        return np.asarray(columns[high:] - columns[:-high])


class _Kind:
    """Where cells have turned, and how often fields have changed, of one kind of flash."""

    def __init__(
        self, swings: Swings, shape: tuple[int, int], at_once: Changes, swelling: Changes
    ) -> None:
        self.swings, self.at_once, self.swelling = swings, at_once, swelling
        self.way = np.zeros(shape, np.int8)
        self.turned = np.full(shape, -(10**6), np.int32)
