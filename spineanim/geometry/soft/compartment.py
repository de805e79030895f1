"""Muscles that fill the room they have: a seed in each level, clipped by its neighbours.

A muscle's section is an oval about a middle; planes, fascia and bones shorten its radii.
What stands round it is measured in level planes of the standing column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.soft.stack import Stack, Table, directions
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS, vertebrae

RAYS: Final = 90
"""Directions of a muscle's sections."""

STEP_MM: Final = 4.0

Keys = dict[str, tuple[float, ...]]
"""Numbers by level (``"L3"``, or ``"S2"`` to ``"S5"``), caudal to cranial or the reverse."""

Heights = NDArray[np.float64]

_ROUNDING: Final = 2.8
_SACRAL_RISE_MM: Final = {"S2": -36.0, "S3": -58.0, "S4": -75.0, "S5": -88.0}
_LAMINA_MM: Final = 6.0
_BODY_MARGIN_MM: Final = 2.0


@dataclass(frozen=True, eq=False)
class Column:
    """Sizes of the standing column by height (mm); levels give heights.

    Parameters
    ----------
    spine : Spine
        Standing.
    """

    spine: Spine

    def height(self, level: str) -> float:
        """Height of a level's middle; of a lower sacral body, that behind S1."""
        scale = self.spine.stature_factor
        if level in _SACRAL_RISE_MM:
            return _SACRAL_RISE_MM[level] * scale
        return float(self.spine.frame(level).centre[1])

    def along(self, keys: Keys, z_mm: Heights) -> NDArray[np.float64]:
        """Numbers given by level, at heights (K,), as columns (K, D); sizes grow with stature."""
        order = sorted(keys, key=self.height)
        at = [self.height(level) for level in order]
        values = np.array([keys[level] for level in order]) * self.spine.stature_factor
        found: NDArray[np.float64] = PchipInterpolator(at, values)(np.clip(z_mm, at[0], at[-1]))
        return found

    @cached_property
    def _rows(self) -> NDArray[np.float64]:
        """Height, middle, half depth, half width, canal depth of each level, upwards (N, 5)."""
        rows, scale = vertebrae(), self.spine.stature_factor
        found = []
        for line in reversed(self.spine.sacral_junctions()):
            middle, half = line.mean(axis=0), float(np.linalg.norm(line[1] - line[0])) / 2
            found.append((middle[1], middle[0], half, 18.0 * scale, 9.0 * scale))
        for level in reversed(LEVELS[1:]):
            frame, row = self.spine.frame(level), rows[level]
            width, canal = row.number("body_width_mm"), row.number("canal_depth_mm")
            sizes = (frame.half_depth_mm, width * scale / 2, canal * scale)
            found.append((frame.centre[1], frame.centre[0], *sizes))
        table = np.array(found)
        return table[np.argsort(table[:, 0])]

    def _read(self, column: int, z_mm: Heights) -> NDArray[np.float64]:
        return np.interp(z_mm, self._rows[:, 0], self._rows[:, column])

    def middle(self, z_mm: Heights) -> NDArray[np.float64]:
        """Middle (y) of the bodies at heights (K,)."""
        return self._read(1, z_mm)

    def body(self, z_mm: Heights) -> tuple[Points2, Points2]:
        """Middle and half sizes (K, 2) of an oval that holds body or disc in a level cut."""
        tilts = [abs(self.spine.frame(level).middle_tilt_deg) for level in LEVELS[::-1]]
        heights = [self.height(level) for level in LEVELS[::-1]]
        lean = np.radians(np.interp(z_mm, heights, tilts))
        deep = self._read(2, z_mm) / np.cos(lean) + _BODY_MARGIN_MM
        half = np.column_stack([self._read(3, z_mm) + _BODY_MARGIN_MM, deep])
        return np.column_stack([np.zeros(len(z_mm)), self.middle(z_mm)]), half

    def back(self, z_mm: Heights) -> NDArray[np.float64]:
        """Back (y) of the bodies."""
        return self.middle(z_mm) + self._read(2, z_mm)

    def lamina(self, z_mm: Heights) -> NDArray[np.float64]:
        """Back (y) of the laminae at even heights; of the sacrum its back beside the crest."""
        found = self.back(z_mm) + self._read(4, z_mm) + _LAMINA_MM
        below = np.clip(-z_mm / 12.0, 0.0, 1.0)
        crest = self.spine.sacral_crest()
        starts = np.column_stack([np.full(len(z_mm), 200.0), z_mm])
        run = curves.reach(crest, starts, np.tile([-1.0, 0.0], (len(z_mm), 1)))
        behind = np.where(np.isfinite(run), 200.0 - run, np.nan)
        good = np.isfinite(behind)
        if not good.any():
            return found
        sacral = np.interp(z_mm, z_mm[good], behind[good]) - 7.0
        return np.asarray(gaussian_filter1d(found * (1 - below) + sacral * below, 3.0))


