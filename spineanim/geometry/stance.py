"""How a person stands: tall, hunched, or on the way from one to the other."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from spineanim.geometry.axes import Points2
from spineanim.geometry.figure import LIMBS_HUNCHED, LIMBS_STANDING, Figure
from spineanim.geometry.params import HUNCHED, STANDING, Alignment, limits_of
from spineanim.geometry.spine import Spine


def hunched_from(standing: Alignment) -> Alignment:
    """Hunched curves of a person whose standing curves are given.

    The change is that from ``STANDING`` to ``HUNCHED`` (anatomy notes 2.5), held within the
    range of each angle.

    Parameters
    ----------
    standing : Alignment
        Curves of the same person standing tall.
    """
    changed = {}
    for item in fields(Alignment):
        more = getattr(HUNCHED, item.name) - getattr(STANDING, item.name)
        limits = limits_of(Alignment, item.name)
        wanted = getattr(standing, item.name) + more
        changed[item.name] = float(np.clip(wanted, limits.low, limits.high))
    return replace(standing, **changed)


@dataclass(frozen=True)
class Stance:
    """One person between two postures, the feet planted.

    Parameters
    ----------
    standing : Alignment
        Curves when standing tall.
    stature_factor : float
        Scale of the skeleton; the figure is drawn for 1.06, 175 cm.
    """

    standing: Alignment
    stature_factor: float

    @property
    def hunched(self) -> Alignment:
        """Curves in a hunched stance."""
        return hunched_from(self.standing)

    def alignment(self, share: float) -> Alignment:
        """Curves at a share 0 (tall) to 1 (hunched) of the way."""
        return self.standing.between(self.hunched, share)

    def figure(self, share: float) -> Figure:
        """Return the whole figure at a share of the way."""
        limbs = LIMBS_STANDING.between(LIMBS_HUNCHED, share)
        return Figure(Spine(self.alignment(share), self.stature_factor), limbs)

    def planted(self, figure: Figure) -> Points2:
        """How far (2,) a figure is moved so that its ankle stands where it stands when tall."""
        moved: Points2 = self.figure(0.0).landmarks["ankle"] - figure.landmarks["ankle"]
        return moved
