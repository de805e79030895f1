"""Calipers against shapes whose sizes are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import calipers
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.solids.combine import Blend, Placed, Pose, Shell, add, cut, union
from spineanim.geometry.solids.primitives import Capsule, Cylinder, Ellipsoid, RoundedBox

BALL = Ellipsoid((3.0, -2.0, 5.0), (10.0, 10.0, 10.0))
EGG = Ellipsoid((0.0, 0.0, 0.0), (20.0, 10.0, 6.0))
BRICK = RoundedBox((1.0, 2.0, 3.0), (20.0, 10.0, 5.0), 1.0)


def test_a_line_crosses_a_ball_twice() -> None:
    found = calipers.crossings_mm(BALL, (3.0, -2.0, -15.0), (0.0, 0.0, 2.0), 60.0)
    assert_allclose(found, [10.0, 30.0], atol=1e-3)


def test_a_line_that_misses_crosses_nothing() -> None:
    assert len(calipers.crossings_mm(BALL, (30.0, 0.0, 0.0), (0.0, 1.0, 0.0), 60.0)) == 0
    assert np.isnan(calipers.span_mm(BALL, (30.0, 0.0, 0.0), (0.0, 1.0, 0.0)))
    assert calipers.free_mm(BALL, (30.0, 0.0, 0.0), (1.0, 0.0, 0.0)) == float("inf")
    assert calipers.edge_mm(BALL, (30.0, 0.0, 0.0), (1.0, 0.0, 0.0)) == float("-inf")


def test_thickness_of_a_wall_and_width_of_its_hollow() -> None:
    shell = Shell(BALL, 2.0)
    centre = np.array(BALL.centre_mm)
    assert calipers.width_mm(shell, centre, (1.0, 0.0, 0.0)) == pytest.approx(16.0, abs=0.01)
    wall = centre + np.array([9.0, 0.0, 0.0])
    assert calipers.width_mm(shell, wall, (1.0, 0.0, 0.0)) == pytest.approx(2.0, abs=0.01)
    assert calipers.span_mm(shell, centre, (0.0, 1.0, 0.0)) == pytest.approx(20.0, abs=0.01)


@pytest.mark.parametrize("turn_deg", [0.0, 30.0])
def test_sizes_are_measured_along_any_direction(turn_deg: float) -> None:
    pose = Pose.tilted(turn_deg, (5.0, 6.0, 7.0))
    brick = Placed(BRICK, pose, 1.1)
    middle = pose.place(np.array([1.0, 2.0, 3.0]) * 1.1)
    for axis, size in zip(pose.rotation.T, (40.0, 20.0, 10.0), strict=True):
        assert calipers.span_mm(brick, middle, axis) == pytest.approx(size * 1.1, abs=0.01)


def test_free_way_and_far_edge() -> None:
    assert calipers.free_mm(BRICK, (1.0, 2.0, 20.0), (0.0, 0.0, -1.0)) == pytest.approx(
        12, abs=0.01
    )
    assert calipers.edge_mm(BRICK, (1.0, 2.0, 20.0), (0.0, 0.0, -1.0)) == pytest.approx(
        22, abs=0.01
    )


def test_many_rays_agree_with_single_ones() -> None:
    starts = np.array([[3.0, y, -30.0] for y in np.linspace(-11.0, 7.0, 13)] + [[99.0, 0.0, 0.0]])
    shell, up = Shell(BALL, 2.0), (0.0, 0.0, 1.0)
    first = [calipers.free_mm(shell, start, up) for start in starts]
    last = [calipers.edge_mm(shell, start, up) for start in starts]
    assert_allclose(calipers.firsts_mm(shell, starts, up, 100.0), first, atol=0.02)
    assert_allclose(calipers.edges_mm(shell, starts, up, 100.0), last, atol=0.02)
    centre = np.array([BALL.centre_mm])
    assert_allclose(calipers.widths_mm(shell, centre, up, 100.0), 16.0, atol=0.02)


@pytest.mark.parametrize("solid", [BALL, EGG, BRICK], ids=["ball", "egg", "brick"])
def test_surface_points_lie_on_the_surface_all_round(solid: Solid) -> None:
    points = calipers.surface_points(solid, 1.5)
    assert np.abs(solid.distance_mm(points)).max() < 0.15
    low, high = np.array(solid.bounds.low), np.array(solid.bounds.high)
    assert_allclose(points.min(axis=0), low, atol=0.8)
    assert_allclose(points.max(axis=0), high, atol=0.8)


def test_surface_points_can_be_kept_to_a_box() -> None:
    points = calipers.surface_points(BALL, 1.0, Box((3.0, -12.0, 5.0), (13.0, 8.0, 15.0)))
    assert points[:, 0].min() > 1.0
    assert points[:, 2].min() > 3.0
    assert len(points) > 200


def test_gradient_points_outwards() -> None:
    points = calipers.surface_points(BALL, 2.0)
    assert_allclose(calipers.gradient(BALL, points), (points - BALL.centre_mm) / 10, atol=0.01)


@pytest.mark.parametrize(
    ("direction", "low", "high"),
    [((0, 0, 1), -6.0, 6.0), ((1, 0, 0), -20.0, 20.0), ((1, 1, 0), -15.811, 15.811)],
)
def test_extent_is_that_of_the_summit(
    direction: tuple[int, int, int], low: float, high: float
) -> None:
    found = calipers.extent_mm(EGG, direction, 1.5)
    assert_allclose(found, (low, high), atol=0.03)


def test_gap_and_depth_of_overlap() -> None:
    other = Ellipsoid((27.0, -2.0, 5.0), (10.0, 10.0, 10.0))
    assert calipers.gap_mm(BALL, other) == pytest.approx(4.0, abs=0.05)
    near = Ellipsoid((22.0, -2.0, 5.0), (10.0, 10.0, 10.0))
    assert calipers.gap_mm(BALL, near) == pytest.approx(-1.0, abs=0.05)
    far = Ellipsoid((99.0, -2.0, 5.0), (10.0, 10.0, 10.0))
    assert calipers.gap_mm(BALL, far) == float("inf")


def test_a_thin_spike_is_found_inside_another_solid() -> None:
    spiked = union(BALL, Capsule((3.0, -2.0, 5.0), (25.0, -2.0, 5.0), (0.8, 0.8), (0.8, 0.8)))
    wall = RoundedBox((40.0, 0.0, 0.0), (17.0, 20.0, 20.0))
    assert calipers.gap_mm(spiked, wall) == pytest.approx(-2.8, abs=0.1)


@pytest.mark.parametrize(
    ("solid", "volume"),
    [
        (BALL, 4 / 3 * np.pi * 1000),
        (EGG, 4 / 3 * np.pi * 1200),
        (Cylinder((0, 0, 0), (0, 0, 25.4), 38.1), np.pi * 38.1**2 * 25.4),
    ],
    ids=["ball", "egg", "puck"],
)
def test_volume_by_counting(solid: Solid, volume: float) -> None:
    assert calipers.volume_mm3(solid, 1.0) == pytest.approx(volume, rel=0.01)


def test_a_hole_is_not_volume() -> None:
    drilled = Blend((add(BRICK), cut(Cylinder((1, 2, -10), (1, 2, 20), 4.0))))
    less = calipers.volume_mm3(BRICK, 0.5) - calipers.volume_mm3(drilled, 0.5)
    assert less == pytest.approx(np.pi * 16 * 10, rel=0.02)
