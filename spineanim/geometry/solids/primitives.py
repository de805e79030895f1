"""Rounded primitives: ellipsoid, elliptical capsule, cylinder, box, half space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator

from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid

Radii2 = tuple[float, float]


def elliptical(scaled: Field, gradient: Field, least_mm: Field | float) -> Field:
    """Near distance to an ellipse from |p/r| and |p/r^2|; exact on its surface."""
    reach = scaled / np.maximum(gradient, FLOAT(1e-9))
    reach = np.where(scaled < FLOAT(1e-3), FLOAT(least_mm), reach)
    return np.asarray((scaled - 1) * reach, dtype=FLOAT)


@dataclass(frozen=True, eq=False)
class Ellipsoid(Solid):
    """Ellipsoid with half axes `radii_mm`, turned about x (front edge down) by `tilt_deg`."""

    centre_mm: Vector3
    radii_mm: Vector3
    tilt_deg: float = 0.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        turn = np.radians(self.tilt_deg)
        cos, sin = FLOAT(np.cos(turn)), FLOAT(np.sin(turn))
        cx, cy, cz = (FLOAT(value) for value in self.centre_mm)
        a, b, c = (FLOAT(value) for value in self.radii_mm)
        u, v, w = x - cx, y - cy, z - cz
        v, w = cos * v + sin * w, cos * w - sin * v
        scaled = np.sqrt((u / a) ** 2 + (v / b) ** 2 + (w / c) ** 2)
        gradient = np.sqrt((u / a**2) ** 2 + (v / b**2) ** 2 + (w / c**2) ** 2)
        return elliptical(scaled, gradient, min(self.radii_mm))

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        longest = max(self.radii_mm)
        reach = np.array(self.radii_mm if self.tilt_deg == 0 else (longest, longest, longest))
        return Box.around(np.add([-reach, reach], self.centre_mm))


@dataclass(frozen=True, eq=False)
class Capsule(Solid):
    """Rounded rod with an elliptical section that tapers from start to end.

    Parameters
    ----------
    start_mm, end_mm : tuple of float
    start_radii_mm, end_radii_mm : tuple of float
        Half sizes along `up` (made square to the rod) and across it.
    up : tuple of float
        Direction of the first half size.
    """

    start_mm: Vector3
    end_mm: Vector3
    start_radii_mm: Radii2
    end_radii_mm: Radii2
    up: Vector3 = (0.0, 0.0, 1.0)

    @cached_property
    def _axes(self) -> Points3:
        """Rows: up, across and along the rod (3, 3)."""
        along = np.subtract(self.end_mm, self.start_mm)
        along = along / np.linalg.norm(along)
        up = np.array(self.up) - np.dot(self.up, along) * along
        if np.linalg.norm(up) < 1e-6:
            up = np.array([0.0, 1.0, 0.0]) - along[1] * along
        if np.linalg.norm(up) < 1e-6:
            up = np.array([1.0, 0.0, 0.0])
        up = up / np.linalg.norm(up)
        return np.stack([up, np.cross(along, up), along])

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        turn = self._axes.astype(FLOAT)
        sx, sy, sz = (FLOAT(value) for value in self.start_mm)
        length = FLOAT(np.linalg.norm(np.subtract(self.end_mm, self.start_mm)))
        px, py, pz = x - sx, y - sy, z - sz
        u, v, w = (row[0] * px + row[1] * py + row[2] * pz for row in turn)
        share = np.clip(w / length, 0, 1)
        w = w - share * length
        (u0, v0), (u1, v1) = self.start_radii_mm, self.end_radii_mm
        ru, rv = FLOAT(u0) + FLOAT(u1 - u0) * share, FLOAT(v0) + FLOAT(v1 - v0) * share
        rw = np.minimum(ru, rv)
        a, b, c = u / ru, v / rv, w / rw
        scaled = np.sqrt(a * a + b * b + c * c)
        a, b, c = a / ru, b / rv, c / rw
        return elliptical(scaled, np.sqrt(a * a + b * b + c * c), rw)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        reach = max(*self.start_radii_mm, *self.end_radii_mm)
        return Box.around([self.start_mm, self.end_mm], reach)


@dataclass(frozen=True, eq=False)
class Chain(Solid):
    """Curved rod through several points, with half sizes (up, across) at each of them.

    The section is that of the nearest place of the middle line, so the rod has neither
    rings nor bulges; `steps` straight pieces stand between two points.
    """

    points_mm: tuple[Vector3, ...]
    radii_mm: tuple[Radii2, ...]
    up: Vector3 = (0.0, 0.0, 1.0)
    steps: int = 6

    @cached_property
    def _line(self) -> tuple[Points3, Points3, Points3]:
        """Places (M, 3), up directions (M, 3) and half sizes (M, 2) along the rod."""
        points, radii = np.array(self.points_mm, float), np.array(self.radii_mm, float)
        if len(points) > 2:
            gaps = np.linalg.norm(np.diff(points, axis=0), axis=1)
            at = np.concatenate([[0.0], np.cumsum(gaps)])
            fine = np.linspace(0.0, at[-1], (len(points) - 1) * self.steps + 1)
            points, radii = CubicSpline(at, points)(fine), PchipInterpolator(at, radii)(fine)
        along = np.gradient(points, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        up = np.array(self.up) - along * (along @ np.array(self.up))[:, None]
        return points, up / np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-9), radii

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        points, ups, radii = (rows.astype(FLOAT) for rows in self._line)
        at = self._nearest(x, y, z)
        first = np.minimum(at.astype(np.int32), len(points) - 2)
        share = at - first

        def here(rows: Field) -> Field:
            return np.asarray(rows[first] * (1 - share) + rows[first + 1] * share, dtype=FLOAT)

        px, py, pz = x - here(points[:, 0]), y - here(points[:, 1]), z - here(points[:, 2])
        u = px * here(ups[:, 0]) + py * here(ups[:, 1]) + pz * here(ups[:, 2])
        rest = np.sqrt(np.maximum(px * px + py * py + pz * pz - u * u, 0))
        ru, rv = here(radii[:, 0]), here(radii[:, 1])
        a, b = u / ru, rest / rv
        scaled = np.sqrt(a * a + b * b)
        gradient = np.sqrt((a / ru) ** 2 + (b / rv) ** 2)
        return elliptical(scaled, gradient, np.minimum(ru, rv))

    def _nearest(self, x: Field, y: Field, z: Field) -> Field:
        """Place along the line (in pieces) that is nearest to each point."""
        points = self._line[0].astype(FLOAT)
        best = np.full(x.shape, np.inf, dtype=FLOAT)
        at = np.zeros(x.shape, dtype=FLOAT)
        for i in range(len(points) - 1):
            run = points[i + 1] - points[i]
            px, py, pz = x - points[i, 0], y - points[i, 1], z - points[i, 2]
            share = np.clip((px * run[0] + py * run[1] + pz * run[2]) / (run @ run), 0, 1)
            px, py, pz = px - share * run[0], py - share * run[1], pz - share * run[2]
            gap = px * px + py * py + pz * pz
            nearer = gap < best
            best = np.where(nearer, gap, best)
            at = np.where(nearer, FLOAT(i) + share, at)
        return at

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        points, _, radii = self._line
        return Box.around(points, float(radii.max()))


@dataclass(frozen=True, eq=False)
class Cylinder(Solid):
    """Round rod with flat ends whose edges are rounded by `edge_mm`."""

    start_mm: Vector3
    end_mm: Vector3
    radius_mm: float
    edge_mm: float = 0.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        run = np.subtract(self.end_mm, self.start_mm)
        length = np.linalg.norm(run)
        ux, uy, uz = (run / length).astype(FLOAT)
        mx, my, mz = (np.add(self.start_mm, self.end_mm) / 2).astype(FLOAT)
        px, py, pz = x - mx, y - my, z - mz
        along = px * ux + py * uy + pz * uz
        away = np.sqrt(np.maximum(px * px + py * py + pz * pz - along * along, 0))
        return rounded(
            away - FLOAT(self.radius_mm - self.edge_mm),
            np.abs(along) - FLOAT(length / 2 - self.edge_mm),
            self.edge_mm,
        )

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        run = np.subtract(self.end_mm, self.start_mm)
        reach = self.radius_mm * np.sqrt(np.maximum(1 - (run / np.linalg.norm(run)) ** 2, 0))
        ends = np.array([self.start_mm, self.end_mm])
        return Box.around(np.vstack([ends - reach, ends + reach]))


@dataclass(frozen=True, eq=False)
class RoundedBox(Solid):
    """Box round a centre with half sizes `half_mm` and edges rounded by `edge_mm`."""

    centre_mm: Vector3
    half_mm: Vector3
    edge_mm: float = 0.0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        gaps = [
            np.abs(row - FLOAT(middle)) - FLOAT(half - self.edge_mm)
            for row, middle, half in zip((x, y, z), self.centre_mm, self.half_mm, strict=True)
        ]
        out = np.sqrt(sum(np.maximum(gap, 0) ** 2 for gap in gaps))
        inside = np.minimum(np.maximum(np.maximum(gaps[0], gaps[1]), gaps[2]), 0)
        return np.asarray(out + inside - FLOAT(self.edge_mm), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        half = np.array(self.half_mm)
        return Box.around(np.add([-half, half], self.centre_mm))


@dataclass(frozen=True, eq=False)
class HalfSpace(Solid):
    """Everything behind a plane: where (p - point) . normal < 0. Use it to cut."""

    point_mm: Vector3
    normal: Vector3

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        normal = np.array(self.normal) / np.linalg.norm(self.normal)
        nx, ny, nz = normal.astype(FLOAT)
        offset = FLOAT(np.dot(normal, self.point_mm))
        return np.asarray(x * nx + y * ny + z * nz - offset, dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """A box far larger than a body; it is unbounded."""
        return Box((-3000.0,) * 3, (3000.0,) * 3)


def rounded(first: Field, second: Field, edge_mm: float) -> Field:
    """Distance to the edge where two faces meet, rounded by `edge_mm`."""
    out = np.sqrt(np.maximum(first, 0) ** 2 + np.maximum(second, 0) ** 2)
    inside = np.minimum(np.maximum(first, second), 0)
    return np.asarray(out + inside - FLOAT(edge_mm), dtype=FLOAT)
