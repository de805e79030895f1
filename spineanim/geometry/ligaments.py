"""Ligaments of the column in the midline, (y posterior, z cranial) in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import FLAVUM_MM, Canal, station
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.vertebra import region_of

SUPRASPINOUS_END: Final = "L4"
"""Last spinous process that the supraspinous ligament reaches [M]."""

TIP_GAP_MM: Final = 1.4
"""Middle of the supraspinous ligament behind the tips, along the normal (D)."""

_STEP_MM: Final = 0.5
# How far the flavum may thin out or thicken along the wall (mm per mm), and how far it runs
# into the bone it is fixed to, so that no slit is left (D)
_FLAVUM_SLOPE: Final = 0.7
_INTO_BONE_MM: Final = 0.3
_FLAVUM_SPREAD: Final = 2.5
# The flavum runs from the middle of the upper lamina's front to that of the lower one's upper
# edge (M): stations beyond the middles of the bodies, and length of its tapered ends
_FLAVUM_BEYOND: Final = 0.06
_FLAVUM_TAPER_MM: Final = 6.0
_SACRAL_BEYOND: Final = 0.24  # the lamina of S1 begins that much (stations) below its end plate
_SAMPLES: Final = 6
_EDGE_POINTS: Final = 40


@dataclass(frozen=True)
class _Gap:
    """Ligaments between two laminae: points along the canal's back wall, cranial to caudal.

    ``front`` and ``back`` are the sides of the flavum, (N, 2); from ``first`` to ``last`` its
    back touches no bone.
    """

    front: Points2
    back: Points2
    first: int
    last: int


def _arches(spine: Spine, name: str) -> tuple[Points2, Points2]:
    """Cut processes above and below a gap; below L5 that is the crest of the sacrum."""
    if name not in DISCS:
        raise LookupError(f"there is no interlaminar gap {name}")
    upper, lower = name.split("_")
    below = spine.sacral_crest() if lower == "S1" else spine.spinous_process(lower)
    return spine.spinous_process(upper), below


def _gap(canal: Canal, name: str) -> _Gap:
    """Lay the flavum of a gap on the canal's back wall and against the two laminae."""
    upper, lower = _arches(canal.spine, name)
    middle = station(name)
    ends = canal.back_wall(np.array([middle - 0.5, middle + 0.5]))[0]
    reach = 0.5 + _FLAVUM_BEYOND
    low = reach + (_SACRAL_BEYOND if name == DISCS[-1] else 0.0)
    spread = (reach + low) / (2 * reach)
    count = int(np.linalg.norm(ends[1] - ends[0]) * spread / _STEP_MM)
    front, way = canal.back_wall(np.linspace(middle - reach, middle + low, count))
    room = [curves.reach(bone, front, way, behind_mm=4.0) for bone in (upper, lower)]
    along = curves.distances(front)
    thick = FLAVUM_MM[region_of(name.split("_")[0])] * canal.spine.stature_factor
    taper = thick * np.minimum(along, along[-1] - along) / _FLAVUM_TAPER_MM
    most = np.minimum(np.clip(np.minimum(*room) + _INTO_BONE_MM, 0.0, thick), taper)
    steps = np.abs(along[:, None] - along[None, :])
    depth = np.min(most[None, :] + _FLAVUM_SLOPE * steps, axis=1)
    depth = np.minimum(gaussian_filter1d(depth, _FLAVUM_SPREAD, mode="nearest"), taper)
    touched = [np.flatnonzero(depth > each - 0.05) for each in room]
    first = int(touched[0][-1]) + 1 if len(touched[0]) else 0
    last = int(touched[1][0]) - 1 if len(touched[1]) else count - 1
    return _Gap(front, front + way * depth[:, None], first, last)


def flavum(canal: Canal, name: str) -> Points2:
    """Ligamentum flavum between two laminae, such as ``"L2_L3"``, closed (N, 2).

    Its front is the back wall of the canal. Between the laminae it is as thick as
    `FLAVUM_MM` says; in front of them it fills what the slanted bone leaves and runs out.

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to S1.
    """
    gap = _gap(canal, name)
    return np.vstack([gap.front, gap.back[::-1][1:-1]])


