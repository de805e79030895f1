"""What must hold inside the vertebral canal: cord, sac, and the catheter in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from spineanim.geometry.canal import CONUS_STATION, station
from spineanim.geometry.facts.case import Case

ADULT_FACTOR: Final = 1.06
"""Stature factor of the 175 cm body that the thickness of the fat is published for [54, D]."""

_LEVEL_TOLERANCE: Final = 0.6


def check_cord(case: Case) -> Iterator[str]:
    """Cord ends at L1-L2, sac at S2, fat behind the lumbar sac."""
    low = case.canal.station_of(case.canal.conus_tip())[0]
    if not station("L1") - 0.5 <= low <= station("L2"):
        yield "The spinal cord does not end at L1 to L2."
    end = case.canal.station_of(case.canal.sac_wall("back")[-1])[0]
    if not station("S1") < end < station("S3"):
        yield "The dural sac does not end at S2."
    size = case.spine.stature_factor / ADULT_FACTOR
    for level in ("L2", "L3", "L4"):
        gaps = case.canal.offsets_at(station(level))
        fat = gaps["back_wall"] - gaps["sac_back"]
        if not 4.3 <= fat / size <= 6.5:
            yield f"The fat behind the sac at {level} is {fat:.1f} mm thick, not 5 to 6."
    middle = case.canal.offsets_at(station("T7"))
    ahead = middle["cord_front"] - middle["sac_front"]
    if ahead >= middle["sac_back"] - middle["cord_back"]:
        yield "The cord does not hug the front of the sac in the thoracic spine."


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
