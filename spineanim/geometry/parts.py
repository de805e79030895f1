"""Tissues and materials, and parts: a solid, where it stands, and what a cut shows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.solids.combine import REST, Placed, Pose


class Tissue(IntEnum):
    """What a surface or a cut is made of. 0 stands for nothing; numbers never change."""

    BONE = 1
    CANCELLOUS = 2
    CARTILAGE = 3
    ANNULUS = 4
    NUCLEUS = 5
    LIGAMENT = 6
    FLAVUM = 7
    FAT = 8
    MUSCLE = 9
    FASCIA = 10
    SKIN = 11
    DURA = 12
    CSF = 13
    CORD = 14
    GREY_MATTER = 15
    NERVE = 16
    BRAIN = 17
    ARTERY = 18
    VEIN = 19
    TITANIUM = 20
    STEEL = 21
    SILICONE = 22
    SEPTUM = 23
    BATTERY = 24
    BOARD = 25
    PROPELLANT = 26
    MEDICATION = 27
    RUBBER = 28
    PLASTIC = 29
    SCREEN = 30
    ORGAN = 31
    CLOTH = 32


@dataclass(frozen=True, eq=False)
class Zone:
    """Where another tissue shows: inside `solid` (in the part's own frame)."""

    tissue: Tissue
    solid: Solid


@dataclass(frozen=True, eq=False)
class Part:
    """One piece of the body or of a device.

    Parameters
    ----------
    name : str
        Such as ``"L3"``, ``"L3_L4"``, ``"cord"``, ``"rib_7_left"``.
    tissue : Tissue
        What its surface is made of.
    solid : Solid
        Its shape, in its own frame.
    pose : Pose
        Where it stands in the patient. A bend moves a bone by its pose alone.
    core : tuple of Zone
        What a cut shows instead of the surface's tissue; the last zone that holds a point wins.
    marks : tuple of Zone
        What the surface shows instead, such as cartilage on a joint face.
    step_mm : float, optional
        Grid spacing that a bake must not exceed, for a polished or a very thin part.
    """

    name: str
    tissue: Tissue
    solid: Solid
    pose: Pose = REST
    core: tuple[Zone, ...] = ()
    marks: tuple[Zone, ...] = ()
    step_mm: float | None = None

    @property
    def placed(self) -> Solid:
        """The solid in patient axes."""
        return Placed(self.solid, self.pose)

    @property
    def bounds(self) -> Box:
        """Box in patient axes (mm)."""
        return self.placed.bounds

    def distance_mm(self, points_mm: Points3) -> NDArray[np.float64]:
        """Signed distance (N,) of patient points (N, 3): negative inside."""
        return self.placed.distance_mm(points_mm)

    def contains(self, points_mm: Points3) -> NDArray[np.bool_]:
        """Tell which patient points (N, 3) lie inside, (N,)."""
        return self.distance_mm(points_mm) < 0

    def moved(self, pose: Pose) -> Part:
        """Return the same part elsewhere."""
        return replace(self, pose=pose)

    def tissue_at(self, points_mm: Points3, *, section: bool) -> NDArray[np.uint8]:
        """Tissue (N,) at own-frame points (N, 3), on a section or on the surface."""
        found = np.full(len(points_mm), int(self.tissue), dtype=np.uint8)
        for zone in self.core if section else self.marks:
            found[zone.solid.contains(points_mm)] = int(zone.tissue)
        return found