@dataclass(frozen=True, eq=False)
class Sections:
    """Sections of one muscle while they are being clipped.

    Parameters
    ----------
    z_mm : ndarray, shape (K,)
        Heights.
    centre_mm : ndarray, shape (K, 2)
        Middles (x, y); they must stay inside every clip.
    radius_mm : ndarray, shape (K, RAYS)
    """

    z_mm: Heights
    centre_mm: Points2
    radius_mm: Table

    @staticmethod
    def oval(
        z_mm: Heights,
        centre_mm: Points2,
        half_mm: Points2,
        turn_deg: ArrayLike = 0.0,
        exponent: float = 2.2,
    ) -> Sections:
        """Ovals with half sizes (K, 2), turned so that their left side comes to the back."""
        turn = np.radians(np.broadcast_to(turn_deg, z_mm.shape))
        rays = directions(RAYS)
        cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
        u = np.abs(rays[:, 0] * cos + rays[:, 1] * sin) / half_mm[:, :1]
        v = np.abs(-rays[:, 0] * sin + rays[:, 1] * cos) / half_mm[:, 1:]
        return Sections(z_mm, centre_mm, (u**exponent + v**exponent) ** (-1 / exponent))

    def _clipped(self, reach: Table) -> Sections:
        return Sections(self.z_mm, self.centre_mm, np.minimum(self.radius_mm, reach))

    def within(self, way: tuple[float, float], point_mm: Points2) -> Sections:
        """Keep what does not lie beyond a plane through `point_mm` (K, 2), facing `way`."""
        normal = np.array(way) / np.hypot(*way)
        room = np.maximum((point_mm - self.centre_mm) @ normal, 0.3)
        slant = directions(RAYS) @ normal
        reach = np.where(slant > 1e-6, room[:, None] / np.maximum(slant, 1e-6), np.inf)
        return self._clipped(reach)

    def inside(self, rings: NDArray[np.float64], gap_mm: float = 0.0) -> Sections:
        """Keep what a ray meets before it leaves closed curves (K, N, 2), less a gap."""
        rays = directions(RAYS)
        reach = [
            curves.reach(ring, np.tile(middle, (RAYS, 1)), rays)
            for ring, middle in zip(rings, self.centre_mm, strict=True)
        ]
        return self._clipped(np.maximum(np.array(reach) - gap_mm, 0.3))

    def outside(self, middle_mm: Points2, half_mm: Points2) -> Sections:
        """Keep what a ray meets before it enters an oval with half sizes (K, 2)."""
        rays = directions(RAYS)[None] / half_mm[:, None]
        away = ((self.centre_mm - middle_mm) / half_mm)[:, None]
        a, b = np.sum(rays * rays, axis=2), np.sum(rays * away, axis=2)
        c = np.sum(away * away, axis=2) - 1.0
        square = b * b - a * c
        hit = (square > 0) & (b < 0)
        reach = np.where(hit, (-b - np.sqrt(np.maximum(square, 0.0))) / a, np.inf)
        return self._clipped(np.maximum(reach, 0.3))

    def solid(self, ends_mm: tuple[float, float] = (14.0, 14.0)) -> Stack:
        """Round the corners and taper the lower and upper end over `ends_mm`."""
        smooth = gaussian_filter1d(self.radius_mm, _ROUNDING, axis=1, mode="wrap")
        radius = np.minimum(smooth, self.radius_mm)
        along = gaussian_filter1d(radius, 1.2, axis=0, mode="nearest")
        radius = np.minimum(radius, along)
        low = np.clip((self.z_mm - self.z_mm[0]) / ends_mm[0], 0.0, 1.0)
        high = np.clip((self.z_mm[-1] - self.z_mm) / ends_mm[1], 0.0, 1.0)
        taper = np.prod([np.sqrt(1 - (1 - share) ** 2) for share in (low, high)], axis=0)
        return Stack(float(self.z_mm[0]), STEP_MM, self.centre_mm, radius * taper[:, None])


def heights(low_mm: float, high_mm: float) -> Heights:
    """Evenly spaced heights (K,) from `low_mm` to about `high_mm`."""
    return np.arange(low_mm, high_mm + 0.5 * STEP_MM, STEP_MM)
