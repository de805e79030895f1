"""Layers of the cut spine: drawn once as vectors without a theme, and kept by their colours."""

from __future__ import annotations

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal
from spineanim.geometry.spine import Spine
from spineanim.mobjects.section_bone import bodies, discs, sacrum, spinous_processes
from spineanim.mobjects.section_canal import back_wall, dura_line, epidural_fat, sac
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_ligaments import (
    flava,
    ligaments_between_processes,
    long_ligament_bed,
    long_ligaments,
)
from spineanim.mobjects.section_paint import baked, blurred, joined
from spineanim.picture.image import smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.separation import Separation, separated
from spineanim.picture.shape import Part, Sprite, mix, stroke_width
from spineanim.stage import Stage

_HALO_MM = 5.5
_HALO_REACH_MM = 11.0
_HALO_OPACITY = 0.46
_CLOSE_HALO_SHARE = 0.45
"""In a close-up the halo is narrower and fainter by this share."""
_NEAR_DURA_OPACITY = 0.55


@kept
def section_layers(
    spine: Spine,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
) -> tuple[Separation, ...]:
    """Draw halo, spine and near line of the dura, back to front; see `SpineSection`."""
    canal = Canal(spine)

    def drawn(theme: Theme) -> tuple[Sprite, ...]:
        cut = SagittalCut(spine, canal, theme, stage, pixels_per_unit, *levels)
        inside = baked(_spine_part(cut), pixels_per_unit, stage.length(2.0))
        near = baked(dura_line(cut, back_wall(cut)), pixels_per_unit, stage.length(1.0))
        near.set_fill(opacity=_NEAR_DURA_OPACITY)
        return tuple(_faded(each, cut, fade_mm) for each in (_halo(cut), inside, near))

    return separated(drawn)


def _spine_part(cut: SagittalCut) -> Part:
    """All that is cut, back to front."""
    part = Part(long_ligament_bed(cut), epidural_fat(cut))
    if cut.has_sacrum:
        part.add(sacrum(cut))
    part.add(
        sac(cut),
        ligaments_between_processes(cut),
        flava(cut),
        discs(cut),
        bodies(cut),
        long_ligaments(cut),
        spinous_processes(cut),
    )
    return part


def _halo(cut: SagittalCut) -> Sprite:
    """Soft dark edge that lifts the spine off the body."""
    spine = cut.spine
    outlines = [spine.body(level) for level in cut.levels]
    outlines += [spine.spinous_process(level) for level in cut.levels]
    outlines += [spine.disc(name) for name in cut.gaps]
    start, end = cut.stations
    walls = [cut.canal.curve(each, start, end) for each in cut.canal.sac_offsets]
    outlines.append(np.vstack([walls[0], walls[1][::-1]]))
    if cut.has_sacrum:
        outlines += [spine.sacrum(), spine.sacral_crest(), spine.coccyx()]
    color = mix(cut.theme.color("skin.dark"), cut.theme.color("muscle.dark"), 0.5)
    shape = joined([cut.place(outline) for outline in outlines])
    shape.set_fill(color, opacity=1.0)
    share = _CLOSE_HALO_SHARE if cut.close_up else 1.0
    reach = stroke_width(cut.px_of(_HALO_REACH_MM * share))
    shape.set_stroke(color, width=reach, opacity=1.0)
    coarse = min(cut.pixels_per_unit, 1.0 / (share * cut.stage.units_per_mm))
    halo = blurred(shape, coarse, cut.stage.length(_HALO_MM * share))
    halo.set_fill(opacity=_HALO_OPACITY * share**0.5)
    return halo


def _faded(sprite: Sprite, cut: SagittalCut, fade_mm: float) -> Sprite:
    """Let a sprite fade out towards the cut ends of the spine."""
    if fade_mm <= 0.0:
        return sprite
    upper_left, upper_right, lower_left = sprite.corner_points()
    rows, columns = sprite.picture.rgba.shape[:2]
    across, down = (upper_right - upper_left) / columns, (lower_left - upper_left) / rows
    top = cut.spine.frame(cut.levels[0]).corners
    ends = [(top[:2].mean(axis=0), top[2:].mean(axis=0))]
    if not cut.has_sacrum:
        low = cut.spine.frame(cut.levels[-1]).corners
        ends.append((low[2:].mean(axis=0), low[:2].mean(axis=0)))
    alpha = np.ones((rows, columns), np.float32)
    for outer, inner in ends:
        edge, deep = cut.place(np.array([outer, inner]))
        inward = (deep - edge) / np.linalg.norm(deep - edge) / cut.stage.length(fade_mm)
        # the way inwards rises evenly along rows and columns
        by_row = (np.arange(rows) + 0.5) * (down @ inward) + (upper_left - edge) @ inward
        by_column = (np.arange(columns) + 0.5) * (across @ inward)
        alpha *= smoothstep(np.add.outer(by_row, by_column), 0.0, 1.0)
    faded = Sprite(
        (sprite.picture.rgba * alpha[..., None] + np.float32(0.5)).astype(np.uint8),
        [upper_left, upper_right, lower_left],
    )
    faded.set_fill(opacity=sprite.get_fill_opacity())
    return faded
