"""The skeleton of the trunk as it shimmers through the skin: the body's bones, seen in a view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import map_coordinates

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR, LATERAL_LEFT, View
from spineanim.geometry.body import Body
from spineanim.geometry.params import Anatomy
from spineanim.geometry.parts import Part
from spineanim.geometry.spine import Spine
from spineanim.picture.image import BakedImage
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.shade import Finish, shade

_OVERSAMPLE = 2


def with_spine(spine: Spine) -> Body:
    """Body whose column is a spine; the bones depend on nothing else."""
    return Body(Anatomy(alignment=spine.alignment, stature_factor=spine.stature_factor))


def front_bones(body: Body) -> tuple[Part, ...]:
    """Bones of the trunk that a front view shows: cage, column with its discs, pelvis."""
    hidden = ("scapula", "C1", "C2", "C3", "C4")
    cage = [part for part in body.cage if not part.name.startswith(hidden)]
    column = [part for part in body.column if part.name not in hidden]
    discs = [part for part in body.discs if not part.name.startswith(("C2", "C3", "C4"))]
    return (*discs, *column, *body.pelvis, *cage)


def side_bones(body: Body) -> tuple[Part, ...]:
    """Bones of the trunk beside a cut column: cage and pelvis.

    Those of the patient's right are left out: seen from the left they lie exactly behind.
    """
    hidden = ("scapula", "clavicle")
    parts = (*body.pelvis, *body.cage)
    return tuple(p for p in parts if not (p.name.startswith(hidden) or p.name.endswith("_right")))


def bake_front_skeleton(grid: Grid, body: Body, theme: Theme) -> Float32:
    """Bake the bones of the trunk from the front, premultiplied ``(H, W, 4)`` on a grid."""
    return bake_parts(grid, front_bones(body), ANTERIOR, theme)


def bake_side_skeleton(grid: Grid, body: Body, theme: Theme, lamp_deg: float) -> Float32:
    """Bake cage and pelvis from the patient's left, premultiplied ``(H, W, 4)`` on a grid."""
    return bake_parts(grid, side_bones(body), LATERAL_LEFT, theme, lamp_deg)


def bake_parts(
    grid: Grid, parts: Sequence[Part], view: View, theme: Theme, lamp_deg: float = 0.0
) -> Float32:
    """Bake parts in a view onto the pixels of a grid.

    Parameters
    ----------
    grid : Grid
        Pixels of the view's plane.
    parts : sequence of Part
    view : View
        Its scale is replaced by the grid's.
    theme : Theme
    lamp_deg : float
        How far the light is turned counter-clockwise in the picture.

    Returns
    -------
    ndarray float32, shape (H, W, 4)
        Premultiplied; clear where nothing is.
    """
    seen = view.at_scale(grid.px_per_mm * _OVERSAMPLE)
    buffers = Kiln().fire([Recipe(part, seen, lamp_deg) for part in parts])
    found = [(p, b) for p, b in zip(parts, buffers, strict=True) if b is not None]
    if not found:
        return np.zeros((*grid.shape, 4), dtype=np.float32)
    return _on_grid(shade(found, theme, Finish(oversample=1)), seen.px_per_mm, grid)


def _on_grid(image: BakedImage, px_per_mm: float, grid: Grid) -> Float32:
    """Average a finer picture over the pixels of a grid; what lies beyond is left out."""
    left, _, _, top = image.box_mm
    rgba = image.rgba.astype(np.float32) / 255
    across = (grid.left_mm - left) * px_per_mm
    down = (top - grid.top_mm) * px_per_mm
    rows = np.arange(grid.shape[0] * _OVERSAMPLE) + down
    columns = np.arange(grid.shape[1] * _OVERSAMPLE) + across
    spots = np.stack(np.meshgrid(rows, columns, indexing="ij"))
    fine = np.stack(
        [map_coordinates(rgba[..., i], spots, order=1, mode="constant") for i in range(4)], axis=-1
    )
    tall, wide = grid.shape
    pieces = fine.reshape(tall, _OVERSAMPLE, wide, _OVERSAMPLE, 4)
    return np.asarray(pieces.mean(axis=(1, 3)), dtype=np.float32)
