"""Solids: distances, combination, digests and grids."""

from __future__ import annotations

import pickle
import subprocess
import sys

import numpy as np
import pytest

from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import (
    REST,
    Blend,
    Grown,
    Mirrored,
    Placed,
    Pose,
    Shell,
    add,
    cut,
    keep,
    union,
)
from spineanim.geometry.solids.grid import sample
from spineanim.geometry.solids.lofts import Loft, Tube
from spineanim.geometry.solids.outlines import Extrusion, Lathe
from spineanim.geometry.solids.primitives import (
    Capsule,
    Chain,
    Cylinder,
    Ellipsoid,
    HalfSpace,
    RoundedBox,
)

SQUARE = np.array([[-5.0, -4.0], [5.0, -4.0], [5.0, 4.0], [-5.0, 4.0]])

EACH: dict[str, Solid] = {
    "ellipsoid": Ellipsoid((1.0, 2.0, 3.0), (6.0, 4.0, 5.0), 20.0),
    "capsule": Capsule((0.0, 0.0, 0.0), (0.0, 12.0, 4.0), (3.0, 4.0), (2.0, 3.0)),
    "chain": Chain(((0, 0, 0), (6, 4, 0), (12, 4, 4)), ((3, 3), (2.5, 2), (2, 2))),
    "cylinder": Cylinder((0.0, 0.0, -6.0), (0.0, 0.0, 6.0), 5.0, 1.0),
    "box": RoundedBox((0.0, 1.0, 0.0), (6.0, 4.0, 3.0), 1.0),
    "extrusion": Extrusion(SQUARE, 3.0, edge_mm=0.8),
    "lathe": Lathe(np.array([[0.0, -3.0], [6.0, -3.0], [6.0, 3.0], [0.0, 3.0]])),
    "tube": Tube.even(np.array([[0.0, 0.0, 0.0], [8.0, 0.0, 0.0], [8.0, 8.0, 0.0]]), 2.0),
    "loft": Loft(
        np.column_stack([np.zeros(40), np.linspace(-8, 8, 40)]), np.full(40, 3.0), np.full(40, 5.0)
    ),
    "blend": Blend(
        (
            add(Ellipsoid((0.0, 0.0, 0.0), (8.0, 6.0, 5.0))),
            add(Ellipsoid((7.0, 0.0, 0.0), (4.0, 4.0, 4.0)), 2.0),
            cut(Cylinder((0.0, 0.0, -9.0), (0.0, 0.0, 9.0), 2.0), 0.5),
            keep(RoundedBox((0.0, 0.0, 0.0), (9.0, 9.0, 4.0)), 0.3),
        )
    ),
}


@pytest.fixture(params=EACH, name="solid")
def _solid(request: pytest.FixtureRequest) -> Solid:
    return EACH[request.param]


def _cloud(solid: Solid, count: int = 4000) -> np.ndarray:
    box = solid.bounds.grown(4.0)
    return np.random.default_rng(3).uniform(box.low, box.high, (count, 3))


def test_nothing_lies_outside_the_bounds(solid: Solid) -> None:
    points = _cloud(solid)
    inside = points[solid.contains(points)]
    assert len(inside) > 50
    assert (inside >= np.array(solid.bounds.low) - 0.05).all()
    assert (inside <= np.array(solid.bounds.high) + 0.05).all()


def test_the_field_is_near_a_distance_at_the_surface(solid: Solid) -> None:
    """A step of half a millimetre along the gradient changes the field by about as much."""
    points = _cloud(solid, 20000)
    near = points[np.abs(solid.distance_mm(points)) < 0.4][:300]
    reach = 0.2
    slope = np.stack(
        [
            (solid.distance_mm(near + step) - solid.distance_mm(near - step)) / (2 * reach)
            for step in np.eye(3) * reach
        ],
        axis=1,
    )
    steepness = np.linalg.norm(slope, axis=1)
    assert np.median(steepness) == pytest.approx(1.0, abs=0.12)
    assert steepness.max() < 1.6


def test_a_grid_agrees_with_the_solid_near_its_surface(solid: Solid) -> None:
    grid = sample(solid, 0.4)
    points = _cloud(solid, 20000).astype(np.float32)
    true = solid.distance_mm(points)
    near = np.abs(true) < 1.0
    x, y, z = (np.ascontiguousarray(row) for row in points[near].T)
    error = np.abs(grid.at(x, y, z) - true[near])
    assert np.quantile(error, 0.99) < 0.12
    far = np.abs(true) > 1.5
    x, y, z = (np.ascontiguousarray(row) for row in points[far].T)
    assert (np.sign(grid.at(x, y, z)) == np.sign(true[far])).all()


