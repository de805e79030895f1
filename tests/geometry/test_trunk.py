"""Layers of the trunk, muscles and vessels: depths, sizes, no overlap with the column."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.geometry import skeleton, wall
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft import muscles, trunk, vessels
from spineanim.geometry.soft.stack import Bent, Stack
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import vertebrae
from spineanim.geometry.torso import neutral_torso

TORSO = neutral_torso()
SPINE = Spine()
LAYERS = trunk.Layers(TORSO)
SKIN = trunk.skin_part(TORSO)
FAT = trunk.fat_part(TORSO)
FASCIA = trunk.fascia_part(TORSO)
CAVITY = trunk.cavity_part(TORSO)
MUSCLES = {part.name: part for part in muscles.muscle_parts(SPINE, TORSO)}
VESSELS = {part.name: part for part in vessels.vessel_parts(SPINE)}
BACK = ("multifidus", "longissimus", "iliocostalis")
LUMBAR = ("L1", "L2", "L3", "L4", "L5")


def level_points(z: float, step: float = 1.0, left_only: bool = True) -> NDArray[np.float64]:
    """Evenly spaced points of a level cut."""
    x = np.arange(step / 2 if left_only else -200.0, 200.0, step)
    grid = np.meshgrid(x, np.arange(-130.0, 120.0, step))
    flat = [axis.ravel() for axis in grid]
    return np.column_stack([*flat, np.full(len(flat[0]), z)])


def extent(part: Part, level: str) -> tuple[float, float, float]:
    """Width, depth (mm) and area (mm2) of the left half of a part at a level."""
    points = level_points(float(SPINE.frame(level).centre[1]))
    inside = points[part.contains(points)]
    width, depth = np.ptp(inside[:, :2], axis=0) + 1.0
    return float(width), float(depth), float(len(inside))


# ------------------------------------------------------------------------------ stacks
def cone() -> Stack:
    radius = np.repeat(np.linspace(30.0, 50.0, 11)[:, None], 60, axis=1)
    centre = np.column_stack([np.linspace(0.0, 10.0, 11), np.zeros(11)])
    return Stack(0.0, 10.0, centre, radius)


def test_a_stack_measures_true_near_its_surface() -> None:
    rng = np.random.default_rng(1)
    z = rng.uniform(10.0, 90.0, 400)
    turn = rng.uniform(0.0, 2 * np.pi, 400)
    for off in (-3.0, 0.0, 3.0):
        reach = 30.0 + z / 5.0 + off
        points = np.column_stack([z / 10 + reach * np.sin(turn), -reach * np.cos(turn), z])
        found = cone().distance_mm(points)
        assert np.all(np.abs(found) <= np.abs(off) + 0.12)
        assert np.all(found * off >= 0)
        assert np.all(np.abs(found) >= 0.85 * np.abs(off) - 0.12)


def test_a_stack_ends_flat_and_fits_its_box() -> None:
    found = cone().distance_mm([(10.0, 0.0, 104.0), (0.0, 0.0, -6.0), (10.0, 0.0, 99.0)])
    assert found == pytest.approx([4.0, 6.0, -1.0], abs=0.01)
    assert cone().bounds.high == pytest.approx((60.0, 50.0, 100.0), abs=0.1)
    assert cone().digest == cone().digest
    assert cone().longer(1).digest != cone().digest


def test_a_bent_solid_follows_the_spine() -> None:
    lying = Spine(SIDE_LYING_FLEXED)
    for level in ("T10", "L3"):
        y, z = SPINE.frame(level).centre
        ball = Ellipsoid((0.0, float(y) - 60.0, float(z)), (12.0, 12.0, 12.0))
        moved = Bent(ball, SPINE, lying)
        spot = lying.carry(np.array([[y - 60.0, z]]), SPINE)[0]
        middle = moved.distance_mm([(0.0, *spot)])[0]
        assert middle == pytest.approx(-12.0, abs=1.5)
        box = np.array([moved.bounds.low[1:], moved.bounds.high[1:]])
        assert np.all((spot > box[0]) & (spot < box[1]))
    same = Bent(ball, SPINE, SPINE)
    assert same.distance_mm([(0.0, y - 40.0, z)])[0] == pytest.approx(8.0, abs=0.2)


# ------------------------------------------------------------------------------ layers
@pytest.mark.parametrize("z", [-70.0, 0.0, 98.0, 180.0, 255.0, 330.0, 400.0])
def test_skin_is_the_torsos_and_the_fat_2_to_3_mm_under_it(z: float) -> None:
    turns = np.linspace(0.0, 350.0, 36)
    heights = np.full(len(turns), z)
    for depth in (0.0, 2.5, 6.0):
        points = TORSO.skin_points(heights, turns, depth)
        # the skin slopes, so a level depth is more than the distance
        for part, under in ((SKIN, depth), (FAT, depth - 2.5)):
            assert -part.distance_mm(points) == pytest.approx(0.9 * under, abs=0.35 + 0.12 * depth)


@pytest.mark.parametrize("azimuth", [0.0, 40.0, 80.0, 120.0, 160.0, 180.0, -90.0])
def test_fascia_lies_as_deep_as_the_wall_says(azimuth: float) -> None:
    point = TORSO.skin_at(80.0, azimuth, wall.fascia_depth_mm(azimuth))
    assert FASCIA.distance_mm(point)[0] == pytest.approx(0.0, abs=0.6)
    inner = TORSO.skin_at(80.0, azimuth, wall.fascia_depth_mm(azimuth) + 4.0)
    shown = FASCIA.tissue_at(np.array([point, inner]), section=True)
    assert shown[1] == Tissue.FAT


def test_ribs_lie_under_the_fascia_and_outside_the_cavity() -> None:
    for rib in skeleton.ribs("left")[4:10]:
        bone = rib.bone[8:-2]
        assert np.all(FASCIA.distance_mm(bone) < -1.0)
        assert CAVITY.distance_mm(bone).min() > -1.5  # the middle of the bone


def test_skin_to_dura_is_40_to_65_mm_at_l3_l4() -> None:
    frame = SPINE.frame("L4")
    middle = (frame.corners[1] + SPINE.frame("L3").corners[2]) / 2
    y = np.arange(middle[0], middle[0] + 110.0, 0.5)
    line = np.column_stack([0 * y, y, np.full(len(y), middle[1])])
    skin = y[SKIN.contains(line)].max()
    canal = vertebrae()["L3"].number("canal_depth_mm") * SPINE.stature_factor
    assert 40.0 < skin - (middle[0] + canal - 5.5) < 65.0


def test_the_neck_has_room_behind_its_spinous_processes() -> None:
    for level in ("C5", "C6", "C7"):
        tip = SPINE.spinous_tip(level)
        assert 6.0 < -SKIN.distance_mm(np.array([[0.0, *tip]]))[0] < 40.0


def test_cavity_stays_inside_the_wall_and_off_the_column() -> None:
    for level in ("T6", "T10", "L2", "L4"):
        y, z = SPINE.frame(level).centre
        points = level_points(float(z), 3.0)
        inside = points[CAVITY.contains(points)]
        assert len(inside) > 300
        assert np.all(FASCIA.distance_mm(inside) < -4.0)
        half = vertebrae()[level].number("body_width_mm") * SPINE.stature_factor / 2
        near = np.hypot(inside[:, 0] / half, (inside[:, 1] - y) / SPINE.frame(level).half_depth_mm)
        assert near.min() > 1.1


# ------------------------------------------------------------------------------ muscles
@pytest.mark.parametrize("name", sorted(MUSCLES))
def test_muscles_lie_under_the_fascia_and_clear_of_bodies_and_discs(name: str) -> None:
    part = MUSCLES[name]
    for z in np.arange(-80.0, 430.0, 60.0):
        points = level_points(float(z), 3.0)
        inside = points[part.contains(points)]
        if len(inside):
            assert FASCIA.distance_mm(inside).max() < 0.4
    for level in LUMBAR:
        y, z = SPINE.frame(level).centre
        width = vertebrae()[level].number("body_width_mm") * SPINE.stature_factor
        turn = np.linspace(0.0, np.pi, 40)
        edge = np.column_stack(
            [
                width / 2 * np.sin(turn),
                y + SPINE.frame(level).half_depth_mm * np.cos(turn),
                np.full(40, z),
            ]
        )
        assert part.distance_mm(edge).min() > 0.5


def test_muscles_do_not_overlap() -> None:
    names = sorted(MUSCLES)
    for z in (60.0, 98.0, 170.0, 255.0, 340.0):
        points = level_points(z, 2.5)
        held = np.array([MUSCLES[name].distance_mm(points) < -0.8 for name in names])
        twice = held.sum(axis=0) > 1
        clash = {names[i] for i in np.flatnonzero(held[:, twice].any(axis=1))}
        assert twice.mean() < 0.002, (z, clash)


def test_back_muscles_have_a_textbooks_size() -> None:
    erector = [extent(MUSCLES[name], "L3") for name in ("longissimus", "iliocostalis")]
    assert 54 < sum(width for width, _, _ in erector) < 68
    assert all(34 < depth < 47 for _, depth, _ in erector[:1])
    for level in ("L4", "L5"):
        assert 19 < extent(MUSCLES["multifidus"], level)[0] < 26
    assert extent(MUSCLES["longissimus"], "T7")[2] < 0.6 * extent(MUSCLES["longissimus"], "L3")[2]


def test_psoas_and_quadratus_have_a_textbooks_size() -> None:
    for level in ("L3", "L4"):
        width, depth, _ = extent(MUSCLES["psoas"], level)
        assert 33 < width < 41
        assert 38 < depth < 46
    areas = [extent(MUSCLES["psoas"], level)[2] for level in ("L1", "L2", "L3", "L4")]
    assert areas == sorted(areas)
    width, depth, _ = extent(MUSCLES["quadratus"], "L3")
    assert (33 < width < 42) and (14 < depth < 22)


def test_the_needles_way_goes_through_the_multifidus() -> None:
    y, z = SPINE.spinous_tip("L4")
    beside = np.array([[15.0, y - 8.0, z], [0.0, y - 8.0, z]])
    assert MUSCLES["multifidus"].contains(beside).tolist() == [True, False]


def test_belly_wall_is_layered_as_the_wall_says() -> None:
    start = wall.fascia_depth_mm(80.0) + wall.FASCIA_MM
    for name, thickness in wall.DEEP_LAYERS_MM[:3]:
        middle = TORSO.skin_at(80.0, 80.0, start + thickness / 2)
        assert MUSCLES[name].contains(middle)[0]
        assert not CAVITY.contains(middle)[0]
        start += thickness
    rectus = TORSO.skin_at(80.0, TORSO.azimuth_at(80.0, 30.0), 26.0)
    assert MUSCLES["rectus"].contains(rectus)[0]
    white_line = TORSO.skin_at(80.0, 0.0, 26.0)
    assert not any(part.contains(white_line)[0] for part in MUSCLES.values())


def test_muscles_follow_a_bent_spine() -> None:
    lying = Spine(SIDE_LYING_FLEXED)
    parts = {part.name: part for part in muscles.muscle_parts(lying, TORSO)}
    spot = np.array([[40.0, *SPINE.frame("L3").place(np.array([[-1.0, 0.0]]))[0]]])
    assert MUSCLES["psoas"].contains(spot)[0]
    moved = lying.carry3(spot, SPINE)
    assert np.abs(moved - spot).max() > 5.0
    assert parts["psoas"].contains(moved)[0]


@pytest.mark.parametrize("stature", [0.90, 1.15])
def test_muscles_grow_with_the_stature_and_stay_under_the_fascia(stature: float) -> None:
    spine = Spine(stature_factor=stature)
    found = muscles.muscles(spine, TORSO)
    psoas = found["psoas"].contains(level_points(float(spine.frame("L3").centre[1]), 2.0))
    usual = extent(MUSCLES["psoas"], "L3")[2]
    assert 4 * psoas.sum() == pytest.approx(usual * (stature / 1.06) ** 2, rel=0.12)
    points = level_points(180.0, 4.0)
    for solid in found.values():
        inside = points[solid.contains(points)]
        assert len(inside) == 0 or FASCIA.distance_mm(inside).max() < 0.4


# ------------------------------------------------------------------------------ vessels
def blood_at(name: str, z: float) -> NDArray[np.float64]:
    """Points of a vessel in a level cut, (N, 3)."""
    grid = np.meshgrid(np.arange(-55.0, 56.0, 2.0), np.arange(-95.0, 30.0, 2.0))
    points = np.column_stack([*(axis.ravel() for axis in grid), np.full(grid[0].size, z)])
    return points[VESSELS[name].distance_mm(points) < -0.5]


@pytest.mark.parametrize("level", ["T12", "L2", "L3"])
def test_aorta_lies_left_in_front_of_the_bodies_the_vena_cava_right(level: str) -> None:
    frame = SPINE.frame(level)
    aorta, cava = (blood_at(name, float(frame.centre[1])) for name in ("aorta", "vena_cava"))
    assert 3.0 < aorta[:, 0].mean() < 12.0
    assert cava[:, 0].mean() < -12.0
    assert 14.0 < np.ptp(aorta[:, 0]) < 24.0
    gap = frame.centre[0] - frame.half_depth_mm - aorta[:, 1].max()
    assert 1.0 < gap < 8.0


def test_aorta_divides_on_l4() -> None:
    for level, up, count in (("L3", 0.0, 1), ("L5", -8.0, 2)):
        x = np.unique(blood_at("aorta", float(SPINE.frame(level).centre[1]) + up)[:, 0])
        assert 1 + int((np.diff(x) > 4.0).sum()) == count


@pytest.mark.parametrize("z", [80.0, 120.0, 170.0, 230.0, 300.0, 370.0])
def test_vessels_do_not_meet_muscles_or_one_another(z: float) -> None:
    aorta, cava = blood_at("aorta", z), blood_at("vena_cava", z)
    assert len(aorta) > 20
    if len(cava):
        assert VESSELS["aorta"].distance_mm(cava).min() > 0.0
    for name in ("psoas", *BACK):
        assert MUSCLES[name].distance_mm(np.vstack([aorta, cava])).min() > 0.5
