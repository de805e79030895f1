"""The catheter as a solid: soft tube along its route, closed rounded tip with side holes.

Outer and inner diameter of `CatheterSize` (1.2 and 0.5 mm, M). Number, size and spacing of
the side holes M. A long thin tube is given in pieces, because a solid is sampled over its box.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.interpolate import CubicSpline

from spineanim.geometry import curves
from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.catheter import STRETCHES, CatheterRoute
from spineanim.geometry.params import CATHETER, CatheterSize
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.combine import Blend, add, cut
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.primitives import Cylinder

PIECE_MM: Final = 40.0
"""Longest piece, so that a piece's box stays small."""

SIDE_HOLES_MM: Final = (3.0, 4.5, 6.0, 7.5, 9.0, 10.5)
"""Distance of the side holes from the end of the tip; they alternate left, right, back [M]."""

SIDE_HOLE_RADIUS_MM: Final = 0.22
TIP_PIECE_MM: Final = 14.0
_CLOSED_MM: Final = 2.0
_MARKED_MM: Final = 1.5
_STEP_MM: Final = 0.5


def catheter_parts(
    route: CatheterRoute,
    first: str = STRETCHES[0],
    last: str = STRETCHES[-1],
    times: float = 1.0,
    size: CatheterSize = CATHETER,
) -> tuple[Part, ...]:
    """Return the catheter over some stretches of its route, in patient axes.

    Parameters
    ----------
    route : CatheterRoute
    first, last : str
        Stretches to begin and end with, of `STRETCHES`.
    times : float
        How much thicker than life: 1 in close-ups, 3 to 5 where the whole trunk is shown.
    size : CatheterSize

    Returns
    -------
    tuple of Part
        ``catheter_1`` and so on from the pump to the tip, the last one ``catheter_tip`` if the
        route's end is among the stretches. Neighbours meet end to end.
    """
    line = fine(route.between(first, last))
    if last != STRETCHES[-1]:
        return _pieces(line, times, size)
    whole = curves.length(line)
    end = min(TIP_PIECE_MM * max(times, 1.0), 0.5 * whole)
    tip = tip_part(curves.part(line, 1 - end / whole, 1.0), times, size)
    return (*_pieces(curves.part(line, 0.0, 1 - end / whole), times, size), tip)


def tube_parts(
    name: str, line_mm: Points3, times: float = 1.0, size: CatheterSize = CATHETER
) -> tuple[Part, ...]:
    """Return a catheter along any line (N, 3), as pieces ``name_1`` and so on."""
    return _pieces(fine(line_mm), times, size, name)


def fine(line_mm: Points3) -> Points3:
    """Put a smooth curve through a route's points, sampled every half millimetre, (N, 3)."""
    line = line_mm[np.concatenate([[True], np.diff(curves.distances(line_mm)) > 1e-6])]
    along = curves.distances(line)
    count = max(int(along[-1] / _STEP_MM), 4)
    smooth: Points3 = CubicSpline(along, line)(np.linspace(0.0, along[-1], count + 1))
    return smooth


def _pieces(
    line: Points3, times: float, size: CatheterSize, name: str = "catheter"
) -> tuple[Part, ...]:
    count = max(int(np.ceil(curves.length(line) / PIECE_MM)), 1)
    edges = np.linspace(0.0, 1.0, count + 1)
    return tuple(
        _piece(f"{name}_{i + 1}", curves.part(line, edges[i], edges[i + 1]), times, size)
        for i in range(count)
    )


def _piece(name: str, line: Points3, times: float, size: CatheterSize) -> Part:
    bore = Tube.even(line, size.inner_diameter_mm / 2 * times)
    wall = Tube.even(line, size.outer_diameter_mm / 2 * times)
    return Part(name, Tissue.SILICONE, wall, core=(Zone(Tissue.MEDICATION, bore),))


def tip_part(line_mm: Points3, times: float = 1.0, size: CatheterSize = CATHETER) -> Part:
    """Return the end of the catheter: closed, rounded, with side holes into its bore.

    Parameters
    ----------
    line_mm : ndarray, shape (N, 3)
        Towards the tip; the rounded end just reaches its last point.
    times : float
    size : CatheterSize
    """
    radius = size.outer_diameter_mm / 2 * times
    whole = curves.length(line_mm)

    def back_to(from_end_mm: float) -> Points3:
        return curves.part(line_mm, 0.0, 1 - min(from_end_mm / whole, 0.95))

    body = Tube.even(back_to(radius), radius)
    bore = Tube.even(back_to(_CLOSED_MM * times), size.inner_diameter_mm / 2 * times)
    holes = [_hole(line_mm, i, times, radius) for i in range(len(SIDE_HOLES_MM))]
    steps = [add(body), *(cut(hole, 0.03) for hole in holes)]
    end = line_mm[-1]
    marked = Tube.even(np.array([line_mm[-2], end]), _MARKED_MM * times)
    return Part(
        "catheter_tip",
        Tissue.SILICONE,
        Blend(tuple(steps)),
        core=(Zone(Tissue.MEDICATION, bore),),
        marks=(Zone(Tissue.TITANIUM, marked), Zone(Tissue.MEDICATION, bore)),
    )


def _hole(line: Points3, index: int, times: float, radius_mm: float) -> Cylinder:
    """Hole from the bore to one side; left, right and back take turns."""
    whole = curves.length(line)
    share = 1 - min(SIDE_HOLES_MM[index] * times / whole, 0.97)
    middle = curves.point_at(line, share)
    ahead = curves.point_at(line, min(share + 0.01, 1.0)) - middle
    ahead = ahead / np.linalg.norm(ahead)
    side = np.cross(ahead, (0.0, 1.0, 0.0))
    if np.linalg.norm(side) < 0.1:
        side = np.cross(ahead, (1.0, 0.0, 0.0))
    side = side / np.linalg.norm(side)
    way = (side, np.cross(ahead, side), -side)[index % 3]
    start, end = middle, middle + way * radius_mm * 2
    return Cylinder(_triple(start), _triple(end), SIDE_HOLE_RADIUS_MM * times)


def _triple(point: Points3) -> Vector3:
    x, y, z = (float(value) for value in point)
    return (x, y, z)
