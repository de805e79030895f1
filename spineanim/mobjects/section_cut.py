"""What all parts of a cut share: the body, where it stands, which levels are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.stage import Stage

SACRUM = "sacrum"
"""Names the lower end of a cut that shows the sacrum and the tailbone."""

_CLOSE_UP_PX_PER_MM = 3.2
"""From this scale on, grain, fibres and lamellae can be seen."""


@dataclass(frozen=True)
class SagittalCut:
    """A mid-sagittal cut through one body.

    Attributes
    ----------
    spine, canal
        The body's bones and what lies in their canal.
    theme
        Colours.
    stage
        Where the body stands; a lateral view.
    pixels_per_unit
        Resolution of what is baked.
    top, bottom
        Highest and lowest level that is drawn; the lowest may be `SACRUM`.
    """

    spine: Spine
    canal: Canal
    theme: Theme
    stage: Stage
    pixels_per_unit: float
    top: str
    bottom: str

    def place(self, points_yz: Points2) -> NDArray[np.float64]:
        """Scene points (N, 3) of points (N, 2) of the midline, millimetres (y, z)."""
        points = np.atleast_2d(np.asarray(points_yz, dtype=np.float64))
        return self.stage(np.column_stack([np.zeros(len(points)), points]))

    @property
    def px_per_mm(self) -> float:
        """Composed pixels that a millimetre covers: how much detail can be seen."""
        return self.stage.composed_px_per_mm

    @property
    def close_up(self) -> bool:
        """Whether the scale is large enough for grain, fibres and lamellae."""
        return self.px_per_mm >= _CLOSE_UP_PX_PER_MM

    def px_of(self, millimetres: float, least: float = 0.0, most: float = 1e9) -> float:
        """Pixels at 1080 lines of a length, kept between two limits."""
        return float(np.clip(millimetres * self.px_per_mm, least, most))

    @property
    def contour_px(self) -> float:
        """Width of the line round bones."""
        return self.px_of(0.34, 1.0, 2.0)

    @property
    def has_sacrum(self) -> bool:
        """Whether sacrum and tailbone are drawn."""
        return self.bottom == SACRUM

    @property
    def levels(self) -> tuple[str, ...]:
        """Movable levels that are drawn, cranial to caudal."""
        last = "L5" if self.has_sacrum else self.bottom
        return LEVELS[LEVELS.index(self.top) : LEVELS.index(last) + 1]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Names of the gaps between drawn levels, and of the one below the last."""
        ends = (*self.levels[1:], LEVELS[LEVELS.index(self.levels[-1]) + 1])
        return tuple(f"{a}_{b}" for a, b in zip(self.levels, ends, strict=True))

    @property
    def stations(self) -> tuple[float, float]:
        """Where the drawn stretch of the canal starts and ends."""
        end = 27.0 if self.has_sacrum else station(self.levels[-1]) + 0.55
        return station(self.top) - 0.55, end
