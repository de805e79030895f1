"""What keeps moving by itself, so that a hold is never dead: medicine, signals, a breathing glow.

Its state is a pure function of the film's time, so it neither jumps nor restarts at a new step,
and a frame drawn alone shows it as the played film does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from manim import Mobject, linear

from spineanim.motion.move import Move


class Alive:
    """A part with a life of its own.

    Parameters
    ----------
    part
        What changes.
    at_s
        Puts it into its state at so many seconds of the film.
    also
        Other parts that `at_s` changes.
    """

    def __init__(
        self, part: Mobject, at_s: Callable[[float], None], *, also: Iterable[Mobject] = ()
    ) -> None:
        self.part, self.at_s, self.also = part, at_s, tuple(also)

    def during(self, start_s: float, lasts_s: float) -> Move:
        """Return the move of one play that starts at a moment of the film."""
        return Move(
            self.part,
            lambda share: self.at_s(start_s + share * lasts_s),
            also=self.also,
            ease=linear,
        )
