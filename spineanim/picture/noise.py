"""Fixed noise hung on millimetres: the same place has the same grain in every picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Row = NDArray[Any]
"""Values of a row of places, any shape."""

_PRIMES: Final = (374761393, 668265263, 2147483647)


def lattice_value(places: Sequence[NDArray[np.int64]], seed: int) -> Row:
    """Return a fixed pseudo-random value 0..1 for whole-number places."""
    start = np.uint32(seed * 974634521 & 0xFFFFFFFF)
    mixed: NDArray[np.uint32] = np.full(1, start, dtype=np.uint32)
    for place, prime in zip(places, _PRIMES, strict=False):
        mixed = mixed + place.astype(np.uint32) * np.uint32(prime)  # wraps round, as meant
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(1274126177)
    mixed = (mixed ^ (mixed >> np.uint32(16))) & np.uint32(0xFFFF)
    return np.asarray(mixed / np.float32(65535.0), dtype=np.float32)


def waves(axes: Sequence[Row], length_mm: float, seed: int) -> Row:
    """Smooth noise -0.5..0.5 of a wave length, at places given by two or three axes (mm)."""
    scaled = [axis / np.float32(length_mm) for axis in axes]
    whole = [np.floor(axis).astype(np.int64) for axis in scaled]
    part = [(axis - low).astype(np.float32) for axis, low in zip(scaled, whole, strict=True)]
    ease = [axis * axis * (3 - 2 * axis) for axis in part]

    def blend(level: int, chosen: list[NDArray[np.int64]]) -> Row:
        if level == len(axes):
            return lattice_value(chosen, seed)
        low = blend(level + 1, [*chosen, whole[level]])
        high = blend(level + 1, [*chosen, whole[level] + 1])
        return np.asarray(low + (high - low) * ease[level], dtype=np.float32)

    return blend(0, []) - np.float32(0.5)


def fractal(axes: Sequence[Row], length_mm: float, seed: int, octaves: int = 2) -> Row:
    """Noise of several wave lengths, each half as long and half as strong, about -0.5..0.5."""
    total, strength, sum_of = np.zeros(axes[0].shape, dtype=np.float32), 1.0, 0.0
    for octave in range(octaves):
        total += waves(axes, length_mm / 2**octave, seed + octave) * np.float32(strength)
        sum_of, strength = sum_of + strength, strength / 2
    return total / np.float32(sum_of)


def cells(u: Row, v: Row, seed: int, jitter: float = 1.0) -> tuple[Row, Row, Row]:
    """Distance to the nearest and second nearest seed, in cells, and the nearest's value."""
    column, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    first = np.full(u.shape, 9.0, np.float32)
    second, value = first.copy(), np.zeros(u.shape, np.float32)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            x, y = column + dx, row + dy
            at_x, at_y = lattice_value((x, y), seed), lattice_value((x, y), seed + 77)
            aside, over = x + 0.5 + (at_x - 0.5) * jitter, y + 0.5 + (at_y - 0.5) * jitter
            away = (aside - u) ** 2 + (over - v) ** 2
            near = away < first
            second = np.where(near, first, np.minimum(second, away))
            value = np.where(near, np.modf(at_x * 7)[0], value)
            first = np.where(near, away, first)
    return np.sqrt(first), np.sqrt(second), value
