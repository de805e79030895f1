"""Drawings that illustrators bring, in place of parts of the films."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.artwork.art import Artwork
from spineanim.content.artwork.parts import artwork_for
from spineanim.content.theme import Theme
from spineanim.picture.shape import Part, Sprite

Point = NDArray[np.float64]

_SPARE: Final = 2.0
"""Drawings are made so many times finer than a frame of the largest kind, for near shots."""
_LARGEST_PX_PER_UNIT: Final = 2160 / 8


def fitted(artwork: Artwork, centre: Point, wide: float, high: float) -> Sprite:
    """Draw artwork as large as fits into a box.

    Parameters
    ----------
    artwork
        The drawing.
    centre
        Scene point (3,) of the middle of the box.
    wide, high
        Of the box, in scene units.

    Raises
    ------
    ContentError
        It cannot be drawn.
    """
    fine = _LARGEST_PX_PER_UNIT * _SPARE
    found = artwork.within(wide * fine, high * fine)
    scale = min(wide / found.box.wide, high / found.box.high)
    half = np.array([found.box.wide, found.box.high]) * scale / 2
    (left, low), (right, top) = centre[:2] - half, centre[:2] + half
    return Sprite(found.rgba, [(left, top, 0.0), (right, top, 0.0), (left, low, 0.0)])


def in_place_of(part: str, theme: Theme, drawn: Part, room: tuple[Point, float, float]) -> Part:
    """Return what a film draws for a part, or the drawing that a project has for it.

    Parameters
    ----------
    part
        Name of the part.
    theme
        Knows the drawings.
    drawn
        What is drawn without one.
    room
        Middle (3,), width and height of the box that a drawing has to fit into, in scene units.
    """
    artwork = artwork_for(part, theme)
    return drawn if artwork is None else Part(fitted(artwork, *room))
