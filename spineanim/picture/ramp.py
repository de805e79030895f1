"""Ramps: what colour a material has in the deepest shade, in the light, and in between.

A relief or a device is lit without a colour: light gives each pixel a tone, a place 0 to 1 on a
ramp. The ramps here are made of a theme's roles alone, mixed in OKLab, so another theme or
another tone of skin needs other ramps but no other light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.oklab import from_srgb, to_srgb
from spineanim.picture.raster import Float32

Colour = NDArray[np.float64]
"""``(3,)`` red, green, blue, 0..1, straight (not premultiplied)."""

Stops = Sequence[tuple[float, Colour]]
"""A colour ramp: rising positions 0..1 with their colours."""

WHITE: Final[Colour] = np.ones(3)
STEPS: Final = 1024
"""Colours of a ramp; a tone of 16 bits is looked up by its upper ten."""

_BLOOD_AT, _BLOOD_WIDTH, _BLOOD = 0.46, 0.13, 0.10
"""Where on the ramp of skin light bleeds through, over how much of it, and how much richer."""


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; ``share`` 0 gives the first, 1 the second."""
    return np.asarray(first) * (1.0 - share) + np.asarray(second) * share


def richer(colour: Colour, factor: float) -> Colour:
    """Return a colour of the same lightness and hue with ``factor`` times the chroma."""
    lab = from_srgb(np.asarray(colour))
    return to_srgb(lab * np.array([1.0, factor, factor]))


def lightness(colour: Colour) -> float:
    """Lightness of a colour as the eye sees it, 0 black to 1 white (OKLab)."""
    return float(from_srgb(np.asarray(colour))[0])


@dataclass(frozen=True)
class Ramp:
    """Colours of a material by tone.

    Attributes
    ----------
    table
        ``(STEPS, 3)`` straight colours from tone 0 to tone 1.
    gleam
        Colour ``(3,)`` that a highlight adds in full strength.
    """

    table: Float32
    gleam: Float32

    @classmethod
    def through(cls, stops: Stops, gleam: Colour = WHITE) -> Ramp:
        """Return the ramp through some stops, mixed in OKLab so that hues are kept."""
        lab = from_srgb(np.stack([np.asarray(colour) for _, colour in stops]))
        return cls(to_srgb(_spread([at for at, _ in stops], lab)).astype(np.float32), _f32(gleam))

    @classmethod
    def even(cls, colour: Colour) -> Ramp:
        """Return a ramp that has one colour in any light."""
        return cls(np.tile(_f32(colour), (STEPS, 1)), np.zeros(3, np.float32))

    def colours(self, tone: NDArray[np.uint16], shine: NDArray[np.uint8]) -> Float32:
        """Look tones ``(H, W)`` 0..65535 up and add highlights 0..255.

        Returns
        -------
        ``(H, W, 4)``, 0..1: colours with a 1 for their opacity, for pixels of four numbers are
        looked up and multiplied several times as fast as those of three.
        """
        found = self._solid.take(tone >> 6, axis=0)
        if shine.any():
            found = found + self._gleams.take(shine, axis=0)
            np.minimum(found, 1.0, out=found)
        return found

    @cached_property
    def _solid(self) -> Float32:
        """The table with opacities, ``(STEPS, 4)``."""
        return np.concatenate([self.table, np.ones((STEPS, 1), np.float32)], axis=1)

    @cached_property
    def _gleams(self) -> Float32:
        """What highlights 0..255 add, ``(256, 4)``."""
        share = np.arange(256, dtype=np.float32) / np.float32(255.0)
        return share[:, None] * np.append(self.gleam, np.float32(0.0))


def _f32(colour: Colour) -> Float32:
    return np.asarray(colour, dtype=np.float32)


