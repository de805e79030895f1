"""Reliefs: outlines blown up into height fields, modelled with soft strokes, and lit.

The technique behind skin, bone and cloth. An outline is inflated (a strip becomes a half
cylinder), parts are joined by a smooth maximum, folds and hollows are added as blurred strokes
and blobs of a few millimetres, and one light gives every pixel a tone. Colour comes later, from
the ramps of a theme (`picture/wash.py`).
Every length is in millimetres, so a relief looks alike at every scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.picture.inflation import inflate
from spineanim.picture.raster import (
    Float32,
    Grid,
    Points,
    fill_coverage,
    stroke_coverage,
)


@dataclass(frozen=True)
class Light:
    """Where the light comes from, in the axes of the image (right, up, to the viewer).

    Attributes
    ----------
    key
        Direction towards the key light; need not have unit length.
    up
        Direction of the bright sky in the image plane.
    """

    key: tuple[float, float, float] = (-0.50, 0.62, 0.60)
    up: tuple[float, float] = (0.0, 1.0)

    def turned(self, angle_deg: float) -> Light:
        """Return the light turned counter-clockwise in the image plane."""
        c, s = cos(radians(angle_deg)), sin(radians(angle_deg))

        def turn(x: float, y: float) -> tuple[float, float]:
            return c * x - s * y, s * x + c * y

        return Light((*turn(self.key[0], self.key[1]), self.key[2]), turn(*self.up))

    def unit_key(self) -> NDArray[np.float64]:
        """Return the unit vector towards the key light."""
        key = np.asarray(self.key, dtype=np.float64)
        return np.asarray(key / np.linalg.norm(key), dtype=np.float64)

    def shadow_shift_mm(self, distance_mm: float) -> tuple[float, float]:
        """Return where a shadow falls, ``(right, up)``, for an object this far above its ground."""
        across = np.asarray(self.key[:2], dtype=np.float64)
        away = -across / max(float(np.linalg.norm(across)), 1e-9) * distance_mm
        return float(away[0]), float(away[1])


UPPER_LEFT = Light()
"""Light of every picture: from the upper left, a little in front."""


@dataclass(frozen=True)
class Finish:
    """How a surface takes the light.

    Attributes
    ----------
    soft_mm
        The surface is smoothed this much before it is lit.
    ambient
        Share of the sky against the key light, 0..1.
    cavity
        Strength of the darkening in hollows (and the lightening of ridges).
    cavity_mm
        Size of the hollows that count.
    gloss
        Strength of the soft highlight.
    gloss_power
        Sharpness of the highlight.
    """

    soft_mm: float = 1.86
    ambient: float = 0.34
    cavity: float = 0.50
    cavity_mm: float = 11.0
    gloss: float = 0.10
    gloss_power: float = 18.0


SKIN = Finish()
CLOTH = Finish(soft_mm=1.1, ambient=0.40, cavity=0.40, gloss=0.02)


@dataclass(frozen=True)
class Lit:
    """A lit relief, without regard to its mask.

    Attributes
    ----------
    tone
        How bright each pixel is, a place 0..1 on its material's ramp, ``(H, W)``.
    shine
        Strength of the highlight, 0..1, ``(H, W)``.
    grazing
        0 where the surface faces the viewer, towards 1 where it is seen edge-on, ``(H, W)``.
    """

    tone: Float32
    shine: Float32
    grazing: Float32


class Relief:
    """A height field in millimetres over a :class:`~spineanim.picture.raster.Grid`.

    Parameters
    ----------
    grid
        Where the pixels lie.

    Attributes
    ----------
    height
        Millimetres towards the viewer, ``(H, W)``.
    mask
        Coverage of all parts, 0..1, ``(H, W)``.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.height: Float32 = np.zeros(grid.shape, np.float32)
        self.mask: Float32 = np.zeros(grid.shape, np.float32)

    def add_part(
        self,
        outlines: Sequence[Points],
        fullness: float,
        join_mm: float = 0.0,
        rounded_mm: float = 0.0,
    ) -> None:
        """Add an inflated part.

        Parameters
        ----------
        outlines
            Closed ``(N, 2)`` outlines in millimetres that make up the part.
        fullness
            1 gives a round cross-section, less a flatter one.
        join_mm
            Radius of the smooth maximum that joins it to what is there.
        rounded_mm
            Corners and notches of the outline are rounded this much.
        """
        patch = self.grid.around(outlines, 2.0 + 3.0 * rounded_mm)
        if not patch.is_visible:
            return
        # Inflated as a whole, even where the image cuts it, or its cut edge would sag.
        whole = fill_coverage(patch.grid, outlines)
        if rounded_mm > 0:
            spread = rounded_mm * self.grid.px_per_mm
            soft = ndimage.gaussian_filter(whole, spread, truncate=3.0)
            whole = np.clip((soft - 0.5) * np.float32(2.5 * spread) + 0.5, 0, 1)
        part = whole[patch.inner]
        rise = inflate(whole)[patch.inner] * np.float32(fullness / self.grid.px_per_mm)
        height, mask = self.height[patch.region], self.mask[patch.region]
        both = (part > 0.02) & (mask > 0.02)
        if join_mm > 0:
            lifted = np.where(part > 0.5, rise, np.float32(-9.0 * join_mm))
            share = np.clip(0.5 + 0.5 * (height - lifted) / join_mm, 0, 1)
            joined = lifted * (1 - share) + height * share + join_mm * share * (1 - share)
        else:
            joined = np.maximum(height, rise)
        height[...] = np.where(both, joined, np.where(part > mask, rise, height))
        np.maximum(mask, part, out=mask)

    def blob(
        self,
        centre_mm: tuple[float, float],
        radii_mm: tuple[float, float],
        amplitude_mm: float,
        angle_deg: float = 0.0,
    ) -> None:
        """Raise (or lower) the surface by a Gaussian bump.

        Parameters
        ----------
        centre_mm
            ``(right, up)``.
        radii_mm
            Where the bump has fallen to 1/e, along its own two axes.
        amplitude_mm
            Height; negative for a hollow.
        angle_deg
            Turn of the axes, counter-clockwise.
        """
        c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
        x = self.grid.across_mm - np.float32(centre_mm[0])
        y = self.grid.up_mm - np.float32(centre_mm[1])
        u = (x * c + y * s) / radii_mm[0]
        v = (y * c - x * s) / radii_mm[1]
        self.height += np.float32(amplitude_mm) * np.exp(-(u * u + v * v))

    def stroke(
        self,
        line: Points,
        width_mm: float,
        amplitude_mm: float,
        soft_mm: float,
        *,
        closed: bool = False,
    ) -> None:
        """Raise (or carve) the surface along a polyline, with a soft edge.

        Parameters
        ----------
        line
            ``(N, 2)`` polyline in millimetres, already smooth.
        width_mm, soft_mm
            Width of the line and radius of its blur.
        amplitude_mm
            Height at the middle of the line; negative to carve.
        closed
            Whether the line returns to its start.
        """
        patch = self.grid.around([line], width_mm / 2 + 3.0 * soft_mm)
        if not patch.is_visible:
            return
        part = stroke_coverage(patch.grid, [line], [width_mm], closed=closed)
        part = ndimage.gaussian_filter(part, soft_mm * self.grid.px_per_mm, truncate=3.0)
        peak = max(float(part.max()), 1e-6)
        self.height[patch.region] += np.float32(amplitude_mm / peak) * part[patch.inner]

    def area(self, outline: Points, amplitude_mm: float, soft_mm: float) -> None:
        """Raise (or lower) everything within a closed outline, with a soft edge."""
        patch = self.grid.around([outline], 3.0 * soft_mm)
        if not patch.is_visible:
            return
        part = fill_coverage(patch.grid, [outline])
        part = ndimage.gaussian_filter(part, soft_mm * self.grid.px_per_mm, truncate=3.0)
        self.height[patch.region] += np.float32(amplitude_mm) * part[patch.inner]

    def normals(self, soft_mm: float) -> tuple[Float32, Float32, Float32]:
        """Return the unit normal (right, up, to the viewer), each ``(H, W)``."""
        q = self.grid.px_per_mm
        smooth = ndimage.gaussian_filter(self.height, max(soft_mm * q, 0.8), truncate=3.0) * q
        down, right = np.gradient(smooth)
        length = np.sqrt(right * right + down * down + np.float32(1.0))
        return -right / length, down / length, 1.0 / length

    def lit(self, finish: Finish, light: Light) -> Lit:
        """Light the surface.

        Half-Lambert key light, sky from above, darker hollows, a broad soft highlight: all but
        the highlight make up a tone to be looked up in a colour ramp, so that shade is a darker
        tone of the role, never black.

        Parameters
        ----------
        finish
            How the surface takes the light.
        light
            Where the light comes from.
        """
        nx, ny, nz = self.normals(finish.soft_mm)
        lx, ly, lz = (np.float32(value) for value in light.unit_key())
        key = np.clip((nx * lx + ny * ly + nz * lz) * 0.5 + 0.5, 0, 1) ** np.float32(1.35)
        sky = 0.5 + 0.5 * (nx * np.float32(light.up[0]) + ny * np.float32(light.up[1]))
        tone = (1 - finish.ambient) * key + finish.ambient * 0.9 * sky
        if finish.cavity:
            blurred = ndimage.gaussian_filter(
                self.height, finish.cavity_mm * self.grid.px_per_mm, truncate=3.0
            )
            hollow = np.clip((blurred - self.height) / (finish.cavity_mm * 0.35), -1, 1)
            tone -= finish.cavity * 0.28 * np.clip(hollow, 0, 1)
            tone += finish.cavity * 0.10 * np.clip(-hollow, 0, 1)
        half = np.array([lx, ly, lz + 1.0])
        hx, hy, hz = (np.float32(part) for part in half / np.linalg.norm(half))
        shine = np.clip(nx * hx + ny * hy + nz * hz, 0, 1) ** np.float32(finish.gloss_power)
        return Lit(
            np.clip(tone, 0, 1).astype(np.float32),
            np.float32(finish.gloss) * shine,
            (1 - nz).astype(np.float32),
        )
