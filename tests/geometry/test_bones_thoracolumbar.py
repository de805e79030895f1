"""Thoracic and lumbar vertebrae: their sizes by rays, and that neighbours never touch."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import label

from spineanim.geometry.axes import Points3
from spineanim.geometry.bones import lumbar, thoracic
from spineanim.geometry.bones.shape import BoneShape, sizes
from spineanim.geometry.layout import Frame, build_frames
from spineanim.geometry.params import SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.grid import Grid, sample
from spineanim.geometry.table import LUMBAR, THORACIC, vertebrae
from spineanim.geometry.vertebra import THORACIC_SLOPE

LEVELS = (*THORACIC, *LUMBAR)
PAIRS = tuple(pairwise(LEVELS))
GRID_MM = 1.0

Floats = NDArray[np.float64]


def bone(level: str) -> BoneShape:
    """Either region's vertebra."""
    if level in THORACIC:
        return thoracic.thoracic_vertebra(level)
    return lumbar.lumbar_vertebra(level)


# ------------------------------------------------------------------------------ caliper
def crossings(solid: Solid, start: ArrayLike, end: ArrayLike) -> Floats:
    """Places (mm from the start) where a ray goes through the surface."""
    first, last = np.asarray(start, float), np.asarray(end, float)
    length = float(np.linalg.norm(last - first))
    at = np.linspace(0.0, length, int(length / 0.25) + 2)
    gap = solid.distance_mm(first + np.outer(at / length, last - first))
    turn = np.flatnonzero(gap[:-1] * gap[1:] < 0)
    share = gap[turn] / (gap[turn] - gap[turn + 1])
    return at[turn] + share * (at[turn + 1] - at[turn])


def longest_first_run(solid: Solid, starts: ArrayLike, run: ArrayLike) -> float:
    """Greatest of the lengths of the first piece of bone along rays (N, 3), all alike."""
    first, along = np.asarray(starts, float), np.asarray(run, float)
    length = float(np.linalg.norm(along))
    share = np.linspace(0.0, 1.0, int(length / 0.4) + 2)
    spots = first[:, None] + share[None, :, None] * along
    gap = solid.distance_mm(spots.reshape(-1, 3)).reshape(len(first), len(share))
    best = 0.0
    for row in gap:
        turn = np.flatnonzero(row[:-1] * row[1:] < 0)[:2]
        at = share[turn] + share[1] * row[turn] / (row[turn] - row[turn + 1])
        best = max(best, float(at[1] - at[0]) * length)
    return best


def least_run(solid: Solid, middle: ArrayLike, directions: ArrayLike) -> float:
    """Length of the shortest piece of bone through a point, of several directions (N, 3)."""
    ways = np.asarray(directions, float)
    at = np.arange(-24.0, 24.1, 0.4)
    spots = np.asarray(middle, float) + at[None, :, None] * ways[:, None]
    gap = solid.distance_mm(spots.reshape(-1, 3)).reshape(len(ways), len(at))
    runs = []
    for row in gap:
        turn = np.flatnonzero(row[:-1] * row[1:] < 0)
        edges = at[turn] + 0.4 * row[turn] / (row[turn] - row[turn + 1])
        runs.append(edges[edges > 0].min() - edges[edges < 0].max())
    return float(min(runs))


def plate(level: str, y: float, below: float, *, upper: bool) -> Points3:
    """Point on the midline `below` mm inside an end plate."""
    size = sizes(level)
    slope = np.tan(np.radians(size.wedge_deg / 2))
    high = size.half_height + y * slope - below
    return np.array([0.0, y, high if upper else -high])


def plate_depth(level: str, *, upper: bool) -> float:
    """Midline depth of an end plate: the longest run just inside it."""
    lines = [
        (plate(level, -22.0, below, upper=upper), plate(level, 22.0, below, upper=upper))
        for below in (1.0, 1.5, 2.1)
    ]
    starts = [line[0] for line in lines]
    return longest_first_run(bone(level).solid, starts, lines[0][1] - lines[0][0])


