"""The pump from outside: case, refill port, access port, outlet with connector, suture loops.

Device frame, as in `PumpPose`: x to the right and y up on the face as seen from the skin,
z outwards from the middle of the back. Sizes come from `geometry.pump`; the finish of the
parts (wall, seams, connector steps) is M.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Vector3, View
from spineanim.geometry.devices.shapes import Sheet, drum, placed, spot
from spineanim.geometry.params import PUMP_20_ML, PumpSize
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.pump import (
    ACCESS_PORT_CENTRE_MM,
    ACCESS_PORT_RADIUS_MM,
    BOSS_HEIGHT_MM,
    BOSS_RADIUS_MM,
    CONNECTOR_CLOCK_DEG,
    CONNECTOR_HEIGHT_SHARE,
    CONNECTOR_LENGTH_MM,
    REFILL_PORT_RADIUS_MM,
    SUTURE_LOOP_REACH_MM,
    SUTURE_LOOPS_CLOCK_DEG,
    PumpPose,
    edge_profile,
)
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Grown, Pose, add, cut
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.outlines import Lathe
from spineanim.geometry.solids.primitives import Cylinder

WALL_MM: Final = 1.0
"""Titanium of the case; somewhat thicker than in life, so that a section shows it [M]."""

SEPTUM_DEPTH_MM: Final = 4.4
"""Thickness of the refill septum [M]."""

ACCESS_SEPTUM_RADIUS_MM: Final = 2.1
ACCESS_SEPTUM_DEPTH_MM: Final = 4.5
ACCESS_PORT_RISE_MM: Final = 1.9
"""Access port: radius and thickness of its septum, height over the face [M]."""

LID_RADIUS_MM: Final = 29.5
"""Groove round the lid on the face [M]."""

_SEAM_MM: Final = 0.6
_WIRE_MM: Final = 1.5
_LOOP_SPAN_DEG: Final = 8.5

# Outlet from the case outwards: radius (mm) at shares of its length; steps as on sutureless
# connectors [61], shapes M
_BOSS: Final = ((-0.62, 0.0), (-0.62, 5.2), (0.07, 5.2), (0.09, 5.0), (0.09, 0.0))
_NOZZLE: Final = (
    (0.0, 0.0), (0.0, 4.4), (0.17, 4.4), (0.19, 4.1), (0.195, 2.6), (0.3, 2.6), (0.3, 0.0),
)  # fmt: skip
_SLEEVE: Final = (
    (0.255, 0.0), (0.255, 3.3), (0.27, 3.5), (0.35, 3.5), (0.365, 3.15), (0.60, 2.55),
    (0.605, 2.75), (0.65, 2.7), (0.655, 2.3), (0.83, 1.8), (0.835, 1.95), (0.87, 1.9),
    (0.875, 1.5), (0.985, 1.05), (1.0, 0.85), (1.0, 0.0),
)  # fmt: skip
_COLLARS: Final = ((0.24, 0.357), (0.60, 0.652), (0.83, 0.872))

FACE: Final = View("pump_face", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
"""The port towards the viewer, clock angle 0 at the top (device frame)."""


def from_above(name: str, front_clock_deg: float, rise_deg: float) -> View:
    """View of a device that stands on its back, from a clock angle and from above."""
    turn, rise = np.radians(front_clock_deg), np.radians(rise_deg)
    x, y = float(np.sin(turn)), float(np.cos(turn))
    toward = np.array([x * np.cos(rise), y * np.cos(rise), np.sin(rise)])
    right = (-y, x, 0.0)
    a, b, c = (float(value) for value in np.cross(toward, right))
    return View(name, right, (a, b, c))


ASSEMBLED: Final = from_above("pump_assembled", 270.0, 40.0)
"""Three-quarter view, the outlet in front on the right (device frame)."""

EDGE: Final = from_above("pump_edge", 290.0, 0.0)
"""Edge on, the outlet to the right (device frame)."""


# ------------------------------------------------------------------------------ the body
def outline(size: PumpSize) -> Points2:
    """Half outline (radius, height) of the case, closed, with a weld groove round the rim."""
    line = edge_profile(size)
    rim = int(np.argmax(line[:, 0] > size.radius_mm - 1e-6))
    first = int(np.argmax(line[:, 0] > BOSS_RADIUS_MM + 3.0))
    middle = (line[rim] + line[rim + 1]) / 2
    groove = middle + np.array([[0.0, 0.3], [-0.35, 0.0], [0.0, -0.3]])
    front = curves.smooth(line[first : rim + 1], samples=3)
    back = curves.smooth(line[rim + 1 : -1], samples=3)
    return np.vstack([line[:first], front, groove, back, line[-1:]])


@lru_cache(maxsize=8)
def hull(size: PumpSize = PUMP_20_ML) -> Lathe:
    """Everything within the outside of the case, the refill septum included."""
    return Lathe(outline(size))


@lru_cache(maxsize=8)
def cavity(size: PumpSize = PUMP_20_ML) -> Grown:
    """Return the room inside the case."""
    return Grown(hull(size), -WALL_MM)


def lid_mm(size: PumpSize) -> float:
    """Height of the flat of the face beside the refill port (mm)."""
    return size.thickness_mm - BOSS_HEIGHT_MM


def face_height_mm(size: PumpSize, radius_mm: float) -> float:
    """Height of the face at a distance from the axis (mm)."""
    line = edge_profile(size)
    front = line[: int(np.argmax(line[:, 0])) + 1]
    return float(np.interp(radius_mm, front[:, 0], front[:, 1]))


def rim_height_mm(size: PumpSize) -> float:
    """Height of the widest circle, where the suture loops are fixed (mm)."""
    line = edge_profile(size)
    return float(line[line[:, 0] > size.radius_mm - 1e-6, 1].mean())


def outlet_height_mm(size: PumpSize) -> float:
    """Height of the axis of the outlet (mm)."""
    return size.thickness_mm * CONNECTOR_HEIGHT_SHARE


def access_port_spot(size: PumpSize) -> Vector3:
    """Point of the face under the middle of the access port."""
    height = face_height_mm(size, ACCESS_PORT_CENTRE_MM)
    return spot(CONNECTOR_CLOCK_DEG, ACCESS_PORT_CENTRE_MM, height)


# ----------------------------------------------------------------------------- the parts
@lru_cache(maxsize=8)
def pump_parts(size: PumpSize = PUMP_20_ML) -> tuple[Part, ...]:
    """Return the pump as it is implanted, in the device frame; the case is hollow.

    Returns
    -------
    tuple of Part
        ``case``, ``septum``, ``port_ring``, ``access_port``, ``access_septum``,
        ``outlet_nozzle``, ``connector``, ``suture_loop_1`` to ``suture_loop_4``.
    """
    return (
        _case(size),
        _septum(size),
        _port_ring(size),
        *_access_port(size),
        *_outlet(size),
        *(_loop(size, i) for i in range(len(SUTURE_LOOPS_CLOCK_DEG))),
    )


def pump_pose(pose: PumpPose) -> Pose:
    """Where an implanted pump's device frame stands in the patient.

    A pump on the right is the same pump turned until its outlet points the right way.
    """
    turn = np.radians(pose.clock(CONNECTOR_CLOCK_DEG) - CONNECTOR_CLOCK_DEG)
    right = np.cos(turn) * pose.right - np.sin(turn) * pose.up
    up = np.cos(turn) * pose.up + np.sin(turn) * pose.right
    return Pose(np.column_stack([right, up, pose.normal]), pose.back_centre)


def placed_pump(pose: PumpPose) -> tuple[Part, ...]:
    """Return the outside of an implanted pump in patient axes."""
    return placed(pump_parts(pose.size), pump_pose(pose))


def _case(size: PumpSize) -> Part:
    top, low = size.thickness_mm, rim_height_mm(size)
    seat = drum((0.0, 0.0), REFILL_PORT_RADIUS_MM, top - 8.0, top + 2.0)
    x, y, face = access_port_spot(size)
    hole = drum((x, y), ACCESS_SEPTUM_RADIUS_MM, face - 8.0, face + 4.0)
    ring = drum((0.0, 0.0), BOSS_RADIUS_MM - 0.3, top - 1.35, top + 2.0)
    lid = np.array([(LID_RADIUS_MM, low), (LID_RADIUS_MM, top)])
    groove = Blend((add(Sheet(lid, 0.5)), cut(Grown(hull(size), -0.3))))
    solid = Blend(
        (
            add(hull(size)),
            add(_turned(size, _BOSS), 1.6),
            cut(cavity(size)),
            cut(ring),
            cut(groove, 0.15),
            cut(seat, 0.1),
            cut(hole, 0.1),
        )
    )
    radius = size.radius_mm
    seam = Lathe(
        np.array([(radius - 0.6, low - _SEAM_MM / 2), (radius + 0.5, low - _SEAM_MM / 2),
                  (radius + 0.5, low + _SEAM_MM / 2), (radius - 0.6, low + _SEAM_MM / 2)])
    )  # fmt: skip
    # polished metal shows every facet of a coarse grid
    return Part("case", Tissue.TITANIUM, solid, marks=(Zone(Tissue.STEEL, seam),), step_mm=0.25)


def _septum(size: PumpSize) -> Part:
    """Silicone in the port, bulging a little."""
    top, radius = size.thickness_mm, REFILL_PORT_RADIUS_MM - 0.05
    share = np.linspace(0.0, 1.0, 9)
    dome = np.column_stack([radius * share, top - 0.85 - 0.45 * share**2])
    floor = top - 0.85 - SEPTUM_DEPTH_MM
    return Part("septum", Tissue.SEPTUM, Lathe(np.vstack([dome, [(radius, floor), (0.0, floor)]])))


def _port_ring(size: PumpSize) -> Part:
    """Polished ring round the septum that a fingertip feels through the skin."""
    top, hole = size.thickness_mm, REFILL_PORT_RADIUS_MM
    line = [
        (hole, top - 0.95), (hole, top - 0.5), (hole + 0.35, top - 0.12), (8.9, top), (9.5, top),
        (10.1, top - 0.4), (10.5, top - 1.1), (10.3, top - 1.5), (hole + 0.2, top - 1.5),
    ]  # fmt: skip
    return Part("port_ring", Tissue.STEEL, Lathe(np.array(line), step_mm=0.1))


def _access_port(size: PumpSize) -> tuple[Part, Part]:
    """Small flanged port beside the outlet, with a septum of its own."""
    x, y, low = access_port_spot(size)
    wide, hole = ACCESS_PORT_RADIUS_MM, ACCESS_SEPTUM_RADIUS_MM
    top = low + ACCESS_PORT_RISE_MM
    line = np.array(
        [
            (hole, low - 7.0), (hole, top + 0.1), (hole + 0.2, top + 0.3), (0.88 * wide, top + 0.3),
            (wide, top), (wide, top - 0.9), (1.30 * wide, top - 1.4), (1.36 * wide, top - 1.8),
            (1.36 * wide, low - 7.0),
        ]
    )  # fmt: skip
    shell = Blend((add(Lathe(line, (x, y, 0.0), step_mm=0.1)), cut(cavity(size))))
    share = np.linspace(0.0, 1.0, 7)
    dome = np.column_stack([(hole - 0.05) * share, top - 0.1 - 0.3 * share**2])
    floor = top - ACCESS_SEPTUM_DEPTH_MM
    plug = Lathe(np.vstack([dome, [(hole - 0.05, floor), (0.0, floor)]]), (x, y, 0.0), step_mm=0.1)
    return (
        Part("access_port", Tissue.STEEL, shell),
        Part("access_septum", Tissue.SEPTUM, plug),
    )


def _turned(size: PumpSize, steps: tuple[tuple[float, float], ...]) -> Lathe:
    """Body turned about the outlet's axis: radii at shares of the connector's length."""
    line = np.array([(radius, share * CONNECTOR_LENGTH_MM) for share, radius in steps])
    root = spot(CONNECTOR_CLOCK_DEG, size.radius_mm, outlet_height_mm(size))
    return Lathe(line, root, spot(CONNECTOR_CLOCK_DEG, 1.0, 0.0), step_mm=0.1)


def _outlet(size: PumpSize) -> tuple[Part, Part]:
    """Nozzle of the pump, and the sleeve of the catheter pushed and locked onto it."""
    level = outlet_height_mm(size)
    ends = [
        spot(CONNECTOR_CLOCK_DEG, size.radius_mm + reach, level)
        for reach in (-2.0, CONNECTOR_LENGTH_MM + 1.0)
    ]
    bore = Cylinder(ends[0], ends[1], 0.45)
    rings = tuple(
        Zone(Tissue.PLASTIC, _turned(size, ((a, 0.0), (a, 6.0), (b, 6.0), (b, 0.0))))
        for a, b in _COLLARS
    )
    medicine = (Zone(Tissue.MEDICATION, bore),)
    sleeve = Blend((add(_turned(size, _SLEEVE)), cut(_turned(size, _NOZZLE))))
    return (
        Part("outlet_nozzle", Tissue.STEEL, _turned(size, _NOZZLE), core=medicine),
        Part("connector", Tissue.SILICONE, sleeve, core=medicine, marks=rings),
    )


def _loop(size: PumpSize, index: int) -> Part:
    """Staple of wire out of the rim, wide enough for a stitch."""
    clock, height = SUTURE_LOOPS_CLOCK_DEG[index], rim_height_mm(size)
    places = ((-1.0, -0.6), (-0.97, 0.50), (-0.72, 0.92), (0.0, 1.0))
    half = [(span, reach) for span, reach in places]
    knots = half + [(-span, reach) for span, reach in half[-2::-1]]
    reach_mm = SUTURE_LOOP_REACH_MM - _WIRE_MM / 2
    course = [
        spot(clock + span * _LOOP_SPAN_DEG, size.radius_mm + reach * reach_mm, height)
        for span, reach in knots
    ]
    wire: Solid = Tube.even(curves.smooth(np.array(course), samples=8), _WIRE_MM / 2)
    solid = Blend((add(wire), cut(cavity(size))))
    return Part(f"suture_loop_{index + 1}", Tissue.TITANIUM, solid)
