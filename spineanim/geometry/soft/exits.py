"""Where every spinal nerve leaves the dura and the column, and how thick its parts are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from spineanim.geometry.axes import Points3
from spineanim.geometry.canal import Canal
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import vertebrae
from spineanim.geometry.vertebra import region_of

NERVES: Final = (
    *(f"C{i}" for i in range(1, 9)), *(f"T{i}" for i in range(1, 13)),
    *(f"L{i}" for i in range(1, 6)), *(f"S{i}" for i in range(1, 6)),
)  # fmt: skip
"""Spinal nerves, cranial to caudal; S5 stands for the last thin roots."""

CAUDA: Final = NERVES[NERVES.index("L2") :]
"""Nerves whose roots make the cauda equina: ten on each side with both roots of the upper."""

# Stations where roots cross the dura: a root leaves the sac about the height of its own
# pedicle; sacral ones in a row down to the end of the sac (M)
SACRAL_CROSSING: Final = {"S1": 23.6, "S2": 24.3, "S3": 24.62, "S4": 24.8, "S5": 24.92}
# Ganglia: half width and half length (mm). L1 2.2 x 2.7 to L5 2.9 x 5.4 (Silav, J Neurosurg
# Sci 2016;60:339, abstract); S1 the largest; neck and chest M
GANGLION: Final = (
    ("C1", 1.3, 1.6), ("C2", 2.5, 3.4), ("C4", 2.2, 3.2), ("C6", 2.6, 4.0), ("C8", 2.5, 3.8),
    ("T1", 2.3, 3.4), ("T3", 1.9, 2.8), ("T12", 2.0, 2.7), ("L1", 2.2, 2.7), ("L2", 2.3, 2.9),
    ("L3", 2.5, 3.6), ("L4", 2.6, 4.0), ("L5", 2.9, 5.4), ("S1", 3.0, 5.4), ("S2", 2.3, 3.8),
    ("S4", 1.3, 2.0), ("S5", 0.8, 1.2),
)  # fmt: skip
# Radius of the nerve beyond the ganglion: L1 3.9 to S1 5.5 thick [57]; the rest M
NERVE: Final = (
    ("C1", 0.9), ("C2", 1.4), ("C4", 1.6), ("C6", 2.0), ("C8", 1.9), ("T1", 1.7), ("T3", 1.4),
    ("T11", 1.4), ("L1", 1.95), ("L5", 2.6), ("S1", 2.75), ("S2", 2.0), ("S4", 0.9), ("S5", 0.6),
)  # fmt: skip
# Radius of a dorsal root in the fluid; the ventral one has three quarters of it (M)
ROOT: Final = (
    ("C1", 0.45), ("C5", 0.75), ("C8", 0.7), ("T3", 0.45), ("T12", 0.5), ("L2", 0.55), ("L5", 0.7),
    ("S1", 0.72), ("S2", 0.55), ("S3", 0.4), ("S5", 0.3),
)  # fmt: skip
VENTRAL_SHARE: Final = 0.75
# How far above the ganglion a nerve crosses the dura, in levels (M)
_RISE: Final = {"C": 0.10, "T": 0.26, "L": 0.34}
# A lumbar nerve runs down this far beside the pedicle and turns out this far above the upper
# end of its ganglion (M)
_BESIDE_PEDICLE_MM: Final = 2.2
_SHOULDER_MM: Final = 1.6
# Way beyond the ganglion in the frame of the level, left, back and up from it: the neck's over
# the transverse processes, the chest's under the ribs, the loin's into the psoas, that of L5
# over the wing of the sacrum (M)
_BEYOND: Final = {
    "C1": ((5.0, -1.0, -0.8), (10.0, -2.0, -1.2), (16.0, -5.0, -1.8)),
    "C2": ((5.0, -0.5, -0.6), (11.0, -2.5, -2.0), (18.0, -6.0, -4.5)),
    "C8": ((4.5, -3.5, -1.2), (10.0, -8.0, -3.0), (17.0, -12.0, -6.5), (26.0, -14.0, -12.0)),
    "C": ((4.5, -4.5, -2.2), (10.0, -9.0, -5.0), (17.0, -12.0, -10.0), (26.0, -13.0, -17.0)),
    "T": ((6.0, 1.0, -1.6), (14.0, 4.0, -3.2), (24.0, 8.0, -5.2), (36.0, 13.5, -8.5)),
    "L": ((4.5, -1.5, -6.0), (9.0, -5.5, -14.0), (13.0, -11.0, -25.0), (15.0, -15.0, -36.0)),
    "L5": ((2.6, -6.5, -4.5), (8.0, -15.5, -10.0), (13.0, -24.0, -20.0), (15.0, -33.0, -32.0)),
}
# Ganglion and way through the sacrum in the frame of S1 (left, back, up; mm, reference body):
# out of the canal, through the opening between two bodies, down its front (M)
_SACRAL_WAY: Final = {
    "S1": ((10.3, 21.5, -11.5), (16.5, 20.0, -20.5), (20.0, 8.0, -23.5), (21.6, -9.0, -25.0),
           (22.0, -15.0, -33.0)),
    "S2": ((8.8, 21.5, -28.0), (14.0, 20.0, -35.5), (18.2, 8.0, -39.0), (19.6, -5.5, -40.5),
           (20.0, -10.0, -48.0)),
    "S3": ((7.2, 22.0, -44.0), (11.5, 21.0, -51.0), (15.6, 10.0, -53.8), (17.0, -2.5, -54.8),
           (17.5, -7.0, -62.0)),
    "S4": ((5.4, 21.5, -58.0), (9.5, 19.5, -64.5), (13.6, 9.0, -67.8), (14.6, -1.5, -68.8),
           (15.0, -5.0, -75.0)),
    "S5": ((3.4, 20.5, -66.0), (3.2, 18.0, -76.0), (3.0, 14.0, -86.0)),
}  # fmt: skip


@dataclass(frozen=True)
class Exit:
    """Where a nerve leaves, on the patient's left (mm; mirrored for the right).

    ``crossing`` is the station at the dura, ``ganglion`` the middle of the ganglion and
    ``beyond`` the places (N, 3) that the nerve passes after it; ``shoulder`` is where it
    turns out below the pedicle, if it runs down beside it first.
    """

    crossing: float
    ganglion: Points3
    beyond: Points3
    shoulder: Points3 | None = None


def by_name(table: tuple[tuple[str | float, ...], ...], name: str, column: int = 1) -> float:
    """Value of a nerve from a table that names some of them."""
    marks = [NERVES.index(str(row[0])) for row in table]
    values = [float(row[column]) for row in table]
    return float(np.interp(NERVES.index(name), marks, values))


def _level_of(name: str) -> str:
    """Vertebra whose pedicle a nerve passes: above it in the neck, under it below."""
    return "T1" if name == "C8" else name


def exit_of(canal: Canal, name: str) -> Exit:
    """Where a nerve leaves the sac and the column.

    Raises
    ------
    LookupError
        If there is no such nerve.
    """
    if name not in NERVES:
        raise LookupError(f"no spinal nerve is called {name}")
    if name[0] == "S":
        return _sacral_exit(canal, name)
    spine, level = canal.spine, _level_of(name)
    local = _ganglion(spine, name, level)
    way = local + np.array(_BEYOND.get(name, _BEYOND[name[0]])) * spine.stature_factor
    frame = spine.frame(level)
    points = np.column_stack([way[:, 0], frame.place(way[:, 1:])])
    ganglion = np.array([local[0], *frame.place(local[1:])])
    at, _ = canal.station_of(ganglion[1:])
    shoulder = None
    if name[0] == "L":
        aside = vertebrae()[level].number("canal_width_mm") / 2 - _BESIDE_PEDICLE_MM
        rise = by_name(GANGLION, name, 2) + _SHOULDER_MM
        scale = spine.stature_factor
        spot = frame.place(local[1:] + np.array([0.8, rise]) * scale)
        shoulder = np.array([aside * scale, *spot])
    return Exit(at - _RISE[name[0]], ganglion, points, shoulder)


def _ganglion(spine: Spine, name: str, level: str) -> Points3:
    """Middle of the ganglion (3,) in the level's own frame, on the left.

    Under the pedicle of the own vertebra below C7, over it in the neck (C1 over the arch of
    the atlas, C2 under it), C8 over that of T1 [56, M].
    """
    scale, frame = spine.stature_factor, spine.frame(level)
    row = vertebrae()[level]
    aside = row.number("canal_width_mm") * scale / 2
    half_long, half_thick = (by_name(GANGLION, name, i) * scale for i in (2, 1))
    half, back = frame.height_mm / 2, frame.half_depth_mm
    if name == "C1":
        return np.array([aside + 1.5 * scale, 9.0 * scale, 8.0 * scale])
    if name == "C2":
        return np.array([aside + 2.2 * scale, back + 7.5 * scale, half - 2.5 * scale])
    aside += 0.5 * row.number("pedicle_width_mm") * scale
    if name[0] == "C":
        top = (0.52 if level[0] == "C" else 0.82) * half
        return np.array([aside, back + 0.5 * scale, top + half_thick + 3.1 * scale])
    tall = row.number("pedicle_height_mm") * scale
    if region_of(level) == "thoracic":
        low = max(0.82 * half - tall, -0.55 * half)
        return np.array([aside, back + 3.6 * scale, low - half_thick - 0.9])
    low = 0.80 * half - tall
    last = name == "L5"
    low -= (3.6 if last else 2.6) * scale + half_thick
    return np.array([aside + 0.15 * half_long, back + (0.4 if last else 3.2) * scale, low])


def _sacral_exit(canal: Canal, name: str) -> Exit:
    """Exit through a front opening of the sacrum, one below each body; S5 at its end."""
    rows = np.array(_SACRAL_WAY[name]) * canal.spine.stature_factor
    points = np.column_stack([rows[:, 0], canal.spine.frame("S1").place(rows[:, 1:])])
    return Exit(SACRAL_CROSSING[name], points[0], points[1:])
