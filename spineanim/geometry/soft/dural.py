"""Dural sac, its fluid and the spinal cord as solids in patient axes.

Places in the midline come from the canal's curves, widths from its tables. Long parts are
cut into finely sampled pieces with `by_level`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import CONUS_STATION, SAC_END_STATION, Canal, station
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.soft.rails import Band, Rail, Section, Window
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.solids.combine import Blend, Grown, add, cut
from spineanim.geometry.solids.lofts import Loft
from spineanim.geometry.table import LEVELS

Rows = NDArray[np.float64]

DURA_MM: Final = 0.5
"""Drawn thickness of the dura; the true one is 0.3 [51]."""

TOP_MM: Final = 12.0
"""How far sac and cord run on above the tip of the dens, to the brainstem [M]."""

_LEAST_MM: Final = 0.12
_UNIT_MM: Final = 5.0
# Right halves of the grey matter from the front to the back of the midline, as shares of the
# cord's half width and half depth: broad front horns in the enlargements, slender ones with a
# side horn in the chest; the back horns reach nearly to the surface (M)
_BROAD: Final = [
    (0.0, -0.13), (0.12, -0.17), (0.19, -0.40), (0.30, -0.60), (0.46, -0.63), (0.60, -0.52),
    (0.64, -0.32), (0.55, -0.12), (0.40, 0.00), (0.33, 0.16), (0.35, 0.36), (0.43, 0.58),
    (0.50, 0.78), (0.43, 0.80), (0.34, 0.66), (0.25, 0.42), (0.16, 0.20), (0.08, 0.09), (0.0, 0.08),
]  # fmt: skip
_SLENDER: Final = [
    (0.0, -0.11), (0.10, -0.14), (0.15, -0.36), (0.23, -0.54), (0.34, -0.56), (0.41, -0.42),
    (0.37, -0.22), (0.34, -0.08), (0.42, 0.02), (0.30, 0.12), (0.26, 0.28), (0.33, 0.52),
    (0.43, 0.80), (0.36, 0.80), (0.27, 0.62), (0.19, 0.38), (0.12, 0.17), (0.06, 0.08), (0.0, 0.07),
]  # fmt: skip
# How slender the grey matter is along the cord: 1 in the chest (M)
_SLIM: Final = ((6.5, 0.0), (9.0, 1.0), (14.5, 1.0), (16.5, 0.0))
# Furrows as shares of the half depth: the front one reaches a third of the way in (M)
_FISSURE_END: Final = -0.36
_FISSURE_HALF_MM: Final = 0.12
_GROOVE_MM: Final = 0.45


def csf_part(canal: Canal) -> Part:
    """Fluid-filled space inside the dura, with the cord in it."""
    return Part("csf", Tissue.CSF, Grown(sac(canal), -DURA_MM))


def dura_part(canal: Canal) -> Part:
    """Dural sac: dura on its surface, a thin wall round fluid on a cut."""
    whole = sac(canal)
    return Part("dura", Tissue.DURA, whole, core=(Zone(Tissue.CSF, Grown(whole, -DURA_MM)),))


def cord_part(canal: Canal) -> Part:
    """Spinal cord with conus; a cut shows the butterfly of grey matter and the furrow."""
    line, wide, deep = cord_line(canal)
    rail = Rail(line)
    zones = (
        Zone(Tissue.GREY_MATTER, _grey(canal, rail, wide, deep)),
        Zone(
            Tissue.CSF, Band(rail, -1.05 * deep, _FISSURE_END * deep, _FISSURE_HALF_MM * wide / 5)
        ),
    )
    return Part("cord", Tissue.CORD, _furrowed(line, wide, deep), core=zones)


def by_level(
    part: Part, canal: Canal, before_mm: float = 8.0, behind_mm: float = 32.0
) -> tuple[Part, ...]:
    """Cut a long part into one piece per level, such as ``"cord_T10"``.

    Each piece is the whole solid seen through a window from the disc above to the disc
    below, so that it can be sampled finely; pieces overlap without a seam.

    Parameters
    ----------
    part : Part
        In patient axes, with no pose of its own.
    canal : Canal
    before_mm, behind_mm : float
        How far the part reaches before and behind the front wall of the canal.
    """
    found = []
    marks = [-2.0, *(station(level) + 0.5 for level in LEVELS[:-1]), 99.0]
    for level, (begin, end) in zip(LEVELS, pairwise(marks), strict=True):
        box = _stretch(canal, part.solid.bounds, (begin, end), (-before_mm, behind_mm))
        if box is not None:
            piece = Window(part.solid, box)
            found.append(replace(part, name=f"{part.name}_{level}", solid=piece))
    return tuple(found)


def _stretch(
    canal: Canal, whole: Box, span: tuple[float, float], reach_mm: tuple[float, float]
) -> Box | None:
    """Box of a solid between two stations and two offsets; None if it does not reach them."""
    stations, (begin, end) = canal.stations, span
    edges = np.clip([begin, end], stations[0], stations[-1])
    inner = stations[(stations > edges[0]) & (stations < edges[1])]
    at = np.concatenate([edges[:1], inner, edges[1:]])
    rows = [canal.places(at, np.full(len(at), offset)) for offset in reach_mm]
    points = np.vstack(rows)
    low = np.array([whole.low[0], *points.min(axis=0)])
    high = np.array([whole.high[0], *points.max(axis=0)])
    if begin < stations[0]:
        high[2] = max(high[2], whole.high[2])
    if end > stations[-1]:
        low[2] = min(low[2], whole.low[2])
    low, high = np.maximum(low, whole.low), np.minimum(high, whole.high)
    return Box.around([low, high]) if np.all(high - low > 0.2) else None


# ----------------------------------------------------------------------------- the sac
def sac(canal: Canal) -> Solid:
    """Sac with its dura, down to its end at S2."""
    front, back = canal.sac_offsets
    line, wide, deep = _lofted(canal, front, back, canal.half_widths[1], SAC_END_STATION)
    return Loft(line, deep, wide)


def cord_line(canal: Canal) -> tuple[Points2, Rows, Rows]:
    """Middle line of the cord (N, 2) with its half widths and half depths (N,)."""
    front, back = canal.cord_offsets
    return _lofted(canal, front, back, canal.half_widths[2], CONUS_STATION)


def _lofted(
    canal: Canal, front: Rows, back: Rows, wide: Rows, end: float
) -> tuple[Points2, Rows, Rows]:
    """Middle line and half sizes down to a station, run on upwards to the skull."""
    line = canal.curve((front + back) / 2, -1.0, end)
    count = len(line)
    sizes = [np.maximum(row[:count], _LEAST_MM) for row in (wide, (back - front) / 2)]
    rise = line[0] - line[2]
    step = np.linalg.norm(rise)
    more = np.arange(int(TOP_MM / 1.5), 0, -1)[:, None] * 1.5
    line = np.vstack([line[0] + rise / step * more, line])
    wide, deep = (np.concatenate([np.full(len(more), row[0]), row]) for row in sizes)
    return line, wide, deep


# ----------------------------------------------------------------------------- the cord
def _furrowed(line: Points2, wide: Rows, deep: Rows) -> Solid:
    """Cord with shallow furrows in the midline, in front and behind."""
    rail = Rail(line)
    groove = np.minimum(_GROOVE_MM, 0.2 * deep)
    front = Band(rail, -1.5 * deep, -deep + groove, 0.28 * groove)
    back = Band(rail, deep - 0.6 * groove, 1.5 * deep, 0.22 * groove)
    return Blend((add(Loft(line, deep, wide)), cut(front, 0.6), cut(back, 0.5)))


def _grey(canal: Canal, rail: Rail, wide: Rows, deep: Rows) -> Solid:
    """Butterfly of grey matter along the cord."""
    marks, slim = zip(*_SLIM, strict=True)
    above = len(rail.line_mm) - int(np.sum(canal.stations <= CONUS_STATION))
    stations = np.concatenate([np.full(above, canal.stations[0]), canal.stations])
    share = np.interp(stations[: len(rail.line_mm)], marks, slim)
    outlines = tuple(_butterfly(half) for half in (_BROAD, _SLENDER))
    return Section(rail, outlines, share, wide, deep, _UNIT_MM)


def _butterfly(half: list[tuple[float, float]]) -> Points2:
    """Outline of both halves for half sizes of `_UNIT_MM`."""
    right = np.array(half) * _UNIT_MM
    left = right[-2:0:-1] * [-1.0, 1.0]
    return np.vstack([right, left])
