"""Anatomical and procedural facts that every implant picture must respect.

`find_violations` says in plain sentences what is wrong with an anatomy. The checks
themselves take the case they judge, so that a test can hand them a broken one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from spineanim.geometry.facts import column, entry, implant, sac
from spineanim.geometry.facts.case import Case, make_case
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, Anatomy, Procedure, PumpSize

__all__ = ["CHECKS", "Case", "find_violations", "make_case", "violations_of"]

Check = Callable[[Case], Iterator[str]]

CHECKS: Final[tuple[Check, ...]] = (
    column.check_column,
    column.check_angles,
    column.check_heights,
    column.check_bones,
    sac.check_cord,
    sac.check_tip,
    entry.check_entry,
    entry.check_way_in,
    sac.check_sac_path,
    implant.check_pump,
    implant.check_coil,
    implant.check_tunnel,
)


def find_violations(
    anatomy: Anatomy | None = None,
    size: PumpSize = PUMP_20_ML,
    procedure: Procedure = PROCEDURE,
) -> list[str]:
    """Judge an anatomy with its implant; an empty list means that every fact holds.

    Parameters
    ----------
    anatomy : Anatomy, optional
        The patient, and where the catheter goes; the default anatomy when omitted.
    size : PumpSize
        The device.
    procedure : Procedure
    """
    return violations_of(make_case(anatomy, size, procedure))


def violations_of(case: Case) -> list[str]:
    """Judge a ready case, sentence by sentence."""
    return [sentence for check in CHECKS for sentence in check(case)]
