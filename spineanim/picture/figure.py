"""What the body sprites share: crops, the relief's grid, lit surfaces, the shadow of bones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.picture.image import enlarged, over, premultiplied, smoothstep
from spineanim.picture.inflation import bleed
from spineanim.picture.raster import Box, Float32, Grid, Points, Region
from spineanim.picture.relief import Finish, Light, Relief

RELIEF_PX_PER_MM = 1.0
"""Skin is soft: its relief needs no finer pixels than this. Edges are always cut at full size."""

_BLEED_PX = 8
"""Colours are pushed this far beyond the relief's edge, before the full-size edge cuts them."""

_BONE_SHADOW = 0.58

_MARGIN_MM = 40.0
"""The relief reaches this far beyond the window, so that blurs do not see the window's edge."""


@dataclass(frozen=True)
class Crop:
    """Where a body fades out, in millimetres of the view.

    Attributes
    ----------
    top_mm, bottom_mm
        Heights above and below which nothing is left.
    top_soft_mm, bottom_soft_mm
        Length of the fades.
    """

    top_mm: float
    bottom_mm: float
    top_soft_mm: float
    bottom_soft_mm: float

    def opacity(self, up_mm: Float32) -> Float32:
        """Return the opacity 0..1 at heights ``(H, 1)``."""
        top = smoothstep(up_mm, self.top_mm, self.top_mm - self.top_soft_mm)
        bottom = smoothstep(up_mm, self.bottom_mm, self.bottom_mm + self.bottom_soft_mm)
        return top * bottom


@dataclass(frozen=True)
class Surface:
    """A lit relief enlarged to the full grid: tone, shine and grazing, ``(H, W)`` each."""

    tone: Float32
    shine: Float32
    grazing: Float32


def grids(window_mm: Box, px_per_mm: float, body: Iterable[Points]) -> tuple[Grid, int]:
    """Return the full grid of a body and how many times coarser its relief is.

    The grid is the part of the window that the body's outlines reach. Its pixels coincide with
    those of the window, so that the picture stays sharp when drawn at its own scale.
    """
    factor = max(ceil(px_per_mm / RELIEF_PX_PER_MM - 1e-6), 1)
    window = Grid.covering(window_mm, px_per_mm, multiple=factor)
    coarse = window.coarser(factor)
    rows, columns = coarse.around(body, 0.0).region
    height, width = max(rows.stop - rows.start, 1), max(columns.stop - columns.start, 1)
    left = window.left_mm + columns.start / coarse.px_per_mm
    top = window.top_mm - rows.start / coarse.px_per_mm
    return Grid(left, top, width * factor, height * factor, px_per_mm), factor


def blank_relief(grid: Grid, factor: int) -> tuple[Relief, Region]:
    """Return a coarse relief over a full grid and a margin, and the part of it to be shown."""
    left, bottom, right, top = grid.box_mm
    m = _MARGIN_MM
    wide = grid.coarser(factor).grown_to((left - m, bottom - m, right + m, top + m))
    return Relief(wide.grid), wide.inner


def lit_surface(
    relief: Relief, shown: Region, factor: int, finish: Finish, light: Light
) -> Surface:
    """Light a coarse relief and enlarge the shown part, values pushed past the body's edge.

    Parameters
    ----------
    relief, shown, factor
        The relief, the part to show, and how many times finer the result is.
    finish
        How the surface takes the light.
    light
        Where the light comes from.
    """
    lit = relief.lit(finish, light)
    every = np.stack([lit.tone, lit.shine, lit.grazing], axis=-1)
    pushed = bleed(every, relief.mask, _BLEED_PX)[shown]
    return Surface(*(enlarged(pushed[..., index], factor, order=3) for index in range(3)))


def edge_share(grazing: Float32, gain: float, power: float) -> Float32:
    """Return 0 where a surface faces the viewer, rising to 1 where it is seen edge-on."""
    return np.asarray(np.clip(grazing * gain, 0, 1) ** power, np.float32)


def inner_cover(cover: Float32) -> Float32:
    """Return coverage without its half covered rim.

    A second layer with the same soft edge would harden it: only the lowest layer keeps it.
    """
    return np.asarray(np.clip(2.0 * cover - 1.0, 0, 1), np.float32)


def bones_with_shadow(
    bones: Float32, grid: Grid, body: Float32, shadow: NDArray[np.float64], light: Light
) -> Float32:
    """Put a soft shadow, kept within the body's coverage, under a premultiplied picture.

    Parameters
    ----------
    bones, grid
        The picture ``(H, W, 4)`` and its pixels.
    body
        Coverage ``(H, W)`` of the body.
    shadow
        The shadow's colour.
    light
        Where the light comes from.
    """
    right, up = light.shadow_shift_mm(3.6)
    shift = (-up * grid.px_per_mm, right * grid.px_per_mm)
    alpha = ndimage.shift(bones[..., 3], shift, order=1)
    alpha = ndimage.gaussian_filter(alpha, 3.5 * grid.px_per_mm, truncate=3.0)
    alpha *= _BONE_SHADOW * body
    return over(bones, premultiplied(shadow, alpha))
