"""Moves of things that follow a path: a catheter is threaded, a passer pushed, medicine flows."""

from __future__ import annotations

from manim import linear, smooth

from spineanim.mobjects.course import Course
from spineanim.mobjects.drops import Drops
from spineanim.motion.move import Curve, Move


def thread(course: Course, start: float = 0.0, end: float = 1.0, *, ease: Curve = smooth) -> Move:
    """Let the front of a tube or rod advance along its path.

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


def draw_back(
    course: Course, start: float = 1.0, end: float = 0.0, *, ease: Curve = smooth
) -> Move:
    """Withdraw a tube or rod along its path; see `thread` for the parameters."""
    return thread(course, start, end, ease=ease)


def follow_through(course: Course, *, ease: Curve = smooth) -> Move:
    """Let the near end of a tube or rod run along the path until all has left at its front."""
    return Move(course, lambda share: course.reveal_between(share, 1.0), ease=ease)


def flow(drops: Drops, cycles: float, start_phase: float = 0.0) -> Move:
    """Let drops travel evenly.

    Parameters
    ----------
    drops
        What travels.
    cycles
        How many drops leave at the end of the path during the step.
    start_phase
        Phase at the start; give the last step's end to go on without a jump.
    """
    return Move(drops, lambda share: drops.at(start_phase + cycles * share), ease=linear)
