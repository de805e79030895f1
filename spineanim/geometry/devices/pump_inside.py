"""The works of the pump: reservoir in its bellows, gas room, battery, electronics, roller pump.

Device frame of the pump: x right, y up on the face, z outwards from the back. Only parts
that lie wholly inside the case; `cutaway` shows them with the lid and a wedge taken off.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry.devices import pump_layout as room
from spineanim.geometry.devices.pump_case import (
    ACCESS_PORT_RISE_MM,
    ACCESS_SEPTUM_DEPTH_MM,
    ACCESS_SEPTUM_RADIUS_MM,
    access_port_spot,
    cavity,
    from_above,
    hull,
    outlet_height_mm,
    pump_parts,
)
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.roller_pump import roller_parts
from spineanim.geometry.devices.shapes import Sheet, drum, pipe, sector, spot, wedge
from spineanim.geometry.params import PUMP_20_ML, PumpSize
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.pump import CONNECTOR_CLOCK_DEG, SUTURE_LOOPS_CLOCK_DEG
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, Placed, Pose, add, cut, keep, union
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.outlines import Extrusion, Lathe
from spineanim.geometry.solids.primitives import Cylinder, HalfSpace, RoundedBox

CUTAWAY: Final = from_above("pump_cutaway", 280.0, 44.0)
"""The missing wedge in front, the outlet on the right (device frame)."""

_CLEAR_MM: Final = 0.03
OPENED: Final = (
    "case", "septum", "propellant", "bellows", "bellows_plate", "medication", "deck",
    "fill_column", "needle_stop",
)  # fmt: skip
"""Parts that the wedge is cut out of."""


@lru_cache(maxsize=32)
def inside_parts(
    size: PumpSize = PUMP_20_ML, fill: float = 1.0, rotor_deg: float = 20.0
) -> tuple[Part, ...]:
    """Everything inside the case.

    Parameters
    ----------
    size : PumpSize
    fill : float
        Share of the medicine that is left, 0 to 1; the bellows folds as it falls.
    rotor_deg : float
        Turn of the roller pump's rotor.

    Returns
    -------
    tuple of Part
        ``propellant``, ``medication``, ``bellows``, ``bellows_plate``, ``deck``,
        ``fill_column``, ``needle_stop``, ``battery`` and its terminals, ``board`` and what
        stands on it, ``motor``, ``filter``, ``access_cup``, the roller pump and its tube.
    """
    layout = Layout(size, fill)
    return (
        *_reservoir(layout),
        *_refill(layout),
        *_battery(layout),
        *_board(layout),
        _motor(layout),
        _filter(layout),
        *_access_cup(layout),
        *roller_parts(layout, rotor_deg),
    )


@lru_cache(maxsize=32)
def cutaway(
    size: PumpSize = PUMP_20_ML, fill: float = 1.0, rotor_deg: float = 20.0
) -> tuple[Part, ...]:
    """Return the pump with its lid off and a wedge of the reservoir cut out, see `CUTAWAY`.

    The rim of the case that is left hides nothing that stands on the deck.
    """
    away = wedge(*room.WEDGE_DEG)
    shown = []
    for part in lid_off(size, fill, rotor_deg):
        solid = part.solid
        if part.name in OPENED:
            solid = Blend((add(solid), cut(away)))
        shown.append(replace(part, solid=solid))
    return tuple(shown)


def lid_off(
    size: PumpSize = PUMP_20_ML, fill: float = 1.0, rotor_deg: float = 20.0
) -> tuple[Part, ...]:
    """Return the pump with its lid off, and without the suture loop of the wedge; else whole."""
    return (*_opened_case(Layout(size, fill)), *inside_parts(size, fill, rotor_deg))


def lid_room(layout: Layout) -> Blend:
    """All points that come off with the lid: above the rim that is left, but for the outlet."""
    level = layout.deck_top_mm + 1.6
    root = spot(CONNECTOR_CLOCK_DEG, 38.0, outlet_height_mm(layout.size))
    tip = spot(CONNECTOR_CLOCK_DEG, 60.0, outlet_height_mm(layout.size))
    above = HalfSpace((0.0, 0.0, level), (0.0, 0.0, -1.0))
    return Blend((add(above), cut(Cylinder(root, tip, 5.9))))


def _opened_case(layout: Layout) -> list[Part]:
    """Return the case without its lid, what belongs to the outlet and the rim, and the septum."""
    _, _, face = access_port_spot(layout.size)
    gone = {"port_ring", "access_port", *loops_within(room.WEDGE_DEG)}
    changed = {"case": cut(lid_room(layout)), "access_septum": keep(_below(face - 0.8), 0.2)}
    shown = []
    for part in pump_parts(layout.size):
        if part.name in changed:
            part = replace(part, solid=Blend((add(part.solid), changed[part.name])))
        if part.name not in gone:
            shown.append(part)
    return shown


def loops_within(degrees: tuple[float, float]) -> list[str]:
    """Names of the suture loops between two clock angles."""
    first, last = degrees
    return [
        f"suture_loop_{i + 1}"
        for i, clock in enumerate(SUTURE_LOOPS_CLOCK_DEG)
        if first < clock < last
    ]


# ---------------------------------------------------------------------------- reservoir
def _below(height_mm: float) -> HalfSpace:
    return HalfSpace((0.0, 0.0, height_mm), (0.0, 0.0, 1.0))


def _reservoir(layout: Layout) -> tuple[Part, ...]:
    """Medicine between deck, bellows and moving floor, and the gas round them."""
    folds, low, high = layout.bellows_line, layout.plate_top_mm, layout.deck_low_mm
    within = Lathe(np.vstack([folds, [(0.0, high), (0.0, low)]]), step_mm=0.1)
    sheet = Sheet(folds, room.BELLOWS_WALL_MM)
    plate = drum((0.0, 0.0), room.BELLOWS_INNER_MM + 0.9, low - room.PLATE_MM, low, 0.15)
    inner = Grown(hull(layout.size), -1.03)
    chamber = drum((0.0, 0.0), room.CHAMBER_RADIUS_MM - _CLEAR_MM, high - 0.2,
                   layout.septum_low_mm - _CLEAR_MM)  # fmt: skip
    medicine = Blend(
        (
            add(within),
            cut(sheet),
            keep(HalfSpace((0.0, 0.0, low + _CLEAR_MM), (0.0, 0.0, -1.0))),
            keep(_below(high - _CLEAR_MM)),
            add(chamber),
            cut(Grown(_needle_stop(layout), _CLEAR_MM)),
        )
    )
    gas = Blend(
        (
            add(inner),
            keep(_below(high - _CLEAR_MM)),
            cut(within),
            cut(sheet),
            cut(Grown(plate, _CLEAR_MM)),
        )
    )
    metal = Blend((add(sheet), cut(plate), keep(_below(high - _CLEAR_MM))))
    deck = Blend(
        (
            add(inner),
            keep(_below(layout.deck_top_mm)),
            keep(HalfSpace((0.0, 0.0, high), (0.0, 0.0, -1.0))),
            cut(drum((0.0, 0.0), room.CHAMBER_RADIUS_MM, high - 1.0, high + 3.0)),
        )
    )
    return (
        Part("propellant", Tissue.PROPELLANT, gas),
        Part("medication", Tissue.MEDICATION, medicine),
        Part("bellows", Tissue.STEEL, metal),
        Part("bellows_plate", Tissue.TITANIUM, plate),
        Part("deck", Tissue.TITANIUM, deck),
    )


# -------------------------------------------------------------------- under the refill port
def _needle_stop(layout: Layout) -> Solid:
    """Plate that stops the refill needle; the medicine goes through its holes."""
    low = layout.deck_top_mm
    holes = [cut(drum(spot(60.0 * i, 5.6, 0.0), 0.95, low - 1.0, low + 2.0)) for i in range(6)]
    rest = drum((0.0, 0.0), room.CHAMBER_RADIUS_MM - 0.05, low, low + 0.9, 0.1)
    return Blend((add(rest), *holes))


def _refill(layout: Layout) -> tuple[Part, ...]:
    """Wall of the chamber under the refill port, and the stop for the needle."""
    top = layout.size.thickness_mm
    low = layout.deck_top_mm + _CLEAR_MM
    wall = pipe((0.0, 0.0), room.COLUMN_RADIUS_MM, room.CHAMBER_RADIUS_MM + 0.13, low, top)
    column = Blend((add(wall), keep(Grown(cavity(layout.size), -_CLEAR_MM), 0.1)))
    return (
        Part("fill_column", Tissue.TITANIUM, column),
        Part("needle_stop", Tissue.STEEL, _needle_stop(layout)),
    )


def _access_cup(layout: Layout) -> tuple[Part, ...]:
    """Cup under the access port, through which all medicine flows, and its way out."""
    x, y, face = access_port_spot(layout.size)
    low = layout.deck_top_mm + _CLEAR_MM
    plug = face + ACCESS_PORT_RISE_MM - ACCESS_SEPTUM_DEPTH_MM
    bore = ACCESS_SEPTUM_RADIUS_MM
    inner = Grown(cavity(layout.size), -_CLEAR_MM)
    hollow = drum((x, y), bore, low + 0.8, face)
    cup = Blend((add(drum((x, y), 3.2, low, face + 1.0, 0.2)), cut(hollow), keep(inner, 0.1)))
    medicine = drum((x, y), bore - _CLEAR_MM, low + 0.85, plug - _CLEAR_MM)
    level = layout.deck_top_mm + 1.4
    reach = np.hypot(x, y)
    root = spot(CONNECTOR_CLOCK_DEG, float(reach) + 3.2 + _CLEAR_MM, level)
    stub = Cylinder(root, spot(CONNECTOR_CLOCK_DEG, 44.0, level), 1.3)
    way = Cylinder(root, spot(CONNECTOR_CLOCK_DEG, 44.0, level), 0.5)
    return (
        Part("access_cup", Tissue.STEEL, cup),
        Part("access_medication", Tissue.MEDICATION, medicine),
        Part(
            "outlet_stub", Tissue.STEEL, Blend((add(stub), keep(inner))),
            core=(Zone(Tissue.MEDICATION, way),),
        ),
    )  # fmt: skip


# ------------------------------------------------------------------------------ the works
def _on_deck(
    layout: Layout, degrees: tuple[float, float], low_mm: float, high_mm: float, in_mm: float = 0.0,
    round_mm: float = 1.5, edge_mm: float = 0.3,
) -> Extrusion:  # fmt: skip
    """Ring sector standing on the deck between two heights, `in_mm` smaller all round."""
    inner, outer = room.WORKS_INNER_MM + in_mm, room.WORKS_OUTER_MM - in_mm
    turn = np.degrees(in_mm / (0.5 * (inner + outer)))
    line = sector(inner, outer, degrees[0] + turn, degrees[1] - turn, round_mm)
    low, high = layout.deck_top_mm + low_mm, layout.deck_top_mm + high_mm
    return Extrusion(line, (high - low) / 2, "axial", (low + high) / 2, edge_mm)


def _turned_box(
    clock_deg: float, radius_mm: float, low_mm: float, half_mm: tuple[float, float, float],
    edge_mm: float = 0.15,
) -> Placed:  # fmt: skip
    """Box that stands on a height, its second half size along the radius."""
    turn = np.radians(clock_deg)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    rotation = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    x, y, _ = spot(clock_deg, radius_mm, 0.0)
    shift = np.array([x, y, low_mm + half_mm[2]])
    return Placed(RoundedBox((0.0, 0.0, 0.0), half_mm, edge_mm), Pose(rotation, shift))


def _battery(layout: Layout) -> tuple[Part, ...]:
    """Battery in a can that follows the vault of the case, with its poles and their signs."""
    inner = Grown(cavity(layout.size), -0.7)
    block = _on_deck(layout, room.BATTERY_DEG, _CLEAR_MM, 5.4, 0.0, 2.2, 0.7)
    solid = Blend((add(block), keep(inner, 0.6)))
    first, last = room.BATTERY_DEG
    middle, top = (first + last) / 2, layout.deck_top_mm
    plus = union(
        _turned_box(middle - 9.0, 25.0, top + 3.0, (2.6, 0.55, 2.0)),
        _turned_box(middle - 9.0, 25.0, top + 3.0, (0.55, 2.6, 2.0)),
    )
    minus = _turned_box(middle + 13.0, 25.0, top + 3.0, (2.6, 0.55, 2.0))
    signs = (Zone(Tissue.RUBBER, plus), Zone(Tissue.RUBBER, minus))
    groove = Grown(_on_deck(layout, room.BATTERY_DEG, -3.0, 3.0, 0.0, 2.2), 2.0)
    seam = Blend(
        (add(groove), keep(_below(top + 1.5)), keep(HalfSpace((0, 0, top + 1.1), (0, 0, -1.0))))
    )
    poles = tuple(
        Part(
            f"battery_pole_{i + 1}", Tissue.STEEL,
            drum(spot(last + 1.9, 13.6 + 3.4 * i, 0.0), 0.75, top + 1.3, top + 3.2, 0.2),
        )
        for i in range(2)
    )  # fmt: skip
    return (
        Part("battery", Tissue.BATTERY, solid, marks=(Zone(Tissue.STEEL, seam), *signs)),
        *poles,
    )


# Clock angle and distance (mm) of what stands on the board, half sizes (across, along the
# radius) and height over it; the layout is M
_CHIPS: Final = (
    (78.0, 25.5, 4.6, 4.6, 1.5),
    (57.0, 30.0, 2.6, 2.2, 1.2),
    (101.0, 29.0, 2.6, 3.2, 1.2),
    (59.0, 17.0, 1.9, 2.3, 1.1),
    (96.0, 16.2, 2.2, 1.7, 1.1),
)
_CANS: Final = (
    (66.0, 32.8, 1.15, 2.2), (71.5, 33.0, 1.15, 2.2), (90.0, 33.0, 1.35, 2.3),
    (63.5, 22.6, 0.9, 1.7), (96.5, 22.0, 0.9, 1.7),
)  # fmt: skip
_TRACES: Final = (
    ((57.0, 30.0), (66.0, 29.2), (78.0, 29.0)),
    ((59.0, 17.0), (66.0, 19.5), (74.0, 22.0)),
    ((101.0, 29.0), (94.0, 27.5), (85.0, 26.5)),
    ((96.0, 16.2), (90.0, 18.5), (82.0, 22.0)),
    ((46.5, 14.0), (46.5, 24.0), (47.5, 33.5), (58.0, 34.3), (75.0, 34.4), (101.0, 34.2)),
    ((49.5, 13.0), (50.5, 22.0), (57.0, 26.5), (68.0, 26.0)),
    ((108.0, 14.0), (107.5, 24.0), (107.5, 32.0)),
    ((68.0, 12.0), (84.0, 12.0), (101.0, 12.3)),
)


def _board(layout: Layout) -> tuple[Part, ...]:
    """Circuit board on the deck, chips, small cans and conductors on it."""
    top = layout.deck_top_mm
    level = top + 1.5
    plate = _on_deck(layout, room.BOARD_DEG, 0.5, 1.5, 0.0, 2.0, 0.15)
    traces = tuple(
        Tube.even(np.array([spot(clock, radius, level) for clock, radius in line]), 0.24)
        for line in _TRACES
    )
    lands = tuple(
        drum(spot(clock, radius, 0.0), width + 0.5, level - 0.1, level + 0.1)
        for clock, radius, width, _ in _CANS
    )
    pins = tuple(
        _turned_box(clock, radius, level - 0.2, (across + 0.75, along * 0.86, 0.3))
        for clock, radius, across, along, _ in _CHIPS
    )
    marks = (Zone(Tissue.BATTERY, union(*traces, *lands)), Zone(Tissue.STEEL, union(*pins)))
    feet = tuple(
        drum(spot(clock, radius, 0.0), 1.2, top + _CLEAR_MM, top + 0.5 - _CLEAR_MM)
        for clock, radius in ((48.0, 33.0), (107.0, 33.0), (77.0, 12.0))
    )
    parts = [Part("board", Tissue.BOARD, plate, marks=marks)]
    parts.append(Part("board_feet", Tissue.STEEL, union(*feet)))
    for i, (clock, radius, across, along, rise) in enumerate(_CHIPS):
        box = _turned_box(clock, radius, level + _CLEAR_MM, (across, along, rise / 2), 0.2)
        dot = drum(spot(clock + 2.0, radius + along * 0.6, 0.0), 0.35, level, level + 3.0)
        parts.append(Part(f"chip_{i + 1}", Tissue.RUBBER, box, marks=(Zone(Tissue.STEEL, dot),)))
    for i, (clock, radius, width, rise) in enumerate(_CANS):
        can = drum(spot(clock, radius, 0.0), width, level + _CLEAR_MM, level + rise, 0.25)
        parts.append(Part(f"can_{i + 1}", Tissue.BATTERY, can))
    return tuple(parts)


def _motor(layout: Layout) -> Part:
    """Step motor that turns the rotor through gears under the deck."""
    low = layout.deck_top_mm + _CLEAR_MM
    spot_mm = layout.motor_spot
    solid = Blend(
        (
            add(drum(spot_mm, 3.7, low, low + 3.4, 0.4)),
            cut(pipe(spot_mm, 2.6, 2.2, low + 3.1, low + 5.0)),
            add(drum(spot_mm, 0.7, low + 3.0, low + 4.0, 0.15)),
        )
    )
    return Part("motor", Tissue.STEEL, solid)


def _filter(layout: Layout) -> Part:
    """Filter that holds back germs, 0.22 um [58], on its way from reservoir to roller pump."""
    low = layout.deck_top_mm + _CLEAR_MM
    x, y = layout.filter_spot
    body = Blend(
        (
            add(drum((x, y), 4.4, low, low + 2.0, 0.3)),
            add(drum((x, y), 3.4, low + 1.5, low + 3.6, 0.5), 0.4),
        )
    )
    mesh = drum((x, y), 2.3, low + 2.5, low + 4.5)
    return Part("filter", Tissue.PLASTIC, body, marks=(Zone(Tissue.SEPTUM, mesh),))
