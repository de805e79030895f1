"""Curves, views and plane outlines."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import axes, curves

SQUARE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])


def circle(radius: float, count: int = 200) -> curves.Points:
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return radius * np.column_stack([np.cos(turn), np.sin(turn)])


def test_anterior_view_shows_the_patients_left_on_the_right() -> None:
    assert_allclose(axes.ANTERIOR.project(np.array([[5.0, 7.0, 9.0]])), [[5.0, 9.0]])
    assert axes.ANTERIOR.toward_viewer == (0.0, -1.0, 0.0)


def test_lateral_view_has_the_belly_on_the_left() -> None:
    assert_allclose(axes.LATERAL_LEFT.project(np.array([5.0, -7.0, 9.0])), [-7.0, 9.0])
    assert axes.LATERAL_LEFT.toward_viewer == (1.0, 0.0, 0.0)


def test_axial_view_is_seen_from_below_with_the_front_at_the_top() -> None:
    assert_allclose(axes.AXIAL.project(np.array([5.0, -7.0, 9.0])), [5.0, 7.0])
    assert axes.AXIAL.toward_viewer == (0.0, 0.0, -1.0)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("dimension", [2, 3])
def test_smooth_runs_through_its_knots(closed: bool, dimension: int) -> None:
    knots = np.random.default_rng(3).uniform(-50, 50, (7, dimension))
    curve = curves.smooth(knots, closed, samples=10)
    assert len(curve) == (70 if closed else 61)
    for knot in knots:
        assert np.min(np.linalg.norm(curve - knot, axis=1)) < 1e-9


def test_smooth_circle_has_the_circles_length() -> None:
    curve = curves.smooth(circle(30.0, 16), closed=True)
    assert curves.length(curve, closed=True) == pytest.approx(2 * np.pi * 30, rel=0.005)


def test_resample_is_even_and_keeps_the_ends() -> None:
    line = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]])
    even = curves.resample(line, 8)
    assert_allclose(np.linalg.norm(np.diff(even, axis=0), axis=1), 1.0)
    assert_allclose(even[[0, -1]], line[[0, -1]])
    assert_allclose(curves.point_at(line, 0.5), [3.0, 0.5])


def test_part_cuts_by_length_in_either_direction() -> None:
    line = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    piece = curves.part(line, 0.25, 0.75)
    assert_allclose(piece, [[5.0, 0.0], [10.0, 0.0], [10.0, 5.0]])
    assert_allclose(curves.part(line, 0.75, 0.25), piece[::-1])


def test_offset_moves_to_the_left_of_travel() -> None:
    line = np.array([[0.0, 0.0], [0.0, -5.0], [0.0, -10.0]])
    assert_allclose(curves.offset(line, 2.0)[:, 0], 2.0)
    inner = curves.offset(circle(30.0), 5.0, closed=True)
    assert_allclose(np.linalg.norm(inner, axis=1), 25.0, rtol=1e-3)


def test_area_and_direction() -> None:
    assert curves.signed_area(SQUARE) == pytest.approx(100.0)
    assert curves.signed_area(curves.counter_clockwise(SQUARE[::-1])) == pytest.approx(100.0)


def test_contains_and_nearest() -> None:
    assert list(curves.contains(SQUARE, [[5.0, 5.0], [11.0, 5.0], [-1.0, -1.0]])) == [
        True,
        False,
        False,
    ]
    gap, along = curves.nearest(SQUARE, [5.0, -3.0], closed=True)
    assert gap == pytest.approx(3.0)
    assert along == pytest.approx(5.0)
    gap, _ = curves.nearest(SQUARE, [-4.0, 5.0])
    assert gap > 4.0


def test_points_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="rows of points"):
        curves.smooth([1.0, 2.0, 3.0])
