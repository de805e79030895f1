"""The trunk lit from either side: the right is the left in a mirror, under the same lamp.

The body is alike on both sides, so its light is made for the patient's left, with the lamp
mirrored where the picture will be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import View
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.picture.figure import Crop
from spineanim.picture.marks import Mark
from spineanim.picture.raster import Box, Grid
from spineanim.picture.relief import Light
from spineanim.picture.side_light import SideLight, side_light
from spineanim.picture.wash import Wash

Whole = TypeVar("Whole", np.uint8, np.uint16)


def side_light_from(
    view: View,
    torso: Torso,
    spine: Spine,
    px_per_mm: float,
    window_mm: Box,
    light: Light,
    crop: Crop,
    marks: Sequence[Mark],
) -> SideLight:
    """Light the trunk from the side that a view looks at.

    Parameters
    ----------
    view
        `LATERAL_LEFT` or `LATERAL_RIGHT`.
    window_mm
        ``(left, bottom, right, top)`` in that view's plane.
    torso, spine, px_per_mm, light, crop, marks
        See `lateral_body`; the light is that of the picture.
    """
    box, lamp = seen_from_left(view, window_mm, light)
    found = side_light(torso, spine, px_per_mm, box, lamp, crop, tuple(marks))
    return found if view.right[1] > 0.0 else _mirrored(found)


def seen_from_left(view: View, window_mm: Box, light: Light) -> tuple[Box, Light]:
    """Return window and light of the picture from the left that shows what a view shows."""
    if view.right[1] > 0.0:
        return window_mm, light
    left, bottom, right, top = window_mm
    (x, y, z), (across, up) = light.key, light.up
    return (-right, bottom, -left, top), Light((-x, y, z), (-across, up))


def _mirrored(found: SideLight) -> SideLight:
    grid = found.grid
    left_mm = -(grid.left_mm + grid.width_px / grid.px_per_mm)
    washes = (found.deep, found.muscle, found.fat, found.fascia)
    return SideLight(
        replace(grid, left_mm=left_mm),
        _turned(found.body),
        _wash(found.skin, grid),
        _turned(found.skin_veil),
        *(_wash(each, grid) for each in washes),
    )


def _wash(wash: Wash, grid: Grid) -> Wash:
    column = grid.width_px - wash.column - wash.cover.shape[1]
    return Wash(_turned(wash.tone), _turned(wash.shine), _turned(wash.cover), wash.row, column)


def _turned(values: NDArray[Whole]) -> NDArray[Whole]:
    return np.ascontiguousarray(values[:, ::-1])
