"""Grain of tissues: tone and height that hang on a part's own millimetres.

On a cut, the plane of the picture is the plane of the grain; on an outer surface the grain
fills space. Tone is added to the ramp position, height (mm) is lit like any relief. What is
finer than a pixel is left out, so that a small picture has no noise in place of the grain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from spineanim.picture.noise import Row, cells, fractal, waves

Grain = tuple[Row, Row]
"""Tone and height of a row of pixels."""

Weave = Callable[["Spots"], Grain]
"""A grain: tone and height (mm) at some spots."""


@dataclass(frozen=True, eq=False)
class Spots:
    """Pixels of one tissue of one part.

    Parameters
    ----------
    own : tuple of ndarray (N,)
        Places in the part's own frame (mm).
    right, up : ndarray (N,)
        The same places in the plane of the picture (mm), hung on the part.
    inside : ndarray (N,)
        How deep inside the part a place on a cut lies (mm).
    normal : ndarray (N, 3)
        Surface normal to the right, up and toward the viewer.
    along : tuple of float
        The part's own z axis to the right, up and toward the viewer.
    px_per_mm : float
        Pixels of the buffer a millimetre.
    """

    own: tuple[Row, Row, Row]
    right: Row
    up: Row
    inside: Row
    normal: Row
    along: tuple[float, float, float]
    px_per_mm: float

    def told(self, length_mm: float) -> np.float32:
        """How far a grain of some length can be told, 0 (finer than a pixel) to 1."""
        share = np.clip((length_mm * self.px_per_mm - 1.5) / 3.5, 0.0, 1.0)
        return np.float32(share)

    @cached_property
    def girth(self) -> Row:
        """Angle across a round strand, 0 where it faces the viewer, to 1.57 at its edge."""
        flat = np.hypot(self.normal[:, 0], self.normal[:, 1])
        return np.asarray(np.arcsin(np.clip(flat, 0, 1)), dtype=np.float32)


def _smooth(share: Row) -> Row:
    clipped = np.clip(share, 0, 1)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), dtype=np.float32)


def _bevel(inside: Row, reach_mm: float) -> Row:
    """Height share of a rounded edge, 0 at the edge to 1."""
    reach = np.clip(inside / np.float32(reach_mm), 0, 1)
    return np.asarray(np.sqrt(np.clip(1 - (1 - reach) ** 2, 0, 1)), dtype=np.float32)


# ------------------------------------------------------------------------------- cuts
def spongy(spots: Spots) -> Grain:
    """Pores between fine plates of bone, taller than wide, as the load runs."""
    u, v = spots.right, spots.up
    bend, sway = waves((u, v), 2.6, 7), waves((u, v), 1.2, 8)
    first, second, value = cells(
        u * 1.05 + bend * 1.3 + sway * 0.5, v * 0.66 + bend * 0.8 - sway * 0.5, 7
    )
    hollow = _smooth((second - first - 0.06) / 0.48) * (0.40 + 0.75 * value)
    hollow *= np.clip(0.70 + 0.9 * waves((u, v), 9.0, 9), 0.42, 1.0)
    hollow *= _smooth((spots.inside - 0.9) / 0.8) * spots.told(0.8)
    fine = fractal((u, v), 0.7, 10) * spots.told(0.5)
    tone = -0.36 * hollow + 0.05 * bend + 0.10 * fine
    return tone + np.float32(0.06), -0.30 * hollow


def cortex(spots: Spots) -> Grain:
    """Hard rim, paler than the spongy bone, with a rounded outer edge."""
    tone = 0.03 * waves((spots.right, spots.up), 3.0, 3)
    return tone, 0.7 * _bevel(spots.inside, 0.8)


def lamellae(spots: Spots) -> Grain:
    """Rings of the tough part of a disc, which follow its edge."""
    u, v, inside = spots.right, spots.up, spots.inside
    rings = np.sin(inside * 5.6 + fractal((u, v), 4.0, 11) * 1.8) * spots.told(0.9)
    fade = np.exp(-inside / 6.0)
    edge = np.exp(-inside / 0.7)
    tone = 0.085 * rings * fade + 0.04 * fractal((u, v), 2.0, 12) - 0.06 * edge
    return tone, 0.06 * rings * fade + 0.5 * _bevel(inside, 1.2)


def jelly(spots: Spots) -> Grain:
    """Soft core of a disc: a low dome."""
    tone = 0.05 * fractal((spots.right, spots.up), 3.5, 13)
    return tone, 0.14 * np.sqrt(np.clip(spots.inside, 0, 12))


def lobules(spots: Spots) -> Grain:
    """Fat: soft domes with faint septa."""
    u, v, cell = spots.right, spots.up, 3.4
    bend, sway = waves((u, v), 4.4, 21), waves((u, v), 1.6, 22)
    first, second, value = cells(
        u / cell + bend * 0.8 + sway * 0.3, (v / cell - bend * 0.7 + sway * 0.3) * 1.08, 21, 0.95
    )
    gap = _smooth((second - first) / 0.42)
    dome = np.sqrt(np.clip(1 - (first * 1.05) ** 2, 0, 1)) * (0.35 + 0.65 * gap)
    tone = 0.07 * (value - 0.5) - 0.06 * (1 - gap) + 0.16 * fractal((u, v), 16.0, 23)
    told = spots.told(1.6)
    return tone * (0.4 + 0.6 * told), cell * 0.07 * dome * told


def muscle(spots: Spots) -> Grain:
    """Bundles where the cut runs across the fibres, streaks where it runs along them."""
    return bundles(spots) if abs(spots.along[2]) > 0.6 else flesh(spots)


def bundles(spots: Spots) -> Grain:
    """Muscle cut across: bundles between pale septa, fine fibres in each."""
    u, v, inside, cell = spots.right, spots.up, spots.inside, 4.2
    bend, sway = waves((u, v), 6.0, 31), waves((u, v), 2.0, 32)
    first, second, value = cells(u / cell + bend * 0.7 + sway * 0.2, v / cell - bend * 0.7, 31, 0.9)
    seam = 1 - _smooth((second - first) / 0.15)
    seam *= np.clip(0.75 + 0.9 * waves((u, v), 11.0, 34), 0.25, 1.0) * spots.told(1.0)
    fine = fractal((u, v), 0.9, 33) * spots.told(0.5)
    edge = np.exp(-inside / 1.8)
    tone = 0.26 * seam + 0.16 * fine + 0.06 * (value - 0.5) - 0.16 * edge
    return tone, 0.22 * (1 - seam) + 0.08 * fine + 0.5 * _bevel(inside, 1.6)


def _streaks(spots: Spots, width_mm: float, seed: int) -> Row:
    """Fine lines along the part's own z axis as it runs in the picture, about -0.5..0.5."""
    x, y = spots.along[0], spots.along[1]
    length = float(np.hypot(x, y))
    x, y = (x / length, y / length) if length > 0.3 else (0.0, 1.0)
    over = np.float32(x) * spots.right + np.float32(y) * spots.up
    across = np.float32(y) * spots.right - np.float32(x) * spots.up
    bent = across + 0.9 * waves((across * 0.3, over * 0.15), 3.0, seed)
    return fractal((bent, over * 0.07), width_mm, seed + 1, 3) * spots.told(width_mm * 0.6)


