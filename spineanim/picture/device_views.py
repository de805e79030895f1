"""Pictures of devices made of solids: whole, in pieces, and as rows of a turning part.

All pictures of one view share its plane: laid at their boxes they fit onto one another. What is
slow is kept without its colours; a theme looks them up anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points3, View
from spineanim.geometry.devices import pump_opening as opening
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.roller_pump import HOUSING_RADIUS_MM
from spineanim.geometry.params import PumpSize
from spineanim.geometry.parts import Part
from spineanim.picture.gbuffer import GBuffer, merged
from spineanim.picture.haste import coarser, in_haste, roughened
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import kept
from spineanim.picture.kept_tones import kept_tones, within
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.late import LateImage
from spineanim.picture.raster import Box
from spineanim.picture.recall import is_kept
from spineanim.picture.shade import coloured
from spineanim.picture.tones import Finish, Tones, tones_of

_OVERSAMPLE: Final = 2
_ROOM_MM: Final = 1.0
_ROTOR_TOP_MM: Final = 4.8
"""Height of the rotor's caps over the deck, with something to spare."""
_FEWER: Final = 12
"""In haste one of so many pictures of the rotor, or of the turning fixtures, is made."""


class _RotorColors(Mapping[str, str]):
    """Colours of a theme, with those of the rotor in the place of cloth."""

    def __init__(self, colors: Mapping[str, str]) -> None:
        self._colors = colors

    def __getitem__(self, token: str) -> str:
        role, _, tone = token.partition(".")
        return self._colors[f"rotor.{tone}" if role == "cloth" else token]

    def __iter__(self) -> Iterator[str]:
        return iter(self._colors)

    def __len__(self) -> int:
        return len(self._colors)


def picture_of(parts: Sequence[Part], view: View, px_per_mm: float, theme: Theme) -> BakedImage:
    """Bake, light and colour parts in a view.

    Parameters
    ----------
    parts : sequence of Part
        Later ones lie over earlier ones on a cut.
    view : View
        Its own scale is not asked.
    px_per_mm : float
        Scale of the picture.
    theme : Theme

    Raises
    ------
    ValueError
        If nothing of the parts can be seen.
    """
    tones = kept_tones(parts, _fine(view, px_per_mm), Finish(_OVERSAMPLE))
    if tones is None:
        raise ValueError(f"nothing is seen in the view {view.name}")
    return coloured(tones, theme)


def rotor_row(
    size: PumpSize, view: View, px_per_mm: float, count: int, theme: Theme
) -> list[LateImage]:
    """Pictures of the roller pump in the opened pump, over a third of a turn of its rotor.

    The last one is followed by the first: three rollers look alike after 120 degrees. In haste
    there are fewer than asked for, if those are not kept.
    """
    tinted = replace(theme, colors=_RotorColors(theme.colors))
    fine = _fine(view, px_per_mm)
    if in_haste() and not is_kept(_rotor_tones, size, fine, count):
        roughened()
        count = max(count // _FEWER, 3)
    row = _rotor_tones(size, fine, count)
    return [LateImage(tones, tinted) for tones in row]


def fixture_row(
    size: PumpSize,
    view: View,
    px_per_mm: float,
    group: int,
    turns_deg: tuple[float, ...],
    theme: Theme,
) -> list[LateImage]:
    """Pictures of one group of fixtures on the turning pump, nothing else, one for each turn.

    In haste there are some for evenly chosen turns alone, the first and the last among them, if
    those for all are not kept.
    """
    fine = _fine(view, px_per_mm)
    if in_haste() and not is_kept(_fixture_tones, size, fine, group, turns_deg):
        roughened()
        turns_deg = turns_deg[::_FEWER]
    row = _fixture_tones(size, fine, group, turns_deg)
    return [LateImage(tones, theme) for tones in row]


def rotor_outline_mm(size: PumpSize) -> Points3:
    """Circles round the roller pump at the deck and at its top, device frame (N, 3)."""
    layout = Layout(size)
    x, y = layout.roller_spot
    turn = np.linspace(0.0, 2 * np.pi, 72, endpoint=False)
    reach = HOUSING_RADIUS_MM + 0.2
    flat = np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn)])
    heights = (layout.deck_top_mm, layout.deck_top_mm + _ROTOR_TOP_MM)
    return np.vstack([np.column_stack([flat, np.full(72, height)]) for height in heights])


