"""Baked metal, septum and silicone: solids walked by `lathe` and lit as in a studio.

Turned titanium shows fine rings and, on flat faces, the bow-tie highlights of circular brushing;
rounded rims mirror a large soft lamp at the upper left and a dark horizon. Light is fixed to the
picture, so it comes from the upper left in every pose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.picture.colouring import painted, painted_beside
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage, smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.lathe import Solid, Surface, unit, walk
from spineanim.picture.ramp import Ramp, metal_ramp, rubber_ramp
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.wash import Cover, Wash, wash

KEY = unit((-0.55, 0.62, 0.56))
_SECOND_LAMP = unit((0.55, -0.50, 0.67))
_BOUNCE = unit((0.72, -0.60, 0.34))
_TOWARDS = np.array([0.0, 0.0, 1.0])
_FINEST_PX = 1.3  # rings finer than this would turn to moire
_SHOULDER = 0.62  # from here on polished metal brightens more slowly
_GROOVES_MM = (0.18, 0.36, 0.7, 1.4, 2.8)
_GROOVE_STRENGTH = (1.0, 1.0, 0.8, 0.6, 0.4)

Finish = Callable[[Surface, float], tuple[Float32, Float32]]
"""Tone and shine (N,), 0..1, of a surface at so many pixels a millimetre."""


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
    edge = -0.12 * np.clip(1.0 - normals[:, 2] / 0.30, 0, 1) ** 2
    return np.asarray(ceiling + lamp + horizon + floor + edge, np.float32)


def _bow_tie(surface: Surface) -> Float32:
    """Highlights (N,) of brushed rings: bright where the rings run across the lamp."""
    shine = np.zeros(len(surface.radius_mm), np.float32)
    for lamp, weight, power in ((KEY, 1.0, 9.0), (_SECOND_LAMP, 0.45, 22.0)):
        half = unit(lamp + _TOWARDS)
        along = _toward(surface.grain, half / np.hypot(half[0], half[1]))
        shine += weight * np.clip(1.0 - along**2, 0, 1) ** power
    return shine


def titanium(surface: Surface, px_per_mm: float) -> tuple[Float32, Float32]:
    """Light turned titanium: mirrored room on rims and walls, bow-tie and rings on flat faces."""
    normals = surface.normals
    lit = np.clip(0.5 + 0.5 * _toward(normals, KEY), 0, 1)
    rim = np.exp(-(((normals[:, 2] - 0.42) / 0.16) ** 2)) * np.clip(_toward(normals, KEY), 0, 1)
    wall = 0.24 + 0.52 * _studio(normals) + 0.18 * lit + 0.13 * rim
    facing = smoothstep(surface.axial, 0.42, 1.0) * smoothstep(normals[:, 2], 0.02, 0.20)
    face = 0.535 + 0.17 * (lit - 0.75) + 0.25 * _bow_tie(surface)
    marks_face = tool_marks(surface.radius_mm, px_per_mm)
    marks_wall = tool_marks(surface.height_mm + 20.0, px_per_mm)
    value = wall * (1 - facing) + face * facing
    value += 0.030 * marks_face * facing + 0.020 * marks_wall * (1 - facing)
    return _matt(value)


def polished(surface: Surface, px_per_mm: float) -> tuple[Float32, Float32]:
    """Light smooth bright metal of rings, wires and small parts."""
    lit = np.clip(0.5 + 0.5 * _toward(surface.normals, KEY), 0, 1)
    tone = 0.06 + 0.70 * _studio(surface.normals) + 0.22 * lit
    return _matt(np.where(tone > _SHOULDER, _shouldered(tone), tone))


def _shouldered(tone: Float32) -> Float32:
    """Press bright tones (N,) together, so that small parts keep their form in the lamp's light."""
    room = 0.95 - _SHOULDER
    return np.asarray(_SHOULDER + room * np.tanh((tone - _SHOULDER) / room), np.float32)


def groove(surface: Surface, px_per_mm: float) -> tuple[Float32, Float32]:
    """Light the shadowed seam between metal parts."""
    lit = np.clip(0.5 + 0.5 * _toward(surface.normals, KEY), 0, 1)
    return _matt(0.24 + 0.20 * lit)


