"""Bones as soft, lit layers: plates from outlines, tubes along curves, stacked far to near.

A layer is baked on the part of the picture it needs. Stacking it first drops a soft contact
shadow on the bones already there, which is what separates overlapping bones without outlines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.picture.inflation import inflate
from spineanim.picture.raster import Float32, Grid, Patch, Points, fill_coverage, stroke_coverage
from spineanim.picture.relief import BONE, WHITE, Finish, Light, Relief, Stops, mix

Model = Callable[[Relief], None]
"""Adds ridges and hollows to a plate."""

_MARGIN_MM = 5.0
"""Room round a layer, so that blurs do not see its edge."""


@dataclass(frozen=True)
class BoneRamps:
    """Colour ramps of the hard tissues."""

    bone: Stops
    cartilage: Stops
    disc: Stops
    shade: NDArray[np.float64]

    @classmethod
    def of(cls, theme: Theme) -> BoneRamps:
        """Take the ramps from a theme."""
        rgb = theme.rgb
        return cls(
            bone=(
                (0.05, mix(rgb("bone.dark"), rgb("bone.line"), 0.6)),
                (0.34, rgb("bone.dark")),
                (0.60, rgb("bone.base")),
                (0.84, rgb("bone.light")),
                (1.00, mix(rgb("bone.light"), WHITE, 0.6)),
            ),
            cartilage=(
                (0.05, rgb("disc.line")),
                (0.34, mix(rgb("disc.dark"), rgb("bone.dark"), 0.30)),
                (0.62, mix(rgb("disc.base"), rgb("bone.light"), 0.35)),
                (0.86, rgb("disc.light")),
                (1.00, WHITE),
            ),
            disc=(
                (0.05, rgb("disc.line")),
                (0.34, rgb("disc.dark")),
                (0.62, rgb("disc.base")),
                (0.86, rgb("disc.light")),
                (1.00, WHITE),
            ),
            shade=rgb("bone.line"),
        )


@dataclass(frozen=True)
class Layer:
    """A lit part on its own patch of the picture.

    Attributes
    ----------
    rgb
        Straight colour ``(h, w, 3)``.
    alpha
        Opacity 0..1, ``(h, w)``.
    patch
        Where it lies in the whole picture.
    """

    rgb: Float32
    alpha: Float32
    patch: Patch


@dataclass(frozen=True)
class Tube:
    """A rounded rod along a curve: a rib with its cartilage.

    Attributes
    ----------
    line
        ``(N, 2)`` curve in millimetres, points closer together than a pixel or two.
    radius_mm
        Half width at each point, ``(N,)``.
    cartilage
        0 bone .. 1 cartilage at each point, ``(N,)``.
    opacity
        0..1 at each point, ``(N,)``.
    """

    line: Points
    radius_mm: NDArray[np.float64]
    cartilage: NDArray[np.float64]
    opacity: NDArray[np.float64]


def plate(
    grid: Grid,
    outlines: Sequence[Points],
    fullness: float,
    stops: Stops,
    light: Light,
    *,
    holes: Sequence[Points] = (),
    model: Model | None = None,
    finish: Finish = BONE,
) -> Layer | None:
    """Bake a flat or rounded bone from its outline.

    Parameters
    ----------
    grid
        Grid of the whole picture.
    outlines, holes
        Closed ``(N, 2)`` outlines in millimetres; the outlines must not hide one another.
    fullness
        1 gives a round cross-section, less a flatter one.
    stops
        Colour ramp.
    light
        Where the light comes from.
    model
        Adds ridges and hollows before the surface is lit.
    finish
        How the surface takes the light.

    Returns
    -------
    Layer or None
        None if nothing of it lies in the picture.
    """
    patch = grid.around(outlines, _MARGIN_MM)
    if not patch.is_visible:
        return None
    relief = Relief(patch.grid)
    relief.mask = fill_coverage(relief.grid, outlines, holes)
    relief.height = inflate(relief.mask, 14) * np.float32(fullness / grid.px_per_mm)
    if model is not None:
        model(relief)
    return Layer(relief.shade(stops, finish, light).rgb, relief.mask, patch)


class _TubeField:
    """Height, coverage and material of several tubes that may touch, on one region."""

    def __init__(self, grid: Grid) -> None:
        self.relief = Relief(grid)
        self.cartilage: Float32 = np.zeros(grid.shape, np.float32)
        self.opacity: Float32 = np.zeros(grid.shape, np.float32)

    def add(self, tube: Tube, fullness: float) -> None:
        """Add a tube; where tubes meet they melt into each other."""
        grid = self.relief.grid
        reach = 2.0 * float(tube.radius_mm.max()) + 3.0 / grid.px_per_mm
        near = stroke_coverage(grid, [tube.line], [reach]) > 0
        rows, columns = np.nonzero(near)
        if rows.size == 0:
            return
        distance, nearest = cKDTree(grid.to_px(tube.line)).query(
            np.column_stack([columns + 0.5, rows + 0.5])
        )
        radius = tube.radius_mm[nearest] * grid.px_per_mm
        cover = np.clip(radius - distance + 0.5, 0.0, 1.0)
        # Flatter on top than a round rod: ribs are bands, not pipes.
        rise = radius * np.sqrt(np.clip(1.0 - (distance / radius) ** 2.6, 0.0, 1.0))
        rise *= fullness / grid.px_per_mm
        old = self.relief.height[rows, columns]
        covered = self.relief.mask[rows, columns]
        melt = 0.5 * tube.radius_mm[nearest]
        share = np.clip(0.5 + 0.5 * (rise - old) / melt, 0.0, 1.0)
        share = np.where(covered > 0, share, 1.0)
        both = old * (1 - share) + rise * share + melt * share * (1 - share)
        self.relief.height[rows, columns] = np.where(cover > 0, both, old)
        self.relief.mask[rows, columns] = np.maximum(covered, cover)
        for field, values in ((self.cartilage, tube.cartilage), (self.opacity, tube.opacity)):
            here = field[rows, columns]
            field[rows, columns] = here * (1 - share) + values[nearest] * share


def tubes(
    grid: Grid, parts: Sequence[Tube], fullness: float, ramps: BoneRamps, light: Light
) -> Layer | None:
    """Bake tubes of one depth: they melt together where they touch.

    Parameters
    ----------
    grid
        Grid of the whole picture.
    parts
        The tubes.
    fullness
        1 gives a round cross-section, less a flatter one.
    ramps
        Colours of bone and cartilage.
    light
        Where the light comes from.

    Returns
    -------
    Layer or None
        None if nothing of them lies in the picture.
    """
    patch = grid.around([part.line for part in parts], _MARGIN_MM + 6.0)
    if not patch.is_visible:
        return None
    field = _TubeField(patch.grid)
    for part in parts:
        field.add(part, fullness)
    bone = field.relief.shade(ramps.bone, BONE, light).rgb
    cartilage = field.relief.shade(ramps.cartilage, BONE, light).rgb
    share = field.cartilage[..., None]
    alpha = (field.relief.mask * field.opacity).astype(np.float32)
    return Layer(bone * (1 - share) + cartilage * share, alpha, patch)


class BoneStack:
    """Bones piled up from far to near.

    Parameters
    ----------
    grid
        Grid of the whole picture.
    ramps
        The theme's bone colours.

    Attributes
    ----------
    rgba
        Premultiplied colour 0..1, ``(H, W, 4)``.
    """

    def __init__(self, grid: Grid, ramps: BoneRamps) -> None:
        self.grid = grid
        self.rgba: Float32 = np.zeros((*grid.shape, 4), np.float32)
        self._shade = ramps.shade.astype(np.float32)

    def lay(
        self,
        layer: Layer | None,
        *,
        opacity: float = 1.0,
        tone: float = 1.0,
        contact: float = 0.40,
        contact_mm: float = 3.5,
    ) -> None:
        """Put a layer over what is there.

        Parameters
        ----------
        layer
            The bone; None is ignored.
        opacity
            Of the whole layer.
        tone
            Below 1 the layer sinks towards shade, for bones further away.
        contact, contact_mm
            Strength and radius of the soft shadow on the bones below.
        """
        if layer is None:
            return
        below, inner = self.rgba[layer.patch.region], layer.patch.inner
        if contact:
            blur = ndimage.gaussian_filter(layer.alpha, contact_mm * self.grid.px_per_mm)
            k = (contact * blur[inner])[..., None]
            below[..., :3] += k * (self._shade * below[..., 3:] - below[..., :3])
        rgb = layer.rgb[inner] * tone + self._shade * (1.0 - tone)
        alpha = (layer.alpha[inner] * np.float32(opacity))[..., None]
        below[..., :3] = rgb * alpha + below[..., :3] * (1 - alpha)
        below[..., 3:] = alpha + below[..., 3:] * (1 - alpha)
