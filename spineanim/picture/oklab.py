"""Ramps that keep their hue: colours are mixed in OKLab, where steps look even."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme

STEPS: Final = 512
_STOPS: Final = ((0.0, "line"), (0.26, "dark"), (0.62, "base"), (1.0, "light"))
# Björn Ottosson's matrices: linear sRGB to cone response, cone response to OKLab
_CONES: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)

Colours = NDArray[np.float64]


def from_srgb(rgb: Colours) -> Colours:
    """SRGB colours (..., 3), 0 to 1, in OKLab."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _CONES.T) @ _LAB.T)


def to_srgb(lab: Colours) -> Colours:
    """OKLab colours (..., 3) in sRGB, clipped to 0 to 1."""
    linear = (lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_CONES).T
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def ramp_table(theme: Theme, role: str) -> NDArray[np.float32]:
    """Colours (512, 3) of a role from its line over dark and base to light."""
    tones = tuple(tuple(float(c) for c in theme.rgb(f"{role}.{tone}")) for _, tone in _STOPS)
    return _table(tones)


@lru_cache(maxsize=128)
def _table(tones: tuple[tuple[float, ...], ...]) -> NDArray[np.float32]:
    at = [stop for stop, _ in _STOPS]
    lab = from_srgb(np.array(tones))
    share = np.linspace(0.0, 1.0, STEPS)
    mixed = np.column_stack([np.interp(share, at, lab[:, i]) for i in range(3)])
    table = to_srgb(mixed).astype(np.float32)
    table.setflags(write=False)
    return table
