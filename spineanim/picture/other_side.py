"""A body from its other side, for a look that cannot wait: a mirror of the side that is kept.

A body is alike on both sides, so only the light comes from the wrong one until the film's own
picture is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT, View
from spineanim.geometry.body import Body
from spineanim.geometry.spine import Spine
from spineanim.picture.blanket_light import blanket_light
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage
from spineanim.picture.lying import _near_light, lying_person
from spineanim.picture.lying_light import lying_light
from spineanim.picture.raster import Box, Float32, Grid
from spineanim.picture.recall import is_kept
from spineanim.picture.relief import UPPER_LEFT
from spineanim.picture.skeleton import (
    _side_tones,
    bake_side_skeleton,
    coloured_on,
    with_spine,
)
from spineanim.picture.sleeper import sleeper
from spineanim.picture.tones import Tones

Pictures = tuple[BakedImage, BakedImage]

_ROUNDING_MM: Final = 1e-6


def lying_from(
    spine: Spine,
    theme: Theme,
    px_per_mm: float,
    *,
    window_mm: Box,
    view: View,
    faint: float = 1.0,
) -> Pictures:
    """Bake a person on the side; see `lying_person`. In haste the other side's pictures will do."""

    def is_lit(window_mm: Box, view: View) -> bool:
        asked = (spine, px_per_mm, window_mm, view, UPPER_LEFT)
        if not is_kept(lying_light, *asked):
            return False
        return is_kept(_near_light, lying_light(*asked).grid, with_spine(spine), view)

    def drawn(window_mm: Box, view: View) -> Pictures:
        return lying_person(spine, theme, px_per_mm, window_mm=window_mm, view=view, faint=faint)

    return _from_a_side(drawn, is_lit, window_mm, view)


def sleeper_from(
    spine: Spine, theme: Theme, px_per_mm: float, *, window_mm: Box, view: View
) -> Pictures:
    """Bake a sleeper and a sheet; see `sleeper`. In haste the other side's pictures will do."""

    def is_lit(window_mm: Box, view: View) -> bool:
        asked = (spine, px_per_mm, window_mm, view, UPPER_LEFT)
        return is_kept(lying_light, *asked) and is_kept(blanket_light, *asked)

    def drawn(window_mm: Box, view: View) -> Pictures:
        return sleeper(spine, theme, px_per_mm, window_mm=window_mm, view=view)

    return _from_a_side(drawn, is_lit, window_mm, view)


def _from_a_side(
    drawn: Callable[[Box, View], Pictures],
    is_lit: Callable[[Box, View], bool],
    window_mm: Box,
    view: View,
) -> Pictures:
    """Draw a window in a view; in haste, if need be, that of the other side in a mirror."""
    left, bottom, right, top = window_mm
    beyond = (-right, bottom, -left, top), mirrored_view(view)
    if not in_haste() or is_lit(window_mm, view) or not is_lit(*beyond):
        return drawn(window_mm, view)
    roughened()
    first, second = drawn(*beyond)
    return turned_round(first), turned_round(second)


def turned_round(image: BakedImage) -> BakedImage:
    """Turn the columns of a picture round."""
    left, bottom, right, top = image.box_mm
    return BakedImage(np.ascontiguousarray(image.rgba[:, ::-1]), (-right, bottom, -left, top))


def side_skeleton_from(
    view: View, grid: Grid, body: Body, theme: Theme, lamp_deg: float
) -> Float32:
    """Bake cage and pelvis; see `bake_side_skeleton`. In haste those of the other side will do."""
    if not in_haste() or is_kept(_side_tones, grid, body, view, lamp_deg):
        hold(grid, "side bones", body, view, grid.shape, grid.px_per_mm)
        return bake_side_skeleton(grid, body, theme, lamp_deg, view)
    beyond = mirrored_view(view)
    lamp_there_deg = -lamp_deg if lamp_deg else lamp_deg  # -0.0 has another digest than 0.0
    mirrored = (_mirrored_grid(grid, body, beyond), body, beyond, lamp_there_deg)
    if not is_kept(_side_tones, *mirrored):
        return bake_side_skeleton(grid, body, theme, lamp_deg, view)
    roughened()
    return coloured_on(_mirrored(_side_tones(*mirrored)), grid, theme)


def _mirrored_grid(grid: Grid, body: Body, beyond: View) -> Grid:
    """Return the mirrored grid; the one shown last from there, if rounding alone sets it apart."""
    left_mm = -(grid.left_mm + grid.width_px / grid.px_per_mm)
    about = ("side bones", body, beyond, grid.shape, grid.px_per_mm)
    before = cast(Grid | None, former(*about))
    if before is not None:
        apart_mm = max(abs(before.left_mm - left_mm), abs(before.top_mm - grid.top_mm))
        if apart_mm < _ROUNDING_MM:
            return before
    return replace(grid, left_mm=left_mm)


def mirrored_view(view: View) -> View:
    """Return the view from the other side of the patient."""
    for one, other in ((LATERAL_LEFT, LATERAL_RIGHT), (LATERAL_RIGHT, LATERAL_LEFT)):
        if view == one:
            return other
    x, y, z = (0.0 - each for each in view.right)  # never -0.0, which has another digest
    return replace(view, right=(x, y, z))


def _mirrored(tones: Tones) -> Tones:
    """Turn the columns of a lit picture round."""
    channels: dict[str, Any] = {
        name: np.ascontiguousarray(getattr(tones, name)[:, ::-1])
        for name in ("base", "other", "share", "place", "bounce", "shine", "cover")
    }
    left_mm = -(tones.left_mm + tones.cover.shape[1] / tones.px_per_mm)
    return replace(tones, left_mm=left_mm, **channels)
