"""The column and its canal are quick enough to rebuild for every frame of a bend."""

from __future__ import annotations

import time

from spineanim.geometry.canal import Canal
from spineanim.geometry.params import STANDING, Alignment
from spineanim.geometry.spine import Spine

BUDGET_S = 0.020


def test_spine_and_canal_build_within_budget() -> None:
    Canal(Spine(STANDING)).sac()
    best = float("inf")
    for lordosis in (30.0, 35.0, 40.0, 45.0, 50.0):
        start = time.perf_counter()
        canal = Canal(Spine(Alignment(lumbar_lordosis_deg=lordosis)))
        canal.sac()
        canal.cord()
        canal.outline()
        best = min(best, time.perf_counter() - start)
    assert best < BUDGET_S
