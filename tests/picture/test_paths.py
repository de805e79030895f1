from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.paths import corners_of
from spineanim.picture.shape import path_points

SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)])


def joined(*lines: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.vstack([path_points(line, closed=False) for line in lines])


def test_a_path_of_several_lines_is_taken_apart() -> None:
    found = corners_of(joined(SQUARE, SQUARE + 3.0, SQUARE[:2] - 3.0))
    assert found == [SQUARE.tolist(), (SQUARE + 3.0).tolist(), (SQUARE[:2] - 3.0).tolist()]


def test_lines_that_manim_would_join_are_left_to_it() -> None:
    assert corners_of(joined(SQUARE[:2], SQUARE[1:3] + 1e-5)) is None


def test_corners_on_a_straight_way_are_left_out() -> None:
    dense = np.column_stack([np.linspace(0.0, 1.0, 33), np.zeros(33)])
    found = corners_of(path_points(dense, closed=False))
    assert found is not None
    assert len(found[0]) < 4
    assert found[0][0] == [0.0, 0.0]
    assert found[0][-1] == [1.0, 0.0]


def test_a_bent_curve_is_no_line() -> None:
    bent = path_points(SQUARE, closed=False)
    bent[1, 1] += 0.1
    assert corners_of(bent) is None
