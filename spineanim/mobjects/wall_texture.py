"""Baked grounds of the abdominal wall in section, and the warp that lets them swell.

Two opaque pictures are baked for the wall at rest, flat, with the skin's surface at height 0:
the cover (skin and fat) and the bed (fascia, muscles, lining). A state of the wall moves their
columns up and down; edges are cut as vectors by whoever draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.picture.image import smoothstep
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.relief import UPPER_LEFT, WHITE, Colour, Stops, mix, ramp

PAD_MM = 3.0
"""The pictures reach this far beyond their layers, so that cut edges never look into nothing."""

_LOBULE_MM = 4.0
_COMPARTMENT_MM = 11.0
_STEP_PX = 8


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


def _stops(theme: Theme, role: str, white: float = 0.5) -> Stops:
    """Return the ramp of a role: line, dark, base, light, nearly white."""
    line, dark, base, light = (
        theme.rgb(f"{role}.{tone}") for tone in ("line", "dark", "base", "light")
    )
    return (
        (0.0, mix(dark, line, 0.5)),
        (0.28, dark),
        (0.60, base),
        (0.86, light),
        (1.0, mix(light, WHITE, white)),
    )


# -- tissues ---------------------------------------------------------------------------------


def _fat(grid: Grid, theme: Theme) -> Float32:
    """Paint fat: soft lobules in loose compartments, ``(H, W, 3)``."""
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
    colour = ramp(np.clip(value, 0, 1), _stops(theme, "fat", 0.45))
    thread = np.exp(-(((wide_second - wide_first) / 0.030) ** 2))[..., None] * 0.30
    return np.asarray(colour + (theme.rgb("fascia.light") - colour) * thread, np.float32)


def _skin(grid: Grid, theme: Theme, top_mm: float, bottom_mm: float) -> Float32:
    """Paint cut skin: a thin dark outer skin, then the paler dermis, ``(H, W, 3)``."""
    wave = 0.10 * _noise(grid, 2.2, 40.0, 31)
    share = (top_mm - grid.up_mm + wave) / (top_mm - bottom_mm)
    value = 0.74 - 0.10 * smoothstep(share, 0.25, 0.75) + 0.10 * smoothstep(share, 0.72, 1.0)
    value = value - 0.34 * (1 - smoothstep(share, 0.10, 0.24))
    value = value + 0.030 * _noise(grid, 1.6, 0.35, 32) + 0.016 * _noise(grid, 0.4, 0.4, 33)
    colour = ramp(np.clip(value, 0, 1), _stops(theme, "skin", 0.3))
    pink = (smoothstep(share, 0.2, 0.5) * (1 - smoothstep(share, 0.6, 1.0)))[..., None] * 0.16
    return np.asarray(colour + (theme.rgb("muscle.light") - colour) * pink, np.float32)


def _fascia(grid: Grid, theme: Theme, top_mm: float, bottom_mm: float) -> Float32:
    """Paint fascia: firm, pale, finely streaked, rounded like a cord, ``(H, W, 3)``."""
    share = np.clip((top_mm - grid.up_mm) / (top_mm - bottom_mm), 0, 1)
    value = 0.94 - 0.42 * share**1.4 + 0.045 * _noise(grid, 14.0, 0.22, 41)
    return ramp(np.clip(value, 0, 1).astype(np.float32), _stops(theme, "fascia", 0.6))


def _lining(grid: Grid, theme: Theme, layer: Layer) -> Float32:
    """Paint the lining of the belly: a thin, soft, rosy sheet, ``(H, W, 3)``."""
    sheet = _fascia(grid, theme, layer.top_mm, layer.bottom_mm)
    rosy = mix(theme.rgb("muscle.light"), theme.rgb("skin.base"), 0.55)
    return np.asarray(sheet + (rosy - sheet) * 0.45, np.float32)


def _fibres(
    grid: Grid, theme: Theme, layer: Layer, slope: float, seed: int, tone: float
) -> Float32:
    """Paint muscle cut along its fibres: bundles with fine pale threads between, ``(H, W, 3)``."""
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
    colour = ramp(np.clip(value, 0, 1).astype(np.float32), _stops(theme, "muscle", 0.25))
    pale = mix(theme.rgb("muscle.light"), theme.rgb("fascia.base"), 0.45)
    return np.asarray(colour + (pale - colour) * (0.34 * thread[..., None]), np.float32)


def _bundles(grid: Grid, theme: Theme, tone: float) -> Float32:
    """Paint muscle cut across its fibres: small polygons with pale seams, ``(H, W, 3)``."""
    first, second, cell = _cells(grid, 2.3, 0.5, 61)
    gap = second - first
    value = 0.59 + tone + 0.08 * cell + 0.05 * (0.5 - first) + 0.02 * _noise(grid, 0.4, 0.4, 62)
    colour = ramp(np.clip(value, 0, 1), _stops(theme, "muscle", 0.25))
    pale = mix(theme.rgb("muscle.light"), theme.rgb("fascia.base"), 0.40)
    seam = np.exp(-((gap / 0.085) ** 2))[..., None] * 0.42
    return np.asarray(colour + (pale - colour) * seam, np.float32)


def _inside(grid: Grid, theme: Theme, top_mm: float) -> Float32:
    """Paint the inside of the belly: calm and plain, darker towards the wall, ``(H, W, 3)``."""
    deep = np.clip((top_mm - grid.up_mm) / 16.0, 0, 1)
    near = mix(theme.rgb("body.dark"), theme.rgb("muscle.light"), 0.25)
    value = smoothstep(deep, -0.25, 0.9)[..., None]
    colour = near + (mix(theme.rgb("body.base"), theme.rgb("body.dark"), 0.2) - near) * value
    grain = 0.005 * _noise(grid, 0.3, 0.3, 95)[..., None]  # hides the steps of 8-bit colour
    return np.asarray(colour + grain, np.float32)


# -- the two grounds -------------------------------------------------------------------------


def _blend(below: Float32, above: Float32, cover: Float32) -> Float32:
    """Lay a picture over another where ``cover`` ``(H, W)`` or ``(H, 1)`` is 1."""
    return np.asarray(below + (above - below) * cover[..., None], np.float32)


def _texture(rgb: Float32, grid: Grid) -> Texture:
    pixels = np.full((*grid.shape, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(rgb, 0, 1) * 255.0 + 0.5
    return Texture(np.ascontiguousarray(pixels).view(np.uint32)[..., 0], grid)


def _shade_below(
    rgb: Float32, grid: Grid, edge_mm: float, reach_mm: float, tone: Colour
) -> Float32:
    """Lay the soft shadow of a layer on what lies under its lower edge."""
    drop = edge_mm - grid.up_mm
    shade = np.exp(-np.clip(drop, 0, None) / reach_mm) * (drop > 0) * 0.30
    return _blend(rgb, np.broadcast_to(tone, rgb.shape).astype(np.float32), shade)


def bake_cover(
    along_mm: tuple[float, float], skin: Layer, fat: Layer, px_per_mm: float, theme: Theme
) -> Texture:
    """Bake skin and fat for a stretch of the skin."""
    box = (along_mm[0], fat.bottom_mm - PAD_MM, along_mm[1], skin.top_mm + PAD_MM)
    grid = Grid.covering(box, px_per_mm)
    rgb = _fat(grid, theme)
    rgb = _shade_below(rgb, grid, skin.bottom_mm, 0.5, theme.rgb("fat.dark"))
    uneven = grid.up_mm + 0.16 * _noise(grid, 3.0, 40.0, 35)
    cover = smoothstep(uneven, skin.bottom_mm - 0.12, skin.bottom_mm + 0.12)
    rgb = _blend(rgb, _skin(grid, theme, skin.top_mm, skin.bottom_mm), cover)
    return _texture(rgb, grid)


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
    box = (along_mm[0], bottom_mm, along_mm[1], layers[0].top_mm + PAD_MM)
    grid = Grid.covering(box, px_per_mm)
    fascia, outer, middle, inner, lining = layers
    rgb = _inside(grid, theme, lining.bottom_mm)
    soft = 0.10
    paints = (
        (lining, _lining(grid, theme, lining)),
        (inner, _bundles(grid, theme, -0.05)),
        (middle, _fibres(grid, theme, middle, -0.045, 71, -0.03)),
        (outer, _fibres(grid, theme, outer, 0.035, 81, 0.02)),
        (fascia, _fascia(grid, theme, fascia.top_mm, fascia.bottom_mm)),
    )
    shadow = mix(theme.rgb("muscle.dark"), theme.rgb("muscle.line"), 0.5)
    for layer, paint in paints:
        edge = layer.bottom_mm + 0.10 * _noise(grid, 8.0, 60.0, 91)
        rgb = _shade_below(rgb, grid, layer.bottom_mm, 0.7, shadow)
        rgb = _blend(rgb, paint, smoothstep(grid.up_mm - edge, -soft, soft))
    for layer in (outer, middle):
        rgb = _seam(rgb, grid, layer.bottom_mm, theme)
    return _texture(rgb, grid)


def _seam(rgb: Float32, grid: Grid, at_mm: float, theme: Theme) -> Float32:
    """Draw the thin pale sheet between two muscles."""
    off = grid.up_mm - at_mm - 0.12 * _noise(grid, 9.0, 60.0, 92)
    line = np.exp(-((off / 0.22) ** 2)).astype(np.float32) * 0.85
    pale = mix(theme.rgb("fascia.base"), theme.rgb("muscle.light"), 0.25)
    return _blend(rgb, np.broadcast_to(pale, rgb.shape).astype(np.float32), line)


# -- the warp --------------------------------------------------------------------------------


def warp_columns(
    texture: Texture, grid: Grid, rest_mm: NDArray[np.float64], now_mm: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Move the columns of a picture so that given heights come to lie elsewhere.

    Parameters
    ----------
    texture
        The picture at rest.
    grid
        Pixels to fill; same scale and column edges as the texture's.
    rest_mm
        Heights at rest ``(L,)``, falling.
    now_mm
        The same heights now ``(L, K)``, at K places evenly spread over the grid's width.

    Returns
    -------
    Pixels (H, W, 4). Beyond the outermost heights nothing is stretched.
    """
    knots = max(int(np.ceil(grid.width_px / _STEP_PX)), 2) + 1
    at = np.linspace(0.0, 1.0, knots)
    places = np.linspace(0.0, 1.0, now_mm.shape[1])
    heights = np.stack([np.interp(at, places, row) for row in now_mm])
    far = np.array([60.0, 0.0])
    rest = np.concatenate([[rest_mm[0] + far[0]], rest_mm, [rest_mm[-1] - far[0]]])
    rest_row = ((texture.grid.top_mm - rest) * texture.grid.px_per_mm - 0.5)[::-1]
    up = grid.up_mm[:, 0].astype(np.float64)
    coarse = np.empty((grid.height_px, knots), np.float32)
    for column in range(knots):
        now = heights[:, column]
        bounds = np.concatenate([[now[0] + far[0]], now, [now[-1] - far[0]]])[::-1]
        coarse[:, column] = np.interp(up, bounds, rest_row)
    rows = _spread(coarse, grid.width_px)
    np.clip(rows, 0, texture.packed.shape[0] - 1.001, out=rows)
    shift = round((grid.left_mm - texture.grid.left_mm) * grid.px_per_mm)
    return _gather(texture.packed, rows, shift)


