"""Views, and outlines of sections and silhouettes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spineanim.geometry import curves, midline
from spineanim.geometry.axes import (
    ANTERIOR,
    AXIAL,
    LATERAL_LEFT,
    MID_SAGITTAL,
    POSTERIOR,
    THREE_QUARTER,
    Plane,
    Points2,
    View,
    axial_cut,
    paramedian,
    three_quarter,
)
from spineanim.geometry.outline import section_outlines, silhouette
from spineanim.geometry.solids.combine import Blend, add, cut
from spineanim.geometry.solids.primitives import Cylinder, Ellipsoid

RING = Blend(
    (
        add(Ellipsoid((0.0, 5.0, 2.0), (20.0, 15.0, 10.0))),
        cut(Cylinder((0.0, 5.0, -30.0), (0.0, 5.0, 30.0), 5.0)),
    )
)


@pytest.mark.parametrize(
    "view", [ANTERIOR, POSTERIOR, LATERAL_LEFT, AXIAL, THREE_QUARTER, axial_cut((0, 0, 0), 25.0)]
)
def test_views_are_right_handed_frames(view: View) -> None:
    np.testing.assert_allclose(view.rotation @ view.rotation.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(view.rotation) == pytest.approx(1.0)
    points = np.random.default_rng(0).normal(size=(4, 3))
    plane = np.column_stack([view.project(points), view.nearness(points)])
    np.testing.assert_allclose(plane @ view.rotation, points, atol=1e-9)


def test_three_quarter_is_seen_from_left_behind_and_above() -> None:
    x, y, z = THREE_QUARTER.toward_viewer
    assert x > 0.5 and y > 0.3 and 0.1 < z < 0.6
    assert three_quarter(0.0, 0.0).right == pytest.approx(LATERAL_LEFT.right)


def test_a_tilted_cut_faces_the_viewer_and_follows_the_bone() -> None:
    view = axial_cut((0.0, 1.0, 50.0), 20.0)
    assert view.cut is not None
    assert view.cut.unit @ view.toward_viewer == pytest.approx(1.0)
    back = np.array([0.0, np.cos(np.radians(20)), np.sin(np.radians(20))])
    assert view.cut.height(np.array([0.0, 1.0, 50.0]) + back * 7) == pytest.approx(0.0)
    assert view.cut.height(np.array([0.0, 1.0, 0.0])) > 0  # what lies below is taken off


def test_bad_views_are_refused() -> None:
    with pytest.raises(ValueError, match="square unit vectors"):
        View("askew", (1.0, 0.0, 0.0), (0.6, 0.8, 0.0))
    with pytest.raises(ValueError, match="no scale"):
        ANTERIOR.at_scale(0.0)


def test_a_section_is_the_true_outline_with_its_hole() -> None:
    outer, hole = section_outlines(RING, axial_cut((0.0, 0.0, 2.0)))
    assert curves.signed_area(outer) == pytest.approx(np.pi * 20 * 15, rel=0.003)
    assert curves.signed_area(hole) == pytest.approx(-np.pi * 25, rel=0.01)
    assert outer[:, 1].max() == pytest.approx(10.0, abs=0.1)  # anterior is up: y = -10
    reach = np.hypot(outer[:, 0] / 20, (outer[:, 1] + 5) / 15)
    assert np.abs(reach - 1).max() < 0.01


def test_a_section_of_a_slanted_cut_keeps_to_its_plane() -> None:
    view = LATERAL_LEFT.cut_by(Plane((4.0, 0.0, 0.0), (0.8, 0.0, 0.6)))
    (outline, *_) = section_outlines(Ellipsoid((0, 0, 0), (10, 10, 10)), view)
    # the circle of that cut, seen squarely from the left, is an ellipse
    away = 4.0 * 0.8
    radius = np.sqrt(100 - away**2)
    assert np.ptp(outline[:, 0]) / 2 == pytest.approx(radius, abs=0.05)
    assert np.ptp(outline[:, 1]) / 2 == pytest.approx(radius * 0.8, abs=0.05)


def test_sections_need_a_cut_that_faces_the_viewer() -> None:
    with pytest.raises(ValueError, match="no cut"):
        section_outlines(RING, ANTERIOR)
    with pytest.raises(ValueError, match="no cut"):
        section_outlines(RING, ANTERIOR.cut_by(Plane((0, 0, 0), (1.0, 0.0, 0.0))))
    assert section_outlines(RING, paramedian(80.0)) == ()


def test_a_silhouette_shows_what_one_can_see_through() -> None:
    outer, hole = silhouette(RING, AXIAL)
    assert curves.signed_area(outer) == pytest.approx(np.pi * 300, rel=0.01)
    assert curves.signed_area(hole) == pytest.approx(-np.pi * 25, rel=0.03)
    (side,) = silhouette(RING, LATERAL_LEFT)
    assert curves.signed_area(side) == pytest.approx(np.pi * 150, rel=0.04)
    assert len(section_outlines(RING, MID_SAGITTAL)) == 2


def test_the_outline_of_a_bone_is_made_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    made: list[object] = []

    def counted(*given: Any) -> Sequence[Points2]:
        made.append(given)
        return silhouette(*given)

    monkeypatch.setattr(midline, "silhouette", counted)
    found = []
    for _ in range(2):
        midline.side_outlines.cache_clear()  # as in another process
        found.append(midline.side_outlines("C3"))
    midline.side_outlines.cache_clear()
    assert len(made) == 1
    assert len(found[0]) == len(found[1])
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other)
        assert not one.flags.writeable and not other.flags.writeable