def plate_width(level: str, *, upper: bool) -> float:
    """Width of an end plate: the longest run across just inside it, ahead of the arch."""
    side, size = np.array([30.0, 0.0, 0.0]), sizes(level)
    starts = [
        plate(level, share * size.depth, below, upper=upper) - side
        for share in (-0.12, 0.03)
        for below in (1.0, 1.6)
    ]
    return longest_first_run(bone(level).solid, starts, 2 * side)


def near(level: str, field: str, share: float, least_mm: float = 0.0) -> object:
    """Table value with the allowed deviation."""
    value = getattr(sizes(level), field)
    return pytest.approx(value, abs=max(value * share, least_mm))


# -------------------------------------------------------------------------------- sizes
@pytest.mark.parametrize("level", LEVELS)
def test_end_plates_have_the_size_of_the_table(level: str) -> None:
    assert plate_depth(level, upper=True) == near(level, "depth", 0.04, 0.8)
    assert plate_width(level, upper=True) == near(level, "width", 0.04, 0.8)
    assert plate_depth(level, upper=False) == near(level, "lower_depth", 0.04, 0.8)
    assert plate_width(level, upper=False) == near(level, "lower_width", 0.04, 0.8)


@pytest.mark.parametrize("level", LEVELS)
def test_front_and_back_of_the_body_are_as_high_as_in_the_table(level: str) -> None:
    solid, size, row = bone(level).solid, sizes(level), vertebrae()[level]
    inset = 2.2
    per_mm = 2 * np.tan(np.radians(size.wedge_deg / 2))
    reach = min(size.depth, size.lower_depth) / 2 - inset
    for y, field in ((-reach, "body_height_ant_mm"), (reach, "body_height_post_mm")):
        rim = np.sign(y) * (size.half_depth - abs(y)) * per_mm
        wanted = row.number(field)
        rims = crossings(solid, (0.0, y, 24.0), (0.0, y, -24.0))
        assert rims[-1] - rims[0] + rim == pytest.approx(wanted, abs=max(0.04 * wanted, 0.8)), field


@pytest.mark.parametrize("level", LEVELS)
def test_the_canal_is_as_deep_and_wide_as_in_the_table(level: str) -> None:
    solid, size = bone(level).solid, sizes(level)
    gaps = []
    for share in (-0.15, -0.05, 0.05):
        found = crossings(solid, (0.0, 0.0, share * size.height), (0.0, 60.0, share * size.height))
        gaps.append(found[1] - found[0])
    assert min(gaps) == near(level, "canal_depth", 0.06)
    top = 0.8 * size.half_height
    widths = []
    for back in (2.0, 3.0, 4.0, 5.0):
        y, z = size.half_depth + back, top - size.pedicle_height / 2
        widths.append(2 * crossings(solid, (0.0, y, z), (30.0, y, z))[0])
    assert min(widths) == near(level, "canal_width", 0.06)


def pedicle(level: str) -> tuple[float, float]:
    """Width (square to its slant) and height of the pedicle at its waist."""
    solid, size = bone(level).solid, sizes(level)
    z = 0.81 * size.half_height - size.pedicle_height / 2
    turn = np.radians(np.arange(0.0, 36.0, 6.0))
    fan = np.column_stack([np.cos(turn), -np.sin(turn), 0 * turn])
    widths, heights = [], []
    for back in (2.0, 3.0, 4.0, 5.0):
        y = size.half_depth + back
        found = crossings(solid, (0.0, y, z), (40.0, y, z))
        middle = np.array([(found[0] + found[1]) / 2, y, z])
        heights.append(least_run(solid, middle, [(0.0, 0.0, 1.0)]))
        widths.append(least_run(solid, middle, fan))
    return min(widths), min(heights)


@pytest.mark.parametrize("level", LEVELS)
def test_pedicles_have_the_size_of_the_table(level: str) -> None:
    width, height = pedicle(level)
    assert width == near(level, "pedicle_width", 0.12)
    assert height == near(level, "pedicle_height", 0.12)


