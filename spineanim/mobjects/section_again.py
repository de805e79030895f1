"""The cut spine as it was drawn last, moved to where it stands now: for a look that cannot wait.

Another entry, tip or side shows the same spine elsewhere in the frame, at another scale or
mirrored. What is drawn anew for that differs from it by fractions of a pixel, and where it is
mirrored by the side its light comes from.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.solids.base import digest_of
from spineanim.geometry.spine import Spine
from spineanim.picture.separation import Separation
from spineanim.picture.shape import Sprite
from spineanim.stage import Stage

_MOST: Final = 4
"""So many drawings are held, those used last."""
_ALIKE: Final = 1.6
"""Most that a drawing is enlarged or made smaller."""


@dataclass(frozen=True)
class _Drawn:
    """Layers of a cut, where they stand, and how many pixels there are to a unit."""

    stage: Stage
    pixels_per_unit: float
    layers: tuple[Separation, ...]


_drawn: OrderedDict[str, _Drawn] = OrderedDict()


def keep_in_mind(
    spine: Spine,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
    layers: tuple[Separation, ...],
) -> None:
    """Hold layers of a cut for another time; see `section_layers`."""
    name = digest_of((_shown(spine, levels, fade_mm), stage, pixels_per_unit))
    _drawn[name] = _Drawn(stage, pixels_per_unit, layers)
    _drawn.move_to_end(name)
    while len(_drawn) > _MOST:
        _drawn.popitem(last=False)


def drawn_before(
    spine: Spine,
    theme: Theme,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
) -> tuple[Sprite, ...] | None:
    """Return layers of the same cut, moved to where it stands now; None if there are none alike."""
    shown = _shown(spine, levels, fade_mm)
    for name, drawn in reversed(_drawn.items()):
        if name != digest_of((shown, drawn.stage, drawn.pixels_per_unit)):
            continue
        linear, shift = _way(drawn.stage, stage)
        finer = pixels_per_unit / drawn.pixels_per_unit * abs(linear[0, 0])
        upright = abs(linear[0, 1]) < 1e-9 * abs(linear[0, 0]) and linear[1, 1] > 0.0
        if upright and all(1 / _ALIKE <= each <= _ALIKE for each in (finer, abs(linear[0, 0]))):
            return tuple(_moved(each.sprite(theme), linear, shift) for each in drawn.layers)
    return None


def _shown(spine: Spine, levels: tuple[str, str], fade_mm: float) -> str:
    return digest_of((spine, levels, fade_mm))


def _way(start: Stage, end: Stage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how scene points (x, y) of one stage's median plane go over into another's."""
    frames = []
    for stage in (start, end):
        origin, one_y, one_z = (stage.point((0.0, *each))[:2] for each in ((0, 0), (1, 0), (0, 1)))
        frames.append((np.column_stack([one_y - origin, one_z - origin]), origin))
    (from_mm, from_origin), (to_mm, to_origin) = frames
    linear = to_mm @ np.linalg.inv(from_mm)
    return linear, to_origin - linear @ from_origin


def _moved(sprite: Sprite, linear: NDArray[np.float64], shift: NDArray[np.float64]) -> Sprite:
    """Return an upright sprite elsewhere, larger or mirrored, upright again."""
    corners = [np.append(linear @ each[:2] + shift, 0.0) for each in sprite.corner_points()]
    rgba = sprite.picture.rgba
    if linear[0, 0] < 0.0:
        upper_left, upper_right, lower_left = corners
        rgba = np.ascontiguousarray(rgba[:, ::-1])
        corners = [upper_right, upper_left, lower_left + upper_right - upper_left]
    found = Sprite(rgba, corners)
    found.set_fill(opacity=sprite.get_fill_opacity())
    return found
