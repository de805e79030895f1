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
RampTones = tuple[tuple[float, ...], ...]


def linear(encoded: Colours | NDArray[np.float32]) -> Colours:
    """SRGB values, 0 to 1, as linear light."""
    low = np.asarray(encoded, dtype=np.float64)
    return np.where(low <= 0.04045, low / 12.92, ((low + 0.055) / 1.055) ** 2.4)


def srgb(light: Colours) -> Colours:
    """Linear light, 0 to 1, as sRGB values."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def from_srgb(rgb: Colours) -> Colours:
    """SRGB colours (..., 3), 0 to 1, in OKLab."""
    return np.asarray(np.cbrt(linear(rgb) @ _CONES.T) @ _LAB.T)


def to_srgb(lab: Colours) -> Colours:
    """OKLab colours (..., 3) in sRGB, clipped to 0 to 1."""
    light = (lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_CONES).T
    return srgb(np.clip(light, 0, 1))


def ramp_tones(theme: Theme, role: str) -> RampTones:
    """Red, green and blue of a role's line, dark, base and light."""
    return tuple(tuple(float(c) for c in theme.rgb(f"{role}.{tone}")) for _, tone in _STOPS)


@lru_cache(maxsize=128)
def ramp_table(tones: RampTones) -> NDArray[np.float32]:
    """Colours (512, 3) from the first tone of a role to its last, see `ramp_tones`."""
    at = [stop for stop, _ in _STOPS]
    lab = from_srgb(np.array(tones))
    share = np.linspace(0.0, 1.0, STEPS)
    mixed = np.column_stack([np.interp(share, at, lab[:, i]) for i in range(3)])
    table = to_srgb(mixed).astype(np.float32)
    table.setflags(write=False)
    return table