def flavum_sheet(canal: Canal, name: str) -> tuple[Points2, NDArray[np.float64]]:
    """Front of the ligamentum flavum in the midline (N, 2) and its thickness there (N,).

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to S1.
    """
    gap = _gap(canal, name)
    return gap.front, np.linalg.norm(gap.back - gap.front, axis=1)


def process_edges(canal: Canal, name: str) -> tuple[Points2, Points2]:
    """Facing edges of the two processes of a gap, from the flavum to their tips, open (N, 2).

    Returns the lower edge of the upper process and the upper edge of the lower one (the
    sacral crest below L5).

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to S1.
    """
    return _edges(canal, name, _gap(canal, name))


def _edges(canal: Canal, name: str, gap: _Gap) -> tuple[Points2, Points2]:
    """Edges of the two processes behind a flavum that is known."""
    spine = canal.spine
    upper, lower = _arches(spine, name)
    tips = _tips(spine)[DISCS.index(name) :]
    # Outlines run from their front upper corner over the upper edge to the tip and back below
    above = _stretch(upper, tips[0], gap.back[gap.first])[::-1]
    below = _stretch(lower, gap.back[gap.last], tips[1])
    return curves.resample(above, _EDGE_POINTS), curves.resample(below, _EDGE_POINTS)


def _stretch(outline: Points2, start: Points2, end: Points2) -> Points2:
    """Cut the stretch of a closed outline between the places nearest to two points."""
    first, last = (
        int(np.argmin(np.linalg.norm(outline - point, axis=1))) for point in (start, end)
    )
    count = (last - first) % len(outline) + 1
    return outline[(first + np.arange(count)) % len(outline)]


def interspinous(canal: Canal, name: str) -> Points2:
    """Sheet between two spinous processes, C2 to S1, closed (N, 2).

    It fills what lies between their edges, the flavum and the line over their tips.

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to S1.
    """
    gap = _gap(canal, name)
    above, below = _edges(canal, name, gap)
    at = DISCS.index(name) * _SAMPLES
    behind = _tip_curve(canal.spine)[at + 1 : at + _SAMPLES]
    before = gap.back[gap.first : gap.last + 1]
    return np.vstack([above, behind, below[::-1], before[::-1]])


def _tips(spine: Spine) -> Points2:
    """Hindmost points of the processes from C2 to L5 and of the sacrum's first, (N, 2)."""
    return np.array([*map(spine.spinous_tip, LEVELS[1:-1]), spine.sacral_tip()])


def _tip_curve(spine: Spine) -> Points2:
    """Curve through the tips, cranial first, with `_SAMPLES` points from each to the next."""
    return curves.smooth(_tips(spine), samples=_SAMPLES)


def supraspinous(spine: Spine) -> Points2:
    """Middle line of the cord over the tips of the processes from C7 to L4, cranial first."""
    line = curves.offset(_tip_curve(spine), TIP_GAP_MM * spine.stature_factor)
    first, last = (LEVELS[1:].index(level) * _SAMPLES for level in ("C7", SUPRASPINOUS_END))
    return line[first : last + 1]


def anterior_longitudinal(spine: Spine) -> Points2:
    """Middle line of the ligament on the front of bodies and discs, C2 to S1, open."""
    knots = []
    for level in LEVELS[1:-1]:
        uf, ub, _, lf = spine.frame(level).corners
        inward = (ub - uf) * 0.05
        knots += [uf - inward * 0.3, (uf + lf) / 2 + inward * 0.7, lf - inward * 0.3]
    knots.append(spine.frame("S1").corners[0])
    return curves.smooth(np.array(knots), samples=4)


def posterior_longitudinal(canal: Canal) -> Points2:
    """Middle line of the ligament on the back of bodies and discs, open."""
    wall = canal.anterior_wall()
    return curves.offset(wall, 0.4)
