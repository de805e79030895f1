"""The pump lies in its pocket: between the fascia and the fat, with the skin risen over it."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.body import Body
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.params import Anatomy
from spineanim.geometry.soft.pocket import parted
from spineanim.geometry.soft.trunk import skin_part
from spineanim.geometry.torso import neutral_torso

BELLY = ("rectus", "external_oblique", "internal_oblique", "transversus")


def inside_the_pump(body: Body) -> np.ndarray:
    """Points within the case, some way from its edge."""
    pump = body.route.pump
    grid = np.linspace(-0.8, 0.8, 9) * pump.size.radius_mm
    x, y = np.meshgrid(grid, grid)
    disc = np.column_stack([x.ravel(), y.ravel()])[
        np.hypot(x, y).ravel() < pump.size.radius_mm * 0.8
    ]
    high = np.array([0.15, 0.5, 0.85]) * pump.size.thickness_mm
    return np.vstack([pump.place(np.column_stack([disc, np.full(len(disc), h)])) for h in high])


@pytest.mark.parametrize("side", ["left", "right"])
def test_no_muscle_lies_in_the_pump(side: str) -> None:
    body = Body(Anatomy(side=side))  # type: ignore[arg-type]
    points = inside_the_pump(body)
    for part in body.muscles:
        if part.name in BELLY:
            assert part.contains(points).mean() < 0.01, part.name


def test_the_skin_rises_over_the_pump_and_nowhere_else() -> None:
    body, before = Body(), skin_part(neutral_torso())
    (skin,) = (part for part in body.trunk if part.name == "skin")
    pump = body.route.pump
    over = pump.back_centre + pump.normal * np.linspace(0.0, 80.0, 161)[:, None]
    risen = (skin.contains(over).sum() - before.contains(over).sum()) * 0.5
    assert risen == pytest.approx(0.62 * pump.size.thickness_mm, abs=1.0)
    other = over * [-1.0, 1.0, 1.0]
    np.testing.assert_allclose(skin.distance_mm(other), before.distance_mm(other), atol=1e-4)


def test_only_what_stands_in_patient_axes_can_be_parted() -> None:
    body = Body()
    with pytest.raises(ValueError, match="patient axes"):
        parted(bone_part(body.spine, "L3"), body.route.pump)
