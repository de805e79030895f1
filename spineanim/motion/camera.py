"""Moves of the camera: where it looks, and how near."""

from __future__ import annotations

import numpy as np
from manim import Mobject, smooth
from numpy.typing import NDArray

from spineanim.motion.move import Move
from spineanim.stage import FRAME_HEIGHT, FRAME_WIDTH, Shot


def aim(frame: Mobject, shot: Shot) -> None:
    """Point the camera at a shot at once."""
    frame.stretch_to_fit_width(FRAME_WIDTH / shot.zoom)
    frame.stretch_to_fit_height(FRAME_HEIGHT / shot.zoom)
    frame.move_to((*shot.centre, 0.0))


class LookAt(Move):
    """Travel to a shot; the size changes by equal shares in equal times.

    Parameters
    ----------
    frame
        The camera's frame.
    shot
        Where the travel ends.
    """

    def __init__(self, frame: Mobject, shot: Shot) -> None:
        self.frame, self.shot = frame, shot
        self.start = Shot()
        super().__init__(frame, self._travel, ease=smooth)

    def begin(self) -> None:
        """Remember where the travel starts."""
        x, y, _ = self.frame.get_center()
        self.start = Shot((float(x), float(y)), FRAME_HEIGHT / float(self.frame.height))
        super().begin()

    def _travel(self, share: float) -> None:
        zoom = self.start.zoom ** (1.0 - share) * self.shot.zoom**share
        # What is framed slides evenly on the screen only if the centre follows the frame's size.
        way = share
        if abs(self.shot.zoom - self.start.zoom) > 1e-9:
            way = (1.0 / self.start.zoom - 1.0 / zoom) / (
                1.0 / self.start.zoom - 1.0 / self.shot.zoom
            )
        start: NDArray[np.float64] = np.array(self.start.centre)
        centre = start + (np.array(self.shot.centre) - start) * way
        aim(self.frame, Shot((float(centre[0]), float(centre[1])), zoom))
