"""Cuts across the body as they were shown last, for a look that cannot wait.

A vertebra keeps its shape when the curves of the spine change, and a cut that has moved by a
fraction of a millimetre shows the same. The film's own cut follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Plane, View
from spineanim.geometry.level_cut import LevelCut
from spineanim.geometry.params import Anatomy
from spineanim.picture.across import loin_light, loin_section
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage
from spineanim.picture.level_section import LevelTones, level_tones
from spineanim.picture.raster import Box
from spineanim.picture.recall import is_kept
from spineanim.picture.tones import Tones

_ALIKE_MM: Final = 1.5
"""Cuts across the loin that lie no further apart show the same."""
_LOIN_MM: Final = 150.0
"""How far the loin reaches from the patient's axis."""


def loin_section_again(anatomy: Anatomy, view: View, theme: Theme, px_per_mm: float) -> BakedImage:
    """Bake the cut across the loin; see `loin_section`. In haste one close by will do."""
    patient = anatomy.patient
    if not in_haste() or is_kept(loin_light, patient, view, px_per_mm):
        hold((view, px_per_mm), "loin", patient)
        return loin_section(anatomy, view, theme, px_per_mm)
    before = cast(tuple[View, float] | None, former("loin", patient))
    if before is None or not is_kept(loin_light, patient, *before):
        return loin_section(anatomy, view, theme, px_per_mm)
    seen, scale = before
    if _apart_mm(_cut(seen), _cut(view)) > _ALIKE_MM:
        return loin_section(anatomy, view, theme, px_per_mm)
    roughened()
    image = loin_section(anatomy, seen, theme, scale)
    up = float(view.project(np.array(_cut(view).point_mm))[1])
    up -= float(seen.project(np.array(_cut(seen).point_mm))[1])
    left, bottom, right, top = image.box_mm
    return BakedImage(image.rgba, (left, bottom + up, right, top + up))


def level_tones_again(cut: LevelCut, window_mm: Box, px_per_mm: float) -> LevelTones:
    """Light a level cut; see `level_tones`. In haste that of the same vertebra, bent, will do.

    Parameters
    ----------
    cut, window_mm, px_per_mm
        See `level_tones`; the window lies round the canal.
    """
    left, bottom, right, top = window_mm
    size_mm = round(right - left, 2), round(top - bottom, 2)
    about = ("level", cut.level, cut.body.anatomy.stature_factor, size_mm, px_per_mm)
    if not in_haste() or is_kept(level_tones, cut, window_mm, px_per_mm):
        hold((cut, window_mm), *about)
        return level_tones(cut, window_mm, px_per_mm)
    before = cast(tuple[LevelCut, Box] | None, former(*about))
    if before is None or not is_kept(level_tones, *before, px_per_mm):
        return level_tones(cut, window_mm, px_per_mm)
    roughened()
    found = level_tones(*before, px_per_mm)
    right_mm, up_mm = left - before[1][0], bottom - before[1][1]
    return LevelTones(
        *(_shifted(each, right_mm, up_mm) for each in (found.whole, found.cord, found.nerves))
    )


def _cut(view: View) -> Plane:
    assert view.cut is not None  # only cuts come here
    return view.cut


def _apart_mm(one: Plane, other: Plane) -> float:
    """How far two planes across the loin are apart at most, within the loin."""
    along = np.cross(one.unit, [1.0, 0.0, 0.0])
    places = np.array(one.point_mm) + np.outer([-_LOIN_MM, _LOIN_MM], along)
    return float(np.abs(other.height(places)).max())


def _shifted(tones: Tones, right_mm: float, up_mm: float) -> Tones:
    return replace(tones, left_mm=tones.left_mm + right_mm, top_mm=tones.top_mm + up_mm)
