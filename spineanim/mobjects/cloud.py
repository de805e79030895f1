"""Medicine in the fluid: a soft cloud about the catheter's tip that grows and drifts.

The wisps are baked once; a few layers of them turn, swell and shift a little, each at its own
slow pace, so the cloud never repeats itself visibly. All of it is a pure function of how far the
medicine has spread and of time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.stamp import put, stamp
from spineanim.picture.light import BALL_REACH, role_ball, wisps
from spineanim.picture.noise import lattice_value
from spineanim.picture.shape import Part

_LAYERS: Final = (
    # seed, size, seconds of one sway, start of its growth, opacity
    (3, 1.00, 17.0, 0.10, 0.90),
    (8, 0.74, 13.0, 0.05, 0.85),
    (14, 0.46, 9.0, 0.00, 0.95),
)
_SWAY_RAD: Final = 0.16
_LIFE_S: Final = 6.0
"""A drop wanders from the tip to the cloud's edge in so many seconds."""


class Cloud(Part):
    """A cloud of medicine.

    Parameters
    ----------
    tip
        Scene point it comes from.
    reach
        How far it spreads across and along, in scene units.
    theme
        Colours: role `medication`.
    along_rad
        Direction in which it spreads `reach[1]`; 90 degrees is up.
    within
        Outline of the fluid: nothing of the cloud is seen outside.
    drops
        How many drops wander in it.
    drop_radius
        Size of the largest, in scene units.

    Attributes
    ----------
    spread
        How far it has spread, 0 (nothing is seen) to 1.
    seconds
        Time of its drift.
    """

    def __init__(
        self,
        tip: ArrayLike,
        reach: tuple[float, float],
        theme: Theme,
        *,
        along_rad: float = np.pi / 2,
        within: VMobject | None = None,
        drops: int = 36,
        drop_radius: float = 0.03,
    ) -> None:
        super().__init__()
        self.tip = np.zeros(3)
        self.tip[: len(np.asarray(tip))] = np.asarray(tip, dtype=np.float64)
        self.reach, self.turn, self.drop_radius = reach, along_rad - np.pi / 2, drop_radius
        self.spread = self.seconds = 0.0
        tones = ("medication.base", "medication.base", "medication.glow")
        self._layers = [
            stamp(wisps(theme.color(tone), layer[0]))
            for tone, layer in zip(tones, _LAYERS, strict=True)
        ]
        first = stamp(role_ball(theme, "medication", heat=0.75))
        self._drops = [first, *(first.copy() for _ in range(drops - 1))] if drops else []
        places = np.arange(drops)
        self._chances = np.column_stack(
            [lattice_value((places, np.full(drops, axis)), 5) for axis in range(4)]
        ).astype(np.float64)
        self.add(*self._layers, *self._drops)
        if within is not None:
            self.clipped_to(within)
        self._draw()

    def spread_to(self, share: float) -> None:
        """Let it have spread a share, 0 to 1, of its reach."""
        self.spread = share
        self._draw()

    def drift_to(self, seconds: float) -> None:
        """Let its wisps and drops stand as they do at a time."""
        self.seconds = seconds
        self._draw()

    def _draw(self) -> None:
        self.opacity = float(self.spread > 0.0)
        for sprite, layer in zip(self._layers, _LAYERS, strict=True):
            self._lay(sprite, *layer[1:])
        for index, drop in enumerate(self._drops):
            self._wander(drop, index)

    def _place(self, across: float, along: float) -> NDArray[np.float64]:
        """Scene point of a place given in reaches."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        x, y = across * self.reach[0], along * self.reach[1]
        return np.asarray(self.tip + np.array([cos * x - sin * y, sin * x + cos * y, 0.0]))

    def _lay(
        self, sprite: VMobject, size: float, sway_s: float, start: float, opacity: float
    ) -> None:
        grown = _ease(min(max((self.spread - start) / (1.0 - start), 0.0), 1.0))
        angle = 2.0 * np.pi * self.seconds / sway_s
        swell = size * (0.12 + 0.88 * grown) * (1.0 + 0.05 * np.sin(angle))
        centre = self._place(0.05 * grown * np.sin(angle + 1.0), 0.05 * grown * np.cos(0.8 * angle))
        # a little medicine is dense; as it spreads it thins
        dense = min(4.0 * grown, 1.0) * (1.0 - 0.25 * grown) * opacity
        half = (self.reach[0] * swell, self.reach[1] * swell)
        turn = self.turn + _SWAY_RAD * np.sin(0.7 * angle)
        put(sprite, centre, half, turn_rad=turn, opacity=dense)  # type: ignore[arg-type]

    def _wander(self, drop: VMobject, index: int) -> None:
        chance = self._chances[index]
        life = (self.seconds / _LIFE_S + chance[0]) % 1.0
        heading, far = 2.0 * np.pi * chance[1], (0.25 + 0.65 * chance[2] ** 0.7) * self.spread
        bend = heading + 0.5 * np.sin(2.0 * np.pi * (life + chance[3]))
        out = far * (1.0 - (1.0 - life) ** 2)
        seen = float(np.sin(np.pi * life) ** 0.7) * min(2.0 * self.spread, 1.0)
        size = self.drop_radius * (0.45 + 0.55 * chance[3]) * (0.5 + 0.5 * seen)
        centre = self._place(out * float(np.cos(bend)), out * float(np.sin(bend)))
        put(drop, centre, size * BALL_REACH, opacity=seen)  # type: ignore[arg-type]


def _ease(share: float) -> float:
    return share * (2.0 - share)
