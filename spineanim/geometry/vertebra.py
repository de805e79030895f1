"""Sagittal outlines of one vertebra in its own frame.

Local axes: first coordinate posterior, second cranial, millimetres, origin at the
centre of the body. Sizes come from the level table (scaled); proportions of the
processes are drawn for this project after textbook shape rules (M): short split neck
spines, long sloping chest spines, blunt level hatchets in the lumbar spine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.table import vertebrae

Region = Literal["cervical", "thoracic", "lumbar"]

_REGION: Final[dict[str, Region]] = {"C": "cervical", "T": "thoracic", "L": "lumbar"}

# Slope below the body's level, T1 30, most T6 58, T12 16 [13]; the rest interpolated
THORACIC_SLOPE: Final = (30, 36, 42, 48, 54, 58, 57, 53, 46, 37, 26, 16)
# Slopes of the neck spines, M
_CERVICAL_SLOPE: Final = {2: 18.0, 3: 20.0, 4: 22.0, 5: 25.0, 6: 28.0, 7: 30.0}
LUMBAR_HEIGHT: Final = (0.92, 0.98, 1.0, 0.92, 0.78)
"""Height of the lumbar hatchets L1 to L5 relative to L3 [M]."""


def region_of(level: str) -> Region:
    """Region of a movable level C1 to L5.

    Raises
    ------
    LookupError
        For any other name.
    """
    if level[:1] not in _REGION or level not in vertebrae():
        raise LookupError(f"no movable vertebra is called {level}")
    return _REGION[level[0]]


@dataclass(frozen=True)
class Sizes:
    """Scaled sizes of one level (mm): half depth, height, canal depth, spine length."""

    half_depth: float
    height: float
    canal: float
    spinous: float
    pedicle: float
    scale: float


def sizes_of(level: str, half_depth: float, height: float, scale: float) -> Sizes:
    """Collect the sizes that the outlines of a level need."""
    row = vertebrae()[level]
    return Sizes(
        half_depth,
        height,
        row.number("canal_depth_mm") * scale,
        row.number("spinous_length_mm") * scale,
        row.number("pedicle_height_mm") * scale,
        scale,
    )


def body_outline(corners: Points2, waist: float, bulge: float) -> Points2:
    """Round a body from its four corners: hollow sides, slightly dished end plates.

    Parameters
    ----------
    corners : ndarray, shape (4, 2)
        Upper front, upper back, lower back, lower front.
    waist : float
        Depth of the hollow of front and back as a share of the body's depth.
    bulge : float
        Depth of the dish of the end plates as a share of the body's height.
    """
    uf, ub, lb, lf = corners
    across, along = ub - uf, (uf + ub - lf - lb) / 2

    def between(a: Points2, b: Points2, share: float, shift: Points2) -> Points2:
        return a + (b - a) * share + shift

    dish, hollow = -along * bulge, across * waist
    knots = [
        between(uf, lf, 0.07, -across * 0.012),
        between(uf, ub, 0.05, along * 0.01),
        between(uf, ub, 0.22, dish * 0.45),
        between(uf, ub, 0.52, dish),
        between(uf, ub, 0.80, dish * 0.5),
        between(uf, ub, 0.95, along * 0.008),
        between(ub, lb, 0.07, across * 0.006),
        between(ub, lb, 0.30, -hollow * 0.35),
        between(ub, lb, 0.52, -hollow * 0.5),
        between(ub, lb, 0.74, -hollow * 0.35),
        between(ub, lb, 0.93, across * 0.006),
        between(lb, lf, 0.05, -along * 0.008),
        between(lb, lf, 0.25, -dish * 0.5),
        between(lb, lf, 0.50, -dish),
        between(lb, lf, 0.78, -dish * 0.45),
        between(lb, lf, 0.95, -along * 0.01),
        between(lf, uf, 0.07, -across * 0.012),
        between(lf, uf, 0.27, hollow * 0.6),
        between(lf, uf, 0.50, hollow),
        between(lf, uf, 0.73, hollow * 0.6),
    ]
    return curves.smooth(knots, closed=True, samples=6)


def spinous_outline(level: str, size: Sizes) -> Points2:
    """Spinous process with the root of the lamina, as cut in the midline, closed (N, 2)."""
    region, index = region_of(level), int(level[1:])
    if region == "lumbar":
        knots = _lumbar_spine(size, LUMBAR_HEIGHT[index - 1])
    elif region == "thoracic":
        knots = _thoracic_spine(size, float(THORACIC_SLOPE[index - 1]), index)
    else:
        knots = _cervical_spine(size, _CERVICAL_SLOPE[index], index)
    return curves.smooth(knots, closed=True, samples=6)


def _lumbar_spine(size: Sizes, tall: float) -> Points2:
    """Knots of a blunt, level hatchet; its front slopes back towards its lower edge."""
    shape = np.array(
        [
            (0.00, 0.13), (0.20, 0.145), (0.45, 0.14), (0.72, 0.115), (0.92, 0.06), (0.995, -0.06),
            (1.0, -0.22), (0.985, -0.40), (0.92, -0.50), (0.76, -0.515), (0.52, -0.45),
            (0.30, -0.385), (0.12, -0.36), (0.07, -0.26), (0.025, -0.06),
        ]
    )  # fmt: skip
    middle = -0.17
    shape[:, 1] = middle + (shape[:, 1] - middle) * tall
    return shape * [size.spinous, size.height] + [size.half_depth + size.canal, 0.0]


def _thoracic_spine(size: Sizes, slope_deg: float, index: int) -> Points2:
    """Knots of a long spine that slopes down over the level below."""
    turn = np.radians(slope_deg)
    along = np.array([np.cos(turn), -np.sin(turn)])
    over = np.array([np.sin(turn), np.cos(turn)])
    wall = size.half_depth + size.canal
    thick = (3.6 + 0.45 * max(index - 9, 0)) * size.scale
    root = np.array([wall + 3.5, -0.14 * size.height])
    reach = size.spinous - 3.5
    edge = [
        (0.34, 1.45), (0.62, 1.15), (0.86, 1.0), (0.965, 0.75), (1.0, 0.0), (0.975, -0.85),
        (0.90, -1.15), (0.70, -1.1), (0.44, -1.2),
    ]  # fmt: skip
    knots = [root + along * reach * share + over * thick * side for share, side in edge]
    top = [(wall, 0.30 * size.height), (wall + 3.6 * size.scale, 0.26 * size.height)]
    bottom = [(wall + 4.6 * size.scale, -0.60 * size.height), (wall + 1.6, -0.60 * size.height),
              (wall + 0.6, -0.2 * size.height)]  # fmt: skip
    return np.array([*top, *knots, *bottom])


def _cervical_spine(size: Sizes, slope_deg: float, index: int) -> Points2:
    """Knots of a neck spine: low, ending in the knob of its two tips (C2 to C6)."""
    turn = np.radians(slope_deg)
    along = np.array([np.cos(turn), -np.sin(turn)])
    over = np.array([np.sin(turn), np.cos(turn)])
    wall, h = size.half_depth + size.canal, size.height
    split = index < 7
    thick = (3.9 if index == 2 else 2.7 if split else 3.3) * size.scale
    knob = 1.12 if split else 1.0
    edge = [
        (0.42, 1.0), (0.74, 0.85), (0.90, 0.95 * knob), (1.0, 0.25), (0.985, -0.95 * knob),
        (0.88, -1.65 * knob if split else -1.0), (0.74, -1.15), (0.42, -0.95),
    ]  # fmt: skip
    root = np.array([wall, -0.18 * h])
    knots = [root + along * size.spinous * share + over * thick * side for share, side in edge]
    top = [(wall, 0.22 * h), (wall + 2.6 * size.scale, 0.20 * h)]
    bottom = [(wall + 3.0 * size.scale, -0.62 * h), (wall + 0.8, -0.62 * h), (wall + 0.4, -0.2 * h)]
    return np.array([*top, *knots, *bottom])


# ------------------------------------------------------------------- sacrum and coccyx
# Local to S1: posterior and cranial from the middle of the upper end plate (mm), M
_SACRAL_BODIES: Final = [
    (-16.3, 0.8), (-8.0, -0.7), (0.0, -1.2), (9.0, -0.6), (16.4, 0.6), (16.8, -2.0), (16.0, -13.0),
    (15.8, -28.0), (16.4, -43.0), (16.2, -58.0), (13.6, -73.0), (9.0, -87.0), (5.4, -96.2),
    (4.0, -98.6), (0.0, -99.6), (-4.0, -98.9), (-4.6, -96.6), (-1.4, -87.0), (2.2, -73.0),
    (1.6, -58.0), (-1.6, -43.0), (-6.6, -28.0), (-12.0, -13.0), (-16.6, -2.2),
]  # fmt: skip
_SACRAL_CREST: Final = [
    (32.2, -9.6), (35.8, -8.6), (40.6, -9.2), (44.6, -11.8), (46.3, -15.2), (44.7, -18.8),
    (46.0, -22.6),
    (46.5, -28.0), (43.0, -33.5), (43.0, -40.0), (42.5, -46.0), (38.5, -51.0), (37.0, -58.0),
    (33.0, -66.0), (28.0, -75.0), (24.5, -80.0), (23.5, -77.0), (26.5, -66.0), (29.5, -55.0),
    (30.5, -42.0), (30.0, -28.0), (30.6, -14.0),
]  # fmt: skip
SACRAL_TIP: Final = _SACRAL_CREST[3]
"""Tip of the sacrum's first spinous process in the frame of S1 (mm, reference body) [M]."""
SACRAL_CANAL_FRONT: Final = [
    (17.4, 0.0), (16.8, -13.0), (16.4, -28.0), (17.0, -43.0), (16.8, -58.0), (14.6, -72.0),
]  # fmt: skip
"""Front wall of the sacral canal in the frame of S1 (mm, reference body) [M]."""
SACRAL_CANAL_BACK: Final = [
    (33.0, 3.0), (31.0, -13.0), (29.8, -28.0), (30.2, -43.0), (29.2, -56.0), (25.0, -72.0),
]  # fmt: skip
"""Back wall of the sacral canal in the frame of S1 (mm, reference body) [M]."""
SACRAL_JUNCTIONS: Final = [
    ((-9.4, -20.5), (15.8, -20.5)), ((-4.1, -35.5), (16.0, -35.5)), ((0.2, -50.5), (16.4, -50.5)),
    ((2.2, -66.0), (15.0, -66.0)),
]  # fmt: skip
"""Where the fused sacral bodies meet, front and back end, S1-S2 to S4-S5 [M]."""
# Its upper face lies on the sacrum's lower end, (4.0, -98.6) to (-4.0, -98.9)
_COCCYX: Final = [
    (3.9, -98.9), (0.0, -99.8), (-4.0, -99.1), (-5.2, -100.6), (-6.6, -103.2), (-10.8, -106.6),
    (-17.0, -109.2), (-23.5, -110.8), (-30.6, -110.2), (-31.6, -111.4), (-30.8, -112.8),
    (-23.0, -116.2), (-14.8, -115.6), (-6.6, -112.6), (-0.4, -107.6), (3.6, -102.4), (4.6, -100.2),
]  # fmt: skip


def sacral_bodies(scale: float) -> Points2:
    """Fused bodies S1 to S5 in the midline, in the frame of S1, closed (N, 2)."""
    return curves.smooth(np.array(_SACRAL_BODIES) * scale, closed=True, samples=6)


def sacral_crest(scale: float) -> Points2:
    """Back wall of the sacral canal with the median crest, in the frame of S1, closed."""
    return curves.smooth(np.array(_SACRAL_CREST) * scale, closed=True, samples=6)


def coccyx_outline(scale: float) -> Points2:
    """Coccyx in the midline, in the frame of S1, closed (N, 2)."""
    return curves.smooth(np.array(_COCCYX) * scale, closed=True, samples=6)
