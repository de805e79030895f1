"""The drape as it was shown last, for a look that cannot wait: moved a little, or in a mirror."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.torso import Torso
from spineanim.picture.cloth import CREASES, DrapeImages, bake_drape, drape_light
from spineanim.picture.former import former, hold
from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.image import BakedImage
from spineanim.picture.other_side import turned_round
from spineanim.picture.raster import Box, Points
from spineanim.picture.recall import is_kept
from spineanim.picture.relief import UPPER_LEFT

_ALIKE_MM: Final = 2.0
"""Most that the window's edge, or that of the cloth, may lie beside its place."""


def drape_again(
    torso: Torso, window_mm: Points, theme: Theme, px_per_mm: float, *, frame_mm: Box
) -> DrapeImages:
    """Bake the drape; see `bake_drape`. In haste one of nearly the same window will do."""

    def is_lit(window_mm: Points, frame_mm: Box) -> bool:
        return is_kept(drape_light, torso, window_mm, px_per_mm, frame_mm, UPPER_LEFT, CREASES)

    about = ("drape", torso, px_per_mm)
    if not in_haste() or is_lit(window_mm, frame_mm):
        hold((window_mm, frame_mm), *about)
        return bake_drape(torso, window_mm, theme, px_per_mm, frame_mm=frame_mm)
    before = cast(tuple[Points, Box] | None, former(*about))
    way = next(_ways(*before, window_mm, frame_mm), None) if before else None
    if before is None or way is None or not is_lit(*before):
        return bake_drape(torso, window_mm, theme, px_per_mm, frame_mm=frame_mm)
    roughened()
    images = bake_drape(torso, before[0], theme, px_per_mm, frame_mm=before[1])
    return DrapeImages(_moved(images.sheet, *way), _moved(images.hem, *way))


def _ways(
    window_mm: Points, frame_mm: Box, to_window_mm: Points, to_frame_mm: Box
) -> Iterator[tuple[float, Points]]:
    """Yield how a drape goes over into another: -1 for a mirror, else 1; then a shift (2,)."""
    for sign in (1.0, -1.0):
        window = window_mm * (sign, 1.0)
        shift = to_window_mm.mean(axis=0) - window.mean(axis=0)
        left, right = sorted(sign * each for each in (frame_mm[0], frame_mm[2]))
        edges = np.array([left, frame_mm[1], right, frame_mm[3]]) + np.tile(shift, 2)
        apart = (window + shift - to_window_mm, edges - to_frame_mm)
        if all(np.abs(each).max() <= _ALIKE_MM for each in apart):
            yield sign, shift


def _moved(image: BakedImage, sign: float, shift: Points) -> BakedImage:
    """Move a picture, its columns turned round in a mirror."""
    found = turned_round(image) if sign < 0.0 else image
    left, bottom, right, top = found.box_mm
    x, y = (float(each) for each in shift)
    return BakedImage(found.rgba, (left + x, bottom + y, right + x, top + y))
