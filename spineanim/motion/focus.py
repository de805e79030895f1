"""Moves that lead the eye: one part stands out, a light breathes, medicine spreads."""

from __future__ import annotations

from manim import linear, smooth

from spineanim.errors import SceneError
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.halo import MOST_PER_S, Halo
from spineanim.mobjects.signals import Signals
from spineanim.mobjects.spotlight import Spotlight
from spineanim.motion.ease import Curve, breath
from spineanim.motion.idle import Alive
from spineanim.motion.move import Move

_BREATHS_PER_S = 0.4


def highlight(light: Spotlight, *, ease: Curve = smooth) -> Move:
    """Let one part stand out: the rest pales, and a light comes round the part."""
    return Move(light, light.at, ease=ease)


def release(light: Spotlight, *, ease: Curve = smooth) -> Move:
    """End a `highlight`."""
    return Move(light, lambda share: light.at(1.0 - share), ease=ease)


class _Pulse(Move):
    """A halo comes, breathes, and goes."""

    def __init__(self, halo: Halo, breaths: int) -> None:
        self.halo, self.breaths = halo, breaths
        super().__init__(halo, self._shine, ease=linear)

    def begin(self) -> None:
        """Check that it stays calm.

        Raises
        ------
        SceneError
            It would breathe faster than once a second.
        """
        if self.breaths > MOST_PER_S * self.run_time + 0.01:
            raise SceneError(
                f"{self.breaths} breaths in {self.run_time:.1f} s are faster than one a second",
                "make the step longer or let it breathe less often",
            )
        super().begin()

    def _shine(self, share: float) -> None:
        rise = min(share, 1.0 - share) * self.breaths * 2.0
        self.halo.opacity = smooth(min(rise, 1.0))
        self.halo.breathe(breath(share * self.breaths, 1.0))


def pulse(halo: Halo, breaths: int = 1) -> Move:
    """Let a halo come, breathe a few times, and go; never faster than once a second."""
    return _Pulse(halo, breaths)


def breathing(halo: Halo, per_s: float = _BREATHS_PER_S) -> Alive:
    """Let a halo that is shown breathe on its own, at most once a second.

    Raises
    ------
    ValueError
        It would breathe faster.
    """
    if per_s > MOST_PER_S:
        raise ValueError(f"{per_s:g} breaths a second are more than {MOST_PER_S:g}")
    return Alive(halo, lambda seconds: halo.breathe(breath(seconds, per_s)))


def spread(cloud: Cloud, start: float = 0.0, end: float = 1.0, *, ease: Curve = smooth) -> Move:
    """Let a cloud of medicine grow from one share of its reach to another."""
    return Move(cloud, lambda share: cloud.spread_to(start + (end - start) * share), ease=ease)


def drifting(cloud: Cloud) -> Alive:
    """Let the wisps and drops of a cloud wander on their own."""
    return Alive(cloud, cloud.drift_to)


def block(signals: Signals, start: float = 0.0, end: float = 1.0, *, ease: Curve = smooth) -> Move:
    """Let the barrier of a nerve stop a growing share of every signal."""
    return Move(signals, lambda share: signals.block(start + (end - start) * share), ease=ease)
