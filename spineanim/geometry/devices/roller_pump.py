"""The roller pump: three rollers squeeze a tube against a ring and so push medicine on.

Device frame of the pump. Dimensions M: no maker states them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points3
from spineanim.geometry.devices.pump_case import access_port_spot
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.shapes import drum, pipe
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, add, cut, union
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.primitives import Capsule, RoundedBox

TUBE_RADIUS_MM: Final = 1.1
LUMEN_RADIUS_MM: Final = 0.65
"""Inner tube, soft enough to be squeezed shut [M]."""

RACE_RADIUS_MM: Final = 9.75
HOUSING_RADIUS_MM: Final = 11.3
_ROLLER_RADIUS_MM: Final = 2.2
_ROLLER_CENTRE_MM: Final = 6.65  # leaves the squeezed tube twice its wall
_TUBE_CENTRE_MM: Final = RACE_RADIUS_MM - TUBE_RADIUS_MM - 0.02
_ARC_DEG: Final = (102.0, -102.0)
ROLLERS: Final = 3


def roller_parts(layout: Layout, rotor_deg: float) -> tuple[Part, ...]:
    """Housing, rotor, rollers and inner tube, with the rotor turned by an angle.

    Parameters
    ----------
    layout : Layout
    rotor_deg : float
        Turns with the flow (clockwise seen from the port); repeats every 120 degrees.
    """
    rollers = tuple(_roller(layout, rotor_deg, i) for i in range(ROLLERS))
    return (
        _housing(layout),
        *(Part(f"roller_{i + 1}", Tissue.STEEL, roller) for i, roller in enumerate(rollers)),
        _rotor(layout, rotor_deg),
        _tube(layout, rollers),
    )


def _around(layout: Layout, turn_deg: float, radius_mm: float) -> tuple[float, float]:
    """Point round the rotor's axis; angles from x against the clock."""
    x, y = layout.roller_spot
    turn = np.radians(turn_deg)
    return (x + radius_mm * float(np.cos(turn)), y + radius_mm * float(np.sin(turn)))


def _housing(layout: Layout) -> Part:
    """Floor and ring that the tube is pressed against, open where the tube comes and goes."""
    x, y = layout.roller_spot
    low = layout.deck_top_mm + 0.02
    ring = pipe((x, y), HOUSING_RADIUS_MM, RACE_RADIUS_MM, low, low + 3.6)
    mouth = RoundedBox((x - 9.0, y, low + 3.0), (6.2, 12.0, 4.0), 0.5)
    floor = drum((x, y), HOUSING_RADIUS_MM, low, low + 0.9, 0.2)
    solid = Blend((add(ring), cut(mouth, 0.2), add(floor)))
    return Part("roller_housing", Tissue.TITANIUM, solid)


def _roller(layout: Layout, rotor_deg: float, index: int) -> Solid:
    spot = _around(layout, -rotor_deg + index * 360.0 / ROLLERS, _ROLLER_CENTRE_MM)
    low = layout.deck_top_mm
    return drum(spot, _ROLLER_RADIUS_MM, low + 1.05, low + 3.45, 0.2)


def _rotor(layout: Layout, rotor_deg: float) -> Part:
    """Three arms on a hub, over the rollers, with the heads of their axles."""
    x, y = layout.roller_spot
    low = layout.deck_top_mm
    steps = [add(drum((x, y), 2.6, low + 1.0, low + 4.3, 0.3))]
    caps = [drum((x, y), 1.1, low + 4.2, low + 4.6, 0.15)]
    for i in range(ROLLERS):
        ex, ey = _around(layout, -rotor_deg + i * 360.0 / ROLLERS, _ROLLER_CENTRE_MM)
        arm = Capsule((x, y, low + 3.92), (ex, ey, low + 3.92), (0.42, 1.9), (0.42, 1.7))
        steps.append(add(arm, 0.5))
        caps.append(drum((ex, ey), 0.75, low + 4.0, low + 4.55, 0.15))
    steps += [add(cap, 0.1) for cap in caps]
    return Part(
        "rotor", Tissue.PLASTIC, Blend(tuple(steps)), marks=(Zone(Tissue.STEEL, union(*caps)),)
    )


def tube_line(layout: Layout) -> Points3:
    """Course of the inner tube: filter, round the ring, to the cup of the access port, (N, 3)."""
    x, y = layout.roller_spot
    height = layout.tube_mm
    turns = np.linspace(*_ARC_DEG, 60)
    arc = np.array([_around(layout, turn, _TUBE_CENTRE_MM) for turn in turns])
    fx, fy = layout.filter_spot
    px, py, _ = access_port_spot(layout.size)
    away = np.array([x - px, y - py]) / np.hypot(x - px, y - py)
    begin, end = np.array([fx, fy]), np.array([px, py]) + 2.6 * away
    ahead, behind = arc[1] - arc[0], arc[-1] - arc[-2]
    ahead, behind = ahead / np.linalg.norm(ahead), behind / np.linalg.norm(behind)
    into = curves.hermite(begin, 8.0 * np.array([1.0, 0.25]), arc[0], 9.0 * ahead)
    out = curves.hermite(arc[-1], 12.0 * behind, end, -14.0 * away)
    flat = curves.resample(np.vstack([into[:-1], arc, out[1:]]), 160)
    level = np.full((len(flat), 1), height)
    # out of the filter's lid and down to the ring
    rise = np.clip(1 - np.linalg.norm(flat - begin, axis=1) / 6.0, 0.0, 1.0)
    level[:, 0] += 0.3 * rise
    return np.hstack([flat, level])


def _tube(layout: Layout, rollers: tuple[Solid, ...]) -> Part:
    """Inner tube, dented where a roller stands; a stripe on top shows what flows in it."""
    line = tube_line(layout)
    steps = [add(Tube.even(line, TUBE_RADIUS_MM))]
    steps += [cut(Grown(roller, 0.04), 0.25) for roller in rollers]
    fx, fy = layout.filter_spot
    steps.append(cut(drum((fx, fy), 4.55, layout.deck_top_mm, layout.tube_mm + 4.0)))
    px, py, _ = access_port_spot(layout.size)
    steps.append(cut(drum((px, py), 3.25, layout.deck_top_mm, layout.tube_mm + 4.0)))
    seen = Tube.even(line + np.array([0.0, 0.0, TUBE_RADIUS_MM]), 0.62)
    medicine = Zone(Tissue.MEDICATION, Tube.even(line, LUMEN_RADIUS_MM))
    return Part(
        "inner_tube", Tissue.SILICONE, Blend(tuple(steps)), core=(medicine,),
        marks=(Zone(Tissue.MEDICATION, seen),),
    )  # fmt: skip
