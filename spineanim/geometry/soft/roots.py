"""Nerve roots in the fluid: rootlets, roots, the cauda equina and the filum.

Places across the sac are shares of its half sizes: u to the left, v to the back.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.exits import (
    CAUDA,
    NERVES,
    ROOT,
    SACRAL_CROSSING,
    VENTRAL_SHARE,
    Exit,
    by_name,
    exit_of,
)
from spineanim.geometry.soft.rails import Strands

Rows = NDArray[np.float64]
Kind = Literal["dorsal", "ventral"]

# How many vertebrae a root runs down from the cord to its foramen: C3 6 mm, C8 14.5 mm, T3 to
# T12 about two vertebrae [56]; between them M. From L1 on the place on the cord is given
_DROP: Final = (
    ("C1", 0.10), ("C3", 0.35), ("C8", 0.85), ("T1", 1.0), ("T3", 1.8), ("T12", 2.1),
)  # fmt: skip
_FIRST_ON_CORD: Final = "L1"
_ON_CORD: Final = (16.75, 17.1, 17.4, 17.68, 17.92, 18.14, 18.36, 18.58, 18.8, 19.0)
_ROOTLET_MM: Final = 0.34
# Where on the section of the cord roots arise, as shares of its half sizes (M)
_ORIGIN: Final = {"dorsal": (0.46, 0.85), "ventral": (0.42, -0.88)}
# Where on the section of the sac they cross the dura, as shares (M)
_CROSSING: Final = {"dorsal": (0.97, 0.06), "ventral": (0.96, -0.14)}
# Arc of the cauda equina on the sac's section: from the next root to leave (beside and a little
# in front) to the last one (behind, near the midline), degrees from the side; and how far out,
# as a share of the sac's half sizes; ventral roots inside the dorsal ones (M)
_ARC_DEG: Final = (-28.0, 66.0)
_OUT: Final = {"dorsal": 0.80, "ventral": 0.60}
_GATHER: Final = 2.4
"""Over how many levels a root comes from the cord to its place in the arc (M)."""

# Rootlets of a root: how many, half the length of their row on the cord in levels, and where
# along the root they meet it (M); cervical roots run more level than thoracic ones
_FAN: Final = {
    "C": (6, 0.34, 0.62),
    "T": (5, 0.34, 0.40),
    "L": (3, 0.10, 0.12),
    "S": (2, 0.07, 0.08),
}
_BEND: Final = {"C": 1.2, "T": 2.2, "L": 2.0, "S": 2.0}


def root_parts(canal: Canal) -> tuple[Part, ...]:
    """Roots of both sides inside the sac, with rootlets, and the filum.

    Long parts: cut them with `dural.by_level` before sampling.
    """
    exits = {name: exit_of(canal, name) for name in NERVES}
    found = [
        Part(f"roots_{side}", Tissue.NERVE, Strands.of(_roots(canal, exits, side)))
        for side in ("left", "right")
    ]
    return (*found, filum_part(canal))


def filum_part(canal: Canal) -> Part:
    """Thread from the tip of the cord to the end of the sac."""
    line = canal.filum()
    points = np.column_stack([np.zeros(len(line)), line])
    radius = np.interp(np.linspace(0.0, 1.0, len(line)), [0.0, 0.1, 1.0], [0.9, 0.55, 0.4])
    return Part("filum", Tissue.NERVE, Strands.of([(points, radius)]))


def _attachment(name: str, leave: float) -> float:
    """Station of the middle of a root's rootlets on the cord."""
    if name[0] in "LS":
        return _ON_CORD[NERVES.index(name) - NERVES.index(_FIRST_ON_CORD)]
    return max(leave - by_name(_DROP, name), -0.35 + 0.25 * (name == "C2"))


