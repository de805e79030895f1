"""Muscle beside the spinous processes, which a paramedian needle passes, over a midline cut."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.mobjects.section_canal import canal_depths
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_paint import baked, joined, thread
from spineanim.picture.shape import Part, Shape, Sprite, mix

_LAMINA_MM: Final = 6.0
"""The muscle ends so far behind the canal: on the laminae and their ligament [D]."""
_FEATHER_MM: Final = 4.0
_BANDS: Final = 8
_SEEN: Final = 0.80
"""The processes, which lie behind it in the midline, shimmer through."""
_STREAKS: Final = 210
_STREAK_MM: Final = (18.0, 52.0)
_SLOPE: Final = 0.20
"""Fibres run a little towards the laminae on their way down (multifidus, M)."""


def muscle_beside(cut: SagittalCut, skin_yz: Points2, fascia_mm: NDArray[np.float64]) -> Sprite:
    """Return the muscle beside the midline, clear enough to let the processes be seen.

    Parameters
    ----------
    cut
        The cut spine it lies over.
    skin_yz
        Midline of the skin (N, 2), millimetres, cranial first.
    fascia_mm
        Depth of the fascia under it (N,).
    """
    color = cut.theme.color
    start, end = cut.stations
    depths = canal_depths(cut)
    outer = curves.offset(skin_yz, -fascia_mm)
    inner = cut.canal.curve(depths + _LAMINA_MM, start, end)
    part = Part()
    flesh = mix(color("muscle.base"), color("muscle.light"), 0.55)
    for index in range(_BANDS):
        reach = _FEATHER_MM * (1.0 - index / (_BANDS - 1))
        deep = cut.canal.curve(depths + _LAMINA_MM - reach + 0.5 * _FEATHER_MM, start, end)
        share = 1.0 - (1.0 - _SEEN) ** (1.0 / _BANDS)
        band = cut.place(np.vstack([outer, deep[::-1]]))
        part.add(Shape(band, fill=flesh, fill_opacity=share))
    fibres = Part(*_fibres(cut, outer, inner))
    part.add(fibres.clipped_to(joined([cut.place(np.vstack([outer, inner[::-1]]))])))
    return baked(part, cut.pixels_per_unit, cut.stage.length(1.0))


def _fibres(cut: SagittalCut, outer: Points2, inner: Points2) -> list[Shape]:
    """Fibres along the back, pale and dark, that taper off at both ends."""
    rng = np.random.default_rng(11)
    count = 240
    upper, lower = curves.resample(outer, count), curves.resample(inner, count)
    whole = curves.length(outer)
    found = []
    for index in range(_STREAKS):
        long = rng.uniform(*_STREAK_MM) / whole
        first = rng.uniform(-0.05, 1.0)
        deep = rng.uniform(0.02, 0.98)
        along = np.linspace(first, first + long, 14)
        inside = (along >= 0.0) & (along <= 1.0)
        if inside.sum() < 3:
            continue
        along = along[inside]
        way = np.clip(deep + _SLOPE * (along - along[0]) * 6.0, 0.0, 1.0)[:, None]
        at = along * (count - 1)
        rows = np.arange(count)
        one, two = (
            np.column_stack([np.interp(at, rows, line[:, axis]) for axis in (0, 1)])
            for line in (upper, lower)
        )
        tone, opacity = (
            ("muscle.dark", 0.34), ("muscle.light", 0.42), ("muscle.dark", 0.22),
            ("fascia.light", 0.26),
        )[index % 4]  # fmt: skip
        line = cut.place(one + (two - one) * way)
        wide = cut.stage.length(rng.uniform(0.25, 0.7))
        found.append(
            Shape(
                thread(line, wide, taper=cut.stage.length(0.45 * long * whole)),
                fill=cut.theme.color(tone),
                fill_opacity=opacity,
            )
        )
    return found
