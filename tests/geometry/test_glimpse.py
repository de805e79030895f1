"""A grid that samples only what is looked at answers as the whole grid does."""

import numpy as np
import pytest

from spineanim.geometry.glimpse import glimpse
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Mirrored, Placed, Pose, union
from spineanim.geometry.solids.grid import sample
from spineanim.geometry.solids.primitives import RoundedBox

STEP_MM = 0.37
BOX = RoundedBox((1.0, 2.0, -1.5), (9.0, 6.0, 4.0), 1.0)
SOLIDS = {
    "plain": BOX,
    "two": union(BOX, RoundedBox((7.0, 2.0, 3.0), (3.0, 3.0, 7.0), 0.4), k_mm=1.0),
    "mirrored": Mirrored(BOX),
    "larger": Placed(BOX, Pose(np.eye(3), np.array([3.0, -2.0, 1.0])), 1.7),
    "turned": Placed(BOX, Pose.tilted(20.0, (3.0, -2.0, 1.0))),
}


def looks(solid: Solid) -> tuple[Field, Field, Field]:
    """Points in and round a solid, on a slanted plane."""
    box = solid.bounds.grown(4.0)
    a, b = np.meshgrid(np.linspace(0, 1, 70), np.linspace(0, 1, 60))
    x, y = (box.low[i] + box.size_mm[i] * t.ravel() for i, t in ((0, a), (1, b)))
    z = box.low[2] + box.size_mm[2] * (0.4 + 0.15 * b.ravel())
    return x.astype(FLOAT), y.astype(FLOAT), z.astype(FLOAT)


@pytest.mark.parametrize("name", SOLIDS)
def test_it_answers_to_the_bit_as_the_whole_grid_does(name: str) -> None:
    solid = SOLIDS[name]
    some, whole = glimpse(solid, STEP_MM), sample(solid, STEP_MM)
    x, y, z = looks(solid)
    assert np.array_equal(some.at(x, y, z), whole.at(x, y, z))
    higher = z + FLOAT(1.0)
    assert np.array_equal(some.at(x, y, higher), whole.at(x, y, higher)), "a second look"
    assert np.array_equal(some.low_mm, whole.low_mm) and some.values.shape == whole.values.shape


class Counted(Solid):
    """A box that counts the points it is asked about."""

    asked = 0

    def field(self, x: Field, y: Field, z: Field) -> Field:
        self.asked += x.size
        return BOX.field(x, y, z)

    @property
    def bounds(self) -> Box:
        return BOX.bounds


def test_a_look_along_a_plane_asks_a_fraction_and_each_point_once() -> None:
    some, whole = Counted(), Counted()
    grid = glimpse(some, STEP_MM)
    x, y, z = looks(BOX)
    grid.at(x, y, z)
    sample(whole, STEP_MM)
    assert some.asked < 0.3 * whole.asked
    before = some.asked
    grid.at(x, y, z)
    assert some.asked == before
