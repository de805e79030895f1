"""The base of all moves: a picture as a pure function of the time within a step.

Unlike Manim's own animations a move makes no copy of what it moves and never takes a part out of
its group, so the order of drawing stays as the scene was cast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from manim import Animation, Mobject, VMobject, smooth

from spineanim.motion.ease import Curve, within
from spineanim.picture.shape import Part


class Move(Animation):
    """Calls `at(share)` with the eased share of the step that has passed, 0 to 1.

    Parameters
    ----------
    part
        What changes; the camera redraws it and all that lies over it.
    at
        Puts the part into its state at that share. It may not depend on earlier calls.
    also
        Other parts that `at` changes.
    ease
        Share of time to share of the way.

    Attributes
    ----------
    is_seen
        Whether any frame of the step may be drawn; else only its end matters.
    """

    is_seen = True

    def __init__(
        self,
        part: Mobject,
        at: Callable[[float], None],
        *,
        also: Iterable[Mobject] = (),
        ease: Curve = smooth,
    ) -> None:
        # to silence updaters Manim walks through all that a part holds, twice a play
        super().__init__(part, rate_func=ease, run_time=1.0, suspend_mobject_updating=False)
        self.at = at
        self.changed = (part, *also)

    def create_starting_mobject(self) -> VMobject:
        """Nothing is copied; Manim asks for a mobject all the same."""
        return VMobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Set the state at a share of the step's time."""
        if self.is_seen or alpha >= 1.0:
            self.at(self.rate_func(alpha))


class Fade(Move):
    """Change a part's opacity from what it is when the step starts.

    Parameters
    ----------
    part
        What appears or vanishes.
    to
        Opacity at the end, 0 to 1.
    """

    def __init__(self, part: Part, to: float, *, ease: Curve = smooth) -> None:
        self.start = part.opacity
        self.part, self.to = part, to
        super().__init__(part, self._blend, ease=ease)

    def begin(self) -> None:
        """Remember the opacity the step starts from."""
        self.start = self.part.opacity
        super().begin()

    def _blend(self, share: float) -> None:
        self.part.opacity = self.start + (self.to - self.start) * share


def appear(part: Part) -> Fade:
    """Fade a part in."""
    return Fade(part, 1.0)


def vanish(part: Part, by: float = 1.0) -> Fade:
    """Fade a part out; it stays in its place, unseen.

    Parameters
    ----------
    part
        What vanishes.
    by
        Share of the step by which it is gone. What is fixed in the frame goes early: it would
        point at something else as soon as the camera moves.
    """
    return Fade(part, 0.0, ease=within(smooth, 0.0, by))
