"""What must hold of the pump, its pocket and the tunnelled catheter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from spineanim.geometry import skeleton, wall
from spineanim.geometry.axes import Points3
from spineanim.geometry.catheter import CatheterRoute
from spineanim.geometry.facts.case import Case
from spineanim.geometry.params import DEEPEST_POCKET_MM
from spineanim.geometry.torso import Torso

CLEAR_OF_BONE_MM: Final = 15.0
"""Least distance of the pump's rim from ribs, iliac crest, pubis and belt line [72, 83; D]."""

_SKIN_MARGIN_MM: Final = 2.0
_FASCIA_MARGIN_MM: Final = 2.7  # the catheter's own thickness and 1.5 mm of give


def _gap(points: Points3, others: Points3) -> float:
    """Least distance between two sets of points (mm)."""
    away = points[:, None, :] - others[None, :, :]
    return float(np.min(np.linalg.norm(away, axis=2)))


def check_pump(case: Case) -> Iterator[str]:
    """Pocket clear of ribs, crest, pubis, belt and midline; shallow; port to the skin."""
    pump, side = case.route.pump, case.anatomy.side
    rim = pump.rim()
    if np.sign(pump.centre[0]) != case.anatomy.sign:
        yield f"The pump does not lie on the {side}."
    near = (
        ("lowest ribs", skeleton.costal_margin(side)),
        ("iliac crest", skeleton.iliac_crest(side)),
        ("belt line", case.torso.belt_line),
        ("pubis", case.torso.landmarks["pubis"][None]),
        ("navel", case.torso.landmarks["navel"][None]),
    )
    for name, points in near:
        gap = _gap(rim, points)
        if gap < CLEAR_OF_BONE_MM:
            yield f"The pump lies {gap:.0f} mm from the {name}, too near."
    if pump.centre[2] > case.torso.landmarks["navel"][2] + 10:
        yield "The pump does not lie in the lower quadrant."
    most = DEEPEST_POCKET_MM
    depth = port_depth_mm(case.torso, case.route)
    if depth > most or case.procedure.pocket_depth_mm > most:
        yield f"The refill port lies {depth:.0f} mm under the skin, more than {most:.0f}."
    if depth < SHALLOWEST_MM:
        yield f"The refill port lies only {depth:.0f} mm under the skin."
    outward = pump.port + pump.normal * 3.0
    if case.torso.depth_of(outward) >= case.torso.depth_of(pump.port):
        yield "The refill port does not face the skin."


SHALLOWEST_MM: Final = 8.0


def port_depth_mm(torso: Torso, route: CatheterRoute) -> float:
    """Depth of the refill port under the skin that the pump has lifted (mm)."""
    lifted = wall.LIFTED_SHARE * route.pump.size.thickness_mm
    return torso.depth_of(route.pump.port) + lifted


def check_coil(case: Case) -> Iterator[str]:
    """Slack lies deep to the pump: nothing crosses in front of it."""
    pump = case.route.pump
    line = np.vstack([case.route.stretches["coil"], case.route.stretches["tunnel"]])
    local = pump.local(line)
    over = np.hypot(local[:, 0], local[:, 1]) < pump.size.radius_mm - 4.0
    if not over.any():
        yield "No catheter is coiled behind the pump."
    elif local[over, 2].max() > 1.0:
        yield "The catheter runs in front of the pump or through it."
    cut = pump.local(case.route.abdominal_incision)
    if np.hypot(cut[:, 0], cut[:, 1]).min() <= pump.size.radius_mm:
        yield "The abdominal incision lies over the pump."


def check_tunnel(case: Case) -> Iterator[str]:
    """Coil, tunnel and loop stay between skin and fascia, clear of ribs and crest."""
    torso, side = case.torso, case.anatomy.side
    names = ("coil", "tunnel", "loop")
    line = np.vstack([case.route.stretches[name] for name in names])
    deep = shallow = 0
    for point in line[:-3:2]:
        depth = torso.depth_of(point)
        floor = wall.fascia_depth_mm(torso.azimuth_of(point))
        pressed = _pressed_mm(case, point)
        shallow += depth < _SKIN_MARGIN_MM
        deep += depth > floor + pressed + _FASCIA_MARGIN_MM
    if deep:
        yield "The tunnelled catheter dips under the muscle fascia."
    if shallow:
        yield "The tunnelled catheter comes out of the skin."
    tunnel = case.route.stretches["tunnel"]
    flank = tunnel[np.abs(tunnel[:, 0]) > 100.0]
    crest, ribs = skeleton.CREST_MM, skeleton.costal_margin(side)[:, 2].min()
    if len(flank) == 0 or flank[:, 2].min() <= crest + 10 or flank[:, 2].max() >= ribs - 10:
        yield "The tunnel does not pass between the ribs and the iliac crest."
    if (np.sign(tunnel[:, 0]) != case.anatomy.sign).any():
        yield "The tunnel changes sides."


def _pressed_mm(case: Case, point: Points3) -> float:
    """How far the pocket presses the fascia in under a point (mm)."""
    local = case.route.pump.local(point[None])[0]
    if local[2] < -20.0:
        return 0.0
    return float(wall.press_mm(np.hypot(local[0], local[1]), case.route.pump.size))
