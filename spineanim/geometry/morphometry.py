"""Sizes of the bones of the column, read off their solids with calipers.

Nothing here knows the table that the solids were made from: a search window comes from the
frame of the level, every number from where rays meet the surface. All at reference size,
in the bone's own frame (x left, y posterior, z cranial), millimetres and degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import calipers
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.bones.column import bone_shape
from spineanim.geometry.bones.vertebrae import bone_part, pose_of
from spineanim.geometry.layout import build_frames
from spineanim.geometry.params import STANDING, Alignment
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import CERVICAL, LEVELS

BODIES: Final = LEVELS[2:-1]
"""Levels whose body has two free end plates, C3 to L5."""

_BELOW_RIM_MM: Final = 1.7
_STEP_MM: Final = 0.4


@dataclass(frozen=True)
class Plate:
    """End plate in the midline: where its rims' line meets the front and the back edge.

    ``front`` and ``back`` are (y, z) in the bone's own frame.
    """

    front: Points2
    back: Points2

    @property
    def depth_mm(self) -> float:
        """Front to back size."""
        return float(np.linalg.norm(self.back - self.front))

    @property
    def tilt_deg(self) -> float:
        """Tilt against the bone's own frame, positive when the front edge is low."""
        run = self.back - self.front
        return float(np.degrees(np.arctan2(run[1], run[0])))


def _solid(level: str) -> Solid:
    return bone_shape("sacrum" if level == "S1" else level).solid


@lru_cache(maxsize=64)
def plate(level: str, side: str) -> Plate:
    """End plate of a level, ``side`` being ``"upper"`` or ``"lower"``.

    The line through the highest points of the front and the back rim is drawn out to the
    edges of the plate, as calipers laid on the rims would show it.

    Raises
    ------
    LookupError
        For plates that are not there: both of C1, the upper of C2, the lower of S1.
    """
    if level == "C1" or (level, side) in {("C2", "upper"), ("S1", "lower")}:
        raise LookupError(f"{level} has no free {side} end plate")
    frame = build_frames(STANDING, 1.0)[level]
    half = float(np.linalg.norm(frame.corners[1] - frame.corners[0])) / 2
    sign = 1.0 if side == "upper" else -1.0
    start_z, reach = (-12.0, 17.0) if level == "S1" else (0.0, frame.height_mm / 2 + 4.0)
    y = np.arange(-half, half, _STEP_MM)
    starts = np.column_stack([np.zeros_like(y), y, np.full_like(y, start_z)])
    rise = calipers.edges_mm(_solid(level), starts, (0, 0, sign), reach)
    line = _rim_line(y, rise, half)
    ends = []
    for way in (-1.0, 1.0):
        at = 0.45 * half * way
        height = start_z + sign * (np.polyval(line, at) - _BELOW_RIM_MM)
        start = np.array([[0.0, at, height]])
        edge = at + way * float(calipers.firsts_mm(_solid(level), start, (0, way, 0), half)[0])
        ends.append(np.array([edge, start_z + sign * np.polyval(line, edge)]))
    return Plate(ends[0], ends[1])


def _rim_line(
    y: NDArray[np.float64], rise: NDArray[np.float64], half: float
) -> NDArray[np.float64]:
    """Slope and height of the line that lies on the front and the back rim."""
    line = np.zeros(2)
    seen = np.isfinite(rise)
    for _ in range(3):
        over = np.where(seen, rise - np.polyval(line, y), -np.inf)
        front = int(np.argmax(np.where(y < -0.4 * half, over, -np.inf)))
        back = int(np.argmax(np.where(y > 0.4 * half, over, -np.inf)))
        line = np.polyfit(y[[front, back]], rise[[front, back]], 1)
    return np.asarray(line)


# --------------------------------------------------------------------------- the body
def body_heights_mm(level: str) -> tuple[float, float]:
    """Front and back height of a body with two free plates."""
    upper, lower = plate(level, "upper"), plate(level, "lower")
    front = np.linalg.norm(upper.front - lower.front)
    return float(front), float(np.linalg.norm(upper.back - lower.back))


def wedge_deg(level: str) -> float:
    """Angle between the end plates of a body, positive when lower in front."""
    return plate(level, "upper").tilt_deg - plate(level, "lower").tilt_deg


