"""Bake a part in a view: rays through its distance field to depth, normal, occlusion, tissue."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import View
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import FLOAT, Field
from spineanim.geometry.solids.grid import Grid, sample
from spineanim.picture.gbuffer import GBuffer

LIGHT: Final = (-0.52, 0.62, 0.62)
"""Direction of the key light (right, up, toward the viewer): the upper left."""

_STEP_PX: Final = 1.2  # a grid much finer than the pixels is not seen
_STEPS: Final = 160
_CHUNK: Final = 80_000
_NORMAL_MM: Final = 0.45
_OPEN_TAPS_MM: Final = (0.8, 1.8, 3.6, 7.0, 12.0)
_SHADOW_TAPS: Final = 14


def turned(vectors: NDArray[np.float32], angle_deg: float) -> NDArray[np.float32]:
    """Turn picture vectors (..., 3) counter-clockwise in the picture."""
    turn = np.radians(angle_deg)
    cos, sin = FLOAT(np.cos(turn)), FLOAT(np.sin(turn))
    x, y, z = (vectors[..., i] for i in range(3))
    return np.stack([cos * x - sin * y, sin * x + cos * y, z], axis=-1).astype(FLOAT)


def step_for(part: Part, px_per_mm: float = 10.0) -> float:
    """Grid spacing (mm) that suits a part and a scale: fine for small parts and close views."""
    longest = float(np.max(part.solid.bounds.size_mm))
    step = float(np.clip(max(longest / 220.0, _STEP_PX / px_per_mm), 0.12, 1.2))
    return step if part.step_mm is None else min(step, part.step_mm)


def bake(part: Part, view: View, grid: Grid | None = None, lamp_deg: float = 0.0) -> GBuffer | None:
    """Look at a part from a view; None if nothing of it can be seen.

    Parameters
    ----------
    part : Part
    view : View
        Its scale is the scale of the arrays. Its cut must face the viewer.
    grid : Grid, optional
        The part's solid sampled in its own frame; made here if not given.
    lamp_deg : float
        How far the light is turned counter-clockwise in the picture, for a picture that
        will itself be turned clockwise by as much.

    Raises
    ------
    ValueError
        If the cut does not face the viewer.
    """
    if view.cut is not None and view.cut.unit @ view.toward_viewer < 0.05:
        raise ValueError(f"the cut of view {view.name} does not face the viewer")
    found = grid or sample(part.solid, step_for(part, view.px_per_mm))
    return _Ray(part, view, found, lamp_deg).cast()


class _Ray:
    """The bundle of parallel rays of one view, in the own frame of one part."""

    def __init__(self, part: Part, view: View, grid: Grid, lamp_deg: float) -> None:
        self.part, self.view, self.grid, self.lamp_deg = part, view, grid, lamp_deg
        turn = part.pose.rotation
        self.right, self.up, self.toward = (
            (np.array(axis) @ turn).astype(FLOAT) for axis in view.rotation
        )
        lamp = turned(np.array(LIGHT, dtype=FLOAT), lamp_deg)
        self.light = lamp @ np.stack([self.right, self.up, self.toward])
        self.light /= np.linalg.norm(self.light)
        self.origin = part.pose.local(np.zeros(3))
        self._frame_picture()

    def _frame_picture(self) -> None:
        """Pixel window that holds the part, on the view's own pixel lattice."""
        scale = self.view.px_per_mm
        plane = self.view.project(self.part.bounds.corners) * scale
        left, bottom = np.floor(plane.min(axis=0)).astype(int) - 1
        right, top = np.ceil(plane.max(axis=0)).astype(int) + 1
        self.left_mm, self.top_mm = float(left / scale), float(top / scale)
        self.width, self.height = int(right - left), int(top - bottom)

    def cast(self) -> GBuffer | None:
        """Send the rays and collect what they meet."""
        far, near, starts = self._span()
        live = np.nonzero(near > far)[0]
        pieces = [
            self._trace(live[i : i + _CHUNK], starts, far, near)
            for i in range(0, len(live), _CHUNK)
        ]
        kept = [piece for piece in pieces if len(piece["index"])]
        if not kept:
            return None
        return self._assemble({key: np.concatenate([p[key] for p in kept]) for key in kept[0]})

    def _span(self) -> tuple[Field, Field, tuple[Field, Field, Field]]:
        """Farthest and nearest height of each ray inside the grid, and its foot points."""
        scale = self.view.px_per_mm
        right = self.left_mm + (np.arange(self.width) + 0.5) / scale
        up = self.top_mm - (np.arange(self.height) + 0.5) / scale
        a, b = (axis.ravel() for axis in np.meshgrid(right, up))
        foot = [
            (self.origin[i] + a * self.right[i] + b * self.up[i]).astype(FLOAT) for i in range(3)
        ]
        far = np.full(a.size, -1e9, dtype=FLOAT)
        near = np.full(a.size, 1e9, dtype=FLOAT)
        for i in range(3):
            low, high, along = self.grid.low_mm[i], self.grid.high_mm[i], self.toward[i]
            if abs(along) < 1e-7:
                near[(foot[i] < low) | (foot[i] > high)] = -1e9
                continue
            one, two = (low - foot[i]) / along, (high - foot[i]) / along
            far, near = (
                np.maximum(far, np.minimum(one, two)),
                np.minimum(near, np.maximum(one, two)),
            )
        return far, near, (foot[0], foot[1], foot[2])

    def _trace(
        self, index: NDArray[np.int64], starts: tuple[Field, Field, Field], far: Field, near: Field
    ) -> dict[str, NDArray[Any]]:
        """Walk some rays from the viewer inwards to the first surface or cut."""
        foot = [row[index] for row in starts]
        height, stop = near[index].copy(), far[index]
        inside = np.zeros(len(index), dtype=FLOAT)
        if self.view.cut is not None:
            height, inside = self._at_cut(foot, height)
            inside[height < stop] = 0
        hit = inside > 0
        active = np.nonzero(~hit & (height > stop))[0]
        for count in range(_STEPS):
            if not len(active):
                break
            here = height[active]
            gap = self._gap(foot, active, here)
            met = gap <= 0.02
            height[active] = np.where(met, here, here - np.maximum(gap * 0.8, 0.03 + 0.004 * count))
            hit[active[met]] = True
            active = active[~met & (height[active] > stop[active])]
        found = np.nonzero(hit)[0]
        on_cut = inside[found] > 0
        height[found] -= np.where(on_cut, 0, np.minimum(-self._gap(foot, found, height[found]), 0))
        spot = [foot[i][found] + height[found] * self.toward[i] for i in range(3)]
        return self._describe(index[found], spot, height[found], inside[found])

    def _gap(self, foot: list[Field], rows: NDArray[np.int64], height: Field) -> Field:
        """Distance from the surface at a height on some rays."""
        x, y, z = (foot[i][rows] + height * self.toward[i] for i in range(3))
        return self.grid.at(x, y, z)

    def _at_cut(self, foot: list[Field], height: Field) -> tuple[Field, Field]:
        """Start on the cut where that lies in front; and how deep inside the start then lies."""
        plane = self.view.cut
        assert plane is not None  # only called with one
        normal = plane.unit @ self.part.pose.rotation
        offset = float(plane.unit @ (np.array(plane.point_mm) - self.part.pose.shift_mm))
        along = float(normal @ self.toward)
        level = (offset - sum(foot[i] * FLOAT(normal[i]) for i in range(3))) / along
        start = np.minimum(height, level).astype(FLOAT)
        gap = self._gap(foot, np.arange(len(height)), start)
        inside = np.where((level < height) & (gap < 0), -gap, 0).astype(FLOAT)
        return start, inside

    def _describe(
        self, index: NDArray[np.int64], spot: list[Field], height: Field, inside: Field
    ) -> dict[str, NDArray[Any]]:
        """Find normal, openness, light and tissue at the points met."""
        on_cut = inside > 0
        normal = self._normals(spot)
        if self.view.cut is not None:
            normal[on_cut] = (self.view.cut.unit @ self.part.pose.rotation).astype(FLOAT)
        openness = np.where(on_cut, 1, self._openness(spot, normal))
        lit = np.where(on_cut, 1, self._lit(spot, normal))
        points = np.stack(spot, axis=1).astype(np.float64)
        tissue = self.part.tissue_at(points, section=False)
        if on_cut.any():
            tissue[on_cut] = self.part.tissue_at(points[on_cut], section=True)
        seen = normal @ np.stack([self.right, self.up, self.toward]).T
        return {
            "index": index,
            "depth_mm": height,
            "normal": np.round(seen * 127).astype(np.int8),
            "openness": np.round(openness * 255).astype(np.uint8),
            "lit": np.round(lit * 255).astype(np.uint8),
            "inside_mm": inside.astype(np.float16),
            "tissue": tissue,
        }

    def _normals(self, spot: list[Field]) -> NDArray[np.float32]:
        """Take unit gradients (N, 3) from four samples round each point."""
        reach = FLOAT(max(_NORMAL_MM * self.grid.step_mm / 0.5, 0.15))
        total = np.zeros((len(spot[0]), 3), dtype=FLOAT)
        for signs in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
            x, y, z = (row + reach * sign for row, sign in zip(spot, signs, strict=True))
            total += self.grid.at(x, y, z)[:, None] * np.array(signs, dtype=FLOAT)
        total /= np.linalg.norm(total, axis=1, keepdims=True) + FLOAT(1e-9)
        return total

    def _openness(self, spot: list[Field], normal: NDArray[np.float32]) -> Field:
        """Share of light from all sides: how free the way along the normal is."""
        closed, weight = np.zeros(len(normal), dtype=FLOAT), 1.0
        for reach in _OPEN_TAPS_MM:
            x, y, z = (spot[i] + normal[:, i] * FLOAT(reach) for i in range(3))
            closed += np.clip(1 - self.grid.at(x, y, z) / FLOAT(reach), 0, 1) * FLOAT(weight)
            weight *= 0.82
        return np.asarray(np.clip(1 - FLOAT(0.34) * closed, 0, 1), dtype=FLOAT)

    def _lit(self, spot: list[Field], normal: NDArray[np.float32]) -> Field:
        """Share of the key light that gets past the part itself, softly."""
        begin = [spot[i] + normal[:, i] * FLOAT(0.6) for i in range(3)]
        share = np.ones(len(normal), dtype=FLOAT)
        away = np.full(len(normal), 0.9, dtype=FLOAT)
        for _ in range(_SHADOW_TAPS):
            x, y, z = (begin[i] + self.light[i] * away for i in range(3))
            gap = self.grid.at(x, y, z)
            share = np.minimum(share, np.clip(FLOAT(0.5) + 4 * gap / away, 0, 1))
            away = away + np.clip(gap, FLOAT(0.7), FLOAT(6))
        return share

    def _assemble(self, rows: dict[str, NDArray[Any]]) -> GBuffer:
        """Spread the rows of all rays over the picture."""
        index = rows.pop("index")
        empty = {"depth_mm": -np.inf, "openness": 255, "lit": 255}
        arrays: dict[str, NDArray[Any]] = {}
        for name, values in rows.items():
            shape = (self.height * self.width, *values.shape[1:])
            whole = np.full(shape, empty.get(name, 0), dtype=values.dtype)
            whole[index] = values
            arrays[name] = whole.reshape(self.height, self.width, *values.shape[1:])
        return GBuffer(self.view, self.left_mm, self.top_mm, lamp_deg=self.lamp_deg, **arrays)
