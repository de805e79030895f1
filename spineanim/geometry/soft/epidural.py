"""Fat between the dura and the bony canal, and round the nerves in the foramina."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.dural import sac
from spineanim.geometry.soft.exits import GANGLION, NERVES, by_name, exit_of
from spineanim.geometry.soft.ligament_solids import FLAVUM_FOLD, sawtooth
from spineanim.geometry.soft.rails import Band, Rail, Strands, thread
from spineanim.geometry.soft.roots import root_line, sided
from spineanim.geometry.solids.combine import Blend, add, cut, keep
from spineanim.geometry.spine import Spine

Rows = NDArray[np.float64]

FIRST: Final = "C2"
"""Level at which the fat begins; above it lie veins [M]."""

_LAST_STATION: Final = 27.2
# Slant of the laminae beside the midline along the canal, as that of the flava; flatter in the
# sacrum (M)
_FOLD: Final = (
    (1.0, FLAVUM_FOLD["cervical"]), (5.5, FLAVUM_FOLD["cervical"]), (7.5, FLAVUM_FOLD["thoracic"]),
    (17.5, FLAVUM_FOLD["thoracic"]), (19.5, FLAVUM_FOLD["lumbar"]), (23.0, FLAVUM_FOLD["lumbar"]),
    (24.5, 0.35), (28.0, 0.35),
)  # fmt: skip
# How far fat fills the furrow between the flava, and how far it reaches in front of the
# pedicles' line (M)
_FURROW_MM: Final = 1.6
# Fat round a nerve in its foramen beyond the radius of the ganglion: plenty in the lumbar
# spine, little in the neck (M)
_ROUND_NERVE: Final = (
    ("C1", 0.3),
    ("C8", 0.6),
    ("T4", 1.2),
    ("T12", 1.8),
    ("L5", 2.2),
    ("S5", 0.8),
)


def fat_part(spine: Spine, canal: Canal) -> Part:
    """Epidural fat from C2 to S4 with that in the foramina, outside the sac.

    Bones, ligaments, sac and nerves are laid over it: behind the lumbar sac it shows between
    the flava as a triangle, 5 to 6 mm deep [54]. Cut it with `dural.by_level` first.
    """
    stations = canal.stations
    inside = (stations >= station(FIRST)) & (stations <= _LAST_STATION)
    rail = Rail(canal.anterior_wall()[inside])
    at = stations[inside]
    deep = canal.depth_mm[inside] + sawtooth(canal, at)
    wide = canal.half_widths[0][inside] + 0.4
    none, far = np.zeros(len(at)), np.full(len(at), -60.0)
    marks, folds = zip(*_FOLD, strict=True)
    slant = -np.interp(at, marks, folds)
    box = Band(rail, none, deep + _FURROW_MM, wide, edge_mm=1.5)
    roof = Band(rail, far, deep, wide + 20.0, fold=slant, edge_mm=0.5)
    ridge = Band(rail, none, deep + _FURROW_MM, np.full(len(at), 1.2), edge_mm=0.6)
    canal_fat = Blend((add(box), keep(roof, 0.5), add(ridge, 0.6)))
    whole = Blend((add(canal_fat), add(_in_foramina(canal), 1.5), cut(sac(canal))))
    return Part("epidural_fat", Tissue.FAT, whole)


def _in_foramina(canal: Canal) -> Strands:
    """Fat round the nerves from the dura to just beyond the ganglion."""
    lines: list[tuple[Points3, Rows]] = []
    for name in NERVES[1:-4]:
        leave = exit_of(canal, name)
        start = root_line(canal, name, leave, "dorsal")[-1]
        more = by_name(_ROUND_NERVE, name) * canal.spine.stature_factor
        radius = by_name(GANGLION, name) * canal.spine.stature_factor + more
        end = leave.ganglion + 0.6 * (leave.beyond[0] - leave.ganglion)
        points = np.vstack([start, leave.ganglion, end])
        line = thread(points, np.array([radius, radius, 0.5 * radius]))
        lines.extend(sided(line, side) for side in ("left", "right"))
    return Strands.of(lines)