def _roots(canal: Canal, exits: dict[str, Exit], side: str) -> list[tuple[Points3, Rows]]:
    """All threads in the sac on one side."""
    lines: list[tuple[Points3, Rows]] = []
    for name in NERVES:
        kinds: tuple[Kind, ...] = ("ventral",) if name == "C1" else ("dorsal", "ventral")
        for kind in kinds:
            line = root_line(canal, name, exits[name], kind)
            thick = by_name(ROOT, name) * (1.0 if kind == "dorsal" else VENTRAL_SHARE)
            radius = np.full(len(line), thick) * canal.spine.stature_factor
            radius[: len(line) // 4] *= np.linspace(0.55, 1.0, len(line) // 4)
            lines.append((line, radius))
            lines.extend(_rootlets(canal, name, exits[name], kind))
    return [sided(item, side) for item in lines]


def root_line(canal: Canal, name: str, leave: Exit, kind: Kind) -> Points3:
    """Root from the middle of its rootlets to the dura, on the left, (N, 3)."""
    return _spots(canal, *_way(canal, name, leave, kind))


def _way(canal: Canal, name: str, leave: Exit, kind: Kind) -> tuple[Rows, Rows, Rows]:
    """Stations of a root and its places on the sac's section there, each (N,)."""
    begin, end = _attachment(name, leave.crossing), leave.crossing
    at = np.linspace(begin, end, max(int((end - begin) * 18), 12))
    u, v = _place(canal, name, kind, at)
    return at, u, v


def _place(canal: Canal, name: str, kind: Kind, at: Rows) -> tuple[Rows, Rows]:
    """Place of a root on the sac's section at stations, as shares of its half sizes (M,)."""
    wide, deep, shift, cord = _sections(canal, at)
    origin = np.array(_ORIGIN[kind])
    start = np.stack([origin[0] * cord[0] / wide, (origin[1] * cord[1] + shift) / deep])
    goal = np.array(_CROSSING[kind])[:, None]
    if name in CAUDA:
        gathered = np.clip((at - at[0]) / _GATHER, 0.0, 1.0)[None]
        gathered = gathered * gathered * (3 - 2 * gathered)
        start = start * (1 - gathered) + _arc(name, kind, at) * gathered
        leaving = np.clip(1 - (at[-1] - at) / 0.75, 0.0, 1.0) ** 1.6
    else:
        # Down along the cord first, then out to the side
        leaving = ((at - at[0]) / (at[-1] - at[0])) ** _BEND[name[0]]
    u, v = start * (1 - leaving) + goal * leaving
    return _outside_cord(u, v, (wide, deep, shift, cord), by_name(ROOT, name))


def _arc(name: str, kind: Kind, at: Rows) -> Points2:
    """Place of a root in its arc of the cauda equina, (2, M), as shares."""
    rank = CAUDA.index(name)
    leaves = [_rough_crossing(each) for each in CAUDA]
    first = np.interp(at, leaves, np.arange(len(CAUDA)))
    share = np.clip((rank - first) / np.maximum(len(CAUDA) - 1 - first, 1.0), 0.0, 1.0)
    angle = np.radians(_ARC_DEG[0] + (_ARC_DEG[1] - _ARC_DEG[0]) * share)
    sway = 0.035 * np.sin(at * (2.1 + 0.17 * rank) + 1.9 * rank + (kind == "ventral"))
    out = _OUT[kind] + sway
    return np.stack([out * np.cos(angle + sway), out * np.sin(angle + sway)])


def _rough_crossing(name: str) -> float:
    """Station where a root of the cauda equina leaves, near enough for its rank."""
    return SACRAL_CROSSING.get(name, 0.0) or station(name) - 0.1


def _sections(canal: Canal, at: Rows) -> tuple[Rows, Rows, Rows, tuple[Rows, Rows]]:
    """Half sizes of the sac, how far the cord's middle lies behind its own, and the cord's."""
    rows = canal.stations
    low, high = canal.sac_offsets
    front, back = canal.cord_offsets
    _, wide, cord_wide = canal.half_widths
    sizes = (wide, (high - low) / 2, (front + back - low - high) / 2, cord_wide, (back - front) / 2)
    wide, deep, shift, cord_w, cord_d = (np.interp(at, rows, row) for row in sizes)
    return wide, deep, shift, (cord_w, cord_d)


def _outside_cord(
    u: Rows, v: Rows, sections: tuple[Rows, Rows, Rows, tuple[Rows, Rows]], radius_mm: float
) -> tuple[Rows, Rows]:
    """Push places that lie in the cord out to its surface, and hold them inside the dura."""
    wide, deep, shift, (cord_w, cord_d) = sections
    x, y = u * wide, v * deep - shift
    scaled = np.hypot(x / (cord_w + radius_mm), y / (cord_d + radius_mm))
    push = np.where(cord_d > 0.1, np.maximum(1.0 / np.maximum(scaled, 0.05), 1.0), 1.0)
    u, v = x * push / wide, (y * push + shift) / deep
    out = np.hypot(u, v)
    most = 1.0 - (0.5 + radius_mm) / np.minimum(wide, deep)
    hold = np.where(out > most, most / np.maximum(out, 1e-6), 1.0)
    return u * hold, v * hold


def _spots(canal: Canal, at: Rows, u: Rows, v: Rows) -> Points3:
    """Patient points (M, 3) at stations and shares of the sac's half sizes."""
    wide, deep, _, _ = _sections(canal, at)
    low, high = (np.interp(at, canal.stations, row) for row in canal.sac_offsets)
    return np.column_stack([u * wide, canal.places(at, (low + high) / 2 + v * deep)])


def _rootlets(canal: Canal, name: str, leave: Exit, kind: Kind) -> list[tuple[Points3, Rows]]:
    """Fan of fine threads from the cord that gather into a root, on the left."""
    begin, end = _attachment(name, leave.crossing), leave.crossing
    at, u, v = _way(canal, name, leave, kind)
    count, long, join = _FAN[name[0]]
    long = min(long, 0.8 * (end - begin))
    found = []
    for step in np.linspace(-1.0, 1.0, count):
        head = begin + long * step
        foot = begin + (end - begin) * join * (1 + 0.35 * step)
        foot = max(foot, head + 0.12)
        rows = np.linspace(head, foot, 12)
        wide, deep, shift, cord = _sections(canal, rows)
        origin = _ORIGIN[kind]
        start = (origin[0] * cord[0] / wide, (origin[1] * cord[1] + shift) / deep)
        goal = [np.interp(foot, at, row) for row in (u, v)]
        share = np.linspace(0.0, 1.0, len(rows)) ** 1.4
        x, y = (a * (1 - share) + b * share for a, b in zip(start, goal, strict=True))
        x, y = _outside_cord(x, y, (wide, deep, shift, cord), _ROOTLET_MM)
        radius = np.full(len(rows), _ROOTLET_MM * canal.spine.stature_factor)
        found.append((_spots(canal, rows, x, y), radius))
    return found


def sided(item: tuple[Points3, Rows], side: str) -> tuple[Points3, Rows]:
    """Thread of the left side, or its mirror image."""
    points, radius = item
    sign = 1.0 if side == "left" else -1.0
    return points * [sign, 1.0, 1.0], radius
