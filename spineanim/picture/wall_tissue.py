"""Baked grounds of the abdominal wall in section.

Two opaque pictures are baked for the wall at rest, flat, with the skin's surface at height 0:
the cover (skin and fat) and the bed (fascia, muscles, lining).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.picture.colouring import painted
from spineanim.picture.image import smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.ramp import Ramp, cut_ramp, mix
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.relief import UPPER_LEFT
from spineanim.picture.wash import Wash, wash

PAD_MM = 3.0
"""The pictures reach this far beyond their layers, so that cut edges never look into nothing."""

_LOBULE_MM = 4.0
_COMPARTMENT_MM = 11.0
_SOFT_MM = 0.10

Layers = list[tuple[str, Wash]]
"""Washes from below upwards with the names of their ramps."""


@dataclass(frozen=True)
class Layer:
    """A layer of the wall at rest: heights of its top and bottom (mm, 0 on the skin)."""

    label: str
    top_mm: float
    bottom_mm: float


@dataclass(frozen=True)
class Texture:
    """An opaque picture of the wall at rest.

    Attributes
    ----------
    packed
        Pixels (H, W), red, green, blue, alpha packed in 32 bits.
    grid
        Which millimetres they show: along the skin, and height over it.
    """

    packed: NDArray[np.uint32]
    grid: Grid


# -- noise -----------------------------------------------------------------------------------


def _noise(grid: Grid, along_mm: float, deep_mm: float, seed: int) -> Float32:
    """Return smooth noise with about unit spread and these grain sizes, ``(H, W)``."""
    sigma = np.array([deep_mm, along_mm]) * grid.px_per_mm / 2
    # Coarse grains are made small and enlarged: the same picture at a fraction of the cost.
    step = np.maximum(sigma / 2.0, 1.0)
    shape = np.ceil(np.array(grid.shape) / step).astype(int) + 4
    raw = np.random.default_rng(seed).standard_normal(tuple(shape)).astype(np.float32)
    soft = ndimage.gaussian_filter(raw, sigma / step, mode="wrap")
    soft /= max(float(soft.std()), 1e-6)
    if step.max() > 1.0:
        rows = np.arange(grid.height_px) / step[0] + 1.5
        columns = np.arange(grid.width_px) / step[1] + 1.5
        places = np.meshgrid(rows, columns, indexing="ij")
        soft = ndimage.map_coordinates(soft, places, order=3)
    return np.asarray(soft[: grid.height_px, : grid.width_px], np.float32)


def _cells(grid: Grid, cell_mm: float, warp_mm: float, seed: int) -> tuple[Float32, ...]:
    """Return nearest and second distance in cells, and a tone -0.5..0.5 per cell, ``(H, W)``."""
    rng = np.random.default_rng(seed)
    left, bottom, right, top = grid.box_mm
    along, high = np.meshgrid(
        np.arange(left - 3 * cell_mm, right + 3 * cell_mm, cell_mm),
        np.arange(bottom - 3 * cell_mm, top + 3 * cell_mm, cell_mm * 0.84),
    )
    along[::2] += cell_mm / 2
    seeds = np.column_stack([along.ravel(), high.ravel()])
    seeds += rng.uniform(-0.42, 0.42, seeds.shape) * cell_mm
    tone = rng.uniform(-0.5, 0.5, len(seeds)).astype(np.float32)
    size = rng.uniform(0.86, 1.16, len(seeds))
    x = grid.across_mm + warp_mm * _noise(grid, 5.0, 5.0, seed + 1)
    y = grid.up_mm + warp_mm * _noise(grid, 5.0, 5.0, seed + 2)
    x = x + 0.16 * warp_mm * _noise(grid, 1.2, 1.2, seed + 3)
    spots = np.column_stack([np.broadcast_to(x, grid.shape).ravel(), y.ravel()])
    distance, index = cKDTree(seeds).query(spots, k=3)
    scaled = distance / (size[index] * cell_mm)
    order = np.argsort(scaled, axis=1)
    scaled = np.take_along_axis(scaled, order, 1)
    nearest = np.take_along_axis(index, order[:, :1], 1)[:, 0]
    shape = grid.shape
    return (
        scaled[:, 0].reshape(shape).astype(np.float32),
        scaled[:, 1].reshape(shape).astype(np.float32),
        tone[nearest].reshape(shape),
    )


def _lit(height_px: Float32) -> Float32:
    """Return the key light on a height field against flat ground, about -0.5..0.4."""
    down, right = np.gradient(height_px)
    length = np.sqrt(right * right + down * down + np.float32(1.0))
    kx, ky, kz = (np.float32(part) for part in UPPER_LEFT.unit_key())
    return np.asarray((-right * kx + down * ky + kz) / length - kz, np.float32)


# -- tissues ---------------------------------------------------------------------------------
# Each gives washes from below upwards, named by the ramp that colours them.


def _fat(grid: Grid) -> Layers:
    """Light fat: soft lobules in loose compartments with fine pale threads between."""
    first, second, tone = _cells(grid, _LOBULE_MM, 0.75, 11)
    wide_first, wide_second, wide_tone = _cells(grid, _COMPARTMENT_MM, 1.6, 23)
    apart = smoothstep(second - first, 0.0, 0.42)
    wide_apart = smoothstep(wide_second - wide_first, 0.0, 0.16)
    dome = np.sqrt(np.clip(1.0 - (first * 0.94) ** 2, 0, 1)) * (0.30 + 0.70 * apart)
    dome = dome * (0.55 + 0.45 * wide_apart)
    swell_px = ndimage.gaussian_filter(dome, 0.26 * grid.px_per_mm) * 1.15 * grid.px_per_mm
    value = 0.665 + 0.34 * _lit(swell_px)
    value += 0.075 * (dome - 0.6) + 0.06 * tone + 0.07 * wide_tone
    value -= 0.035 * (1 - apart) + 0.030 * (1 - wide_apart)
    value += 0.018 * _noise(grid, 26.0, 9.0, 5) + 0.010 * _noise(grid, 0.35, 0.35, 6)
    thread = np.exp(-(((wide_second - wide_first) / 0.030) ** 2)) * 0.30
    return [("fat", _all_over(grid, value)), ("thread", wash(thread))]


def _skin(grid: Grid, top_mm: float, bottom_mm: float, cover: Float32) -> Layers:
    """Light cut skin: a thin dark outer skin, then the paler dermis."""
    wave = 0.10 * _noise(grid, 2.2, 40.0, 31)
    share = (top_mm - grid.up_mm + wave) / (top_mm - bottom_mm)
    value = 0.74 - 0.10 * smoothstep(share, 0.25, 0.75) + 0.10 * smoothstep(share, 0.72, 1.0)
    value = value - 0.34 * (1 - smoothstep(share, 0.10, 0.24))
    value = value + 0.030 * _noise(grid, 1.6, 0.35, 32) + 0.016 * _noise(grid, 0.4, 0.4, 33)
    pink = (smoothstep(share, 0.2, 0.5) * (1 - smoothstep(share, 0.6, 1.0))) * 0.16
    return [("skin", wash(cover, value)), ("dermis", wash(cover * pink))]


def _fascia(grid: Grid, layer: Layer) -> Float32:
    """Tone of fascia: firm, pale, finely streaked, rounded like a cord, ``(H, W)``."""
    share = np.clip((layer.top_mm - grid.up_mm) / (layer.top_mm - layer.bottom_mm), 0, 1)
    return np.asarray(0.94 - 0.42 * share**1.4 + 0.045 * _noise(grid, 14.0, 0.22, 41), np.float32)


def _fibres(
    grid: Grid, layer: Layer, cover: Float32, slope: float, seed: int, tone: float
) -> Layers:
    """Light muscle cut along its fibres: bundles with fine pale threads between."""
    rows = np.arange(grid.height_px, dtype=np.float32)[:, None]
    columns = np.arange(grid.width_px, dtype=np.float32)[None, :]
    bend = 0.9 * grid.px_per_mm * _noise(grid, 30.0, 14.0, seed)
    source = rows + slope * (columns - grid.width_px / 2) + bend
    places = [source, np.broadcast_to(columns, grid.shape)]

    def laid(noise: Float32) -> Float32:
        return np.asarray(ndimage.map_coordinates(noise, places, order=1, mode="wrap"), np.float32)

    bundles = laid(_noise(grid, 34.0, 1.5, seed + 1))
    fine = laid(_noise(grid, 18.0, 0.42, seed + 2))
    hair = laid(_noise(grid, 9.0, 0.20, seed + 3))
    thread = np.exp(-((bundles / 0.16) ** 2)) * smoothstep(fine, -0.6, 1.2)
    share = np.clip((layer.top_mm - grid.up_mm) / (layer.top_mm - layer.bottom_mm), 0, 1)
    round_ = 0.055 * np.sin(np.pi * (0.15 + 0.85 * share)) - 0.05 * share
    value = 0.60 + tone + 0.050 * bundles + 0.055 * fine + 0.028 * hair + round_
    value += 0.05 * _lit(0.55 * grid.px_per_mm * bundles)
    return [("muscle", wash(cover, value)), ("fibre", wash(0.34 * thread * cover))]


def _bundles(grid: Grid, cover: Float32, tone: float) -> Layers:
    """Light muscle cut across its fibres: small polygons with pale seams."""
    first, second, cell = _cells(grid, 2.3, 0.5, 61)
    value = 0.59 + tone + 0.08 * cell + 0.05 * (0.5 - first) + 0.02 * _noise(grid, 0.4, 0.4, 62)
    seam = np.exp(-(((second - first) / 0.085) ** 2)) * 0.42
    return [("muscle", wash(cover, value)), ("fibre", wash(seam * cover))]


def _inside(grid: Grid, top_mm: float) -> Layers:
    """Light the inside of the belly: calm and plain, darker towards the wall."""
    deep = np.clip((top_mm - grid.up_mm) / 16.0, 0, 1)
    grain = 0.02 * _noise(grid, 0.3, 0.3, 95)  # hides the steps of 8-bit colour
    return [("inside", _all_over(grid, smoothstep(deep, -0.25, 0.9) + grain))]


def _seam(grid: Grid, at_mm: float) -> Layers:
    """Light the thin pale sheet between two muscles."""
    off = grid.up_mm - at_mm - 0.12 * _noise(grid, 9.0, 60.0, 92)
    return [("seam", wash(np.exp(-((off / 0.22) ** 2)) * np.float32(0.85)))]


def _all_over(grid: Grid, tone: Float32) -> Wash:
    return wash(np.ones(grid.shape, np.float32), tone)


def _shadow_below(grid: Grid, edge_mm: float, reach_mm: float) -> Wash:
    """Soft shadow of a layer on what lies under its lower edge."""
    drop = edge_mm - grid.up_mm
    shade = np.exp(-np.clip(drop, 0, None) / reach_mm) * (drop > 0) * 0.30
    return wash(np.broadcast_to(shade, grid.shape).astype(np.float32))


def _ramps(theme: Theme) -> dict[str, Ramp]:
    """Ramps of all washes by name."""
    rgb = theme.rgb
    fascia, rosy = cut_ramp(theme, "fascia", 0.6), mix(rgb("muscle.light"), rgb("skin.base"), 0.55)
    near = mix(rgb("body.dark"), rgb("muscle.light"), 0.25)
    far = mix(rgb("body.base"), rgb("body.dark"), 0.2)
    return {
        "fat": cut_ramp(theme, "fat", 0.45),
        "skin": cut_ramp(theme, "skin", 0.3),
        "muscle": cut_ramp(theme, "muscle", 0.25),
        "fascia": fascia,
        "lining": Ramp(
            fascia.table + (rosy - fascia.table).astype(np.float32) * np.float32(0.45), fascia.gleam
        ),
        "inside": Ramp.through(((0.0, near), (1.0, far))),
        "thread": Ramp.even(rgb("fascia.light")),
        "dermis": Ramp.even(rgb("muscle.light")),
        "fibre": Ramp.even(mix(rgb("muscle.light"), rgb("fascia.base"), 0.45)),
        "seam": Ramp.even(mix(rgb("fascia.base"), rgb("muscle.light"), 0.25)),
        "shadow on fat": Ramp.even(rgb("fat.dark")),
        "shadow": Ramp.even(mix(rgb("muscle.dark"), rgb("muscle.line"), 0.5)),
    }


# -- the two grounds -------------------------------------------------------------------------


@dataclass(frozen=True)
class CoverLight:
    """Skin and fat before they have a colour, in the order of `_COVER`."""

    grid: Grid
    washes: tuple[Wash, ...]


@dataclass(frozen=True)
class BedLight:
    """What lies under the pocket before it has a colour, in the order of `_BED`."""

    grid: Grid
    washes: tuple[Wash, ...]


_COVER: Final = ("fat", "thread", "shadow on fat", "skin", "dermis")
_BED: Final = (
    "inside",
    *("shadow", "lining"),
    *("shadow", "muscle", "fibre") * 3,
    *("shadow", "fascia"),
    *("seam", "seam"),
)
"""Ramps of the washes from below upwards."""


def _in_order(layers: Layers, names: tuple[str, ...]) -> tuple[Wash, ...]:
    """Return washes without their names, which must be those expected."""
    found = tuple(name for name, _ in layers)
    if found != names:
        raise ValueError(f"the washes are {found}, not {names}")
    return tuple(each for _, each in layers)


def _texture(grid: Grid, washes: Sequence[Wash], names: Sequence[str], theme: Theme) -> Texture:
    """Colour washes to an opaque picture."""
    ramps = _ramps(theme)
    layers = [(layer, ramps[name]) for layer, name in zip(washes, names, strict=True)]
    return Texture(painted(grid, layers).rgba.view(np.uint32)[..., 0], grid)


@kept
def cover_light(
    along_mm: tuple[float, float], skin: Layer, fat: Layer, px_per_mm: float
) -> CoverLight:
    """Light skin and fat; see `bake_cover`."""
    box = (along_mm[0], fat.bottom_mm - PAD_MM, along_mm[1], skin.top_mm + PAD_MM)
    grid = Grid.covering(box, px_per_mm)
    uneven = grid.up_mm + 0.16 * _noise(grid, 3.0, 40.0, 35)
    cover = smoothstep(uneven, skin.bottom_mm - 0.12, skin.bottom_mm + 0.12)
    layers = [
        *_fat(grid),
        ("shadow on fat", _shadow_below(grid, skin.bottom_mm, 0.5)),
        *_skin(grid, skin.top_mm, skin.bottom_mm, cover),
    ]
    return CoverLight(grid, _in_order(layers, _COVER))


@kept
def bed_light(
    along_mm: tuple[float, float], layers: tuple[Layer, ...], px_per_mm: float, bottom_mm: float
) -> BedLight:
    """Light what lies under the pocket; see `bake_bed`."""
    box = (along_mm[0], bottom_mm, along_mm[1], layers[0].top_mm + PAD_MM)
    grid = Grid.covering(box, px_per_mm)
    fascia, outer, middle, inner, lining = layers
    covers = {each.label: _above(grid, each.bottom_mm) for each in layers}
    tissues: tuple[tuple[Layer, Layers], ...] = (
        (lining, [("lining", wash(covers[lining.label], _fascia(grid, lining)))]),
        (inner, _bundles(grid, covers[inner.label], -0.05)),
        (middle, _fibres(grid, middle, covers[middle.label], -0.045, 71, -0.03)),
        (outer, _fibres(grid, outer, covers[outer.label], 0.035, 81, 0.02)),
        (fascia, [("fascia", wash(covers[fascia.label], _fascia(grid, fascia)))]),
    )
    laid = _inside(grid, lining.bottom_mm)
    for layer, washes in tissues:
        laid += [("shadow", _shadow_below(grid, layer.bottom_mm, 0.7)), *washes]
    for layer in (outer, middle):
        laid += _seam(grid, layer.bottom_mm)
    return BedLight(grid, _in_order(laid, _BED))


def _above(grid: Grid, bottom_mm: float) -> Float32:
    """Return what lies over the uneven lower edge of a layer, ``(H, W)``."""
    edge = bottom_mm + 0.10 * _noise(grid, 8.0, 60.0, 91)
    return smoothstep(grid.up_mm - edge, -_SOFT_MM, _SOFT_MM)


def bake_cover(
    along_mm: tuple[float, float], skin: Layer, fat: Layer, px_per_mm: float, theme: Theme
) -> Texture:
    """Bake skin and fat for a stretch of the skin."""
    light = cover_light(along_mm, skin, fat, px_per_mm)
    return _texture(light.grid, light.washes, _COVER, theme)


def bake_bed(
    along_mm: tuple[float, float],
    layers: Sequence[Layer],
    px_per_mm: float,
    theme: Theme,
    bottom_mm: float,
) -> Texture:
    """Bake what lies under the pocket.

    Parameters
    ----------
    along_mm
        Stretch of the skin.
    layers
        Fascia, three muscles and the lining, from outside in.
    bottom_mm
        Lowest height shown.
    """
    light = bed_light(along_mm, tuple(layers), px_per_mm, bottom_mm)
    return _texture(light.grid, light.washes, _BED, theme)
