"""Bones and discs of the column seen from the side, each in a picture of its own.

In haste, a piece that has been shown elsewhere is not baked again: a bone posed anew is turned in
the picture's own plane, a disc given another wedge is stretched a little, and so is its picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2, View
from spineanim.geometry.parts import Part
from spineanim.geometry.spine import DISCS, Spine
from spineanim.picture.former import former, hold
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.rough import RoughBuffer
from spineanim.picture.shade import coloured
from spineanim.picture.tones import Finish, Tones, tones_of
from spineanim.store import default_store

_OVERSAMPLE: Final = 2


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of the column.

    Attributes
    ----------
    part
        The bone or disc.
    corners_mm
        Corners (4, 2) of its body in the median plane (posterior, cranial): it goes with them.
    px_per_mm
        Pixels of its picture for one millimetre.
    """

    part: Part
    corners_mm: Points2
    px_per_mm: float


@dataclass(frozen=True, eq=False)
class PieceImage:
    """A picture of a piece.

    Attributes
    ----------
    rgba
        Premultiplied, (H, W, 4).
    corners_mm
        Its corners (4, 2) in the view's plane: upper left and right, lower right and left.
    """

    rgba: NDArray[np.uint8]
    corners_mm: Points2


@dataclass(frozen=True, eq=False)
class _Lit:
    """A piece as it was lit.

    Attributes
    ----------
    corners_mm
        Where its body stood.
    tones
        What it looks like there; None if nothing is seen of it.
    """

    corners_mm: Points2
    tones: Tones | None


def standing(spine: Spine, name: str) -> Points2:
    """Return the corners (4, 2) of a bone's or disc's body in a spine, see `Piece`."""
    if name in DISCS:
        return spine.disc_corners(name)
    return spine.frame("S1" if name in ("sacrum", "coccyx") else name).corners


def piece_images(pieces: Sequence[Piece], view: View, theme: Theme) -> list[PieceImage | None]:
    """Bake pieces of the column where they stand, so that the light falls as it should.

    Parameters
    ----------
    pieces
        Bones and discs.
    view
        From the side, whole or cut in the median plane; its scale is replaced.
    theme
        Colours.

    Returns
    -------
    Pictures in the order of the pieces; None where nothing is seen.
    """
    seen = [view.at_scale(each.px_per_mm * _OVERSAMPLE) for each in pieces]
    recipes = [Recipe(piece.part, fine) for piece, fine in zip(pieces, seen, strict=True)]
    found = [_remembered(recipe) for recipe in recipes]
    missing = [index for index, lit in enumerate(found) if lit is None]
    buffers = Kiln().fire([recipes[index] for index in missing]) if missing else []
    for index, buffer in zip(missing, buffers, strict=True):
        found[index] = _lit(pieces[index], recipes[index], buffer)
    return [_image(piece, lit, theme) for piece, lit in zip(pieces, found, strict=True)]


def _remembered(recipe: Recipe) -> _Lit | None:
    """Return a piece as it was lit before; in haste, if it must be, roughly or elsewhere."""
    found = former("piece", recipe.key)
    if found is None and in_haste() and not default_store().path(recipe.key).is_file():
        elsewhere = former("piece", former("last", recipe.part.name, recipe.view))
        found = elsewhere or former("rough piece", recipe.key)
        if found is not None:
            roughened()
    return cast(_Lit | None, found)


def _lit(piece: Piece, recipe: Recipe, buffer: GBuffer | None) -> _Lit:
    """Light a piece where it stands, and remember it."""
    tones = None
    if buffer is not None:
        tones = tones_of([(piece.part, buffer)], Finish(oversample=_OVERSAMPLE))
    found = _Lit(piece.corners_mm, tones)
    if isinstance(buffer, RoughBuffer):
        hold(found, "rough piece", recipe.key)
    else:
        hold(found, "piece", recipe.key)
        hold(recipe.key, "last", recipe.part.name, recipe.view)
    return found


def _image(piece: Piece, lit: _Lit | None, theme: Theme) -> PieceImage | None:
    """Colour a piece, and move it to where it stands."""
    if lit is None or lit.tones is None:
        return None
    image = coloured(lit.tones, theme)
    left, bottom, right, top = image.box_mm
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    if not np.array_equal(lit.corners_mm, piece.corners_mm):
        corners = moved_along(corners, lit.corners_mm, piece.corners_mm)
    return PieceImage(image.rgba, corners)


def moved_along(points: Points2, before: Points2, now: Points2) -> Points2:
    """Move points (N, 2) as some corners have moved: by a turn, a shift, a slight stretch."""
    ones = np.ones((len(before), 1))
    change, *_ = np.linalg.lstsq(np.hstack([before, ones]), now, rcond=None)
    return np.asarray(np.hstack([points, np.ones((len(points), 1))]) @ change)
