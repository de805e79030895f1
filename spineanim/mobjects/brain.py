"""The brain under the skin, from the side; it nods with the head."""

from __future__ import annotations

from typing import Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2, View
from spineanim.geometry.layout import Head
from spineanim.geometry.parts import Part as Solid
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import baked
from spineanim.picture.kiln import Recipe
from spineanim.picture.other_side import mirrored_view, turned_round
from spineanim.picture.pieces import moved_along
from spineanim.picture.raster import Grid
from spineanim.picture.shape import Sprite
from spineanim.picture.skeleton import _OVERSAMPLE, bake_parts
from spineanim.stage import Stage
from spineanim.store import default_store

_HEAD_MM: Final = np.array([[-60.0, 0.0], [60.0, 0.0], [60.0, 120.0], [-60.0, 120.0]])
"""Corners of a piece of the upright head, by which its place is told."""
_ROOM_MM: Final = 2.0


def brain_sprite(brain: Solid, head: Head, theme: Theme, stage: Stage) -> Sprite:
    """Return the brain on a stage that sees it from the side.

    In haste, one that has only been posed anew is the last one, moved with the head; that seen
    from the other side will do as well, in a mirror.

    Parameters
    ----------
    brain
        The part, where this head has it.
    head
        Place of the head.
    """
    now, view = head.place(_HEAD_MM), stage.view
    if not in_haste() or _is_baked(brain, stage, view):
        hold((brain, now), "brain", view, stage.pixels_per_mm)
        return _sprite(brain, now, now, theme, stage, view)
    for seen in (view, mirrored_view(view)):
        before = cast(tuple[Solid, Points2] | None, former("brain", seen, stage.pixels_per_mm))
        if before is not None and _is_baked(before[0], stage, seen):
            roughened()
            return _sprite(before[0], before[1], now, theme, stage, seen)
    return _sprite(brain, now, now, theme, stage, view)


def _is_baked(brain: Solid, stage: Stage, view: View) -> bool:
    """Tell whether a film's own bake is kept."""
    recipe = Recipe(brain, view.at_scale(stage.pixels_per_mm * _OVERSAMPLE))
    return default_store().path(recipe.key).is_file()


def _sprite(
    brain: Solid, stood: Points2, now: Points2, theme: Theme, stage: Stage, seen: View
) -> Sprite:
    """Bake the brain where it stood with one head, and place it where another has it.

    Seen from the other side than the stage's, it is turned round.
    """
    flat = seen.project(brain.bounds.corners)
    (left, bottom), (right, top) = flat.min(axis=0) - _ROOM_MM, flat.max(axis=0) + _ROOM_MM
    grid = Grid.covering((left, bottom, right, top), stage.pixels_per_mm)
    picture = baked(bake_parts(grid, [brain], seen, theme), grid)
    if seen != stage.view:
        picture = turned_round(picture)
    left, bottom, right, top = picture.box_mm
    corners = np.array([[left, top], [right, top], [left, bottom]])
    if stood is not now:
        across = np.array([stage.view.right[1], 1.0])
        corners = moved_along(corners, stood * across, now * across)
    return Sprite(picture.rgba, list(stage.plane(corners)))
