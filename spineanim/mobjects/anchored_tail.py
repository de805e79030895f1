"""The catheter outside the canal: straight in the needle, then anchored, with a loop to spare."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry import curves
from spineanim.geometry.curves import ease
from spineanim.mobjects.along_skin import AlongSkin
from spineanim.mobjects.puncture_way import NeedleWay
from spineanim.mobjects.threaded import TAIL_MM

Floats = NDArray[np.float64]

ON_FASCIA_MM: Final = 1.4
"""Anchor and loop lie so high over the fascia [74, D]."""
ANCHOR_MM: Final = 6.5
"""The anchor's middle lies so far down the back from where the catheter leaves the muscle [D]."""
_LOOP_MM: Final = (15.0, 42.0)
"""Stretch of the way on which the loop is laid, millimetres from the anchor [D]."""
_LOOP_HALF_MM: Final = 12.0
"""Half its length: as the loop of the route (size M)."""
_LEAVES_MM: Final = 17.0
"""Length over which the free end rises out of the cut."""
_AWAY_DEG: Final = 50.0
_ROUND_MM: Final = 2.6
_STEP_MM: Final = 0.8


class AnchoredTail:
    """Where the catheter runs from its free end to the dura, as points of the median plane.

    Parameters
    ----------
    way
        The needle's way.
    along
        Places under the skin, counted from the anchor.
    leaves_mm
        Where the free end comes out of the cut, millimetres down the back.
    fascia_mm
        Depth of the fascia.
    """

    def __init__(
        self, way: NeedleWay, along: AlongSkin, leaves_mm: float, fascia_mm: float
    ) -> None:
        self.way, self.along = way, along
        self.floor_mm = fascia_mm - ON_FASCIA_MM
        self.starts_mm = way.layers_mm["fat"][1]
        self._far = np.arange(0.0, TAIL_MM + self.starts_mm, _STEP_MM)
        count = int((way.length_mm - self.starts_mm) / _STEP_MM) + 2
        self._inner = np.linspace(self.starts_mm, way.length_mm, count)
        self._straight = np.array([way.at(self.starts_mm - far) for far in self._far])
        self._lying = self._laid(leaves_mm)

    def path(self, laid: float, looped: float) -> Floats:
        """Points (N, 2), (y, z), from the free end to the dura.

        Parameters
        ----------
        laid
            How far the tail has sunk from the needle's line onto the fascia, 0 to 1.
        looped
            How far the loop is made, 0 to 1.
        """
        outer = self._straight + laid * (self._lying - self._straight) + looped * self._loop()
        inner = np.array([self.way.at(each) for each in self._inner])
        whole = np.vstack([outer[::-1], inner[1:]])
        return rounded(curves.resample(whole, 2 * len(whole)), laid * _ROUND_MM)

    def at_anchor(self) -> tuple[Floats, Floats]:
        """Middle of the anchor and the direction of the catheter in it, (2,) each."""
        ends = self.along.at(np.array([ANCHOR_MM - 3.0, ANCHOR_MM + 3.0]), self.floor_mm)
        run = ends[1] - ends[0]
        return ends.mean(axis=0), run / np.linalg.norm(run)

    def loop_top(self) -> Floats:
        """Point (2,) of the finished loop nearest to the skin."""
        path = self._lying + self._loop()
        near = (self._far > _LOOP_MM[0]) & (self._far < _LOOP_MM[1])
        middle = int(np.flatnonzero(near).mean())
        return np.asarray(path[middle])

    def _laid(self, leaves_mm: float) -> Floats:
        """Return the tail along the fascia, then out of the cut and away, (N, 2)."""
        rest = _LOOP_MM[1] - _LOOP_MM[0]
        # the stretch that the loop takes up is not there to go on
        gone = rest * 0.35 * ease(np.clip((self._far - _LOOP_MM[0]) / rest, 0.0, 1.0))
        down = self._far - gone
        rises = leaves_mm - _LEAVES_MM
        share = np.clip((down - rises) / _LEAVES_MM, 0.0, 1.0)
        over = np.maximum(down - leaves_mm, 0.0)
        depth = self.floor_mm * (1.0 - share**2) - over * np.tan(np.radians(_AWAY_DEG))
        sunk = self.floor_mm * np.clip(self._far / 5.0, 0.0, 1.0)
        start = self.along.at(0.0, self.floor_mm)[0]
        lying = self.along.at(down, np.minimum(depth, np.maximum(sunk, depth)))
        # it begins where the needle's line leaves the muscle
        blend = np.clip(1.0 - self._far / 7.0, 0.0, 1.0)[:, None] ** 2
        return np.asarray(lying + blend * (self._straight[0] - start))

    def _loop(self) -> Floats:
        """Return what the loop adds to the way, (N, 2): a turn that stands in the fat."""
        first, last = _LOOP_MM
        turn = 2.0 * np.pi * np.clip((self._far - first) / (last - first), 0.0, 1.0)
        high = (self.floor_mm - 3.2) * (1.0 - np.cos(turn)) / 2.0
        ends = self.along.at(np.array([first, last]), self.floor_mm)
        down = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
        out = np.array([-down[1], down[0]])
        return np.asarray(_LOOP_HALF_MM * np.sin(turn)[:, None] * down + high[:, None] * out)


def rounded(path: Floats, soft_mm: float) -> Floats:
    """Round the corners of an even path (N, D) over a length; its ends stay."""
    step = float(np.linalg.norm(path[1] - path[0]))
    sigma = max(soft_mm / max(step, 1e-6), 0.01)
    # mirrored at its ends, a straight end stays where it is
    ahead, back = 2.0 * path[0] - path[1:41][::-1], 2.0 * path[-1] - path[-41:-1][::-1]
    long = np.vstack([ahead, path, back])
    return np.asarray(gaussian_filter1d(long, sigma, axis=0)[40:-40])