def _spread(coarse: Float32, width: int) -> Float32:
    """Interpolate columns ``(H, K)`` evenly to ``(H, W)``."""
    at = np.linspace(0.0, coarse.shape[1] - 1.0, width, dtype=np.float32)
    low = np.minimum(at.astype(np.intp), coarse.shape[1] - 2)
    share = at - low.astype(np.float32)
    steps = np.diff(coarse, axis=1)
    return np.asarray(coarse[:, low] + steps[:, low] * share, np.float32)


def _gather(packed: NDArray[np.uint32], rows: Float32, shift: int) -> NDArray[np.uint8]:
    """Read pixels between two rows of each column, blended in packed 8-bit channels."""
    width = packed.shape[1]
    columns = np.clip(np.arange(rows.shape[1]) + shift, 0, width - 1)
    low = rows.astype(np.int32)
    share = ((rows - low) * 256.0).astype(np.uint32)
    index = low * np.int32(width) + columns.astype(np.int32)
    flat = packed.ravel()
    above, below = flat.take(index), flat.take(index + np.int32(width))
    odd = np.uint32(0x00FF00FF)
    keep = np.uint32(256) - share
    even_part = ((above & odd) * keep + (below & odd) * share) >> np.uint32(8)
    above >>= np.uint32(8)
    below >>= np.uint32(8)
    odd_part = (above & odd) * keep + (below & odd) * share
    mixed = (even_part & odd) | (odd_part & ~odd)
    return np.ascontiguousarray(mixed).view(np.uint8).reshape(*rows.shape, 4)
