"""How solids combine: smooth unions and cuts, mirroring, rigid placing, shells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry.axes import Points3
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid


def soft_min(a: Field, b: Field, k_mm: float) -> Field:
    """Smooth minimum: the two fields melt into one another over about `k_mm`."""
    if k_mm <= 0:
        return np.minimum(a, b)
    share = np.clip(FLOAT(0.5) + (b - a) / FLOAT(2 * k_mm), 0, 1)
    return np.asarray(b + (a - b) * share - FLOAT(k_mm) * share * (1 - share), dtype=FLOAT)


def soft_max(a: Field, b: Field, k_mm: float) -> Field:
    """Smooth maximum, see `soft_min`."""
    return -soft_min(-a, -b, k_mm)


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a blend: a solid that is added, cut away, or kept within."""

    solid: Solid
    how: Literal["add", "cut", "keep"] = "add"
    k_mm: float = 0.0


def add(solid: Solid, k_mm: float = 0.0) -> Step:
    """Join a solid, melting over `k_mm`."""
    return Step(solid, "add", k_mm)


def cut(solid: Solid, k_mm: float = 0.0) -> Step:
    """Take a solid away; the new edge is rounded over `k_mm`."""
    return Step(solid, "cut", k_mm)


def keep(solid: Solid, k_mm: float = 0.0) -> Step:
    """Keep only what lies inside a solid as well."""
    return Step(solid, "keep", k_mm)


@dataclass(frozen=True, eq=False)
class Blend(Solid):
    """Steps carried out one after the other; the first one adds."""

    steps: tuple[Step, ...]

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        found = self.steps[0].solid.field(x, y, z)
        for step in self.steps[1:]:
            other = step.solid.field(x, y, z)
            if step.how == "add":
                found = soft_min(found, other, step.k_mm)
            else:
                found = soft_max(found, -other if step.how == "cut" else other, step.k_mm)
        return found

    @property
    def bounds(self) -> Box:
        """Box that holds all that was added; cuts never shrink it."""
        box = self.steps[0].solid.bounds
        for step in self.steps[1:]:
            if step.how == "add":
                box = box.joined(step.solid.bounds.grown(step.k_mm / 4))
        return box


def union(*solids: Solid, k_mm: float = 0.0) -> Blend:
    """All solids as one, melting over `k_mm` where they meet."""
    return Blend(tuple(add(solid, k_mm) for solid in solids))


@dataclass(frozen=True, eq=False)
class Mirrored(Solid):
    """The part of a solid with x >= 0 on both sides of the midline."""

    solid: Solid

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        return self.solid.field(np.abs(x), y, z)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        box = self.solid.bounds
        reach = max(box.high[0], 0.0)
        return Box((-reach, *box.low[1:]), (reach, *box.high[1:]))


@dataclass(frozen=True, eq=False)
class Pose:
    """A rigid place: p = rotation @ q + shift, from a part's own frame to the patient.

    Parameters
    ----------
    rotation : ndarray, shape (3, 3)
        Columns are the images of the own axes.
    shift_mm : ndarray, shape (3,)
    """

    rotation: Points3
    shift_mm: Points3

    @staticmethod
    def tilted(tilt_deg: float, shift_mm: ArrayLike) -> Pose:
        """Turn about the left-right axis, front edge down for a positive tilt, then shift."""
        turn = np.radians(tilt_deg)
        cos, sin = np.cos(turn), np.sin(turn)
        rotation = np.array([[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]])
        return Pose(rotation, np.asarray(shift_mm, dtype=np.float64))

    def place(self, points_mm: ArrayLike) -> Points3:
        """Own points (N, 3) or (3,) to patient points."""
        placed: Points3 = np.asarray(points_mm) @ self.rotation.T + self.shift_mm
        return placed

    def local(self, points_mm: ArrayLike) -> Points3:
        """Patient points (N, 3) or (3,) to own points."""
        found: Points3 = (np.asarray(points_mm) - self.shift_mm) @ self.rotation
        return found

    def after(self, inner: Pose) -> Pose:
        """Pose that does `inner` first and then this one."""
        return Pose(self.rotation @ inner.rotation, self.place(inner.shift_mm))


REST = Pose(np.eye(3), np.zeros(3))
"""The pose that changes nothing."""


@dataclass(frozen=True, eq=False)
class Placed(Solid):
    """A solid moved rigidly, and optionally scaled about its own origin first."""

    solid: Solid
    pose: Pose = REST
    scale: float = 1.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        turn, size = self.pose.rotation.astype(FLOAT), FLOAT(1 / self.scale)
        sx, sy, sz = self.pose.shift_mm.astype(FLOAT)
        px, py, pz = (x - sx) * size, (y - sy) * size, (z - sz) * size
        own = [turn[0, i] * px + turn[1, i] * py + turn[2, i] * pz for i in range(3)]
        return np.asarray(self.solid.field(*own) * FLOAT(self.scale), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return Box.around(self.pose.place(self.solid.bounds.corners * self.scale))


@dataclass(frozen=True, eq=False)
class Grown(Solid):
    """A solid whose surface is moved outwards by `by_mm` (inwards if negative)."""

    solid: Solid
    by_mm: float

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        return np.asarray(self.solid.field(x, y, z) - FLOAT(self.by_mm), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return self.solid.bounds.grown(max(self.by_mm, 0.0) * 1.5)


@dataclass(frozen=True, eq=False)
class Shell(Solid):
    """The wall of a solid: what lies within `wall_mm` under its surface."""

    solid: Solid
    wall_mm: float

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        gap = self.solid.field(x, y, z)
        return np.asarray(np.maximum(gap, -gap - FLOAT(self.wall_mm)), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return self.solid.bounds
