"""What lies in and on the vertebral canal in the midline: sac, cord, roots, ligaments.

All curves are (y posterior, z cranial) in millimetres and run from cranial to caudal.
Positions are offsets backwards from the front wall of the canal, taken per level from
the tables below (reference body, scaled with stature) and joined smoothly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal_tables import (
    BACK_GAP,
    CORD_DEPTH,
    CORD_GAP,
    CORD_WIDTH,
    FRONT_GAP,
    SAC_WIDTH,
    TAPER,
    Table,
)
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS, vertebrae
from spineanim.geometry.vertebra import SACRAL_CANAL_BACK, SACRAL_CANAL_FRONT

CONUS_STATION: Final = 19.45
"""Where the cord ends: the lower edge of L1, just above the L1-L2 disc [47, 48]."""

SAC_END_STATION: Final = 25.3
"""Where the dural sac ends: upper to middle S2 [49]."""

FLAVUM_MM: Final = {"cervical": 1.8, "thoracic": 2.4, "lumbar": 3.5}
"""Thickness of the ligamentum flavum; lumbar 3.2-3.8 [52], the rest M."""

ANTERIOR_LIGAMENT_MM: Final = 1.8
POSTERIOR_LIGAMENT_MM: Final = 1.2
SUPRASPINOUS_MM: Final = 3.4
"""Thickness of the long ligaments (mm) [M]."""

# Width of the sacral canal at S2 and S3 (M)
_SACRAL_CANAL_WIDTH: Final = (24.0, 18.0)
_SPACING_MM: Final = 1.5
# Spread, in samples, of the Gaussian over the bony wall and over the line that sac and cord
# follow. Dura and cord are taut and do not dip behind every body as the bone does, so their
# line is smoothed over about a level (25 mm in the chest, 17 samples) (D).
_WALL_SPREAD: Final = 2.5
_SOFT_SPREAD: Final = 9.0
_OFFSET_SPREAD: Final = 5.0
_SACRAL_STATIONS: Final = (24.0, 24.6, 25.3, 26.0, 26.7, 27.4)


def station(level: str) -> float:
    """Place of a level's centre along the canal: C1 is 0, each level one more, S1 24.

    ``"L2_L3"`` is the disc between two levels, ``"S2"`` and ``"S3"`` the sacral bodies.
    """
    if level in ("S2", "S3"):
        return 25.2 if level == "S2" else 26.0
    if "_" in level:
        upper, lower = level.split("_")
        return (station(upper) + station(lower)) / 2
    return float(LEVELS.index(level))


@dataclass(frozen=True)
class Canal:
    """The canal of a spine and everything in it, sampled about every 1.5 mm."""

    spine: Spine

    # ------------------------------------------------------------------------- the walls
    @cached_property
    def _base(self) -> tuple[NDArray[np.float64], Points2, Points2]:
        """Stations (K,), front wall (K, 2) and backward normals (K, 2)."""
        marks, knots = self._front_knots()
        along = curves.distances(knots)
        count = int(along[-1] / _SPACING_MM) + 1
        wanted = np.linspace(0.0, along[-1], count)
        wall = PchipInterpolator(along, knots)(wanted)
        wall = gaussian_filter1d(wall, _WALL_SPREAD, axis=0, mode="nearest")
        stations = np.interp(wanted, along, marks)
        return stations, wall, curves.normals(_smoothed(wall, _SOFT_SPREAD))

    @cached_property
    def _soft_line(self) -> NDArray[np.float64]:
        """Line that sac and cord follow, backwards from the front wall, per sample (K,).

        It is the front wall without its dips behind the bodies; negative before it.
        """
        _, wall, normal = self._base
        away = _smoothed(wall, _SOFT_SPREAD) - wall
        return np.asarray(np.sum(away * normal, axis=1))

    def _front_knots(self) -> tuple[NDArray[np.float64], Points2]:
        """Points of the back of bodies and discs with their stations."""
        spine, scale = self.spine, self.spine.stature_factor
        dens = spine.frame("C2").place(np.array([[5.2, 18.0], [5.0, 12.0]]) * scale)
        marks: list[float] = [-0.45, 0.0]
        knots: list[Points2] = [dens[0], dens[1]]
        for level in LEVELS[1:-1]:
            frame = spine.frame(level)
            corners = frame.corners
            back = (corners[1] + corners[2]) / 2
            inward = (corners[0] - corners[1]) * 0.03
            marks.append(station(level))
            knots.append(back + inward)
            below = spine.frame(LEVELS[LEVELS.index(level) + 1]).corners[1]
            marks.append(station(level) + 0.5)
            knots.append((corners[2] + below) / 2)
        sacral = spine.frame("S1").place(np.array(SACRAL_CANAL_FRONT) * scale)
        marks.extend(_SACRAL_STATIONS)
        knots.extend(sacral)
        return np.array(marks), np.array(knots)

    @cached_property
    def _depth(self) -> NDArray[np.float64]:
        """Front to back size of the bony canal at each sample (K,)."""
        depth = _depth_spline()(self._base[0])
        smoothed = gaussian_filter1d(depth, 3.0, mode="nearest")
        return np.asarray(smoothed) * self.spine.stature_factor

    def _table(self, table: Table) -> NDArray[np.float64]:
        """Spread a per-level table over the samples (K,), scaled with stature."""
        spline, (first, last) = _spread_over(table)
        return np.asarray(spline(np.clip(self._base[0], first, last))) * self.spine.stature_factor

    @cached_property
    def _sac_walls(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Front and back of the dural sac, backwards from the soft line, per sample (K,)."""
        front = _even(self._table(FRONT_GAP))
        back = _even(self._depth - self._table(BACK_GAP))
        middle = (front + back) / 2
        close = self._closing
        return middle - (middle - front) * close, middle + (back - middle) * close

    @cached_property
    def _closing(self) -> NDArray[np.float64]:
        """Share of its full size that the sac keeps as it rounds off at its end (K,)."""
        left = np.clip((SAC_END_STATION - self._base[0]) / 1.1, 0.0, 1.0)
        return np.asarray(np.sqrt(1 - (1 - left) ** 2) * np.clip(left * 50, 0.0, 1.0))

    @cached_property
    def sac_offsets(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Front and back of the dural sac, backwards from the front wall, per sample (K,)."""
        front, back = self._sac_walls
        return self._soft_line + front, self._soft_line + back

    @cached_property
    def cord_offsets(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Front and back of the cord, backwards from the front wall, per sample (K,)."""
        stations = self._base[0]
        full = _even(self._table(CORD_DEPTH)) / 2
        half = full * self._taper
        front = self._sac_walls[0] + self._table(CORD_GAP)
        centre = self._soft_line + _even(np.where(stations < 18.0, front + full, front + half))
        return centre - half, centre + half

    @cached_property
    def _taper(self) -> NDArray[np.float64]:
        """Share of its full size that the cord keeps in the conus; 0 below it (K,)."""
        stations, marks = self._base[0], TAPER
        taper = _taper_spline()(np.clip(stations, marks[0][0], marks[-1][0]))
        return np.where(stations > CONUS_STATION, 0.0, taper)

    @cached_property
    def half_widths(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Half the left-right size of bony canal, dural sac and cord, per sample (K,)."""
        stations = self._base[0]
        marks = [station(level) for level in LEVELS] + [station("S2"), station("S3")]
        sizes = [vertebrae()[level].number("canal_width_mm") for level in LEVELS]
        bony = PchipInterpolator(marks, [*sizes, *_SACRAL_CANAL_WIDTH])
        canal = bony(np.clip(stations, marks[0], marks[-1])) * self.spine.stature_factor
        sac = _even(self._table(SAC_WIDTH)) * self._closing
        cord = _even(self._table(CORD_WIDTH)) * self._taper
        return np.asarray(canal) / 2, sac / 2, cord / 2

    @property
    def stations(self) -> NDArray[np.float64]:
        """Station of each sample (K,)."""
        return self._base[0]

    @property
    def depth_mm(self) -> NDArray[np.float64]:
        """Front to back size of the bony canal at each sample (K,)."""
        return self._depth

    # ------------------------------------------------------------------------- places
    def index_of(self, at: float) -> int:
        """Sample nearest to a station."""
        return int(np.argmin(np.abs(self._base[0] - at)))

    def place(self, at: float, offset_mm: float) -> Points2:
        """Point (2,) at a station, `offset_mm` backwards from the front wall."""
        stations, wall, normal = self._base
        column = np.column_stack([wall, normal])
        y, z, ny, nz = (np.interp(at, stations, values) for values in column.T)
        return np.array([y + ny * offset_mm, z + nz * offset_mm])

    def places(self, at: NDArray[np.float64], offset_mm: NDArray[np.float64]) -> Points2:
        """Points (M, 2) at stations (M,), `offset_mm` (M,) backwards from the front wall."""
        stations, wall, normal = self._base
        rows = [np.interp(at, stations, row) for row in np.hstack([wall, normal]).T]
        away: Points2 = np.stack(rows[2:], axis=1)
        found: Points2 = np.stack(rows[:2], axis=1) + away * np.asarray(offset_mm)[:, None]
        return found

    def offsets_at(self, at: float) -> dict[str, float]:
        """Offsets (mm) of walls, sac and cord from the front wall at a station."""
        stations = self._base[0]
        rows = {
            "back_wall": self._depth,
            "sac_front": self.sac_offsets[0],
            "sac_back": self.sac_offsets[1],
            "cord_front": self.cord_offsets[0],
            "cord_back": self.cord_offsets[1],
        }
        return {name: float(np.interp(at, stations, row)) for name, row in rows.items()}

    def back_wall(self, at: NDArray[np.float64]) -> tuple[Points2, Points2]:
        """Points (M, 2) of the back wall at stations (M,), and unit directions backwards there."""
        stations, wall, normal = self._base
        back = wall + normal * self._depth[:, None]
        rows = np.column_stack([back, normal])
        found = np.column_stack([np.interp(at, stations, row) for row in rows.T])
        away = found[:, 2:]
        return found[:, :2], away / np.linalg.norm(away, axis=1, keepdims=True)

    def station_of(self, point_yz: Points2) -> tuple[float, float]:
        """Station of a sagittal point and its offset backwards from the front wall (mm).

        The point must lie within about 60 mm of the canal.
        """
        stations, wall, normal = self._base
        away = np.asarray(point_yz, dtype=np.float64) - wall
        lag = away[:, 0] * normal[:, 1] - away[:, 1] * normal[:, 0]
        miss = np.where(np.linalg.norm(away, axis=1) < 60.0, np.abs(lag), np.inf)
        best = int(np.argmin(miss))
        step = -1 if lag[best] > 0 else 1
        other = int(np.clip(best + step, 0, len(stations) - 1))
        span = lag[best] - lag[other]
        share = 0.0 if other == best or span == 0.0 else float(np.clip(lag[best] / span, 0, 1))
        at = stations[best] * (1 - share) + stations[other] * share
        base = wall[best] * (1 - share) + wall[other] * share
        across = normal[best] * (1 - share) + normal[other] * share
        offset = (np.asarray(point_yz) - base) @ across / np.linalg.norm(across)
        return float(at), float(offset)

    def curve(self, offset_mm: NDArray[np.float64], start: float, end: float) -> Points2:
        """Curve at per-sample offsets (K,) between two stations, open (N, 2)."""
        stations, wall, normal = self._base
        keep = (stations >= start) & (stations <= end)
        return (wall + normal * offset_mm[:, None])[keep]

    # ------------------------------------------------------------------------- outlines
    def anterior_wall(self) -> Points2:
        """Back of the bodies and discs from the dens to S3, open."""
        return self.curve(np.zeros_like(self._depth), -1.0, 99.0)

    def posterior_wall(self) -> Points2:
        """Front of the laminae as one smooth line (spinolaminar line), open."""
        return self.curve(self._depth, -1.0, 99.0)

    def outline(self) -> Points2:
        """Return the whole canal, closed (N, 2)."""
        return np.vstack([self.anterior_wall(), self.posterior_wall()[::-1]])

    def sac_wall(self, side: str) -> Points2:
        """``"front"`` or ``"back"`` of the dural sac, open, down to its end at S2."""
        offsets = self.sac_offsets[0 if side == "front" else 1]
        return self.curve(offsets, -1.0, SAC_END_STATION)

    def sac(self) -> Points2:
        """Dural sac, closed (N, 2)."""
        return np.vstack([self.sac_wall("front"), self.sac_wall("back")[::-1]])

    def cord(self) -> Points2:
        """Spinal cord down to the conus, closed (N, 2)."""
        front, back = self.cord_offsets
        left = self.curve(front, -1.0, CONUS_STATION)
        right = self.curve(back, -1.0, CONUS_STATION)
        return np.vstack([left, right[::-1]])

    def conus_tip(self) -> Points2:
        """End of the cord (2,)."""
        gaps = self.offsets_at(CONUS_STATION)
        return self.place(CONUS_STATION, (gaps["cord_front"] + gaps["cord_back"]) / 2)

    def filum(self) -> Points2:
        """Thread from the conus to the end of the sac, open."""
        front, back = self.cord_offsets
        middle = (front + back) / 2
        stop = SAC_END_STATION - 0.15
        inside = np.clip(middle, self.sac_offsets[0] + 0.6, self.sac_offsets[1] - 0.6)
        inside = _even(inside - self._soft_line) + self._soft_line
        return self.curve(inside, CONUS_STATION - 0.05, stop)

    def roots(self, count: int = 8) -> tuple[Points2, ...]:
        """Cauda equina: loose roots from the lower cord to S2, each open, inside the sac."""
        stations = self._base[0]
        low, high = self.sac_offsets
        front, back = self.cord_offsets
        found = []
        for index in range(count):
            share = index / (count - 1)
            begin = 18.15 + 0.95 * abs(2 * share - 1) ** 0.7
            target = low + (high - low) * (0.16 + 0.66 * share)
            start = front + (back - front) * share
            blend = np.clip((stations - begin) / 2.6, 0.0, 1.0)
            blend = blend * blend * (3 - 2 * blend)
            sway = 0.55 * np.sin(stations * (1.7 + 0.13 * index) + 2.1 * index) * blend
            line = start * (1 - blend) + target * blend + sway
            line = np.clip(line, low + 0.8, high - 0.8) - self._soft_line
            line = _even(line) + self._soft_line
            found.append(self.curve(line, begin, SAC_END_STATION - 0.25 - 0.07 * (index % 3)))
        return tuple(found)

    def epidural_fat(self) -> Points2:
        """Fat between the back of the sac and the laminae, T1 to S3, closed (N, 2)."""
        start, stop = station("T1"), 27.0
        wall = self.curve(self._depth, start, stop)
        dura = self.curve(self.sac_offsets[1], start, stop)
        return np.vstack([dura, wall[::-1]])

    def anterior_fat(self) -> Points2:
        """Fat between the bodies and the front of the sac, T12 to S3, closed (N, 2)."""
        start, stop = station("T12"), 27.0
        wall = self.curve(np.zeros_like(self._depth), start, stop)
        dura = self.curve(self.sac_offsets[0], start, stop)
        return np.vstack([wall, dura[::-1]])


@cache
def _spread_over(table: Table) -> tuple[PchipInterpolator, tuple[float, float]]:
    """Smooth run of a per-level table over the stations, and its first and last station."""
    marks = [station(level) for level, _ in table]
    return PchipInterpolator(marks, [value for _, value in table]), (marks[0], marks[-1])


@cache
def _taper_spline() -> PchipInterpolator:
    """Share of its size that the cord keeps, over the stations."""
    return PchipInterpolator(*zip(*TAPER, strict=True))


@cache
def _depth_spline() -> PchipInterpolator:
    """Front to back size of the bony canal over the stations, of the reference body."""
    levels = LEVELS[1:-1]
    marks = [-0.45, 0.0, *(station(level) for level in levels), *_SACRAL_STATIONS]
    sizes = [19.0, 18.5, *(vertebrae()[level].number("canal_depth_mm") for level in levels)]
    gap = np.array(SACRAL_CANAL_BACK) - np.array(SACRAL_CANAL_FRONT)
    return PchipInterpolator(marks, [*sizes, *np.linalg.norm(gap, axis=1)])


def _even(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take the corners out of per-sample offsets (K,)."""
    return np.asarray(gaussian_filter1d(row, _OFFSET_SPREAD, mode="nearest"))


def _smoothed(line: Points2, spread: float) -> Points2:
    """Smooth an open curve; its ends stay in place and keep their direction."""
    room = min(int(4 * spread), len(line) - 1)
    padded = np.pad(line, ((room, room), (0, 0)), mode="reflect", reflect_type="odd")
    return np.asarray(gaussian_filter1d(padded, spread, axis=0))[room:-room]