def _matt(tone: Float32) -> tuple[Float32, Float32]:
    """Tone without a highlight of its own."""
    return np.clip(tone, 0, 1).astype(np.float32), np.zeros(len(tone), np.float32)


def rubber(relief: float = 1.0, strength: float = 1.0) -> Finish:
    """Matt silicone with one soft highlight.

    Parameters
    ----------
    relief
        How much the light exaggerates its slopes, so that a low dome does not look flat.
    strength
        Of the light: less, so that a pale material does not turn white in the lamp.
    """

    def finish(surface: Surface, px_per_mm: float) -> tuple[Float32, Float32]:
        normals = surface.normals
        if relief != 1.0:
            slope = np.sqrt(np.clip(1.0 - surface.axial**2, 0, 1))
            outward = np.cross(surface.grain, normals)  # on a low dome
            normals = normals + (relief - 1.0) * slope[:, None] * outward
            normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        lit = np.clip(0.5 + 0.5 * _toward(normals, KEY), 0, 1) ** 1.25
        lit = lit - 0.34 * np.clip(1.0 - normals[:, 2] / 0.75, 0, 1) ** 2
        glint = np.clip(_toward(normals, unit(KEY + _TOWARDS)), 0, 1) ** 30
        return np.clip(strength * lit, 0, 1).astype(np.float32), (0.26 * glint).astype(np.float32)

    return finish


ROLES = ("metal", "septum", "catheter")
"""Theme roles of the ramps."""
FINISHES: dict[str, tuple[str, Finish]] = {
    "titanium": ("metal", titanium),
    "polished": ("metal", polished),
    "groove": ("metal", groove),
    "septum": ("septum", rubber(relief=3.5)),
    "sleeve": ("septum", rubber()),
    "silicone": ("catheter", rubber(strength=0.86)),
}
"""Role of each material of a solid, and how it is lit."""
_SHADOWS = ((1.0, 1.0, 0.46), (4.2, 3.6, 0.28))
_SHADOW_ROOM_MM = 15.0
"""Drop (mm), blur (mm) and strength of the tight and the wide shadow, and room for both."""
_FOOT_TONE = 0.14
"""Tone of the shadow at the foot of a small part: the line of metal."""


def samples_for(px_per_mm: float) -> int:
    """Count samples along a pixel side: many for small pictures, or their edges would step."""
    return 4 if px_per_mm < 2.0 else 3 if px_per_mm < 3.2 else 2


@dataclass(frozen=True)
class DeviceLight:
    """A device before it has a colour.

    Attributes
    ----------
    ring
        The dark contour round it.
    parts
        Light on what has each of `ROLES`; side by side, they make up the device.
    """

    ring: Wash
    parts: tuple[Wash, ...]


@kept
def device_light(
    solids: Sequence[Solid], grid: Grid, contour_px: float, before: Sequence[Solid] = ()
) -> DeviceLight:
    """Light solids, the nearest on top; see `bake`."""
    count = samples_for(grid.px_per_mm)
    if in_haste():
        roughened()
        count = 1
    fine = Grid(
        grid.left_mm,
        grid.top_mm,
        grid.width_px * count,
        grid.height_px * count,
        grid.px_per_mm * count,
    )
    samples = _Samples.blank(fine)
    for index, solid in enumerate((*before, *solids)):
        _draw(solid, index, fine, grid.px_per_mm, samples)
    for index in range(1, len(solids)):
        _ground(samples, len(before) + index, fine.px_per_mm)
    inside = samples.owner >= len(before)
    parts = []
    for number in range(len(ROLES)):
        mine = (inside & (samples.role == number)).astype(np.float32)
        cover = _averaged(mine, count)
        whole = np.maximum(cover, 1e-6)
        tone, shine = (
            (_averaged(each * mine, count) / whole).astype(np.float32) for each in samples.light
        )
        parts.append(wash(cover, tone, shine))
    away = ndimage.distance_transform_edt(~inside).astype(np.float32) / count
    ring = _averaged(np.clip(contour_px + 0.5 - away, 0, 1), count)
    return DeviceLight(wash(0.62 * ring), tuple(parts))


