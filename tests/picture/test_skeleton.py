"""The skeleton under the skin is the body's own, seen in a view."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.body import Body
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.primitives import Ellipsoid, RoundedBox
from spineanim.picture.raster import Grid
from spineanim.picture.skeleton import bake_parts, front_bones, side_bones

BLOCK = Part("block", Tissue.BONE, RoundedBox((10.0, 0.0, 20.0), (8.0, 5.0, 4.0), 1.0))


def test_what_is_seen_of_the_trunk() -> None:
    names = [part.name for part in front_bones(Body())]
    assert {"L3", "T12", "sacrum", "rib_7_left", "rib_7_right", "sternum", "L3_L4"} <= set(names)
    assert not [name for name in names if name.startswith(("scapula", "C1", "skull"))]
    assert len(names) == len(set(names))
    beside = [part.name for part in side_bones(Body())]
    assert "rib_7_left" in beside and "hip_bone_left" in beside
    assert not [name for name in beside if name.endswith("_right") or name[0] == "L"]


@pytest.mark.parametrize("left_mm", [-5.0, -5.3, -4.87])
def test_parts_stand_on_the_grid_where_they_stand_in_the_body(theme: Theme, left_mm: float) -> None:
    """The grid need not lie on the bake's own pixels."""
    grid = Grid(left_mm, 40.0, 60, 60, 1.5)
    alpha = bake_parts(grid, [BLOCK], ANTERIOR, theme)[..., 3]
    across, up = np.broadcast_arrays(grid.across_mm, grid.up_mm)
    centre = np.array([(across * alpha).sum(), (up * alpha).sum()]) / alpha.sum()
    assert centre == pytest.approx([10.0, 20.0], abs=0.06)
    assert alpha.sum() / grid.px_per_mm**2 == pytest.approx(16 * 8, rel=0.03)


def test_nothing_in_the_window_is_clear(theme: Theme) -> None:
    grid = Grid(100.0, 400.0, 20, 20, 1.0)
    assert not bake_parts(grid, [BLOCK], ANTERIOR, theme).any()
    assert not bake_parts(grid, [], ANTERIOR, theme).any()


def test_the_lamp_turns_with_the_picture(theme: Theme) -> None:
    """A picture made to be turned by a quarter is lit as the upright one is once turned."""
    grid = Grid(-10.0, 10.0, 40, 40, 2.0)
    ball = Part("ball", Tissue.TITANIUM, Ellipsoid((0.0, 0.0, 0.0), (8.0, 8.0, 8.0)))
    upright = bake_parts(grid, [ball], ANTERIOR, theme)
    to_turn = bake_parts(grid, [ball], ANTERIOR, theme, lamp_deg=-90.0)
    assert np.abs(np.rot90(to_turn) - upright).mean() < 0.01
    assert np.abs(to_turn - upright).mean() > 0.05