def _fine(view: View, px_per_mm: float) -> View:
    return view.at_scale(px_per_mm * _OVERSAMPLE)


def _box_round(points_mm: Points3, view: View) -> Box:
    plane = view.project(points_mm)
    (left, bottom), (right, top) = plane.min(axis=0) - _ROOM_MM, plane.max(axis=0) + _ROOM_MM
    return (float(left), float(bottom), float(right), float(top))


@kept
def _rotor_tones(size: PumpSize, view: View, count: int) -> tuple[Tones, ...]:
    """Lit pictures of the window round the roller pump."""
    view = view.at_scale(coarser(view.px_per_mm))
    window = _box_round(rotor_outline_mm(size), view)
    still = _seen(opening.still_parts(size), view, window)
    rows = [opening.turning_parts(size, 120.0 * index / count) for index in range(count)]
    buffers = iter(Kiln().fire([Recipe(part, view) for row in rows for part in row]))
    found = []
    for row in rows:
        moving = [(part, next(buffers)) for part in row]
        seen = [*still, *((part, buffer) for part, buffer in moving if buffer is not None)]
        found.append(_windowed(tones_of(seen, Finish(_OVERSAMPLE)), window))
    return tuple(found)


@kept
def _fixture_tones(
    size: PumpSize, view: View, group: int, turns_deg: tuple[float, ...]
) -> tuple[Tones, ...]:
    """Lit pictures of a group of fixtures; what the case hides of them is left out."""
    view = view.at_scale(coarser(view.px_per_mm))
    round_ = opening.round_parts(size)
    case = list(zip(round_, Kiln().fire([Recipe(part, view) for part in round_]), strict=True))
    rows = [opening.turned(opening.fixtures(size)[group], turn) for turn in turns_deg]
    buffers = iter(Kiln().fire([Recipe(part, view) for row in rows for part in row]))
    found = []
    for row in rows:
        own = [(part, buffer) for part in row if (buffer := next(buffers)) is not None]
        boxes = np.array([buffer.box_mm for _, buffer in own])
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        window = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        behind = [
            (part, piece)
            for part, buffer in case
            if buffer is not None and (piece := within(buffer, window)) is not None
        ]
        tones = tones_of([*behind, *own], Finish(_OVERSAMPLE))
        _, owner = merged([buffer for _, buffer in (*behind, *own)])
        cover = np.where(owner < len(behind), 0, tones.cover).astype(np.uint8)
        found.append(_windowed(replace(tones, cover=cover), window))
    return tuple(found)


def _seen(parts: Sequence[Part], view: View, window: Box) -> list[tuple[Part, GBuffer]]:
    """Bake parts and keep what lies in and round a window."""
    buffers = Kiln().fire([Recipe(part, view) for part in parts])
    return [
        (part, piece)
        for part, buffer in zip(parts, buffers, strict=True)
        if buffer is not None and (piece := within(buffer, window)) is not None
    ]


def _windowed(tones: Tones, window: Box) -> Tones:
    """Cut a lit picture to a window, on whole pixels of the finished picture."""
    scale, times = tones.px_per_mm, tones.oversample
    left, bottom, right, top = window
    first = int(np.floor(left * scale / times)) * times - round(tones.left_mm * scale)
    upper = round(tones.top_mm * scale) - int(np.ceil(top * scale / times)) * times
    last = int(np.ceil(right * scale / times)) * times - round(tones.left_mm * scale)
    lower = round(tones.top_mm * scale) - int(np.floor(bottom * scale / times)) * times
    high, wide = tones.cover.shape
    rows = slice(max(upper, 0), min(lower, high))
    columns = slice(max(first, 0), min(last, wide))
    cut: dict[str, Any] = {
        name: np.ascontiguousarray(getattr(tones, name)[rows, columns])
        for name in ("base", "other", "share", "place", "bounce", "shine", "cover")
    }
    left_mm = tones.left_mm + columns.start / scale
    return replace(tones, left_mm=left_mm, top_mm=tones.top_mm - rows.start / scale, **cut)
