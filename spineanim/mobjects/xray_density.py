"""How much bone an X-ray from the front passes: the thickness of the body's own bones, added up.

What a bone takes is kept by itself: other levels in the picture bake only the bones that are new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.body import Body
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.grid import sample
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.kept import kept
from spineanim.picture.raster import Grid, Region
from spineanim.picture.recall import is_kept

Density = NDArray[np.float32]

_STEP_MM: Final = 0.8
_ROUGH_STEP_MM: Final = 2.4
_CORTEX_MM: Final = 1.3
"""How far in from the surface bone is dense: the cortex of a vertebra is 1 to 1.5 mm thick [M]."""
_SPONGY: Final = 0.26
"""How much of the rays of the cortex spongy bone takes [D, so that pedicles show as rings]."""
_FAINT: Final = {"rib_": 0.75, "hip_bone": 0.8}
"""Bones beside the column are drawn fainter, for the column is what matters."""
_BESIDE_THE_COLUMN: Final = ("scapula", "clavicle", "sternum")
"""These are left out."""


@dataclass(frozen=True)
class _Rays:
    """What one bone takes of the rays from back to front.

    Attributes
    ----------
    taken_mm
        Dense bone along each ray, by place across and height (X, Z).
    low_mm
        Patient place (3,) of the first sample.
    strength
        How strongly it is drawn, 0 to 1.
    """

    taken_mm: Density
    low_mm: NDArray[np.float64]
    strength: float


@kept
def bone_density(body: Body, grid: Grid) -> Density:
    """Add up the bone that rays from back to front pass.

    Parameters
    ----------
    body
        Whose bones: column, ribs and pelvis, as far as they lie in the picture.
    grid
        Pixels in the plane of the front view.

    Returns
    -------
    ndarray float32, shape (H, W)
        Millimetres of dense bone along the ray of each pixel.
    """
    found = np.zeros(grid.shape, np.float32)
    left, bottom, right, top = grid.box_mm
    for index, (low_x, low_z, high_x, high_z) in enumerate(_boxes_mm(body)):
        if low_x <= right and high_x >= left and low_z <= top and high_z >= bottom:
            step_mm = _STEP_MM
            if in_haste() and not is_kept(_rays, body, index, step_mm):
                roughened()
                step_mm = _ROUGH_STEP_MM
            _pass(found, _rays(body, index, step_mm), step_mm, grid)
    return found


def _bones(body: Body) -> Iterator[Part]:
    """Bones of the picture, those that are quick to make first."""
    yield from body.column
    yield from body.pelvis
    yield from (part for part in body.cage if not part.name.startswith(_BESIDE_THE_COLUMN))


@kept
def _boxes_mm(body: Body) -> NDArray[np.float64]:
    """Left, bottom, right and top of each bone (N, 4): to find them, all bones must be made."""
    boxes = [part.bounds for part in _bones(body)]
    return np.array([(*box.low[::2], *box.high[::2]) for box in boxes])


@kept
def _rays(body: Body, index: int, step_mm: float) -> _Rays:
    """Return what one of the bones takes; it is kept by the body, for making bones takes long."""
    part = next(part for place, part in enumerate(_bones(body)) if place == index)
    field = sample(part.placed, step_mm)
    depth = -field.values
    within = np.clip(depth / step_mm + 0.5, 0.0, 1.0)
    dense = np.clip((_CORTEX_MM - depth) / step_mm + 0.5, 0.0, 1.0)
    taken = (within * (_SPONGY + (1.0 - _SPONGY) * dense)).sum(axis=1) * step_mm
    strength = next((each for name, each in _FAINT.items() if part.name.startswith(name)), 1.0)
    return _Rays(np.asarray(taken, dtype=np.float32), field.low_mm, strength)


def _pass(found: Density, rays: _Rays, step_mm: float, grid: Grid) -> None:
    """Add to the pixels of a picture (H, W) what one bone takes."""
    across, up = (
        (values - low) / step_mm
        for values, low in zip((grid.across_mm, grid.up_mm), rays.low_mm[::2], strict=True)
    )
    # beyond its samples a bone adds nothing
    rows, columns = (
        np.flatnonzero((spots >= 0.0) & (spots <= size - 1))
        for spots, size in zip((up.ravel(), across.ravel()), rays.taken_mm.T.shape, strict=True)
    )
    if not len(rows) or not len(columns):
        return
    region: Region = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    spots = np.broadcast_arrays(across[:, region[1]], up[region[0]])
    seen = ndimage.map_coordinates(rays.taken_mm, spots, order=1, mode="constant", prefilter=False)
    found[region] += np.asarray(rays.strength * seen, dtype=np.float32)


def front_grid(box_mm: tuple[float, float, float, float], px_per_mm: float) -> Grid:
    """Pixels of a front view over a box: left, bottom, right, top (mm)."""
    assert ANTERIOR.right == (1.0, 0.0, 0.0)  # the rays run along the second axis
    return Grid.covering(box_mm, px_per_mm)
