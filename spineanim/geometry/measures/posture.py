"""Measures of the curves: on the end plates of the bones as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from spineanim.geometry import morphometry
from spineanim.geometry.measures.base import Measure, within
from spineanim.geometry.params import STANDING, Anatomy
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

# Share of the way from C7 to the back hip spine at which spinous tips lie [37]
_TIP_SHARES: Final = {"T4": 0.21, "T7": 0.39, "T10": 0.54, "L1": 0.71, "L4": 0.86}
_PSIS_BELOW_MM: Final = 17.0  # below the origin, reference body; fitted to [37]


def posture_measures(anatomy: Anatomy) -> Iterator[Measure]:
    """Curves of the patient against what was asked, and of the standing body as published."""
    yield from _asked(anatomy)
    spine = Spine(STANDING, anatomy.stature_factor)
    yield from _cobb(spine)
    yield from _balance(spine)
    yield from _tips(Spine(STANDING, 1.06))


def _asked(anatomy: Anatomy) -> Iterator[Measure]:
    spine = Spine(anatomy.alignment, anatomy.stature_factor)
    for name, value, wanted in morphometry.asked_angles_deg(spine, anatomy.alignment):
        yield within(f"Patient's {name}", value, wanted, 1.0, "as asked", "degrees")


def _cobb(spine: Spine) -> Iterator[Measure]:
    for upper, lower, published in (("T1", "T12", 44.2), ("T2", "T11", 39.9), ("T3", "T10", 33.3)):
        found = morphometry.cobb_deg(spine, upper, lower, "lower")
        yield within(f"Kyphosis {upper}-{lower}", found, published, 2.0, "[23]", "degrees")
    lordosis = -morphometry.cobb_deg(spine, "L1", "S1")
    yield within("Lordosis L1-S1", lordosis, 55.68, 10.0, "0.54 PI + 27.6 [29]", "degrees")
    low = -morphometry.cobb_deg(spine, "L4", "S1") / lordosis
    yield Measure("Share of L4-S1 in lordosis", low, "of it", 0.67, 0.62, 0.72, "[31, 32]")
    neck = -morphometry.cobb_deg(spine, "C2", "C7")
    yield Measure("Cervical lordosis C2-C7", neck, "degrees", 12.7, 6.6, 18.8, "[25]")
    slope = morphometry.tilt_deg(spine, "S1", "upper")
    yield within("Sacral slope", slope, 39.1, 6.7, "[33]", "degrees")
    first = morphometry.tilt_deg(spine, "T1", "upper")
    yield within("T1 slope", first, 25.0, 5.0, "anatomy 2.3 [D]", "degrees")


def _balance(spine: Spine) -> Iterator[Measure]:
    plate = morphometry.placed_plate(spine, "S1", "upper")
    hip = neutral_torso().landmarks["hip_joint_left"][1:] * spine.stature_factor / 1.06
    way = hip - plate.mean(axis=0)
    run = plate[1] - plate[0]
    square = np.array([run[1], -run[0]])
    cosine = way @ square / np.linalg.norm(way) / np.linalg.norm(square)
    found = float(np.degrees(np.arccos(cosine)))
    yield Measure("Pelvic incidence", found, "degrees", "46 to 53", 44.0, 62.0, "[26, 33]")
    tilt = float(np.degrees(np.arctan2(-way[0], -way[1])))
    yield Measure("Pelvic tilt", tilt, "degrees", "7 to 13", 6.0, 19.0, "[26, 28, 33]")
    ends = [morphometry.placed_plate(spine, "C7", side) for side in ("upper", "lower")]
    ahead = plate[1, 0] - float(np.mean(ends, axis=(0, 1))[0])
    yield Measure("C7 plumb line before S1", ahead, "mm", "-40 to 40", -40.0, 40.0, "[27]")


def _tips(spine: Spine) -> Iterator[Measure]:
    low = -_PSIS_BELOW_MM * spine.stature_factor
    high = morphometry.spinous_tip(spine, "C7")[1]
    yield within("C7 to back hip spine", high - low, 509.0, 35.0, "[37]")
    for level, share in _TIP_SHARES.items():
        found = (high - morphometry.spinous_tip(spine, level)[1]) / (high - low)
        yield within(f"{level} spinous tip down the back", found, share, 0.05, "[37]", "of the way")