def flesh(spots: Spots) -> Grain:
    """Muscle cut lengthwise: strands of several widths, pale sheaths between them."""
    strand = _streaks(spots, 3.2, 36)
    fine = _streaks(spots, 0.9, 38)
    sheath = _smooth(1 - np.abs(strand) / 0.05) * spots.told(0.6)
    edge = np.exp(-spots.inside / 1.8)
    return 0.20 * strand + 0.22 * fine + 0.10 * sheath - 0.14 * edge, 0.5 * strand + 0.14 * fine


def fibres(spots: Spots) -> Grain:
    """Ligament: fine strands along its length."""
    fine = _streaks(spots, 0.9, 41)
    return 0.42 * fine - 0.05 * np.exp(-spots.inside / 0.6), 0.18 * fine


def even(spots: Spots) -> Grain:
    """Smooth matter."""
    low = 0.03 * fractal((spots.right, spots.up), 6.0, 51)
    return low, np.zeros_like(low)


def fluid(spots: Spots) -> Grain:
    """Clear fluid in a round sleeve: deep in the middle, a bright line along the wall."""
    u, v, inside = spots.right, spots.up, spots.inside
    wall = np.exp(-((inside - 0.55) ** 2) / 0.05) * spots.told(0.4)
    tone = 0.20 * wall - 0.24 * np.exp(-inside / 1.6) + 0.03 * fractal((u, v), 7.0, 52)
    return tone, -0.9 * _bevel(inside, 5.0)


def strand(spots: Spots) -> Grain:
    """Soft round things cut open: nerve and cord, white matter with fine lines."""
    fine = fractal((spots.right, spots.up), 0.8, 61) * spots.told(0.5)
    return 0.07 * fine - 0.05 * np.exp(-spots.inside / 0.4), 0.9 * _bevel(spots.inside, 2.0)