def _spread(positions: Sequence[float], lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spread colours ``(N, 3)`` at positions evenly over the steps of a ramp."""
    steps = (np.arange(STEPS) + 0.5) / STEPS
    return np.column_stack([np.interp(steps, positions, lab[:, i]) for i in range(3)])


def _tones(theme: Theme, role: str) -> tuple[Colour, Colour, Colour, Colour]:
    """Light, base, dark and line of a role."""
    rgb = theme.rgb
    return rgb(f"{role}.light"), rgb(f"{role}.base"), rgb(f"{role}.dark"), rgb(f"{role}.line")


def _body_stops(theme: Theme, role: str) -> Stops:
    """Return the stops of a soft round thing, from deep shade to highlight.

    A dark role is whitened less: white on dark skin looks like chalk.
    """
    light, base, dark, line = _tones(theme, role)
    return (
        (0.10, mix(dark, line, 0.55)),
        (0.36, dark),
        (0.62, base),
        (0.86, light),
        (1.00, mix(light, WHITE, 0.50 * lightness(light))),
    )


def skin_ramp(theme: Theme) -> Ramp:
    """Return the ramp of skin of any tone: richer at the edge of the shade, as blood is."""
    stops = _body_stops(theme, "skin")
    lab = _spread([at for at, _ in stops], from_srgb(np.stack([colour for _, colour in stops])))
    steps = (np.arange(STEPS) + 0.5) / STEPS
    lab[:, 1:] *= 1.0 + _BLOOD * np.exp(-(((steps - _BLOOD_AT) / _BLOOD_WIDTH) ** 2))[:, None]
    gleam = mix(theme.rgb("skin.light"), WHITE, 0.5)
    return Ramp(to_srgb(lab).astype(np.float32), _f32(gleam))


def deep_colour(theme: Theme) -> Colour:
    """Colour of the body's inside as it tints the skin over it: the skin's own, richer shade."""
    return richer(mix(theme.rgb("skin.dark"), theme.rgb("skin.base"), 0.20), 1.20)


def under_skin_shadow(theme: Theme) -> Colour:
    """Colour of a shadow on skin, or of bones within it: never black."""
    return richer(mix(theme.rgb("skin.line"), theme.rgb("skin.dark"), 0.25), 1.15)


def clothes_ramp(theme: Theme) -> Ramp:
    """Return the ramp of clothes."""
    light, base, dark, line = _tones(theme, "cloth")
    return Ramp.through(
        (
            (0.08, mix(dark, line, 0.35)),
            (0.34, mix(base, dark, 0.72)),
            (0.58, mix(base, light, 0.30)),
            (0.80, light),
            (1.00, mix(light, WHITE, 0.7)),
        )
    )


def drape_ramp(theme: Theme) -> Ramp:
    """Return the ramp of the drape: lighter than clothes, so that words stand out on it."""
    light, base, dark, _ = _tones(theme, "cloth")
    return Ramp.through(
        (
            (0.10, dark),
            (0.34, mix(base, dark, 0.42)),
            (0.50, base),
            (0.74, light),
            (1.00, mix(light, WHITE, 0.55)),
        )
    )


def cut_ramp(theme: Theme, role: str, white: float) -> Ramp:
    """Return the ramp of a cut tissue: line, dark, base, light, a share of the way to white."""
    light, base, dark, line = _tones(theme, role)
    return Ramp.through(
        (
            (0.0, mix(dark, line, 0.5)),
            (0.28, dark),
            (0.60, base),
            (0.86, light),
            (1.0, mix(light, WHITE, white)),
        )
    )


def lobule_ramp(theme: Theme) -> Ramp:
    """Return the ramp of lobules of fat seen from some distance."""
    light, base, dark, _ = _tones(theme, "fat")
    return Ramp.through(((0.20, dark), (0.58, base), (0.86, light), (1.0, mix(light, WHITE, 0.55))))


def metal_ramp(theme: Theme) -> Ramp:
    """Return the ramp of metal from its deepest mirror to a white glint."""
    light, base, dark, line = _tones(theme, "metal")
    return Ramp.through(
        (
            (0.00, mix(line, theme.rgb("ink.title"), 0.5)),
            (0.14, line),
            (0.36, dark),
            (0.60, base),
            (0.83, light),
            (1.00, WHITE),
        )
    )


def rubber_ramp(theme: Theme, role: str) -> Ramp:
    """Return the ramp of matt silicone."""
    light, base, dark, line = _tones(theme, role)
    return Ramp.through(
        ((0.05, mix(dark, line, 0.5)), (0.30, dark), (0.62, base), (0.95, light)),
    )