def spinous_tip(level: str) -> Points3:
    """Point of the midline furthest along the spinous process."""
    solid, size = bone(level).solid, sizes(level)
    y, z = np.meshgrid(np.arange(size.wall, 90.0, 0.25), np.arange(-60.0, 15.0, 0.25))
    spots = np.column_stack([np.zeros(y.size), y.ravel(), z.ravel()])
    inside = spots[solid.contains(spots)]
    slope = np.radians(THORACIC_SLOPE[THORACIC.index(level)]) if level in THORACIC else 0.0
    along = np.array([0.0, np.cos(slope), -np.sin(slope)])
    tip: Points3 = inside[np.argmax(inside @ along)]
    return tip


@pytest.mark.parametrize("level", LEVELS)
def test_the_free_spinous_process_has_the_length_of_the_table(level: str) -> None:
    size = sizes(level)
    tip = spinous_tip(level)
    root = np.array([0.0, size.wall, -0.14 * size.height])
    if level in LUMBAR:
        root[2] = tip[2]
    assert np.linalg.norm(tip - root) == near(level, "spinous", 0.08)


@pytest.mark.parametrize("level", THORACIC)
def test_thoracic_spines_slope_as_published(level: str) -> None:
    """Middle line of the free half of the process, against the horizontal [13]."""
    size, slope = sizes(level), THORACIC_SLOPE[THORACIC.index(level)]
    solid, tip = bone(level).solid, spinous_tip(level)
    run = tip[1] - size.wall
    ends = []
    for share in (0.5, 0.8):
        y = size.wall + run * share
        found = crossings(solid, (0.0, y, 30.0), (0.0, y, -70.0))
        ends.append((y, 30.0 - (found[0] + found[-1]) / 2))
    (y0, z0), (y1, z1) = ends
    assert np.degrees(np.arctan2(z0 - z1, y1 - y0)) == pytest.approx(slope, abs=7.0)


@pytest.mark.parametrize("level", LEVELS)
def test_the_side_processes_span_what_the_table_says(level: str) -> None:
    solid, size = bone(level).solid, sizes(level)
    grid = np.meshgrid(
        np.arange(size.span / 2 - 4.0, size.span / 2 + 4.0, 0.2),
        np.arange(size.half_depth - 4.0, size.half_depth + 36.0, 0.8),
        np.arange(-12.0, 16.0, 0.8),
    )
    spots = np.column_stack([axis.ravel() for axis in grid])
    inside = spots[solid.contains(spots)]
    assert 2 * inside[:, 0].max() == near(level, "span", 0.04)


# ------------------------------------------------------------------------- neighbours
@lru_cache(maxsize=32)
def samples(level: str) -> Grid:
    """Distances of a vertebra on a grid."""
    return sample(bone(level).solid, GRID_MM)


def looked_up(level: str, points_mm: Points3) -> Floats:
    """Distance of points from a vertebra, off its grid."""
    x, y, z = points_mm.astype(np.float32).T
    return samples(level).at(x, y, z).astype(np.float64)


def spots_near(level: str, reach_mm: float) -> tuple[Points3, Floats]:
    """Grid points of the left half that close to the surface, and their distances."""
    grid = samples(level)
    index = np.argwhere(np.abs(grid.values) < reach_mm)
    spots = grid.low_mm + index * GRID_MM
    index, spots = index[spots[:, 0] >= 0], spots[spots[:, 0] >= 0]
    return spots, grid.values[tuple(index.T)].astype(np.float64)


def pose(frame: Frame) -> Pose:
    """Where a frame stands."""
    return Pose.tilted(frame.middle_tilt_deg, (0.0, *frame.centre))


def least_gap(upper: str, lower: str, alignment: Alignment, drop_mm: float = 0.0) -> float:
    """Least distance (mm) between two neighbours: negative if they go into one another.

    Any point's two distances add up to at least the gap, and to the gap itself on the
    shortest way from one bone to the other.
    """
    frames = build_frames(alignment, 1.0)
    spots, own = spots_near(upper, 1.8)
    there = pose(frames[lower]).local(pose(frames[upper]).place(spots))
    there[:, 2] -= drop_mm
    return float(np.min(own + looked_up(lower, there)))


