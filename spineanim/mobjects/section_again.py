"""The cut spine as it was drawn last, for a look that cannot wait.

Another entry, tip or side shows the same spine elsewhere in the frame, at another scale or
mirrored: it is moved to where it stands now. What is drawn anew for that differs from it by
fractions of a pixel, and where it is mirrored by the side its light comes from.

What was drawn for one theme alone serves again as long as the colours that it asked for stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.spine import Spine
from spineanim.picture.former import former, hold
from spineanim.picture.separation import Separation
from spineanim.picture.shape import Sprite
from spineanim.stage import Stage

_MOST: Final = 3
"""So many drawings of one cut are held, those made last."""
_ALIKE: Final = 1.6
"""Most that a drawing is enlarged or made smaller."""


@dataclass(frozen=True)
class _Drawn:
    """Layers of a cut, where they stand, and how many pixels there are to a unit."""

    stage: Stage
    pixels_per_unit: float
    layers: tuple[Separation, ...]


class _Asked(dict[str, str]):
    """The colours of a theme that have been asked for."""

    def __init__(self, colors: Mapping[str, str]) -> None:
        super().__init__()
        self._all = colors

    def __missing__(self, token: str) -> str:
        self[token] = self._all[token]
        return self[token]


@dataclass(frozen=True)
class _Sketch:
    """Layers of a cut in one theme: of each its pixels, its corners and its opacity."""

    asked: _Asked
    layers: tuple[tuple[NDArray[np.uint8], list[NDArray[np.float64]], float], ...]

    def fits(self, theme: Theme) -> bool:
        """Whether it looks the same in another theme."""
        return all(theme.colors.get(token) == color for token, color in self.asked.items())

    def sprites(self) -> tuple[Sprite, ...]:
        """Return its layers."""
        return tuple(_sprite(*each) for each in self.layers)


def sketched(
    draw: Callable[[Theme], tuple[Sprite, ...]], theme: Theme, *about: object
) -> tuple[Sprite, ...]:
    """Draw layers in one theme, or take those that were drawn last.

    Parameters
    ----------
    draw
        Draws them in a theme.
    theme
        Colours.
    about
        All else that decides what is drawn; see `digest_of`.
    """
    found = cast(_Sketch | None, former("section sketch", *about))
    if found is None or not found.fits(theme):
        asked = _Asked(theme.colors)
        drawn = draw(replace(theme, colors=asked))
        layers = [
            (each.picture.rgba, list(np.array(each.corner_points())), each.get_fill_opacity())
            for each in drawn
        ]
        found = _Sketch(asked, tuple(layers))
        hold(found, "section sketch", *about)
    return found.sprites()


def keep_in_mind(
    spine: Spine,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
    layers: tuple[Separation, ...],
) -> None:
    """Hold layers of a cut for another time; see `section_layers`."""
    about = ("section again", spine, levels, fade_mm)
    others = [
        each
        for each in cast(tuple[_Drawn, ...], former(*about) or ())
        if (each.stage, each.pixels_per_unit) != (stage, pixels_per_unit)
    ]
    hold((_Drawn(stage, pixels_per_unit, layers), *others)[:_MOST], *about)


def drawn_before(
    spine: Spine,
    theme: Theme,
    stage: Stage,
    pixels_per_unit: float,
    levels: tuple[str, str],
    fade_mm: float,
) -> tuple[Sprite, ...] | None:
    """Return layers of the same cut, moved to where it stands now; None if there are none alike."""
    for drawn in cast(tuple[_Drawn, ...], former("section again", spine, levels, fade_mm) or ()):
        linear, shift = _way(drawn.stage, stage)
        larger = abs(linear[0, 0])
        coarser = larger * pixels_per_unit / drawn.pixels_per_unit
        upright = abs(linear[0, 1]) < 1e-9 * larger and linear[1, 1] > 0.0
        if upright and all(1 / _ALIKE <= each <= _ALIKE for each in (larger, coarser)):
            return tuple(_moved(each.sprite(theme), linear, shift) for each in drawn.layers)
    return None


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
    return _sprite(rgba, corners, sprite.get_fill_opacity())


def _sprite(rgba: NDArray[np.uint8], corners: list[NDArray[np.float64]], opacity: float) -> Sprite:
    found = Sprite(rgba, corners)
    found.set_fill(opacity=opacity)
    return found