def test_a_solid_survives_the_way_to_another_process(solid: Solid) -> None:
    solid.distance_mm([[0.0, 0.0, 0.0]])  # fills what is worked out on demand
    copy = pickle.loads(pickle.dumps(solid))
    assert copy.digest == solid.digest
    points = _cloud(solid, 200)
    np.testing.assert_array_equal(copy.distance_mm(points), solid.distance_mm(points))


def test_digests_differ_with_every_field_and_agree_between_processes() -> None:
    digests = {solid.digest for solid in EACH.values()}
    digests |= {Ellipsoid((1.0, 2.0, 3.0), (6.0, 4.0, 5.0), 21.0).digest}
    digests |= {Extrusion(SQUARE + 0.001, 3.0, edge_mm=0.8).digest}
    assert len(digests) == len(EACH) + 2
    code = (
        "from spineanim.geometry.solids.primitives import Ellipsoid;"
        "print(Ellipsoid((1.0, 2.0, 3.0), (6.0, 4.0, 5.0), 20.0).digest)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert found == EACH["ellipsoid"].digest


@pytest.mark.parametrize(
    ("name", "point", "distance"),
    [
        ("cylinder", (9.0, 0.0, 0.0), 4.0),
        ("cylinder", (0.0, 0.0, 8.0), 2.0),
        ("cylinder", (0.0, 0.0, 0.0), -5.0),
        ("box", (10.0, 1.0, 0.0), 4.0),
        ("box", (0.0, 1.0, 0.0), -3.0),
        ("extrusion", (5.0, 0.0, 0.0), 2.0),
        ("extrusion", (0.0, 7.0, 0.0), 2.0),
        ("lathe", (0.0, 0.0, 5.0), 2.0),
        ("lathe", (0.0, 0.0, 0.0), -3.0),
        ("lathe", (0.0, -8.0, 0.0), 2.0),
        ("tube", (4.0, 5.0, 0.0), 2.0),
        ("loft", (8.0, 0.0, 0.0), 3.0),
        ("loft", (0.0, 5.0, 2.0), 2.0),
    ],
)
def test_distances_are_those_of_the_ruler(
    name: str, point: tuple[float, float, float], distance: float
) -> None:
    assert EACH[name].distance_mm(point)[0] == pytest.approx(distance, abs=0.06)


def test_ways_of_combining() -> None:
    ball = Ellipsoid((4.0, 0.0, 0.0), (3.0, 3.0, 3.0))
    points = np.array([[4.0, 0, 0], [-4.0, 0, 0], [0, 0, 0], [4.0, 0, 3.5], [4.0, 2.9, 0]])
    assert Mirrored(ball).contains(points).tolist() == [True, True, False, False, True]
    assert Grown(ball, 1.0).contains(points).tolist() == [True, False, False, True, True]
    assert Shell(ball, 0.5).contains(points).tolist() == [False, False, False, False, True]
    turned = Placed(ball, Pose.tilted(90.0, (0.0, 0.0, 10.0)), 2.0)
    assert turned.contains([[8.0, 0.0, 10.0]])[0]
    assert Placed(ball, REST).distance_mm(points) == pytest.approx(ball.distance_mm(points))
    both = union(ball, Ellipsoid((9.0, 0.0, 0.0), (3.0, 3.0, 3.0)), k_mm=2.0)
    assert both.distance_mm([[6.5, 0.0, 0.0]])[0] < ball.distance_mm([[6.5, 0.0, 0.0]])[0]
    behind = HalfSpace((0.0, 0.0, 1.0), (0.0, 0.0, 2.0))
    assert behind.distance_mm([[5.0, 5.0, 4.0], [0.0, 0.0, 0.0]]) == pytest.approx([3.0, -1.0])


def test_a_tilt_lowers_the_front() -> None:
    front = Pose.tilted(20.0, (0.0, 0.0, 0.0)).place([0.0, -10.0, 0.0])
    assert front[2] < -3.0
    pose = Pose.tilted(20.0, (1.0, 2.0, 3.0))
    points = np.random.default_rng(1).normal(size=(5, 3))
    np.testing.assert_allclose(pose.local(pose.place(points)), points, atol=1e-12)
    there = pose.after(Pose.tilted(-20.0, (0.0, 4.0, 0.0)))
    np.testing.assert_allclose(
        there.place(points), pose.place(Pose.tilted(-20.0, (0.0, 4.0, 0.0)).place(points))
    )


def test_symmetric_solids_are_sampled_alike_on_both_sides() -> None:
    solid = Mirrored(EACH["blend"])
    grid = sample(solid, 0.5)
    np.testing.assert_array_equal(grid.values, grid.values[::-1])
    points = _cloud(solid, 5000).astype(np.float32)
    near = points[np.abs(solid.distance_mm(points)) < 0.8]
    x, y, z = (np.ascontiguousarray(row) for row in near.T)
    assert np.quantile(np.abs(grid.at(x, y, z) - solid.distance_mm(near)), 0.98) < 0.15
