"""What must hold of the column: what lies where, sizes, angles, and room between bones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from spineanim.geometry import morphometry
from spineanim.geometry.bands import BODY_BAND, disc_band_mm
from spineanim.geometry.clearance import rooms_mm
from spineanim.geometry.facts.case import Case
from spineanim.geometry.spine import DISCS
from spineanim.geometry.table import vertebrae

ANGLE_TOLERANCE_DEG: Final = 1.0

LEAST_ROOM_MM: Final = 0.0
"""Bones may not overlap; measured to about 0.1 mm."""

_ORDER: Final = ("C3", "C7", "T3", "T6", "T9", "T12", "L2")


def check_column(case: Case) -> Iterator[str]:
    """No disc at C1-C2; bodies deepen caudally."""
    if any(name.startswith("C1_") for name in DISCS):
        yield "There is a disc between C1 and C2."
    depths = {name: case.spine.frame(name).half_depth_mm for name in _ORDER}
    for upper, lower in pairwise(_ORDER):
        if depths[lower] <= depths[upper]:
            yield f"The body of {lower} is not deeper than that of {upper}."


def check_angles(case: Case) -> Iterator[str]:
    """Cobb angles, measured on the bones' end plates, are as asked."""
    for name, value, wanted in morphometry.asked_angles_deg(case.spine, case.anatomy.alignment):
        if abs(value - wanted) > ANGLE_TOLERANCE_DEG:
            yield f"The {name} is {value:.1f} degrees, asked were {wanted:.1f}."


def check_heights(case: Case) -> Iterator[str]:
    """Heights of bodies and discs, measured on the bones, lie within published bands."""
    scale = case.spine.stature_factor
    for level in morphometry.BODIES:
        row = vertebrae()[level]
        published = (row.number("body_height_ant_mm"), row.number("body_height_post_mm"))
        found = morphometry.body_heights_mm(level)
        for side, value, wanted in zip(("front", "back"), found, published, strict=True):
            if abs(value / wanted - 1) > BODY_BAND:
                yield f"The body of {level} is {value * scale:.1f} mm high at its {side}."
    for disc in DISCS:
        height = sum(morphometry.disc_heights_mm(case.spine, disc)) / 2
        low, high = disc_band_mm(disc)
        if not low * scale <= height <= high * scale:
            yield f"The disc {disc.replace('_', '-')} is {height:.1f} mm high."


def check_bones(case: Case) -> Iterator[str]:
    """No two neighbours among the bones of the column overlap."""
    rooms = rooms_mm(case.spine.alignment, case.spine.stature_factor)
    for (upper, lower), room in rooms.items():
        if room < LEAST_ROOM_MM:
            yield f"{upper} and {lower} overlap by {-room:.1f} mm."
