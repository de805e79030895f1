"""Moves of the camera: where it looks, and how near."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from manim import smooth
from numpy.typing import NDArray

from spineanim.motion.ease import Curve, cruise, within
from spineanim.motion.idle import Alive
from spineanim.motion.move import Move
from spineanim.picture.camera_frame import CameraFrame
from spineanim.stage import WHOLE, Format, Shot

_DRIFT_RAMP = 0.2


def aim(frame: CameraFrame, shot: Shot) -> None:
    """Point the camera at a shot at once; where it looked before leaves no trace, not by a bit."""
    frame.set_points(_whole(frame.fmt) / shot.zoom + np.array([*shot.centre, 0.0]))


@lru_cache(maxsize=8)
def _whole(fmt: Format) -> NDArray[np.float64]:
    """Points (16, 3) of a frame that shows all of the stage."""
    return np.asarray(CameraFrame(fmt).points)


def shot_of(frame: CameraFrame) -> Shot:
    """Return what the camera frames now."""
    x, y, _ = frame.get_center()
    return Shot((float(x), float(y)), frame.fmt.height / float(frame.height))


def on_the_way(start: Shot, end: Shot, share: float) -> Shot:
    """Shot on the way from one to another; the size changes by equal shares in equal times.

    What is framed slides evenly on the screen only if the centre follows the frame's size: then
    the one point that both shots show at the same place stays there.
    """
    zoom = start.zoom ** (1.0 - share) * end.zoom**share
    way = share
    if abs(end.zoom - start.zoom) > 1e-9:
        way = (1.0 / start.zoom - 1.0 / zoom) / (1.0 / start.zoom - 1.0 / end.zoom)
    here: NDArray[np.float64] = np.array(start.centre)
    centre = here + (np.array(end.centre) - here) * way
    return Shot((float(centre[0]), float(centre[1])), zoom)


def nearer(shot: Shot, about: NDArray[np.float64], times: float) -> Shot:
    """Shot so many times nearer; a scene point stays where it is in the frame."""
    point = np.asarray(about, dtype=np.float64)[:2]
    centre = point + (np.array(shot.centre) - point) / times
    return Shot((float(centre[0]), float(centre[1])), shot.zoom * times)


class LookAt(Move):
    """Travel to a shot; the size changes by equal shares in equal times.

    Parameters
    ----------
    frame
        The camera's frame.
    shot
        Where the travel ends.
    ease
        Share of time to share of the way.
    """

    def __init__(self, frame: CameraFrame, shot: Shot, *, ease: Curve = smooth) -> None:
        self.frame, self.shot = frame, shot
        self.start = Shot()
        super().__init__(frame, self._travel, ease=ease)

    def begin(self) -> None:
        """Remember where the travel starts."""
        self.start = shot_of(self.frame)
        super().begin()

    def _travel(self, share: float) -> None:
        aim(self.frame, on_the_way(self.start, self.shot, share))


class PushIn(LookAt):
    """Travel to a shot, and go on creeping nearer to its subject: the picture never stands dead.

    Parameters
    ----------
    frame
        The camera's frame.
    shot
        Where the travel proper ends.
    subject
        Scene point that the camera creeps towards; the middle of the shot when omitted.
    arrives
        Share of the step at which the travel proper is over, 0 for a mere creep.
    creep
        How much nearer the camera comes during the step besides.
    """

    def __init__(
        self,
        frame: CameraFrame,
        shot: Shot,
        *,
        subject: NDArray[np.float64] | None = None,
        arrives: float = 0.55,
        creep: float = 1.04,
    ) -> None:
        self.subject = np.array(shot.centre) if subject is None else np.asarray(subject)
        self._main = within(smooth, 0.0, arrives) if arrives > 0.0 else None
        self._creep, self.times = cruise(_DRIFT_RAMP), creep
        super().__init__(frame, shot, ease=lambda alpha: alpha)

    def _travel(self, share: float) -> None:
        way = 1.0 if self._main is None else self._main(share)
        reached = on_the_way(self.start, self.shot, way)
        aim(self.frame, nearer(reached, self.subject, self.times ** self._creep(share)))


def creeping(frame: CameraFrame, times_a_s: float = 1.02, shot: Shot = WHOLE) -> Alive:
    """Let the camera creep nearer from a shot, for as long as the view lasts.

    Parameters
    ----------
    frame
        The camera's frame.
    times_a_s
        How much nearer it comes in a second.
    shot
        Where it starts, the whole stage when omitted.
    """
    return Alive(frame, lambda film_s: aim(frame, Shot(shot.centre, shot.zoom * times_a_s**film_s)))


class Drift(Move):
    """Creep nearer to a subject from wherever the camera looks, slowly and evenly.

    Parameters
    ----------
    frame
        The camera's frame.
    subject
        Scene point that stays where it is in the frame; its middle when omitted.
    times
        How much nearer the camera comes; below 1 it draws back.
    """

    def __init__(
        self, frame: CameraFrame, subject: NDArray[np.float64] | None = None, times: float = 1.04
    ) -> None:
        self.frame, self.subject, self.times = frame, subject, times
        self.start = Shot()
        super().__init__(frame, self._creep, ease=cruise(_DRIFT_RAMP))

    def begin(self) -> None:
        """Remember where the drift starts."""
        self.start = shot_of(self.frame)
        super().begin()

    def _creep(self, share: float) -> None:
        about = np.array(self.start.centre) if self.subject is None else self.subject
        aim(self.frame, nearer(self.start, about, self.times**share))
