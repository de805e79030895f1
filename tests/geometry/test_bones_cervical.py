"""Neck vertebrae measured on the solids themselves, with rays, against the level table."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.bones import atlas_axis, cervical, pillars
from spineanim.geometry.bones.shape import BoneShape, rest_frame, seen_from, sizes
from spineanim.geometry.bones.thoracic import thoracic_vertebra
from spineanim.geometry.layout import rotation
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import CERVICAL, vertebrae

Points = NDArray[np.float64]
LOWER = CERVICAL[2:]


def shape(level: str) -> BoneShape:
    if level == "C1":
        return atlas_axis.atlas()
    if level == "C2":
        return atlas_axis.axis()
    if level == "T1":
        return thoracic_vertebra("T1")
    return cervical.cervical_vertebra(level)


def run(solid: Solid, start: ArrayLike, way: ArrayLike, reach: float = 32.0) -> float:
    """Way (mm) from a point to where the surface is crossed first; infinite if never."""
    direction = np.asarray(way, dtype=np.float64)
    direction = direction / np.linalg.norm(direction)
    steps = np.arange(0.0, reach, 0.1)
    gap = solid.distance_mm(np.asarray(start) + steps[:, None] * direction)
    crossed = (gap < 0) != (gap[0] < 0)
    if not crossed.any():
        return float("inf")
    first = int(crossed.argmax())
    return float(steps[first - 1] + 0.1 * gap[first - 1] / (gap[first - 1] - gap[first]))


def across(solid: Solid, start: ArrayLike, way: ArrayLike) -> float:
    """Size (mm) of the bone or of the gap that a point lies in, along a direction."""
    return run(solid, start, way) + run(solid, start, np.negative(way))


def filled(solid: Solid, low: ArrayLike, high: ArrayLike) -> Points:
    """Grid points (N, 3) of a box that lie in the bone."""
    axes = [np.arange(a, b, 0.4) for a, b in zip(np.ravel(low), np.ravel(high), strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    return grid[solid.contains(grid)]


@lru_cache(maxsize=16)
def surface(level: str) -> Points:
    """Points (N, 3) of a bone's surface, about a millimetre apart, in its own frame."""
    solid = shape(level).solid
    box = solid.bounds
    axes = [np.arange(a - 1, b + 1, 1.0) for a, b in zip(box.low, box.high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    gap = solid.distance_mm(grid)
    near, gap = grid[np.abs(gap) < 0.8], gap[np.abs(gap) < 0.8]
    slope = np.stack(
        [(solid.distance_mm(near + step) - gap) / 0.1 for step in np.eye(3) * 0.1], axis=1
    )
    steep = np.maximum(np.sum(slope**2, axis=1), 0.04)
    return np.asarray(near - slope * (gap / steep)[:, None])


def clearance(upper: str, lower: str, spine: Spine) -> float:
    """Least distance (mm) between two bones; negative if they overlap."""
    first, second = (
        Pose.tilted(frame.middle_tilt_deg, (0.0, *frame.centre))
        for frame in (spine.frame(upper), spine.frame(lower))
    )
    there = second.local(first.place(surface(upper)))
    here = first.local(second.place(surface(lower)))
    return float(
        min(shape(lower).solid.distance_mm(there).min(), shape(upper).solid.distance_mm(here).min())
    )


def near(found: float, asked: float, share: float, slack_mm: float = 0.0) -> bool:
    return abs(found - asked) <= max(share * asked, slack_mm)


# ------------------------------------------------------------------------------- C3 to C7
@pytest.mark.parametrize("level", LOWER)
def test_body_has_the_sizes_of_the_table(level: str) -> None:
    solid, size, row = shape(level).solid, sizes(level), vertebrae()[level]
    h, b = size.half_height, size.half_depth
    rims = np.arange(h - 2.4, h - 0.8, 0.4)
    upper = max(across(solid, (0, 0, z), (0, 1, 0)) for z in rims)
    lower = max(across(solid, (0, 0, -z), (0, 1, 0)) for z in rims)
    width = max(across(solid, (0, 0.1 * b, -z), (1, 0, 0)) for z in rims)
    assert near(upper, size.depth, 0.05, 0.8)
    assert near(lower, size.lower_depth, 0.05, 0.8)
    assert near(width, size.width, 0.05, 0.8)
    front = across(solid, (0, -b + 1.5, 0), (0, 0, 1))
    back = across(solid, (0, b - 1.2, 0), (0, 0, 1))
    assert near(front, row.number("body_height_ant_mm"), 0.05, 0.8)
    assert near(back, row.number("body_height_post_mm"), 0.05, 0.8)


@pytest.mark.parametrize("level", LOWER)
def test_lips_flank_the_upper_plate(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    between = across(solid, (0, 0.2 * size.half_depth, size.half_height + 1.0), (1, 0, 0))
    assert near(between, cervical.UPPER_WIDTH_MM[level], 0.05, 0.8)
    edge = cervical.UPPER_WIDTH_MM[level] / 2 + 1.3
    rise = run(solid, (edge, 0.4 * size.half_depth, size.half_height), (0, 0, 1))
    assert 3.0 < rise < 5.5


@pytest.mark.parametrize("level", CERVICAL[1:])
def test_canal_has_the_sizes_of_the_table(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    b, d = size.half_depth, size.canal_depth
    heights = np.arange(-0.5, 0.2, 0.1) * size.height
    depth = min(across(solid, (0, b + d / 2, z), (0, 1, 0)) for z in heights)
    z = 0.0 if level == "C2" else 0.14 * size.height
    width = max(across(solid, (0, b + share * d, z), (1, 0, 0)) for share in (0.1, 0.2, 0.3, 0.4))
    assert near(depth, d, 0.06)
    assert near(width, size.canal_width, 0.06)


@pytest.mark.parametrize("level", LOWER)
def test_canal_is_triangular(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    wide, narrow = (
        across(solid, (0, size.half_depth + share * size.canal_depth, 0), (1, 0, 0))
        for share in (0.25, 0.85)
    )
    assert narrow < 0.62 * wide


@pytest.mark.parametrize("level", CERVICAL[1:])
def test_processes_reach_as_far_as_the_table_says(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    turn = np.radians(cervical.SLOPE_DEG[level])
    along = np.array([0.0, np.cos(turn), -np.sin(turn)])
    root = np.array([0.0, size.wall, -0.18 * size.height])
    tip = filled(solid, (0, size.wall + size.spinous - 9, -26), (7, size.wall + size.spinous, 2))
    assert near(float(((tip - root) @ along).max()), size.spinous, 0.10)
    reach = size.span / 2
    side = filled(solid, (reach - 2, -12, -10), (reach + 3, 16, 4))
    assert near(2 * float(side[:, 0].max()), size.span, 0.04)


@pytest.mark.parametrize("level", LOWER)
def test_pedicles_have_the_sizes_of_the_table(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    start = np.array([size.half_canal - 4.0, size.half_depth - 4.1])
    along = np.array([0.715, 0.699])
    width = []
    for way in np.arange(4.0, 8.0, 0.5):
        x, y = start + along * way
        middle = (x, y, 0.14 * size.height)
        width.append((across(solid, middle, (-along[1], along[0], 0.0)), middle))
    least, middle = min(width)
    assert near(least, size.pedicle_width, 0.15)
    assert near(across(solid, middle, (0, 0, 1)), size.pedicle_height, 0.15)


def test_pedicle_of_the_axis() -> None:
    solid, size = shape("C2").solid, sizes("C2")
    middle = (size.half_canal + 3.5, size.half_depth + 2.0, -1.0)
    assert near(across(solid, middle, (0.9, -0.34, 0.25)), size.pedicle_width, 0.15)
    assert near(across(solid, middle, (0.0, 0.59, 0.81)), size.pedicle_height, 0.15)


@pytest.mark.parametrize("level", LOWER)
def test_joint_faces_slant_as_measured(level: str) -> None:
    solid, joint = shape(level).solid, pillars.upper_joint(level)
    x = pillars.pillar_side(sizes(level))
    ends = [
        run(solid, (x, joint.middle_mm[0] + shift, joint.middle_mm[1] + 9), (0, 0, -1))
        for shift in (-1.2, 1.2)
    ]
    slant = float(np.degrees(np.arctan2(ends[1] - ends[0], 2.4)))
    assert abs(slant - pillars.FACET_DEG[level]) < 4.0


def ring_gap(solid: Solid, middle: tuple[float, float], heights: ArrayLike) -> Points:
    """Way (mm) from an upright line to bone, for 24 directions, the nearest of all heights."""
    turns = np.radians(np.arange(0, 360, 15))
    return np.array(
        [
            min(run(solid, (*middle, z), (np.cos(t), np.sin(t), 0), 25) for z in np.ravel(heights))
            for t in turns
        ]
    )


@pytest.mark.parametrize("level", ["C1", *LOWER])
def test_hole_for_the_artery_is_open_and_closed_round(level: str) -> None:
    solid = shape(level).solid
    if level == "C1":
        x, y, width = atlas_axis.HOLE_EDGE_MM - atlas_axis.HOLE_MM / 2, 2.8, atlas_axis.HOLE_MM
    else:
        drill = cervical.hole(sizes(level))
        x, y, width = drill.start_mm[0] + 0.6, drill.start_mm[1] + 0.4, 2 * drill.radius_mm
    column = np.column_stack([np.full(60, x), np.full(60, y), np.linspace(-12, 12, 60)])
    assert solid.distance_mm(column).min() > 0.35 * width
    around = ring_gap(solid, (x, y), (-2.0, -1.5))
    assert around.max() < width / 2 + 1.2
    assert width < 3.6 if level == "C7" else 5.5 <= width <= 6.0


def test_hole_of_the_axis_leads_outwards() -> None:
    solid = shape("C2").solid
    start, end = np.array([13.2, 2.6, -12.0]), np.array([25.0, 1.4, 0.6])
    line = start + np.linspace(0, 1, 60)[:, None] * (end - start)
    assert solid.distance_mm(line).min() > 1.5
    for way in ((0, 1, 0), (0, -1, 0), (0.73, 0, -0.68), (-0.73, 0, 0.68)):
        assert min(run(solid, point, way, 12.0) for point in line[18:48:5]) < 5.0, way


@pytest.mark.parametrize("level", CERVICAL[1:])
def test_spines_are_split_but_that_of_the_seventh(level: str) -> None:
    solid, size = shape(level).solid, sizes(level)
    turn = np.radians(cervical.SLOPE_DEG[level])
    y = size.wall + (size.spinous - 1.0) * np.cos(turn)
    z = -0.18 * size.height - (size.spinous - 1.0) * np.sin(turn)
    tip = filled(solid, (0, y - 0.4, z - 5), (7, y + 0.4, z + 4))
    split = bool(tip[:, 0].min() > 0.3)
    assert split is (level != "C7")


def test_front_tubercle_of_the_sixth_is_the_largest() -> None:
    volume = {}
    for level in ("C5", "C6"):
        size = sizes(level)
        c, b = size.half_canal, size.half_depth
        volume[level] = len(
            filled(shape(level).solid, (c + 3.5, b - 14.5, -8), (c + 9.5, b - 9.5, 4))
        )
    assert volume["C6"] > 1.15 * volume["C5"]


# -------------------------------------------------------------------------- atlas and axis
def test_dens_has_the_published_size() -> None:
    solid, frame = shape("C2").solid, rest_frame("C2")
    corners = (frame.corners - frame.centre) @ rotation(frame.middle_tilt_deg).T
    across_plate = (corners[1] - corners[0]) / np.linalg.norm(corners[1] - corners[0])
    up = np.array([-across_plate[1], across_plate[0]])
    base = (corners[0] + corners[1]) / 2 - across_plate
    height = run(solid, (0.0, *base), (0.0, *up))
    assert 15.0 <= height <= 17.0
    width = max(across(solid, (0.0, *(base + up * rise)), (1, 0, 0)) for rise in (7, 8, 9, 10, 11))
    assert 9.0 <= width <= 11.0
    neck = across(solid, (0.0, *(base + up * 4.0)), (1, 0, 0))
    assert neck < width - 0.3


def test_dens_stands_clear_within_the_ring() -> None:
    ring, frame = shape("C1").solid, seen_from("C1", "C2")
    tooth = surface("C2")
    tooth = frame.place(tooth[(np.abs(tooth[:, 0]) < 5.5) & (tooth[:, 2] > 13.0)])
    assert 1.0 <= ring.distance_mm(tooth).min() <= 2.5
    # The arch lies in front, lateral masses beside: rays from the tooth meet bone all round
    around = ring_gap(ring, (0.0, -2.0), (-2.0, 0.0))
    assert around.max() < 26.0


def test_atlas_is_a_closed_ring_without_a_body() -> None:
    solid, row = shape("C1").solid, vertebrae()["C1"]
    assert np.isfinite(ring_gap(solid, (0.0, 6.0), (-2.0, 0.0, 2.0))).all()
    axis_line = np.column_stack([np.zeros(40), np.linspace(-8, 19, 40), np.zeros(40)])
    assert solid.distance_mm(axis_line).min() > 0.3
    depth = min(across(solid, (0, 6, z), (0, 1, 0)) for z in (-1.5, -0.75, 0.0))
    assert near(depth, row.number("canal_depth_mm"), 0.06)
    width = max(across(solid, (0, y, 0), (1, 0, 0)) for y in (9.0, 10.0, 11.0, 12.0))
    assert near(width, row.number("canal_width_mm"), 0.06)
    reach = row.number("transverse_width_mm") / 2
    side = filled(solid, (reach - 3, -6, -9), (reach + 3, 12, 5))
    assert near(2 * float(side[:, 0].max()), 2 * reach, 0.04)
    front = across(solid, (0, -12.0, 0), (0, 0, 1))
    assert near(front, row.number("body_height_ant_mm"), 0.05, 0.8)
    back = across(solid, (0, 23.7, -1.5), (0, 0, 1))
    assert near(back, row.number("body_height_post_mm"), 0.05, 0.8)


def test_atlas_bears_the_head_in_hollow_faces() -> None:
    solid = shape("C1").solid

    def top(x: float, y: float) -> float:
        return 14.0 - run(solid, (x, y, 14.0), (0, 0, -1))

    middle = top(13.2, 0.4)
    assert (top(10.6, -5.6), top(15.8, 6.4)) > (middle, middle)
    assert (top(10.6, -5.6) + top(15.8, 6.4)) / 2 > middle + 0.8
    assert top(18.0, -1.0) > middle + 1.0


def test_atlas_rests_on_the_shoulders_of_the_axis() -> None:
    upper, pose = shape("C1").solid, seen_from("C1", "C2")
    shoulder = surface("C2")
    shoulder = shoulder[(shoulder[:, 2] > 6.0) & (np.abs(shoulder[:, 0] - 13.5) < 4.0)]
    gap = upper.distance_mm(pose.place(shoulder[np.abs(shoulder[:, 1]) < 4.0]))
    assert gap.min() >= 1.0 and np.median(gap) <= 2.0


# ------------------------------------------------------------------------------ neighbours
def neck(lordosis_deg: float) -> Alignment:
    return replace(STANDING, cervical_lordosis_deg=lordosis_deg)


@pytest.mark.parametrize(
    "alignment",
    [STANDING, SIDE_LYING_FLEXED, HUNCHED, neck(-10.0), neck(25.0)],
    ids=["standing", "lying", "hunched", "flexed", "extended"],
)
def test_neighbours_never_touch(alignment: Alignment) -> None:
    spine = Spine(alignment, 1.0)
    for upper, lower in pairwise((*CERVICAL, "T1")):
        assert clearance(upper, lower, spine) >= 0.3, (upper, lower)


def test_pillars_meet_in_narrow_joints() -> None:
    spine = Spine(STANDING, 1.0)
    for upper, lower in pairwise((*CERVICAL, "T1")):
        assert clearance(upper, lower, spine) <= 2.1, (upper, lower)


# ---------------------------------------------------------------------------------- shapes
@pytest.mark.parametrize("level", CERVICAL)
def test_bones_are_alike_on_both_sides_and_lie_in_their_bounds(level: str) -> None:
    solid, points = shape(level).solid, surface(level)[::17]
    mirrored = points * [-1.0, 1.0, 1.0]
    assert np.allclose(solid.distance_mm(points), solid.distance_mm(mirrored), atol=1e-4)
    low, high = np.array(solid.bounds.low), np.array(solid.bounds.high)
    assert (surface(level) > low - 0.3).all() and (surface(level) < high + 0.3).all()


@pytest.mark.parametrize("level", CERVICAL)
def test_cartilage_covers_a_small_part_of_the_surface(level: str) -> None:
    bone = shape(level)
    assert bone.cartilage is not None
    share = bone.cartilage.contains(surface(level)).mean()
    assert 0.02 < share < 0.20


def test_unknown_levels_are_refused() -> None:
    for level in ("C2", "T1", "C8"):
        with pytest.raises(LookupError):
            cervical.cervical_vertebra(level)
