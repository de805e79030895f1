"""Drawings kept apart by the tokens of their colours, as a printer separates inks.

A drawing whose colours are a theme's own, or straight mixtures of them, is a weighted sum: every
pixel holds so much of each token. The weights know no theme; another theme only adds them up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from spineanim.content.theme import Theme
from spineanim.picture.shape import Sprite

_BLACK: Final = "#000000"
_WHITE: Final = "#FFFFFF"
_PRIMARIES: Final = ("#FF0000", "#00FF00", "#0000FF")
"""Three tokens are told apart in one drawing: each has a channel of its own."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Separation:
    """A sprite before it has a colour.

    Attributes
    ----------
    tokens
        Names of the colours it holds, (K,).
    counts
        How many of them each pixel holds, (H, W).
    numbers, weights
        Which these are, and how much of each, 0..255, pixel by pixel; the last three numbers,
        from K on, stand for red, green and blue that are the same in every theme.
    cover
        Opacity, (H, W).
    corners
        Scene points of the sprite, (3, 3).
    opacity
        Of the sprite as a whole.
    """

    tokens: NDArray[np.str_]
    counts: Bytes
    numbers: Bytes
    weights: Bytes
    cover: Bytes
    corners: NDArray[np.float64]
    opacity: float

    def sprite(self, theme: Theme) -> Sprite:
        """Return the sprite in the colours of a theme."""
        own = [theme.rgb(str(token)) for token in self.tokens]
        colours = np.array([*own, *np.eye(3)], np.float32)
        starts = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int32)]).astype(np.int32)
        size = (self.cover.size, len(colours))
        held = (self.weights.astype(np.float32), self.numbers.astype(np.int32), starts)
        mixed = sparse.csr_matrix(held, shape=size) @ colours
        rgba = np.empty((*self.cover.shape, 4), np.uint8)
        rgba[..., :3] = np.rint(mixed).reshape(*self.cover.shape, 3).clip(0, 255)
        rgba[..., 3] = self.cover
        np.minimum(rgba[..., :3], rgba[..., 3:], out=rgba[..., :3])
        found = Sprite(rgba, list(self.corners))
        found.set_fill(opacity=self.opacity)
        return found


def separated(draw: Callable[[Theme], tuple[Sprite, ...]]) -> tuple[Separation, ...]:
    """Draw sprites in as many themes as it takes to tell their colours apart.

    Parameters
    ----------
    draw
        Draws them in a theme. It must not ask what a colour is, but for mixing it straight
        (`mix`) with others.
    """
    asked = _Asked()
    plain = draw(Theme(asked, {}))
    tokens = sorted(asked)
    white = draw(Theme(dict.fromkeys(tokens, _WHITE), {}))
    black = dict.fromkeys(tokens, _BLACK)
    channels: list[list[Bytes]] = [[] for _ in plain]
    for start in range(0, len(tokens), len(_PRIMARIES)):
        three = tokens[start : start + len(_PRIMARIES)]
        shown = draw(Theme(black | dict(zip(three, _PRIMARIES, strict=False)), {}))
        for found, sprite, same in zip(channels, shown, plain, strict=True):
            more = np.subtract(sprite.picture.rgba, same.picture.rgba, dtype=np.int16)
            found += [more[..., i].clip(0, 255).astype(np.uint8) for i in range(len(three))]
    return tuple(_separation(tokens, *each) for each in zip(channels, plain, white, strict=True))


class _Asked(dict[str, str]):
    """Colours that are all black, and come to be when they are asked for."""

    def __missing__(self, token: str) -> str:
        self[token] = _BLACK
        return _BLACK


def _separation(
    tokens: list[str], channels: list[Bytes], plain: Sprite, white: Sprite
) -> Separation:
    """Put together what pixels hold of each colour."""
    same = plain.picture.rgba
    held = np.stack(channels, axis=-1)
    # each drawing was rounded by itself; what all tokens add to a pixel is known from the white one
    gap = np.subtract(white.picture.rgba[..., 1], same[..., 1], dtype=np.int16)
    gap -= held.sum(axis=-1, dtype=np.int16)
    most = held.argmax(axis=-1)[..., None]
    mended = np.take_along_axis(held, most, axis=-1) + gap[..., None]
    np.put_along_axis(held, most, mended.clip(0, 255).astype(np.uint8), axis=-1)
    held = np.concatenate([held, same[..., :3]], axis=-1)
    return Separation(
        np.array(tokens),
        np.count_nonzero(held, axis=-1).astype(np.uint8),
        np.nonzero(held)[-1].astype(np.uint8),
        held[held > 0],
        same[..., 3],
        np.array(plain.corner_points()),
        float(plain.get_fill_opacity()),
    )