def bake(
    solids: Sequence[Solid],
    theme: Theme,
    grid: Grid,
    *,
    contour_px: float = 1.2,
    before: Sequence[Solid] = (),
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
    before
        Solids of another picture that may stand before these: what they hide is left out.
    """
    light = device_light(tuple(solids), grid, contour_px, tuple(before))
    ramps = (metal_ramp(theme), *(rubber_ramp(theme, role) for role in ROLES[1:]))
    ring = light.ring, Ramp.even(theme.rgb("metal.line"))
    return painted_beside(grid, ring, tuple(zip(light.parts, ramps, strict=True)))


@dataclass
class _Samples:
    """What the fine samples of a picture see: (H, W) each.

    Attributes
    ----------
    near
        Height of the nearest surface.
    owner, role
        Index of its solid and of its role, -1 where nothing is.
    light
        Tone and shine.
    """

    near: Float32
    owner: NDArray[np.int8]
    role: NDArray[np.int8]
    light: tuple[Float32, Float32]

    @classmethod
    def blank(cls, grid: Grid) -> _Samples:
        """Return samples that see nothing yet."""
        near = np.full(grid.shape, -np.inf, np.float32)
        none = np.full(grid.shape, -1, np.int8)
        dark = np.zeros(grid.shape, np.float32)
        return cls(near, none, none.copy(), (dark, dark.copy()))


def _draw(solid: Solid, number: int, fine: Grid, px_per_mm: float, samples: _Samples) -> None:
    """Add what is seen of a solid in front of what was drawn."""
    rows, columns, points = walk(solid, fine)
    front = points[:, 2] > samples.near[rows, columns]
    rows, columns, points = rows[front], columns[front], points[front]
    if not len(points):
        return
    samples.near[rows, columns] = points[:, 2]
    samples.owner[rows, columns] = number
    surface = solid.surface(points)
    for index, name in enumerate(solid.materials):
        chosen = surface.materials == index
        if chosen.any():
            role, finish = FINISHES[name]
            spots = rows[chosen], columns[chosen]
            samples.role[spots] = ROLES.index(role)
            tone, shine = finish(surface.only(chosen), px_per_mm)
            samples.light[0][spots], samples.light[1][spots] = tone, shine


def _ground(samples: _Samples, index: int, px_per_mm: float) -> None:
    """Darken what a small part stands on: a line round its foot and a soft shadow."""
    owner = samples.owner
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
    shade = shade * ((owner[patch] >= 0) & (owner[patch] != index))
    tone = samples.light[0][patch]
    tone += (_FOOT_TONE - tone) * shade


def _averaged(values: Float32, count: int) -> Float32:
    """Mean of blocks of count x count samples (H, W)."""
    height, width = values.shape
    blocks = values.reshape(height // count, count, width // count, count)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def cast_shadow(picture: BakedImage, theme: Theme, px_per_mm: float) -> BakedImage:
    """Soft shadow of a baked picture on what lies close behind it.

    A tight dark one says that it touches, a wide faint one that it has thickness.
    """
    left, _, _, top = picture.box_mm
    found = _shadow_light(np.ascontiguousarray(picture.rgba[..., 3]), left, top, px_per_mm)
    return painted(found.grid, [(found.shadow, Ramp.even(theme.rgb("panel.shadow")))])


@dataclass(frozen=True)
class ShadowLight:
    """A soft shadow before it has a colour, and its pixels."""

    grid: Grid
    shadow: Wash


@kept
def _shadow_light(cover: Cover, left_mm: float, top_mm: float, px_per_mm: float) -> ShadowLight:
    """Cast the shadow of coverage (H, W) whose upper left corner is given."""
    room = int(np.ceil(_SHADOW_ROOM_MM * px_per_mm))
    mask = np.pad(cover.astype(np.float32) / 255.0, room)
    alpha = np.zeros_like(mask)
    for drop_mm, blur_mm, strength in _SHADOWS:
        drop = drop_mm * px_per_mm
        moved = ndimage.shift(mask, (drop, 0.8 * drop), order=1)
        soft = strength * ndimage.gaussian_filter(moved, blur_mm * px_per_mm)
        alpha = alpha + soft * (1.0 - alpha)
    edge = room / px_per_mm
    grid = Grid(left_mm - edge, top_mm + edge, mask.shape[1], mask.shape[0], px_per_mm)
    return ShadowLight(grid, wash(alpha))
