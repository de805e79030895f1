"""Ink and ground of words in a decoded picture, and how well the one stands out from the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_opening

from spineanim.picture.contrast import NEEDED, worst_contrast

Pixels = NDArray[np.uint8]

CODED: Final = 0.2
"""What coding may take from a contrast that was right when it was drawn."""
_LEAST_SHARE: Final = 0.01
"""Of a box that holds words, at least so much is ink."""
_NEAR: Final = 48.0
_NEAR_SHARE: Final = 0.4
"""How far a pixel of ink may be from the ink's colour: in levels, and of the way to the ground."""
_APART: Final = 16.0
"""Levels by which ink must differ from the ground to be told from it."""
_EDGE_PX: Final = 2
"""So far around ink its own edges and what coding makes of them reach."""
_FAINT: Final = 0.7
"""Of the way from ink to ground: less, and a thin thing is the fainter part of a letter."""
_THICK: Final = 0.25
"""Share of the type's size that no stroke is as thick as; what is thicker is ground."""
_FULL: Final = 0.25
"""Share of the ink that is not thinned by the edges of its strokes."""


@dataclass(frozen=True)
class Ink:
    """Words as they are seen.

    Attributes
    ----------
    rgb
        Their colour (3,), 0 to 255.
    mask
        Which pixels (H, W) are ink by more than half.
    contrast
        With all but the worst twentieth of the ground.
    """

    rgb: NDArray[np.float64]
    mask: NDArray[np.bool_]
    contrast: float


def needed(kind: str) -> float:
    """Least contrast of words of a kind: 3 for titles, which are large; 4.5 for all others."""
    return 3.0 if kind == "title" else NEEDED


def find_ink(pixels: Pixels, ink: str, type_px: float) -> Ink | None:
    """Find words.

    Parameters
    ----------
    pixels
        What is around them (H, W, 3), their box and a little more.
    ink
        Colour they should have, `#rrggbb`. If nothing has it, what stands out most is taken.
    type_px
        Size of their type.

    Returns
    -------
    The words; None where nothing stands out.

    Raises
    ------
    ValueError
        That is no colour.
    """
    if re.fullmatch("#[0-9a-fA-F]{6}", ink) is None:
        raise ValueError(f"the manifest writes words in `{ink[:40]}`, which is no colour")
    said = np.array([int(ink[at : at + 2], 16) for at in (1, 3, 5)], np.float64)
    colours = pixels.astype(np.float64)
    ground = np.median(colours.reshape(-1, 3), axis=0)
    if np.abs(said - ground).max() < _APART:
        return _hardly_seen(colours, pixels, said)
    near = _near(colours, said, ground)
    if near.mean() < _LEAST_SHARE:
        near = _standing_out(colours, ground)
        if near.mean() < _LEAST_SHARE:
            return None
        said = np.median(colours[near], axis=0)
    rgb = _full(colours[near], said)
    apart, way = _distance(colours, rgb), float(np.abs(rgb - ground).max())
    letters = near | _thin(apart < _FAINT * way, type_px)
    for edge_px in (_EDGE_PX, 1):
        around = ~binary_dilation(letters, iterations=edge_px)
        if around.mean() >= _LEAST_SHARE:
            return Ink(rgb, apart < way / 2, worst_contrast(rgb / 255.0, pixels[around]))
    return None


def _full(ink: NDArray[np.float64], said: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the colour of the ink where it is least mixed with the ground."""
    apart = _distance(ink, said)
    return np.asarray(np.median(ink[apart <= np.quantile(apart, _FULL)], axis=0))


def _thin(mask: NDArray[np.bool_], type_px: float) -> NDArray[np.bool_]:
    """Keep what is no thicker than strokes are."""
    side = max(round(_THICK * type_px), 3)
    return np.asarray(mask & ~binary_opening(mask, np.ones((side, side), np.bool_)))


def _hardly_seen(colours: NDArray[np.float64], pixels: Pixels, said: NDArray[np.float64]) -> Ink:
    """Measure words in the colour of their ground: wherever they are, this is all they have."""
    mask = np.zeros(colours.shape[:2], np.bool_)
    return Ink(said, mask, worst_contrast(said / 255.0, pixels))


def _distance(colours: NDArray[np.float64], rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.abs(colours - rgb).max(axis=-1))


def _near(
    colours: NDArray[np.float64], ink: NDArray[np.float64], ground: NDArray[np.float64]
) -> NDArray[np.bool_]:
    most = min(_NEAR, _NEAR_SHARE * float(np.abs(ink - ground).max()))
    return np.asarray(_distance(colours, ink) <= most)


def _standing_out(colours: NDArray[np.float64], ground: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find what differs most from the ground, on whichever side more does."""
    brighter = (colours - ground).mean(axis=-1)
    apart = np.abs(brighter) > _APART
    if not apart.any():
        return np.asarray(apart)
    side = np.sign(np.median(brighter[apart]))
    most = float(np.quantile((brighter * side)[apart], 0.75))
    return np.asarray(brighter * side >= max(most * (1 - _NEAR_SHARE), _APART))
