"""Pictures of one thing in many states, shown one after the other without a jump."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.shape import Part, Sprite


class Row(Part):
    """Pictures between which the state of a thing is blended.

    Parameters
    ----------
    sprites
        In the order of the states.
    closed
        Whether the first follows the last again.
    filled
        Whether every picture covers the one below it wholly, or has an outline of its own.
    """

    def __init__(
        self, sprites: Sequence[Sprite], *, closed: bool = False, filled: bool = False
    ) -> None:
        self.frames = [Part(sprite, opacity=0.0) for sprite in sprites]
        self.closed, self.filled = closed, filled
        # the first again on top of the last: it can be blended over it
        again = [Part(sprites[0].copy(), opacity=0.0)] if closed else []
        super().__init__(*self.frames, *again)
        self._rest = [frame.submobjects[0].points.copy() for frame in self.shown_frames]
        self.at(0.0)

    @property
    def shown_frames(self) -> list[Part]:
        """All frames in the order they lie over one another."""
        return [each for each in self.submobjects if isinstance(each, Part)]

    def at(self, place: float) -> None:
        """Show the state at a place in the row, whole numbers being the pictures themselves."""
        frames = self.shown_frames
        count = len(self.frames)
        place = place % count if self.closed else float(np.clip(place, 0.0, count - 1))
        first = min(int(place), len(frames) - 2) if len(frames) > 1 else 0
        share = place - first
        for index, frame in enumerate(frames):
            comes, goes = share, 1.0
            if not self.filled:  # the later one comes, then the earlier goes: no hole between
                comes, goes = min(2.0 * share, 1.0), min(2.0 - 2.0 * share, 1.0)
            frame.opacity = goes if index == first else comes if index == first + 1 else 0.0

    def shift_frames(self, ways: Sequence[NDArray[np.float64]]) -> None:
        """Move each picture from where it was made, by a way (3,) of its own."""
        for frame, rest, way in zip(self.shown_frames, self._rest, ways, strict=False):
            frame.submobjects[0].set_points(rest + way)
