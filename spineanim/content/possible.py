"""Whether a body and an implant that a practice asks for can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.errors import ParameterError
from spineanim.geometry import morphometry
from spineanim.geometry.facts import CHECKS, Case, column, make_case
from spineanim.geometry.params import Anatomy, PumpSize

FURTHEST_PLUMB_MM: Final = 60.0
"""Standing, the neck lies within 20 to 40 mm of the sacrum's back corner [27]; with the whole
normal range of the chest's curve the model reaches 60 [D]."""
_OF_COLUMN: Final = (
    column.check_column,
    column.check_angles,
    column.check_heights,
    column.check_bones,
)


def refuse_impossible(anatomy: Anatomy, pump: PumpSize, asked: str) -> None:
    """Let only a body and an implant pass for which every fact holds.

    Parameters
    ----------
    anatomy
        Side, levels and standing curves.
    pump
        The device.
    asked
        Where they were asked for, for the message.

    Raises
    ------
    ParameterError
        They do not fit together; the facts that do not hold say why.
    """
    reasons = contradictions(anatomy, pump)
    if reasons:
        raise ParameterError(
            f"{asked}: these parameters do not fit together: {' '.join(reasons).rstrip('.')}",
            "'spineanim params' lists them with their defaults",
        )


@lru_cache(maxsize=32)
def contradictions(anatomy: Anatomy, pump: PumpSize) -> tuple[str, ...]:
    """Give the facts that do not hold: could the person stand, is the implant where it must be.

    Facts of the column alone are left out: they cost seconds, and the ranges of the parameters
    are those in which they hold, which tests confirm.
    """
    case = make_case(anatomy, pump)
    checks = [check_balance, *(check for check in CHECKS if check not in _OF_COLUMN)]
    return tuple(sentence for check in checks for sentence in check(case))


def check_balance(case: Case) -> Iterator[str]:
    """Standing, the neck lies about above the sacrum: pelvis and curves belong together."""
    sacrum = morphometry.placed_plate(case.spine, "S1", "upper")
    neck = [morphometry.placed_plate(case.spine, "C7", side) for side in ("upper", "lower")]
    ahead_mm = float(sacrum[1, 0] - np.mean(neck, axis=(0, 1))[0])
    if abs(ahead_mm) > FURTHEST_PLUMB_MM:
        way = "in front of" if ahead_mm > 0 else "behind"
        chosen = case.anatomy.alignment
        yield (
            f"With a pelvic incidence of {chosen.pelvic_incidence_deg:g}, a lumbar lordosis of "
            f"{chosen.lumbar_lordosis_deg:.3g} and a thoracic kyphosis of "
            f"{chosen.thoracic_kyphosis_deg:g} degrees nobody stands: the neck would lie "
            f"{abs(ahead_mm):.0f} mm {way} the sacrum, more than {FURTHEST_PLUMB_MM:.0f}."
        )
