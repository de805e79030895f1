"""Anatomical and procedural facts that every implant picture must respect.

`find_violations` says in plain sentences what is wrong with an anatomy. The checks
themselves take the parts they judge, so that a test can hand them a broken one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from spineanim.geometry import curves, skeleton, wall
from spineanim.geometry.axes import Points3
from spineanim.geometry.canal import CONUS_STATION, Canal, station
from spineanim.geometry.catheter import CatheterRoute, carried, plan_route
from spineanim.geometry.params import (
    ENTRY_LEVELS,
    PROCEDURE,
    PUMP_20_ML,
    Anatomy,
    Procedure,
    PumpSize,
    limits_of,
)
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.torso import Torso, neutral_torso

CLEAR_OF_BONE_MM: Final = 15.0
"""Least distance of the pump's rim from ribs, iliac crest, pubis and belt line [72, 83; D]."""

SPINOUS_HALF_MM: Final = 4.0
"""Half the thickness of a lumbar spinous process with its lamina's root [M]."""

NEEDLE_ANGLE_DEG: Final = (30.0, 60.0)
_ANGLE_TOLERANCE_DEG: Final = 1.0
_LEVEL_TOLERANCE: Final = 0.6
_SKIN_MARGIN_MM: Final = 2.0
_FASCIA_MARGIN_MM: Final = 2.7  # the catheter's own thickness and 1.5 mm of give


@dataclass(frozen=True)
class Case:
    """One implanted patient, ready to be judged.

    Parameters
    ----------
    anatomy, procedure : Anatomy, Procedure
        What was asked for.
    spine, canal : Spine, Canal
        The patient's own column.
    torso : Torso
        The neutral trunk.
    route : CatheterRoute
        Catheter and pump in the neutral trunk (standing reference spine).
    moved : CatheterRoute
        The same, carried to the patient's spine.
    """

    anatomy: Anatomy
    procedure: Procedure
    spine: Spine
    canal: Canal
    torso: Torso
    route: CatheterRoute
    moved: CatheterRoute


def make_case(
    anatomy: Anatomy | None = None,
    size: PumpSize = PUMP_20_ML,
    procedure: Procedure = PROCEDURE,
) -> Case:
    """Build everything that the facts are about."""
    chosen = anatomy or Anatomy()
    spine = Spine(chosen.alignment, chosen.stature_factor)
    route = plan_route(chosen, size, procedure)
    return Case(
        chosen, procedure, spine, Canal(spine), neutral_torso(), route, carried(route, spine)
    )


def find_violations(
    anatomy: Anatomy | None = None,
    size: PumpSize = PUMP_20_ML,
    procedure: Procedure = PROCEDURE,
) -> list[str]:
    """Judge an anatomy with its implant; an empty list means that every fact holds."""
    return violations_of(make_case(anatomy, size, procedure))


def violations_of(case: Case) -> list[str]:
    """Judge a ready case, sentence by sentence."""
    return [sentence for check in CHECKS for sentence in check(case)]


# ---------------------------------------------------------------------------- the column
def check_column(case: Case) -> Iterator[str]:
    """No disc at C1-C2; bodies deepen caudally; Cobb angles as asked."""
    if any(name.startswith("C1_") for name in DISCS):
        yield "There is a disc between C1 and C2."
    depths = {name: case.spine.frame(name).half_depth_mm * 2 for name in LEVELS[1:-1]}
    order = ("C3", "C7", "T3", "T6", "T9", "T12", "L2")
    for upper, lower in pairwise(order):
        if depths[lower] <= depths[upper]:
            yield f"The body of {lower} is not deeper than that of {upper}."
    asked = case.anatomy.alignment
    found = (
        ("lumbar lordosis", -case.spine.cobb_deg("L1", "S1"), asked.lumbar_lordosis_deg),
        (
            "thoracic kyphosis",
            case.spine.cobb_deg("T1", "T12", lower_plate="lower"),
            asked.thoracic_kyphosis_deg,
        ),
        ("cervical lordosis", -case.spine.cobb_deg("C2", "C7"), asked.cervical_lordosis_deg),
        ("sacral slope", case.spine.frame("S1").tilt_deg, asked.sacral_slope_deg),
    )
    for name, value, wanted in found:
        if abs(value - wanted) > _ANGLE_TOLERANCE_DEG:
            yield f"The {name} is {value:.1f} degrees, asked were {wanted:.1f}."


