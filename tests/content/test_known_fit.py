"""Parameters that fit are looked at once; those that do not, every time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spineanim.content import possible
from spineanim.content.known_fit import refuse_misfits
from spineanim.errors import ParameterError
from spineanim.geometry.params import Anatomy, PumpSize


def test_what_fits_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Anatomy] = []
    monkeypatch.setattr(possible, "refuse_impossible", lambda a, p, w: looked_at.append(a))
    plain, other = Anatomy(), replace(Anatomy(), tip_level="T9")
    for anatomy in (plain, plain, other, plain, other):
        refuse_misfits(anatomy, PumpSize(), "here")
    assert looked_at == [plain, other]


def test_what_does_not_fit_is_refused_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(anatomy: Anatomy, pump: PumpSize, asked: str) -> None:
        raise ParameterError(f"{asked}: no")

    monkeypatch.setattr(possible, "refuse_impossible", refuse)
    for _ in range(2):
        with pytest.raises(ParameterError, match="here: no"):
            refuse_misfits(Anatomy(), PumpSize(), "here")
