"""Moves of things that follow a path: a catheter is threaded, a passer pushed, medicine flows."""

from __future__ import annotations

from manim import linear

from spineanim.errors import SceneError
from spineanim.mobjects.course import Course
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.signals import Signals
from spineanim.motion.ease import Curve, cruise
from spineanim.motion.idle import Alive
from spineanim.motion.move import Move
from spineanim.stage import Stage

Stream = Drops | Signals
"""What follows one another along a path, an even distance apart."""
EVEN = cruise()
"""Ease of everything that has a true length."""


def thread(course: Course, start: float = 0.0, end: float = 1.0, *, ease: Curve = EVEN) -> Move:
    """Let the front of a tube or rod advance along its path, at an even speed between soft ends.

    Parameters
    ----------
    course
        What advances.
    start, end
        Shares of its length shown before and after.
    ease
        Share of time to share of the way.
    """
    return Move(course, lambda share: course.reveal(start + (end - start) * share), ease=ease)


def draw_back(course: Course, start: float = 1.0, end: float = 0.0, *, ease: Curve = EVEN) -> Move:
    """Withdraw a tube or rod along its path; see `thread` for the parameters."""
    return thread(course, start, end, ease=ease)


def follow_through(course: Course, *, ease: Curve = EVEN) -> Move:
    """Let the near end of a tube or rod run along the path until all has left at its front."""
    return Move(course, lambda share: course.reveal_between(share, 1.0), ease=ease)


def travel_time_s(length_mm: float, speed_mm_s: float, ramp_s: float = 0.4) -> float:
    """Seconds that a length takes at a speed, with a soft start and a soft stop.

    Parameters
    ----------
    length_mm, speed_mm_s
        Way, and speed between the soft ends.
    ramp_s
        How long each of them takes; a short way is all start and stop.
    """
    return max(length_mm / speed_mm_s + ramp_s, 2.0 * ramp_s)


class _Paced(Move):
    """A course advances at a given speed, whatever the length of the step."""

    def __init__(self, course: Course, speed_mm_s: float, stage: Stage, ramp_s: float) -> None:
        self.course, self.ramp_s = course, ramp_s
        length_mm = course.length / stage.units_per_mm
        self.needs_s = travel_time_s(length_mm, speed_mm_s, ramp_s)
        super().__init__(course, course.reveal, ease=self._way)

    def begin(self) -> None:
        """Check that the step is long enough.

        Raises
        ------
        SceneError
            It is not.
        """
        # steps are a hair shorter than whole frames
        if self.run_time < self.needs_s - 0.05:
            raise SceneError(
                f"at its speed the path takes {self.needs_s:.1f} s, its step lasts "
                f"{self.run_time:.1f} s",
                "make the step longer or the speed greater",
            )
        super().begin()

    def _way(self, alpha: float) -> float:
        passed = min(alpha * self.run_time / min(self.needs_s, self.run_time), 1.0)
        return cruise(min(self.ramp_s / self.needs_s, 0.5))(passed)


def thread_at(course: Course, speed_mm_s: float, stage: Stage, *, ramp_s: float = 0.4) -> Move:
    """Let a tube or rod advance at a speed; it then waits until the step ends.

    Parameters
    ----------
    course
        What advances.
    speed_mm_s
        Patient millimetres a second, measured along the drawn path.
    stage
        Gives the scale.
    ramp_s
        Seconds of the soft start, and of the soft stop.
    """
    return _Paced(course, speed_mm_s, stage, ramp_s)


def flow(stream: Stream, cycles: float, start_phase: float = 0.0) -> Move:
    """Let drops or signals travel evenly during a step.

    Parameters
    ----------
    stream
        What travels.
    cycles
        How many leave at the end of the path during the step.
    start_phase
        Phase at the start; give the last step's end to go on without a jump.
    """
    return Move(stream, lambda share: stream.at(start_phase + cycles * share), ease=linear)


def flowing(stream: Stream, per_s: float) -> Alive:
    """Let drops or signals travel on their own, through steps and holds alike.

    Parameters
    ----------
    stream
        What travels.
    per_s
        How many leave at the end of the path a second.
    """
    return Alive(stream, lambda seconds: stream.at(per_s * seconds))
