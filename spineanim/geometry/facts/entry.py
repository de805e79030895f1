"""What must hold of the needle and the catheter's way in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from spineanim.geometry import calipers
from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.canal import CONUS_STATION, station
from spineanim.geometry.catheter import CatheterRoute, reference_spine
from spineanim.geometry.facts.case import Case
from spineanim.geometry.params import CATHETER, ENTRY_LEVELS
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso

NEEDLE_ANGLE_DEG: Final = (30.0, 60.0)

NEEDLE_RADIUS_MM: Final = 0.83
"""Half the thickness of the 16 G needle (15 G: 0.92) [M]."""

_NEAR: Final = ("L1", "L2", "L3", "L4", "L5", "sacrum")
_WINDOW_MM: Final = 14.0
_SPACING_MM: Final = 0.5


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


def check_way_in(case: Case) -> Iterator[str]:
    """Needle and catheter go between the laminae and touch no bone.

    The needle is judged in the standing body that it is planned in, where the gap is
    narrowest; the catheter in every posture.
    """
    level = case.anatomy.entry_level.replace("_", "-")
    upper, lower = case.anatomy.entry_level.split("_")
    rest = reference_spine()
    needle = _line(case.route)
    for name in _NEAR:
        if _gap(rest, name, needle) < NEEDLE_RADIUS_MM:
            yield f"The needle runs into {name}."
        thread = case.moved.stretches["entry"]
        if _gap(case.spine, name, thread) < CATHETER.outer_diameter_mm / 2:
            yield f"The catheter's way in runs into {name}."
    if not _between(rest, upper, lower, needle):
        yield f"The needle does not pass between the laminae of {level}."


def _line(route: CatheterRoute) -> Points3:
    """Points along the needle from the skin to the dura, (N, 3)."""
    run = route.dura - route.needle_skin
    count = int(np.linalg.norm(run) / _SPACING_MM) + 2
    line: Points3 = route.needle_skin + np.linspace(0.0, 1.0, count)[:, None] * run
    return line


def _gap(spine: Spine, name: str, line: Points3) -> float:
    """Least distance of points from a bone as a spine has it (mm)."""
    return calipers.least_gap_mm(line, bone_part(spine, name).placed)


def _between(spine: Spine, upper: str, lower: str, line: Points3) -> bool:
    """Tell whether some point of the needle has one lamina above and the other below it."""
    up = np.array([0.0, *spine.frame(lower).place(np.array([[0.0, 1.0]]))[0]])
    up = up - [0.0, *spine.frame(lower).centre]
    inner = line[-int(25.0 / _SPACING_MM) :]
    above = calipers.firsts_mm(bone_part(spine, upper).placed, inner, up, _WINDOW_MM)
    below = calipers.firsts_mm(bone_part(spine, lower).placed, inner, -up, _WINDOW_MM)
    return bool((np.isfinite(above) & np.isfinite(below)).any())


def needle_angle_deg(torso: Torso, route: CatheterRoute) -> float:
    """Angle between the needle and the skin where it pierces it (degrees), seen from the side."""
    y, z = route.needle_skin[1:]
    rise = torso.skin_at(z + 10.0, 172.0)[1] - torso.skin_at(z - 10.0, 172.0)[1]
    skin = np.degrees(np.arctan2(rise, 20.0))
    run = route.dura[1:] - np.array([y, z])
    needle = np.degrees(np.arctan2(run[0], run[1]))
    return float(abs(needle - skin))