def check_cord(case: Case) -> Iterator[str]:
    """Cord ends at L1-L2, sac at S2, fat behind the lumbar sac."""
    low = case.canal.station_of(case.canal.conus_tip())[0]
    if not station("L1") - 0.5 <= low <= station("L2"):
        yield "The spinal cord does not end at L1 to L2."
    end = case.canal.station_of(case.canal.sac_wall("back")[-1])[0]
    if not station("S1") < end < station("S3"):
        yield "The dural sac does not end at S2."
    for level in ("L2", "L3", "L4"):
        gaps = case.canal.offsets_at(station(level))
        fat = gaps["back_wall"] - gaps["sac_back"]
        if not 4.5 <= fat <= 6.5:
            yield f"The fat behind the sac at {level} is {fat:.1f} mm thick, not 5 to 6."
    middle = case.canal.offsets_at(station("T7"))
    ahead = middle["cord_front"] - middle["sac_front"]
    if ahead >= middle["sac_back"] - middle["cord_back"]:
        yield "The cord does not hug the front of the sac in the thoracic spine."


# ------------------------------------------------------------------------- in the canal
def check_tip(case: Case) -> Iterator[str]:
    """Tip at its level, inside the dura, behind the cord."""
    at, offset = case.canal.station_of(case.moved.tip[1:])
    wanted = case.anatomy.tip_level
    if abs(at - station(wanted)) > _LEVEL_TOLERANCE:
        yield f"The catheter tip does not lie at {wanted}."
    gaps = case.canal.offsets_at(at)
    if not gaps["sac_front"] < offset < gaps["sac_back"]:
        yield "The catheter tip lies outside the dura."
    if offset <= gaps["cord_back"]:
        yield "The catheter tip does not lie behind the cord."


def check_entry(case: Case) -> Iterator[str]:
    """Dura crossed at or below L2-L3, below the conus, through the asked gap."""
    at, _ = case.canal.station_of(case.moved.dura[1:])
    level = case.anatomy.entry_level
    if level not in ENTRY_LEVELS or at < station("L2_L3") - 0.3:
        yield "The catheter enters above L2-L3."
    if at <= CONUS_STATION + 0.3:
        yield "The catheter enters at or above the end of the cord."
    if abs(at - station(level)) > 0.35:
        yield f"The catheter does not enter through the gap {level.replace('_', '-')}."
    line = case.route.needle_skin - case.route.dura
    if abs(line[0]) < 4.0 or np.sign(line[0]) != case.anatomy.sign:
        yield "The needle does not run beside the midline on the implant's side."
    if line[2] >= 0:
        yield "The needle does not point towards the head."
    angle = needle_angle_deg(case.torso, case.route)
    if not NEEDLE_ANGLE_DEG[0] <= angle <= NEEDLE_ANGLE_DEG[1]:
        yield f"The needle stands at {angle:.0f} degrees to the skin, not 30 to 60."
    way, near = case.moved.stretches["entry"], ("L1", "L2", "L3", "L4", "L5")
    if any(curves.contains(case.spine.body(name), way[:, 1:]).any() for name in near):
        yield "The catheter's way in runs through a vertebral body."
    middle = way[np.abs(way[:, 0]) < SPINOUS_HALF_MM][:, 1:]
    if len(middle) and any(
        curves.contains(case.spine.spinous_process(name), middle).any() for name in near
    ):
        yield "The catheter's way in runs through a spinous process."


def needle_angle_deg(torso: Torso, route: CatheterRoute) -> float:
    """Angle between the needle and the skin where it pierces it (degrees), seen from the side."""
    y, z = route.needle_skin[1:]
    rise = torso.skin_at(z + 10.0, 172.0)[1] - torso.skin_at(z - 10.0, 172.0)[1]
    skin = np.degrees(np.arctan2(rise, 20.0))
    run = route.dura[1:] - np.array([y, z])
    needle = np.degrees(np.arctan2(run[0], run[1]))
    return float(abs(needle - skin))


def check_sac_path(case: Case) -> Iterator[str]:
    """Intrathecal stretch stays inside the sac and behind the cord all along."""
    line = case.moved.stretches["intrathecal"]
    outside = before = 0
    for point in line[2:]:
        at, offset = case.canal.station_of(point[1:])
        gaps = case.canal.offsets_at(at)
        outside += not gaps["sac_front"] < offset < gaps["sac_back"]
        before += at < CONUS_STATION and offset <= gaps["cord_back"]
    if outside:
        yield "The catheter leaves the dural sac between its entry and its tip."
    if before:
        yield "The catheter does not stay behind the cord."
    if np.abs(line[:, 0]).max() > 6.0:
        yield "The catheter strays sideways out of the sac."


# -------------------------------------------------------------------- pump and flank
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
    most = limits_of(Procedure, "pocket_depth_mm").high
    depth = port_depth_mm(case.torso, case.route)
    if depth > most + 0.5 or case.procedure.pocket_depth_mm > most:
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


CHECKS: Final[tuple[Callable[[Case], Iterator[str]], ...]] = (
    check_column,
    check_cord,
    check_tip,
    check_entry,
    check_sac_path,
    check_pump,
    check_coil,
    check_tunnel,
)
