"""One light from the upper left on baked pixels: how bright each is, without any colour.

A key light with soft shadow, a fill from the lower right, the sky, occlusion and a rim; the
sum is a place on the ramp of the tissue's role, so that shadows keep their hue. Metal and
glass mirror a plain studio instead: bright sky, dark horizon, pale table, two soft boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.bake import LIGHT
from spineanim.picture.material import column_of
from spineanim.picture.noise import Row

_KEY: Final = np.array(LIGHT, dtype=np.float32) / np.float32(np.linalg.norm(LIGHT))
_FILL: Final = np.array([0.8, -0.45, 0.25], dtype=np.float32) / np.float32(0.951)
_HALF: Final = (_KEY + np.array([0, 0, 1], dtype=np.float32)) / np.float32(
    np.linalg.norm(_KEY + np.array([0, 0, 1]))
)
# Soft boxes of the studio that metal mirrors: direction, strength, width
_BOXES: Final = (
    ((-0.62, 0.62, 0.48), 0.32, 0.34),
    ((0.80, 0.30, 0.52), 0.20, 0.24),
    ((-0.20, -0.75, 0.62), 0.05, 0.40),
)
_BRUSH_LAMPS: Final = (((-0.52, 0.62, 0.62), 13.0, 1.0), ((0.70, 0.45, 0.55), 17.0, 0.55))


@dataclass(frozen=True, eq=False)
class Lit:
    """Light on some pixels.

    Parameters
    ----------
    place : ndarray (N,)
        Place on the ramp, about 0 to 1.
    bounce : ndarray (N,)
        Share of the cool fill in the shadows.
    shine : ndarray (N,)
        Highlight in linear light.
    """

    place: Row
    bounce: Row
    shine: Row


@dataclass(frozen=True, eq=False)
class Surfaces:
    """Pixels to be lit.

    Parameters
    ----------
    normal : ndarray (N, 3)
        Unit normals to the right, up and toward the viewer, of an upright picture.
    openness, lit : ndarray (N,)
        Share of light from all sides and of the key that gets there, 0 to 1.
    tone : ndarray (N,)
        Added to the place on the ramp.
    base, other : ndarray (N,)
        Tissue, and the one that it passes into.
    share : ndarray (N,)
        How much of the other, 0 to 1.
    spin : ndarray (N, 3)
        Direction of the brush lines of metal, as long as they tell (0 to 1).
    ambient : float
        Light that comes from everywhere, 0 to 1: lifts shadows.
    """

    normal: Row
    openness: Row
    lit: Row
    tone: Row
    base: NDArray[np.uint8]
    other: NDArray[np.uint8]
    share: Row
    spin: Row
    ambient: float = 0.0

    def mixed(self, column: NDArray[np.float32]) -> Row:
        """Look a property up for every pixel, between its two tissues."""
        first = column[self.base]
        return np.asarray(first + (column[self.other] - first) * self.share, dtype=np.float32)


def light_surface(seen: Surfaces) -> Lit:
    """Light outer surfaces."""
    normal, lit = seen.normal, seen.lit
    x, y, z = (normal[:, i] for i in range(3))
    through = seen.mixed(column_of(lambda m: m.through))
    wrap = np.float32(0.18) + through
    soft_lit = lit + (1 - lit) * through
    key = np.clip((normal @ _KEY) * (1 - wrap) + wrap, 0, 1) ** 1.25 * (0.22 + 0.78 * soft_lit)
    fill = np.clip((normal @ _FILL) * 0.6 + 0.4, 0, 1)
    sky = np.clip(y * 0.5 + 0.5, 0, 1)
    t = 0.03 + 0.74 * key + 0.07 * fill + 0.10 * sky
    t = t * (0.30 + 0.70 * seen.openness**1.2)
    away = np.clip(1 - z, 0, 1)
    rim = seen.mixed(column_of(lambda m: m.rim))
    t = t + rim * away**3 * np.clip(-0.75 * x + 0.66 * y, 0, 1)
    t = t - 0.16 * away**2.2 * np.clip(0.6 * x - 0.8 * y, 0, 1)
    t = t + seen.ambient * np.clip(0.76 - t, 0, None)
    t = seen.mixed(column_of(lambda m: m.lift)) + seen.mixed(column_of(lambda m: m.gain)) * t
    bounce = np.clip(fill - 0.30, 0, 1) * (1 - key) * 0.40 * (0.35 + 0.65 * seen.openness)
    mirror = seen.mixed(column_of(lambda m: m.mirror))
    glossy = np.flatnonzero(mirror > 0)
    if len(glossy):
        share = mirror[glossy]
        room = _mirrored(seen, glossy)
        t[glossy] += share * (room - t[glossy])
        bounce[glossy] *= 1 - 0.6 * share
    shine = _highlight(seen) * lit * seen.openness * seen.mixed(column_of(lambda m: m.gloss))
    return Lit(t + seen.tone, bounce, shine)


def _highlight(seen: Surfaces) -> Row:
    """Gleam of the key light, as wide as the material is matt."""
    facing = np.clip(seen.normal @ _HALF, 1e-3, 1)
    sharp = seen.mixed(column_of(lambda m: m.sharp))
    return np.asarray(np.exp(sharp * np.log(facing)), dtype=np.float32)


def _mirrored(seen: Surfaces, chosen: NDArray[np.int64]) -> Row:
    """Place on the ramp of mirrored surroundings."""
    normal = seen.normal[chosen]
    way = 2 * normal[:, 2:3] * normal
    way[:, 2] -= 1
    up = way[:, 1]
    room = 0.52 + 0.20 * np.tanh(up * 1.8)
    room -= 0.34 * np.exp(-(((up + 0.16) / 0.20) ** 2)) * (1 - normal[:, 2] ** 4)
    room += 0.10 * np.clip(-up - 0.30, 0, 1)
    for direction, strength, width in _BOXES:
        at = np.array(direction, dtype=np.float32)
        off = 1 - way @ (at / np.float32(np.linalg.norm(at)))
        room += strength * np.exp(-((off / width) ** 2))
    spin = seen.spin[chosen]
    share = np.sqrt(np.einsum("ij,ij->i", spin, spin))
    turned = np.flatnonzero(share)
    share = share[turned]
    flat = _brushed(normal[turned], spin[turned] / share[:, None])
    room[turned] += (flat - room[turned]) * share
    shade = (0.42 + 0.58 * seen.openness[chosen]) * (0.62 + 0.38 * seen.lit[chosen])
    return np.asarray(room * shade, dtype=np.float32)


def _brushed(normal: Row, spin: Row) -> Row:
    """Bow tie of light on a face with lines turned round its middle."""
    bow = np.zeros(len(normal), dtype=np.float32)
    for direction, power, strength in _BRUSH_LAMPS:
        lamp = np.array(direction, dtype=np.float32)
        half = lamp / np.float32(np.linalg.norm(lamp)) + np.array([0, 0, 1], dtype=np.float32)
        along = spin @ (half / np.float32(np.linalg.norm(half)))
        bow += np.float32(strength) * np.clip(1 - along**2, 0, 1) ** power
    return np.asarray(0.60 + 0.12 * (normal @ _KEY - 0.6) + 0.38 * (bow - 0.42), dtype=np.float32)


def light_section(seen: Surfaces) -> Lit:
    """Light faces of a cut: flat but for their grain."""
    level = seen.mixed(column_of(lambda m: m.section.tone))
    tells = seen.mixed(column_of(lambda m: m.section.tells))
    t = level + tells * (seen.normal @ _KEY - _KEY[2])
    t = t * (0.46 + 0.54 * seen.lit) + seen.tone
    wet = seen.mixed(column_of(lambda m: m.gloss)) * 0.35
    tilt = np.clip(1 - seen.normal[:, 2], 0, 1)
    shine = wet * np.exp(-(((1 - seen.normal @ _HALF) / 0.012) ** 2)) * (tilt > 1e-4)
    return Lit(t, np.zeros_like(t), np.asarray(shine, dtype=np.float32))
