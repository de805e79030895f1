"""Turn baked views into pictures: light without colour, then the ramps of the theme.

The light (`spineanim.picture.tones`) knows no theme; colours are looked up here alone, mixed
and averaged in linear light. A new theme needs no new bake and no new light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.parts import Part
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.image import BakedImage
from spineanim.picture.material import MATERIALS
from spineanim.picture.oklab import RampTones, linear, ramp_table, ramp_tones, srgb
from spineanim.picture.raster import Box
from spineanim.picture.tones import STEPS, Finish, Tones, tones_of

__all__ = ["Finish", "averaged", "box_of", "coloured", "encoded", "light_of", "shade"]

Float32 = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_CODES: Final = 4096


def shade(
    seen: Sequence[tuple[Part, GBuffer]], theme: Theme, finish: Finish | None = None
) -> BakedImage:
    """Light and colour parts seen in one view; later parts lie over earlier ones on a cut.

    Raises
    ------
    ValueError
        If there is nothing to see, or the buffers' scales differ.
    """
    return coloured(tones_of(seen, finish), theme)


def coloured(tones: Tones, theme: Theme) -> BakedImage:
    """Colour a lit picture: premultiplied 8-bit at the picture's own pixels."""
    return _finished(light_of(tones, theme), tones)


def light_of(tones: Tones, theme: Theme) -> Float32:
    """Linear premultiplied colours of a lit picture's own pixels, (H, W, 4)."""
    covered = np.flatnonzero(tones.cover)
    cover = tones.cover.ravel()[covered].astype(np.float32) * np.float32(1 / 255)
    canvas = np.zeros((*tones.cover.shape, 4), dtype=np.float32)
    canvas.reshape(-1, 4)[covered] = _colours(tones, covered, theme) * cover[:, None]
    return canvas


def _colours(tones: Tones, covered: NDArray[np.int64], theme: Theme) -> Float32:
    """Linear colours (N, 4) of some pixels, all solid."""
    base, place = tones.base.ravel()[covered], tones.place.ravel()[covered].astype(np.int32)
    share = tones.share.ravel()[covered]
    mixed = np.flatnonzero(share)
    second = tones.other.ravel()[covered[mixed]]
    table = _ramps(theme, {*_numbers(base), *_numbers(second)})
    rgba = table.take(base * np.int32(STEPS) + place, axis=0)
    if len(mixed):
        other = second * np.int32(STEPS) + place[mixed]
        first = rgba[mixed]
        first += (table.take(other, axis=0) - first) * (share[mixed] / np.float32(255))[:, None]
        rgba[mixed] = first
    bounce = tones.bounce.ravel()[covered] * np.float32(1 / 255)
    dim = 0.15 + 0.85 * np.arange(STEPS, dtype=np.float32) * np.float32(1 / STEPS)
    cool = _solid(dim[:, None] * linear(theme.rgb("light.fill")).astype(np.float32))
    rgba += bounce[:, None] * (cool.take(place, axis=0) - rgba)
    shares = np.arange(256, dtype=np.float32) * np.float32(1 / 255)
    key = np.append(linear(theme.rgb("light.key")), 0.0).astype(np.float32)
    rgba += (shares[:, None] * key).take(tones.shine.ravel()[covered], axis=0)
    return np.asarray(np.minimum(rgba, 1, out=rgba))


def _numbers(tissues: Bytes) -> list[int]:
    """Tell which tissues there are."""
    found: list[int] = np.flatnonzero(np.bincount(tissues, minlength=256)).tolist()
    return found


def _ramps(theme: Theme, tissues: Iterable[int]) -> Float32:
    """Linear colours of some tissues' ramps, row = tissue * STEPS + place; with opacity.

    No other tissue's colours are looked up: a picture depends on none but its own.
    """
    table = np.zeros((256, STEPS, 4), dtype=np.float32)
    for number in tissues:
        table[number] = _light(ramp_tones(theme, MATERIALS[number].role))
    return table.reshape(-1, 4)


@lru_cache(maxsize=256)
def _light(tones: RampTones) -> Float32:
    """Make the linear colours of a ramp once for many pictures."""
    found = _solid(linear(ramp_table(tones)).astype(np.float32))
    found.setflags(write=False)
    return found


def _solid(rgb: Float32) -> Float32:
    """Colours (N, 3) with a 1 for their opacity: four numbers are looked up faster than three."""
    return np.concatenate([rgb, np.ones((len(rgb), 1), np.float32)], axis=1)


@lru_cache(maxsize=1)
def _srgb_of_roots() -> Float32:
    """SRGB value of 4096 steps of the square root of linear light."""
    steps = np.linspace(0, 1, _CODES) ** 2
    return srgb(steps).astype(np.float32)


def box_of(tones: Tones) -> Box:
    """Left, bottom, right and top of a lit picture's whole pixels in the view's plane, mm."""
    (above, below), (before, after) = _padding(tones)
    scale, times = tones.px_per_mm, tones.oversample
    tall, wide = tones.cover.shape
    left, top = tones.left_mm - before / scale, tones.top_mm + above / scale
    px = times / scale
    rows, columns = (above + tall + below) // times, (before + wide + after) // times
    return left, top - rows * px, left + columns * px, top


def _padding(tones: Tones) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows above and below, columns before and after, that fill up the outermost pixels."""
    times, scale = tones.oversample, tones.px_per_mm
    columns = round(tones.left_mm * scale) % times
    rows = round(-tones.top_mm * scale) % times
    tall, wide = tones.cover.shape
    return (rows, -(rows + tall) % times), (columns, -(columns + wide) % times)


def _finished(canvas: Float32, tones: Tones) -> BakedImage:
    """Average linear premultiplied colours to the picture's pixels, with its box in mm."""
    pad = (*_padding(tones), (0, 0))
    if any(side for pair in pad for side in pair):
        canvas = np.pad(canvas, pad)
    pixels = np.floor(encoded(averaged(canvas, tones.oversample)) * 255 + 0.5).astype(np.uint8)
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    pixels.setflags(write=False)
    return BakedImage(pixels, box_of(tones))


def averaged(light: Float32, times: int) -> Float32:
    """Average squares of so many pixels a side; the picture's sides are multiples of it."""
    total = light[::times, ::times].copy()
    for place in range(1, times * times):
        total += light[place // times :: times, place % times :: times]
    total *= np.float32(1 / times**2)
    return np.asarray(total, dtype=np.float32)


def encoded(light: Float32) -> Float32:
    """Linear premultiplied light (H, W, 4) as sRGB colours times cover, 0 to 1."""
    cover = np.clip(light[..., 3:], 0, 1)
    own = np.clip(light[..., :3] / np.maximum(cover, 1e-6), 0, 1)
    codes = np.round(np.sqrt(own) * (_CODES - 1)).astype(np.int32)
    return np.concatenate([_srgb_of_roots()[codes] * cover, cover], axis=2)
