"""Layers of the trunk as nested solids: skin, fat under it, muscle fascia, body cavity.

All are level sections that follow the skin of `Torso`, each point a given depth under it.
Trunk and neck reach from the upper thighs to under the chin; the neck is that of the
figure in profile. Depths: skin 2-3 mm [M], fascia as in ``wall.py`` [53, 72, 84], over the
ribs never under them [M].
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from spineanim.geometry import curves, skeleton, wall
from spineanim.geometry.axes import Points2
from spineanim.geometry.figure import rest_outlines, rest_spine
from spineanim.geometry.params import STANDING
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.soft.stack import Bent, Stack, Table, directions, radii
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Mirrored, add, cut, keep
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso

COUNT: Final = 180
"""Directions round the trunk of a layer's table."""

STEP_MM: Final = 4.0
LOWEST_MM: Final = -88.0
NECK_TOP_MM: Final = 524.0
"""Where the trunk ends above: under the chin (mm)."""

NECK_FASCIA_MM: Final = 6.0
"""Depth of the fascia under the skin of the neck (mm) [M]."""

RIB_HALF_MM: Final = 4.0
"""Half the thickness of a rib with what clothes it (mm) [M]."""

_CHEST_FROM_MM: Final = 430.0
_NECK_FROM_MM: Final = 480.0
_STERNUM_HALF_MM: Final = 5.0
_RIB_SPREAD_DEG: Final = 6.5
_RIB_SPREAD_MM: Final = 9.5
_SINE: Final = 1e-9

# Where a sheet is absent its inner face stands this far outside the outer one, so that no
# ray is slowed down there (mm)
_ABSENT_MM: Final = 6.0


