"""What a pump does to the layers it lies between: skin and fat rise, the wall gives way.

The same rise and press as the drawn section of the belly wall (``wall.py``): part of the
pump's thickness lifts what lies over the fascia, the rest presses fascia and muscle inwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from spineanim.geometry import wall
from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.params import PumpSize
from spineanim.geometry.parts import Part, Zone
from spineanim.geometry.pump import PumpPose
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import REST

_FADE_MM: Final = 45.0  # depth over which the soft wall takes up the press (D)
_OVER_FASCIA_MM: Final = 0.6


@dataclass(frozen=True, eq=False)
class Parted(Solid):
    """A layer of the belly with a pocket in it, in patient axes.

    Parameters
    ----------
    solid : Solid
        The untouched layer.
    back_mm : tuple of float
        Middle of the pump's back.
    normal : tuple of float
        Unit direction outwards, to the skin.
    size : PumpSize
    """

    solid: Solid
    back_mm: Vector3
    normal: Vector3
    size: PumpSize

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm), of the place each point came from."""
        nx, ny, nz = (FLOAT(value) for value in self.normal)
        px, py, pz = (
            row - FLOAT(start) for row, start in zip((x, y, z), self.back_mm, strict=True)
        )
        height = px * nx + py * ny + pz * nz
        away = np.sqrt(np.maximum(px * px + py * py + pz * pz - height * height, 0))
        fascia = (1 - wall.LIFTED_SHARE) * self.size.thickness_mm
        press = wall.press_mm(away, self.size)
        lift = wall.swell(away, self.size.radius_mm) * wall.LIFTED_SHARE * self.size.thickness_mm
        floor = fascia - press
        below = height + press * np.exp(np.minimum(height - floor, 0) / _FADE_MM)
        above = np.where(lift > 0.05, np.maximum(height - lift, fascia + _OVER_FASCIA_MM), height)
        move = (np.where(height < floor, below, above) - height).astype(FLOAT)
        return self.solid.field(x + move * nx, y + move * ny, z + move * nz)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return self.solid.bounds.grown(wall.LIFTED_SHARE * self.size.thickness_mm)


def parted(part: Part, pump: PumpPose) -> Part:
    """Make room for a pump in a layer that stands in patient axes.

    Raises
    ------
    ValueError
        If the part has a frame of its own.
    """
    pose = part.pose
    if not (np.array_equal(pose.rotation, REST.rotation) and not pose.shift_mm.any()):
        raise ValueError(f"{part.name} does not stand in patient axes")
    back, normal = _vector(pump.back_centre), _vector(pump.normal)

    def pressed(solid: Solid) -> Solid:
        return Parted(solid, back, normal, pump.size)

    def zones(some: tuple[Zone, ...]) -> tuple[Zone, ...]:
        return tuple(Zone(zone.tissue, pressed(zone.solid)) for zone in some)

    return replace(part, solid=pressed(part.solid), core=zones(part.core), marks=zones(part.marks))


def _vector(point_mm: Points3) -> Vector3:
    """Plain numbers of a point or direction (3,)."""
    x, y, z = (float(value) for value in point_mm)
    return (x, y, z)
