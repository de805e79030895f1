"""How much bone an X-ray from the front passes: the thickness of the body's own bones, added up."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.body import Body
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.grid import sample
from spineanim.picture.kept import kept
from spineanim.picture.raster import Grid

Density = NDArray[np.float32]

_STEP_MM: Final = 0.8
_CORTEX_MM: Final = 1.3
"""How far in from the surface bone is dense: the cortex of a vertebra is 1 to 1.5 mm thick [M]."""
_SPONGY: Final = 0.26
"""How much of the rays of the cortex spongy bone takes [D, so that pedicles show as rings]."""
_FAINT: Final = {"rib_": 0.75, "hip_bone": 0.8}
"""Bones beside the column are drawn fainter, for the column is what matters."""


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
    for part in (*body.column, *body.pelvis, *body.cage):
        low, high = np.array(part.bounds.low), np.array(part.bounds.high)
        beside = low[0] > right or high[0] < left or low[2] > top or high[2] < bottom
        if not beside and not part.name.startswith(("scapula", "clavicle", "sternum")):
            found += _passed(part, grid)
    return found


def _passed(part: Part, grid: Grid) -> Density:
    """Dense bone of one part along the rays, millimetres (H, W)."""
    field = sample(part.placed, _STEP_MM)
    depth = -field.values
    within = np.clip(depth / _STEP_MM + 0.5, 0.0, 1.0)
    dense = np.clip((_CORTEX_MM - depth) / _STEP_MM + 0.5, 0.0, 1.0)
    rays = (within * (_SPONGY + (1.0 - _SPONGY) * dense)).sum(axis=1) * _STEP_MM
    across, _, up = (
        (values - low) / _STEP_MM
        for values, low in zip(
            (grid.across_mm, np.zeros((1, 1)), grid.up_mm), field.low_mm, strict=True
        )
    )
    spots = np.broadcast_arrays(across, up)
    strength = next((each for name, each in _FAINT.items() if part.name.startswith(name)), 1.0)
    seen = ndimage.map_coordinates(rays, spots, order=1, mode="constant", prefilter=False)
    return np.asarray(strength * seen, dtype=np.float32)


def front_grid(box_mm: tuple[float, float, float, float], px_per_mm: float) -> Grid:
    """Pixels of a front view over a box: left, bottom, right, top (mm)."""
    assert ANTERIOR.right == (1.0, 0.0, 0.0)  # the rays run along the second axis
    return Grid.covering(box_mm, px_per_mm)