@dataclass(frozen=True, eq=False)
class Layers:
    """Surfaces at given depths under the skin of a torso.

    Parameters
    ----------
    torso : Torso
    """

    torso: Torso

    @cached_property
    def whole(self) -> Torso:
        """The torso with its profile continued up the neck."""
        return with_neck(self.torso)

    @cached_property
    def z_mm(self) -> NDArray[np.float64]:
        """Heights of the sections (K,)."""
        count = round((NECK_TOP_MM - LOWEST_MM) / STEP_MM) + 1
        return np.linspace(LOWEST_MM, NECK_TOP_MM, count, dtype=np.float64)

    @property
    def azimuth_deg(self) -> NDArray[np.float64]:
        """Directions of the tables (COUNT,), 0 to the front, then to the patient's left."""
        return np.linspace(0.0, 360.0, COUNT, endpoint=False, dtype=np.float64)

    @cached_property
    def centre_mm(self) -> Points2:
        """Middle (x, y) of each section (K, 2)."""
        grid, torso = self.whole.profile_z_mm, self.whole
        middle = (torso.front_y_mm + torso.back_y_mm) / 2
        y = np.interp(self.z_mm, grid, middle)
        return np.column_stack([np.zeros(len(y)), y])

    @cached_property
    def rib_mm(self) -> Table:
        """Depth of the middle of the ribs under the skin (K, COUNT); inf where there are none."""
        turn, height, depth = _rib_depths(self.torso)
        side = np.abs((self.azimuth_deg + 180.0) % 360.0 - 180.0)
        found = np.full((len(self.z_mm), COUNT), np.inf)
        by_turn = np.exp(-0.5 * ((side[:, None] - turn) / _RIB_SPREAD_DEG) ** 2)
        for row, z in enumerate(self.z_mm):
            weight = by_turn * np.exp(-0.5 * ((z - height) / _RIB_SPREAD_MM) ** 2)
            total = weight.sum(axis=1)
            near = total > 0.35
            found[row, near] = (weight @ depth)[near] / total[near]
        known = np.isfinite(found)
        spread = {"sigma": (1.5, 2.0), "mode": ("nearest", "wrap")}
        soft = gaussian_filter(np.where(known, found, 0.0), **spread)
        share = gaussian_filter(known.astype(np.float64), **spread)
        return np.where(known, soft / np.maximum(share, 1e-6), np.inf)

    @cached_property
    def fascia_mm(self) -> Table:
        """Depth of the muscle fascia under the skin (K, COUNT)."""
        round_trunk = np.array([wall.fascia_depth_mm(turn) for turn in self.azimuth_deg])
        share = (self.z_mm - _CHEST_FROM_MM) / (_NECK_FROM_MM - _CHEST_FROM_MM)
        share = curves.ease(np.clip(share, 0.0, 1.0))[:, None]
        depth = round_trunk * (1 - share) + NECK_FASCIA_MM * share
        over_ribs = np.maximum(self.rib_mm - RIB_HALF_MM - 1.0, wall.SKIN_MM + 0.5)
        least = np.minimum(depth, over_ribs)
        soft = gaussian_filter(least, (2.5, 3.0), mode=("nearest", "wrap"))
        return np.asarray(np.minimum(soft, depth))

    @cached_property
    def cavity_mm(self) -> Table:
        """Depth of the inner face of the body wall under the skin (K, COUNT)."""
        belly = self.fascia_mm + wall.FASCIA_MM + sum(mm for _, mm in wall.DEEP_LAYERS_MM)
        chest = self.rib_mm + RIB_HALF_MM + 3.0
        depth = np.where(np.isfinite(chest), chest, belly)
        return np.asarray(gaussian_filter(depth, (2.5, 3.0), mode=("nearest", "wrap")))

    def at(self, depth_mm: Table | float, rows: slice = slice(None)) -> Stack:
        """Solid of everything deeper than a depth (K, COUNT) under the skin.

        `rows` takes a stretch of the heights only.
        """
        z, centre = self.z_mm[rows], self.centre_mm[rows]
        depth = np.broadcast_to(depth_mm, (len(self.z_mm), COUNT))[rows]
        turn = np.tile(self.azimuth_deg, len(z))
        points = self.whole.skin_points(np.repeat(z, COUNT), turn, depth.ravel())[:, :2]
        rings = points.reshape(len(z), COUNT, 2)
        return Stack(float(z[0]), STEP_MM, centre, radii(rings, centre, COUNT))

    def band(self, upper_mm: Table, thickness_mm: Table) -> Solid:
        """Sheet under the depth `upper_mm`, absent where its thickness is not positive."""
        there = np.flatnonzero((thickness_mm > 0.0).any(axis=1))
        rows = slice(max(int(there[0]) - 2, 0), int(there[-1]) + 3)
        thick = np.maximum(thickness_mm, -_ABSENT_MM)
        outer, inner = self.at(upper_mm, rows), self.at(upper_mm + thick, rows)
        return Mirrored(Blend((add(outer), cut(inner.longer(2)))))


def with_neck(torso: Torso) -> Torso:
    """Return a torso whose profile reaches up the neck to `NECK_TOP_MM`.

    Front and back of the neck are those of the rest figure; its width is the drawn
    outline's of the front view.
    """
    top = float(torso.profile_z_mm[-1])
    z = np.arange(top + 2.0, NECK_TOP_MM + 4.1, 2.0)
    starts = np.column_stack([np.full(len(z), -10.0) - 0.25 * np.maximum(z - 440.0, 0.0), z])
    profile, front = rest_outlines()["trunk"], torso.anterior["trunk"]
    forward, back = (
        curves.reach(profile, starts, np.tile([way, 0.0], (len(z), 1))) for way in (-1.0, 1.0)
    )
    middle = np.column_stack([np.zeros(len(z)), z])
    half = curves.reach(front, middle, np.tile([1.0, _SINE], (len(z), 1)))
    return replace(
        torso,
        profile_z_mm=np.concatenate([torso.profile_z_mm, z]),
        half_width_mm=np.concatenate([torso.half_width_mm, half]),
        front_y_mm=np.concatenate([torso.front_y_mm, starts[:, 0] - forward]),
        back_y_mm=np.concatenate([torso.back_y_mm, starts[:, 0] + back]),
    )


