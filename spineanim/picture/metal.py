"""Baked metal, septum and silicone: solids walked by `lathe` and lit as in a studio.

Turned titanium shows fine rings and, on flat faces, the bow-tie highlights of circular brushing;
rounded rims mirror a large soft lamp at the upper left and a dark horizon. Light is fixed to the
picture, so it comes from the upper left in every pose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.picture.image import BakedImage, baked, over, premultiplied, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.lathe import Solid, Surface, unit, walk
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.relief import WHITE, Stops, mix, ramp

KEY = unit((-0.55, 0.62, 0.56))
_SECOND_LAMP = unit((0.55, -0.50, 0.67))
_BOUNCE = unit((0.72, -0.60, 0.34))
_TOWARDS = np.array([0.0, 0.0, 1.0])
_FINEST_PX = 1.3  # rings finer than this would turn to moire
_GROOVES_MM = (0.18, 0.36, 0.7, 1.4, 2.8)
_GROOVE_STRENGTH = (1.0, 1.0, 0.8, 0.6, 0.4)

Finish = Callable[[Surface, Theme, float], Float32]
"""Colours (N, 3) of a surface under a theme, at so many pixels a millimetre."""


@lru_cache(maxsize=8)
def _groove(wavelength_mm: float) -> tuple[NDArray[np.float64], float]:
    """Smooth noise over 120 mm with features of about one wavelength, and its sample step."""
    step = wavelength_mm / 4
    noise = np.random.default_rng(round(wavelength_mm * 100)).standard_normal(int(120 / step))
    smooth = ndimage.gaussian_filter1d(noise, 1.6, mode="wrap")
    return np.asarray(smooth / smooth.std()), step


def tool_marks(place_mm: Float32, px_per_mm: float) -> Float32:
    """Return turned rings as brightness (N,) of about unit strength, none finer than pixels."""
    total = np.zeros(len(place_mm))
    for wavelength, strength in zip(_GROOVES_MM, _GROOVE_STRENGTH, strict=True):
        if wavelength * px_per_mm >= _FINEST_PX:
            noise, step = _groove(wavelength)
            at = np.clip(place_mm / step, 0, len(noise) - 1)
            total += strength * np.interp(at, np.arange(len(noise)), noise)
    return np.asarray(total / np.hypot.reduce(_GROOVE_STRENGTH), np.float32)


def _toward(normals: Float32, direction: NDArray[np.float64]) -> Float32:
    return np.asarray(normals @ direction.astype(np.float32), np.float32)


def _studio(normals: Float32) -> Float32:
    """Brightness (N,) of the room mirrored in a surface: lamp, ceiling, horizon, floor."""
    mirrored = 2.0 * normals[:, 2:] * normals - _TOWARDS.astype(np.float32)
    to_key = _toward(mirrored, KEY)
    sky = mirrored[:, 1] - 0.45 * mirrored[:, 0]
    ceiling = 0.47 + 0.20 * np.tanh(1.6 * sky)
    lamp = 0.20 * smoothstep(to_key, 0.80, 0.95) + 0.20 * np.exp(-(1.0 - to_key) / 0.30)
    horizon = -0.12 * np.exp(-(((mirrored[:, 2] - 0.10) / 0.38) ** 2)) * (0.75 - 0.55 * to_key)
    floor = 0.24 * np.exp(-(1.0 - _toward(mirrored, _BOUNCE)) / 0.07)
    edge = -0.20 * np.clip(1.0 - normals[:, 2] / 0.30, 0, 1) ** 2
    return np.asarray(ceiling + lamp + horizon + floor + edge, np.float32)


def _bow_tie(surface: Surface) -> Float32:
    """Highlights (N,) of brushed rings: bright where the rings run across the lamp."""
    shine = np.zeros(len(surface.radius_mm), np.float32)
    for lamp, weight, power in ((KEY, 1.0, 9.0), (_SECOND_LAMP, 0.45, 22.0)):
        half = unit(lamp + _TOWARDS)
        along = _toward(surface.grain, half / np.hypot(half[0], half[1]))
        shine += weight * np.clip(1.0 - along**2, 0, 1) ** power
    return shine


def metal_stops(theme: Theme) -> Stops:
    """Tones of metal from its deepest mirror to a white glint."""
    light, base, dark, line = (theme.rgb(f"metal.{t}") for t in ("light", "base", "dark", "line"))
    return (
        (0.00, mix(line, theme.rgb("ink.title"), 0.5)),
        (0.14, line),
        (0.36, dark),
        (0.60, base),
        (0.83, light),
        (1.00, WHITE),
    )


def titanium(surface: Surface, theme: Theme, px_per_mm: float) -> Float32:
    """Light turned titanium: mirrored room on rims and walls, bow-tie and rings on flat faces."""
    normals = surface.normals
    lit = np.clip(0.5 + 0.5 * _toward(normals, KEY), 0, 1)
    rim = np.exp(-(((normals[:, 2] - 0.42) / 0.13) ** 2)) * np.clip(_toward(normals, KEY), 0, 1)
    wall = 0.10 + 0.80 * _studio(normals) + 0.14 * lit + 0.26 * rim
    facing = smoothstep(surface.axial, 0.42, 1.0) * smoothstep(normals[:, 2], 0.05, 0.28)
    face = 0.515 + 0.16 * (lit - 0.75) + 0.32 * _bow_tie(surface)
    marks_face = tool_marks(surface.radius_mm, px_per_mm)
    marks_wall = tool_marks(surface.height_mm + 20.0, px_per_mm)
    value = wall * (1 - facing) + face * facing
    value += 0.024 * marks_face * facing + 0.014 * marks_wall * (1 - facing)
    return ramp(np.clip(value, 0, 1).astype(np.float32), metal_stops(theme))


def polished(surface: Surface, theme: Theme, px_per_mm: float) -> Float32:
    """Smooth bright metal of rings, wires and small parts."""
    lit = np.clip(0.5 + 0.5 * _toward(surface.normals, KEY), 0, 1)
    value = 0.08 + 0.80 * _studio(surface.normals) + 0.26 * lit
    return ramp(np.clip(value, 0, 1).astype(np.float32), metal_stops(theme))


def groove(surface: Surface, theme: Theme, px_per_mm: float) -> Float32:
    """Shadowed seam between metal parts."""
    lit = np.clip(0.5 + 0.5 * _toward(surface.normals, KEY), 0, 1)
    return ramp((0.24 + 0.20 * lit).astype(np.float32), metal_stops(theme))


def rubber(role: str, relief: float = 1.0) -> Finish:
    """Silicone of a theme role: matt, with one soft highlight.

    Parameters
    ----------
    role
        Theme role of its tones.
    relief
        How much the light exaggerates its slopes, so that a low dome does not look flat.
    """

    def finish(surface: Surface, theme: Theme, px_per_mm: float) -> Float32:
        light, base, dark, line = (
            theme.rgb(f"{role}.{tone}") for tone in ("light", "base", "dark", "line")
        )
        normals = surface.normals
        if relief != 1.0:
            slope = np.sqrt(np.clip(1.0 - surface.axial**2, 0, 1))
            outward = np.cross(surface.grain, normals)  # on a low dome
            normals = normals + (relief - 1.0) * slope[:, None] * outward
            normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        lit = np.clip(0.5 + 0.5 * _toward(normals, KEY), 0, 1) ** 1.25
        lit = lit - 0.34 * np.clip(1.0 - normals[:, 2] / 0.75, 0, 1) ** 2
        glint = np.clip(_toward(normals, unit(KEY + _TOWARDS)), 0, 1) ** 30
        stops = ((0.05, mix(dark, line, 0.5)), (0.30, dark), (0.62, base), (0.95, light))
        color = ramp(np.clip(lit, 0, 1).astype(np.float32), stops)
        return np.asarray(color + 0.38 * glint[:, None] * (1.0 - color), np.float32)

    return finish


FINISHES: dict[str, Finish] = {
    "titanium": titanium,
    "polished": polished,
    "groove": groove,
    "septum": rubber("septum", relief=3.5),
    "sleeve": rubber("septum"),
    "silicone": rubber("catheter"),
}
"""How each material of a solid is lit."""


def samples_for(px_per_mm: float) -> int:
    """Count samples along a pixel side: many for small pictures, or their edges would step."""
    return 4 if px_per_mm < 2.0 else 3 if px_per_mm < 3.2 else 2


@kept
def bake(
    solids: Sequence[Solid], theme: Theme, grid: Grid, *, contour_px: float = 1.2
) -> BakedImage:
    """Draw solids, the nearest on top, with soft edges and a fine dark contour.

    Parameters
    ----------
    solids
        In view axes (mm).
    theme
        Colours; roles metal, septum and catheter are used.
    grid
        Pixels of the picture.
    contour_px
        Width of the contour in pixels of the picture.
    """
    count = samples_for(grid.px_per_mm)
    fine = Grid(
        grid.left_mm,
        grid.top_mm,
        grid.width_px * count,
        grid.height_px * count,
        grid.px_per_mm * count,
    )
    color = np.zeros((*fine.shape, 3), np.float32)
    near = np.full(fine.shape, -np.inf, np.float32)
    owner = np.full(fine.shape, -1, np.int8)
    for index, solid in enumerate(solids):
        seen = _draw(solid, theme, fine, grid.px_per_mm, color, near)
        owner[seen] = index
    for index in range(1, len(solids)):
        _ground(owner, index, theme, fine.px_per_mm, color)
    inside = np.isfinite(near)
    alpha = _averaged(inside.astype(np.float32)[..., None], count)[..., 0]
    rgb = _averaged(color * inside[..., None], count)
    picture = np.concatenate([rgb, alpha[..., None]], axis=-1)
    away = ndimage.distance_transform_edt(~inside).astype(np.float32) / count
    ring = _averaged(np.clip(contour_px + 0.5 - away, 0, 1)[..., None], count)[..., 0]
    below = premultiplied(theme.rgb("metal.line"), (0.85 * ring).astype(np.float32))
    return baked(over(picture, below), grid)


def _draw(
    solid: Solid, theme: Theme, fine: Grid, px_per_mm: float, color: Float32, near: Float32
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Add what is seen of a solid in front of what was drawn; return its rows and columns."""
    rows, columns, points = walk(solid, fine)
    front = points[:, 2] > near[rows, columns]
    rows, columns, points = rows[front], columns[front], points[front]
    if not len(points):
        return rows, columns
    near[rows, columns] = points[:, 2]
    surface = solid.surface(points)
    for index, name in enumerate(solid.materials):
        chosen = surface.materials == index
        if chosen.any():
            finish = FINISHES[name](surface.only(chosen), theme, px_per_mm)
            color[rows[chosen], columns[chosen]] = finish
    return rows, columns


