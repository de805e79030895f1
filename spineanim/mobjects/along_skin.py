"""Places under the skin of the back, told by how far down the back and how deep."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2

Floats = NDArray[np.float64]


class AlongSkin:
    """Millimetres along the midline of the back's skin, towards the feet, and under it.

    Parameters
    ----------
    skin_yz
        Midline of the skin (N, 2), millimetres, cranial first.
    origin_yz
        Where counting starts: the nearest point of the skin to it.
    """

    def __init__(self, skin_yz: Points2, origin_yz: ArrayLike) -> None:
        self.skin = skin_yz
        self._outward = curves.normals(skin_yz)
        self._along = curves.distances(skin_yz)
        self._start = 0.0
        self._start = self.of(origin_yz)

    def of(self, point_yz: ArrayLike) -> float:
        """Millimetres down the back of the point of the skin nearest to a point (y, z)."""
        away = np.hypot(*(self.skin - np.asarray(point_yz, dtype=np.float64)).T)
        return float(self._along[int(away.argmin())]) - self._start

    def at(self, along_mm: ArrayLike, depth_mm: ArrayLike) -> Points2:
        """Points (N, 2) so far down the back and so deep; a negative depth lies over the skin."""
        along, depth = np.broadcast_arrays(
            np.atleast_1d(np.asarray(along_mm, dtype=np.float64)),
            np.asarray(depth_mm, dtype=np.float64),
        )
        where = along + self._start
        skin, outward = (
            np.column_stack([np.interp(where, self._along, column) for column in points.T])
            for points in (self.skin, self._outward)
        )
        placed: Points2 = skin - depth[:, None] * outward
        return placed