def _rib_depths(torso: Torso) -> tuple[NDArray[np.float64], ...]:
    """Azimuth (degrees), height and depth under the skin (mm) of points of ribs and sternum."""
    low, high = float(torso.profile_z_mm[0]), float(torso.profile_z_mm[-1])
    points = np.vstack(
        [line[4::3] for rib in skeleton.ribs("left") for line in (rib.bone, rib.cartilage)
         if line is not None]
    )  # fmt: skip
    z = np.arange(258.0, high, 6.0)
    sternum = np.column_stack([0.0 * z, skeleton.sternum_front_mm(z) + _STERNUM_HALF_MM, z])
    points = np.vstack([points, sternum])
    points = points[(points[:, 2] > low) & (points[:, 2] < high)]
    turn = np.array([torso.azimuth_of(point) for point in points])
    depth = np.array([torso.depth_of(point) for point in points])
    return turn, points[:, 2], depth


# ------------------------------------------------------------------------------- parts
def follow(solid: Solid, spine: Spine | None) -> Solid:
    """Let a solid of the standing trunk follow a spine; itself for a standing one."""
    if spine is None or spine.alignment == STANDING:
        return solid
    return Bent(solid, replace(spine, alignment=STANDING), spine)


def skin_part(torso: Torso, spine: Spine | None = None) -> Part:
    """Skin: everything inside its surface; the fat drawn over it leaves 2.5 mm of it."""
    return Part("skin", Tissue.SKIN, follow(Mirrored(Layers(torso).at(0.0)), spine))


def fat_part(torso: Torso, spine: Spine | None = None) -> Part:
    """Everything under the skin that is nothing else: fat."""
    return Part("fat", Tissue.FAT, follow(Mirrored(Layers(torso).at(wall.SKIN_MM)), spine))


def fascia_part(torso: Torso, spine: Spine | None = None) -> Part:
    """Muscle fascia at the depth of ``wall.fascia_depth_mm``; a cut shows fat inside it.

    The sheet is 1.2 mm thick [M]; muscles drawn later lie in what it encloses.
    """
    layers = Layers(torso)
    outer, inner = (
        follow(Mirrored(layers.at(layers.fascia_mm + mm)), spine) for mm in (0.0, wall.FASCIA_MM)
    )
    return Part("fascia", Tissue.FASCIA, outer, core=(Zone(Tissue.FAT, inner),))


def cavity_part(torso: Torso, spine: Spine | None = None) -> Part:
    """Return what the body wall encloses in front of the column and the muscles beside it.

    Chest and belly are one; the organs are not told apart.
    """
    layers = Layers(torso)
    steps = (
        add(layers.at(layers.cavity_mm)),
        keep(Ellipsoid((0.0, -10.0, 186.0), (190.0, 190.0, 272.0)), 20.0),
        cut(_column_bed(layers), 16.0),
    )
    return Part("cavity", Tissue.ORGAN, follow(Mirrored(Blend(steps)), spine))


# Half width and half depth of what lies round the column, and how far its middle stands
# behind that of the bodies, by height: great vessels and bodies in the chest, in the belly
# also psoas and the fat behind the peritoneum (mm) [D]
_BED_Z: Final = (-90.0, -20.0, 60.0, 100.0, 170.0, 215.0, 255.0, 330.0, 400.0, 540.0)
_BED_HALF_X: Final = (110.0, 104.0, 80.0, 74.0, 60.0, 44.0, 36.0, 33.0, 32.0, 32.0)
_BED_HALF_Y: Final = (70.0, 58.0, 52.0, 52.0, 58.0, 68.0, 66.0, 62.0, 56.0, 44.0)
_BED_BEHIND: Final = (20.0, 26.0, 28.0, 28.0, 26.0, 24.0, 23.0, 26.0, 26.0, 24.0)


def _column_bed(layers: Layers) -> Stack:
    """Return what the cavity leaves free round the column."""
    z = layers.z_mm
    line = rest_spine().centreline()
    middle = np.interp(z, line[:, 1], line[:, 0]) + np.interp(z, _BED_Z, _BED_BEHIND)
    half = np.column_stack([np.interp(z, _BED_Z, _BED_HALF_X), np.interp(z, _BED_Z, _BED_HALF_Y)])
    rays = directions(96)[None]
    radius = np.sum((np.abs(rays) / half[:, None]) ** 2.4, axis=2) ** (-1 / 2.4)
    return Stack(LOWEST_MM, STEP_MM, np.column_stack([np.zeros(len(z)), middle]), radius)