def vessel(spots: Spots) -> Grain:
    """Thick pale wall round a dark lumen that dips in."""
    wall = 1 - _smooth((spots.inside - 1.3) / 0.5)
    deep = np.float32(0.06) * fractal((spots.right, spots.up), 5.0, 66)
    shade = np.exp(-np.clip(spots.inside - 1.5, 0, None) / 1.6)
    return 0.34 * wall + deep - 0.10 * shade, 1.2 * wall + 0.5 * _bevel(spots.inside, 0.8) * wall


def bowel(spots: Spots) -> Grain:
    """Soft organs: broad, quiet folds."""
    u, v = spots.right, spots.up
    folds = fractal((u, v), 26.0, 68, 3)
    return 0.10 * folds - 0.08 * np.exp(-spots.inside / 3.0), 1.6 * folds


# --------------------------------------------------------------------------- surfaces
def plain(spots: Spots) -> Grain:
    """Polished or moulded: no grain."""
    none = np.zeros_like(spots.right)
    return none, none


def rough(bump_mm: float, tone: float = 0.10, length_mm: float = 2.4) -> Weave:
    """Uneven in space: broad patches of tone, small bumps."""

    def weave(spots: Spots) -> Grain:
        bumps = fractal(spots.own, length_mm, 71) * spots.told(length_mm * 0.5)
        patches = fractal(spots.own, 3.4 * length_mm, 72) * spots.told(length_mm)
        return np.float32(tone) * (patches + 0.3 * bumps), bumps * np.float32(bump_mm)

    return weave


def bone(spots: Spots) -> Grain:
    """Fine bumps and broad patches of tone."""
    told = spots.told(1.2)
    bumps = fractal(spots.own, 2.4, 71) * told
    patches = fractal(spots.own, 7.5, 72)
    return 0.09 * patches + 0.04 * bumps, 0.27 * bumps


def rings(spots: Spots) -> Grain:
    """Outside of a disc: fibre layers level round it."""
    x, y, z = spots.own
    wavy = z + 0.5 * fractal((x * 0.4, y * 0.4, z), 3.0, 76)
    lines = waves((x * 0.12, y * 0.12, wavy), 0.9, 77) * spots.told(0.7)
    return 0.13 * lines + 0.05 * fractal(spots.own, 6.0, 78), 0.05 * lines


def bundled(width_mm: float, strength: float, height_mm: float) -> Weave:
    """Fibres along a strand: lines that keep their angle round it."""

    def weave(spots: Spots) -> Grain:
        turn = spots.girth * 2.2 + 0.8 * fractal(spots.own, 9.0, 81)
        slow = [axis * np.float32(0.06) for axis in spots.own[:2]]
        lines = fractal((turn, *slow), 0.55, 82, 2) * spots.told(width_mm)
        return np.float32(strength) * lines, np.float32(height_mm) * lines

    return weave


def lengthwise(width_mm: float, strength: float, height_mm: float) -> Weave:
    """Fibres along the part's own z axis: sheets of ligament and muscle."""

    def weave(spots: Spots) -> Grain:
        x, y, z = spots.own
        bend = 0.8 * width_mm * fractal((x * 0.2, y * 0.2, z * 0.06), 2.0, 84)
        axes = ((x + bend), (y - bend), z * np.float32(0.05))
        lines = fractal(axes, width_mm, 85, 3) * spots.told(width_mm * 0.6)
        return np.float32(strength) * lines, np.float32(height_mm) * lines

    return weave


def brushed(spots: Spots) -> Grain:
    """Metal turned on a lathe: hair lines round the part's own z axis on its flat faces."""
    x, y, z = spots.own
    around = waves((np.hypot(x, y), z), 0.55, 87) + 0.6 * waves((np.hypot(x, y), z), 0.23, 88)
    return 0.045 * around * spots.told(0.35), np.zeros_like(x)


def knurled(spots: Spots) -> Grain:
    """Rubber: very fine, matt."""
    fine = fractal(spots.own, 0.7, 89) * spots.told(0.5)
    return 0.05 * fine, 0.05 * fine


def folded(spots: Spots) -> Grain:
    """Brain and bowel: worm-like folds."""
    field = fractal(spots.own, 9.0, 91, 2)
    groove = np.exp(-((field / 0.055) ** 2))
    return -0.22 * groove, -1.2 * groove


def woven(spots: Spots) -> Grain:
    """Cloth: soft broad folds and a fine weave."""
    broad = fractal(spots.own, 14.0, 93)
    return 0.06 * broad, 0.8 * broad
