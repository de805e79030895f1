"""Shapes and places that several devices share.

Clock angles are degrees: 0 along +y, 90 along +x, as on the face of a pump seen from its port.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry.axes import Points2, Points3, Vector3
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Blend, Pose, add, cut, keep
from spineanim.geometry.solids.primitives import Cylinder, HalfSpace, rounded


@dataclass(frozen=True, eq=False)
class Sheet(Solid):
    """Thin metal turned about the z axis: a (radius, height) polyline made `wall_mm` thick."""

    line_mm: Points2
    wall_mm: float

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        away = np.sqrt(x * x + y * y)
        least = np.full(np.shape(away), np.inf, dtype=FLOAT)
        for (r0, z0), (r1, z1) in zip(self.line_mm[:-1], self.line_mm[1:], strict=True):
            run, rise = FLOAT(r1 - r0), FLOAT(z1 - z0)
            share = ((away - FLOAT(r0)) * run + (z - FLOAT(z0)) * rise) / (run * run + rise * rise)
            share = np.clip(share, 0, 1)
            gap = (away - FLOAT(r0) - run * share) ** 2 + (z - FLOAT(z0) - rise * share) ** 2
            least = np.minimum(least, gap)
        return np.asarray(np.sqrt(least) - FLOAT(self.wall_mm / 2), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        reach = float(self.line_mm[:, 0].max())
        low, high = float(self.line_mm[:, 1].min()), float(self.line_mm[:, 1].max())
        return Box((-reach, -reach, low), (reach, reach, high)).grown(self.wall_mm / 2)


@dataclass(frozen=True, eq=False)
class Slab(Solid):
    """Plate across z with half sizes `half_mm`, round corners, and edges rounded by `edge_mm`."""

    centre_mm: Vector3
    half_mm: Vector3
    corner_mm: float
    edge_mm: float = 0.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        u, v, w = (
            np.abs(row - FLOAT(middle)) - FLOAT(half)
            for row, middle, half in zip((x, y, z), self.centre_mm, self.half_mm, strict=True)
        )
        flat = rounded(u + FLOAT(self.corner_mm), v + FLOAT(self.corner_mm), self.corner_mm)
        return rounded(flat + FLOAT(self.edge_mm), w + FLOAT(self.edge_mm), self.edge_mm)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        half = np.array(self.half_mm)
        return Box.around(np.add([-half, half], self.centre_mm))


def spot(clock_deg: float, radius_mm: float, z_mm: float) -> Vector3:
    """Point at a clock angle, a distance from the z axis and a height."""
    turn = np.radians(clock_deg)
    return (float(radius_mm * np.sin(turn)), float(radius_mm * np.cos(turn)), z_mm)


def drum(
    middle: Vector3 | tuple[float, float], radius_mm: float, low_mm: float, high_mm: float,
    edge_mm: float = 0.0,
) -> Cylinder:  # fmt: skip
    """Upright cylinder over a point of the face, between two heights."""
    x, y = middle[0], middle[1]
    return Cylinder((x, y, low_mm), (x, y, high_mm), radius_mm, edge_mm)


def pipe(middle: tuple[float, float], outer_mm: float, inner_mm: float, low_mm: float,
         high_mm: float) -> Blend:  # fmt: skip
    """Upright drum with a bore right through."""
    bore = drum(middle, inner_mm, low_mm - 1.0, high_mm + 1.0)
    return Blend((add(drum(middle, outer_mm, low_mm, high_mm, 0.15)), cut(bore, 0.1)))


def sector(
    inner_mm: float, outer_mm: float, from_deg: float, to_deg: float, round_mm: float = 1.5
) -> Points2:
    """Outline (N, 2) in (x, y) of a ring sector between two clock angles, corners rounded."""
    turns = np.radians(np.linspace(from_deg, to_deg, 33))
    ring = np.column_stack([np.sin(turns), np.cos(turns)])
    outline: Points2 = np.vstack([outer_mm * ring, inner_mm * ring[::-1]])
    corners = (0, 32, 33, 65)
    rows: list[Points2] = []
    for i, point in enumerate(outline):
        if i not in corners:
            if min(np.linalg.norm(point - outline[c]) for c in corners) > round_mm:
                rows.append(point)
            continue
        before = _towards(outline, i, -1, round_mm)
        after = _towards(outline, i, 1, round_mm)
        for share in np.linspace(0.0, 1.0, 6):
            rows.append((1 - share) ** 2 * before + 2 * share * (1 - share) * point
                        + share**2 * after)  # fmt: skip
    return np.array(rows)


def _towards(outline: Points2, start: int, step: int, reach_mm: float) -> Points2:
    """Point of a closed outline `reach_mm` from one of its corners, on one side."""
    corner: Points2 = outline[start]
    for count in range(1, len(outline)):
        there = outline[(start + step * count) % len(outline)]
        gap = float(np.linalg.norm(there - corner))
        if gap >= reach_mm:
            found: Points2 = corner + (there - corner) * (reach_mm / gap)
            return found
    return corner


def wedge(from_deg: float, to_deg: float) -> Blend:
    """Return all points between two clock angles less than 180 degrees apart."""
    first, last = np.radians(from_deg), np.radians(to_deg)
    ahead = HalfSpace((0.0, 0.0, 0.0), (-float(np.cos(first)), float(np.sin(first)), 0.0))
    behind = HalfSpace((0.0, 0.0, 0.0), (float(np.cos(last)), -float(np.sin(last)), 0.0))
    return Blend((add(ahead), keep(behind)))


def aimed(origin_mm: ArrayLike, along: ArrayLike, facing: ArrayLike) -> Pose:
    """Place a tool: its z axis along a direction, its y axis as near `facing` as it goes.

    Parameters
    ----------
    origin_mm, along, facing : array_like, shape (3,)
        In patient axes.
    """
    axis: Points3 = np.array(along, dtype=np.float64)
    axis = axis / np.linalg.norm(axis)
    front = np.array(facing, dtype=np.float64)
    front = front - (front @ axis) * axis
    front = front / np.linalg.norm(front)
    rotation = np.column_stack([np.cross(front, axis), front, axis])
    return Pose(rotation, np.array(origin_mm, dtype=np.float64))


def placed(parts: Iterable[Part], pose: Pose) -> tuple[Part, ...]:
    """Return the same parts, all moved by `pose` from where they stood."""
    return tuple(replace(part, pose=pose.after(part.pose)) for part in parts)
