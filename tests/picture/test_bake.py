"""Baking: what rays find agrees with the solid."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.axes import (
    ANTERIOR,
    LATERAL_LEFT,
    MID_SAGITTAL,
    POSTERIOR,
    THREE_QUARTER,
    Plane,
    View,
    paramedian,
)
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.combine import Grown, Placed, Pose, union
from spineanim.geometry.solids.primitives import Ellipsoid, RoundedBox
from spineanim.picture.bake import bake
from spineanim.picture.gbuffer import GBuffer, merged

POSE = Pose.tilted(25.0, (3.0, -40.0, 55.0))
BALL = Ellipsoid((0.0, 0.0, 0.0), (12.0, 9.0, 7.0))
SOLID = union(BALL, RoundedBox((0.0, 14.0, 0.0), (2.0, 9.0, 3.0), 1.0), k_mm=2.0)
PART = Part(
    "bone",
    Tissue.BONE,
    SOLID,
    POSE,
    core=(Zone(Tissue.CANCELLOUS, Grown(SOLID, -1.2)),),
    marks=(Zone(Tissue.CARTILAGE, Ellipsoid((12.0, 0.0, 0.0), (3.0, 3.0, 3.0))),),
)
VIEWS = [ANTERIOR, POSTERIOR, LATERAL_LEFT, THREE_QUARTER, paramedian(3.0)]


def look(part: Part, view: View, px_per_mm: float = 5.0) -> GBuffer:
    found = bake(part, view.at_scale(px_per_mm))
    assert found is not None
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_hits_lie_on_the_surface_or_the_cut(view: View) -> None:
    buffer = look(PART, view)
    outer = buffer.hit & (buffer.inside_mm == 0)
    gaps = np.abs(PART.distance_mm(buffer.points_mm(outer)))
    assert np.quantile(gaps, 0.99) < 0.12
    if view.cut is None:
        assert not (buffer.inside_mm > 0).any()
        return
    on_cut = buffer.inside_mm > 0
    assert on_cut.sum() > 500
    points = buffer.points_mm(on_cut)
    assert np.abs(view.cut.height(points)).max() < 1e-3
    depth = -PART.distance_mm(points)
    near = depth < 1.4  # deeper down the grid is coarse
    np.testing.assert_allclose(depth[near], buffer.inside_mm[on_cut][near], atol=0.15)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_nothing_nearer_was_missed(view: View) -> None:
    """Points a millimetre nearer to the viewer than a hit lie outside the solid."""
    buffer = look(PART, view, 3.0)
    outer = buffer.hit & (buffer.inside_mm == 0)
    points = buffer.points_mm(outer)
    way = np.array(view.toward_viewer)
    for reach in (0.8, 2.0, 6.0, 15.0):
        ahead = points + way * reach
        if view.cut is not None:
            ahead = ahead[view.cut.height(ahead) < 0]
        assert not (PART.distance_mm(ahead) < -0.2).any()


def test_normals_point_out_of_the_surface() -> None:
    ball = Part("ball", Tissue.BONE, Ellipsoid((0, 0, 0), (10, 10, 10)), POSE)
    buffer = look(ball, ANTERIOR)
    normal = buffer.normal[buffer.hit] / 127.0
    expected = (buffer.points_mm() - POSE.shift_mm) / 10 @ ANTERIOR.rotation.T
    assert np.quantile(np.linalg.norm(normal - expected, axis=1), 0.97) < 0.06
    cut = look(PART, MID_SAGITTAL)
    assert (cut.normal[cut.inside_mm > 0] == [0, 0, 127]).all()


def test_tissue_of_surface_mark_rim_and_core() -> None:
    seen = look(PART, LATERAL_LEFT)
    assert set(np.unique(seen.tissue)) == {0, Tissue.BONE, Tissue.CARTILAGE}
    cut = look(PART, MID_SAGITTAL)
    on_cut = cut.inside_mm > 0
    assert set(np.unique(cut.tissue[on_cut])) == {Tissue.BONE, Tissue.CANCELLOUS}
    deep = on_cut & (cut.inside_mm > 1.6)
    assert (cut.tissue[deep] == Tissue.CANCELLOUS).all()


def test_light_comes_from_the_upper_left_and_hollows_are_dark() -> None:
    wall = RoundedBox((0.0, 0.0, 0.0), (40.0, 2.0, 40.0), 0.5)
    post = RoundedBox((0.0, -10.0, 0.0), (3.0, 12.0, 3.0), 0.5)
    buffer = look(Part("post", Tissue.BONE, union(wall, post)), ANTERIOR, 2.0)
    middle = buffer.size_px[1] // 2, buffer.size_px[0] // 2
    aside = 16  # 8 mm from the post's middle
    lower_right = buffer.lit[middle[0] + aside, middle[1] + aside]
    upper_left = buffer.lit[middle[0] - aside, middle[1] - aside]
    assert upper_left > 200 > 60 > lower_right
    near = buffer.openness[middle[0], middle[1] + 8]
    far = buffer.openness[middle[0], middle[1] + 60]
    assert far > near + 40


def test_a_rigid_move_shifts_the_picture_and_changes_nothing_else() -> None:
    shifted = PART.moved(Pose(POSE.rotation, POSE.shift_mm + np.array([7.0, 2.0, -6.0])))
    here, there = look(PART, ANTERIOR), look(shifted, ANTERIOR)
    assert there.left_mm - here.left_mm == pytest.approx(7.0)
    assert there.top_mm - here.top_mm == pytest.approx(-6.0)
    assert (here.tissue != there.tissue).mean() < 0.002
    both = here.hit & there.hit
    np.testing.assert_allclose(there.depth_mm[both], here.depth_mm[both] - 2.0, atol=0.05)


def test_nothing_to_see_is_none_and_an_averted_cut_is_refused() -> None:
    assert bake(PART, paramedian(-60.0)) is None
    with pytest.raises(ValueError, match="does not face"):
        bake(PART, ANTERIOR.cut_by(Plane((0, 0, 0), (0.0, 1.0, 0.0))))


def test_merging_keeps_the_nearest_and_lays_later_parts_over_on_a_cut() -> None:
    fat = Part("fat", Tissue.FAT, Ellipsoid((0, 0, 0), (20, 20, 20)))
    bone = Part("bone", Tissue.BONE, Ellipsoid((0, 0, 0), (8, 8, 8)))
    buffers = [look(part, MID_SAGITTAL, 2.0) for part in (fat, bone)]
    whole, owner = merged(buffers)
    height, width = whole.tissue.shape
    assert owner[height // 2, width // 2] == 1
    assert whole.tissue[height // 2, 4] == Tissue.FAT
    seen = [look(part, LATERAL_LEFT, 2.0) for part in (fat, bone)]
    assert (merged(seen)[1][seen[0].hit] == 0).all()
    with pytest.raises(ValueError, match="one scale"):
        merged([look(fat, ANTERIOR, 2.0), look(bone, ANTERIOR, 3.0)])


def test_a_placed_solid_looks_as_the_part_with_that_pose() -> None:
    baked_in = Part("bone", Tissue.BONE, Placed(SOLID, POSE))
    one = look(Part("bone", Tissue.BONE, SOLID, POSE), THREE_QUARTER, 3.0)
    other = look(baked_in, THREE_QUARTER, 3.0)
    points = one.points_mm()
    assert np.quantile(np.abs(baked_in.distance_mm(points)), 0.98) < 0.15
    assert abs(int(one.hit.sum()) - int(other.hit.sum())) < 0.01 * one.hit.sum()


def test_the_rim_of_a_part_that_the_plane_grazes_leaves_the_cut_clean() -> None:
    """A later part that ends at the plane must not speckle the section of an earlier one."""
    fat = Part("fat", Tissue.FAT, Ellipsoid((0, 0, 0), (20, 20, 20)))
    behind = Part("bone", Tissue.BONE, Ellipsoid((-9.95, 0, 0), (10, 8, 8)))  # ends 0.05 before it
    whole, _ = merged([look(part, MID_SAGITTAL, 4.0) for part in (fat, behind)])
    middle = tuple(n // 2 for n in whole.tissue.shape)
    near = whole.tissue[middle[0] - 12 : middle[0] + 12, middle[1] - 12 : middle[1] + 12]
    assert (near[near != Tissue.BONE] == Tissue.FAT).all()
    on_cut = whole.inside_mm[middle[0] - 40 : middle[0] + 40, middle[1] - 40 : middle[1] + 40] > 0
    assert on_cut.mean() > 0.97
