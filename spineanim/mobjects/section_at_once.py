"""Layers of the cut spine for a look that cannot wait.

Layers that are kept for every theme are drawn some sixteen times over (`separated`), which takes
half a minute. A preview that does not have them yet shows those that it showed last: moved, if the
same spine stands elsewhere; carried along, if its curves have changed; else it draws them once, in
the theme that is shown. A film always has those that are kept.
"""

from __future__ import annotations

from typing import cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal
from spineanim.geometry.spine import Spine
from spineanim.mobjects.section_again import drawn_before, keep_in_mind, sketched
from spineanim.mobjects.section_canal import back_wall, dura_line
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_layers import (
    _NEAR_DURA_OPACITY,
    _faded,
    _halo,
    _spine_part,
    section_layers,
)
from spineanim.mobjects.section_paint import baked
from spineanim.picture.carried import carried
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.recall import is_kept
from spineanim.picture.shape import Sprite
from spineanim.stage import Stage


def section_sprites(
    spine: Spine,
    theme: Theme,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
) -> tuple[Sprite, ...]:
    """Return halo, spine and near line of the dura, back to front; see `SpineSection`."""
    asked = (spine, stage, pixels_per_unit, levels, fade_mm)
    how = (pixels_per_unit, levels, fade_mm)
    about = ("section", stage.view, stage.units_per_mm, stage.turned_deg, stage.fmt, how)
    if not in_haste() or is_kept(section_layers, *asked):
        layers = section_layers(*asked)
        hold((spine, stage), *about)
        if in_haste():
            keep_in_mind(*asked, layers)
        return tuple(layer.sprite(theme) for layer in layers)
    roughened()
    found = drawn_before(spine, theme, stage, pixels_per_unit, levels, fade_mm)
    if found is not None:
        return found
    before = cast(tuple[Spine, Stage] | None, former(*about))
    if before and is_kept(section_layers, *before, pixels_per_unit, levels, fade_mm):
        layers = section_layers(*before, pixels_per_unit, levels, fade_mm)
        return tuple(_carried(each.sprite(theme), *before, spine, stage) for each in layers)

    def draw(own: Theme) -> tuple[Sprite, ...]:
        cut = SagittalCut(spine, Canal(spine), own, stage, pixels_per_unit, *levels)
        inside = baked(_spine_part(cut), pixels_per_unit, stage.length(2.0))
        near = baked(dura_line(cut, back_wall(cut)), pixels_per_unit, stage.length(1.0))
        near.set_fill(opacity=_NEAR_DURA_OPACITY)
        return tuple(_faded(each, cut, fade_mm) for each in (_halo(cut), inside, near))

    return sketched(draw, theme, *asked)


def _carried(sprite: Sprite, before: Spine, stood: Stage, now: Spine, stage: Stage) -> Sprite:
    """Carry a layer along with the spine, onto another stage of the same scale."""
    origin, right, up = stood.plane([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])[:, :2]
    to_mm = np.linalg.inv(np.array([right - origin, up - origin]))
    corners = (np.array(sprite.corner_points())[:, :2] - origin) @ to_mm
    rgba, corners = carried(sprite.picture.rgba, corners, before, now, stage.view)
    found = Sprite(rgba, list(stage.plane(corners)))
    found.set_fill(opacity=sprite.get_fill_opacity())
    return found