@pytest.mark.parametrize(("upper", "lower"), PAIRS)
def test_neighbours_keep_a_joint_gap_standing_and_lying(upper: str, lower: str) -> None:
    assert 0.8 <= least_gap(upper, lower, STANDING) <= 2.0
    assert least_gap(upper, lower, SIDE_LYING_FLEXED) >= 0.5


@pytest.mark.parametrize(
    "alignment",
    [
        Alignment(lumbar_lordosis_deg=30.0, thoracic_kyphosis_deg=20.0),
        Alignment(lumbar_lordosis_deg=74.0, thoracic_kyphosis_deg=70.0),
    ],
)
def test_neighbours_stay_apart_at_the_ends_of_the_allowed_curves(alignment: Alignment) -> None:
    gaps = {pair: least_gap(*pair, alignment) for pair in PAIRS}
    assert min(gaps.values()) > 0.0, gaps


def test_the_check_of_neighbours_notices_an_overlap() -> None:
    assert least_gap("L4", "L5", STANDING, drop_mm=8.0) < -1.0
    assert least_gap("T6", "T7", STANDING, drop_mm=5.0) < -1.0


# ------------------------------------------------------------------- window and shapes
@pytest.mark.parametrize(("upper", "lower"), [("L2", "L3"), ("L3", "L4"), ("L4", "L5")])
def test_a_needle_finds_the_window_between_the_laminae(upper: str, lower: str) -> None:
    """Seen from behind: the gap from the lower lamina up, and its greatest width."""
    frames = build_frames(STANDING, 1.0)
    above, below = pose(frames[upper]), pose(frames[lower])
    size = sizes(lower)
    x, z = np.meshgrid(np.arange(-14.0, 14.2, 0.5), np.arange(-4.0, 26.0, 0.5), indexing="ij")
    free = np.ones(x.shape, dtype=bool)
    for y in np.arange(size.wall - 9.0, size.wall + 12.0, 1.0):
        spots = np.column_stack([x.ravel(), np.full(x.size, y), z.ravel()])
        there = above.local(below.place(spots))
        open_here = (looked_up(lower, spots) > 0) & (looked_up(upper, there) > 0)
        free &= open_here.reshape(x.shape)
    pieces, _ = label(free)
    beside = pieces[np.argmin(np.abs(x[:, 0] - 5.0))]
    window = pieces == beside[beside > 0][0]
    height = 0.5 * np.count_nonzero(beside == beside[beside > 0][0])
    assert 5.0 <= height <= 12.5
    assert 0.5 * np.count_nonzero(window, axis=0).max() >= 10.0


@pytest.mark.parametrize("level", LEVELS)
def test_a_vertebra_is_one_piece(level: str) -> None:
    _, count = label(samples(level).values < 0)
    assert count == 1


@pytest.mark.parametrize("level", LEVELS)
def test_joint_cartilage_lies_on_the_bone(level: str) -> None:
    shape = bone(level)
    skin, _ = spots_near(level, 0.4)
    assert shape.cartilage is not None
    share = np.mean(shape.cartilage.contains(skin))
    assert 0.01 < share < 0.25


def test_shapes_are_cached_and_named_by_their_form() -> None:
    assert lumbar.lumbar_vertebra("L3") is lumbar.lumbar_vertebra("L3")
    names = {bone(level).solid.digest for level in LEVELS}
    assert len(names) == len(LEVELS)


@pytest.mark.parametrize("level", ["C7", "S1", "X"])
def test_other_levels_are_refused(level: str) -> None:
    with pytest.raises(LookupError, match=level):
        lumbar.lumbar_vertebra(level)
    with pytest.raises(LookupError, match=level):
        thoracic.thoracic_vertebra(level)
    with pytest.raises(LookupError, match=level):
        thoracic.facet_joint(level)
