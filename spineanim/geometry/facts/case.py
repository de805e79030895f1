"""One implanted patient, ready to be judged."""

from __future__ import annotations

from dataclasses import dataclass

from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import CatheterRoute, carried, plan_route
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, Anatomy, Procedure, PumpSize
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso, neutral_torso


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