def _ground(
    owner: NDArray[np.int8], index: int, theme: Theme, px_per_mm: float, color: Float32
) -> None:
    """Darken what a small part stands on: a line round its foot and a soft shadow."""
    rows, columns = np.nonzero(owner == index)
    if not len(rows):
        return
    room = int(3.5 * px_per_mm)
    patch = tuple(
        slice(max(int(each.min()) - room, 0), int(each.max()) + room + 1)
        for each in (rows, columns)
    )
    mask = (owner[patch] == index).astype(np.float32)
    shade = np.zeros_like(mask)
    for drop_mm, blur_mm, strength in ((0.08, 0.22, 0.85), (0.7, 0.8, 0.55)):
        drop = drop_mm * px_per_mm
        moved = ndimage.shift(mask, (drop, 0.8 * drop), order=0)
        soft = strength * ndimage.gaussian_filter(moved, blur_mm * px_per_mm)
        shade = shade + soft * (1.0 - shade)
    shade = (shade * ((owner[patch] >= 0) & (owner[patch] != index)))[..., None]
    color[patch] = color[patch] * (1 - shade) + theme.rgb("metal.line") * shade


def _averaged(values: Float32, count: int) -> Float32:
    """Mean of blocks of count x count samples."""
    height, width, channels = values.shape
    blocks = values.reshape(height // count, count, width // count, count, channels)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def cast_shadow(picture: BakedImage, theme: Theme, px_per_mm: float) -> BakedImage:
    """Soft shadow of a baked picture on what lies close behind it.

    A tight dark one says that it touches, a wide faint one that it has thickness.
    """
    room = int(np.ceil(11.0 * px_per_mm))
    mask = np.pad(picture.rgba[..., 3].astype(np.float32) / 255.0, room)
    alpha = np.zeros_like(mask)
    for drop_mm, blur_mm, strength in ((1.0, 0.9, 0.40), (3.4, 2.8, 0.26)):
        drop = drop_mm * px_per_mm
        moved = ndimage.shift(mask, (drop, 0.8 * drop), order=1)
        soft = strength * ndimage.gaussian_filter(moved, blur_mm * px_per_mm)
        alpha = alpha + soft * (1.0 - alpha)
    left, top = picture.box_mm[0], picture.box_mm[3]
    edge = room / px_per_mm
    grid = Grid(left - edge, top + edge, mask.shape[1], mask.shape[0], px_per_mm)
    return baked(premultiplied(theme.rgb("panel.shadow"), alpha.astype(np.float32)), grid)
