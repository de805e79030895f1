"""The X-ray: what each bone takes of the rays, kept by itself and added up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from spineanim.geometry.body import Body
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.solids.grid import sample
from spineanim.geometry.spine import Spine
from spineanim.mobjects import xray_density
from spineanim.mobjects.xray_density import bone_density, front_grid
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.skeleton import with_spine

BODY = with_spine(Spine(SIDE_LYING_FLEXED, 1.06))


def round_levels(*levels: str) -> tuple[float, float, float, float]:
    """Box that holds parts of a few bones alone: little is baked."""
    corners = np.vstack([BODY.spine.frame(level).corners for level in levels])
    return -12.0, float(corners[:, 1].min()) + 12.0, 12.0, float(corners[:, 1].max()) - 12.0


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[float]]:
    """Note the steps that bones are sampled with; the store is its own."""
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    steps: list[float] = []

    def noted(solid: object, step_mm: float) -> object:
        steps.append(step_mm)
        return sample(solid, step_mm)  # type: ignore[arg-type]

    monkeypatch.setattr(xray_density, "sample", noted)
    yield steps


def test_other_levels_bake_only_the_bones_that_are_new(sampled: list[float]) -> None:
    bone_density(BODY, front_grid(round_levels("L3"), 1.0))
    first = len(sampled)
    bone_density(BODY, front_grid(round_levels("L3"), 2.0))
    assert len(sampled) == first, "another picture of the same bones bakes none"
    both = front_grid(round_levels("L2", "L3"), 1.0)
    bone_density(BODY, both)
    left, bottom, right, top = both.box_mm
    low_x, low_z, high_x, high_z = xray_density._boxes_mm(BODY).T
    seen = (low_x <= right) & (high_x >= left) & (low_z <= top) & (high_z >= bottom)
    assert first < len(sampled) == seen.sum(), "each bone once"


def test_in_haste_a_bone_is_sampled_coarsely_and_looks_alike(sampled: list[float]) -> None:
    grid = front_grid(round_levels("L3"), 1.0)
    with hurried():
        rough = bone_density(BODY, grid)
        assert roughness() > 0
    count = len(sampled)
    fine = bone_density(BODY, grid)
    assert len(sampled) == 2 * count and min(sampled[:count]) > max(sampled[count:])
    with hurried():
        assert np.array_equal(bone_density(BODY, grid), fine), "what is kept is used"
    assert np.corrcoef(rough.ravel(), fine.ravel())[0, 1] > 0.85
    assert rough.mean() == pytest.approx(fine.mean(), rel=0.2)


def test_beyond_its_samples_a_bone_adds_nothing() -> None:
    grid = front_grid((200.0, 0.0, 240.0, 40.0), 1.0)
    assert not bone_density(Body(), grid).any()
