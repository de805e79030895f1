"""Discs: a fibrous ring with a soft nucleus, filling the dished end plates of its neighbours."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.geometry.bones.shape import VertebralBody
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.soft.rails import Window
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, Placed, Pose, add, keep
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import vertebrae
from spineanim.geometry.vertebra import Region, region_of

# Bulge of the ring beyond the rims at mid height (M): lumbar 1.1, less where discs are thin
_BULGE_MM: Final[dict[Region, float]] = {"cervical": 0.5, "thoracic": 0.6, "lumbar": 1.1}
# Rise of the disc's faces inside the rims: the dish of the end plate and 0.8 mm into it, so
# that no slit is left; bone is laid over it (M)
_DOME_MM: Final[dict[Region, float]] = {"cervical": 1.3, "thoracic": 1.5, "lumbar": 1.9}
# Outline as the bodies': lumbar kidney, thoracic heart, cervical oval (M)
_KIDNEY_MM: Final[dict[Region, float]] = {"cervical": 0.0, "thoracic": 0.6, "lumbar": 1.3}
_HEART: Final[dict[Region, float]] = {"cervical": 0.0, "thoracic": 0.16, "lumbar": 0.0}
_NUCLEUS_WIDTH: Final = 0.54
_NUCLEUS_DEPTH: Final = 0.46
"""Size of the nucleus at the end plates against the disc; with its bulging sides it takes
30 to 40 % of the disc's section [M]."""
_NUCLEUS_BACK: Final = 0.045
"""How far the nucleus lies behind the disc's middle, as a share of its depth [M]."""
_WEDGE_STEP_DEG: Final = 0.1


def disc_part(spine: Spine, name: str) -> Part:
    """Disc such as ``"L3_L4"`` in its own frame, with its pose in the patient.

    Own frame: origin in the middle between the two end plates, x left, y to the back, z along
    the mean of the plates' normals. The shape depends on sizes and wedge alone, the wedge in
    steps of a tenth of a degree (0.03 mm at the edge).

    Raises
    ------
    LookupError
        If there is no such disc.
    """
    corners = spine.disc_corners(name)
    upper, lower = name.split("_")
    above, below = spine.frame(upper), spine.frame(lower)
    tilt = (above.lower_tilt_deg + below.tilt_deg) / 2
    wedge = round((above.lower_tilt_deg - below.tilt_deg) / _WEDGE_STEP_DEG) * _WEDGE_STEP_DEG
    middle = corners.mean(axis=0)
    solid = ring(upper, lower, wedge, spine.stature_factor)
    core = nucleus(upper, lower, wedge, spine.stature_factor)
    pose = Pose.tilted(tilt, (0.0, *middle))
    return Part(name, Tissue.ANNULUS, solid, pose, core=(Zone(Tissue.NUCLEUS, core),))


def _plates(upper: str, lower: str) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Width and depth of the plate above and below a disc, and its height (mm).

    The lower plate of a body is the mean of its own upper one and of the next body's, as in
    ``Frame.corners`` [D].
    """
    high, low = vertebrae()[upper], vertebrae()[lower]
    wide = [row.number("body_width_mm") for row in (high, low)]
    deep = [row.number("body_depth_mm") for row in (high, low)]
    return (
        (sum(wide) / 2, sum(deep) / 2),
        (wide[1], deep[1]),
        high.number("disc_height_below_mm"),
    )


def _shape(
    plates: tuple[tuple[float, float], tuple[float, float]],
    height_mm: float,
    wedge_deg: float,
    upper: str,
    bulge_mm: tuple[float, float],
) -> Solid:
    """Plate between two end plates with domed faces and a rim that bulges (sides, back)."""
    region, (side, back) = region_of(upper), bulge_mm
    body = VertebralBody(
        *plates,
        height_mm,
        wedge_deg,
        waist_mm=(-side, -side, -back),
        dish_mm=(-_DOME_MM[region], -_DOME_MM[region]),
        kidney_mm=_KIDNEY_MM[region],
        heart=_HEART[region],
        rim_mm=0.0,
        edge_mm=0.9,
    )
    room = max(side, back, 0.0) + _DOME_MM[region]
    return Window(body, body.bounds.grown(room), room)


def ring(upper: str, lower: str, wedge_deg: float, scale: float = 1.0) -> Solid:
    """Return the whole disc in its own frame."""
    high, low, tall = _plates(upper, lower)
    bulge = _BULGE_MM[region_of(upper)]
    return Placed(_shape((high, low), tall, wedge_deg, upper, (bulge, 0.6 * bulge)), scale=scale)


def nucleus(upper: str, lower: str, wedge_deg: float, scale: float = 1.0) -> Solid:
    """Soft core of a disc in the disc's own frame, inside the ring."""
    high, low, tall = _plates(upper, lower)
    plates = [(w * _NUCLEUS_WIDTH, d * _NUCLEUS_DEPTH) for w, d in (high, low)]
    # Its sides are strongly rounded: they bulge by half the disc's height
    round_mm = 0.28 * tall
    core = _shape((plates[0], plates[1]), tall, wedge_deg, upper, (round_mm, round_mm))
    back = Pose(np.eye(3), np.array([0.0, _NUCLEUS_BACK * (high[1] + low[1]) / 2, 0.0]) * scale)
    whole = ring(upper, lower, wedge_deg, scale)
    return Blend((add(Placed(core, back, scale)), keep(Grown(whole, -0.5 * scale), 1.2 * scale)))
