"""Grain of tissues: tone and height that hang on a part's own millimetres.

On a cut, the plane of the picture is the plane of the grain; on an outer surface the grain
fills space. Tone is added to the ramp position, height (mm) is lit like any relief.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from spineanim.geometry.parts import Tissue
from spineanim.picture.noise import Row, cells, fractal, waves

Grain = tuple[Row, Row]
"""Tone and height of a row of pixels."""


def _smooth(share: Row) -> Row:
    clipped = np.clip(share, 0, 1)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), dtype=np.float32)


def spongy(u: Row, v: Row, inside: Row) -> Grain:
    """Pores between fine plates of bone, taller than wide, as the load runs."""
    bend, sway = waves((u, v), 2.6, 7), waves((u, v), 1.2, 8)
    first, second, value = cells(
        u * 0.95 + bend * 1.1 + sway * 0.4, v * 0.66 + bend * 0.8 - sway * 0.5, 7
    )
    hollow = _smooth((second - first - 0.10) / 0.42) * (0.25 + 0.85 * value)
    hollow *= np.clip(0.72 + 0.9 * waves((u, v), 9.0, 9), 0.3, 1.0)
    hollow *= _smooth((inside - 0.9) / 0.8)
    return -0.40 * hollow + 0.05 * bend, -0.28 * hollow


def cortex(u: Row, v: Row, inside: Row) -> Grain:
    """Hard rim, paler than the spongy bone, with a rounded outer edge."""
    reach = np.clip(inside / 0.8, 0, 1)
    return 0.02 * waves((u, v), 3.0, 3), 0.8 * np.sqrt(np.clip(1 - (1 - reach) ** 2, 0, 1))


def lamellae(u: Row, v: Row, inside: Row) -> Grain:
    """Rings of the tough part of a disc, which follow its edge."""
    rings = np.sin(inside * 5.2 + fractal((u, v), 4.0, 11) * 2.0)
    fade = np.exp(-inside / 5.0)
    return 0.075 * rings * fade + 0.04 * fractal((u, v), 2.0, 12), 0.05 * rings * fade


def jelly(u: Row, v: Row, inside: Row) -> Grain:
    """Soft core of a disc: a low dome."""
    return 0.05 * fractal((u, v), 3.5, 13), 0.10 * np.sqrt(np.clip(inside, 0, 12))


def lobules(u: Row, v: Row, inside: Row) -> Grain:
    """Fat: soft domes with faint septa."""
    cell = 3.4
    bend, sway = waves((u, v), 4.4, 21), waves((u, v), 1.6, 22)
    first, second, value = cells(
        u / cell + bend * 0.6 + sway * 0.2, (v / cell - bend * 0.5 + sway * 0.2) * 1.08, 21, 0.75
    )
    gap = np.clip((second - first) / 0.30, 0, 1)
    dome = np.sqrt(np.clip(1 - (first * 1.25) ** 2, 0, 1))
    tone = 0.06 * (value - 0.5) - 0.05 * (1 - gap) + 0.10 * fractal((u, v), 16.0, 23)
    return tone, cell * 0.16 * dome


def bundles(u: Row, v: Row, inside: Row) -> Grain:
    """Muscle cut across: bundles between pale septa."""
    cell = 4.2
    bend, sway = waves((u, v), 6.0, 31), waves((u, v), 2.0, 32)
    first, second, _ = cells(u / cell + bend * 0.7 + sway * 0.2, v / cell - bend * 0.7, 31, 0.9)
    seam = 1 - _smooth((second - first) / 0.16)
    fine = fractal((u, v), 1.0, 33)
    edge = np.exp(-inside / 1.6)
    return 0.22 * seam + 0.14 * fine - 0.16 * edge, 0.22 * (1 - seam) + 0.10 * fine


def streaks(u: Row, v: Row, inside: Row) -> Grain:
    """Fibres lengthwise, up and down."""
    bent = u + 0.9 * waves((u * 0.3, v * 0.15), 3.0, 44)
    fine = fractal((bent, v * 0.07), 0.9, 41, 3)
    return 0.26 * fine, 0.16 * fine


def even(u: Row, v: Row, inside: Row) -> Grain:
    """Smooth matter: fluid, dura, cord."""
    low = 0.03 * fractal((u, v), 6.0, 51)
    return low, np.zeros_like(low)


def rounded(u: Row, v: Row, inside: Row) -> Grain:
    """Soft round things: a cut nerve, the cord."""
    reach = np.clip(inside / 1.6, 0, 1)
    tone = 0.03 * fractal((u, v), 1.6, 61)
    return tone, 0.7 * np.sqrt(np.clip(1 - (1 - reach) ** 2, 0, 1))


_ON_CUT: Final[dict[int, Callable[[Row, Row, Row], Grain]]] = {
    Tissue.BONE: cortex,
    Tissue.CANCELLOUS: spongy,
    Tissue.ANNULUS: lamellae,
    Tissue.NUCLEUS: jelly,
    Tissue.FAT: lobules,
    Tissue.MUSCLE: bundles,
    Tissue.LIGAMENT: streaks,
    Tissue.FLAVUM: streaks,
    Tissue.FASCIA: streaks,
    Tissue.CORD: rounded,
    Tissue.NERVE: rounded,
}

_BUMPY_MM: Final[dict[int, float]] = {
    Tissue.BONE: 0.30,
    Tissue.CANCELLOUS: 0.3,
    Tissue.CARTILAGE: 0.04,
    Tissue.ANNULUS: 0.10,
    Tissue.MUSCLE: 0.35,
    Tissue.FAT: 0.5,
    Tissue.LIGAMENT: 0.10,
}


def cut_grain(tissue: int, u: Row, v: Row, inside: Row) -> Grain:
    """Grain of a tissue on a cut, at places of the cut (mm), each that deep in its part."""
    return _ON_CUT.get(tissue, even)(u, v, inside)


def surface_grain(tissue: int, own: tuple[Row, Row, Row]) -> Grain:
    """Grain of an outer surface at own-frame places (mm)."""
    bump = _BUMPY_MM.get(tissue, 0.0)
    if bump == 0.0:
        none = np.zeros_like(own[0])
        return none, none
    rough = fractal(own, 2.4, 71)
    tone = 0.10 * fractal(own, 8.0, 72) + 0.03 * rough
    return tone * min(bump * 3.0, 1.0), rough * np.float32(bump)
