"""Ligaments of the column as solids in patient axes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import ligaments
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.rails import Band, Rail
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, add, cut
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS, vertebrae
from spineanim.geometry.vertebra import Region, region_of

Rows = NDArray[np.float64]

# Slant of a flavum's halves: how far each runs forward for a millimetre to the side, as the
# laminae behind the canal do (M)
FLAVUM_FOLD: Final[dict[Region, float]] = {"cervical": 0.42, "thoracic": 0.38, "lumbar": 0.66}
# How far a flavum reaches to the side, as a share of half the canal's width: to the joints (M)
_FLAVUM_WIDE: Final = 0.80
# The halves meet behind and leave a furrow in front, filled with fat; a slit for veins opens
# right through in the lower third: half widths, depth of the furrow, place of the slit (M)
_FURROW_MM: Final = 0.7
_FURROW_SHARE: Final = 0.28
_SLIT_MM: Final = 0.45
_SLIT: Final = (0.70, 0.76)
# How far the fronts of the flava stand back between the laminae: the wall of the canal is a
# sawtooth, narrow at the top of a lamina and wide at its lower edge [54]
_SAW_MM: Final[dict[Region, float]] = {"cervical": 0.3, "thoracic": 0.8, "lumbar": 1.6}
_SAW_PEAK: Final = 0.72
_SAW_REACH: Final = 0.56

# Half widths of the long ligaments by level and thickness in front, 1 to 2.5 (M)
_FRONT_WIDE: Final = (
    ("C2", 4.0),
    ("C5", 5.5),
    ("T1", 7.0),
    ("T8", 8.5),
    ("L1", 10.0),
    ("S1", 11.0),
)
_FRONT_THICK: Final = (("C2", 1.3), ("T1", 1.5), ("T8", 1.8), ("L3", 2.0), ("S1", 1.6))
# Its inner face against its middle line at the rims, and how much deeper it lies over the
# hollow of the bodies, which loose tissue fills: share of the body's depth (D)
_FRONT_INNER_MM: Final = -0.4
_HOLLOW: Final = (
    ("C2", 0.036), ("C7", 0.030), ("T1", 0.09), ("T3", 0.08), ("T8", 0.06), ("T12", 0.045),
    ("L1", 0.09), ("S1", 0.09),
)  # fmt: skip
# The posterior one is 1 to 1.5 thick, broad over the discs and narrow over the bodies (M)
_BACK_MM: Final = (0.22, 1.35)
_BACK_OVER_DISC: Final = (("C2", 6.0), ("T1", 5.5), ("T8", 6.0), ("L3", 7.5), ("S1", 5.0))
_BACK_OVER_BODY: Final = (("C2", 5.0), ("T1", 4.0), ("T8", 3.5), ("L3", 3.0), ("S1", 2.5))
_MIDDLE: Final = 1.0 / 3.0
# How far it follows the round front of a body: an ellipse's curvature there is 1 (D)
_WRAP: Final = 0.9
_BACK_END: Final = 24.6
# Band over the tips 3 to 5 wide; sheets between the processes 4 to 8 thick (M)
_TIPS_HALF: Final = (2.0, 1.6)
_SHEET_HALF_MM: Final[dict[Region, float]] = {"cervical": 2.0, "thoracic": 2.2, "lumbar": 2.9}
# How far a sheet runs into the processes, so that no slit is left; bone is laid over it (D)
_INTO_BONE_MM: Final = 0.7


def ligament_parts(spine: Spine, canal: Canal) -> tuple[Part, ...]:
    """All ligaments: three long ones, and flavum and interspinous sheet of every gap.

    Long parts: cut them with `dural.by_level` before sampling.
    """
    found = [
        Part("anterior_longitudinal", Tissue.LIGAMENT, anterior(spine)),
        Part("posterior_longitudinal", Tissue.LIGAMENT, posterior(canal)),
        Part("supraspinous", Tissue.LIGAMENT, supraspinous(spine)),
    ]
    for name in DISCS:
        found.append(Part(f"interspinous_{name}", Tissue.LIGAMENT, interspinous(canal, name)))
        found.append(Part(f"flavum_{name}", Tissue.FLAVUM, flavum(canal, name)))
    return tuple(found)


def _by_station(table: tuple[tuple[str, float], ...], at: Rows) -> Rows:
    """Spread a per-level table over stations (M,)."""
    marks = [station(level) for level, _ in table]
    return np.interp(at, marks, [value for _, value in table])


def anterior(spine: Spine) -> Solid:
    """Ligament on the front of bodies and discs, C2 to S1, bent round them."""
    line = ligaments.anterior_longitudinal(spine)
    scale = spine.stature_factor
    # Three knots a level with four samples each, C2 first; the second is a body's middle
    at = 1.0 + np.arange(len(line)) / 12.0
    rows = [vertebrae()[level] for level in LEVELS[1:]]
    wide = [row.number("body_width_mm") / 2 for row in rows]
    deep = [row.number("body_depth_mm") / 2 for row in rows]
    bend = np.interp(at, np.arange(1, len(LEVELS)), _WRAP * np.array(deep) / (2 * np.square(wide)))
    thick = _by_station(_FRONT_THICK, at) * scale
    hollow = np.interp(at, np.arange(1, len(LEVELS)), np.array(deep)) * _by_station(_HOLLOW, at)
    middle = 0.5 + 0.5 * np.cos(2 * np.pi * (at - _MIDDLE))
    inner = _FRONT_INNER_MM + hollow * scale * middle**1.2
    half = _by_station(_FRONT_WIDE, at) * scale
    return Band(
        Rail(line), _FRONT_INNER_MM - thick, inner, half, bend_per_mm=bend / scale, edge_mm=0.6
    )


def posterior(canal: Canal) -> Solid:
    """Ligament on the back of bodies and discs, C2 to S1."""
    scale, stations = canal.spine.stature_factor, canal.stations
    keep = (stations >= 0.6) & (stations <= _BACK_END)
    line = canal.anterior_wall()[keep]
    at = stations[keep]
    disc, body = _by_station(_BACK_OVER_DISC, at), _by_station(_BACK_OVER_BODY, at)
    share = (0.5 - 0.5 * np.cos(2 * np.pi * at)) ** 1.5
    half = (body + (disc - body) * share) * scale
    front, back = (np.full(len(line), value * scale) for value in _BACK_MM)
    return Band(Rail(line), front, back, half, edge_mm=0.5)


def supraspinous(spine: Spine) -> Solid:
    """Cord over the tips of the processes from C7 to L4."""
    line = ligaments.supraspinous(spine)
    wide, thick = (np.full(len(line), value * spine.stature_factor) for value in _TIPS_HALF)
    return Band(Rail(line), -thick, thick, wide, edge_mm=1.2)


def interspinous(canal: Canal, name: str) -> Solid:
    """Sheet between two processes."""
    half = _SHEET_HALF_MM[region_of(name.split("_")[0])] * canal.spine.stature_factor
    outline = ligaments.interspinous(canal, name)
    sheet = Extrusion(outline, half, "sagittal", edge_mm=0.8, soften_mm=0.3)
    return Grown(sheet, _INTO_BONE_MM)


def flavum(canal: Canal, name: str) -> Solid:
    """Paired sheet from lamina to lamina, in two halves that slant forward to the sides."""
    region, scale = region_of(name.split("_")[0]), canal.spine.stature_factor
    line, thick = ligaments.flavum_sheet(canal, name)
    fold = FLAVUM_FOLD[region]
    deep = thick * np.hypot(1.0, fold)
    share = np.linspace(0.0, 1.0, len(line))
    middle = station(name)
    front = sawtooth(canal, middle + _SAW_REACH * (2 * share - 1))
    # Tapered ends keep to the bone
    front = front * np.clip(thick / np.max(thick), 0.0, 1.0)
    bony = np.interp(middle + share - 0.5, canal.stations, canal.half_widths[0])
    slant = np.full(len(line), -fold)
    rail = Rail(line)
    sheet = Band(rail, front, front + deep, _FLAVUM_WIDE * bony, fold=slant, edge_mm=0.5)
    slit = (share > _SLIT[0]) & (share < _SLIT[1])
    depth = np.where(slit, 1.2, _FURROW_SHARE) * deep
    wide = np.where(slit, _SLIT_MM, _FURROW_MM) * scale
    gap = Band(rail, front - 2.0, front + depth, wide, edge_mm=0.2)
    return Blend((add(sheet), cut(gap, 0.4)))


def sawtooth(canal: Canal, at: Rows) -> Rows:
    """How far the back wall of the canal stands back at stations (M,), midline (mm)."""
    found = np.zeros(len(at))
    for name in DISCS:
        share = (at - station(name) + _SAW_REACH) / (2 * _SAW_REACH)
        up, down = share / _SAW_PEAK, (1 - share) / (1 - _SAW_PEAK)
        rise = np.clip(np.minimum(up, down), 0.0, 1.0)
        most = _SAW_MM[region_of(name.split("_")[0])]
        found = np.maximum(found, most * rise * rise * (3 - 2 * rise))
    return found * canal.spine.stature_factor