def body_width_mm(level: str, side: str) -> float:
    """Width of an end plate at its widest, in front of the pedicles."""
    found = plate(level, side)
    sign = 1.0 if side == "upper" else -1.0
    shares = np.linspace(0.30, 0.62, 9)[:, None]
    y, z = (found.front + (found.back - found.front) * shares).T
    spots = np.column_stack([np.zeros_like(y), y, z - sign * (_BELOW_RIM_MM + 0.3)])
    return float(2 * np.max(calipers.firsts_mm(_solid(level), spots, (1, 0, 0), 40.0)))


# ------------------------------------------------------------------------ the arch
@lru_cache(maxsize=32)
def canal_mm(level: str) -> tuple[float, float]:
    """Depth of the bony canal in the midline, and width between the pedicles, C3 to L5.

    The depth is the least at any height of the body, the width the greatest at the
    pedicles' middle.
    """
    solid, frame = _solid(level), build_frames(STANDING, 1.0)[level]
    z = np.linspace(-0.5, 0.3, 17) * frame.height_mm
    spots = np.column_stack([np.zeros_like(z), np.full_like(z, frame.half_depth_mm + 7.0), z])
    depths = calipers.widths_mm(solid, spots, (0, 1, 0), 40.0)
    y = frame.half_depth_mm + np.linspace(1.5, 9.0, 16)
    spots = np.column_stack([np.zeros_like(y), y, np.full_like(y, _pedicle_spot(level)[2])])
    widths = 2 * calipers.firsts_mm(solid, spots, (1, 0, 0), 30.0)
    return float(np.min(depths)), float(np.max(np.where(np.isfinite(widths), widths, 0.0)))


@lru_cache(maxsize=32)
def _pedicle_spot(level: str) -> Points3:
    """Middle of the left pedicle where its section square to y is smallest (3,)."""
    solid, frame = _solid(level), build_frames(STANDING, 1.0)[level]
    best, spot = float("inf"), np.zeros(3)
    z = np.linspace(-0.9, 1.0, 39) * frame.height_mm / 2
    for y in frame.half_depth_mm + np.linspace(0.5, 7.0, 14):
        starts = np.column_stack([np.zeros_like(z), np.full_like(z, y), z])
        inner = calipers.firsts_mm(solid, starts, (1, 0, 0), 25.0)
        held = np.isfinite(inner)
        if not held.any():
            continue
        inside = starts + np.column_stack(
            [np.where(held, inner, 0.0) + 0.3, *np.zeros((2, len(z)))]
        )
        wide = np.where(held, calipers.firsts_mm(solid, inside, (1, 0, 0), 40.0), 0.0)
        wide = np.where(np.isfinite(wide), wide, 0.0)
        area = float(wide.sum())
        if 0.0 < area < best:
            middle = float(np.average(z, weights=wide))
            row = int(np.argmin(np.abs(z - middle)))
            best = area
            spot = np.array([inner[row] + 0.3 + wide[row] / 2, y, middle])
    return spot


@lru_cache(maxsize=32)
def pedicle_mm(level: str) -> tuple[float, float]:
    """Width and height of a pedicle at its isthmus, the width square to its own axis."""
    solid, spot = _solid(level), _pedicle_spot(level)[None]
    turns = np.radians(np.arange(-15.0, 61.0, 5.0))
    wide = [
        float(calipers.widths_mm(solid, spot, (np.cos(turn), np.sin(turn), 0.0), 20.0)[0])
        for turn in turns
    ]
    return min(wide), float(calipers.widths_mm(solid, spot, (0, 0, 1), 25.0)[0])


@lru_cache(maxsize=32)
def spinous(level: str) -> tuple[float, float]:
    """Free length of the spinous process and its slope below the body's level (degrees).

    The axis runs from the middle of its root to its tip; the length counts from the line
    on which the laminae meet, the back wall of the canal.
    """
    solid, frame = _solid(level), build_frames(STANDING, 1.0)[level]
    wall = frame.half_depth_mm + canal_mm(level)[0]
    # neck spines end in two tips beside the midline
    x = np.arange(0.0, 7.0, 1.5) if level in CERVICAL else np.zeros(1)
    y, z = np.arange(wall + 1.0, wall + 50.0, 0.6), np.arange(-48.0, 16.0, 0.6)
    grid = np.stack(np.meshgrid(x, y, z, indexing="ij"), axis=-1).reshape(-1, 3)
    points = grid[solid.contains(grid)]
    root = points[(points[:, 1] < wall + 6.0) & (points[:, 0] < 1.0), 1:].mean(axis=0)
    points = points[:, 1:]
    far = np.linalg.norm(points - root, axis=1)
    tip = points[far > far.max() - 2.5].mean(axis=0)
    run = (tip - root) / np.linalg.norm(tip - root)
    end = ((points - root) @ run).max() + 0.3
    start = (wall - root[0]) / run[0]
    return float(end - start), float(-np.degrees(np.arctan2(run[1], run[0])))


