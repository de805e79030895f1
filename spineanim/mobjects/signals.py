"""Signals that run along a nerve: white-hot balls with a dark rim, a glow and a tapered tail.

They read without their hue: the rim, the white middle and the tail tell what moves, and where to.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import normals, part, resample
from spineanim.mobjects.course import TINY, Course
from spineanim.mobjects.stamp import put, stamp
from spineanim.picture.light import BALL_REACH, role_ball
from spineanim.picture.shape import Handle, Part, Shape, Sprite, path_points

_TAIL_POINTS: Final = 22
_TAIL_RADII: Final = 9.0
"""Length of a tail in radii of its ball."""
_GROWS: Final = 0.06
"""Share of the path over which a signal comes and, at the path's end, goes."""
_ROUND_END: Final = np.sqrt(
    1.0 - np.clip(np.linspace(0.0, 1.0, _TAIL_POINTS)[:, None] / 0.15 - 1 / 0.15 + 1, 0, 1) ** 2
)
"""A tail narrows again under its ball, so that nothing square sticks out beside it."""
_STEPS: Final = 48
"""Strengths are rounded to so many steps, too fine to be seen: patterns are kept by opacity."""


class Signals(Course):
    """Signals along a path, an even distance apart.

    Parameters
    ----------
    path
        Scene points (N, 3) or (N, 2), in the direction they run.
    theme
        Colours.
    radius
        Of a ball in scene units.
    spacing
        Distance of one from the next in scene units.
    barrier
        Share of the path's length at which they can be stopped; see `block`.
    fades
        Share of the path over which a stopped signal fades before the barrier.
    role
        Theme role with a glow.

    Attributes
    ----------
    blocked
        How much of a signal the barrier stops, 0 (all pass) to 1 (none).
    """

    def __init__(
        self,
        path: ArrayLike,
        theme: Theme,
        *,
        radius: float,
        spacing: float,
        barrier: float = 1.0,
        fades: float = 0.14,
        role: str = "pain",
    ) -> None:
        super().__init__(path)
        self.radius, self.barrier, self.fades = radius, barrier, fades
        self.phase = self.blocked = 0.0
        self.count = max(round(self.length / spacing), 1)
        first = _Comet(theme, role)
        self.comets = [first, *(first.copy() for _ in range(self.count - 1))]
        self.add(*self.comets)
        self._draw()

    def at(self, phase: float) -> None:
        """Put the signals where they are at a phase; each whole number looks the same."""
        self.phase = phase
        self._draw()

    def block(self, share: float) -> None:
        """Let the barrier stop a share, 0 to 1, of every signal."""
        self.blocked = share
        self._draw()

    def strength_at(self, share: float) -> float:
        """How strong a signal is, 0 to 1, at a share of the path's length."""
        start, end = self.shown
        comes = _rise((share - start) / _GROWS)
        goes = _rise((end - share) / _GROWS)
        stopped = 1.0 - _rise((self.barrier - share) / self.fades)
        return comes * goes * (1.0 - self.blocked * stopped)

    def _draw(self) -> None:
        start, end = self.shown
        path, length = self.path, max(self.length, TINY)
        for index, comet in enumerate(self.comets):
            share = start + (end - start) * ((index + self.phase % 1.0) / self.count)
            strength = round(self.strength_at(share) * _STEPS) / _STEPS
            if strength <= 0.0 or end <= start:
                comet.hide()
                continue
            behind = max(share - _TAIL_RADII * self.radius / length, start)
            tail = part(path, behind, max(share, behind + TINY))
            comet.lay(resample(tail, _TAIL_POINTS), self.radius, strength)


class _Comet(Part):
    """One signal."""

    def __init__(self, theme: Theme, role: str) -> None:
        base, light, line, glow = (
            theme.color(f"{role}.{tone}") for tone in ("base", "light", "line", "glow")
        )
        ends = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
        paints = (
            (1.9, ((0.0, glow, 0.0), (0.5, glow, 0.14), (1.0, glow, 0.36))),
            (1.22, ((0.0, line, 0.0), (0.35, line, 0.25), (1.0, line, 0.95))),
            (0.88, ((0.0, base, 0.0), (0.5, base, 0.85), (1.0, light, 1.0))),
        )
        self.tails = [
            (wide, Shape().with_gradient("linear", ends[0], ends[1], stops))
            for wide, stops in paints
        ]
        self.ball: Sprite = stamp(role_ball(theme, role))
        super().__init__(*(tail for _, tail in self.tails), self.ball)

    def hide(self) -> None:
        """Draw nothing."""
        self.opacity = 0.0

    def lay(self, line: NDArray[np.float64], radius: float, strength: float) -> None:
        """Lay the comet along a line (N, 3) that ends where its ball is."""
        self.opacity = 1.0
        flat = line[:, :2]
        aside = normals(flat)
        share = np.linspace(0.0, 1.0, len(flat))[:, None]
        taper = radius * (0.05 + 0.80 * share**1.25) * _ROUND_END
        for wide, tail in self.tails:
            out = aside * taper * wide
            tail.set_points(path_points(np.vstack([flat + out, (flat - out)[::-1]]), closed=True))
            tail.set_fill(opacity=strength, family=False)
            handle = tail.gradient_handle
            assert isinstance(handle, Handle)
            handle.set_points(path_points(line[[0, -1]], closed=False))
        swell = 0.55 + 0.45 * strength
        put(self.ball, line[-1], radius * BALL_REACH * swell, opacity=strength)


def _rise(share: float) -> float:
    """Soft rise from 0 to 1, level beyond."""
    within = min(max(share, 0.0), 1.0)
    return within * within * (3.0 - 2.0 * within)
