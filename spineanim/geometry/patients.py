"""Bodies of patients before any implant: remembered, and made ready for cuts at any level."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import numpy as np

from spineanim.geometry.body import Body, bounds_of
from spineanim.geometry.params import Anatomy

_asked: ContextVar[set[Anatomy] | None] = ContextVar("asked", default=None)


@contextmanager
def noting_patients(patients: set[Anatomy]) -> Iterator[None]:
    """Note whose body is asked for before the implant, within the block."""
    token = _asked.set(patients)
    try:
        yield
    finally:
        _asked.reset(token)


def bare_body(patient: Anatomy) -> Body:
    """Return a patient's body before the implant; it is remembered, its parts take seconds."""
    asked = _asked.get()
    if asked is not None:
        asked.add(patient)
    return _bare_body(patient)


@lru_cache(maxsize=8)
def _bare_body(patient: Anatomy) -> Body:
    return Body(patient, implanted=False)


def make_ready(patient: Anatomy) -> None:
    """Work out what cuts through a body before the implant need, once a process: seconds."""
    for name, parts in bare_body(patient).own.items():
        for part in parts:
            if name != "head":  # no cut goes there
                # solids make their tables when they are first asked
                part.placed.distance_mm(np.array([bounds_of(part).low]))
