"""The pump taken apart for a film: lid, slice of the front, what stays, and its outer fixtures.

All in the device frame of the pump. Laid over one another in one view, what stays, the slice
and the lid make up the whole pump, so a picture can be opened piece by piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.devices import pump_layout as room
from spineanim.geometry.devices.pump_case import outlet_height_mm, pump_parts, rim_height_mm
from spineanim.geometry.devices.pump_inside import (
    OPENED,
    cutaway,
    lid_off,
    lid_room,
    loops_within,
)
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.roller_pump import ROLLERS
from spineanim.geometry.devices.shapes import placed, spot, wedge
from spineanim.geometry.params import PUMP_20_ML, PumpSize
from spineanim.geometry.parts import Part
from spineanim.geometry.pump import CONNECTOR_CLOCK_DEG, SUTURE_LOOPS_CLOCK_DEG
from spineanim.geometry.solids.combine import Blend, Placed, Pose, add, cut, keep
from spineanim.geometry.solids.primitives import Cylinder

TURNING: Final = ("rotor", "inner_tube", *(f"roller_{i + 1}" for i in range(ROLLERS)))
"""Parts that change as the roller pump turns."""

_SECTOR_DEG: Final = 28.0
_BOSS_MM: Final = (33.0, 52.0)
_BOSS_RADIUS_MM: Final = 8.0
_ON_LID: Final = ("port_ring", "access_port", "access_septum")


@lru_cache(maxsize=8)
def lid_parts(size: PumpSize = PUMP_20_ML) -> tuple[Part, ...]:
    """Return the lid with the rings of its two ports; the refill septum stays in its chamber."""
    off = lid_room(Layout(size))
    shown = []
    for part in pump_parts(size):
        if part.name == "case":
            part = replace(part, solid=Blend((add(part.solid), keep(off))))
        elif part.name not in _ON_LID:
            continue
        shown.append(part)
    return tuple(shown)


@lru_cache(maxsize=8)
def slice_parts(size: PumpSize = PUMP_20_ML) -> tuple[Part, ...]:
    """Return the front of the opened pump that `cutaway` leaves out, with its suture loop."""
    loops = loops_within(room.WEDGE_DEG)
    piece = wedge(*room.WEDGE_DEG)
    shown = [part for part in pump_parts(size) if part.name in loops]
    for part in lid_off(size):
        if part.name in OPENED:
            shown.append(replace(part, solid=Blend((add(part.solid), keep(piece)))))
    return tuple(shown)


def still_parts(size: PumpSize = PUMP_20_ML) -> tuple[Part, ...]:
    """Return what `cutaway` shows but for what turns in the roller pump."""
    return tuple(part for part in cutaway(size) if part.name not in TURNING)


def turning_parts(size: PumpSize, rotor_deg: float) -> tuple[Part, ...]:
    """Return the rotor, its rollers and the tube they squeeze, at an angle of the rotor."""
    return tuple(part for part in cutaway(size, 1.0, rotor_deg) if part.name in TURNING)


@lru_cache(maxsize=8)
def round_parts(size: PumpSize = PUMP_20_ML) -> tuple[Part, ...]:
    """Return the pump without all that sits on its round case: it looks alike in every turn."""
    parts = {part.name: part for part in pump_parts(size)}
    whole = parts["case"].solid
    sector = wedge(CONNECTOR_CLOCK_DEG - _SECTOR_DEG, CONNECTOR_CLOCK_DEG + _SECTOR_DEG)
    over = wedge(CONNECTOR_CLOCK_DEG - _SECTOR_DEG - 0.4, CONNECTOR_CLOCK_DEG + _SECTOR_DEG + 0.4)
    other_side = Placed(whole, _turn(180.0))
    plain = Blend((add(whole), cut(sector), add(Blend((add(other_side), keep(over))))))
    return (replace(parts["case"], solid=plain), parts["septum"], parts["port_ring"])


@lru_cache(maxsize=8)
def fixtures(size: PumpSize = PUMP_20_ML) -> tuple[tuple[Part, ...], ...]:
    """Group what sits on the round case: outlet with access port, then each suture loop."""
    parts = {part.name: part for part in pump_parts(size)}
    level = outlet_height_mm(size)
    near, far = (spot(CONNECTOR_CLOCK_DEG, reach, level) for reach in _BOSS_MM)
    boss = Blend((add(parts["case"].solid), keep(Cylinder(near, far, _BOSS_RADIUS_MM))))
    outlet = ("access_port", "access_septum", "outlet_nozzle", "connector")
    loops = [(part,) for name, part in parts.items() if name.startswith("suture_loop")]
    return ((replace(parts["case"], solid=boss), *(parts[name] for name in outlet)), *loops)


def anchors_mm(size: PumpSize = PUMP_20_ML) -> tuple[Vector3, ...]:
    """Points on the wall where the groups of `fixtures` sit."""
    outlet = spot(CONNECTOR_CLOCK_DEG, size.radius_mm, outlet_height_mm(size))
    level = rim_height_mm(size)
    loops = (spot(clock, size.radius_mm, level) for clock in SUTURE_LOOPS_CLOCK_DEG)
    return (outlet, *loops)


def inside_places_mm(size: PumpSize = PUMP_20_ML) -> dict[str, Points3]:
    """Points (K, 3) of the opened pump's parts that a viewer of `CUTAWAY` sees, by part."""
    layout = Layout(size)
    right, left = room.WEDGE_DEG
    middle = (layout.plate_top_mm + layout.deck_low_mm) / 2
    x, y = layout.roller_spot
    battery = spot(sum(room.BATTERY_DEG) / 2, 24.0, layout.deck_top_mm + 5.2)
    places = {
        "battery": [battery],
        "chip_1": [spot(78.0, 25.5, layout.deck_top_mm + 2.9)],
        "rotor": [(x, y, layout.deck_top_mm + 4.4)],
        "medication": [spot(left + 0.5, reach, middle) for reach in (16.0, 20.0, 24.0)],
        "bellows": [spot(right - 0.5, room.BELLOWS_OUTER_MM - 1.6, middle)],
        "propellant": [spot(left + 0.5, 38.6, middle)],
    }
    return {name: np.array(points) for name, points in places.items()}


def turned(parts: Sequence[Part], clock_deg: float) -> tuple[Part, ...]:
    """Turn parts clockwise about the pump's axis, as seen from the port."""
    return placed(parts, _turn(clock_deg))


def turned_point(point_mm: Vector3, clock_deg: float) -> Vector3:
    """Turn a point as `turned` does parts."""
    x, y, z = (float(value) for value in _turn(clock_deg).place(np.array(point_mm)))
    return (x, y, z)


def _turn(clock_deg: float) -> Pose:
    turn = np.radians(clock_deg)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    rotation = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return Pose(rotation, np.zeros(3))
