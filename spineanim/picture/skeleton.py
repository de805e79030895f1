"""The skeleton of the trunk as it shimmers through the skin: the body's bones, seen in a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR, LATERAL_LEFT, View
from spineanim.geometry.body import Body
from spineanim.geometry.params import Anatomy, Side
from spineanim.geometry.parts import Part
from spineanim.geometry.spine import Spine
from spineanim.picture.kept import kept
from spineanim.picture.kept_tones import fresh_tones, kept_tones
from spineanim.picture.raster import Float32, Grid, Patch
from spineanim.picture.shade import averaged, encoded, light_of
from spineanim.picture.tones import Finish, Tones

_OVERSAMPLE = 2
_FRONT_AMBIENT = 0.66
"""From the front the hip bones' hollows face one the lamp, one away: both must be seen."""
_UNDER_SKIN = Finish(_OVERSAMPLE, depth_shade=1.25, line=1.3, ambient=0.36, grain=0.5)
"""Bones that shimmer through skin: it scatters light into every hollow."""


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


def near_side(view: View) -> Side:
    """Side of the patient that a view from the side looks at."""
    return "left" if view.toward_viewer[0] > 0.0 else "right"


def side_bones(body: Body, side: Side = "left") -> tuple[Part, ...]:
    """Bones of the trunk beside a cut column, seen from a side: cage and pelvis.

    Those of the other side are left out: they lie exactly behind.
    """
    hidden, other = ("scapula", "clavicle"), "_right" if side == "left" else "_left"
    parts = (*body.pelvis, *body.cage)
    return tuple(p for p in parts if not (p.name.startswith(hidden) or p.name.endswith(other)))


def bake_front_skeleton(grid: Grid, body: Body, theme: Theme) -> Float32:
    """Bake the bones of the trunk from the front, premultiplied ``(H, W, 4)`` on a grid."""
    return coloured_on(_front_tones(grid, body), grid, theme)


def _fainter_behind(body: Body) -> Finish:
    """Choose that the halves of the ribs behind are fainter than those in front."""
    ribs = [part for part in body.cage if part.name.startswith("rib_")]
    depth = ANTERIOR.nearness(np.concatenate([part.bounds.corners for part in ribs]))
    near, far = float(depth.max()), float(depth.min())
    begin, end = near + (far - near) * 0.15, near + (far - near) * 0.70
    lit = replace(_UNDER_SKIN, ambient=_FRONT_AMBIENT, line=1.7)
    return replace(lit, receding=("rib_",), recede_mm=(begin, end))


def bake_side_skeleton(
    grid: Grid, body: Body, theme: Theme, lamp_deg: float, view: View = LATERAL_LEFT
) -> Float32:
    """Bake cage and pelvis from the side, premultiplied ``(H, W, 4)`` on a grid of the view."""
    return coloured_on(_side_tones(grid, body, view, lamp_deg), grid, theme)


# These are kept by the body they show: naming its bones one by one means making them, which
# takes seconds.


@kept
def _front_tones(grid: Grid, body: Body) -> Tones:
    fine = ANTERIOR.at_scale(grid.px_per_mm * _OVERSAMPLE)
    return fresh_tones(front_bones(body), fine, _fainter_behind(body), window_mm=grid.box_mm)


@kept
def _side_tones(grid: Grid, body: Body, view: View, lamp_deg: float) -> Tones:
    return lit_parts(grid, side_bones(body, near_side(view)), view, lamp_deg)


def bake_parts(
    grid: Grid,
    parts: Sequence[Part],
    view: View,
    theme: Theme,
    lamp_deg: float = 0.0,
    finish: Finish = _UNDER_SKIN,
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
    finish : Finish
        Its oversampling is that of this module.

    Returns
    -------
    ndarray float32, shape (H, W, 4)
        Premultiplied; clear where nothing is.
    """
    fine = view.at_scale(grid.px_per_mm * _OVERSAMPLE)
    tones = kept_tones(parts, fine, finish, window_mm=grid.box_mm, lamp_deg=lamp_deg)
    return coloured_on(tones, grid, theme)


def lit_parts(grid: Grid, parts: Sequence[Part], view: View, lamp_deg: float = 0.0) -> Tones:
    """Light parts under skin in a view, for `coloured_on` of the same grid; see `bake_parts`."""
    fine, window = view.at_scale(grid.px_per_mm * _OVERSAMPLE), grid.box_mm
    return fresh_tones(parts, fine, _UNDER_SKIN, window_mm=window, lamp_deg=lamp_deg)


def coloured_on(tones: Tones | None, grid: Grid, theme: Theme) -> Float32:
    """Colour a lit picture: premultiplied ``(H, W, 4)`` on the pixels of a grid."""
    if tones is None or not tones.cover.any():
        return np.zeros((*grid.shape, 4), dtype=np.float32)
    picture = np.zeros((*grid.shape, 4), dtype=np.float32)
    reached = _reached(tones, grid)
    if reached.is_visible:
        light = _on_grid(light_of(tones, theme), tones, reached.grid)
        picture[reached.region] = encoded(light)[reached.inner]
    return picture


def _reached(tones: Tones, grid: Grid) -> Patch:
    """Pixels of a grid that something of a lit picture falls on."""
    rows, columns = (np.flatnonzero(tones.cover.any(axis=axis)) for axis in (1, 0))
    px = 1 / tones.px_per_mm
    left, right = tones.left_mm + columns[0] * px, tones.left_mm + (columns[-1] + 1) * px
    top, bottom = tones.top_mm - rows[0] * px, tones.top_mm - (rows[-1] + 1) * px
    return grid.around([np.array([(left, top), (right, bottom)])], 0.0)


def _on_grid(light: Float32, tones: Tones, grid: Grid) -> Float32:
    """Average finer linear light over the pixels of a grid; what lies beyond is left out."""
    scale = tones.px_per_mm
    across = (grid.left_mm - tones.left_mm) * scale
    down = (tones.top_mm - grid.top_mm) * scale
    tall, wide = (size * _OVERSAMPLE for size in grid.shape)
    row, column = int(np.floor(down)), int(np.floor(across))
    fine = _piece(light, row, column, tall + 1, wide + 1)
    fall, drift = np.float32(down - row), np.float32(across - column)
    fine = fine[:-1] + (fine[1:] - fine[:-1]) * fall
    fine = fine[:, :-1] + (fine[:, 1:] - fine[:, :-1]) * drift
    return averaged(fine, _OVERSAMPLE)


def _piece(light: Float32, row: int, column: int, tall: int, wide: int) -> Float32:
    """Cut out rows and columns, clear where they lie outside."""
    found = np.zeros((tall, wide, 4), dtype=np.float32)
    rows = slice(max(row, 0), max(min(row + tall, light.shape[0]), 0))
    columns = slice(max(column, 0), max(min(column + wide, light.shape[1]), 0))
    if rows.stop > rows.start and columns.stop > columns.start:
        inner = slice(rows.start - row, rows.stop - row)
        found[inner, columns.start - column : columns.stop - column] = light[rows, columns]
    return found
