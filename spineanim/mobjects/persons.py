"""Bodies of patients, remembered: what is derived from one is worked out once a process."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spineanim.content.parameters import Parameters
from spineanim.geometry.body import Body
from spineanim.geometry.level_cut import LevelCut
from spineanim.geometry.loin import LoinCut
from spineanim.geometry.params import Anatomy, PumpSize
from spineanim.geometry.patients import bare_body

_MOST: Final = 8
"""Several stances of one patient, before and after a parameter has changed."""


@lru_cache(maxsize=_MOST)
def person(anatomy: Anatomy, size: PumpSize, *, implanted: bool = True) -> Body:
    """Return the body of a patient; see `Body`."""
    return Body(anatomy, size, implanted=implanted)


def loin_cut(anatomy: Anatomy, size: PumpSize) -> LoinCut:
    """Return the cut through a patient's loin, before anything is implanted."""
    bare_body(anatomy.patient)  # a preview notes who is cut, though the cut may be kept
    return _loin_cut(anatomy, size)


@lru_cache(maxsize=_MOST)
def _loin_cut(anatomy: Anatomy, size: PumpSize) -> LoinCut:
    return LoinCut(person(anatomy, size, implanted=False))


def level_cut(parameters: Parameters, level: str) -> LevelCut:
    """Return the cut through a patient's body at a level, before anything is implanted."""
    return _level_cut(parameters.anatomy.patient, level)


@lru_cache(maxsize=_MOST)
def _level_cut(patient: Anatomy, level: str) -> LevelCut:
    return LevelCut(bare_body(patient), level)
