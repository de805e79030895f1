"""Ligaments of the column in the midline, (y posterior, z cranial) in millimetres."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import FLAVUM_MM, Canal
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.vertebra import region_of

SUPRASPINOUS_END: Final = "L4"
"""Last spinous process that the supraspinous ligament reaches [M]."""

# Where the flavum leaves the upper lamina and meets the lower one, share of body height, M
_FLAVUM_SPAN: Final = {
    "cervical": (-0.40, 0.16),
    "thoracic": (-0.40, 0.26),
    "lumbar": (-0.20, 0.10),
}


def flavum(spine: Spine, name: str) -> Points2:
    """Ligamentum flavum between two laminae, such as ``"L2_L3"``, closed (N, 2).

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to S1.
    """
    if name not in DISCS:
        raise LookupError(f"there is no interlaminar gap {name}")
    upper, lower = name.split("_")
    region = region_of(upper)
    thick = FLAVUM_MM[region] * spine.stature_factor
    size = spine.sizes(upper)
    leave, meet = _FLAVUM_SPAN[region]
    start = spine.frame(upper).place(
        np.array([[size.half_depth + size.canal + 0.2 * thick, leave * size.height]])
    )[0]
    if lower == "S1":
        s1 = np.array([[31.6, -4.0]]) * spine.stature_factor
        end = spine.frame("S1").place(s1)[0]
    else:
        below = spine.sizes(lower)
        end = spine.frame(lower).place(
            np.array([[below.half_depth + below.canal + 0.3 * thick, meet * below.height]])
        )[0]
    axis = curves.resample(np.array([start, end]), 9)
    share = np.linspace(0.0, 1.0, 9)
    bow = np.sin(np.pi * share) * 0.10 * thick
    axis = curves.offset(axis, bow)
    half = thick / 2 * (0.70 + 0.30 * np.sin(np.pi * share))
    edge = np.vstack([curves.offset(axis, half), curves.offset(axis, -half)[::-1]])
    return curves.smooth(edge[1::2], closed=True, samples=5)


def interspinous(spine: Spine, name: str) -> Points2:
    """Sheet between two spinous processes, C2 to L5, closed (N, 2).

    Raises
    ------
    LookupError
        If the two levels are not neighbours from C2 to L5.
    """
    if name not in DISCS or name.endswith("S1"):
        raise LookupError(f"no interspinous ligament is called {name}")
    upper, lower = name.split("_")
    shares = (0.10, 0.32, 0.55, 0.78, 0.95)
    above = _edge(spine, upper, shares, lowest=True)
    below = _edge(spine, lower, shares, lowest=False)
    knots = np.vstack([above, below[::-1]])
    return curves.resample(knots, 60, closed=True)


def _edge(spine: Spine, level: str, shares: tuple[float, ...], *, lowest: bool) -> Points2:
    """Lower or upper edge of a spinous process at shares of its reach, in (y, z)."""
    frame = spine.frame(level)
    outline = spine.spinous_process(level)
    local = (outline - frame.centre) @ np.linalg.inv(_axes(spine, level))
    reach = local[:, 0].min() + np.array(shares) * np.ptp(local[:, 0])
    found = []
    for u in reach:
        near = np.abs(local[:, 0] - u) < 0.06 * np.ptp(local[:, 0])
        heights = local[near, 1]
        found.append((u, float(heights.min() if lowest else heights.max())))
    return frame.place(np.array(found))


def _axes(spine: Spine, level: str) -> Points2:
    """Rows: posterior and cranial direction of a level's frame."""
    frame = spine.frame(level)
    return frame.place(np.eye(2)) - frame.centre


def supraspinous(spine: Spine) -> Points2:
    """Cord over the tips of the spinous processes from C7 to L4, open, cranial first."""
    last = LEVELS.index(SUPRASPINOUS_END)
    names = LEVELS[LEVELS.index("C7") : last + 1]
    tips = np.array([spine.spinous_tip(name) for name in names])
    return curves.smooth(tips + np.array([1.4, 0.0]), samples=6)


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
