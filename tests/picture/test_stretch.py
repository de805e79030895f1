from __future__ import annotations

import numpy as np
import pytest
from manim import Circle, VGroup, VMobject

from spineanim.picture.shape import path_points
from spineanim.picture.stretch import first_stretch, path_length


def test_the_length_of_a_circle_is_right() -> None:
    assert path_length(Circle(2.0).points) == pytest.approx(4.0 * np.pi, rel=1e-3)


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.77, 0.999])
def test_a_stretch_is_so_long_and_lies_on_the_path(share: float) -> None:
    whole = Circle(1.5).points
    piece = first_stretch(whole, share)
    assert path_length(piece) == pytest.approx(share * path_length(whole), abs=2e-3)
    assert np.linalg.norm(piece[0::4, :2], axis=1) == pytest.approx(1.5, abs=1e-3)
    assert np.linalg.norm(piece[-1, :2]) == pytest.approx(1.5, abs=1e-3)


def test_uneven_corners_do_not_change_the_speed() -> None:
    line = path_points([[0.0, 0.0], [0.1, 0.0], [0.15, 0.0], [4.0, 0.0]], closed=False)
    ends = [first_stretch(line, share)[-1, 0] for share in (0.25, 0.5, 0.75)]
    assert ends == pytest.approx([1.0, 2.0, 3.0], abs=1e-6)


def test_jumps_between_pieces_have_no_length() -> None:
    two = np.vstack(
        [path_points([[0, 0], [1, 0]], closed=False), path_points([[9, 0], [10, 0]], closed=False)]
    )
    assert path_length(two) == pytest.approx(2.0)
    assert first_stretch(two, 0.75)[-1, 0] == pytest.approx(9.5)


def test_nothing_and_all_are_exact() -> None:
    whole = Circle(1.0).points
    assert len(first_stretch(whole, 0.0)) == 0
    assert np.array_equal(first_stretch(whole, 1.0), whole)
    assert len(first_stretch(VGroup(VMobject()).points, 0.5)) == 0