@lru_cache(maxsize=32)
def span_mm(level: str) -> float:
    """Greatest width of the bone, tip to tip of the transverse processes."""
    low, high = calipers.extent_mm(_solid(level), (1, 0, 0), 3.0)
    return high - low


# -------------------------------------------------------------------- the whole column
def placed_plate(spine: Spine, level: str, side: str) -> Points2:
    """Front and back end of an end plate where a spine has it, (2, 2) in (y, z)."""
    found = plate(level, side)
    local = np.array([found.front, found.back]) * spine.stature_factor
    points = np.column_stack([np.zeros(2), local])
    return pose_of(spine.frame(level)).place(points)[:, 1:]


def tilt_deg(spine: Spine, level: str, side: str) -> float:
    """Tilt of an end plate of a bone as it stands, positive when the front edge is low.

    For the upper plate of C2, which is not free, its lower plate stands in, turned by the
    body's wedge.
    """
    if level == "C2" and side == "upper":
        frame = spine.frame("C2")
        return tilt_deg(spine, "C2", "lower") + frame.tilt_deg - frame.lower_tilt_deg
    front, back = placed_plate(spine, level, side)
    return float(np.degrees(np.arctan2(back[1] - front[1], back[0] - front[0])))


def cobb_deg(spine: Spine, upper: str, lower: str, lower_side: str = "upper") -> float:
    """Angle from the upper end plate of a bone to a plate of a lower one, positive kyphosis."""
    return tilt_deg(spine, upper, "upper") - tilt_deg(spine, lower, lower_side)


def disc_heights_mm(spine: Spine, disc: str) -> tuple[float, float]:
    """Height of a disc at its front and its back edge: rim to rim."""
    upper, lower = disc.split("_")
    above, below = placed_plate(spine, upper, "lower"), placed_plate(spine, lower, "upper")
    front, back = np.linalg.norm(above - below, axis=1)
    return float(front), float(back)


def disc_middle_mm(spine: Spine, disc: str) -> float:
    """Height of a disc at its middle, between the hollows of its end plates."""
    upper, lower = disc.split("_")
    above, below = placed_plate(spine, upper, "lower"), placed_plate(spine, lower, "upper")
    middle = (above.mean(axis=0) + below.mean(axis=0)) / 2
    spot = np.array([0.0, *middle])
    axis = (above - below).mean(axis=0)
    way = np.array([0.0, *axis])
    bones = (upper, "sacrum" if lower == "S1" else lower)
    return sum(
        calipers.free_mm(bone_part(spine, name).placed, spot, sign * way, 20.0)
        for name, sign in zip(bones, (1.0, -1.0), strict=True)
    )


def spinous_tip(spine: Spine, level: str) -> Points2:
    """Hindmost point of a spinous process as a spine has it, (2,) in (y, z)."""
    solid = bone_part(spine, level).placed
    box = solid.bounds
    ahead = box.high[1] - 25.0 * spine.stature_factor
    y = np.arange(ahead, box.high[1] + 1.0, 0.5)
    z = np.arange(box.low[2] - 1.0, box.high[2] + 1.0, 0.5)
    x = np.arange(0.0, 7.0, 1.5) if level in CERVICAL else np.zeros(1)
    grid = np.stack(np.meshgrid(x, y, z, indexing="ij"), axis=-1).reshape(-1, 3)
    inside = grid[solid.contains(grid)]
    tip: Points2 = inside[int(np.argmax(inside[:, 1])), 1:]
    return tip


def asked_angles_deg(spine: Spine, asked: Alignment) -> tuple[tuple[str, float, float], ...]:
    """Name, measured value and asked value (degrees) of every angle that was asked for.

    Measured between the end plates of the solids; lordosis counts as positive.
    """
    return (
        ("lumbar lordosis", -cobb_deg(spine, "L1", "S1"), asked.lumbar_lordosis_deg),
        ("thoracic kyphosis", cobb_deg(spine, "T1", "T12", "lower"), asked.thoracic_kyphosis_deg),
        ("cervical lordosis", -cobb_deg(spine, "C2", "C7"), asked.cervical_lordosis_deg),
        ("sacral slope", tilt_deg(spine, "S1", "upper"), asked.sacral_slope_deg),
    )
