"""The abdominal wall in section, and the pocket that opens in it for the pump.

Section axes: first coordinate along the skin (mm from the middle of the pocket),
second coordinate outwards, 0 on the undisturbed skin. The pocket is a slit on the
muscle fascia that opens to the thickness of the pump; part of the room is won by
lifting the skin, part by pressing the soft wall inwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import Points2
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, Procedure, PumpSize

SKIN_MM: Final = 2.5
"""Skin of the belly, 2-3 mm [M]."""

FASCIA_MM: Final = 1.2
"""Fascia on the external oblique and in front of the rectus [M]."""

DEEP_LAYERS_MM: Final = (
    ("external_oblique", 6.5),
    ("internal_oblique", 8.0),
    ("transversus", 4.5),
    ("peritoneum", 1.5),
)
"""Layers under the fascia, outside in, with thickness in mm [M]."""

LIFTED_SHARE: Final = 0.62
"""Share of the pocket's thickness that lifts the skin; the rest presses inwards: fat and skin
are loose, the wall under them is held taut by its muscles [D]."""

_MUSCLE_TAKES: Final = 0.75
"""Share of the give that the three muscles take up, so that the inside hardly moves [D]."""


def give_shares() -> NDArray[np.float64]:
    """Shares of the press with which the floor, each deep layer's top and the inside move, (6,)."""
    thick = np.array([thickness for _, thickness in DEEP_LAYERS_MM])
    muscle = thick[:-1].sum()
    tops = np.concatenate([[0.0], np.cumsum(thick)])
    deep = 1.0 - _MUSCLE_TAKES * np.minimum(tops / muscle, 1.0)
    return np.concatenate([[1.0], deep])


# The floor of the pocket follows the case to near its edge; the skin rises more gently, D
_FLOOR_FULL: Final = 0.88
_FLOOR_REACH: Final = 1.40

# Depth of the muscle fascia under the skin round the trunk: belly, flank, back. The
# belly has skin plus fat of the pocket depth [72, 84]; the back skin and the least of its
# 10-30 mm of fat [53], so that the ligament over the spinous tips lies under the fascia M
_FASCIA_AZIMUTH_DEG: Final = (0.0, 55.0, 95.0, 130.0, 180.0)
_FASCIA_DEPTH_MM: Final = (20.0, 20.0, 16.0, 14.0, 12.5)


def fascia_depth_mm(azimuth_deg: float) -> float:
    """Depth of the muscle fascia under the skin at an azimuth round the trunk (mm)."""
    turn = abs((azimuth_deg + 180.0) % 360.0 - 180.0)
    return float(np.interp(turn, _FASCIA_AZIMUTH_DEG, _FASCIA_DEPTH_MM))


def swell(
    distance_mm: ArrayLike, radius_mm: float, reach: float = 1.45, full: float = 0.70
) -> NDArray[np.float64]:
    """Smooth rise of a layer over the pump: 1 up to `full` radii, 0 beyond `reach` radii."""
    start, stop = full * radius_mm, reach * radius_mm
    share = np.clip((stop - np.asarray(distance_mm, dtype=np.float64)) / (stop - start), 0.0, 1.0)
    risen: NDArray[np.float64] = share**3 * (share * (6 * share - 15) + 10)
    return risen


def press_mm(distance_mm: ArrayLike, pump: PumpSize) -> NDArray[np.float64]:
    """How far the fascia is pressed in at a distance from the pump's axis (mm)."""
    rise = swell(distance_mm, pump.radius_mm, _FLOOR_REACH, _FLOOR_FULL)
    return rise * (1 - LIFTED_SHARE) * pump.thickness_mm


@dataclass(frozen=True)
class WallSection:
    """The wall cut through the middle of the pocket.

    Parameters
    ----------
    opening : float
        0 for the untouched wall, 1 for a pocket that holds the pump.
    pump : PumpSize
    procedure : Procedure
        Gives the depth of the pocket.
    half_width_mm : float
        Half the length of the drawn piece.
    """

    opening: float = 1.0
    pump: PumpSize = PUMP_20_ML
    procedure: Procedure = PROCEDURE
    half_width_mm: float = 110.0

    @property
    def along_mm(self) -> NDArray[np.float64]:
        """Sample places along the skin (K,)."""
        return np.linspace(-self.half_width_mm, self.half_width_mm, 221)

    @property
    def fat_mm(self) -> float:
        """Thickness of the fat over the pocket."""
        return self.procedure.pocket_depth_mm - SKIN_MM

    def lift(self, reach: float = 1.45) -> NDArray[np.float64]:
        """How far skin and fat rise at each sample (K,)."""
        rise = swell(np.abs(self.along_mm), self.pump.radius_mm, reach)
        return rise * self.opening * LIFTED_SHARE * self.pump.thickness_mm

    def press(self) -> NDArray[np.float64]:
        """How far fascia and muscle are pressed in at each sample (K,)."""
        return press_mm(np.abs(self.along_mm), self.pump) * self.opening

    def boundaries(self) -> dict[str, Points2]:
        """Curves (K, 2) from the skin inwards.

        Keys: ``skin``, ``fat`` (top of the fat), ``pocket_roof``, ``pocket_floor``
        (top of the fascia), then the upper edge of each deep layer by name, and ``inside``.
        """
        x, lift, press = self.along_mm, self.lift(), self.press()
        depth = self.procedure.pocket_depth_mm
        roof = np.maximum(-depth + self.lift(1.35), -depth - press)
        found = {
            "skin": lift,
            "fat": lift - SKIN_MM,
            "pocket_roof": roof,
            "pocket_floor": -depth - press,
        }
        level = -depth - FASCIA_MM
        shares = give_shares()[1:]
        for share, (name, thickness) in zip(shares[:-1], DEEP_LAYERS_MM, strict=True):
            found[name] = level - press * share
            level -= thickness
        found["inside"] = level - press * shares[-1]
        return {name: np.column_stack([x, y]) for name, y in found.items()}

    def band(self, upper: str, lower: str) -> Points2:
        """Return the closed outline (N, 2) of the layer between two boundaries."""
        edges = self.boundaries()
        return np.vstack([edges[upper], edges[lower][::-1]])

    def pocket(self) -> Points2:
        """Return the closed outline of the pocket; flat when the opening is 0."""
        edges = self.boundaries()
        inside = press_mm(np.abs(self.along_mm), self.pump) > 0
        return np.vstack([edges["pocket_roof"][inside], edges["pocket_floor"][inside][::-1]])

    def pump_seat_mm(self) -> float:
        """Height of the back of the pump when it sits in the open pocket."""
        return float(self.boundaries()["pocket_floor"][:, 1].min())
