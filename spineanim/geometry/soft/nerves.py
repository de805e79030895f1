"""Spinal nerves from the dura through the foramen: sleeve, ganglion, nerve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.canal import Canal
from spineanim.geometry.params import Side
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.soft.exits import (
    GANGLION,
    NERVE,
    NERVES,
    ROOT,
    VENTRAL_SHARE,
    Exit,
    by_name,
    exit_of,
)
from spineanim.geometry.soft.rails import Strands, thread
from spineanim.geometry.soft.roots import Kind, root_line, sided
from spineanim.geometry.spine import Spine

Rows = NDArray[np.float64]
Thread = tuple[Points3, Rows]


def nerve_parts(spine: Spine, canal: Canal) -> tuple[Part, ...]:
    """Nerves from the dura through the foramen, C1 to S4 on both sides, ``"nerve_T10_left"``.

    The sleeve of dura up to the ganglion shows as a mark.
    """
    found = []
    for name in NERVES[:-1]:
        leave = exit_of(canal, name)
        for side in ("left", "right"):
            whole, sleeve = _nerve(canal, name, leave)
            solids = [Strands.of([sided(item, side) for item in rows]) for rows in (whole, sleeve)]
            mark = Zone(Tissue.DURA, solids[1])
            found.append(Part(f"nerve_{name}_{side}", Tissue.NERVE, solids[0], marks=(mark,)))
    return tuple(found)


def nerve_line(canal: Canal, name: str, side: Side, kind: Kind = "dorsal") -> Points3:
    """Way of a signal from beyond the ganglion along a root into the cord, (N, 3).

    Raises
    ------
    LookupError
        If there is no such nerve.
    """
    leave = exit_of(canal, name)
    outer, _ = _trunk(canal, name, leave)
    root = root_line(canal, name, leave, kind)[::-1]
    return sided((np.vstack([outer[::-1], root[1:]]), np.ones(1)), side)[0]


def _trunk(canal: Canal, name: str, leave: Exit) -> tuple[Points3, Rows]:
    """Dorsal root from the dura through its ganglion, and on as the nerve, on the left."""
    scale = canal.spine.stature_factor
    thick, long = (by_name(GANGLION, name, i) * scale for i in (1, 2))
    radius, root = by_name(NERVE, name) * scale, by_name(ROOT, name) * scale
    start, along = root_line(canal, name, leave, "dorsal")[-1], _along(leave)
    turn = [] if leave.shoulder is None else [leave.shoulder]
    middle = leave.ganglion
    points = [start, *turn, middle - along * long, middle, middle + along * long, *leave.beyond]
    slim = [root + 0.45] * (1 + len(turn))
    radii = [*slim, 0.62 * thick, thick, 0.9 * radius, *[radius] * len(leave.beyond)]
    return thread(np.array(points), np.array(radii))


def _along(leave: Exit) -> Points3:
    """Direction (3,) of a ganglion's long axis, outwards."""
    onward = leave.beyond[0] - leave.ganglion
    return np.asarray(onward / np.linalg.norm(onward) + [0.35, 0.0, -0.25]) / 1.4


def _nerve(canal: Canal, name: str, leave: Exit) -> tuple[list[Thread], list[Thread]]:
    """Threads of a nerve from the dura on, on the left, and that of its sleeve."""
    scale = canal.spine.stature_factor
    thick, long = (by_name(GANGLION, name, i) * scale for i in (1, 2))
    root = by_name(ROOT, name) * scale
    trunk, along = _trunk(canal, name, leave), _along(leave)
    front = np.array([0.0, -0.55 * thick, -0.75 * thick])
    slim = root * VENTRAL_SHARE + 0.35
    turn = [] if leave.shoulder is None else [leave.shoulder + front]
    ends = [root_line(canal, name, leave, "ventral")[-1], *turn]
    ends += [leave.ganglion - along * long + front, leave.ganglion + front]
    ends += [leave.ganglion + along * 1.4 * long]
    motor = thread(np.array(ends), np.full(len(ends), slim))
    # The sleeve of dura ends where the ganglion begins
    line = trunk[0]
    middle = int(np.argmin(np.linalg.norm(line - leave.ganglion, axis=1)))
    away = np.linalg.norm(line - leave.ganglion, axis=1)
    last = max(int(np.sum(away[:middle] > 1.1 * long + thick)), 2)
    return [trunk, motor], [(line[:last], np.full(last, thick + 0.6))]
